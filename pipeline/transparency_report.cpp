#include "pipeline/transparency_report.h"

#include <optional>
#include <string_view>
#include <utility>

#include "core/json_object.h"

namespace reelprint::pipeline {
namespace {

using store::Counts;

std::string counts_json(const Counts& counts) {
  JsonObject object;
  for (const auto& [name, count] : counts) object.number(name, count);
  return object.str();
}

void put_seconds(JsonObject& object, std::string_view name, std::optional<std::chrono::seconds> time) {
  if (time)
    object.number(name, time->count());
  else
    object.null(name);
}

class Table {
 public:
  void line(std::string_view metric, std::string_view part, const std::string& value) {
    text_.append(metric).append(",").append(part).append(",").append(value).append("\r\n");
  }
  void counts(std::string_view metric, const Counts& counts) {
    for (const auto& [part, count] : counts) line(metric, part, std::to_string(count));
  }
  void seconds(std::string_view metric, std::optional<std::chrono::seconds> time) {
    line(metric, "", time ? std::to_string(time->count()) : "");
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_ = "metric,part,value\r\n";
};

}  // namespace

std::string transparency_json(const store::TransparencyFigures& figures,
                              const store::TransparencyQuery& query) {
  JsonObject object;
  object.text("from", to_rfc3339(query.from))
      .text("until", to_rfc3339(query.until))
      .number("cases_opened", figures.cases_opened)
      .number("claims", figures.claims)
      .number("claims_released", figures.claims_released)
      .raw("steps", counts_json(figures.steps))
      .raw("confirmations", counts_json(figures.confirmations))
      .raw("dismissals", counts_json(figures.dismissals))
      .raw("closings", counts_json(figures.closings))
      .raw("disputes", counts_json(figures.disputes))
      .raw("notices_sent", counts_json(figures.notices_sent))
      .raw("notice_outcomes", counts_json(figures.notice_outcomes));
  put_seconds(object, "median_to_decision_s", figures.median_to_decision);
  put_seconds(object, "median_to_removal_s", figures.median_to_removal);
  put_seconds(object, "median_to_dispute_outcome_s", figures.median_to_dispute_outcome);
  return object.str();
}

std::string transparency_csv(const store::TransparencyFigures& figures,
                             const store::TransparencyQuery& query) {
  Table table;
  table.line("from", "", to_rfc3339(query.from));
  table.line("until", "", to_rfc3339(query.until));
  table.line("cases_opened", "", std::to_string(figures.cases_opened));
  table.line("claims", "", std::to_string(figures.claims));
  table.line("claims_released", "", std::to_string(figures.claims_released));
  table.counts("steps", figures.steps);
  table.counts("confirmations", figures.confirmations);
  table.counts("dismissals", figures.dismissals);
  table.counts("closings", figures.closings);
  table.counts("disputes", figures.disputes);
  table.counts("notices_sent", figures.notices_sent);
  table.counts("notice_outcomes", figures.notice_outcomes);
  table.seconds("median_to_decision_s", figures.median_to_decision);
  table.seconds("median_to_removal_s", figures.median_to_removal);
  table.seconds("median_to_dispute_outcome_s", figures.median_to_dispute_outcome);
  return std::move(table).text();
}

}  // namespace reelprint::pipeline
