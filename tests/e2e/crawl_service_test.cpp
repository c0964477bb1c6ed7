// A service that crawls beside its other work: from a source to a case, told by webhook.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "tests/e2e/clips.h"
#include "tests/e2e/running_service.h"
#include "tests/support/eventually.h"
#include "tests/support/loopback_web.h"

namespace reelprint::e2e {
namespace {

using test::LoopbackWeb;

class CrawlService : public ReelprintTest {
 protected:
  /// 127.0.1.1: the site.
  void make_site() {
    web.put(1, "/", test::html("<a href='/copy'>1</a><a href='/other'>2</a>"));
    web.put(1, "/copy", test::html("<h1>Lotus 1</h1><video src='/v.mp4'></video>"));
    web.put(1, "/other", test::html("<h1>My own film</h1><video src='/o.mp4'></video>"));
    web.put(1, "/v.mp4", test::media(copy_of_episode_clip(1)));
    web.put(1, "/o.mp4", test::media(stranger_clip()));
  }
  /// Of the metrics' line that begins so; "" when there is none.
  [[nodiscard]] std::string metric(const RunningService& service, const std::string& name) const {
    const std::string text = test::http(service.port(), "GET", "/metrics").body;
    const std::size_t at = text.find("\n" + name + " ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 2;
    return text.substr(begin, text.find('\n', begin) - begin);
  }

  LoopbackWeb web{1};
};

TEST_F(CrawlService, FindsACopyOfASourceThatWasAddedOverTheApi) {
  make_site();
  const std::string root = make_key(program, {"root", "--role", "admin"});
  RunningService service(program, {"--crawl.enabled", "true", "--crawl.allow-loopback", "true",
                                   "--crawl.contact", "https://example.org/crawler", "--crawl.least-delay-s",
                                   "0.002", "--webhooks.to-loopback", "true"});
  const Client admin = service.client(root);
  const Client holder = service.client(make_tenant(admin, "Lotus", "holder").key);
  const json::object reference =
      holder.upload(make_episode(holder, "Lotus Film") + "/references", episode_clip(1), 202);
  holder.wait_while(path_of("/v1/references", reference), "state", "pending");
  const test::HttpReceiver receiver({204});
  holder.post("/v1/webhooks", {{"url", "http://127.0.0.1:" + std::to_string(receiver.port()) + "/hook"}});

  const json::object source = holder.post(
      "/v1/crawl/sources",
      {{"name", "site"}, {"kind", "site"}, {"start_urls", json::array{web.url(1)}}, {"every_min", 0}});

  const auto sightings = [&] { return objects_of(holder.get("/v1/crawl/sightings"), "items"); };
  ASSERT_TRUE(test::eventually([&] { return sightings().size() == 2; }));
  const auto copy = only(those_with(sightings(), "page_url", web.url(1, "/copy")));
  const auto other = only(those_with(sightings(), "page_url", web.url(1, "/other")));
  const std::string copy_path = path_of("/v1/crawl/sightings", copy);
  EXPECT_TRUE(member(other, "case").is_null());
  const json::object in_case = holder.get("/v1/cases/" + std::to_string(integer_of(copy, "case")));
  EXPECT_EQ(text_of(in_case, "state"), "open");
  const auto is_told = [&](const std::string& type) {
    return std::ranges::any_of(receiver.requests(), [&](const test::HttpRequest& request) {
      return text_of(json::parse(request.body).as_object(), "type") == type;
    });
  };
  EXPECT_TRUE(test::eventually([&] { return is_told("screening.completed") && is_told("case.changed"); }));

  const json::object status = only(objects_of(holder.get("/v1/crawl/status"), "sources"));
  EXPECT_EQ(integer_of(status, "source"), integer_of(source, "id"));
  const json::object report = holder.get("/v1/crawl/report");
  EXPECT_EQ(integer_of(object_of(report, "whole"), "pages"), 3);
  EXPECT_EQ(integer_of(object_of(report, "whole"), "videos_screened"), 2);
  EXPECT_EQ(integer_of(object_of(report, "whole"), "matched"), 1);
  EXPECT_EQ(metric(service, "reelprint_crawl_pages_total"), "3");
  EXPECT_EQ(metric(service, "reelprint_crawl_videos_total{decision=\"infringing\"}"), "1");
  EXPECT_EQ(metric(service, "reelprint_crawl_videos_total{decision=\"clear\"}"), "1");
  const Client stranger = service.client(make_tenant(admin, "Peony", "holder").key);
  EXPECT_TRUE(objects_of(stranger.get("/v1/crawl/sightings"), "items").empty());
  EXPECT_TRUE(objects_of(stranger.get("/v1/crawl/requests"), "items").empty());
  stranger.get(copy_path, 404);
  EXPECT_EQ(program.run({"crawl", "run", "--contact", "mailto:a@b.example", "--until-idle"}).exit_code, 1)
      << "one crawl at a time";
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
