#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "child_process.h"
#include "samples.h"

namespace reelprint::store {
namespace {

/// A pipe of numbers from a child to its parent; a write of 8 bytes is all or nothing.
class NumberPipe {
 public:
  NumberPipe() {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("pipe");
  }
  ~NumberPipe() {
    close(0);
    close(1);
  }
  NumberPipe(const NumberPipe&) = delete;
  NumberPipe& operator=(const NumberPipe&) = delete;

  void put(std::int64_t number) const {
    if (::write(ends_[1], &number, sizeof number) != sizeof number) throw std::runtime_error("write");
  }
  [[nodiscard]] std::optional<std::int64_t> take() const {
    std::int64_t number = 0;
    if (::read(ends_[0], &number, sizeof number) != sizeof number) return std::nullopt;
    return number;
  }
  /// So that the reader sees the end when the child is gone.
  void close_writing() { close(1); }

 private:
  void close(std::size_t end) {
    if (ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

/// Adds references, screens against them and removes some, without end; acknowledges each reference that must
/// stay.
[[noreturn]] void write_without_end(const std::filesystem::path& folder, const NumberPipe& acknowledged,
                                    int first) {
  Store store(folder);
  for (int number = first;; ++number) {
    const ReferenceId id = add_sample(store, number);
    store.add_screening(sample_screening(id));
    if (number % 3 == 0) {
      store.remove_references(std::vector{id});
    } else {
      acknowledged.put(id.value);
    }
  }
}

TEST(KilledWriter, LosesNothingThatItAcknowledged) {
  const TemporaryFolder folder;
  std::vector<std::int64_t> acknowledged;
  for (int round = 0; round < 10; ++round) {
    NumberPipe pipe;
    ChildProcess writer([&] { write_without_end(folder.path(), pipe, round * 1'000'000); });
    pipe.close_writing();
    for (int i = 0; i <= round; ++i) {
      const auto id = pipe.take();
      ASSERT_TRUE(id);
      acknowledged.push_back(*id);
    }
    // The kill must fall at another point of a transaction each time.
    std::this_thread::sleep_for(std::chrono::microseconds(370 * round));
    writer.kill();
    while (const auto id = pipe.take()) acknowledged.push_back(*id);

    const Store store(folder.path(), false);
    EXPECT_TRUE(store.check().empty());
    for (const std::int64_t id : acknowledged) {
      EXPECT_TRUE(store.reference(ReferenceId{id})) << id;
      EXPECT_TRUE(store.fingerprint(ReferenceId{id})) << id;
    }
    EXPECT_LE(store.stats().references, acknowledged.size() + static_cast<std::size_t>(round) + 1);
    EXPECT_EQ(store.fingerprinted_references(kAlgorithm).size(), store.stats().references);
  }
  EXPECT_GE(acknowledged.size(), 55U);
}

/// Adds to the negative bank and takes every third out again, without end.
[[noreturn]] void add_negatives_without_end(const std::filesystem::path& folder,
                                            const NumberPipe& acknowledged, int first) {
  Store store(folder);
  for (int number = first;; ++number) {
    const NegativeId id = store.add_negative(sample_negative(number), bytes_of("print")).negative;
    if (number % 3 == 0) {
      store.remove_negatives(std::vector{id});
    } else {
      acknowledged.put(id.value);
    }
  }
}

TEST(KilledWriter, LosesNoNegativeThatItAcknowledged) {
  const TemporaryFolder folder;
  std::vector<std::int64_t> acknowledged;
  for (int round = 0; round < 5; ++round) {
    NumberPipe pipe;
    ChildProcess writer([&] { add_negatives_without_end(folder.path(), pipe, round * 1'000'000); });
    pipe.close_writing();
    for (int i = 0; i <= round; ++i) {
      const auto id = pipe.take();
      ASSERT_TRUE(id);
      acknowledged.push_back(*id);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(370 * round));  // another point each time
    writer.kill();
    while (const auto id = pipe.take()) acknowledged.push_back(*id);

    const Store store(folder.path(), false);
    EXPECT_TRUE(store.check().empty());
    for (const std::int64_t id : acknowledged) EXPECT_TRUE(store.negative_fingerprint({id})) << id;
    EXPECT_LE(store.negatives().size(), acknowledged.size() + static_cast<std::size_t>(round) + 1);
  }
}

TEST(KilledWriter, LeavesANewFolderThatOpens) {
  for (int round = 0; round < 10; ++round) {
    const TemporaryFolder folder;
    ChildProcess writer([&] { const Store store(folder.path() / "new"); });
    std::this_thread::sleep_for(std::chrono::microseconds(600 * round));
    writer.kill();
    Store store(folder.path() / "new");
    add_sample(store);
    EXPECT_TRUE(store.check().empty());
  }
}

}  // namespace
}  // namespace reelprint::store
