#include "core/principal.h"

#include <array>

namespace reelprint {
namespace {

struct Named {
  Role role;
  std::string_view name;
};
constexpr std::array kRoles{Named{Role::admin, "admin"}, Named{Role::holder, "holder"},
                            Named{Role::platform, "platform"}, Named{Role::legal, "legal"},
                            Named{Role::auditor, "auditor"}};

}  // namespace

std::string_view to_string(Role role) {
  for (const Named& named : kRoles)
    if (named.role == role) return named.name;
  return "";
}

std::optional<Role> role_of(std::string_view name) {
  for (const Named& named : kRoles)
    if (named.name == name) return named.role;
  return std::nullopt;
}

}  // namespace reelprint
