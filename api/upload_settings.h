// How much clients may leave here before it is used.
#pragma once

#include <chrono>
#include <cstdint>

namespace reelprint::api {

struct UploadSettings {
  std::uint64_t most_bytes = std::uint64_t{4} << 30;              ///< of one upload
  std::uint64_t most_bytes_per_tenant = std::uint64_t{64} << 30;  ///< of all that are there, come or to come
  std::uint64_t spare_disk_bytes = std::uint64_t{1} << 30;        ///< that must stay free
  std::chrono::hours lifetime{24};                                ///< of what nobody has claimed
};

}  // namespace reelprint::api
