#include "pipeline/upload_fetch.h"

#include <string>
#include <utility>

#include "core/error.h"

namespace reelprint::pipeline {
namespace {

bool is_worth_another_try(int status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

void expect_success(int status, const std::string& url) {
  if (status >= 200 && status < 300) return;
  throw Error(is_worth_another_try(status) ? ErrorCode::io : ErrorCode::not_found,
              "fetch '" + url + "': the server answered " + std::to_string(status));
}

}  // namespace

FetchUpload guarded_upload_fetch(crawler::FetchSettings settings, std::uint64_t most_bytes) {
  return [settings = std::move(settings), most_bytes](
             const std::string& url, const std::filesystem::path& file, const std::stop_token& stop,
             const std::function<void(double)>& progress) {
    crawler::FetchRequest request;
    request.url = url;
    request.file = file;
    request.most_bytes = most_bytes;
    request.on_bytes = [&](std::uint64_t done, std::uint64_t of) {
      if (of > 0) progress(static_cast<double>(done) / static_cast<double>(of));
    };
    expect_success(crawler::fetch(request, settings, stop).status, url);
  };
}

}  // namespace reelprint::pipeline
