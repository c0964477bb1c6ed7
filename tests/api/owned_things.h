// One thing of each kind that a pattern's {name} stands for, each of one tenant: for tests of who sees what.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "api_harness.h"

namespace reelprint::api {

/// Two holders and two platforms; what there is belongs to the first of each. Things are made when first
/// asked for, once each.
class OwnedThings {
 public:
  explicit OwnedThings(ApiHarness& harness);

  /// Whether it is known how a {name} is made.
  [[nodiscard]] static bool knows(const std::string& name);
  /// Its id.
  [[nodiscard]] const std::string& id_of(const std::string& name);
  /// Where a role is bound to; nowhere for an admin.
  [[nodiscard]] TenantId tenant_of(Role role, bool is_other) const;

 private:
  using Make = std::string (OwnedThings::*)();
  static const std::map<std::string, Make>& makers();
  std::string made_by_post(const ApiClient& client, const std::string& path, const std::string& body);
  /// A registered reference with holder, series and episode; `tenant` zero: its holder is nobody's.
  ReferenceEntry add_work(const std::string& holder, TenantId tenant);
  const ReferenceEntry& work();

  std::string tenant();
  std::string user();
  std::string key();
  std::string holder();
  std::string series();
  std::string episode();
  std::string reference();
  std::string conflict();
  std::string import();
  std::string licence();
  std::string policy();
  std::string allow_entry();
  std::string ownership();
  std::string dry_run();
  std::string job();
  std::string screening();
  std::string decision();
  std::string case_();
  std::string dispute();
  std::string notice();
  std::string export_();
  std::string run();
  std::string upload();
  std::string webhook();
  std::string event();
  std::string delivery();
  std::string crawl_source();
  std::string sighting();

  ApiHarness& harness_;
  TenantId holder_, other_holder_, platform_, other_platform_;
  std::optional<ReferenceEntry> work_;
  std::map<std::string, std::string> ids_;
};

}  // namespace reelprint::api
