#include "index/feature_index_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/file_stream.h"
#include "index/feature_row.h"

namespace reelprint::index {
namespace {

constexpr std::array<char, 8> kMagic = {'R', 'P', 'F', 'E', 'A', 'T', 'S', '\n'};
constexpr std::uint16_t kFormatVersion = 1;
constexpr std::size_t kHeadBytes = 22;
constexpr std::size_t kChecksumBytes = 4;
constexpr std::size_t kRowsTogether = 4096;

/// As in the file; its id names the reference by its position in the file.
struct StoredRow {
  RowId id = 0;
  Code code{};
};
static_assert(sizeof(StoredRow) == 40 && std::endian::native == std::endian::little,
              "rows are written as they lie in memory");

/// Writes a file and adds up its checksum.
class Output {
 public:
  explicit Output(const std::filesystem::path& file) : file_(file) {}

  void put(std::span<const std::byte> bytes) {
    file_.write(bytes);
    checksum_ = crc32c(bytes, checksum_);
  }
  void put(const ByteWriter& fields) { put(fields.bytes()); }
  void finish() {
    ByteWriter checksum;
    checksum.put(checksum_);
    file_.write(checksum.bytes());
    file_.commit();
  }

 private:
  FileReplacement file_;
  std::uint32_t checksum_ = 0;
};

/// Reads a file and adds up its checksum.
class Input {
 public:
  explicit Input(const std::filesystem::path& file)
      : file_(file), what_("feature index '" + file.string() + "'") {}

  void take(std::span<std::byte> into) {
    file_.read(into);
    checksum_ = crc32c(into, checksum_);
  }
  template <class T>
  [[nodiscard]] T take() {
    std::array<std::byte, sizeof(T)> bytes{};
    take(bytes);
    return ByteReader(bytes, what_).take<T>();
  }
  /// A count of items of so many bytes each, checked against what is left before anyone allocates.
  [[nodiscard]] std::size_t take_count(std::size_t item_bytes) {
    const auto count = take<std::uint32_t>();
    if (count > file_.left() / item_bytes) fail("a length is larger than the data");
    return count;
  }
  void finish() {
    const std::uint32_t expected = checksum_;
    if (file_.left() != kChecksumBytes) fail("it is longer than its content");
    if (take<std::uint32_t>() != expected) fail("its checksum is wrong");
  }
  [[nodiscard]] std::uintmax_t left() const { return file_.left(); }
  [[noreturn]] void fail(const std::string& why, ErrorCode code = ErrorCode::corrupt) const {
    throw Error(code, "read " + what_ + ": " + why);
  }

 private:
  FileReader file_;
  std::string what_;
  std::uint32_t checksum_ = 0;
};

}  // namespace

/// What of FeatureIndex is stored, and how it is made again.
class FeatureIndexFile {
 public:
  static void save(const FeatureIndex& index, AlgorithmId algorithm, Output& out);
  static FeatureIndex load(AlgorithmId algorithm, FeatureIndexSettings settings, Input& in);

 private:
  static void load_references(FeatureIndex& index, Input& in);
  static void load_list(FeatureIndex& index, std::size_t list, Input& in);
};

/// Dead rows are left out and the others sorted, so that the bytes do not depend on what was there before.
void FeatureIndexFile::save(const FeatureIndex& index, AlgorithmId algorithm, Output& out) {
  std::vector<std::pair<ReferenceId, std::uint32_t>> references(index.slots_by_reference_.begin(),
                                                                index.slots_by_reference_.end());
  std::ranges::sort(references);
  ByteWriter head;
  head.put_bytes(std::as_bytes(std::span(kMagic)));
  head.put(kFormatVersion);
  head.put(static_cast<std::uint32_t>(algorithm));
  head.put(static_cast<std::uint32_t>(index.lists_.lists()));
  head.put(static_cast<std::uint32_t>(references.size()));
  std::vector<std::uint32_t> positions(index.slots_.size());
  for (std::size_t i = 0; i < references.size(); ++i) {
    head.put(references[i].first.value);
    positions[references[i].second] = static_cast<std::uint32_t>(i);
  }
  out.put(head);

  std::vector<StoredRow> rows;
  for (std::size_t list = 0; list < index.lists_.lists(); ++list) {
    rows.clear();
    const auto codes = index.lists_.codes(list);
    const auto ids = index.lists_.ids(list);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!index.slots_[slot_of(ids[i])].is_live) continue;
      StoredRow& row = rows.emplace_back();
      row.id = row_id(positions[slot_of(ids[i])], detail_of(ids[i]), feature_of(ids[i]));
      row.code = codes[i];
    }
    std::ranges::sort(rows, {}, &StoredRow::id);
    ByteWriter count;
    count.put(static_cast<std::uint32_t>(rows.size()));
    out.put(count);
    out.put(std::as_bytes(std::span(rows)));
  }
  out.finish();
}

FeatureIndex FeatureIndexFile::load(AlgorithmId algorithm, FeatureIndexSettings settings, Input& in) {
  if (in.left() < kHeadBytes + kChecksumBytes) in.fail("it ends too early");
  std::array<std::byte, kMagic.size()> magic{};
  in.take(magic);
  if (std::memcmp(magic.data(), kMagic.data(), kMagic.size()) != 0) {
    in.fail("it is not a reelprint feature index");
  }
  if (in.take<std::uint16_t>() != kFormatVersion) {
    in.fail("written by another version", ErrorCode::incompatible);
  }
  if (AlgorithmId{in.take<std::uint32_t>()} != algorithm) {
    in.fail("made by another algorithm", ErrorCode::incompatible);
  }
  const auto lists = in.take<std::uint32_t>();
  if (lists != 1 && lists != Codebook::kWords) in.fail("its number of lists is wrong");
  FeatureIndex index(settings);
  load_references(index, in);
  index.lists_ = CodeLists(lists);
  for (std::size_t list = 0; list < lists; ++list) load_list(index, list, in);
  in.finish();
  index.features_ = index.lists_.rows();
  if (lists > 1) {
    index.codebook_ = std::make_unique<const Codebook>(settings.path);
    index.finder_ = std::make_unique<CodebookFinder>(*index.codebook_);
  }
  return index;
}

void FeatureIndexFile::load_references(FeatureIndex& index, Input& in) {
  const std::size_t count = in.take_count(sizeof(std::int64_t));
  if (count > kMaxReferences) in.fail("it has more references than a row can name");
  index.slots_.reserve(count);
  index.slots_by_reference_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const ReferenceId reference{in.take<std::int64_t>()};
    if (i > 0 && reference <= index.slots_.back().reference) in.fail("its references are not in order");
    index.slots_by_reference_.emplace(reference, static_cast<std::uint32_t>(i));
    index.slots_.push_back({reference, 0, true});
  }
}

void FeatureIndexFile::load_list(FeatureIndex& index, std::size_t list, Input& in) {
  std::size_t left = in.take_count(sizeof(StoredRow));
  index.lists_.reserve(list, left);
  std::vector<StoredRow> rows;
  RowId last = -1;
  while (left > 0) {
    rows.resize(std::min(left, kRowsTogether));
    in.take(std::as_writable_bytes(std::span(rows)));
    left -= rows.size();
    for (const StoredRow& row : rows) {
      if (row.id <= last) in.fail("its rows are not in order");
      if (slot_of(row.id) >= index.slots_.size()) in.fail("a row is of no reference");
      last = row.id;
      ++index.slots_[slot_of(row.id)].rows;
      index.lists_.append(list, row.code, row.id);
    }
  }
}

void save_feature_index(const FeatureIndex& index, AlgorithmId algorithm, const std::filesystem::path& file) {
  Output out(file);
  FeatureIndexFile::save(index, algorithm, out);
}

FeatureIndex load_feature_index(const std::filesystem::path& file, AlgorithmId algorithm,
                                FeatureIndexSettings settings) {
  Input in(file);
  return FeatureIndexFile::load(algorithm, settings, in);
}

}  // namespace reelprint::index
