// Landlock: a process denies itself the file system. Internal to jail/.
#pragma once

namespace reelprint::jail {

/// The version of landlock in the running kernel; 0 without.
[[nodiscard]] int landlock_version();

/// Denies this process every name in the file system, TCP (from version 4), and signals to and abstract
/// sockets of whoever is outside (from version 6). Needs no_new_privs. Whether it did.
bool deny_by_landlock();

/// From this version signals are kept inside.
inline constexpr int kLandlockScopes = 6;

}  // namespace reelprint::jail
