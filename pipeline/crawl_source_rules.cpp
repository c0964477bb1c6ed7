#include "pipeline/crawl_source_rules.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "core/territory.h"
#include "crawler/normal_url.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostStartUrls = 1'000;
constexpr std::size_t kMostScopeEntries = 200;
constexpr std::size_t kMostTextBytes = 500;
constexpr int kMostDepth = 100;
constexpr std::chrono::minutes kLeastInterval{5};
constexpr std::chrono::minutes kMostInterval = std::chrono::days{366};

class Check {
 public:
  Check(CrawlSource& source, const CrawlSourceRules& rules) : source_(source), rules_(rules) {}

  std::vector<CrawlSourceFault> run() {
    if (source_.name.empty() || source_.name.size() > kMostTextBytes)
      refuse("name", "must be of 1 to 500 bytes");
    check_start();
    check_scope();
    check_times();
    if (source_.priority < -100 || source_.priority > 100) refuse("priority", "must be from -100 to 100");
    if (!source_.territory.empty() && !is_territory(source_.territory))
      refuse("territory", "must be a code of ISO 3166-1 alpha-2: \"DE\"");
    return std::move(faults_);
  }

 private:
  void refuse(const std::string& field, std::string reason) {
    faults_.push_back({"/" + field, std::move(reason)});
  }

  void check_start() {
    auto& urls = source_.start_urls;
    if (urls.empty() || urls.size() > kMostStartUrls)
      return refuse("start_urls", "must be 1 to " + std::to_string(kMostStartUrls));
    if (source_.kind == CrawlSourceKind::folder) return check_folder();
    for (std::size_t i = 0; i < urls.size(); ++i) check_url(urls[i], "start_urls/" + std::to_string(i));
  }

  void check_url(std::string& url, const std::string& field) {
    const auto normal = crawler::normal_url(url);
    if (!normal) return refuse(field, "is no http or https URL of at most 2,000 bytes without user name");
    if (const auto why = crawler::refusal_of_url(*normal, rules_.fetch)) return refuse(field, *why);
    url = *normal;
  }

  void check_folder() {
    if (source_.start_urls.size() != 1) return refuse("start_urls", "must be the path of one folder");
    const std::filesystem::path given(source_.start_urls[0]);
    std::error_code error;
    const auto folder = std::filesystem::canonical(given, error);
    if (!given.is_absolute() || error || !std::filesystem::is_directory(folder, error))
      return refuse("start_urls/0", "must be the absolute path of a folder that is there");
    const auto is_below = [&](const std::filesystem::path& allowed) {
      std::error_code missing;
      const auto root = std::filesystem::canonical(allowed, missing);
      return !missing && std::ranges::mismatch(root, folder).in1 == root.end();
    };
    if (std::ranges::none_of(rules_.folders, is_below))
      return refuse("start_urls/0", "is in none of the folders that may be watched");
    source_.start_urls[0] = folder.string();
  }

  void check_scope() {
    CrawlScope& scope = source_.scope;
    check_count(scope.hosts, "scope/hosts");
    for (std::size_t i = 0; i < scope.hosts.size(); ++i)
      check_host(scope.hosts[i], "scope/hosts/" + std::to_string(i));
    check_prefixes(scope.path_prefixes, "scope/path_prefixes");
    check_prefixes(scope.excluded_prefixes, "scope/excluded_prefixes");
    if (scope.most_depth < 0 || scope.most_depth > kMostDepth)
      refuse("scope/most_depth", "must be from 0 to 100");
  }

  void check_count(const std::vector<std::string>& list, const std::string& field) {
    if (list.size() > kMostScopeEntries)
      refuse(field, "must be at most " + std::to_string(kMostScopeEntries));
  }

  /// "videos.example", "*.example", as A-labels.
  void check_host(std::string& host, const std::string& field) {
    const std::string_view star = host.starts_with("*.") ? "*." : "";
    const auto url = crawler::normal_url("https://" + host.substr(star.size()) + "/");
    constexpr std::string_view kScheme = "https://";
    if (!url || crawler::target_of(*url) != "/" || url->find(':', kScheme.size()) != std::string::npos)
      return refuse(field, "must be a host without port and path: \"videos.example\" or \"*.example\"");
    host = std::string(star) + crawler::host_key(*url).substr(kScheme.size());
  }

  /// In the form in which paths of normalised URLs are.
  void check_prefixes(std::vector<std::string>& prefixes, const std::string& list) {
    check_count(prefixes, list);
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      const auto url = crawler::normal_url("https://a.example" + prefixes[i]);
      if (!prefixes[i].starts_with('/') || !url)
        refuse(list + "/" + std::to_string(i), "must begin with \"/\"");
      else
        prefixes[i] = crawler::target_of(*url);
    }
  }

  void check_times() {
    const auto every = source_.every;
    if (every.count() != 0 && (every < kLeastInterval || every > kMostInterval))
      refuse("every_min", "must be 0, for one round only, or from 5 minutes to 366 days");
    if (!source_.at) return;
    if (source_.at->count() < 0 || *source_.at >= std::chrono::days{1})
      refuse("at", "must be a time of the day: \"03:30\"");
    if (every.count() == 0 || every % std::chrono::days{1} != std::chrono::minutes{0})
      refuse("at", "needs rounds every so many whole days");
  }

  CrawlSource& source_;
  const CrawlSourceRules& rules_;
  std::vector<CrawlSourceFault> faults_{};
};

}  // namespace

std::vector<CrawlSourceFault> normalise(CrawlSource& source, const CrawlSourceRules& rules) {
  return Check(source, rules).run();
}

}  // namespace reelprint::pipeline
