// A sentence that the service makes: its code and its values are kept, so that it can be said in the language
// of whoever reads it.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sentence_code.h"

namespace reelprint {

enum class Language : std::uint8_t { en, zh };

/// A value of a sentence is a sentence again: with a code, or a text that is said as it is in every language.
struct Sentence {
  SentenceCode code = SentenceCode::verbatim;
  std::vector<Sentence> values{};  ///< put where {1}, {2} … stand
  std::string text{};              ///< of `verbatim` alone: a name, a number, what a person wrote

  Sentence() = default;
  Sentence(SentenceCode code_, std::initializer_list<Sentence> values_ = {}) : code(code_), values(values_) {}
  /// Not explicit: names and numbers are values as they are.
  template <class Text>
  requires std::convertible_to<const Text&, std::string_view> Sentence(const Text& text_)
      : text(std::string_view(text_)) {}
  template <std::integral Number>
  Sentence(Number number) : text(std::to_string(number)) {}

  [[nodiscard]] bool is_verbatim() const { return code == SentenceCode::verbatim; }
  [[nodiscard]] bool is_empty() const { return is_verbatim() && text.empty(); }
  friend bool operator==(const Sentence&, const Sentence&) = default;
};

[[nodiscard]] std::string to_text(const Sentence& sentence, Language language = Language::en);

/// Stable name of a code: "evidence.pictures"; it never changes its meaning.
[[nodiscard]] std::string_view to_string(SentenceCode code);
[[nodiscard]] std::optional<SentenceCode> sentence_code_of(std::string_view name);

/// For the database: "policy.off(11:policy 3 'x')"; texts with their length in bytes before them.
[[nodiscard]] std::string to_record(const Sentence& sentence);
/// Nothing for a text that to_record does not write, has an unknown code, or is nested deeper than 16.
[[nodiscard]] std::optional<Sentence> sentence_of_record(std::string_view record);

/// The sentence whose English words these are, of `codes` the first that fits; else the words themselves.
/// For what was kept in words only.
[[nodiscard]] Sentence recognised(std::string_view words, std::initializer_list<SentenceCode> codes);

}  // namespace reelprint
