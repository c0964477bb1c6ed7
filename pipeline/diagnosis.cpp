#include "pipeline/diagnosis.h"

#include <cstdint>
#include <thread>

#include "core/error.h"
#include "fingerprint/media_decoder.h"
#include "pipeline/jailed_media_reader.h"
#include "pipeline/workspace.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t kLeastFreeBytes = 1ULL << 30;

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string cpu_features() {
  std::vector<std::string> features;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("popcnt")) features.emplace_back("popcnt");
  if (__builtin_cpu_supports("avx2")) features.emplace_back("avx2");
  if (__builtin_cpu_supports("avx512f")) features.emplace_back("avx512f");
  if (__builtin_cpu_supports("avx512vpopcntdq")) features.emplace_back("avx512vpopcntdq");
#endif
  return features.empty() ? "none that is used" : join(features);
}

Finding disk_finding(const fs::path& folder) {
  fs::path existing = fs::absolute(folder);
  std::error_code error;
  while (!fs::exists(existing, error) && existing.has_relative_path()) existing = existing.parent_path();
  const auto space = fs::space(existing, error);
  if (error) return {"disk", "free space unknown: " + error.message(), true};
  const std::string free = std::to_string(space.available >> 20) + " MiB free";
  return {"disk", free, space.available < kLeastFreeBytes};
}

/// What stands between a video that takes the decoder over and this machine; a service needs it.
Finding jail_finding() {
  try {
    const jail::Walls walls = JailedMediaReader().walls();
    std::vector<std::string> standing = {"system calls"};
    if (walls.memory) standing.emplace_back("memory");
    if (walls.files) standing.emplace_back("files");
    if (walls.network) standing.emplace_back("network");
    if (walls.signals) standing.emplace_back("signals");
    return {"jail", "walls: " + join(standing), false};
  } catch (const Error& error) {  // described, as the store below
    return {"jail", error.what(), true};
  }
}

void examine_data(std::vector<Finding>& findings, const fs::path& data, Progress* progress) {
  std::error_code ignored;
  if (fs::exists(data, ignored) && !fs::is_directory(data, ignored)) {
    findings.push_back({"store", "'" + data.string() + "' is not a folder", true});
    return;
  }
  try {
    Workspace workspace(data, false);
    findings.push_back({"references", std::to_string(workspace.store().stats().references), false});
    const IndexReport report = workspace.verify_index(progress);
    findings.push_back({"index", report.problems.empty() ? "agrees with the store" : report.problems.front(),
                        !report.problems.empty()});
  } catch (const Error& error) {  // a doctor describes what is broken; it does not break with it
    const bool is_new = error.code() == ErrorCode::not_found;
    findings.push_back({"store", is_new ? "nothing there yet" : error.what(), !is_new});
  }
}

}  // namespace

std::vector<Finding> library_versions() {
  return {{"algorithm", std::to_string(static_cast<std::uint32_t>(kAlgorithm)), false},
          {"sqlite", store::Store::library_version(), false},
          {"decoder", join(fingerprint::inventory_decoders().libraries), false}};
}

std::vector<Finding> diagnose(const fs::path& data, Progress* progress) {
  auto findings = library_versions();
  const auto missing = fingerprint::inventory_decoders().missing_decoders;
  findings.push_back(
      {"codecs", missing.empty() ? "all there" : "missing: " + join(missing), !missing.empty()});
  findings.push_back({"cores", std::to_string(std::thread::hardware_concurrency()), false});
  findings.push_back({"cpu", cpu_features(), false});
  findings.push_back(jail_finding());
  findings.push_back({"data", fs::absolute(data).lexically_normal().string(), false});
  findings.push_back(disk_finding(data));
  examine_data(findings, data, progress);
  return findings;
}

}  // namespace reelprint::pipeline
