// A copy of two megabytes on a page of the loopback, and what a crawl asked and kept of it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "crawling.h"
#include "evidence/warc_reader.h"
#include "pipeline/sighting_capture.h"
#include "store/crawl_exchanges.h"
#include "tests/support/loopback_web.h"

namespace reelprint::pipeline {

inline constexpr const char* kNoisy =
    " -vf scale=480:640,noise=alls=10:allf=t -c:v libx264 -preset ultrafast -g 10 -b:v 2M -threads 1 ";

class FetchingVideos : public Crawling {
 protected:
  FetchingVideos() {
    register_clips({work_});
    settings_.sample.whole_up_to_bytes = 0;
    settings_.sample.whole_up_to = 0s;
    settings_.sample.window = 2s;
    settings_.sample.every = 4s;
    web_.put(1, "/", reelprint::test::html("<video src='/v.mp4'></video>"));
  }

  /// Two megabytes of it.
  std::filesystem::path make_noisy(const std::string& name, const std::filesystem::path& of) const {
    return folder_.make(name, "-i " + of.string() + kNoisy + "-movflags +faststart");
  }
  /// Bytes of bodies that a path was asked for.
  std::uint64_t sent(const std::string& path) const {
    std::uint64_t sum = 0;
    for (const reelprint::test::SeenRequest& request : web_.requests())
      sum += request.target == path ? request.sent : 0;
    return sum;
  }
  std::size_t times(const std::string& path) const {
    std::size_t count = 0;
    for (const reelprint::test::SeenRequest& request : web_.requests())
      count += request.target == path ? 1 : 0;
    return count;
  }
  Sighting only_sighting() {
    const auto all = store::Sightings(store_.database()).list(TenantId{}, {}, 10);
    EXPECT_EQ(all.size(), 1U) << story();
    return all.empty() ? Sighting{} : all[0];
  }
  std::filesystem::path capture_of(const Sighting& sighting) {
    const auto captures = store::Sightings(store_.database()).captures(sighting.id);
    EXPECT_EQ(captures.size(), 1U) << story();
    return captures.empty() ? std::filesystem::path() : captures_folder(data_) / captures[0].file;
  }
  static std::vector<evidence::WarcRecord> records(const std::filesystem::path& warc) {
    EXPECT_EQ(evidence::warc_problems(warc), std::vector<std::string>{});
    std::vector<evidence::WarcRecord> all;
    evidence::WarcReader reader(warc);
    while (auto record = reader.next()) all.push_back(std::move(*record));
    return all;
  }
  static std::map<std::string, std::size_t> types(const std::vector<evidence::WarcRecord>& of) {
    std::map<std::string, std::size_t> types;
    for (const auto& record : of) ++types[std::string(record.field("WARC-Type"))];
    return types;
  }
  void expect_nothing_kept() {
    EXPECT_TRUE(std::filesystem::is_empty(data_ / "kept"));
    EXPECT_EQ(store::CrawlExchanges(store_.database()).bytes(), 0U);
  }
  std::string note_of(const std::string& path) {
    const auto source = store::CrawlSources(store_.database()).list({}, {}, 10).at(0).id;
    const auto url = store::Frontier(store_.database()).find(source, web_.url(1, path));
    return url ? url->note : "";
  }

  std::filesystem::path work_ = test::make_blocks(folder_, "work.mp4", 1);
  std::atomic<int> asked_ = 0;
  reelprint::test::LoopbackWeb web_{1};
};

}  // namespace reelprint::pipeline
