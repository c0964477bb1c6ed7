// A case with a bundle to be made of it.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>

#include "pipeline/bundle_check.h"
#include "pipeline/case_export.h"
#include "pipeline/live_catalog.h"
#include "pipeline/registration.h"
#include "pipeline/screen_job.h"
#include "pipeline/screening.h"
#include "pipeline/workspace.h"
#include "samples.h"
#include "store/jobs.h"
#include "store/screening_requests.h"
#include "store/tenants.h"
#include "tests/support/set_clock.h"

namespace reelprint::pipeline::test {

/// A copy of a registered clip was screened and has become case 1.
class CaseExportFixture : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(tools_.uploads);
    store::Tenants tenants(store_.database());
    const TenantId lotus = tenants.add({{}, "Lotus", store::TenantKind::holder, clock_.now(), 1});
    tenants.add({{}, "ShowTube", store::TenantKind::platform, clock_.now(), 1});
    tools_.settings.effort = Effort::standard;
    const auto clip = make_blocks(folder_, "ep1.mp4", 1);
    {
      Workspace workspace(data_);
      register_catalog(workspace, catalog_of({clip}), {1}, [](const RowOutcome&) {});
    }
    store_.database().run({"own", "UPDATE holders SET tenant = ?1"}, lotus.value);
    screen(make_copy(folder_, "copy.mp4", clip, "-ss 1 -t 6 "));
    create_evidence_key(store_, data_, actor());
  }
  void screen(const std::filesystem::path& upload, Effort effort = Effort::standard) {
    ScreeningRequest request;
    request.context.platform = TenantId{2};
    request.context.account = "amy";
    request.context.url = "https://showtube.example/v/1";
    request.name = request.media = upload.filename().string();
    request.effort = effort;
    request.created_at = clock_.now();
    std::filesystem::copy_file(upload, tools_.uploads / request.media);
    (void)enqueue_screening(store_, request, clock_.now());
    const std::array kinds{kScreenJob};
    store::Jobs jobs(store_.database());
    const auto job = jobs.take(kinds, {"worker", std::chrono::seconds(30)}, clock_.now());
    const Effect effect = screen_handler(tools_)({*job, {}, [](double) {}, store_, clock_.now()});
    store::Transaction change(store_.database(), store::Transaction::Kind::write);
    effect(store_);
    (void)jobs.finish(job->id, "worker", clock_.now());
    change.commit();
  }
  [[nodiscard]] EvidenceActor actor() const { return {"a lawyer", "", clock_.now()}; }
  evidence::WrittenBundle write(const char* name, CaseExportSettings settings = {}) {
    settings.languages = {evidence::ReportLanguage::en};
    return export_case(store_, CaseId{1}, settings, {data_, "1.2.3", {}, {}}, actor(), folder_.path() / name);
  }
  evidence::VerifiedBundle verify(const char* name) {
    return check_bundle(folder_.path() / name, {{}, {}, folder_.path()}, reader_);
  }
  static std::string told(const evidence::VerifiedBundle& verified, evidence::CheckOutcome outcome) {
    std::string text;
    for (const auto& check : verified.checks)
      if (check.outcome == outcome) text += check.name + ": " + check.detail + "\n";
    return text;
  }

  ClipFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store store_{data_};
  reelprint::test::SetClock clock_;
  DirectMediaReader reader_;
  LiveCatalog catalog_{data_};
  ScreenTools tools_{
      screening_media_folder(data_), reader_, clock_, [this] { return catalog_.refresh(); }, {}};
};

}  // namespace reelprint::pipeline::test
