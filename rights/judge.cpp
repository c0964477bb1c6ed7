#include "rights/judge.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>

#include "rights/words.h"

namespace reelprint::rights {
namespace {

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

Sentence describe(const Claim& claim) {
  const Match& m = claim.match;
  const std::string begin = format("%.1f", to_seconds(m.query_span.begin));
  const std::string end = format("%.1f", to_seconds(m.query_span.end));
  const std::string sound = format("%.0f", 100 * m.sound_agreement.value_or(0));
  if (m.found_by == FoundBy::sound) return {SentenceCode::evidence_sound, {claim.work, begin, end, sound}};
  Sentence left_out;
  if (m.negative > Duration{0})
    left_out = {SentenceCode::evidence_negative, {format("%.1f", to_seconds(m.negative))}};
  Sentence with_sound;
  if (m.sound_agreement) with_sound = {SentenceCode::evidence_with_sound, {sound}};
  return {SentenceCode::evidence_pictures,
          {claim.work, m.agreeing, m.compared, begin, end, format("%.1f", to_seconds(m.distinctive)),
           format("%.3f", m.score), left_out, with_sound}};
}

Finding find(const Match& match, const Policy& policy) {
  if (match.score < policy.review_score) return {Decision::clear, SentenceCode::why_below_review};
  if (match.found_by == FoundBy::sound) return {Decision::needs_review, SentenceCode::why_sound_alone};
  if (!match.names_episode) {
    if (match.distinctive < policy.least_series_only)
      return {Decision::clear, SentenceCode::why_short_shared};
    return {Decision::needs_review, SentenceCode::why_shared};
  }
  if (match.distinctive < policy.least_distinctive)
    return {Decision::needs_review, SentenceCode::why_few_distinctive};
  if (!match.is_confirmed) return {Decision::needs_review, SentenceCode::why_unconfirmed};
  if (match.score < policy.flag_score) return {Decision::needs_review, SentenceCode::why_between};
  return {Decision::infringing, SentenceCode::why_flagged};
}

}  // namespace

Finding weigh(const Claim& claim, const Policy& policy) {
  Finding finding = find(claim.match, policy);
  finding.text = {SentenceCode::evidence_finding,
                  {describe(claim), word_for(finding.decision), finding.text}};
  return finding;
}

Verdict judge(std::span<const Claim> claims, const Policy& policy) {
  Verdict verdict;
  for (const Claim& claim : claims) {
    const Finding finding = weigh(claim, policy);
    std::string reason = to_text(finding.text);
    if (finding.decision == Decision::infringing) reason += ", and no licence is on record";
    verdict.decision = std::max(verdict.decision, finding.decision);
    verdict.reasons.push_back(std::move(reason));
  }
  if (claims.empty())
    verdict.reasons.emplace_back("nothing in the catalog agrees with enough of its pictures → clear");
  return verdict;
}

}  // namespace reelprint::rights
