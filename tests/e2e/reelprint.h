// The program under test, its data in a folder of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/child_process.h"
#include "tests/e2e/json_lines.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::e2e {

using Words = std::vector<std::string>;

/// `reelprint --data DATA …`, run in `folder`.
class Reelprint {
 public:
  Reelprint(std::filesystem::path folder, std::filesystem::path data)
      : folder_(std::move(folder)), data_(std::move(data)) {}

  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  /// The segment of frames, of which a small catalog has one; a file that is not there if there is none.
  [[nodiscard]] std::filesystem::path index_file() const;

  [[nodiscard]] Command command(const Words& words) const;
  [[nodiscard]] Ended run(const Words& words) const { return e2e::run(command(words)); }

  /// Runs with --json and expects this exit code and, when it is 0, silence on stderr.
  std::vector<json::object> json(Words words, int exit_code = 0) const;

 private:
  std::filesystem::path folder_;
  std::filesystem::path data_;
};

/// A test with a temporary folder and a data folder in it that does not exist yet.
class ReelprintTest : public testing::Test {
 protected:
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

  /// Writes a catalog into the folder: the header, then the lines as they are.
  std::string write_catalog(const std::string& name, const Words& lines,
                            const std::string& header = "holder,series,episode,language,file") const;

 private:
  test::TemporaryFolder folder_;

 protected:
  Reelprint program{folder_.path(), folder_.path() / "data"};
};

/// `holder H, this series and episode, language zh`, as a catalog's line.
[[nodiscard]] std::string catalog_line(const std::string& series, int episode,
                                       const std::filesystem::path& file);

/// The one object there is; a failure and an empty object when there are none or more.
[[nodiscard]] json::object only(const std::vector<json::object>& objects);

/// Those whose member has this text.
[[nodiscard]] std::vector<json::object> those_with(const std::vector<json::object>& objects,
                                                   std::string_view name, std::string_view text);

}  // namespace reelprint::e2e
