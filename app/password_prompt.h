// A password from the person at the keyboard, or from a pipe.
#pragma once

#include <string>

namespace reelprint::app {

/// Asks twice on the terminal, without showing what is typed. Throws Error: invalid_input (the two differ,
/// nothing was typed, over 512 bytes), io (there is no terminal).
[[nodiscard]] std::string ask_for_password();
/// The first line of stdin. Throws as above.
[[nodiscard]] std::string read_password();

}  // namespace reelprint::app
