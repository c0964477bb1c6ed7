// Damaged media, sent to the running service one after another: each one ends, with a result or a clear
// error, and costs nobody else anything. REELPRINT_TEST_MUTATIONS sets how many, REELPRINT_TEST_SEED which.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/running_service.h"

namespace reelprint::e2e {
namespace {

constexpr int kMutations = 24;
constexpr double kMostGrowth = 48e6;  ///< bytes of resident memory from the first quarter to the end

const std::set<std::string> kClearEnds{"done",      "unreadable", "no_video", "no_frames",
                                       "encrypted", "too_large",  "corrupt"};

using Random = std::mt19937;

std::vector<std::filesystem::path> whole_clips() {
  const Words picture{"-f", "lavfi", "-i", "testsrc2=s=96x96:r=10:d=2",
                      "-f", "lavfi", "-i", "sine=f=500:d=2"};
  std::vector<std::filesystem::path> clips;
  const auto add = [&](const std::string& name, const Words& coding) {
    Words words = picture;
    words.insert(words.end(), coding.begin(), coding.end());
    clips.push_back(clip(name, words));
  };
  add("mutated.mp4", {"-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac"});
  add("mutated.webm", {"-c:v", "libvpx", "-b:v", "150k", "-deadline", "realtime", "-c:a", "libvorbis"});
  add("mutated.ts", {"-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac"});
  add("mutated.flv", {"-c:v", "flv", "-c:a", "libmp3lame", "-ar", "22050"});
  return clips;
}

std::size_t below(Random& random, std::size_t end) {
  return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

void flip_bits(std::string& bytes, Random& random) {
  const std::size_t flips = std::size_t{1} << below(random, 8);
  for (std::size_t i = 0; i < flips; ++i)
    bytes[below(random, bytes.size())] ^= static_cast<char>(1U << below(random, 8));
}

void cut_off(std::string& bytes, Random& random) {
  bytes.resize(1 + below(random, bytes.size()));
}

/// One stretch of the file in another place of it.
void splice(std::string& bytes, Random& random) {
  const std::string stretch = bytes.substr(below(random, bytes.size()), 1 + below(random, 4000));
  bytes.insert(below(random, bytes.size()), stretch);
}

/// A size, an offset or a count of a head that says something wild.
void lie(std::string& bytes, Random& random) {
  static constexpr std::array<std::uint32_t, 6> kLies{0, 1, 7, 0x7fffffff, 0x80000000, 0xffffffff};
  const std::uint32_t value = kLies[below(random, kLies.size())];
  const std::size_t head = std::min<std::size_t>(bytes.size(), below(random, 2) == 0 ? 1500 : bytes.size());
  const std::size_t at = below(random, head);
  for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i)
    bytes[at + i] = static_cast<char>(value >> (24 - 8 * i) & 0xffU);
}

void fill_with_zeros(std::string& bytes, Random& random) {
  const std::size_t begin = below(random, bytes.size());
  const std::size_t length = std::min(1 + below(random, 20'000), bytes.size() - begin);
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(begin), length, '\0');
}

std::string mutated(const std::string& whole, Random& random) {
  static constexpr std::array kWays{flip_bits, cut_off, splice, lie, fill_with_zeros};
  std::string bytes = whole;
  const std::size_t times = 1 + below(random, 3);
  for (std::size_t i = 0; i < times; ++i) kWays[below(random, kWays.size())](bytes, random);
  return bytes;
}

class MutatedMedia : public ReelprintTest {
 protected:
  /// How the screening of these bytes ended: "done", or the code of its error.
  static std::string end_of(const Client& platform, const std::string& bytes) {
    const auto answer = platform.send("POST", "/v1/screenings?account=a", bytes,
                                      {{"Content-Type", "video/mp4"}, {"Prefer", "wait=60"}});
    EXPECT_TRUE(answer.status == 200 || answer.status == 202) << answer.status << answer.body;
    const json::object screening = json::parse(answer.body).as_object();
    const std::string state = text_of(screening, "state");
    if (state == "done") return state;
    EXPECT_EQ(state, "failed") << answer.body;
    const json::object& error = object_of(screening, "error");
    EXPECT_FALSE(text_of(error, "message").empty()) << answer.body;
    return text_of(error, "code");
  }

  static double resident_bytes(const Client& anyone) {
    const std::string name = "\nprocess_resident_memory_bytes ";
    const std::string metrics = anyone.send("GET", "/metrics").body;
    const std::size_t at = metrics.find(name);
    EXPECT_NE(at, std::string::npos);
    return std::stod(metrics.substr(at + name.size()));
  }

  const std::string root = make_key(program, {"root", "--role", "admin"});
};

TEST_F(MutatedMedia, EndWithAResultOrAClearErrorAndCostNobodyElseAnything) {
  RunningService service(program);
  const Client platform = service.client(make_tenant(service.client(root), "Tube", "platform").key);
  std::vector<std::string> wholes;
  for (const auto& file : whole_clips()) wholes.push_back(read_file(file));
  for (const std::string& whole : wholes) EXPECT_EQ(end_of(platform, whole), "done");

  const int count = count_wanted("REELPRINT_TEST_MUTATIONS", kMutations);
  Random random(static_cast<unsigned>(count_wanted("REELPRINT_TEST_SEED", 1)));
  std::map<std::string, int> ends;
  double early = 0;
  for (int i = 0; i < count; ++i) {
    const std::string& whole = wholes[static_cast<std::size_t>(i) % wholes.size()];
    const std::string how = end_of(platform, mutated(whole, random));
    EXPECT_TRUE(kClearEnds.contains(how)) << how << " of mutation " << i;
    ++ends[how];
    if (i == count / 4) early = resident_bytes(platform);
  }
  for (const auto& [how, times] : ends) std::cout << times << " × " << how << '\n';
  const double late = resident_bytes(platform);
  std::cout << "memory: " << early / 1e6 << " MB after a quarter, " << late / 1e6 << " MB at the end\n";
#ifndef REELPRINT_SANITIZED  // which keep freed memory for a while
  EXPECT_LT(late, early + kMostGrowth);
#endif
  for (const std::string& whole : wholes) EXPECT_EQ(end_of(platform, whole), "done") << "a worker is gone";
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
