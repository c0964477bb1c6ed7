#include "evidence/report_pdf.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

#include "core/error.h"
#include "evidence/pdf_blocks.h"
#include "evidence/pdf_completion.h"
#include "evidence/pdf_text_lines.h"
#include "evidence/report_png.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostBytes = 512U << 20;
constexpr TextStyle kEdge{7.8, FontFace::plain, 0x5D6673, false, 1.4};

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;
struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Cairo = std::unique_ptr<cairo_t, DestroyCairo>;

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int length) {
  auto& bytes = *static_cast<std::vector<std::byte>*>(closure);
  if (bytes.size() + length > kMostBytes) return CAIRO_STATUS_WRITE_ERROR;
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  bytes.insert(bytes.end(), begin, begin + length);
  return CAIRO_STATUS_SUCCESS;
}

struct Reading {
  const std::vector<std::byte>& bytes;
  std::size_t at = 0;
};

cairo_status_t read_bytes(void* closure, unsigned char* data, unsigned int length) {
  auto& reading = *static_cast<Reading*>(closure);
  if (length > reading.bytes.size() - reading.at) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, reading.bytes.data() + reading.at, length);
  reading.at += length;
  return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status, ErrorCode code, const std::string& attempt) {
  if (status != CAIRO_STATUS_SUCCESS) throw Error(code, attempt + ": " + cairo_status_to_string(status));
}

Surface picture_of(const std::filesystem::path& file) {
  const PngFile png = read_png_file(file);
  Reading reading{png.bytes};
  Surface picture(cairo_image_surface_create_from_png_stream(read_bytes, &reading));
  require(cairo_surface_status(picture.get()), ErrorCode::invalid_input,
          "read picture '" + file.string() + "'");
  return picture;
}

/// Draws what was placed, page by page. A picture that is shown twice is embedded once.
class PageDrawer {
 public:
  explicit PageDrawer(cairo_t* cairo) : cairo_(cairo) {}

  void operator()(const PlacedLine& line) { draw_line(cairo_, line.text, line.line, line.x, line.y); }

  void operator()(const PlacedBox& box) {
    const auto part = [&](int shift) { return static_cast<double>(box.rgb >> shift & 0xFF) / 255; };
    cairo_set_source_rgb(cairo_, part(16), part(8), part(0));
    cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
    cairo_fill(cairo_);
  }

  void operator()(const PlacedPicture& placed) {
    Surface& picture = pictures_[placed.file];
    if (!picture) picture = picture_of(placed.file);
    cairo_save(cairo_);
    cairo_translate(cairo_, placed.x, placed.y);
    cairo_scale(cairo_, placed.width / cairo_image_surface_get_width(picture.get()),
                placed.height / cairo_image_surface_get_height(picture.get()));
    cairo_set_source_surface(cairo_, picture.get(), 0, 0);
    cairo_paint(cairo_);
    cairo_restore(cairo_);
  }

  void operator()(const PlacedTag& tag) {
    if (tag.begins)
      cairo_tag_begin(cairo_, tag.name, nullptr);
    else
      cairo_tag_end(cairo_, tag.name);
  }

 private:
  cairo_t* cairo_;
  std::map<std::filesystem::path, Surface> pictures_;
};

std::string page_line(std::string text, std::size_t page, std::size_t pages) {
  const auto put = [&](std::string_view mark, std::size_t number) {
    if (const std::size_t at = text.find(mark); at != std::string::npos)
      text.replace(at, mark.size(), std::to_string(number));
  };
  put("{1}", page);
  put("{2}", pages);
  return text;
}

/// Running head and foot.
void place_edges(std::vector<Page>& pages, const Report& report, const TextSetter& setter) {
  constexpr double kHalf = kBodyWidth / 2 - 6;
  TextStyle right = kEdge;
  right.is_right = true;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const auto place = [&](const std::string& text, const TextStyle& style, double x, double y) {
      pages[i].placed.emplace_back(PlacedLine{setter.set(visible_line(text, 90), style, kHalf), 0, x, y});
    };
    place(report.running_head, kEdge, kMargin, 34);
    place(report.made_line, right, kMargin + kHalf + 12, 34);
    pages[i].placed.emplace_back(PlacedBox{kMargin, 49, kBodyWidth, 0.5, 0xC3CBD5});
    place(report.tool_line, kEdge, kMargin, 799);
    place(page_line(report.page_line, i + 1, pages.size()), right, kMargin + kHalf + 12, 799);
  }
}

void set_metadata(cairo_surface_t* surface, const Report& report) {
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  const std::string made = to_rfc3339(report.made_at);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                 visible_line(report.title + " · " + report.subtitle, 200).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                 visible_line(report.author, 200).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                 visible_line(report.subtitle, 200).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, report.tool_line.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, made.c_str());
}

/// The reader's outline. Entries hang on the last one of a higher level.
void add_outline(cairo_surface_t* surface, const std::vector<Page>& pages) {
  int parents[4] = {CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT,
                    CAIRO_PDF_OUTLINE_ROOT};
  for (std::size_t i = 0; i < pages.size(); ++i) {
    for (const Bookmark& mark : pages[i].bookmarks) {
      const auto level = static_cast<std::size_t>(std::clamp(mark.level, 1, 3));
      const std::string where =
          "page=" + std::to_string(i + 1) + " pos=[0 " + std::to_string(static_cast<int>(mark.y)) + "]";
      const int entry = cairo_pdf_surface_add_outline(
          surface, parents[level - 1], visible_line(mark.title, 200).c_str(), where.c_str(),
          level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : static_cast<cairo_pdf_outline_flags_t>(0));
      for (std::size_t below = level; below < 4; ++below) parents[below] = entry;
    }
  }
}

std::vector<std::string> words_of_pictures(const std::vector<Page>& pages) {
  std::vector<std::string> words;
  for (const Page& page : pages) {
    for (const Placed& placed : page.placed)
      if (const auto* picture = std::get_if<PlacedPicture>(&placed)) words.push_back(picture->words);
  }
  return words;
}

}  // namespace

std::vector<std::byte> pdf_of(const Report& report) {
  const TextSetter setter(report.language);
  std::vector<Page> pages = lay_out(report, setter);
  place_edges(pages, report, setter);
  std::vector<std::byte> bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(append_bytes, &bytes, kPageWidth, kPageHeight));
  set_metadata(surface.get(), report);
  {
    const Cairo cairo(cairo_create(surface.get()));
    PageDrawer drawer(cairo.get());
    for (const Page& page : pages) {
      for (const Placed& placed : page.placed) std::visit(drawer, placed);
      cairo_show_page(cairo.get());
    }
    add_outline(surface.get(), pages);
    require(cairo_status(cairo.get()), ErrorCode::io, "draw the report");
  }
  cairo_surface_finish(surface.get());
  require(cairo_surface_status(surface.get()), ErrorCode::io, "write the report as PDF");
  complete_pdf(bytes, report.language == ReportLanguage::zh ? "zh-CN" : "en", words_of_pictures(pages));
  return bytes;
}

}  // namespace reelprint::evidence
