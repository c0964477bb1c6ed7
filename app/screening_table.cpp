#include "app/screening_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>

#include "app/figures.h"

namespace reelprint::app {
namespace {

std::string changes_text(const Match& match) {
  std::string text;
  char speed[32];
  std::snprintf(speed, sizeof speed, "%.2f×", match.speed);
  if (std::abs(match.speed - 1) >= 0.005) text += speed;
  if (match.mirrored) text += text.empty() ? "mirrored" : ", mirrored";
  return text;
}

}  // namespace

Table screening_heading() {
  return {{{"UPLOAD"},
           {"VERDICT"},
           {"IN THE UPLOAD"},
           {"WORK"},
           {"IN THE WORK"},
           {"SCORE", Colour::plain, true},
           {"CPU TIME", Colour::plain, true},
           {"CHANGED"}}};
}

void add_screening(Table& table, const Screening& screening, const pipeline::WorkNames& works) {
  const ScreeningCost& cost = screening.cost;
  const std::string cost_text = fixed(cost.decode_s + cost.fingerprint_s + cost.search_s, 2, " s");
  const Cell name{printable(std::filesystem::path(screening.query).filename().string())};
  const Cell verdict{std::string(to_string(screening.verdict.decision)),
                     colour_of(screening.verdict.decision)};
  if (screening.matches.empty()) {
    table.push_back(
        {name, verdict, {"–"}, {"–"}, {"–"}, {"–", Colour::dim, true}, {cost_text, Colour::dim, true}});
    return;
  }
  auto matches = screening.matches;  // by time, as one would watch them
  std::ranges::stable_sort(matches, {}, [](const Match& m) { return m.query_span.begin; });
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const Match& match = matches[i];
    table.push_back({i == 0 ? name : Cell{},
                     i == 0 ? verdict : Cell{},
                     {span_text(match.query_span)},
                     {printable(works.work_of(match))},
                     {span_text(match.reference_span)},
                     {fixed(match.score, 3), Colour::plain, true},
                     {i == 0 ? cost_text : "", Colour::dim, true},
                     {changes_text(match), Colour::dim}});
  }
}

void add_unscreened(Table& table, const std::string& file) {
  table.push_back(
      {{printable(std::filesystem::path(file).filename().string())}, {"not screened", Colour::yellow}});
}

}  // namespace reelprint::app
