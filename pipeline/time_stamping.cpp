#include "pipeline/time_stamping.h"

#include <span>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "crawler/http_client.h"
#include "evidence/time_stamp.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostAnswerBytes = std::size_t{1} << 20;
constexpr int kFound = 200;

/// A request as a file; gone with the object.
class RequestFile {
 public:
  RequestFile(const std::filesystem::path& folder, const Sha256& root, const std::string& request)
      : path_(folder / ("time-stamp-" + to_hex(root).substr(0, 16) + ".tsq")) {
    replace_file(path_, std::as_bytes(std::span(request)));
  }
  ~RequestFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  RequestFile(const RequestFile&) = delete;
  RequestFile& operator=(const RequestFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

evidence::AskTimeStamp time_stamps_of(const std::string& url, const std::filesystem::path& folder,
                                      std::stop_token stop, std::chrono::seconds patience) {
  return [url, folder, stop = std::move(stop), patience](const Sha256& root) {
    const std::string request = evidence::time_stamp_request(root);
    const RequestFile file(folder, root, request);
    crawler::HttpRequest post;
    post.url = url;
    post.body = file.path();
    post.headers = {{"Content-Type", "application/timestamp-query"}};
    post.time_limit = patience;
    post.most_answer_bytes = kMostAnswerBytes;
    const crawler::HttpAnswer answer = crawler::call(post, patience, stop);
    if (answer.status != kFound)
      throw Error(ErrorCode::io,
                  "ask '" + url + "' for a time stamp: it answered " + std::to_string(answer.status));
    evidence::check_answer(request, answer.body);
    return answer.body;
  };
}

}  // namespace reelprint::pipeline
