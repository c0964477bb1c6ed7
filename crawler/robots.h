// robots.txt as RFC 9309 has it. Pure: text in, answers out.
//
// Where the RFC leaves room, we err towards obeying: "user-agent: reelprint/2.0" is taken for us, as is a
// rule that only matches once reserved characters are written alike. Misspelt keys ("dissallow") are no keys.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::crawler {

inline constexpr std::size_t kMostRobotsBytes = 500 * 1024;

/// The rules that one crawler has to go by.
class RobotsRules {
 public:
  /// Everything is allowed.
  RobotsRules() = default;
  /// Reads at most 500 KiB of `text`; a line that is cut there is not read. `product`: the product token,
  /// "reelprint". Never throws for what the text is.
  RobotsRules(std::string_view text, std::string_view product);
  /// Nothing is allowed: the file could not be reached.
  [[nodiscard]] static RobotsRules forbid_all();

  /// `target`: path with query, as in the URL. /robots.txt itself always may be fetched. Cost: rules × length
  /// of the target; half a second for a file of 500 KiB that is made for it.
  [[nodiscard]] bool is_allowed(std::string_view target) const;
  /// The rule that decided, as it was written ("Disallow: /private/"), cut after 200 bytes; "" when none
  /// applied.
  [[nodiscard]] std::string deciding_rule(std::string_view target) const;
  /// Not in the RFC: a courtesy. The longest of our groups, at most a day.
  [[nodiscard]] std::optional<std::chrono::milliseconds> crawl_delay() const { return crawl_delay_; }
  /// Of the whole file, in its order; at most 1,000.
  [[nodiscard]] const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    bool allows = true;
    std::string pattern{};   ///< in the form that section 2.2.2 compares by
    std::string in_query{};  ///< likewise, if its first `*` reaches into the query; "" when that is no other
    std::string written{};
  };
  friend class RobotsReader;

  void add(bool allows, std::string_view key, std::string_view value);
  [[nodiscard]] const Rule* deciding(std::string_view target) const;
  [[nodiscard]] static bool is_match(const Rule& rule, std::string_view normal_target);

  std::vector<Rule> rules_;
  std::optional<std::chrono::milliseconds> crawl_delay_;
  std::vector<std::string> sitemaps_;
};

}  // namespace reelprint::crawler
