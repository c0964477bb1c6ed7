#include "evidence/pdf_text.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "evidence/pdf_text_lines.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr double kAscent = 0.88;  ///< of the size: how far the base of a line's letters is below their top

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

const char* family_of(FontFace face) {
  return face == FontFace::fixed ? "Noto Sans Mono CJK SC,DejaVu Sans Mono,monospace"
                                 : "Noto Sans CJK SC,Noto Sans,DejaVu Sans,sans-serif";
}

void set_font(PangoLayout* layout, const TextStyle& style) {
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, family_of(style.face));
  pango_font_description_set_weight(font,
                                    style.face == FontFace::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size(font, static_cast<int>(style.size_pt * PANGO_SCALE));
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
}

/// Makes quotation marks as wide as they are, and nothing else: brackets of licence numbers stay as they
/// were.
void add_narrow_quotes(PangoAttrList* attributes, std::string_view text) {
  for (const std::string_view mark : {"“", "”", "‘", "’"}) {
    for (std::size_t at = text.find(mark); at != std::string_view::npos;
         at = text.find(mark, at + mark.size())) {
      PangoAttribute* narrow = pango_attr_font_features_new("palt, pwid");
      narrow->start_index = static_cast<guint>(at);
      narrow->end_index = static_cast<guint>(at + mark.size());
      pango_attr_list_insert(attributes, narrow);
    }
  }
}

/// Whether a character is seen as such by nobody: joiners and variation selectors.
bool is_invisible(gunichar c) {
  return c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
}

/// The text with "⟨U+1F3AC⟩" for each character that no font has.
std::string with_codes(const std::string& text, PangoLayout* layout) {
  PangoContext* context = pango_layout_get_context(layout);
  const Owned<PangoFontset> fonts(pango_context_load_fontset(
      context, pango_layout_get_font_description(layout), pango_context_get_language(context)));
  std::string result;
  for (const char* at = text.data(); *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    const auto bytes = static_cast<std::size_t>(g_utf8_next_char(at) - at);
    bool is_there = c < 0x80 || is_invisible(c);
    if (!is_there) {
      const Owned<PangoFont> font(pango_fontset_get_font(fonts.get(), c));
      is_there = font && pango_font_has_char(font.get(), c) != 0;
    }
    std::array<char, 24> code{};
    std::snprintf(code.data(), code.size(), "⟨U+%04X⟩", static_cast<unsigned>(c));
    result += is_there ? std::string(at, bytes) : std::string(code.data());
  }
  return result;
}

/// On paper a glyph stands where its outline says, not where a screen's pixels are.
void set_for_paper(PangoContext* context) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, FALSE);
}

}  // namespace

struct SetText::Lines {
  Owned<PangoLayout> layout;
};

struct TextSetter::Context {
  Owned<PangoFontMap> fonts;
  Owned<PangoContext> pango;
  bool has_wide_quotes = false;  ///< Chinese sets “” as wide as a character, English does not
};

SetText::SetText(std::shared_ptr<const Lines> lines, TextStyle style, std::size_t count)
    : lines_(std::move(lines)), style_(style), count_(count) {}

TextSetter::TextSetter(ReportLanguage language) : context_(std::make_unique<Context>()) {
  context_->fonts.reset(pango_cairo_font_map_new());
  context_->pango.reset(pango_font_map_create_context(context_->fonts.get()));
  set_for_paper(context_->pango.get());
  pango_context_set_language(context_->pango.get(),
                             pango_language_from_string(language == ReportLanguage::zh ? "zh-cn" : "en"));
  pango_context_set_base_dir(context_->pango.get(), PANGO_DIRECTION_LTR);
  context_->has_wide_quotes = language == ReportLanguage::zh;
}

TextSetter::~TextSetter() = default;

SetText TextSetter::set(std::string_view text, const TextStyle& style, double width_pt) const {
  std::string shown = visible_text(text);
  Owned<PangoLayout> layout(pango_layout_new(context_->pango.get()));
  set_font(layout.get(), style);
  pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) shown = with_codes(shown, layout.get());
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes,
                         pango_attr_insert_hyphens_new(FALSE));  // they would become part of a URL
  if (!context_->has_wide_quotes && style.face != FontFace::fixed) add_narrow_quotes(attributes, shown);
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout.get(), static_cast<int>(std::max(width_pt, 1.0) * PANGO_SCALE));
  if (style.is_right) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
  const auto count = static_cast<std::size_t>(std::max(pango_layout_get_line_count(layout.get()), 1));
  return {std::make_shared<const SetText::Lines>(SetText::Lines{std::move(layout)}), style, count};
}

void draw_line(cairo_t* cairo, const SetText& text, std::size_t line, double x, double y) {
  PangoLayout* layout = text.lines().layout.get();
  PangoLayoutLine* pango_line = pango_layout_get_line_readonly(layout, static_cast<int>(line));
  if (pango_line == nullptr) return;
  const TextStyle& style = text.style();
  if (style.is_right) {
    PangoRectangle extents;
    pango_layout_line_get_extents(pango_line, nullptr, &extents);
    x += static_cast<double>(pango_layout_get_width(layout) - extents.width) / PANGO_SCALE;
  }
  const auto part = [&](int shift) { return static_cast<double>(style.rgb >> shift & 0xFF) / 255; };
  cairo_set_source_rgb(cairo, part(16), part(8), part(0));
  const double above = (text.line_height() - style.size_pt) / 2;
  cairo_move_to(cairo, x, y + above + kAscent * style.size_pt);
  pango_cairo_show_layout_line(cairo, pango_line);
}

}  // namespace reelprint::evidence
