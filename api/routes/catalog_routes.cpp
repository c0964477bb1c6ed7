#include "api/routes/catalog_routes.h"

namespace reelprint::api {

void add_catalog_routes(Router& router, const Backend& backend) {
  add_holder_routes(router, backend);
  add_series_routes(router, backend);
  add_episode_routes(router, backend);
  add_reference_routes(router, backend);
  add_registration_routes(router, backend);
  add_conflict_routes(router, backend);
  add_import_routes(router, backend);
}

}  // namespace reelprint::api
