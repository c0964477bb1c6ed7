#include "app/password_prompt.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <string_view>

#include "core/error.h"

namespace reelprint::app {
namespace {

constexpr std::size_t kMostBytes = 512;

[[noreturn]] void refuse(ErrorCode code, const char* why) {
  throw Error(code, std::string("read a password: ") + why);
}

/// Byte by byte, so that nothing behind the line is taken.
std::string line_from(int file) {
  std::string line;
  for (char c = 0; read(file, &c, 1) == 1 && c != '\n';) {
    if (line.size() == kMostBytes) refuse(ErrorCode::invalid_input, "it has more than 512 bytes");
    line += c;
  }
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) refuse(ErrorCode::invalid_input, "there is none");
  return line;
}

/// The terminal, silent until the end.
class SilentTerminal {
 public:
  SilentTerminal() : file_(open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (file_ < 0 || tcgetattr(file_, &before_) != 0) {
      if (file_ >= 0) close(file_);
      refuse(ErrorCode::io, "there is no terminal; use --password-stdin");
    }
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(file_, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() {
    tcsetattr(file_, TCSAFLUSH, &before_);
    close(file_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  [[nodiscard]] std::string ask(std::string_view question) const {
    say(question);
    std::string answer = line_from(file_);
    say("\n");
    return answer;
  }

 private:
  void say(std::string_view text) const {
    if (write(file_, text.data(), text.size()) < 0) refuse(ErrorCode::io, "the terminal is gone");
  }

  int file_;
  termios before_{};
};

}  // namespace

std::string ask_for_password() {
  const SilentTerminal terminal;
  std::string password = terminal.ask("Password: ");
  if (terminal.ask("Again: ") != password) refuse(ErrorCode::invalid_input, "the two differ");
  return password;
}

std::string read_password() {
  return line_from(STDIN_FILENO);
}

}  // namespace reelprint::app
