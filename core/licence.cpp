#include "core/licence.h"

namespace reelprint {

std::string_view to_string(AllowKind kind) {
  switch (kind) {
    case AllowKind::account: return "account";
    case AllowKind::channel: return "channel";
    case AllowKind::url_pattern: return "url_pattern";
  }
  return "unknown";
}

std::optional<AllowKind> allow_kind_of(std::string_view name) {
  for (const AllowKind kind : {AllowKind::account, AllowKind::channel, AllowKind::url_pattern})
    if (name == to_string(kind)) return kind;
  return std::nullopt;
}

}  // namespace reelprint
