// Exchanges kept as a WARC 1.1 file (ISO 28500:2017), which any web archive's reader opens:
// "capture.warc.gz".
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/exchange.h"
#include "evidence/warc_metadata.h"

namespace reelprint::evidence {

/// What the first record says of the whole file.
struct WarcDescription {
  std::string software{};     ///< "reelprint/1.2"
  std::string operated_by{};  ///< who, and how to reach them; "" when that is not said
  std::string user_agent{};
  std::string description{};  ///< "capture of https://videos.example/watch?v=1"
  WallTime made_at{};
};

/// One gzip member a record; each exchange becomes a response, a request and a metadata record, concurrent to
/// one another; of an exchange without an answer, the request that was sent, if any, and metadata. Nothing
/// depends on when, where or how often it is written: the same exchanges in the same order are the same
/// bytes.
class WarcWriter {
 public:
  /// Begins a new content of `file`, which commit() puts in its place. Throws Error: io, invalid_input.
  WarcWriter(const std::filesystem::path& file, const WarcDescription& description);
  ~WarcWriter();
  WarcWriter(const WarcWriter&) = delete;
  WarcWriter& operator=(const WarcWriter&) = delete;

  /// The id of its first record ("<urn:uuid:…>"): the response, where there was one. Throws Error: corrupt
  /// when the file of its content is no longer what was fetched; not_found, io; invalid_input for a URL with
  /// control characters.
  std::string add(const Exchange& exchange, const WarcNote& note = {});

  /// Something made of what was captured: a screenshot, as "urn:view:URL". Throws Error: not_found, io.
  struct Resource {
    std::string url{};  ///< of the page
    std::filesystem::path file{};
    std::string media_type{};
    WallTime made_at{};
    std::string of_record{};  ///< id of the response that it shows; "": none
  };
  std::string add_resource(const Resource& resource);

  /// What was looked at, put together from contents of records that were added before: a conversion record of
  /// the file, and a metadata record that refers to it and says which bytes came from where. Throws Error:
  /// not_found, io; invalid_input for a URL with control characters.
  struct Piece {
    std::string record{};     ///< id of the response
    std::uint64_t from = 0;   ///< first byte, of the response's content
    std::uint64_t bytes = 0;  ///< how many
    std::uint64_t at = 0;     ///< where they are in the file
  };
  struct Assembly {
    std::string url{};             ///< of the media
    std::filesystem::path file{};  ///< "": too large to be enclosed, and only told of
    std::string media_type{};
    WallTime made_at{};
    bool is_whole = false;  ///< not a sample
    std::uint64_t bytes = 0;
    std::vector<Piece> pieces{};
  };
  std::string add_assembly(const Assembly& assembly);

  /// Durable. Throws Error{io}.
  void commit();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace reelprint::evidence
