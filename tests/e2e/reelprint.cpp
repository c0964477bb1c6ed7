#include "tests/e2e/reelprint.h"

#include "tests/e2e/files.h"

namespace reelprint::e2e {

std::filesystem::path Reelprint::index_file() const {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(data_ / "index", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("frames-") && name.ends_with(".rps")) return entry.path();
  }
  return data_ / "index" / "frames-0.rps";
}

Command Reelprint::command(const Words& words) const {
  Command command{{REELPRINT_BINARY, "--data", data_.string()}, folder_, {}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  return command;
}

std::vector<json::object> Reelprint::json(Words words, int exit_code) const {
  words.emplace_back("--json");
  const Ended ended = run(words);
  EXPECT_EQ(ended.exit_code, exit_code) << testing::PrintToString(words) << '\n' << ended.err;
  if (exit_code == 0) {
    EXPECT_EQ(ended.err, "") << testing::PrintToString(words);
  } else {
    EXPECT_NE(ended.err, "") << testing::PrintToString(words) << " says nothing of its failure";
  }
  return read_json_lines(ended.out);
}

std::string ReelprintTest::write_catalog(const std::string& name, const Words& lines,
                                         const std::string& header) const {
  std::string text = header + '\n';
  for (const std::string& line : lines) text += line + '\n';
  return write_file(folder() / name, text).string();
}

std::string catalog_line(const std::string& series, int episode, const std::filesystem::path& file) {
  return "H,\"" + series + "\"," + std::to_string(episode) + ",zh,\"" + file.string() + '"';
}

json::object only(const std::vector<json::object>& objects) {
  EXPECT_EQ(objects.size(), 1U);
  return objects.size() == 1 ? objects.front() : json::object{};
}

std::vector<json::object> those_with(const std::vector<json::object>& objects, std::string_view name,
                                     std::string_view text) {
  std::vector<json::object> chosen;
  for (const json::object& object : objects) {
    const json::value* value = object.if_contains(json::string_view(name.data(), name.size()));
    if (value != nullptr && value->is_string() && text_of(object, name) == text) chosen.push_back(object);
  }
  return chosen;
}

}  // namespace reelprint::e2e
