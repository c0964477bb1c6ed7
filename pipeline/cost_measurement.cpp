#include "pipeline/cost_measurement.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "core/clock.h"
#include "core/cpu_time.h"
#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/registration.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;

/// A folder of its own below the system's temporary one, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "reelprint-cost-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw Error(ErrorCode::io,
                  "measure costs: no folder can be made in '" + fs::temp_directory_path().string() + "'");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// What one file cost, in CPU seconds, round by round.
struct FileCosts {
  std::array<std::vector<double>, 3> screening;
  std::vector<double> registering;
  double media_s = 0;
  bool is_clear = false;
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// One row a file: an episode of its own.
Catalog catalog_of(const std::string& file) {
  CatalogRow row;
  row.line = 1;
  row.file = file;
  row.reference.holder = "holder";
  row.reference.series = "series";
  row.reference.episode.number = 1;
  row.reference.reference.language = "zh";
  return {{std::move(row)}, {}};
}

double registering_s(const std::string& file, std::stop_token stop) {
  const ScratchFolder folder;
  Workspace workspace(folder.path() / "data");
  const Catalog catalog = catalog_of(file);
  const double began_s = process_cpu_seconds();
  register_catalog(
      workspace, catalog, {},
      [](const RowOutcome& outcome) {
        if (outcome.error) throw Error(*outcome.error, outcome.message);
      },
      nullptr, stop);
  return process_cpu_seconds() - began_s;
}

void measure_round(const std::string& file, const Protected& catalog, FileCosts& costs,
                   std::stop_token stop) {
  const SystemClock clock;
  const CostMeasurement plans;
  for (std::size_t i = 0; i < plans.screening.size(); ++i) {
    ScreeningSettings settings;
    settings.effort = plans.screening[i].effort;
    const double began_s = process_cpu_seconds();
    const Screening screening = screen(file, catalog, settings, DirectMediaReader(), clock, stop);
    costs.screening[i].push_back(process_cpu_seconds() - began_s);
    costs.media_s = to_seconds(screening.duration);
    costs.is_clear = screening.verdict.decision == Decision::clear;  // of the last plan: auto
  }
  costs.registering.push_back(registering_s(file, stop));
}

void refuse_unfit(const std::vector<std::string>& files) {
  if (files.empty()) throw Error(ErrorCode::invalid_input, "measure costs: no video is named");
  for (const std::string& file : files) {
    if (fingerprint::is_fingerprint_file(file))
      throw Error(ErrorCode::invalid_input, "measure costs: '" + file + "' is a fingerprint, not a video");
  }
}

CostMeasurement summed(const std::vector<FileCosts>& files, std::size_t references) {
  CostMeasurement all;
  all.references = references;
  double registered_s = 0;
  for (const FileCosts& file : files) {
    all.registering_per_media_s += median(file.registering);
    registered_s += file.media_s;
    if (!file.is_clear) {
      ++all.not_clear;
      continue;
    }
    ++all.uploads;
    all.media_s += file.media_s;
    for (std::size_t i = 0; i < all.screening.size(); ++i)
      all.screening[i].cpu_per_media_s += median(file.screening[i]);
  }
  if (all.uploads == 0)
    throw Error(ErrorCode::invalid_input,
                "measure costs: no file is clear of what is registered: name videos that show nothing of it");
  all.registering_per_media_s /= registered_s;
  for (EffortCost& cost : all.screening) cost.cpu_per_media_s /= all.media_s;
  return all;
}

}  // namespace

CostMeasurement measure_costs(const std::vector<std::string>& files, const Protected& catalog,
                              std::size_t rounds, Progress* progress, std::stop_token stop) {
  refuse_unfit(files);
  std::vector<FileCosts> costs(files.size());
  const std::size_t steps = rounds * files.size();
  for (std::size_t step = 0; step < steps; ++step) {
    const std::size_t i = step % files.size();
    if (progress != nullptr)
      progress->report("measure", static_cast<double>(step), static_cast<double>(steps),
                       fs::path(files[i]).filename().string());
    measure_round(files[i], catalog, costs[i], stop);
  }
  return summed(costs, catalog.index.size());
}

std::string_view name_of_plan(const std::optional<Effort>& effort) {
  return effort ? to_string(*effort) : "auto";
}

double dollars_of(double cpu_per_media_s, double seconds, double pieces, double price) {
  constexpr double kSecondsPerHour = 3600;
  return cpu_per_media_s * seconds * pieces / kSecondsPerHour * price;
}

double cores_of(double cpu_per_media_s) {
  return cpu_per_media_s * kUploadSeconds * kUploadsPerSecond;
}

}  // namespace reelprint::pipeline
