#include "evidence/wording.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "evidence/time_axis.h"

namespace reelprint::evidence {
namespace {

constexpr double kRarest = -12;  ///< log10: beyond it a model's figure means nothing more

/// `text` with a comma between groups of three digits.
std::string grouped(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

/// The largest digit × 10^n that is not above `number`, which is at least 1.
double rounded_down(double number) {
  const double power = std::pow(10.0, std::floor(std::log10(number)));
  return std::floor(number / power * (1 + 1e-12)) * power;
}

std::string whole(double number) {
  return std::to_string(static_cast<std::uint64_t>(number + 0.5));
}

}  // namespace

std::string Wording::say(Phrase phrase, std::initializer_list<std::string_view> values) const {
  const PhraseTexts& texts = all_phrases()[static_cast<std::size_t>(phrase)];
  const std::string_view text = language_ == ReportLanguage::zh ? texts.zh : texts.en;
  std::string said;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_value = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}';
    const std::size_t which = is_value ? static_cast<std::size_t>(text[i + 1] - '1') : values.size();
    if (which >= values.size()) {
      said += text[i];
      continue;
    }
    said += values.begin()[which];
    i += 2;
  }
  return said;
}

std::string Wording::say(const Sentence& sentence) const {
  return to_text(sentence, language_ == ReportLanguage::zh ? Language::zh : Language::en);
}

std::string Wording::known(std::string_view english) const {
  for (const PhraseTexts& texts : all_phrases()) {
    if (texts.en == english) return say(texts.phrase);
  }
  return std::string(english);
}

std::string Wording::joined(std::initializer_list<std::string> sentences) const {
  std::string text;
  for (const std::string& sentence : sentences) {
    if (!text.empty() && !sentence.empty() && language_ == ReportLanguage::en) text += ' ';
    text += sentence;
  }
  return text;
}

std::string Wording::time(WallTime time) const {
  if (time == WallTime{}) return say(Phrase::not_recorded);
  std::string text = to_rfc3339(time);
  if (const std::size_t t = text.find('T'); t != std::string::npos) text[t] = ' ';
  if (text.ends_with('Z')) text.pop_back();
  return text + " UTC";
}

std::string Wording::position(Timestamp at) {
  return clock_text(to_seconds(at), true);
}

std::string Wording::span(const Interval& interval) {
  return position(interval.begin) + " – " + position(interval.end);
}

std::string Wording::length(Duration length) const {
  const double tenths = std::round(std::max(0.0, to_seconds(length)) * 10);
  if (tenths < 600) return say(Phrase::seconds, {decimal(tenths / 10, 1)});
  const auto all = static_cast<std::uint64_t>(tenths / 10 + 0.5);
  const std::string seconds = std::to_string(all % 60);
  const std::string minutes = std::to_string(all / 60 % 60);
  if (all < 3600) return say(Phrase::minutes_seconds, {minutes, seconds});
  return say(Phrase::hours_minutes_seconds, {std::to_string(all / 3600), minutes, seconds});
}

std::string Wording::share(double share) {
  if (!(share > 0)) return "0%";
  if (share < 0.01) return "< 1%";
  if (share >= 1) return "100%";
  return whole(std::clamp(std::round(share * 100), 1.0, 99.0)) + "%";
}

std::string Wording::count(std::uint64_t number) {
  return grouped(std::to_string(number));
}

std::string Wording::decimal(double number, int digits) {
  if (!std::isfinite(number) || std::abs(number) > 1e15) return "?";
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*f", std::clamp(digits, 0, 9), number);
  std::string result = text.data();
  if (result.starts_with('-')) result.replace(0, 1, "−");
  return result;
}

std::string Wording::magnitude(double number) const {
  const double value = rounded_down(std::clamp(number, 1.0, 1e15));
  if (language_ == ReportLanguage::zh) {
    if (value >= 1e12) return whole(value / 1e12) + "万亿";
    if (value >= 1e8) return whole(value / 1e8) + "亿";
    if (value >= 1e4) return whole(value / 1e4) + "万";
    return whole(value);
  }
  if (value >= 1e12) return whole(value / 1e12) + " trillion";
  if (value >= 1e9) return whole(value / 1e9) + " billion";
  if (value >= 1e6) return whole(value / 1e6) + " million";
  return grouped(whole(value));
}

std::string Wording::chance(double log10_false_alarms) const {
  if (std::isnan(log10_false_alarms)) return say(Phrase::chance_unknown);
  if (log10_false_alarms <= kRarest) return say(Phrase::chance_rare);
  if (log10_false_alarms > 0)
    return say(Phrase::chance_often, {decimal(std::pow(10, std::min(log10_false_alarms, 12.0)), 0)});
  return say(Phrase::chance_once, {magnitude(std::pow(10, -log10_false_alarms))});
}

std::string Wording::chance_figure(double log10_false_alarms) const {
  if (std::isnan(log10_false_alarms)) return say(Phrase::figure_unknown);
  if (log10_false_alarms <= kRarest) return say(Phrase::figure_rare);
  if (log10_false_alarms > 0)
    return say(Phrase::figure_often, {decimal(std::pow(10, std::min(log10_false_alarms, 12.0)), 0)});
  return say(Phrase::figure_once, {magnitude(std::pow(10, -log10_false_alarms))});
}

}  // namespace reelprint::evidence
