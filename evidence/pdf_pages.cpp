#include "evidence/pdf_pages.h"

#include <algorithm>
#include <utility>

namespace reelprint::evidence {
namespace {

constexpr double kSlack = 0.01;  ///< points: what rounding may do

}  // namespace

void PageFlow::new_page() {
  for (auto tag = open_.rbegin(); tag != open_.rend(); ++tag) end(*tag);
  pages_.emplace_back();
  y_ = kBodyTop;
  for (const char* tag : open_) begin(tag);
}

void PageFlow::open(const char* tag) {
  open_.push_back(tag);
  begin(tag);
}

void PageFlow::close() {
  end(open_.back());
  open_.pop_back();
}

void PageFlow::end(const char* tag) {
  std::vector<Placed>& placed = pages_.back().placed;
  const auto* last = placed.empty() ? nullptr : std::get_if<PlacedTag>(&placed.back());
  if (last != nullptr && last->begins)
    placed.pop_back();
  else
    place(PlacedTag{tag, false});
}

void PageFlow::need(double height) {
  if (height > room() + kSlack && !is_at_top()) new_page();
}

void PageFlow::skip(double height) {
  if (!is_at_top()) y_ += height;
}

void PageFlow::place_lines(const SetText& text, std::size_t first, std::size_t last, double x, double y) {
  for (std::size_t line = first; line < last; ++line) {
    place(PlacedLine{text, line, x, y});
    y += text.line_height();
  }
}

void PageFlow::flow(const SetText& text, double x) {
  std::size_t first = 0;
  while (first < text.count()) {
    const std::size_t left = text.count() - first;
    auto fitting = static_cast<std::size_t>(std::max(0.0, (room() + kSlack) / text.line_height()));
    const bool is_short = text.count() < 4;
    if (fitting < left) {
      if (is_short) fitting = 0;
      if (left - fitting == 1 && fitting > 2) --fitting;
      if (fitting < 2 && !is_at_top()) {
        new_page();
        continue;
      }
    }
    const std::size_t taken = std::min(left, std::max<std::size_t>(fitting, 1));
    place_lines(text, first, first + taken, x, y_);
    y_ += text.line_height() * static_cast<double>(taken);
    first += taken;
    if (first < text.count()) new_page();
  }
}

void PageFlow::bookmark(std::string title, int level) {
  pages_.back().bookmarks.push_back({std::move(title), level, y_});
}

}  // namespace reelprint::evidence
