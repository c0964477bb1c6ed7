#include "jail/channel.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "core/error.h"

namespace reelprint::jail {
namespace {

constexpr std::size_t kControlBytes = CMSG_SPACE(kMostMessageDescriptors * sizeof(int));

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::io, what + ": " + std::generic_category().message(errno));
}

/// Takes what came along, so that it is closed whatever happens next.
std::vector<Descriptor> descriptors_of(msghdr& header) {
  std::vector<Descriptor> taken;
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
      taken.emplace_back(number);
    }
  }
  return taken;
}

}  // namespace

std::pair<Descriptor, Descriptor> make_channel() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("make a channel");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

bool send_message(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors) {
  if (bytes.size() > kMostMessageBytes || descriptors.size() > kMostMessageDescriptors)
    throw Error(ErrorCode::too_large, "send a message: " + std::to_string(bytes.size()) + " bytes");
  iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) std::array<std::byte, kControlBytes> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!descriptors.empty()) {
    header.msg_control = control.data();
    header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(rights), descriptors.data(), descriptors.size_bytes());
  }
  for (;;) {
    if (::sendmsg(socket, &header, MSG_NOSIGNAL) >= 0) return true;
    if (errno == EPIPE || errno == ECONNRESET || errno == EAGAIN || errno == ENOTCONN) return false;
    if (errno != EINTR) fail("send a message");
  }
}

std::optional<Message> receive_message(int socket) {
  Message message;
  message.bytes.resize(kMostMessageBytes);
  iovec part{message.bytes.data(), message.bytes.size()};
  alignas(cmsghdr) std::array<std::byte, kControlBytes> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  ssize_t count = -1;
  do count = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  if (count < 0 && errno != ECONNRESET && errno != EAGAIN) fail("receive a message");
  if (count <= 0) return std::nullopt;
  message.descriptors = descriptors_of(header);
  if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return std::nullopt;
  message.bytes.resize(static_cast<std::size_t>(count));
  return message;
}

}  // namespace reelprint::jail
