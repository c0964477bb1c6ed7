#include "pipeline/work_search.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/error.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostNames = 5;
constexpr std::size_t kLongestName = 200;  ///< bytes compared letter by letter

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
  return is_whole && number >= 0 && number <= INT32_MAX ? std::optional(number) : std::nullopt;
}

/// A name taken apart at its last slashes.
struct Wanted {
  std::string series;
  std::optional<int> season;
  std::optional<int> episode;
};

/// What a name may mean, the likeliest first: the part behind the last slash is the series' or a number.
std::vector<Wanted> readings_of(std::string_view name) {
  std::vector<Wanted> readings = {{std::string(name), {}, {}}};
  const std::size_t last = name.rfind('/');
  if (last == std::string_view::npos) return readings;
  const auto episode = whole_number(name.substr(last + 1));
  if (!episode) return readings;
  const std::string_view front = name.substr(0, last);
  readings.push_back({std::string(front), {}, static_cast<int>(*episode)});
  const std::size_t before = front.rfind('/');
  if (before == std::string_view::npos) return readings;
  if (const auto season = whole_number(front.substr(before + 1))) {
    readings.push_back(
        {std::string(front.substr(0, before)), static_cast<int>(*season), static_cast<int>(*episode)});
  }
  return readings;
}

std::vector<ReferenceEntry> find(const store::Store& store, const Wanted& wanted) {
  store::CatalogFilter filter;
  filter.series = wanted.series;
  filter.season = wanted.season;
  filter.episode = wanted.episode;
  return wanted.series.empty() ? std::vector<ReferenceEntry>{} : store.references(filter);
}

std::string lowered(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

/// Letters to change, add or drop to make one of the other (Levenshtein 1966), in bytes.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// "1–12, 14": which episodes a series has, seasons apart.
std::string episodes_of(const std::vector<ReferenceEntry>& entries) {
  std::set<std::pair<int, int>> numbers;
  for (const ReferenceEntry& entry : entries) numbers.emplace(entry.episode.season, entry.episode.number);
  const bool has_seasons = numbers.begin()->first != numbers.rbegin()->first;
  std::vector<std::string> runs;
  for (auto it = numbers.begin(); it != numbers.end();) {
    const auto first = it;
    auto last = it;
    while (++it != numbers.end() && it->first == first->first && it->second == last->second + 1) last = it;
    const std::string season = has_seasons ? std::to_string(first->first) + "/" : "";
    runs.push_back(season + std::to_string(first->second) +
                   (first == last ? "" : "–" + std::to_string(last->second)));
  }
  return joined(runs);
}

[[noreturn]] void fail(const store::Store& store, std::string_view name) {
  const std::string attempt = "find '" + std::string(name) + "': ";
  for (const Wanted& wanted : readings_of(name)) {
    const auto series = find(store, {wanted.series, {}, {}});
    if (!series.empty())
      throw Error(ErrorCode::not_found,
                  attempt + "'" + wanted.series + "' has no such episode; it has " + episodes_of(series));
  }
  std::vector<std::string> known;
  for (const ReferenceEntry& entry : store.references()) {
    if (known.empty() || known.back() != entry.series.name) known.push_back(entry.series.name);
  }
  if (known.empty()) throw Error(ErrorCode::not_found, attempt + "nothing is registered yet");
  const auto near = near_names(readings_of(name).back().series, known);
  throw Error(ErrorCode::not_found,
              attempt + (near.empty() ? "no series is called so; `catalog list` names them"
                                      : "no series is called so; near it: " + joined(near)));
}

}  // namespace

std::vector<std::string> near_names(std::string_view wanted, const std::vector<std::string>& known) {
  const std::string low = lowered(wanted.substr(0, kLongestName));
  std::set<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& name : known) {
    const std::string other = lowered(std::string_view(name).substr(0, kLongestName));
    const std::size_t edits = edits_between(low, other);
    const bool contains =
        !low.empty() && (other.find(low) != std::string::npos || low.find(other) != std::string::npos);
    if (contains || edits <= std::max<std::size_t>(1, low.size() / 3))
      ranked.emplace(contains ? edits / 4 : edits, name);
  }
  std::vector<std::string> names;
  for (const auto& [edits, name] : ranked) {
    if (names.size() < kMostNames) names.push_back(name);
  }
  return names;
}

std::vector<ReferenceEntry> find_work(const store::Store& store, std::string_view name) {
  if (name.starts_with('#')) {
    const auto id = whole_number(name.substr(1));
    auto entry = id ? store.reference(ReferenceId{*id}) : std::nullopt;
    if (!entry)
      throw Error(ErrorCode::not_found, "find '" + std::string(name) + "': no reference has such an id");
    return {std::move(*entry)};
  }
  for (const Wanted& wanted : readings_of(name)) {
    auto entries = find(store, wanted);
    if (entries.empty()) continue;
    const auto season_of = [](const ReferenceEntry& entry) { return entry.episode.season; };
    const auto [least, most] = std::ranges::minmax(entries, {}, season_of);
    if (wanted.episode && !wanted.season && least.episode.season != most.episode.season) {
      throw Error(ErrorCode::invalid_input, "find '" + std::string(name) + "': several seasons of '" +
                                                wanted.series + "' have that episode; write " +
                                                wanted.series + "/SEASON/" + std::to_string(*wanted.episode));
    }
    return entries;
  }
  fail(store, name);
}

}  // namespace reelprint::pipeline
