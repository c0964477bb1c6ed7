// Row identities: one distinct type for each kind of thing, so that they cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace reelprint {

/// A positive number that names one stored thing; zero means "not stored yet".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using HolderId = Id<struct HolderTag>;
using SeriesId = Id<struct SeriesTag>;
using EpisodeId = Id<struct EpisodeTag>;
using ReferenceId = Id<struct ReferenceTag>;
using ScreeningId = Id<struct ScreeningTag>;
using NegativeId = Id<struct NegativeTag>;

}  // namespace reelprint

template <class Tag>
struct std::hash<reelprint::Id<Tag>> {
  std::size_t operator()(const reelprint::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
