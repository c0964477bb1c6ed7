// Titles, lines and scenes. Every episode opens with the same licence card, then with its series' intro.
#include "demo/story.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace reelprint::demo {
namespace {

constexpr int kCardFrames = 5 * kFramesPerSecond;
constexpr int kIntroFrames = 5 * kFramesPerSecond / 2;
const std::string kLicenceNumber = "2026-0001";

struct SeriesPlan {
  std::string holder, name;
  bool period = true;
  std::uint64_t seed = 0;
  std::array<std::string, 4> titles;
  std::array<std::string, 10> lines;
};

const std::array<SeriesPlan, 2>& series_plans() {
  static const std::array<SeriesPlan, 2> kSeries{{
      {"Northlight Pictures",
       "The Lantern Oath",
       true,
       7101,
       {"The Unlit Hall", "A Debt of Ash", "Three Lanterns", "The Oath Is Kept"},
       {"You swore it on your mother's lantern.", "The gate closes at dawn.", "Then I shall wait outside it.",
        "Who gave you that seal?", "No one leaves the hall tonight.", "I was never your servant.",
        "Burn the letter. All of it.", "He crossed the river alone.", "Say my name once more.",
        "The debt is paid."}},
      {"Juniper Lane Media",
       "Second Wife, First Heiress",
       false,
       9203,
       {"The Contract", "Her Real Name", "The Board Meets", "Nobody's Second"},
       {"Sign here, and leave the ring.", "She owns the building, sir.", "You never asked my name.",
        "The board voted at noon.", "Who is the child's father?", "I kept every receipt.",
        "That is my grandmother's bracelet.", "Get out of my office.", "You married the wrong sister.",
        "I am not anyone's second."}},
  }};
  return kSeries;
}

Shot choose_shot(Place place, int index, Seeded& seeded) {
  if (place == Place::table) return Shot::insert;
  const bool open = place == Place::hills || place == Place::shore || place == Place::street;
  if (open && seeded.chance(0.6)) return Shot::wide;
  return std::array{Shot::close, Shot::pair, Shot::medium,
                    Shot::wide}[static_cast<std::size_t>(index + seeded.whole(0, 1)) % 4];
}

/// Places in an order of the seed's choosing, none twice before all were seen.
std::vector<Place> shuffled_places(Seeded& seeded) {
  std::vector<Place> places(kPlaces.begin(), kPlaces.end());
  for (std::size_t i = places.size() - 1; i > 0; --i) {
    std::swap(places[i], places[static_cast<std::size_t>(seeded.whole(0, static_cast<int>(i)))]);
  }
  return places;
}

/// Six members of a series' cast, women and men in turn.
std::uint64_t cast_member(std::uint64_t cast_seed, int index) {
  const auto number = static_cast<std::uint64_t>(index);
  return (blend(cast_seed, number) & ~std::uint64_t{1}) | (number & 1U);
}

std::vector<ScenePlan> plan_scenes(std::uint64_t seed, std::uint64_t cast_seed, bool period, int frames,
                                   std::span<const std::string> lines) {
  Seeded seeded(seed);
  std::vector<ScenePlan> scenes;
  std::vector<Place> places;
  for (int index = 0; frames > 0; ++index) {
    if (places.empty()) places = shuffled_places(seeded);
    ScenePlan scene;
    scene.place = places.back();
    places.pop_back();
    if (period && scene.place == Place::office) scene.place = Place::hall;
    if (!period && scene.place == Place::hall) scene.place = Place::office;
    scene.shot = choose_shot(scene.place, index, seeded);
    scene.seed = seeded.next();
    scene.period = period;
    scene.frames = std::min(seeded.whole(60, 145), frames);
    if (frames - scene.frames < 50) scene.frames = frames;
    const int lead = seeded.whole(0, 5);
    for (int i = 0; i < 3; ++i)
      scene.cast.push_back(cast_member(cast_seed, (lead + i * seeded.whole(1, 2)) % 6));
    if (!lines.empty() && seeded.chance(0.6))
      scene.text = lines[(seed + 3 * static_cast<std::size_t>(index)) % lines.size()];
    frames -= scene.frames;
    scenes.push_back(std::move(scene));
  }
  return scenes;
}

ScenePlan licence_card() {
  ScenePlan card;
  card.shot = Shot::card;
  card.seed = 2026;
  card.frames = kCardFrames;
  card.text = kLicenceNumber;
  return card;
}

ScenePlan intro_of(const SeriesPlan& series) {
  ScenePlan intro;
  intro.shot = Shot::intro;
  intro.place = series.period ? Place::hills : Place::office;
  intro.seed = series.seed;
  intro.frames = kIntroFrames;
  intro.period = series.period;
  intro.text = series.name;
  return intro;
}

EpisodePlan unrelated(const std::string& name, std::uint64_t seed, int seconds, bool with_card) {
  EpisodePlan video;
  video.series = name;
  video.file = "unrelated/" + name + ".mp4";
  video.scenes = plan_scenes(seed, seed + 1, seed % 2 == 0, seconds * kFramesPerSecond, {});
  if (with_card) video.scenes.insert(video.scenes.begin(), licence_card());
  return video;
}

}  // namespace

std::vector<EpisodePlan> plan_catalog() {
  std::vector<EpisodePlan> episodes;
  for (const SeriesPlan& series : series_plans()) {
    for (int number = 1; number <= 4; ++number) {
      const std::uint64_t seed = blend(series.seed, static_cast<std::uint64_t>(number));
      EpisodePlan episode;
      episode.holder = series.holder;
      episode.series = series.name;
      episode.number = number;
      episode.title = series.titles[static_cast<std::size_t>(number - 1)];
      episode.licence_number = kLicenceNumber;
      episode.file = "catalog/" + series.name + "/ep0" + std::to_string(number) + ".mp4";
      const int frames = Seeded(seed).whole(23, 26) * kFramesPerSecond;
      episode.scenes = plan_scenes(seed, series.seed, series.period, frames, series.lines);
      episode.scenes.insert(episode.scenes.begin(), {licence_card(), intro_of(series)});
      episodes.push_back(std::move(episode));
    }
  }
  return episodes;
}

std::vector<EpisodePlan> plan_unrelated() {
  return {unrelated("host", 501, 22, false), unrelated("stranger", 602, 22, false),
          unrelated("licence-card", 703, 15, true)};
}

std::vector<std::string> foreign_lines() {
  return {"Kenapa kau kembali malam ini?", "Aku tidak pernah pergi.",  "Buka pintunya sekarang!",
          "Surat itu sudah terbakar.",     "Siapa namamu sebenarnya?", "Kau berjanji kepada ibuku."};
}

}  // namespace reelprint::demo
