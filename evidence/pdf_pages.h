// Pages that fill from top to bottom: what is placed stands in points from the upper left corner of an A4
// sheet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "evidence/pdf_text.h"

namespace reelprint::evidence {

inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.89;
inline constexpr double kMargin = 56;  ///< left and right
inline constexpr double kBodyTop = 74;
inline constexpr double kBodyBottom = 780;
inline constexpr double kBodyWidth = kPageWidth - 2 * kMargin;

struct PlacedLine {
  SetText text;
  std::size_t line = 0;
  double x = 0;
  double y = 0;
};

struct PlacedBox {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  std::uint32_t rgb = 0;
};

struct PlacedPicture {
  std::filesystem::path file;
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  std::string words{};  ///< what it shows, for who cannot see it
};

/// Where a part of the document's structure begins or ends (ISO 32000-1, 14.8.4): "P", "TR". Within a page,
/// parts nest.
struct PlacedTag {
  const char* name = "";
  bool begins = false;
};

using Placed = std::variant<PlacedLine, PlacedBox, PlacedPicture, PlacedTag>;

/// A place that the reader's outline leads to.
struct Bookmark {
  std::string title;
  int level = 1;
  double y = 0;
};

struct Page {
  std::vector<Placed> placed;
  std::vector<Bookmark> bookmarks;
};

/// Fills pages one after the other.
class PageFlow {
 public:
  PageFlow() : pages_(1) {}

  [[nodiscard]] double y() const { return y_; }
  [[nodiscard]] double room() const { return kBodyBottom - y_; }
  [[nodiscard]] bool is_at_top() const { return y_ <= kBodyTop; }
  void new_page();
  /// A new page unless `height` is left, or none would have it.
  void need(double height);
  /// Leaves room, not at the top of a page.
  void skip(double height);
  void advance(double height) { y_ += height; }
  void place(Placed placed) { pages_.back().placed.push_back(std::move(placed)); }
  /// Lines [first, last) below each other from (x, y).
  void place_lines(const SetText& text, std::size_t first, std::size_t last, double x, double y);
  /// A text that may go on on the next page, never with a single line on either if it has four or more.
  void flow(const SetText& text, double x);
  void bookmark(std::string title, int level);
  /// Begins a part of the structure; one that goes over pages is one part a page.
  void open(const char* tag);
  /// Ends the last one; an empty one was never there.
  void close();
  [[nodiscard]] std::vector<Page> take() { return std::move(pages_); }

 private:
  void begin(const char* tag) { place(PlacedTag{tag, true}); }
  void end(const char* tag);

  std::vector<Page> pages_;
  std::vector<const char*> open_;
  double y_ = kBodyTop;
};

/// A part of the structure, open for as long as the object is there.
class Tagged {
 public:
  Tagged(PageFlow& flow, const char* tag) : flow_(flow) { flow_.open(tag); }
  ~Tagged() { flow_.close(); }
  Tagged(const Tagged&) = delete;
  Tagged& operator=(const Tagged&) = delete;

 private:
  PageFlow& flow_;
};

}  // namespace reelprint::evidence
