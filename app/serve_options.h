// The settings of the service as options of the command line and of its configuration file.
#pragma once

#include <string>
#include <vector>

#include "api/service.h"

namespace CLI {
class App;
}

namespace reelprint::app {

/// As a person gives them; service_settings() makes them what the service works with.
struct ServeOptions {
  api::ServiceSettings service;
  std::string certificate;
  std::string certificate_key;
  double header_time_s = 10;
  double idle_time_s = 30;
  double request_time_s = 3600;
  double grace_s = 30;
  std::uint64_t free_disk_mib = 2048;
  std::uint64_t memory_mib = 0;
  std::string worker;
  std::uint64_t media_memory_mib = 2048;
  int media_cpu_time_s = 1800;
  std::uint64_t media_most_mib = 8192;
  std::string import_folder;
  int media_keep_h = 24 * 7;
  int fingerprints_keep_h = 24 * 30;
  std::string crawl_contact;
  std::string crawl_extractor;
  double crawl_least_delay_s = 1;
  int crawl_audit_days = 90;
  std::string log_level = "info";
};

/// `options` must outlive the command.
void add_serve_options(CLI::App& command, ServeOptions& options);
/// Throws Error{invalid_input} for what contradicts itself.
[[nodiscard]] api::ServiceSettings service_settings(const ServeOptions& options,
                                                    const std::filesystem::path& data);

}  // namespace reelprint::app
