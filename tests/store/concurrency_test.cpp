#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <memory>
#include <thread>

#include "child_process.h"
#include "samples.h"

namespace reelprint::store {
namespace {

/// Runs `work(n)` for n in 0..count-1 on a thread each, all let go at the same moment; returns how many
/// threw.
template <class Work>
int failures_of_threads(int count, Work work) {
  std::atomic<int> failures = 0;
  std::barrier start(count);
  std::vector<std::jthread> threads;
  for (int n = 0; n < count; ++n) {
    threads.emplace_back([&, n] {
      start.arrive_and_wait();
      try {
        work(n);
      } catch (const Error&) {
        ++failures;
      }
    });
  }
  threads.clear();
  return failures;
}

TEST(ConcurrentStores, AllOpenANewFolderAtOnce) {
  for (int round = 0; round < 10; ++round) {
    const TemporaryFolder folder;
    const int failures = failures_of_threads(4, [&](int n) {
      Store store(folder.path() / "new");
      add_sample(store, n);
    });
    EXPECT_EQ(failures, 0);
    const Store store(folder.path() / "new");
    EXPECT_EQ(store.stats().references, 4U);
    EXPECT_EQ(store.stats().holders, 1U);
    EXPECT_TRUE(store.check().empty());
  }
}

TEST(ConcurrentStores, LoseNothingThatTwoThreadsAdd) {
  constexpr int kEach = 40;
  const TemporaryFolder folder;
  const int failures = failures_of_threads(2, [&](int n) {
    Store store(folder.path());
    for (int i = 0; i < kEach; ++i) {
      const ReferenceId id = add_sample(store, n * kEach + i);
      store.add_screening(sample_screening(id));
    }
  });
  EXPECT_EQ(failures, 0);
  const Store store(folder.path());
  EXPECT_EQ(store.stats().references, 2U * kEach);
  EXPECT_EQ(store.stats().screenings, 2U * kEach);
  EXPECT_EQ(store.stats().series, 1U);
  EXPECT_EQ(store.fingerprinted_references(kAlgorithm).size(), 2U * kEach);
  EXPECT_TRUE(store.check().empty());
}

TEST(ConcurrentStores, AddTheSameFileOnce) {
  constexpr int kEach = 25;
  const TemporaryFolder folder;
  std::atomic<int> added = 0;
  const int failures = failures_of_threads(3, [&](int) {
    Store store(folder.path());
    for (int number = 0; number < kEach; ++number) {
      const auto outcome = store.add_reference(sample_reference(number), {}, kAlgorithm).outcome;
      if (outcome == Registration::added) ++added;
    }
  });
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(added, kEach);
  EXPECT_EQ(Store(folder.path()).stats().references, std::size_t{kEach});
}

TEST(ConcurrentStores, ReadWhileAnotherWritesAndRemoves) {
  const TemporaryFolder folder;
  { const Store store(folder.path()); }
  const int failures = failures_of_threads(2, [&](int n) {
    Store store(folder.path());
    for (int i = 0; i < 40; ++i) {
      if (n == 0) {
        const ReferenceId id = add_sample(store, i);
        store.add_screening(sample_screening(id));
        if (i % 2 == 0) store.remove_references(std::vector{id});
      } else {
        for (const ReferenceEntry& entry : store.references())
          EXPECT_EQ(entry.series.name, sample_reference().series);
        std::ignore = store.screening(ScreeningId{i});
      }
    }
  });
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Store(folder.path()).stats().references, 20U);
}

TEST(ConcurrentStores, OfSeveralProcessesLoseNothing) {
  constexpr int kProcesses = 4;
  constexpr int kEach = 10;
  const TemporaryFolder folder;
  std::vector<std::unique_ptr<ChildProcess>> processes;
  for (int n = 0; n < kProcesses; ++n) {
    processes.push_back(std::make_unique<ChildProcess>([&, n] {
      Store store(folder.path() / "new");
      for (int i = 0; i < kEach; ++i) add_sample(store, n * kEach + i);
    }));
  }
  for (auto& process : processes) EXPECT_EQ(process->exit_code(), 0);
  const Store store(folder.path() / "new", false);
  EXPECT_EQ(store.stats().references, std::size_t{kProcesses * kEach});
  EXPECT_EQ(store.stats().holders, 1U);
  EXPECT_TRUE(store.check().empty());
}

}  // namespace
}  // namespace reelprint::store
