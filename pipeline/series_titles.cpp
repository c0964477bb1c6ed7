#include "pipeline/series_titles.h"

#include <algorithm>

#include "core/title_words.h"
#include "core/utf8.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostNameWords = 40;
constexpr std::size_t kMostTitleWords = 120;

/// How much a name says: a character of a script that parts no words weighs as much as two letters.
std::size_t weight_of(std::string_view text) {
  std::size_t weight = 0;
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (c && *c != U' ') weight += is_ideograph(*c) ? 2 : 1;
  }
  return weight;
}

constexpr std::size_t kLeastWeight = 3;
constexpr std::size_t kTellingWeight = 8;

}  // namespace

void SeriesTitles::add(const std::string& name) {
  const std::vector<std::string> words = title_words(name, kMostNameWords);
  std::string key;
  for (const std::string& word : words) (key += word) += ' ';
  const std::size_t weight = weight_of(key);
  if (weight < kLeastWeight) return;
  names_.try_emplace(std::move(key), NamedSeries{name, weight >= kTellingWeight});
  longest_ = std::max(longest_, words.size());
}

std::optional<NamedSeries> SeriesTitles::named_in(std::string_view title) const {
  const std::vector<std::string> words = title_words(title, kMostTitleWords);
  const NamedSeries* best = nullptr;
  std::size_t best_bytes = 0;
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    std::string key;
    for (std::size_t end = begin; end < words.size() && end - begin < longest_; ++end) {
      (key += words[end]) += ' ';
      const auto named = key.size() > best_bytes ? names_.find(key) : names_.end();
      if (named == names_.end()) continue;
      best = &named->second;
      best_bytes = key.size();
    }
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

}  // namespace reelprint::pipeline
