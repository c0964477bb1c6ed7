// FeaturePart::write_merged: the rows of many parts as those of one.
#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>
#include <vector>

#include "core/error.h"
#include "index/block_output.h"
#include "index/feature_part.h"
#include "index/feature_sections.h"

namespace reelprint::index {
namespace {

/// A row of one of the parts, and what it becomes.
struct MovedRow {
  const FeaturePart* part = nullptr;
  std::uint32_t row = 0;
  std::uint32_t detail = 0;  ///< numbered through the merger
  std::uint8_t length = 1;
};

/// A part that is merged: which of its references live on, and where their details go.
class Input {
 public:
  explicit Input(const Segment<FeaturePart>& segment)
      : segment_(segment), first_details_(segment.part->references()) {}

  [[nodiscard]] const FeaturePart& part() const { return *segment_.part; }
  [[nodiscard]] bool is_live(std::size_t slot) const { return segment_.is_live(slot); }
  void move_details(std::size_t slot, std::uint32_t first) { first_details_[slot] = first; }

  /// Looks up the lists of a part that has none.
  void spread_over_lists() {
    if (part().is_listed()) return;
    CodebookFinder finder(feature_codebook());
    std::vector<std::uint32_t> lists(part().rows());
    for (std::size_t row = 0; row < lists.size(); ++row)
      lists[row] = finder.find_nearest(part().codes()[row], 1).front();
    ends_.assign(Codebook::kWords + 1, 0);
    for (const std::uint32_t list : lists) ++ends_[list + 1];
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    order_.resize(lists.size());
    auto next = ends_;
    for (std::uint32_t row = 0; row < lists.size(); ++row) order_[next[lists[row]]++] = row;
  }

  void append_list(std::size_t number, std::vector<MovedRow>& rows) const {
    const FeaturePart::Range range =
        part().is_listed() ? part().list(number) : FeaturePart::Range{ends_[number], ends_[number + 1]};
    for (std::size_t i = range.begin; i < range.end; ++i)
      append(part().is_listed() ? static_cast<std::uint32_t>(i) : order_[i], rows);
  }
  void append_reference(std::size_t slot, std::vector<MovedRow>& rows) const {
    const FeatureRecord& record = part().records()[slot];
    for (std::uint32_t row = record.first_row; row < record.first_row + record.rows; ++row) append(row, rows);
  }

 private:
  void append(std::uint32_t number, std::vector<MovedRow>& rows) const {
    const auto row = part().row(number);
    if (!row) part().image().fail("a feature is of no reference");
    if (is_live(row->slot))
      rows.push_back({&part(), number, first_details_[row->slot] + row->detail, row->length});
  }

  const Segment<FeaturePart>& segment_;
  std::vector<std::uint32_t> first_details_;  ///< in the merger, of each slot
  std::vector<std::uint32_t> ends_;           ///< of the lists of a part that had none …
  std::vector<std::uint32_t> order_;          ///< … and its rows list after list
};

struct Source {
  Input* input = nullptr;
  std::size_t slot = 0;

  [[nodiscard]] const FeatureRecord& record() const { return input->part().records()[slot]; }
};

class Merger {
 public:
  Merger(std::span<const Segment<FeaturePart>> merged, SegmentWriter& out, std::size_t listed_from)
      : out_(out) {
    inputs_.reserve(merged.size());
    for (const auto& segment : merged) inputs_.emplace_back(segment);
    for (Input& input : inputs_) {
      is_listed_ = is_listed_ || input.part().is_listed();
      for (std::size_t slot = 0; slot < input.part().references(); ++slot)
        if (input.is_live(slot)) sources_.push_back({&input, slot});
    }
    std::ranges::sort(sources_, {}, [](const Source& source) { return source.record().reference; });
    std::uint64_t rows = 0;
    for (const Source& source : sources_) rows += source.record().rows;
    if (rows > std::numeric_limits<std::uint32_t>::max())
      throw Error(ErrorCode::too_large, "merge segments of features: more than 2^32 features");
    is_listed_ = is_listed_ || rows >= listed_from;
  }

  void write() {
    write_records();
    if (is_listed_) {
      for (Input& input : inputs_) input.spread_over_lists();
      write_list_ends();
    }
    out_.begin(kFeatureDetails);
    for_each_row(
        [&](const MovedRow& row) { out_.put_items(std::span<const std::uint32_t>(&row.detail, 1)); });
    out_.begin(kFeatureLengths);
    for_each_row([&](const MovedRow& row) { out_.put_items(std::span<const std::uint8_t>(&row.length, 1)); });
    out_.begin(kFeatureCodes);
    BlockOutput codes(out_);
    for_each_row([&](const MovedRow& row) { codes.put(row.part->codes()[row.row]); });
    codes.flush();
  }

 private:
  void write_records() {
    std::uint64_t details = 0;
    std::uint32_t rows = 0;
    out_.begin(kFeatureRecords);
    for (const Source& source : sources_) {
      FeatureRecord record = source.record();
      source.input->move_details(source.slot, static_cast<std::uint32_t>(details));
      record.first_detail = static_cast<std::uint32_t>(details);
      record.first_row = is_listed_ ? 0 : rows;
      details += record.details;
      rows += record.rows;
      if (details > std::numeric_limits<std::uint32_t>::max())
        throw Error(ErrorCode::too_large, "merge segments of features: more than 2^32 details");
      out_.put_items(std::span<const FeatureRecord>(&record, 1));
    }
  }

  /// Rows of one list, by their details.
  const std::vector<MovedRow>& list(std::size_t number) {
    rows_.clear();
    for (const Input& input : inputs_) input.append_list(number, rows_);
    std::ranges::stable_sort(rows_, {}, &MovedRow::detail);
    return rows_;
  }

  void write_list_ends() {
    std::vector<std::uint32_t> ends;
    std::uint32_t reached = 0;
    for (std::size_t number = 0; number < Codebook::kWords; ++number) {
      reached += static_cast<std::uint32_t>(list(number).size());
      ends.push_back(reached);
    }
    out_.begin(kFeatureListEnds);
    out_.put_items(std::span<const std::uint32_t>(ends));
  }

  template <class Take>
  void for_each_row(const Take& take) {
    if (is_listed_) {
      for (std::size_t number = 0; number < Codebook::kWords; ++number)
        for (const MovedRow& row : list(number)) take(row);
      return;
    }
    for (const Source& source : sources_) {
      rows_.clear();
      source.input->append_reference(source.slot, rows_);
      for (const MovedRow& row : rows_) take(row);
    }
  }

  SegmentWriter& out_;
  std::vector<Input> inputs_;
  std::vector<Source> sources_;  ///< the live references by ascending id
  bool is_listed_ = false;
  std::vector<MovedRow> rows_;
};

}  // namespace

void FeaturePart::write_merged(std::span<const Segment<FeaturePart>> merged, SegmentWriter& out,
                               std::size_t listed_from) {
  Merger(merged, out, listed_from).write();
}

}  // namespace reelprint::index
