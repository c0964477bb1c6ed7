#include "pipeline/bulk_journal.h"

#include <array>
#include <charconv>
#include <utility>

#include "core/error.h"
#include "core/files.h"

namespace reelprint::pipeline {
namespace {

constexpr std::uintmax_t kMostBytes = 64 << 20;
constexpr std::size_t kFields = 6;

FileLock locked(const std::filesystem::path& path) {
  auto lock = FileLock::try_lock(path);
  if (!lock)
    throw Error(ErrorCode::busy,
                "export cases: another run writes to '" + path.parent_path().string() + "' just now");
  return *std::move(lock);
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// Nothing for a line that is torn or somebody else's.
std::optional<BulkRecord> record_in(std::string_view line) {
  std::array<std::string_view, kFields> fields;
  for (std::size_t i = 0; i < kFields; ++i) {
    const std::size_t end = line.find('\t');
    if ((end == std::string_view::npos) != (i + 1 == kFields)) return std::nullopt;
    fields[i] = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  BulkRecord record;
  if (!read_number(fields[0], record.in_case.value) || !read_number(fields[1], record.last_change) ||
      !read_number(fields[2], record.bytes))
    return std::nullopt;
  record.sha256 = fields[3];
  record.file = fields[4];
  record.settings = fields[5];
  return record;
}

}  // namespace

BulkJournal::BulkJournal(const std::filesystem::path& folder)
    : path_(folder / "journal.tsv"), lock_(locked(path_)) {
  const auto bytes = read_file(path_, kMostBytes);
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const bool is_torn = !text.empty() && text.back() != '\n';
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    if (auto record = record_in(text.substr(0, end)))
      records_.insert_or_assign({record->in_case.value, record->file}, *record);
    text.remove_prefix(end + 1);
  }
  out_.open(path_, std::ios::binary | std::ios::app);
  if (is_torn) out_ << '\n';
}

std::optional<BulkRecord> BulkJournal::find(CaseId in_case, std::string_view file) const {
  const auto found = records_.find({in_case.value, std::string(file)});
  return found == records_.end() ? std::nullopt : std::optional(found->second);
}

void BulkJournal::add(const BulkRecord& record) {
  out_ << record.in_case.value << '\t' << record.last_change << '\t' << record.bytes << '\t' << record.sha256
       << '\t' << record.file << '\t' << record.settings << '\n';
  out_.flush();
  if (!out_) throw Error(ErrorCode::io, "write '" + path_.string() + "': the disk refused it");
  records_.insert_or_assign({record.in_case.value, record.file}, record);
}

}  // namespace reelprint::pipeline
