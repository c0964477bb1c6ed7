#include "api/routes/reference_fields.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/language_tag.h"
#include "core/utf8.h"

namespace reelprint::api {
namespace {

constexpr std::size_t kMostCutBytes = 200;
constexpr std::size_t kMostExcluded = 500;

std::size_t digits_at(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

/// "9:16": two whole numbers of one to five digits, without leading zeros.
bool is_aspect_ratio(std::string_view text) {
  const auto is_number = [](std::string_view number) {
    return !number.empty() && number.size() <= 5 && number.front() != '0' &&
           digits_at(number) == number.size();
  };
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && is_number(text.substr(0, colon)) &&
         is_number(text.substr(colon + 1));
}

constexpr std::string_view kNoLanguage = "must be a language tag (BCP 47), \"und\" when it is not known";
constexpr std::string_view kNoAspect = "must be a proportion like 9:16";

/// Why a value is refused; "" when it is sound.
std::string_view fault_of(std::string_view name, const std::string& value) {
  if (value.size() > kMostCutBytes || !is_printable_utf8(value)) return "must be 200 bytes of text at most";
  if (name == "language" && !is_language_tag(value)) return kNoLanguage;
  if (name == "subtitles" && !value.empty() && !is_language_tag(value)) return kNoLanguage;
  if (name == "aspect_ratio" && !value.empty() && !is_aspect_ratio(value)) return kNoAspect;
  return "";
}

std::string& member_of(Reference& reference, std::string_view name) {
  if (name == "cut") return reference.cut;
  if (name == "language") return reference.language;
  if (name == "subtitles") return reference.subtitles;
  return reference.aspect;
}

std::vector<ExcludedInterval> united(std::vector<ExcludedInterval> intervals) {
  std::ranges::sort(intervals, {}, &ExcludedInterval::span);
  std::vector<ExcludedInterval> all;
  for (ExcludedInterval& next : intervals) {
    const bool joins =
        !all.empty() && (next.span.begin < all.back().span.end ||
                         (next.span.begin == all.back().span.end && next.why == all.back().why));
    if (!joins) {
      all.push_back(std::move(next));
      continue;
    }
    all.back().span.end = std::max(all.back().span.end, next.span.end);
    if (all.back().why.empty()) all.back().why = std::move(next.why);
  }
  return all;
}

}  // namespace

std::vector<std::string> cut_parameters() {
  return {"cut", "language", "subtitles", "aspect_ratio"};
}

void read_cut(Reference& reference, Fields& fields) {
  for (const std::string& name : cut_parameters()) {
    std::string& member = member_of(reference, name);
    if (fields.has(name)) member = fields.text(name, {.most_bytes = kMostCutBytes});
    if (const auto fault = fault_of(name, member); !fault.empty()) fields.refuse(name, std::string(fault));
  }
}

void read_cut(Reference& reference, const http::Request& request) {
  for (const std::string& name : cut_parameters()) {
    std::string& member = member_of(reference, name);
    if (const auto value = request.query_value(name)) member = *value;
    if (const auto fault = fault_of(name, member); !fault.empty()) {
      throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                          name + " " + std::string(fault), {{name, std::string(fault)}});
    }
  }
}

std::vector<ExcludedInterval> excluded_in(Fields& fields, Duration duration) {
  std::vector<ExcludedInterval> intervals;
  const double most_s = to_seconds(duration);
  if (!fields.has("intervals")) fields.refuse("intervals", "is required");
  for (Fields& item : fields.objects("intervals", kMostExcluded)) {
    const auto begin_s = item.number("begin_s", 0, most_s);
    const auto end_s = item.number("end_s", 0, most_s);
    std::string why = item.text("why", {.most_bytes = 200});
    if (!item.has("begin_s")) item.refuse("begin_s", "is required");
    if (!item.has("end_s")) item.refuse("end_s", "is required");
    if (!begin_s || !end_s) continue;
    const Interval span{timestamp_of(*begin_s), timestamp_of(*end_s)};
    if (span.is_empty()) item.refuse("end_s", "must be more than begin_s");
    intervals.push_back({span, std::move(why)});
  }
  return united(std::move(intervals));
}

}  // namespace reelprint::api
