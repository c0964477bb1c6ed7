#include "tests/e2e/running_service.h"

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "tests/e2e/files.h"

namespace reelprint::e2e {

using namespace std::chrono_literals;

test::HttpAnswer Client::send(std::string_view method, const std::string& target, const std::string& body,
                              test::HttpHeaders headers) const {
  headers.emplace_back("Authorization", "Bearer " + key_);
  return test::http(port_, method, target, headers, body);
}

json::object Client::object_in(const test::HttpAnswer& answer, const std::string& what,
                               unsigned status) const {
  EXPECT_EQ(answer.status, status) << what << ": " << answer.body;
  const json::value value = json::parse(answer.body);
  return value.is_object() ? value.as_object() : json::object{};
}

json::object Client::get(const std::string& target, unsigned status) const {
  return object_in(send("GET", target), "GET " + target, status);
}

json::object Client::post(const std::string& target, const json::object& body, unsigned status,
                          test::HttpHeaders headers) const {
  headers.emplace_back("Content-Type", "application/json");
  return object_in(send("POST", target, json::serialize(body), std::move(headers)), "POST " + target, status);
}

json::object Client::upload(const std::string& target, const std::filesystem::path& file, unsigned status,
                            test::HttpHeaders headers) const {
  headers.emplace_back("Content-Type", "video/mp4");
  return object_in(send("POST", target, read_file(file), std::move(headers)), "POST " + target, status);
}

json::object Client::wait_while(const std::string& target, std::string_view member,
                                std::string_view text) const {
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  for (;;) {
    json::object now = get(target);
    if (text_of(now, member) != text) return now;
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error(target + ": still " + std::string(text));
    std::this_thread::sleep_for(20ms);
  }
}

RunningService::RunningService(const Reelprint& program, const Words& options) {
  Words words = {"serve", "--http.port", "0", "--log.level", "warning", "--limits.burst", "0"};
  words.insert(words.end(), options.begin(), options.end());
  child_ = std::make_unique<ChildProcess>(program.command(words));
  const std::string line = child_->next_line(60s).value_or("");
  EXPECT_TRUE(line.starts_with("listening on http://127.0.0.1:")) << line;
  port_ = static_cast<std::uint16_t>(std::stoi("0" + line.substr(line.rfind(':') + 1)));
}

Ended RunningService::end(int signal) {
  child_->send(signal);
  return child_->wait(60s);
}

std::string make_key(const Reelprint& program, const Words& options) {
  Words words = {"key", "create"};
  words.insert(words.end(), options.begin(), options.end());
  const Ended ended = program.run(words);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  return ended.out.substr(0, ended.out.find('\n'));
}

Tenant make_tenant(const Client& admin, const std::string& name, const std::string& kind) {
  const std::int64_t id = integer_of(admin.post("/v1/tenants", {{"name", name}, {"kind", kind}}), "id");
  const json::object key = admin.post("/v1/keys", {{"name", name}, {"role", kind}, {"tenant", id}});
  return {id, text_of(key, "key")};
}

std::string make_episode(const Client& holder, const std::string& name) {
  const auto owner = integer_of(holder.post("/v1/holders", {{"name", name}}), "id");
  const auto series =
      integer_of(holder.post("/v1/series", {{"holder", owner}, {"name", "S of " + name}}), "id");
  const auto episode =
      integer_of(holder.post("/v1/series/" + std::to_string(series) + "/episodes", {{"number", 1}}), "id");
  return "/v1/episodes/" + std::to_string(episode);
}

std::string path_of(const std::string& collection, const json::object& made) {
  return collection + "/" + std::to_string(integer_of(made, "id"));
}

int count_wanted(const char* variable, int otherwise) {
  const char* said = std::getenv(variable);
  return said == nullptr ? otherwise : std::stoi(said);
}

}  // namespace reelprint::e2e
