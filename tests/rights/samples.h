// A small catalog and what can be on record about it, for the tests of rulings.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rights/ruling.h"

namespace reelprint::rights {

inline WallTime day(int number) {
  return WallTime{std::chrono::days(20'000 + number)};
}

/// Episode n of series n / 10 of holder n / 100: reference n, 100 s long.
inline ReferenceEntry entry_of(std::int64_t number) {
  ReferenceEntry entry;
  entry.holder = {HolderId{number / 100}, "Holder " + std::to_string(number / 100), {}};
  entry.series = {SeriesId{number / 10}, entry.holder.id, "Series " + std::to_string(number / 10)};
  entry.episode.id = EpisodeId{number};
  entry.episode.series = entry.series.id;
  entry.episode.number = static_cast<int>(number % 10);
  entry.reference.id = ReferenceId{number};
  entry.reference.episode = entry.episode.id;
  entry.reference.duration = duration_of(100);
  return entry;
}

/// Seconds [begin, end) of the upload show those of the episode of that number, beyond doubt.
inline Match match_of(std::int64_t number, double begin_s, double end_s) {
  Match match;
  match.reference = ReferenceId{number};
  match.episode = EpisodeId{number};
  match.series = SeriesId{number / 10};
  match.query_span = {timestamp_of(begin_s), timestamp_of(end_s)};
  match.reference_span = match.query_span;
  match.score = 0.999;
  match.distinctive = match.query_span.length();
  match.agreeing = 20;
  match.compared = 20;
  match.sound_agreement = 0.9;
  return match;
}

/// What a test arranges; ruled on as a whole. An upload of 100 s by account "tvnord" of platform 7, shown in
/// Germany on day 10.
struct Case {
  Case() {
    context.platform = TenantId{7};
    context.account = "tvnord";
    context.territory = "DE";
  }

  std::vector<Match> matches;
  std::vector<std::vector<Interval>> excluded = {};  ///< one list a match; missing ones are empty
  std::vector<ReferenceId> quarantined = {};
  std::vector<ReferenceId> dismissed = {};  ///< in case 9
  UploadContext context;
  RightsRecord record;
  WallTime at = day(10);
  Duration upload = duration_of(100);

  [[nodiscard]] Ruling ruling() const {
    std::vector<ReferenceEntry> entries;
    for (const Match& match : matches) entries.push_back(entry_of(match.reference.value));
    std::vector<FoundMatch> found;
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const bool is_quarantined = std::ranges::find(quarantined, matches[i].reference) != quarantined.end();
      found.push_back({matches[i], entries[i], i < excluded.size() ? excluded[i] : std::vector<Interval>{},
                       is_quarantined});
      if (std::ranges::find(dismissed, matches[i].reference) == dismissed.end()) continue;
      found.back().dismissed_in = CaseId{9};
      found.back().dismissed_for = CaseReason::quotation;
    }
    return rule({found, upload, context, at, record, {}});
  }
};

/// Everything of holder 1 to account "tvnord", everywhere and always.
inline Licence licence_of(std::int64_t id) {
  Licence licence;
  licence.id = LicenceId{id};
  licence.holder = HolderId{1};
  licence.name = "TV Nord";
  licence.grantee.accounts = {"tvnord"};
  return licence;
}

inline reelprint::Policy policy_of(std::int64_t id, std::vector<PolicyRule> rules) {
  reelprint::Policy policy;
  policy.id = PolicyId{id};
  policy.holder = HolderId{1};
  policy.name = "House rules";
  policy.rules = std::move(rules);
  return policy;
}

inline std::string all_reasons(const Ruling& ruling) {
  std::string text;
  for (const std::string& reason : ruling.verdict.reasons) text += reason + "\n";
  return text;
}

}  // namespace reelprint::rights
