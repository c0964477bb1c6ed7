#include "app/spare_threads.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>

namespace reelprint::app {
namespace {

std::size_t threads_of_this_process() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& task : std::filesystem::directory_iterator("/proc/self/task")) ++count;
  return count;
}

TEST(SpareThreads, EndWhereOpenBlasIsLoaded) {
  void* const blas = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_GLOBAL);
  if (blas == nullptr) GTEST_SKIP() << "no OpenBLAS on this machine";
  end_spare_threads();
  EXPECT_EQ(threads_of_this_process(), 1U);
  end_spare_threads();  // a second time does no harm
  EXPECT_EQ(threads_of_this_process(), 1U);
}

TEST(SpareThreads, NeedNoOpenBlas) {
  EXPECT_NO_THROW(end_spare_threads());
}

}  // namespace
}  // namespace reelprint::app
