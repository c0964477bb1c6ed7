#include "tests/support/planted_web.h"

#include <zlib.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace reelprint::test {
namespace {

namespace fs = std::filesystem;

std::string gzipped(const std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("gzip: no memory");
  std::string out(text.size() + 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

WebAnswer robots(const std::string& text) {
  return test::text(text);
}

std::string video_tag(const std::string& src, const std::string& uploader = "pirate") {
  return "<h1>Watch</h1><p>by <a rel=author href='/u/" + uploader + "'>" + uploader + "</a></p><video src='" +
         src + "' controls></video>";
}

std::string json_ld(const std::string& content, const std::string& name, const std::string& author) {
  return R"(<script type="application/ld+json">{"@context":"https://schema.org","@type":"VideoObject","name":")" +
         name + R"(","contentUrl":")" + content +
         R"(","duration":"PT10S","uploadDate":"2026-01-02","author":{"@type":"Person","name":")" + author +
         R"("}}</script>)";
}

class Planter {
 public:
  Planter(LoopbackWeb& web, const PlantedClips& clips) : web_(web), clips_(clips) {}

  PlantedWeb plant() {
    plain_site();
    structured_site();
    playlist_site();
    sitemap_site();
    feed_site();
    player_site();
    unreachable_robots();
    traps();
    return std::move(planted_);
  }

 private:
  /// Host 1: plain pages; robots.txt forbids some.
  void plain_site() {
    web_.put(1, "/robots.txt",
             robots("User-agent: *\nDisallow: /private/\nDisallow: /*.cgi$\nAllow: /private/open\n"));
    web_.put(1, "/",
             html("<a href='/watch/1?utm_source=x'>one</a> <a href='/watch/2'>two</a>"
                  "<a href='/private/3'>hidden</a><a href='/run.cgi'>cgi</a>"
                  "<a href='/private/open'>open</a><a rel=nofollow href='/ads'>ads</a>"
                  "<a href='/gone'>gone</a><a href='/moved'>moved</a>"));
    web_.put(1, "/watch/1", html(video_tag("/v/1.mp4") + "<a href='/watch/2'>next</a>"));
    web_.put(1, "/watch/2", html(video_tag("/v/2.mp4") + "<a href='/watch/1'>previous</a>"));
    web_.put(1, "/private/3", html(video_tag("/private/3.mp4")));
    web_.put(1, "/private/open", html("<p>nothing to see"));
    web_.put(1, "/ads", html(video_tag("/v/1.mp4")));
    web_.put(1, "/moved", redirect("/watch/1"));
    web_.put(1, "/v/1.mp4", media(clips_.copies.at(0)));
    web_.put(1, "/v/2.mp4", media(clips_.unrelated.at(0)));
    web_.put(1, "/private/3.mp4", media(clips_.copies.at(0)));
    planted_.sites.push_back(web_.url(1));
    planted_.copies.insert(web_.url(1, "/watch/1"));
    planted_.innocent.insert(web_.url(1, "/watch/2"));
    for (const char* target : {"1/private/3", "1/private/3.mp4", "1/run.cgi", "1/ads"})
      planted_.forbidden.emplace_back(target);
  }

  /// Host 2: JSON-LD; its media lie on host 3, which knows no ranges.
  void structured_site() {
    web_.put(2, "/", html("<a href='a.html'>a</a><a href='b.html'>b</a><a href='c.html'>c</a>"));
    web_.put(2, "/a.html", html("<p>a", json_ld(web_.url(3, "/a.mp4"), "A", "pirate two")));
    web_.put(2, "/b.html", html("<p>b", json_ld(web_.url(3, "/b.mp4"), "B", kLicensedAccount)));
    web_.put(2, "/c.html",
             html("<p>c", "<meta property='og:video' content='" + web_.url(3, "/c.mp4") +
                              "'><meta property='og:title' content='C'>"));
    web_.put(3, "/a.mp4", media(clips_.copies.at(1), false));
    web_.put(3, "/b.mp4", media(clips_.licensed, false, "application/octet-stream"));
    web_.put(3, "/c.mp4", media(clips_.copies.at(2), false, "text/plain"));
    planted_.sites.push_back(web_.url(2));
    planted_.copies.insert({web_.url(2, "/a.html"), web_.url(2, "/c.html")});
    planted_.innocent.insert(web_.url(2, "/b.html"));
  }

  /// Host 4: HLS and DASH.
  void playlist_site() {
    if (clips_.hls.empty()) return;
    web_.put(4, "/robots.txt",
             robots("User-agent: reelprint\nDisallow: /no/\n\nUser-agent: *\nDisallow: /\n"));
    web_.put(4, "/", html("<a href=/hls>hls</a><a href=/dash>dash</a><a href=/no/x>no</a>"));
    web_.put(4, "/hls",
             html("<video><source src='/h/master.m3u8' type='application/vnd.apple.mpegurl'></video>"));
    put_folder(web_, 4, "/h/", clips_.hls);
    planted_.copies.insert(web_.url(4, "/hls"));
    if (!clips_.dash.empty()) {
      web_.put(4, "/dash", html("<video><source src='/d/manifest.mpd' type='application/dash+xml'></video>"));
      put_folder(web_, 4, "/d/", clips_.dash);
      planted_.copies.insert(web_.url(4, "/dash"));
    }
    planted_.sites.push_back(web_.url(4));
    planted_.forbidden.emplace_back("4/no/x");
  }

  /// Host 5: a gzipped sitemap with Google's video extension behind an index.
  void sitemap_site() {
    web_.put(
        5, "/sitemap.xml",
        test::text("<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                   "<sitemap><loc>" +
                       web_.url(5, "/videos.xml.gz") + "</loc></sitemap></sitemapindex>",
                   "application/xml"));
    const std::string videos =
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:video='http://www.google.com/schemas/sitemap-video/1.1'><url><loc>" +
        web_.url(5, "/p/1") + "</loc><video:video><video:title>Planted</video:title><video:content_loc>" +
        web_.url(5, "/m/1.mp4") +
        "</video:content_loc><video:duration>10</video:duration></video:video></url></urlset>";
    web_.put(5, "/videos.xml.gz", test::text(gzipped(videos), "application/gzip"));
    web_.put(5, "/p/1", html("<p>a page without any"));
    web_.put(5, "/m/1.mp4", media(clips_.copies.at(3)));
    planted_.sitemaps.push_back(web_.url(5, "/sitemap.xml"));
    planted_.copies.insert(web_.url(5, "/p/1"));
  }

  /// Host 6: a feed with an enclosure, and one that only links to a page.
  void feed_site() {
    const std::string feed =
        "<?xml version='1.0'?><rss version='2.0'><channel><title>f</title>"
        "<item><title>one</title><link>" +
        web_.url(6, "/one") + "</link><enclosure url='" + web_.url(6, "/e/1.mp4") +
        "' type='video/mp4' length='1'/></item><item><title>two</title><link>" + web_.url(6, "/two") +
        "</link></item></channel></rss>";
    web_.put(6, "/feed", test::text(feed, "application/rss+xml"));
    web_.put(6, "/one", html("<p>one"));
    web_.put(6, "/two", html(video_tag("/e/2.mp4")));
    web_.put(6, "/e/1.mp4", media(clips_.copies.at(4)));
    web_.put(6, "/e/2.mp4", media(clips_.unrelated.at(1)));
    planted_.feeds.push_back(web_.url(6, "/feed"));
    planted_.copies.insert(web_.url(6, "/one"));
    planted_.innocent.insert(web_.url(6, "/two"));
  }

  /// Host 7 shows a player of host 8, which has the file.
  void player_site() {
    web_.put(7, "/", html("<a href='/w'>w</a>"));
    web_.put(7, "/w",
             html("<iframe src='" + web_.url(8, "/embed/5") + "' allowfullscreen></iframe>",
                  "<title>An episode</title>"));
    web_.put(8, "/embed/5", html("<video><source src='/files/5.mp4'></video>"));
    web_.put(8, "/files/5.mp4", media(clips_.copies.at(5)));
    planted_.sites.push_back(web_.url(7));
    planted_.copies.insert(web_.url(7, "/w"));
  }

  /// Host 9: a robots.txt that fails forbids everything.
  void unreachable_robots() {
    web_.put(9, "/robots.txt", WebAnswer{.status = 500, .body = "trouble"});
    web_.put(9, "/", html(video_tag("/x.mp4")));
    planted_.sites.push_back(web_.url(9));
    planted_.forbidden.emplace_back("9/");
    planted_.forbidden.emplace_back("9/x.mp4");
  }

  /// Host 10: what does harm.
  void traps() {
    web_.put(10, "/",
             html("<a href='/calendar?day=1'>calendar</a><a href='/loop/1'>loop</a>"
                  "<a href='/bomb'>bomb</a><a href='/huge.mp4'>huge</a><a href='/wrong.mp4'>wrong</a>"
                  "<a href='/inside'>inside</a><a href='/file'>file</a><a href='/named'>named</a>"
                  "<a href='/broken'>broken</a><a href='http://169.254.169.254/latest/'>meta</a>"
                  "<a href='http://10.0.0.1/'>ten</a><a href='http://intranet.local/'>local</a>"
                  "<video src='/drip.mp4'></video>"));
    web_.put(10, "/calendar", [](const SeenRequest& request) {
      const std::size_t at = request.target.find("day=");
      const int day = at == std::string::npos ? 0 : std::stoi(request.target.substr(at + 4));
      return html("<a href='/calendar?day=" + std::to_string(day + 1) + "'>tomorrow</a>");
    });
    web_.put(10, "/loop/1", redirect("/loop/2"));
    web_.put(10, "/loop/2", redirect("/loop/1"));
    WebAnswer bomb = test::text(gzipped(std::string(std::size_t{64} << 20, 'x')), "text/html");
    bomb.headers.emplace_back("Content-Encoding", "gzip");
    web_.put(10, "/bomb", bomb);
    WebAnswer huge{.headers = {{"Content-Type", "video/mp4"}}};
    huge.stream_bytes = 10'000'000'000ULL;
    huge.stream = [](const SendBytes& send) {
      const std::string part(1 << 16, '\0');
      for (int i = 0; i < 150'000 && send(part); ++i) continue;
    };
    web_.put(10, "/huge.mp4", huge);
    web_.put(10, "/wrong.mp4", html("<p>no video at all"));
    web_.put(10, "/inside", redirect("http://169.254.169.254/latest/meta-data/"));
    web_.put(10, "/file", redirect("file:///etc/passwd"));
    web_.put(10, "/named", redirect("http://intranet.internal/"));
    web_.put(
        10, "/broken",
        html("<a href='/deep'><table><div></span><a href=\"unclosed><b><video src=''><a href='http://[::'>"));
    WebAnswer drip{.headers = {{"Content-Type", "video/mp4"}}};
    drip.stream_bytes = 1'000'000;
    drip.stream = [](const SendBytes& send) {
      for (int i = 0; i < 600 && send("x"); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    };
    web_.put(10, "/drip.mp4", drip);
    planted_.traps.push_back(web_.url(10));
  }

  LoopbackWeb& web_;
  const PlantedClips& clips_;
  PlantedWeb planted_;
};

}  // namespace

PlantedWeb plant(LoopbackWeb& web, const PlantedClips& clips) {
  return Planter(web, clips).plant();
}

void put_folder(LoopbackWeb& web, std::size_t host, const std::string& path, const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), folder).string();
    const std::string type = name.ends_with(".m3u8")  ? "application/vnd.apple.mpegurl"
                             : name.ends_with(".mpd") ? "application/dash+xml"
                             : name.ends_with(".ts")  ? "video/mp2t"
                                                      : "video/mp4";
    web.put(host, path + name, media(entry.path(), true, type));
  }
}

}  // namespace reelprint::test
