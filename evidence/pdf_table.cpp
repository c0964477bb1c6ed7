#include "evidence/pdf_table.h"

#include <algorithm>

namespace reelprint::evidence {
namespace {

constexpr double kPad = 4;                  ///< points about a cell's text
constexpr std::size_t kUnbrokenLines = 14;  ///< a row of more lines may be broken
constexpr std::uint32_t kHeadGround = 0xEEF2F6;
constexpr std::uint32_t kRule = 0xDDE2E8;
constexpr std::uint32_t kHeadRule = 0x9AA5B1;
constexpr std::uint32_t kLabel = 0x5D6673;
constexpr double kTextSize = 8.4;
constexpr double kCodeSize = 7.4;
constexpr double kRowLeading = 11.9;  ///< points: one for all cells of a row, whatever their size

struct Cell {
  SetText text;
  double x = 0;
};
using Row = std::vector<Cell>;

std::size_t lines_of(const Row& row) {
  std::size_t lines = 0;
  for (const Cell& cell : row) lines = std::max(lines, cell.text.count());
  return lines;
}

TextStyle style_of(double size, FontFace face, std::uint32_t rgb = 0x1C2026) {
  return {size, face, rgb, false, kRowLeading / size};
}

/// Places rows, each whole unless it is very tall, and the head again on every page.
class RowFlow {
 public:
  RowFlow(PageFlow& flow, const Row* head) : flow_(flow), head_(head) {}

  void begin() { place_head(); }

  void row(const Row& row) {
    const std::size_t count = lines_of(row);
    std::size_t first = 0;
    while (first < count) {
      const auto fitting = static_cast<std::size_t>(std::max(0.0, (flow_.room() - 2 * kPad) / kRowLeading));
      const bool must_break = fitting < count - first;
      if (must_break && !is_fresh_ && (fitting < 3 || (first == 0 && count <= kUnbrokenLines))) {
        next_page();
        continue;
      }
      const std::size_t taken = std::min(count - first, std::max<std::size_t>(fitting, 1));
      place(row, first, first + taken);
      first += taken;
      if (first < count) next_page();
    }
  }

 private:
  void next_page() {
    flow_.new_page();
    place_head();
    is_fresh_ = true;
  }

  void place_head() {
    if (head_ == nullptr) return;
    const double height = kRowLeading * static_cast<double>(lines_of(*head_)) + 2 * kPad;
    flow_.place(PlacedBox{kMargin, flow_.y(), kBodyWidth, height, kHeadGround});
    {
      const Tagged line(flow_, "TR");
      for (const Cell& cell : *head_) {
        const Tagged tagged(flow_, "TH");
        flow_.place_lines(cell.text, 0, cell.text.count(), cell.x, flow_.y() + kPad);
      }
    }
    flow_.advance(height);
    flow_.place(PlacedBox{kMargin, flow_.y() - 0.8, kBodyWidth, 0.8, kHeadRule});
  }

  void place(const Row& row, std::size_t first, std::size_t last) {
    {
      const Tagged line(flow_, "TR");
      for (const Cell& cell : row) {
        const Tagged tagged(flow_, head_ == nullptr && &cell == &row.front() ? "TH" : "TD");
        flow_.place_lines(cell.text, first, std::min(last, cell.text.count()), cell.x, flow_.y() + kPad);
      }
    }
    flow_.advance(kRowLeading * static_cast<double>(last - first) + 2 * kPad);
    flow_.place(PlacedBox{kMargin, flow_.y() - 0.5, kBodyWidth, 0.5, kRule});
    is_fresh_ = false;
  }

  PageFlow& flow_;
  const Row* head_;
  bool is_fresh_ = false;  ///< nothing but the head stands on this page
};

struct Slot {
  double x = 0;
  double width = 0;
};

std::vector<Slot> slots_of(const std::vector<Column>& columns) {
  double all = 0;
  for (const Column& column : columns) all += column.share;
  std::vector<Slot> slots;
  double x = kMargin;
  for (const Column& column : columns) {
    const double width = kBodyWidth * column.share / all;
    slots.push_back({x + kPad, width - 2 * kPad});
    x += width;
  }
  return slots;
}

Row set_row(const TextSetter& setter, const Table& table, const std::vector<Slot>& slots,
            const std::vector<std::string>& texts) {
  Row row;
  for (std::size_t i = 0; i < std::min(texts.size(), slots.size()); ++i) {
    const ColumnKind kind = table.columns[i].kind;
    TextStyle style = kind == ColumnKind::code ? style_of(kCodeSize, FontFace::fixed)
                                               : style_of(kTextSize, FontFace::plain);
    style.is_right = kind == ColumnKind::number;
    row.push_back({setter.set(texts[i], style, slots[i].width), slots[i].x});
  }
  return row;
}

}  // namespace

void flow_table(PageFlow& flow, const TextSetter& setter, const Table& table) {
  if (table.columns.empty()) return;
  const std::vector<Slot> slots = slots_of(table.columns);
  Row head;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    TextStyle style = style_of(kTextSize, FontFace::bold);
    style.is_right = table.columns[i].kind == ColumnKind::number;
    head.push_back({setter.set(table.columns[i].head, style, slots[i].width), slots[i].x});
  }
  flow.skip(4);
  flow.need(kLeastTableHeight);
  const Tagged tagged(flow, "Table");
  RowFlow rows(flow, &head);
  rows.begin();
  for (const auto& texts : table.rows) rows.row(set_row(setter, table, slots, texts));
  flow.skip(8);
}

void flow_facts(PageFlow& flow, const TextSetter& setter, const Facts& facts) {
  constexpr double kLabelWidth = kBodyWidth * 0.27;
  flow.skip(4);
  flow.need(kLeastTableHeight / 2);
  const Tagged tagged(flow, "Table");
  RowFlow rows(flow, nullptr);
  rows.begin();
  for (const Fact& fact : facts.facts) {
    const TextStyle style =
        fact.is_code ? style_of(kCodeSize, FontFace::fixed) : style_of(kTextSize, FontFace::plain);
    rows.row(
        {{setter.set(fact.label, style_of(kTextSize, FontFace::plain, kLabel), kLabelWidth - 2 * kPad),
          kMargin + kPad},
         {setter.set(fact.value, style, kBodyWidth - kLabelWidth - 2 * kPad), kMargin + kLabelWidth + kPad}});
  }
  flow.skip(8);
}

}  // namespace reelprint::evidence
