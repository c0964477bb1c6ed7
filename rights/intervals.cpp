#include "rights/intervals.h"

#include <algorithm>
#include <utility>

namespace reelprint::rights {

std::vector<Interval> united(std::vector<Interval> intervals) {
  std::erase_if(intervals, [](const Interval& interval) { return interval.is_empty(); });
  std::ranges::sort(intervals);
  std::vector<Interval> result;
  for (const Interval& interval : intervals) {
    if (!result.empty() && interval.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, interval.end);
    } else {
      result.push_back(interval);
    }
  }
  return result;
}

Duration covered(std::vector<Interval> intervals) {
  Duration sum{0};
  for (const Interval& interval : united(std::move(intervals))) sum += interval.length();
  return sum;
}

std::vector<Interval> without(const Interval& whole, std::span<const Interval> taken) {
  std::vector<Interval> left;
  Timestamp begin = whole.begin;
  for (const Interval& interval : taken) {
    if (!interval.overlaps(whole)) continue;
    if (begin < interval.begin) left.push_back({begin, interval.begin});
    begin = std::max(begin, interval.end);
  }
  if (begin < whole.end) left.push_back({begin, whole.end});
  return left;
}

}  // namespace reelprint::rights
