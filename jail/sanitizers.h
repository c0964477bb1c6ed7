// Whether this program is built with sanitizers, which reserve terabytes of address space and make
// system calls of their own. Internal to jail/, and to its tests.
#pragma once

namespace reelprint::jail {

#ifdef REELPRINT_SANITIZED
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

}  // namespace reelprint::jail
