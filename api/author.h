// The author of a change that a request makes.
#pragma once

#include "api/accounts.h"
#include "api/context.h"

namespace reelprint::api {

[[nodiscard]] inline Author author_of(const Context& context) {
  return {context.principal.name, context.request.id, context.now};
}

}  // namespace reelprint::api
