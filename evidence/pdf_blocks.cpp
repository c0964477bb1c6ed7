#include "evidence/pdf_blocks.h"

#include <algorithm>
#include <map>

#include "evidence/pdf_table.h"
#include "evidence/report_png.h"

namespace reelprint::evidence {
namespace {

constexpr std::uint32_t kInk = 0x1C2026;
constexpr std::uint32_t kGrey = 0x5D6673;
constexpr std::uint32_t kBlue = 0x1F5F9F;
constexpr std::uint32_t kAmber = 0xB35C00;
constexpr std::uint32_t kTint = 0xF4F6F9;
constexpr std::uint32_t kAmberTint = 0xFDF6EC;
constexpr double kMostPictureHeight = 300;
constexpr double kLeastPictureHeight = 200;

struct Size {
  double width = 0;
  double height = 0;
};

/// Whether a block says what the next one is, and is lost without it.
bool leads(const Block& block) {
  const auto* paragraph = std::get_if<Paragraph>(&block);
  return paragraph != nullptr &&
         (paragraph->kind == ParagraphKind::lead || paragraph->kind == ParagraphKind::note);
}

class Layouter {
 public:
  Layouter(PageFlow& flow, const TextSetter& setter) : flow_(flow), setter_(setter) {}

  void front(const Report& report);
  void section(const Section& section);

  void operator()(const Paragraph& paragraph);
  void operator()(const Facts& facts) { flow_facts(flow_, setter_, facts); }
  void operator()(const Table& table) { flow_table(flow_, setter_, table); }
  void operator()(const Picture& picture);
  void operator()(const Tiles& tiles);
  void operator()(const Box& box);

 private:
  [[nodiscard]] SetText set(const std::string& text, const TextStyle& style,
                            double width = kBodyWidth) const {
    return setter_.set(text, style, width);
  }
  void flow(const SetText& text, double x, const char* tag) {
    const Tagged tagged(flow_, tag);
    flow_.flow(text, x);
  }
  /// With a bullet before it.
  void item(const SetText& text, double x, double indent, std::uint32_t rgb);
  void code(const std::string& text);
  [[nodiscard]] Size size_of(const Picture& picture, double most_height);
  [[nodiscard]] double least_height(const Block& block);
  /// The same for a block and what must not be parted from it.
  [[nodiscard]] double least_height_from(const std::vector<Block>& blocks, std::size_t first);

  PageFlow& flow_;
  const TextSetter& setter_;
};

void Layouter::front(const Report& report) {
  flow(set(report.title, {23, FontFace::bold, kInk, false, 1.25}), kMargin, "H1");
  flow_.advance(3);
  flow(set(report.subtitle, {11.5, FontFace::plain, kGrey, false, 1.35}), kMargin, "P");
  flow_.advance(9);
  flow_.place(PlacedBox{kMargin, flow_.y(), kBodyWidth, 2.2, kBlue});
  flow_.advance(14);
}

double Layouter::least_height(const Block& block) {
  if (const auto* picture = std::get_if<Picture>(&block))
    return size_of(*picture, kLeastPictureHeight).height + 40;
  if (std::holds_alternative<Table>(block)) return kLeastTableHeight;
  return 48;
}

void Layouter::section(const Section& section) {
  const bool is_chapter = section.level <= 1;
  if (section.starts_page && !flow_.is_at_top()) flow_.new_page();
  const double size = is_chapter ? 16 : section.level == 2 ? 12.5 : 10.5;
  const SetText title = set(section.title, {size, FontFace::bold, is_chapter ? kBlue : kInk, false, 1.32});
  const double before = is_chapter ? 22 : section.level == 2 ? 15 : 12;
  const double behind = section.blocks.empty() ? 60 : least_height_from(section.blocks, 0);
  flow_.need(before + title.height() + behind);
  flow_.skip(before);
  flow_.bookmark(section.title, section.level);
  flow(title, kMargin, is_chapter ? "H2" : section.level == 2 ? "H3" : "H4");
  flow_.advance(is_chapter ? 5 : 2);
  for (std::size_t i = 0; i < section.blocks.size(); ++i) {
    if (leads(section.blocks[i])) flow_.need(least_height_from(section.blocks, i));
    std::visit(*this, section.blocks[i]);
  }
}

double Layouter::least_height_from(const std::vector<Block>& blocks, std::size_t first) {
  constexpr double kLeadingLine = 24;
  double height = 0;
  for (std::size_t i = first; i < blocks.size(); ++i) {
    if (!leads(blocks[i])) return height + least_height(blocks[i]);
    height += kLeadingLine;
  }
  return height;
}

void Layouter::operator()(const Paragraph& paragraph) {
  switch (paragraph.kind) {
    case ParagraphKind::plain: flow(set(paragraph.text, {9.5}), kMargin, "P"); break;
    case ParagraphKind::lead:
      flow_.skip(6);
      flow(set(paragraph.text, {9.8, FontFace::bold}), kMargin, "P");
      break;
    case ParagraphKind::item: {
      constexpr double kIndent = 12;
      const SetText text = set(paragraph.text, {9.5}, kBodyWidth - kIndent);
      flow_.need(std::min(text.height(), 3 * text.line_height()));
      item(text, kMargin + 2, kIndent - 2, kBlue);
      break;
    }
    case ParagraphKind::note: flow(set(paragraph.text, {8.4, FontFace::plain, kGrey}), kMargin, "P"); break;
    case ParagraphKind::code: code(paragraph.text); break;
  }
  flow_.skip(4);
}

void Layouter::item(const SetText& text, double x, double indent, std::uint32_t rgb) {
  const Tagged list(flow_, "L");
  const Tagged entry(flow_, "LI");
  {
    const Tagged label(flow_, "Lbl");
    flow_.place(PlacedLine{set("•", {text.style().size_pt, FontFace::plain, rgb}), 0, x, flow_.y()});
  }
  flow(text, x + indent, "LBody");
}

void Layouter::code(const std::string& text) {
  constexpr double kIndent = 9;
  const Tagged tagged(flow_, "Code");
  const SetText lines = set(text, {7.4, FontFace::fixed, kInk, false, 1.5}, kBodyWidth - 2 * kIndent);
  for (std::size_t first = 0; first < lines.count();) {
    const auto fitting = static_cast<std::size_t>(std::max(0.0, (flow_.room() - 8) / lines.line_height()));
    if (fitting < std::min<std::size_t>(3, lines.count() - first) && !flow_.is_at_top()) {
      flow_.new_page();
      continue;
    }
    const std::size_t taken = std::min(lines.count() - first, std::max<std::size_t>(fitting, 1));
    const double height = lines.line_height() * static_cast<double>(taken) + 8;
    flow_.place(PlacedBox{kMargin, flow_.y(), kBodyWidth, height, kTint});
    flow_.place(PlacedBox{kMargin, flow_.y(), 2, height, 0xC3CBD5});
    flow_.place_lines(lines, first, first + taken, kMargin + kIndent, flow_.y() + 4);
    flow_.advance(height);
    first += taken;
  }
}

Size Layouter::size_of(const Picture& picture, double most_height) {
  const PngFile png = read_png_file(picture.file);
  const double scale = std::min({kBodyWidth / png.width, most_height / png.height, 1.0});
  return {png.width * scale, png.height * scale};
}

void Layouter::operator()(const Picture& picture) {
  const SetText caption = set(picture.caption, {8.2, FontFace::plain, kGrey});
  double most = kMostPictureHeight;
  const double room = flow_.room() - caption.height() - 16;
  if (room < most && room >= kLeastPictureHeight) most = room;
  const Size size = size_of(picture, most);
  flow_.need(size.height + caption.height() + 14);
  flow_.skip(6);
  constexpr double kFrame = 0.6;
  flow_.place(PlacedBox{kMargin - kFrame, flow_.y() - kFrame, size.width + 2 * kFrame,
                        size.height + 2 * kFrame, 0xC3CBD5});
  {
    const Tagged figure(flow_, "Figure");
    flow_.place(PlacedPicture{picture.file, kMargin, flow_.y(), size.width, size.height, picture.caption});
  }
  flow_.advance(size.height + 4);
  flow(caption, kMargin, "Caption");
  flow_.advance(6);
}

void Layouter::operator()(const Tiles& tiles) {
  if (tiles.tiles.empty()) return;
  constexpr double kGap = 8;
  constexpr double kPad = 9;
  const auto count = static_cast<double>(tiles.tiles.size());
  const double width = (kBodyWidth - kGap * (count - 1)) / count;
  std::vector<std::pair<SetText, SetText>> texts;
  double height = 0;
  for (const Tile& tile : tiles.tiles) {
    texts.emplace_back(set(tile.figure, {13, FontFace::bold, kInk, false, 1.3}, width - 2 * kPad),
                       set(tile.label, {7.8, FontFace::plain, kGrey, false, 1.4}, width - 2 * kPad));
    height = std::max(height, texts.back().first.height() + texts.back().second.height() + 2 * kPad);
  }
  flow_.need(height + 12);
  double x = kMargin;
  for (const auto& [figure, label] : texts) {
    flow_.place(PlacedBox{x, flow_.y(), width, height, kTint});
    flow_.place(PlacedBox{x, flow_.y(), width, 2, kBlue});
    const Tagged tagged(flow_, "P");
    flow_.place_lines(figure, 0, figure.count(), x + kPad, flow_.y() + kPad);
    flow_.place_lines(label, 0, label.count(), x + kPad, flow_.y() + kPad + figure.height());
    x += width + kGap;
  }
  flow_.advance(height + 10);
}

void Layouter::operator()(const Box& box) {
  constexpr double kPad = 10;
  const double width = kBodyWidth - 2 * kPad - 4;
  const double indent = box.is_warning ? 10 : 0;
  const SetText title = set(box.title, {10.5, FontFace::bold}, width);
  std::vector<SetText> texts;
  double height = title.height() + 2 * kPad;
  for (const std::string& text : box.texts) {
    texts.push_back(set(text, {box.is_warning ? 8.8 : 9.5}, width - indent));
    height += texts.back().height() + 3;
  }
  flow_.need(std::min(height, kBodyBottom - kBodyTop) + 8);
  const double shown = std::min(height, flow_.room());
  flow_.place(PlacedBox{kMargin, flow_.y(), kBodyWidth, shown, box.is_warning ? kAmberTint : kTint});
  flow_.place(PlacedBox{kMargin, flow_.y(), 3, shown, box.is_warning ? kAmber : kBlue});
  flow_.advance(kPad);
  flow(title, kMargin + kPad + 4, "H3");
  for (const SetText& text : texts) {
    flow_.advance(3);
    if (box.is_warning)
      item(text, kMargin + kPad + 4, indent, kAmber);
    else
      flow(text, kMargin + kPad + 4, "P");
  }
  flow_.advance(kPad + 8);
}

}  // namespace

std::vector<Page> lay_out(const Report& report, const TextSetter& setter) {
  PageFlow flow;
  Layouter layouter(flow, setter);
  layouter.front(report);
  for (const Section& section : report.sections) layouter.section(section);
  return flow.take();
}

}  // namespace reelprint::evidence
