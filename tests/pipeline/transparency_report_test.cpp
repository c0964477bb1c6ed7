#include "pipeline/transparency_report.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

namespace reelprint::pipeline {
namespace {

const store::TransparencyQuery kNovember{
    wall_time_of("2026-11-01T00:00:00Z").value(), wall_time_of("2026-12-01T00:00:00Z").value(), {}, {}};

store::TransparencyFigures figures() {
  store::TransparencyFigures figures;
  figures.cases_opened = 3;
  figures.claims = 5;
  figures.judged = {{"confirmed", 2}, {"dismissed", 1}};
  figures.disputes = {{"rejected", 3}, {"upheld", 1}};
  figures.notices_sent = {{"dmca", 2}};
  figures.median_to_decision = std::chrono::seconds(90);
  return figures;
}

/// "metric", or "metric.part", and its value as it stands there.
std::map<std::string, std::string> lines_of(const std::string& csv) {
  std::map<std::string, std::string> lines;
  std::istringstream text(csv);
  for (std::string line; std::getline(text, line);) {
    EXPECT_EQ(line.back(), '\r') << line;
    line.pop_back();
    const std::size_t first = line.find(','), second = line.find(',', first + 1);
    const std::string part = line.substr(first + 1, second - first - 1);
    lines[line.substr(0, first) + (part.empty() ? "" : "." + part)] = line.substr(second + 1);
  }
  return lines;
}

TEST(TransparencyReport, SaysEachFigureInBothForms) {
  const std::string json = transparency_json(figures(), kNovember);
  auto lines = lines_of(transparency_csv(figures(), kNovember));
  EXPECT_EQ(lines.at("metric.part"), "value");
  lines.erase("metric.part");
  for (const auto& [name, value] : lines) {
    const std::size_t point = name.find('.');
    const std::string metric = name.substr(0, point);
    const std::size_t begin = json.find("\"" + metric + "\":");
    ASSERT_NE(begin, std::string::npos) << metric;
    const bool is_text = metric == "from" || metric == "until";
    const std::string written = value.empty() ? "null" : is_text ? "\"" + value + "\"" : value;
    const std::string key = point == std::string::npos ? metric : name.substr(point + 1);
    const std::string member = "\"" + key + "\":" + written;
    EXPECT_NE(json.find(member, begin), std::string::npos) << name << " in " << json;
  }
  EXPECT_EQ(lines.at("error_rate"), "0.3333");
  EXPECT_EQ(lines.at("reversal_rate"), "0.2500");
  EXPECT_EQ(lines.at("median_to_decision_s"), "90");
  EXPECT_EQ(lines.at("median_to_removal_s"), "");
  EXPECT_EQ(lines.at("from"), "2026-11-01T00:00:00Z");
}

TEST(TransparencyReport, OfNothingHasNullsWhereThereIsNoFigure) {
  const std::string json = transparency_json({}, kNovember);
  for (const char* member : {R"("claims":0)", R"("error_rate":null)", R"("reversal_rate":null)",
                             R"("median_to_decision_s":null)", R"("notices_sent":{})"})
    EXPECT_NE(json.find(member), std::string::npos) << member << " in " << json;
}

}  // namespace
}  // namespace reelprint::pipeline
