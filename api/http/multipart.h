// multipart/form-data (RFC 7578), taken apart as it comes in.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/http/message.h"

namespace reelprint::api::http {

struct MultipartPart {
  std::string name;  ///< of the field
  std::optional<std::string>
      filename;  ///< only of a file; as the client says it, so it must name nothing here
  std::string content_type = "text/plain";
};

/// Is told of the parts in their order.
class MultipartEvents {
 public:
  virtual ~MultipartEvents() = default;
  virtual void begin(const MultipartPart& part) = 0;
  /// Some more of the part's content, never nothing.
  virtual void write(std::span<const std::byte> bytes) = 0;
  virtual void end() = 0;
};

struct MultipartLimits {
  std::size_t parts = 50;
  std::size_t header_bytes = 4096;  ///< of one part
};

/// The boundary that a Content-Type of multipart/form-data names, 1 to 70 characters; nothing for any other
/// type or an unsound boundary.
[[nodiscard]] std::optional<std::string> boundary_of(std::string_view content_type);

/// Takes bytes of any split and tells the parts in them; keeps at most a part's headers or a boundary.
class MultipartParser {
 public:
  /// `boundary` as boundary_of() gave it; `events` must outlive it.
  MultipartParser(const std::string& boundary, MultipartEvents& events, MultipartLimits limits = {});

  /// Throws Problem 400 "malformed-multipart" and what the events throw; it is of no more use then.
  void feed(std::span<const std::byte> bytes);
  /// There is no more; throws Problem 400 "malformed-multipart" when the last boundary has not come.
  void finish() const;

 private:
  enum class State { preamble, after_boundary, headers, content, epilogue };

  bool step();
  [[nodiscard]] std::size_t earliest(std::size_t found, std::size_t searched_bytes) const;
  bool skip_preamble();
  bool read_after_boundary();
  bool read_headers();
  bool read_content();
  void give(std::size_t bytes);

  std::string delimiter_;  ///< "\r\n--boundary"
  MultipartEvents& events_;
  MultipartLimits limits_;
  State state_ = State::preamble;
  std::string unread_ = "\r\n";  ///< so that a boundary on the first line looks like any other
  std::size_t parts_ = 0;
};

}  // namespace reelprint::api::http
