// How long work tells its caller where it is.
#pragma once

#include <cstddef>
#include <string_view>

namespace reelprint {

/// Receives progress; called from one thread at a time, often.
class Progress {
 public:
  virtual ~Progress() = default;
  /// `done` of `total` steps of `activity`; `item` is what is being worked on now. total 0: not known yet.
  virtual void report(std::string_view activity, double done, double total, std::string_view item) = 0;
};

}  // namespace reelprint
