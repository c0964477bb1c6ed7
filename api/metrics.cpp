#include "api/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace reelprint::api {
namespace {

constexpr std::array kBounds_s = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                  0.5,   1.0,    2.5,   5.0,  10.0,  30.0, 60.0};
constexpr std::size_t kMostSeries = 2000;

std::string plain(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "+Inf" : "-Inf";
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    text += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return text;
}

std::string text_of(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    text += text.empty() ? "" : ",";
    text += std::string(name) + "=\"" + escaped(value) + "\"";
  }
  return text;
}

std::string in_braces(const std::string& labels) {
  return labels.empty() ? std::string{} : "{" + labels + "}";
}

std::size_t count_open_files() {
  std::error_code error;
  std::size_t files = 0;
  for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end;
       at.increment(error)) {
    ++files;
  }
  return files;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double all = 0;
  double resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

Metrics::Value& Metrics::value_of(const Metric& metric, Type type, const Labels& labels) {
  auto found = families_.find(metric.name);
  if (found == families_.end())
    found = families_.emplace(metric.name, Family{std::string(metric.help), type, {}}).first;
  auto& values = found->second.values;
  std::string text = text_of(labels);
  if (values.size() >= kMostSeries && !values.contains(text)) text = "other=\"true\"";
  return values[text];
}

void Metrics::count(const Metric& metric, const Labels& labels, double by) {
  const std::lock_guard lock(mutex_);
  value_of(metric, Type::counter, labels).number += by;
}

void Metrics::set(const Metric& metric, const Labels& labels, double value) {
  const std::lock_guard lock(mutex_);
  value_of(metric, Type::gauge, labels).number = value;
}

void Metrics::set_total(const Metric& metric, const Labels& labels, double value) {
  const std::lock_guard lock(mutex_);
  value_of(metric, Type::counter, labels).number = value;
}

void Metrics::clear(const Metric& metric) {
  const std::lock_guard lock(mutex_);
  if (const auto found = families_.find(metric.name); found != families_.end()) found->second.values.clear();
}

void Metrics::observe_s(const Metric& metric, const Labels& labels, double time_s) {
  const std::lock_guard lock(mutex_);
  Value& value = value_of(metric, Type::histogram, labels);
  value.buckets.resize(kBounds_s.size() + 1);
  const auto bucket = std::ranges::lower_bound(kBounds_s, time_s) - kBounds_s.begin();
  ++value.buckets[static_cast<std::size_t>(bucket)];
  ++value.times;
  value.number += time_s;
}

std::string Metrics::text() {
  for (const auto& collect : collectors_) collect(*this);
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& [name, family] : families_) append(text, name, family);
  return text;
}

void Metrics::append(std::string& text, const std::string& name, const Family& family) {
  constexpr std::array kTypes = {"counter", "gauge", "histogram"};
  text += "# HELP " + name + " " + family.help + "\n# TYPE " + name + " " +
          kTypes[static_cast<std::size_t>(family.type)] + "\n";
  for (const auto& [labels, value] : family.values) {
    if (family.type != Type::histogram) {
      text += name + in_braces(labels) + " " + plain(value.number) + "\n";
      continue;
    }
    std::size_t below = 0;
    for (std::size_t i = 0; i <= kBounds_s.size(); ++i) {
      below += value.buckets[i];
      const std::string bound = i < kBounds_s.size() ? plain(kBounds_s[i]) : "+Inf";
      text += name + "_bucket{" + labels + (labels.empty() ? "" : ",") + "le=\"" + bound + "\"} " +
              std::to_string(below) + "\n";
    }
    text += name + "_sum" + in_braces(labels) + " " + plain(value.number) + "\n";
    text += name + "_count" + in_braces(labels) + " " + std::to_string(value.times) + "\n";
  }
}

void collect_process(Metrics& metrics) {
  constexpr Metric kMemory{"process_resident_memory_bytes", "Resident memory."};
  constexpr Metric kProcessor{"process_cpu_seconds_total", "Processor time of user and system."};
  constexpr Metric kFiles{"process_open_fds", "Open file descriptors."};
  metrics.set(kMemory, {}, resident_bytes());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  metrics.set_total(kProcessor, {}, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
  metrics.set(kFiles, {}, static_cast<double>(count_open_files()));
}

}  // namespace reelprint::api
