#include "crawler/robots.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "crawler/robots_pattern.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostWrittenBytes = 200;
constexpr std::size_t kMostSitemaps = 1'000;
constexpr std::size_t kMostSitemapBytes = 2'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Takes the first line off; it ends at CR, LF or CRLF (2.2).
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  const bool is_crlf = text.substr(end).starts_with("\r\n");
  text.remove_prefix(std::min(text.size(), end + (is_crlf ? 2 : 1)));
  return line;
}

/// What begins a user-agent's value and could be a product token (2.2.1).
std::string_view product_token(std::string_view value) {
  const auto end = std::ranges::find_if_not(
      value, [](char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || c == '-'; });
  return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

std::optional<std::chrono::milliseconds> delay_of(std::string_view value) {
  double seconds = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (problem != std::errc{} || end != value.data() + value.size() || !std::isfinite(seconds) || seconds < 0)
    return std::nullopt;
  return std::chrono::milliseconds(std::llround(std::min(seconds, 86'400.0) * 1000));
}

}  // namespace

/// Reads a file line by line into the groups that are for us and those that are for everyone.
class RobotsReader {
 public:
  explicit RobotsReader(std::string_view product) : product_(product) {}

  void read(std::string_view text) {
    const bool is_cut = text.size() >= kMostRobotsBytes;  // by us, or by who fetched it
    text = text.substr(0, kMostRobotsBytes);
    // Half a rule may allow more than the whole: "Allow: /" of "Allow: /open/".
    if (is_cut) text = text.substr(0, text.find_last_of("\r\n") + 1);
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    while (!text.empty()) take(next_line(text));
  }

  [[nodiscard]] RobotsRules finish() && {
    RobotsRules& rules = is_named_ ? own_ : everyones_;
    rules.sitemaps_ = std::move(sitemaps_);
    return std::move(rules);
  }

 private:
  void take(std::string_view line) {
    line = line.substr(0, line.find('#'));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (is_same(key, "user-agent")) {
      take_user_agent(value);
    } else if (is_same(key, "allow")) {
      take_rule(true, "Allow", value);
    } else if (is_same(key, "disallow")) {
      take_rule(false, "Disallow", value);
    } else if (is_same(key, "crawl-delay")) {
      take_delay(value);
    } else if (is_same(key, "sitemap")) {
      const bool is_kept =
          !value.empty() && value.size() <= kMostSitemapBytes && sitemaps_.size() < kMostSitemaps;
      if (is_kept) sitemaps_.emplace_back(value);
    }
  }
  void take_user_agent(std::string_view value) {
    if (has_rules_) is_ours_ = is_everyones_ = has_rules_ = false;
    is_everyones_ = is_everyones_ || value == "*" || value.starts_with("* ");
    if (!is_same(product_token(value), product_)) return;
    is_ours_ = is_named_ = true;
  }
  void take_rule(bool allows, std::string_view key, std::string_view value) {
    has_rules_ = true;
    if (value.empty()) return;
    if (is_ours_) own_.add(allows, key, value);
    if (is_everyones_) everyones_.add(allows, key, value);
  }
  void take_delay(std::string_view value) {
    const auto delay = delay_of(value);
    if (!delay) return;
    const auto take = [&](RobotsRules& rules) {
      rules.crawl_delay_ = std::max(rules.crawl_delay_.value_or(*delay), *delay);
    };
    if (is_ours_) take(own_);
    if (is_everyones_) take(everyones_);
  }

  std::string_view product_;
  RobotsRules own_;
  RobotsRules everyones_;
  std::vector<std::string> sitemaps_;
  bool is_ours_ = false;       // the group being read
  bool is_everyones_ = false;  // likewise
  bool has_rules_ = false;     // the next user-agent line begins another group
  bool is_named_ = false;      // some group is for us
};

RobotsRules::RobotsRules(std::string_view text, std::string_view product) {
  RobotsReader reader(product);
  reader.read(text);
  *this = std::move(reader).finish();
}

RobotsRules RobotsRules::forbid_all() {
  RobotsRules rules;
  rules.rules_.push_back({.allows = false, .pattern = "/", .written = "robots.txt could not be reached"});
  return rules;
}

void RobotsRules::add(bool allows, std::string_view key, std::string_view value) {
  Rule rule{.allows = allows, .pattern = robots_form(value, RobotsText::pattern)};
  rule.in_query = robots_form(value, RobotsText::pattern, true);
  if (rule.in_query == rule.pattern) rule.in_query.clear();
  rule.written = std::string(key) + ": " + std::string(value.substr(0, kMostWrittenBytes));
  rules_.push_back(std::move(rule));
}

bool RobotsRules::is_match(const Rule& rule, std::string_view normal_target) {
  return matches_pattern(normal_target, rule.pattern) ||
         (!rule.in_query.empty() && matches_pattern(normal_target, rule.in_query));
}

const RobotsRules::Rule* RobotsRules::deciding(std::string_view target) const {
  if (target == "/robots.txt") return nullptr;
  const std::string normal = robots_form(target.empty() ? "/" : target, RobotsText::target);
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    const auto weight = [](const Rule& of) { return std::pair(of.pattern.size(), of.allows); };
    if (best != nullptr && weight(rule) <= weight(*best)) continue;
    if (is_match(rule, normal)) best = &rule;
  }
  return best;
}

bool RobotsRules::is_allowed(std::string_view target) const {
  const Rule* rule = deciding(target);
  return rule == nullptr || rule->allows;
}

std::string RobotsRules::deciding_rule(std::string_view target) const {
  const Rule* rule = deciding(target);
  return rule == nullptr ? std::string() : rule->written;
}

}  // namespace reelprint::crawler
