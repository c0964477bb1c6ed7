#include "evidence/warc_reader.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "core/error.h"
#include "evidence/digest.h"
#include "evidence/gzip_reader.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostHeadBytes = 65'536;
constexpr std::size_t kMostBeginBytes = 65'536;
constexpr std::size_t kPieceBytes = 16'384;
constexpr std::size_t kMostProblems = 100;
constexpr std::string_view kEmptyLine = "\r\n\r\n";

bool is_same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string_view WarcRecord::field(std::string_view name) const {
  const auto found =
      std::ranges::find_if(fields, [&](const auto& field) { return is_same_name(field.first, name); });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

class WarcReader::Parts {
 public:
  explicit Parts(const std::filesystem::path& file) : file_(file), members_(file) {}

  std::optional<WarcRecord> next() {
    if (!members_.next_member()) return std::nullopt;
    ++number_;
    read_.clear();
    WarcRecord record;
    take_head(record);
    take_block(record);
    while (read_.size() < kEmptyLine.size() && fill()) continue;
    if (read_ != kEmptyLine || fill()) fail("it does not end where it says");
    return record;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorCode::corrupt,
                "read '" + file_.string() + "', record " + std::to_string(number_) + ": " + why);
  }
  /// More of the member behind `read_`; false at its end.
  bool fill() {
    std::byte piece[kPieceBytes];
    const std::size_t size = members_.read(piece);
    read_.append(reinterpret_cast<const char*>(piece), size);
    return size > 0;
  }
  void take_head(WarcRecord& record);
  void take_block(WarcRecord& record);

  std::filesystem::path file_;
  GzipReader members_;
  std::uint64_t number_ = 0;
  std::string read_;
};

void WarcReader::Parts::take_head(WarcRecord& record) {
  std::size_t end = std::string::npos;
  while ((end = read_.find(kEmptyLine)) == std::string::npos) {
    if (read_.size() > kMostHeadBytes || !fill()) fail("its head has no end");
  }
  std::string_view head = std::string_view(read_).substr(0, end + 2);
  const auto next_line = [&head] {
    const std::size_t size = head.find("\r\n");
    const std::string_view line = head.substr(0, size);
    head.remove_prefix(size + 2);
    return line;
  };
  const std::string_view version = next_line();
  if (version != "WARC/1.1" && version != "WARC/1.0") fail("it is none of WARC 1.0 or 1.1");
  while (!head.empty()) {
    const std::string_view line = next_line();
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos) fail("its head has a line that is no field");
    record.fields.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }
  read_.erase(0, end + kEmptyLine.size());
}

void WarcReader::Parts::take_block(WarcRecord& record) {
  const std::string_view length = record.field("Content-Length");
  const auto [end, problem] = std::from_chars(length.data(), length.data() + length.size(), record.bytes);
  if (length.empty() || problem != std::errc{} || end != length.data() + length.size())
    fail("its length is no number");
  Sha256Stream block;
  Sha256Stream payload;
  bool is_head = record.field("Content-Type").starts_with("application/http");
  for (std::uint64_t left = record.bytes; left > 0;) {
    if (read_.empty() && !fill()) fail("it is shorter than it says");
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, read_.size()));
    const std::string_view piece = std::string_view(read_).substr(0, size);
    const std::size_t begun = record.begin.size();
    record.begin += piece.substr(0, kMostBeginBytes - begun);
    block.add(piece);
    if (!is_head) {
      payload.add(piece);
    } else if (const auto at = record.begin.find(kEmptyLine); at != std::string::npos) {
      is_head = false;
      payload.add(piece.substr(at + kEmptyLine.size() - begun));
    } else if (record.begin.size() == kMostBeginBytes) {
      fail("the head of its message has no end");
    }
    left -= size;
    read_.erase(0, size);
  }
  record.block = block.finish();
  record.payload = payload.finish();
}

WarcReader::WarcReader(const std::filesystem::path& file) : parts_(std::make_unique<Parts>(file)) {}

WarcReader::~WarcReader() = default;

std::optional<WarcRecord> WarcReader::next() {
  return parts_->next();
}

namespace {

/// What is wrong with one file, record by record.
class Inspection {
 public:
  void take(const WarcRecord& record) {
    const std::string name =
        "record " + std::to_string(++number_) + " (" + std::string(record.field("WARC-Type")) + "): ";
    for (const auto* field : {"WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"}) {
      if (record.field(field).empty()) add(name + "it has no " + field);
    }
    const auto check_digest = [&](std::string_view field, const Sha256& digest) {
      const std::string_view said = record.field(field);
      if (said.starts_with("sha256:") && said != warc_digest(digest))
        add(name + "its " + std::string(field) + " does not fit what it holds");
    };
    check_digest("WARC-Block-Digest", record.block);
    check_digest("WARC-Payload-Digest", record.payload);
    if (!ids_.emplace(record.field("WARC-Record-ID")).second) add(name + "its id is another's");
    const std::string_view concurrent = record.field("WARC-Concurrent-To");
    if (!concurrent.empty() && !ids_.contains(concurrent)) add(name + "it is concurrent to no record before");
  }
  void add(std::string problem) {
    if (problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
  }
  [[nodiscard]] std::uint64_t records() const { return number_; }
  [[nodiscard]] std::vector<std::string> finish() && { return std::move(problems_); }

 private:
  std::uint64_t number_ = 0;
  std::set<std::string, std::less<>> ids_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> warc_problems(const std::filesystem::path& file) {
  Inspection inspection;
  try {
    WarcReader reader(file);
    while (const auto record = reader.next()) inspection.take(*record);
    if (inspection.records() == 0) inspection.add("it has no record");
  } catch (const Error& error) {
    if (error.code() != ErrorCode::corrupt) throw;
    inspection.add(error.what());
  }
  return std::move(inspection).finish();
}

}  // namespace reelprint::evidence
