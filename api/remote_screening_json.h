// What a service says of a screening, read back.
#pragma once

#include <map>
#include <string>

#include "core/screening.h"
#include "pipeline/work_names.h"

namespace reelprint::api {

/// Names that came with the matches.
class ToldWorkNames final : public pipeline::WorkNames {
 public:
  void add(ReferenceId reference, std::string work) { works_[reference] = std::move(work); }
  [[nodiscard]] std::string work_of(const Match& match) const override;

 private:
  std::map<ReferenceId, std::string> works_;
};

struct RemoteScreening {
  Screening screening;     ///< as far as a person is shown it: of a match spans, score, speed, mirrored
  ToldWorkNames works;     ///< of its matches
  std::string error_code;  ///< of one that failed; "" when it is done
  std::string error;
  std::string json;  ///< what `screen --json` prints of it
};

/// Of the JSON of a screening of the service that has ended; `query` is the file as the user named it. Throws
/// Error{io} when it makes no sense.
[[nodiscard]] RemoteScreening remote_screening_of(const std::string& query, const std::string& text);
/// Whether it is done, failed or cancelled. Throws likewise.
[[nodiscard]] bool has_screening_ended(const std::string& text);
/// Title and detail of a problem body, with the fields that are wrong; "it gives no reason" for anything
/// else.
[[nodiscard]] std::string problem_text(const std::string& text);

}  // namespace reelprint::api
