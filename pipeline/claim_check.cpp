#include "pipeline/claim_check.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "evidence/claims.h"
#include "pipeline/bundle_content.h"
#include "pipeline/claim_catalog.h"
#include "pipeline/screening.h"

namespace reelprint::pipeline {
namespace {

using evidence::BundleCheck;
using evidence::CheckOutcome;

/// What two spans have in common, of all that is in either.
double overlap_of(const Interval& a, const Interval& b) {
  const double both = to_seconds(intersection(a, b).length());
  const double either = to_seconds(a.length()) + to_seconds(b.length()) - both;
  return either > 0 ? both / either : (a == b ? 1 : 0);
}

std::string seconds_text(const Interval& span) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "%.2f–%.2f s", to_seconds(span.begin), to_seconds(span.end));
  return text.data();
}

std::string score_text(double score) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.4f", score);
  return text.data();
}

/// Goes through the uploads of one bundle.
class ClaimChecks {
 public:
  ClaimChecks(evidence::BundleFile& bundle, std::filesystem::path folder, const MediaReader& reader,
              const std::stop_token& stop)
      : bundle_(bundle), folder_(std::move(folder)), reader_(reader), stop_(stop) {}

  std::vector<BundleCheck> run() {
    const auto* document = bundle_.find("match.json");
    if (document == nullptr) return {{"claim", CheckOutcome::not_possible, "there is no match.json"}};
    for (const evidence::ClaimedUpload& upload :
         evidence::claims_in(bundle_.text_of(*document, kMostDocumentBytes))) {
      check(upload);
    }
    if (checks_.empty()) note(CheckOutcome::not_possible, "the bundle claims no match");
    return std::move(checks_);
  }

 private:
  void note(CheckOutcome outcome, std::string detail) {
    checks_.push_back({"claim", outcome, std::move(detail)});
  }

  /// What is damaged is the claim's failure, not ours.
  void check(const evidence::ClaimedUpload& upload) {
    const std::string name = "upload " + std::to_string(upload.number);
    try {
      const auto query = print_in(bundle_, upload.fingerprint);
      const auto remade = remade_print(upload, query);
      if (!query && !remade) {
        if (!upload.matches.empty())
          note(CheckOutcome::not_possible, name + ": neither its media nor its fingerprint are enclosed");
        return;
      }
      check_matches(upload, remade ? *remade : *query);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled || error.code() == ErrorCode::io) throw;
      note(CheckOutcome::failed, name + ": " + error.what());
    }
  }

  /// The enclosed media fingerprinted as the upload's fingerprint was; nothing when they are not enclosed.
  std::optional<Fingerprint> remade_print(const evidence::ClaimedUpload& upload,
                                          const std::optional<Fingerprint>& query) {
    const std::string name = "upload " + std::to_string(upload.number);
    const auto* member = upload.media_file.empty() ? nullptr : bundle_.find(upload.media_file);
    if (member == nullptr) {
      note(CheckOutcome::not_possible,
           name + ": its media are not enclosed, so its fingerprint is taken as it is enclosed");
      return std::nullopt;
    }
    const auto file = folder_ / ("upload-" + std::to_string(upload.number));
    bundle_.extract(*member, file);
    const Effort effort = query ? query->effort : Effort::standard;
    const bool with_audio = query ? !query->audio.items.empty() : true;
    const auto made = reader_.fingerprint(file, {effort, with_audio, detail_of(effort), {}}, stop_, {});
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    if (made.fingerprint.media != upload.media)
      note(CheckOutcome::failed,
           name + ": the enclosed media are not those of the claim: their SHA-256 is another one");
    else if (query && made.fingerprint != *query)
      note(CheckOutcome::failed,
           name + ": the enclosed media give another fingerprint than the enclosed one");
    else
      note(CheckOutcome::passed, name + ": the enclosed media give the enclosed fingerprint again");
    return made.fingerprint;
  }

  void check_matches(const evidence::ClaimedUpload& upload, const Fingerprint& query) {
    ClaimCatalog catalog;
    std::map<ReferenceId, bool> is_enclosed;
    for (const evidence::ClaimedMatch& claimed : upload.matches) {
      const ReferenceId id = claimed.match.reference;
      if (is_enclosed.contains(id)) continue;
      auto print = print_in(bundle_, claimed.fingerprint);
      is_enclosed[id] = print.has_value();
      if (print) catalog.add({id, claimed.match.episode, claimed.match.series, std::move(*print)});
    }
    const auto found = catalog.search(query);
    for (std::size_t i = 0; i < upload.matches.size(); ++i) {
      const Match& claimed = upload.matches[i].match;
      const std::string name = "upload " + std::to_string(upload.number) + ", match " +
                               std::to_string(i + 1) + " (" + seconds_text(claimed.query_span) + " is " +
                               seconds_text(claimed.reference_span) + " of reference " +
                               std::to_string(claimed.reference.value) + ")";
      if (is_enclosed[claimed.reference])
        check_match(claimed, found, name);
      else
        note(CheckOutcome::not_possible, name + ": the work's fingerprint is not enclosed");
    }
  }

  void check_match(const Match& claimed, const std::vector<Match>& found, const std::string& name) {
    const auto closeness = [&](const Match& match) {
      return match.reference != claimed.reference || match.mirrored != claimed.mirrored
                 ? 0.0
                 : std::min(overlap_of(match.query_span, claimed.query_span),
                            overlap_of(match.reference_span, claimed.reference_span));
    };
    const auto best = std::ranges::max_element(found, {}, closeness);
    if (best == found.end() || closeness(*best) == 0)
      return note(CheckOutcome::failed, name + ": it is not found again");
    const std::string again = "found again at " + seconds_text(best->query_span) + " and " +
                              seconds_text(best->reference_span) + " with score " + score_text(best->score) +
                              " (claimed: " + score_text(claimed.score) + ")";
    const bool is_same = closeness(*best) >= kSameSpan && best->score >= claimed.score - kScoreTolerance;
    note(is_same ? CheckOutcome::passed : CheckOutcome::failed,
         name + ": " + again + (is_same ? "" : ", which is not what is claimed"));
  }

  evidence::BundleFile& bundle_;
  std::filesystem::path folder_;
  const MediaReader& reader_;
  const std::stop_token& stop_;
  std::vector<BundleCheck> checks_;
};

}  // namespace

std::vector<BundleCheck> check_claims(evidence::BundleFile& bundle, const std::filesystem::path& folder,
                                      const MediaReader& reader, const std::stop_token& stop) {
  try {
    return ClaimChecks(bundle, folder, reader, stop).run();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled || error.code() == ErrorCode::io) throw;
    return {{"claim", CheckOutcome::failed, error.what()}};
  }
}

}  // namespace reelprint::pipeline
