// Who may show what, where and when: licences, and the allow list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/term.h"

namespace reelprint {

/// To whom a licence is given. `platforms` narrow: an upload to another one is not meant. Of accounts,
/// channels and patterns it takes one that fits; without any, everybody on the platforms is meant. All empty:
/// nobody is. How names and patterns are compared: rights/showing.h.
struct Grantee {
  std::vector<TenantId> platforms;
  std::vector<std::string> accounts;
  std::vector<std::string> channels;
  std::vector<std::string> url_patterns;  ///< "[scheme://]host[:port][/path]", * stands for anything

  friend bool operator==(const Grantee&, const Grantee&) = default;
};

/// Which works: these series and these episodes; both empty: all of the holder's.
struct Works {
  std::vector<SeriesId> series;
  std::vector<EpisodeId> episodes;

  friend bool operator==(const Works&, const Works&) = default;
};

struct Licence {
  LicenceId id;
  HolderId holder;
  std::string name;
  Grantee grantee;
  Works works;
  std::vector<std::string> territories;  ///< ISO 3166-1 alpha-2, upper case; empty: everywhere
  Term term;
  std::optional<WallTime> revoked_at;  ///< from then on it does not count
  std::int64_t version = 1;            ///< grows with every change

  friend bool operator==(const Licence&, const Licence&) = default;
};

/// What an entry of the allow list names.
enum class AllowKind : std::uint8_t { account, channel, url_pattern };

[[nodiscard]] std::string_view to_string(AllowKind kind);
[[nodiscard]] std::optional<AllowKind> allow_kind_of(std::string_view name);

/// Somebody who may show everything of a holder: the holder's own account, a press partner, an archive.
struct AllowEntry {
  AllowEntryId id;
  HolderId holder;  ///< zero: works of all holders
  AllowKind kind = AllowKind::account;
  TenantId platform;   ///< zero: on every platform
  std::string value;   ///< compared as a licence's is
  std::string reason;  ///< for the person who reads it later
  std::int64_t version = 1;

  friend bool operator==(const AllowEntry&, const AllowEntry&) = default;
};

}  // namespace reelprint
