// The protected side: who holds which series, its episodes, and the cuts of them that are registered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "core/time.h"

namespace reelprint {

struct Holder {
  HolderId id;
  std::string name;
  TenantId tenant;           ///< who keeps its catalog; zero: whoever runs the service
  std::int64_t version = 1;  ///< grows with every change, here and below
};

/// One work of one holder; its name is unique within the holder.
struct Series {
  SeriesId id;
  HolderId holder;
  std::string name;
  std::int64_t version = 1;
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
  std::int64_t version = 1;
};

/// "episode 3", or "season 2 episode 3".
[[nodiscard]] std::string to_text(const Episode& episode);

/// What becomes of a reference. Only what is active or quarantined is searched.
enum class ReferenceState : std::uint8_t {
  active,       ///< protected
  pending,      ///< its fingerprint is still to come
  held,         ///< another holder claims what it shows: somebody must decide
  quarantined,  ///< matches suspiciously much: what it matches goes to a person
  retracted,    ///< its holder claims it no more
  failed,       ///< no fingerprint could be made of it
};

[[nodiscard]] std::string_view to_string(ReferenceState state);
[[nodiscard]] std::optional<ReferenceState> reference_state_of(std::string_view name);

/// A stretch of a reference that is not its holder's: stock footage, an advertisement.
struct ExcludedInterval {
  Interval span;
  std::string why;

  friend bool operator==(const ExcludedInterval&, const ExcludedInterval&) = default;
};

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
  std::string aspect;  ///< "9:16"; "" if not said
  ReferenceState state = ReferenceState::active;
  std::string reason;  ///< for the state, when somebody or something gave one
  std::int64_t version = 1;
};

/// A reference with the names above it: what a match shows a person.
struct ReferenceEntry {
  Reference reference;
  Episode episode;
  Series series;
  Holder holder;
};

}  // namespace reelprint
