#include "pipeline/coverage_picture.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/time.h"
#include "evidence/coverage_strip.h"
#include "evidence/time_axis.h"

namespace reelprint::pipeline {
namespace {

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool has_seasons(const std::vector<EpisodeCoverage>& episodes) {
  return std::ranges::any_of(episodes, [&](const EpisodeCoverage& episode) {
    return episode.entry.episode.season != episodes.front().entry.episode.season;
  });
}

evidence::StripRow row_of(const EpisodeCoverage& episode, bool with_season) {
  const Episode& named = episode.entry.episode;
  evidence::StripRow row;
  row.label = (with_season ? std::to_string(named.season) + "/" : "") + std::to_string(named.number);
  if (!named.title.empty() && is_ascii(named.title)) row.label += "  " + named.title;
  row.note = episode.matches.empty() ? "-" : std::to_string(std::lround(100 * episode.share)) + " %";
  row.length_s = to_seconds(episode.entry.reference.duration);
  for (const Match& match : episode.matches) {
    row.segments.push_back(
        {to_seconds(match.reference_span.begin), to_seconds(match.reference_span.end), match.score});
  }
  return row;
}

}  // namespace

void write_coverage_picture(const Screening& screening, const std::vector<EpisodeCoverage>& episodes,
                            const std::filesystem::path& file, CoverageWords words) {
  evidence::CoverageStrip strip;
  for (const EpisodeCoverage& episode : episodes)
    strip.rows.push_back(row_of(episode, has_seasons(episodes)));
  if (words == CoverageWords::none) {
    strip.has_legend = false;
    evidence::write_coverage_strip(strip, file);
    return;
  }
  const auto shown = std::ranges::count_if(episodes, [](const auto& e) { return !e.matches.empty(); });
  const std::string name = std::filesystem::path(screening.query).filename().string();
  const std::string series = episodes.empty() ? "" : episodes.front().entry.series.name;
  strip.title = is_ascii(series) && !series.empty() ? series + " in " + name : name;
  strip.remark = std::to_string(shown) + " of " + std::to_string(episodes.size()) +
                 " episodes are in the upload, which lasts " +
                 evidence::clock_text(to_seconds(screening.duration));
  evidence::write_coverage_strip(strip, file);
}

}  // namespace reelprint::pipeline
