// Lets programs that GCC has compiled with -fsanitize-coverage=trace-pc,trace-cmp guide libFuzzer, which
// counts in its own compiler's way: each place in the program that was passed has one of these counters,
// several may share one.
#include <array>
#include <cstdint>

extern "C" {
void __sanitizer_cov_8bit_counters_init(std::uint8_t* begin, std::uint8_t* end);
void __wrap___sanitizer_cov_trace_pc();
void __sanitizer_cov_trace_cmpf(float left, float right);
void __sanitizer_cov_trace_cmpd(double left, double right);
}

namespace {

constexpr int kBits = 16;
std::array<std::uint8_t, std::size_t{1} << kBits> counters;

[[maybe_unused]] const bool is_registered = [] {
  __sanitizer_cov_8bit_counters_init(counters.data(), counters.data() + counters.size());
  return true;
}();

}  // namespace

/// libFuzzer has one of its own, which does nothing: the linker puts this one in its place.
void __wrap___sanitizer_cov_trace_pc() {
  const auto place = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
  ++counters[place * 0x9E3779B97F4A7C15U >> (64 - kBits)];
}

void __sanitizer_cov_trace_cmpf(float, float) {}
void __sanitizer_cov_trace_cmpd(double, double) {}
