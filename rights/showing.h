// One upload as licences and allow lists see it: who shows it, where and when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/licence.h"
#include "core/sentence.h"
#include "core/upload_context.h"
#include "rights/web_address.h"

namespace reelprint::rights {

/// Must not outlive its context.
struct Showing {
  const UploadContext& context;
  std::optional<WebAddress> address;  ///< nothing when no URL was said, or none that can be read
  WallTime at;
};

[[nodiscard]] Showing showing_of(const UploadContext& context, WallTime at);

/// Names by is_same_name, patterns as in rights/web_address.h. What was not said fits nothing.
[[nodiscard]] bool names(const Grantee& grantee, const Showing& showing);
[[nodiscard]] bool names(const AllowEntry& entry, const Showing& showing);

/// "account 'tvnord', channel 'Drama'"; what was not said is left out, all of it: "nobody in particular".
[[nodiscard]] Sentence describe_uploader(const UploadContext& context);

/// "DE, AT", sorted; "everywhere" for none; of a long list the first.
[[nodiscard]] Sentence list_territories(std::vector<std::string> territories);

}  // namespace reelprint::rights
