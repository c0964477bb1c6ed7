// What whoever shows a video says about it: what licences and policies go by.
#pragma once

#include <optional>
#include <string>

#include "core/clock.h"
#include "core/ids.h"

namespace reelprint {

/// Anything may be missing: "" or nothing means "not said".
struct UploadContext {
  TenantId platform;    ///< that asked; zero: nobody in particular
  std::string account;  ///< of the uploader, as the platform names it
  std::string channel;
  std::string url;        ///< where it is shown or will be
  std::string territory;  ///< ISO 3166-1 alpha-2, upper case
  std::string title;
  std::optional<WallTime> published_at;

  friend bool operator==(const UploadContext&, const UploadContext&) = default;
};

}  // namespace reelprint
