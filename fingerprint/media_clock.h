// A container's timestamps → media time: where the first picture is, and which leaps are damage. Knows no
// libav.
#pragma once

#include <cstddef>
#include <optional>

#include "core/time.h"

namespace reelprint::fingerprint {

/// What a container says of one packet, on the container's own clock.
struct PacketTimes {
  std::optional<Duration> presented;  ///< pts
  std::optional<Duration> decoded;    ///< dts
  Duration lasts{0};                  ///< 0: not said
  bool is_key = false;
  bool is_hidden = false;  ///< decoded only because shown packets need it (what an edit list cut off)

  /// When it is shown, as well as the container says it.
  [[nodiscard]] Duration shown() const { return presented.value_or(decoded.value_or(Duration{0})); }
};

/// Beyond this a timestamp is called damaged; keeps every sum of two of them within 64 bits.
inline constexpr Duration kFarthestTime{1LL << 60};

/// Finds from the packets of the picture, in decoding order, when the first picture is shown: every decode
/// plan gets the same answer, whatever it decodes.
class OriginFinder {
 public:
  /// Looks at the next packet; true when the origin is known and nothing more need be looked at.
  bool look_at(const PacketTimes& packet);

  /// The best answer so far: from key packet on the earliest that is shown, else the earliest seen, else
  /// zero.
  [[nodiscard]] Duration origin() const;
  [[nodiscard]] bool has_key() const { return has_key_; }

 private:
  std::optional<Duration> earliest_;  // shown, from the first key packet on
  std::optional<Duration> earliest_any_;
  std::size_t packets_since_shown_ = 0;
  bool has_key_ = false;
};

/// Where one stream of packets is.
struct Track {
  std::optional<Duration> first;
  std::optional<Duration> last;
  Duration step{0};  ///< assumed between packets that have no time
};

/// Takes out leaps of time that are damage or a splice, so that ten seconds stay ten seconds; one for all
/// streams of a file, so that sound and picture stay together. A leap is
/// - more than 10 s backwards, or, where the container allows splices (MPEG-TS and -PS), forwards;
/// - elsewhere, more than 10 s forwards and past the duration that the container states;
/// - where it states none, more than 10 minutes forwards.
/// What follows a leap goes on one step after what was before it.
class TimeRepair {
 public:
  TimeRepair(bool has_splices, std::optional<Duration> stated) : has_splices_(has_splices), stated_(stated) {}

  /// Puts the next packet of `track` on the clock without leaps. A packet without any time gets a decoding
  /// time one step after the one before; a pts more than 10 s from its dts is forgotten.
  void repair(PacketTimes& packet, Track& track);

 private:
  [[nodiscard]] bool is_leap(const Track& track, Duration now) const;

  bool has_splices_;
  std::optional<Duration> stated_;
  Duration shift_{0};
};

/// Gives decoded pictures, in the order of presentation, their media time.
class PictureClock {
 public:
  explicit PictureClock(Duration origin) : origin_(origin) {}

  /// When a picture is shown: never before the last one; one step after it if the picture says nothing.
  /// Nothing for pictures up to 1 s before the origin: leading pictures, predicted from a group of pictures
  /// that the file lacks.
  [[nodiscard]] std::optional<Timestamp> place(std::optional<Duration> presented, Duration lasts);

 private:
  Duration origin_;
  std::optional<Timestamp> last_;
  Duration step_{0};
};

}  // namespace reelprint::fingerprint
