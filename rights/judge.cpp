#include "rights/judge.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace reelprint::rights {
namespace {

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

std::string describe(const Claim& claim) {
  const Match& m = claim.match;
  if (m.found_by == FoundBy::sound) {
    return claim.work + format(": the sound from %.1f to %.1f s agrees (%.0f %%), and no picture confirms it",
                               to_seconds(m.query_span.begin), to_seconds(m.query_span.end),
                               100 * m.sound_agreement.value_or(0));
  }
  const std::string agreement =
      format(": %zu of %zu pictures agree from %.1f to %.1f s, %.1f s of them distinctive, score %.3f",
             m.agreeing, m.compared, to_seconds(m.query_span.begin), to_seconds(m.query_span.end),
             to_seconds(m.distinctive), m.score);
  const std::string sound =
      m.sound_agreement ? format("; %.0f %% of the sound agrees", 100 * *m.sound_agreement) : "";
  const std::string left_out = m.negative > Duration{0}
                                   ? format("; %.1f s of it are in the negative bank", to_seconds(m.negative))
                                   : "";
  return claim.work + agreement + left_out + sound;
}

Finding find(const Match& match, const Policy& policy) {
  if (match.score < policy.review_score) return {Decision::clear, "below the review score"};
  if (match.found_by == FoundBy::sound) {
    return {Decision::needs_review, "sound alone accuses nobody: music is used in many places"};
  }
  if (!match.names_episode) {
    if (match.distinctive < policy.least_series_only) {
      return {Decision::clear, "only a short passage that several episodes of the series share"};
    }
    return {Decision::needs_review,
            "the passage is shared by several episodes: it names the series, not the episode"};
  }
  if (match.distinctive < policy.least_distinctive) {
    return {Decision::needs_review, "too few distinctive seconds to accuse anyone"};
  }
  if (!match.is_confirmed) {
    return {Decision::needs_review,
            "nothing that moves confirms it: it may be the same set at another moment"};
  }
  if (match.score < policy.flag_score)
    return {Decision::needs_review, "between the review and the flag score"};
  return {Decision::infringing, "at or above the flag score"};
}

}  // namespace

Finding weigh(const Claim& claim, const Policy& policy) {
  Finding finding = find(claim.match, policy);
  finding.text = describe(claim) + " → " + std::string(to_string(finding.decision)) + ": " + finding.text;
  return finding;
}

Verdict judge(std::span<const Claim> claims, const Policy& policy) {
  Verdict verdict;
  for (const Claim& claim : claims) {
    Finding finding = weigh(claim, policy);
    if (finding.decision == Decision::infringing) finding.text += ", and no licence is on record";
    verdict.decision = std::max(verdict.decision, finding.decision);
    verdict.reasons.push_back(std::move(finding.text));
  }
  if (claims.empty())
    verdict.reasons.emplace_back("nothing in the catalog agrees with enough of its pictures → clear");
  return verdict;
}

}  // namespace reelprint::rights
