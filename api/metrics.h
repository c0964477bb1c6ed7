// What the service counts and measures, as Prometheus reads it (text format 0.0.4).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelprint::api {

/// What is measured; the same name always with the same words.
struct Metric {
  std::string_view name;  ///< "reelprint_http_requests_total"
  std::string_view help;
};
using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

/// Thread-safe. A metric keeps 2,000 sets of labels at most; what is beyond is counted under "other".
class Metrics {
 public:
  void count(const Metric& metric, const Labels& labels = {}, double by = 1);
  void set(const Metric& metric, const Labels& labels, double value);
  /// A counter that somebody else counts.
  void set_total(const Metric& metric, const Labels& labels, double value);
  /// Forgets all sets of labels of a gauge, before the ones that are there now are set.
  void clear(const Metric& metric);
  /// In a histogram with bounds from a millisecond to a minute.
  void observe_s(const Metric& metric, const Labels& labels, double time_s);

  /// `collect` is called at each text(), to set what is known only by asking. Before the first text().
  void add_collector(std::function<void(Metrics&)> collect) { collectors_.push_back(std::move(collect)); }
  [[nodiscard]] std::string text();

 private:
  struct Value {
    double number = 0;                 ///< of a histogram, the sum
    std::size_t times = 0;             ///< of a histogram
    std::vector<std::size_t> buckets;  ///< of a histogram: how many in each
  };
  enum class Type : unsigned char { counter, gauge, histogram };
  struct Family {
    std::string help;
    Type type = Type::counter;
    std::map<std::string, Value> values;  ///< by labels as text
  };
  [[nodiscard]] Value& value_of(const Metric& metric, Type type, const Labels& labels);
  static void append(std::string& text, const std::string& name, const Family& family);

  std::vector<std::function<void(Metrics&)>> collectors_;
  std::mutex mutex_;  // guards families_
  std::map<std::string, Family, std::less<>> families_;
};

/// Of this process.
[[nodiscard]] double resident_bytes();
/// Sets resident memory, processor time and open files of this process.
void collect_process(Metrics& metrics);

}  // namespace reelprint::api
