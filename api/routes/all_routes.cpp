#include "api/routes/all_routes.h"

#include "api/routes/access_routes.h"
#include "api/routes/case_routes.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/crawl_routes.h"
#include "api/routes/job_routes.h"
#include "api/routes/rights_routes.h"
#include "api/routes/screening_routes.h"
#include "api/routes/upload_routes.h"
#include "api/routes/webhook_routes.h"

namespace reelprint::api {

void add_all_routes(Router& router, const Backend& backend) {
  add_access_routes(router, backend);
  add_catalog_routes(router, backend);
  add_rights_routes(router, backend);
  add_upload_routes(router, backend);
  add_screening_routes(router, backend);
  add_decision_routes(router, backend);
  add_case_routes(router, backend);
  add_dispute_routes(router, backend);
  add_notice_routes(router, backend);
  add_evidence_routes(router, backend);
  add_webhook_routes(router, backend);
  add_event_routes(router, backend);
  add_job_routes(router, backend);
  add_crawl_routes(router, backend);
  add_crawl_result_routes(router, backend);
}

}  // namespace reelprint::api
