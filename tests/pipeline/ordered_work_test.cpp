#include "pipeline/ordered_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <latch>
#include <numeric>
#include <stdexcept>
#include <string>

namespace reelprint::pipeline {
namespace {

using Indices = std::vector<std::size_t>;

Indices first(std::size_t count) {
  Indices indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

/// What is delivered of `count` items whose work gives twice their index.
Indices delivered(std::size_t count, std::size_t jobs) {
  Indices order;
  work_in_order<std::size_t>(
      count, jobs, [](std::size_t i) { return 2 * i; },
      [&](std::size_t i, std::size_t result) {
        EXPECT_EQ(result, 2 * i);
        order.push_back(i);
      },
      {});
  return order;
}

TEST(OrderedWork, DeliversEveryItemInOrder) {
  for (const std::size_t jobs : {1U, 2U, 7U}) EXPECT_EQ(delivered(300, jobs), first(300)) << jobs << " jobs";
}

TEST(OrderedWork, DeliversNothingForNoItems) {
  EXPECT_TRUE(delivered(0, 3).empty());
}

TEST(OrderedWork, TakesMoreJobsThanItems) {
  EXPECT_EQ(delivered(2, 16), first(2));
}

TEST(OrderedWork, DeliversInOrderThoughTheFirstItemIsTheLastDone) {
  std::latch others_done(3);
  Indices order;
  work_in_order<int>(
      4, 4,
      [&](std::size_t i) {
        if (i == 0)
          others_done.wait();
        else
          others_done.count_down();
        return 0;
      },
      [&](std::size_t i, int) { order.push_back(i); }, {});
  EXPECT_EQ(order, first(4));
}

TEST(OrderedWork, WorksOnAsManyItemsAtOnceAsThereAreJobs) {
  std::barrier all_at_work(3);
  work_in_order<int>(
      3, 3,
      [&](std::size_t) {
        all_at_work.arrive_and_wait();
        return 0;
      },
      [](std::size_t, int) {}, {});
}

TEST(OrderedWork, DeliversOnTheCallingThread) {
  const auto caller = std::this_thread::get_id();
  work_in_order<int>(
      20, 3, [](std::size_t) { return 0; },
      [&](std::size_t, int) { EXPECT_EQ(std::this_thread::get_id(), caller); }, {});
}

TEST(OrderedWork, KeepsAtMostFourResultsAJobWaiting) {
  constexpr std::size_t kJobs = 2;
  std::atomic<std::size_t> delivered_count = 0;
  std::atomic<std::size_t> begun = 0;
  work_in_order<int>(
      200, kJobs,
      [&](std::size_t i) {
        // One is taken off the queue before it is delivered, so nine may be begun beyond what has arrived.
        EXPECT_LE(i, delivered_count.load() + 4 * kJobs);
        begun.fetch_add(1);
        begun.notify_all();
        if (i > 0) return 0;
        for (std::size_t seen = begun; seen < 4 * kJobs; seen = begun)
          begun.wait(seen);  // the window is full
        return 0;
      },
      [&](std::size_t, int) { ++delivered_count; }, {});
  EXPECT_EQ(delivered_count, 200U);
}

TEST(OrderedWork, MovesResultsThatCannotBeCopied) {
  int sum = 0;
  work_in_order<std::unique_ptr<int>>(
      3, 2, [](std::size_t i) { return std::make_unique<int>(static_cast<int>(i)); },
      [&](std::size_t, std::unique_ptr<int> result) { sum += *result; }, {});
  EXPECT_EQ(sum, 3);
}

TEST(OrderedWork, ThrowsWhatAnItemThrewAfterDeliveringThoseBefore) {
  Indices order;
  try {
    work_in_order<int>(
        100, 3,
        [](std::size_t i) {
          if (i == 5) throw std::runtime_error("item 5");
          return 0;
        },
        [&](std::size_t i, int) { order.push_back(i); }, {});
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "item 5");
  }
  EXPECT_EQ(order, first(5));
}

TEST(OrderedWork, ThrowsTheFirstErrorInOrderWhateverTheTiming) {
  std::latch later_failed(1);
  try {
    work_in_order<int>(
        2, 2,
        [&](std::size_t i) -> int {
          if (i == 0) later_failed.wait();
          if (i == 1) later_failed.count_down();
          throw std::runtime_error(std::to_string(i));
        },
        [](std::size_t, int) {}, {});
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "0");
  }
}

TEST(OrderedWork, ThrowsWhatDeliveryThrewAndBeginsNoMore) {
  std::atomic<std::size_t> begun = 0;
  EXPECT_THROW(work_in_order<int>(
                   1000, 2,
                   [&](std::size_t) {
                     ++begun;
                     return 0;
                   },
                   [](std::size_t i, int) {
                     if (i == 3) throw std::runtime_error("full disk");
                   },
                   {}),
               std::runtime_error);
  EXPECT_LE(begun, 3U + 1 + 8 + 2);
}

TEST(OrderedWork, LeavesOutWhatNobodyHasBegunWhenStopped) {
  std::stop_source stop;
  Indices order;
  work_in_order<int>(
      1000, 2,
      [&](std::size_t i) {
        if (i == 20) stop.request_stop();
        return 0;
      },
      [&](std::size_t i, int) { order.push_back(i); }, stop.get_token());
  EXPECT_EQ(order, first(order.size())) << "what was begun arrives in order";
  EXPECT_GE(order.size(), 21U);
  EXPECT_LE(order.size(), 20U + 8 + 2);
}

TEST(OrderedWork, MayBeStoppedByADelivery) {
  std::stop_source stop;
  Indices order;
  work_in_order<int>(
      1000, 2, [](std::size_t) { return 0; },
      [&](std::size_t i, int) {
        order.push_back(i);
        if (i == 4) stop.request_stop();
      },
      stop.get_token());
  EXPECT_EQ(order, first(order.size()));
  EXPECT_LE(order.size(), 5U + 8 + 2);
}

TEST(OrderedWork, BeginsNothingWhenItIsStoppedBeforehand) {
  std::stop_source stop;
  stop.request_stop();
  work_in_order<int>(
      10, 2,
      [](std::size_t) {
        ADD_FAILURE() << "work was begun";
        return 0;
      },
      [](std::size_t, int) { ADD_FAILURE() << "something was delivered"; }, stop.get_token());
}

}  // namespace
}  // namespace reelprint::pipeline
