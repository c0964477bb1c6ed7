// What a crawl has done since it began, for whoever watches it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "core/verdict.h"

namespace reelprint::pipeline {

struct CrawlNumbers {
  std::map<std::string, std::uint64_t> requests{};  ///< by outcome: "200", "404", "timeout", "refused" …
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;                ///< over the wire
  std::uint64_t bytes_offered = 0;        ///< that the videos screened have whole
  std::array<std::uint64_t, 4> videos{};  ///< by Decision
  std::uint64_t videos_unread = 0;        ///< that could not be fetched or decoded
  std::uint64_t whole = 0;                ///< videos fetched whole
  std::size_t visits = 0;                 ///< under way
  std::size_t fetching = 0;               ///< requests under way
  std::size_t screening = 0;              ///< samples that are decoded and searched, or wait for it
  std::string waits_for{};                ///< a sentence, when nothing is under way
  std::string last_trouble{};             ///< why a visit could not be made, of the last such
};

/// Thread-safe.
class CrawlFigures {
 public:
  template <class Change>
  void change(Change change) {
    const std::lock_guard lock(mutex_);
    change(numbers_);
  }
  [[nodiscard]] CrawlNumbers read() const {
    const std::lock_guard lock(mutex_);
    return numbers_;
  }

 private:
  mutable std::mutex mutex_;
  CrawlNumbers numbers_;
};

}  // namespace reelprint::pipeline
