#include "pipeline/transparency_report.h"

#include <array>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

#include "core/json_object.h"

namespace reelprint::pipeline {
namespace {

using store::Counts;

/// A share with four digits behind the point: "0.0417".
std::string rate_text(double rate) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.4f", rate);
  return text.data();
}

class JsonForm {
 public:
  void text(std::string_view metric, const std::string& value) { object_.text(metric, value); }
  /// "": there is none.
  void number(std::string_view metric, const std::string& value) {
    object_.raw(metric, value.empty() ? "null" : value);
  }
  void counts(std::string_view metric, const Counts& counts) {
    JsonObject parts;
    for (const auto& [part, count] : counts) parts.number(part, count);
    object_.raw(metric, parts.str());
  }
  [[nodiscard]] std::string str() const { return object_.str(); }

 private:
  JsonObject object_;
};

class CsvForm {
 public:
  void text(std::string_view metric, const std::string& value) { line(metric, "", value); }
  void number(std::string_view metric, const std::string& value) { line(metric, "", value); }
  void counts(std::string_view metric, const Counts& counts) {
    for (const auto& [part, count] : counts) line(metric, part, std::to_string(count));
  }
  [[nodiscard]] std::string str() const { return text_; }

 private:
  void line(std::string_view metric, std::string_view part, const std::string& value) {
    text_.append(metric).append(",").append(part).append(",").append(value).append("\r\n");
  }

  std::string text_ = "metric,part,value\r\n";
};

std::string seconds_text(std::optional<std::chrono::seconds> time) {
  return time ? std::to_string(time->count()) : "";
}

std::string share_text(std::optional<double> share) {
  return share ? rate_text(*share) : "";
}

/// Every figure once, in either form.
template <class Form>
std::string written(const store::TransparencyFigures& figures, const store::TransparencyQuery& query) {
  Form form;
  form.text("from", to_rfc3339(query.from));
  form.text("until", to_rfc3339(query.until));
  form.number("cases_opened", std::to_string(figures.cases_opened));
  form.number("cases_reopened", std::to_string(figures.cases_reopened));
  form.number("claims", std::to_string(figures.claims));
  form.counts("claims_by_verdict", figures.claims_by_verdict);
  form.counts("claims_by_action", figures.claims_by_action);
  form.number("claims_released", std::to_string(figures.claims_released));
  form.counts("steps", figures.steps);
  form.counts("steps_by", figures.steps_by);
  form.counts("confirmations", figures.confirmations);
  form.counts("dismissals", figures.dismissals);
  form.counts("closings", figures.closings);
  form.counts("judged", figures.judged);
  form.number("error_rate", share_text(error_rate(figures)));
  form.counts("disputes", figures.disputes);
  form.counts("appeals", figures.appeals);
  form.number("reversal_rate", share_text(reversal_rate(figures)));
  form.counts("notices_sent", figures.notices_sent);
  form.counts("notice_outcomes", figures.notice_outcomes);
  form.number("median_to_decision_s", seconds_text(figures.median_to_decision));
  form.number("median_to_removal_s", seconds_text(figures.median_to_removal));
  form.number("median_to_dispute_outcome_s", seconds_text(figures.median_to_dispute_outcome));
  return form.str();
}

}  // namespace

std::string transparency_json(const store::TransparencyFigures& figures,
                              const store::TransparencyQuery& query) {
  return written<JsonForm>(figures, query);
}

std::string transparency_csv(const store::TransparencyFigures& figures,
                             const store::TransparencyQuery& query) {
  return written<CsvForm>(figures, query);
}

}  // namespace reelprint::pipeline
