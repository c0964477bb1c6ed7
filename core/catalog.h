// The protected side: who holds which series, its episodes, and the cuts of them that are registered.
#pragma once

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "core/time.h"

namespace reelprint {

struct Holder {
  HolderId id;
  std::string name;
};

/// One work of one holder; its name is unique within the holder.
struct Series {
  SeriesId id;
  HolderId holder;
  std::string name;
};

/// One part of a series; (series, season, number) is unique.
struct Episode {
  EpisodeId id;
  SeriesId series;
  int season = 1;
  int number = 0;
  std::string title;
  std::string licence_number;
  std::string eidr;
  std::string isan;
};

/// "episode 3", or "season 2 episode 3".
[[nodiscard]] std::string to_text(const Episode& episode);

/// One cut of an episode as a file was registered: (episode, cut, language, subtitles, media) is unique.
struct Reference {
  ReferenceId id;
  EpisodeId episode;
  std::string cut;        ///< "" is the cut that the holder published
  std::string language;   ///< as given, BCP 47 advised
  std::string subtitles;  ///< language of burned-in subtitles, "" if none
  std::string file;       ///< where the media were when registered
  Sha256 media;
  Duration duration{0};
  WallTime registered_at;
};

/// A reference with the names above it: what a match shows a person.
struct ReferenceEntry {
  Reference reference;
  Episode episode;
  Series series;
  Holder holder;
};

}  // namespace reelprint
