// How a report puts things in its language: phrases, times, lengths, numbers, chances.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/match.h"
#include "core/sentence.h"
#include "core/time.h"
#include "evidence/report.h"
#include "evidence/report_phrases.h"

namespace reelprint::evidence {

class Wording {
 public:
  explicit Wording(ReportLanguage language) : language_(language) {}

  [[nodiscard]] ReportLanguage language() const { return language_; }
  /// The phrase with {1}, {2} … replaced.
  [[nodiscard]] std::string say(Phrase phrase, std::initializer_list<std::string_view> values = {}) const;

  /// A label that somebody else put down in English, in the report's language if it is one of our phrases;
  /// else as it is.
  [[nodiscard]] std::string known(std::string_view english) const;

  /// A sentence that somebody else made.
  [[nodiscard]] std::string say(const Sentence& sentence) const;

  /// Sentences one after the other, with a blank between them where the language has one.
  [[nodiscard]] std::string joined(std::initializer_list<std::string> sentences) const;

  /// "2026-11-20 09:30:00 UTC"; "not recorded" for the epoch.
  [[nodiscard]] std::string time(WallTime time) const;
  /// A position in a video: "12:03.4", "1:02:03.4".
  [[nodiscard]] static std::string position(Timestamp at);
  /// "0:12.4 – 0:58.0"
  [[nodiscard]] static std::string span(const Interval& interval);
  /// "42.5 seconds", "3 min 20 s".
  [[nodiscard]] std::string length(Duration length) const;
  /// "52%"; never 100% unless all of it.
  [[nodiscard]] static std::string share(double share);
  /// "1,234,567"
  [[nodiscard]] static std::string count(std::uint64_t number);
  [[nodiscard]] static std::string decimal(double number, int digits);
  /// A large number in words, rounded down to one digit: "20 million", "2000万".
  [[nodiscard]] std::string magnitude(double number) const;
  /// How often a match this good would be there by chance, as a clause: "less than once in a trillion
  /// screenings".
  [[nodiscard]] std::string chance(double log10_false_alarms) const;
  /// The same as a figure: "1 in 20 million".
  [[nodiscard]] std::string chance_figure(double log10_false_alarms) const;

 private:
  ReportLanguage language_;
};

}  // namespace reelprint::evidence
