// Which registered series a title names. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace reelprint::pipeline {

/// A series that a title names.
struct NamedSeries {
  std::string name;  ///< as it is registered
  /// Four characters where nothing parts words, else eight letters: so that a title hardly has it by chance.
  bool is_telling = false;
};

/// The names of all series, found in titles however those write them (core/title_words.h).
class SeriesTitles {
 public:
  /// Names of less than two characters where nothing parts words, else of three letters, are left out.
  void add(const std::string& name);
  /// The longest name that stands in the title, whole words only; costs the title's length. Nothing when
  /// there is none.
  [[nodiscard]] std::optional<NamedSeries> named_in(std::string_view title) const;
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, NamedSeries> names_;  ///< by their words, each followed by a blank
  std::size_t longest_ = 0;                             ///< words
};

}  // namespace reelprint::pipeline
