// A fetch pool that may use the loopback, and a folder for what it brings.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "core/files.h"
#include "crawler/fetch_pool.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_web.h"

namespace reelprint::crawler {

class FetchPoolTest : public testing::Test {
 protected:
  FetchPoolTest() { settings_.fetch.allow_loopback = true; }

  FetchOrder order(const std::string& url) {
    ++ticket_;
    return {.ticket = ticket_, .url = url, .body = folder_.path() / std::to_string(ticket_)};
  }
  FetchPool& pool() {
    if (!pool_) pool_.emplace(settings_);
    return *pool_;
  }
  /// The exchange of an order that is the only one.
  Exchange fetch(FetchOrder order) {
    pool().add(std::move(order));
    const auto done = pool().wait(std::chrono::seconds{60});
    return done.size() == 1 ? done[0].exchange : Exchange{.error_code = "nothing came"};
  }
  [[nodiscard]] static std::string content(const Exchange& exchange) {
    const auto bytes = read_file(exchange.body, 1 << 26);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] bool is_folder_empty() const {
    return std::filesystem::directory_iterator(folder_.path()) == std::filesystem::directory_iterator();
  }

  test::TemporaryFolder folder_;
  FetchPoolSettings settings_;
  std::uint64_t ticket_ = 0;
  std::optional<FetchPool> pool_;
};

}  // namespace reelprint::crawler
