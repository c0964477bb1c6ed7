// What reading a page costs: one of markup alone, one of a long program, one of state in JSON, about 2 MB
// each.
//
//   discovery_bench [RUNS]
//
// Protocol: the pages are made here; processor time of the thread, the best of 10 runs.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/cpu_time.h"
#include "crawler/discovery.h"

namespace {

using namespace reelprint;

constexpr std::size_t kPageBytes = 2'000'000;

std::string page_of(const std::string& begin, const std::string& end, std::string (*part)(int)) {
  std::string page = begin;
  for (int i = 0; page.size() + end.size() < kPageBytes; ++i) page += part(i);
  return page + end;
}

std::string card(int i) {
  const std::string number = std::to_string(i);
  return "<div class=\"card episode-card\" data-episode=\"" + number + "\"><a href=\"/watch/" + number +
         "\" title=\"Episode " + number +
         "\"><img class=\"poster lazy\" src=\"/p/blank.gif\" data-src=\"/p/" + number +
         ".jpg\" alt=\"\"></a><h3>Episode " + number +
         "</h3><p class=\"lead\">She comes back to the house of the man who sent her away, and nobody knows "
         "her.</p><a class=\"more\" href=\"/drama/lantern/" +
         number + "?from=list\">more</a></div>\n";
}

std::string statement(int i) {
  return "function f" + std::to_string(i) +
         "(a,b){if(a<b&&b>3){return a+'x'+b}var c={\"k\":[1,2,3],s:'/*'};return c.k[a%3]}\n";
}

std::string entry(int i) {
  const std::string number = std::to_string(i);
  return "{\"id\":" + number + ",\"title\":\"Episode " + number +
         "\",\"playUrl\":\"https:\\/\\/cdn.example\\/v\\/" + number +
         ".m3u8\",\"cover\":\"https:\\/\\/cdn.example\\/p\\/" + number + ".jpg\"},";
}

void measure(const char* name, const std::string& page, int runs) {
  double best_s = 1e9;
  std::size_t found = 0;
  for (int run = 0; run < runs; ++run) {
    const double begin_s = thread_cpu_seconds();
    const auto discovery = crawler::discover(
        {.url = "https://a.example/list", .content_type = "text/html; charset=utf-8", .bytes = page});
    best_s = std::min(best_s, thread_cpu_seconds() - begin_s);
    found = discovery.findings.size() + discovery.videos.size();
  }
  std::printf("%-8s %7.2f MB %7zu found %8.1f ms\n", name, static_cast<double>(page.size()) / 1e6, found,
              best_s * 1e3);
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 10;
  const std::string head = "<!doctype html><html><head><title>list</title></head><body>";
  measure("markup", page_of(head, "</body></html>", card), runs);
  measure("program", page_of(head + "<script>\n", "</script></body></html>", statement), runs);
  measure("state",
          page_of(head + "<script>window.__STATE__={\"list\":[", "{}]}</script></body></html>", entry), runs);
  return 0;
}
