#include "evidence/report_html.h"

#include <span>
#include <string_view>

#include "evidence/report_png.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light;--ink:#1c2026;--grey:#5d6673;--pale:#e2e6eb;--tint:#f4f6f9;--blue:#1f5f9f;--amber:#b35c00}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.55 "Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
html[lang=en] body{font-family:"Noto Sans","Source Sans 3",system-ui,"Segoe UI","DejaVu Sans","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem;overflow-wrap:anywhere}
header h1{font-size:2rem;line-height:1.2;margin:0}
header p{margin:.3rem 0 0;color:var(--grey)}
header{border-bottom:3px solid var(--blue);padding-bottom:1rem;margin-bottom:1.5rem}
h2{font-size:1.45rem;margin:2.8rem 0 .8rem;padding-bottom:.3rem;border-bottom:1px solid var(--pale);color:var(--blue)}
h3{font-size:1.15rem;margin:2rem 0 .6rem}
h4{font-size:1rem;margin:1.6rem 0 .5rem}
p{margin:.5rem 0}
p.lead{font-weight:600;margin-top:1.2rem}
p.note{color:var(--grey);font-size:.88rem}
ul{margin:.4rem 0;padding-left:1.3rem}
li{margin:.25rem 0}
pre,.code{font-family:"Noto Sans Mono","Noto Sans Mono CJK SC",ui-monospace,Menlo,Consolas,monospace;font-size:.8rem;line-height:1.45}
pre{background:var(--tint);border:1px solid var(--pale);padding:.7rem .9rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.86rem}
th,td{text-align:left;vertical-align:top;padding:.38rem .55rem;border-bottom:1px solid var(--pale)}
thead th{background:var(--tint);border-bottom:2px solid var(--pale);font-weight:600}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
table.facts th{width:28%;font-weight:400;color:var(--grey)}
td.pre{white-space:pre-line}
.wide{overflow-x:auto}
.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1rem 0}
.tile{flex:1 1 10rem;background:var(--tint);border-top:3px solid var(--blue);padding:.8rem 1rem}
.tile b{display:block;font-size:1.35rem;line-height:1.3}
.tile span{color:var(--grey);font-size:.85rem}
.box{border-left:4px solid var(--blue);background:var(--tint);padding:.7rem 1.1rem;margin:1rem 0}
.box.warning{border-color:var(--amber);background:#fdf6ec}
.box h3{margin:.1rem 0 .4rem;font-size:1.05rem}
figure{margin:1.2rem 0;break-inside:avoid}
figure img{width:auto;height:auto;max-width:100%;max-height:34rem;border:1px solid var(--pale);display:block}
figcaption{color:var(--grey);font-size:.85rem;margin-top:.35rem}
footer{margin-top:3rem;border-top:1px solid var(--pale);padding-top:.8rem;color:var(--grey);font-size:.85rem}
@media print{@page{size:A4;margin:18mm 16mm}body{font-size:10pt}main{max-width:none;padding:0}h2,h3,h4,p.lead{break-after:avoid}section.page{break-before:page}tr,.box,.tile{break-inside:avoid}thead{display:table-header-group}}
)css";

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : visible_text(text)) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html += c;
    }
  }
  return html;
}

std::string base64(std::span<const std::byte> bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i + j]) : 0);
    for (std::size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63];
  }
  return text;
}

std::string_view class_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::number: return " class=\"number\"";
    case ColumnKind::code: return " class=\"code\"";
    case ColumnKind::text: return "";
  }
  return "";
}

/// Writes blocks; bullets that follow each other are one list.
class HtmlWriter {
 public:
  explicit HtmlWriter(std::string& html) : html_(html) {}

  void operator()(const Paragraph& paragraph) {
    const bool is_item = paragraph.kind == ParagraphKind::item;
    set_list(is_item);
    switch (paragraph.kind) {
      case ParagraphKind::plain: html_ += "<p>" + escaped(paragraph.text) + "</p>\n"; break;
      case ParagraphKind::lead: html_ += "<p class=\"lead\">" + escaped(paragraph.text) + "</p>\n"; break;
      case ParagraphKind::item: html_ += "<li>" + escaped(paragraph.text) + "</li>\n"; break;
      case ParagraphKind::note: html_ += "<p class=\"note\">" + escaped(paragraph.text) + "</p>\n"; break;
      case ParagraphKind::code: html_ += "<pre dir=\"ltr\">" + escaped(paragraph.text) + "</pre>\n"; break;
    }
  }

  void operator()(const Facts& facts) {
    set_list(false);
    html_ += "<table class=\"facts\"><tbody>\n";
    for (const Fact& fact : facts.facts) {
      html_ += "<tr><th scope=\"row\"><bdi>" + escaped(fact.label) + "</bdi></th><td class=\"";
      html_ += fact.is_code ? "code" : "pre";
      html_ += "\"><bdi>" + escaped(fact.value) + "</bdi></td></tr>\n";
    }
    html_ += "</tbody></table>\n";
  }

  void operator()(const Table& table) {
    set_list(false);
    html_ += "<div class=\"wide\"><table><thead><tr>";
    for (const Column& column : table.columns) {
      html_ += "<th scope=\"col\"";
      if (column.kind == ColumnKind::number) html_ += " class=\"number\"";
      html_ += ">" + escaped(column.head) + "</th>";
    }
    html_ += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
      html_ += "<tr>";
      for (std::size_t i = 0; i < row.size() && i < table.columns.size(); ++i) {
        html_ += "<td";
        html_ += class_of(table.columns[i].kind);
        html_ += "><bdi>" + escaped(row[i]) + "</bdi></td>";
      }
      html_ += "</tr>\n";
    }
    html_ += "</tbody></table></div>\n";
  }

  void operator()(const Picture& picture) {
    set_list(false);
    const PngFile png = read_png_file(picture.file);
    const std::string caption = escaped(picture.caption);
    html_ += "<figure><img alt=\"" + caption + "\" width=\"" + std::to_string(png.width) + "\" height=\"" +
             std::to_string(png.height) + "\" src=\"data:image/png;base64," + base64(png.bytes) +
             "\"><figcaption>" + caption + "</figcaption></figure>\n";
  }

  void operator()(const Tiles& tiles) {
    set_list(false);
    html_ += "<div class=\"tiles\">";
    for (const Tile& tile : tiles.tiles) {
      html_ += "<div class=\"tile\"><b>" + escaped(tile.figure) + "</b><span>" + escaped(tile.label) +
               "</span></div>";
    }
    html_ += "</div>\n";
  }

  void operator()(const Box& box) {
    set_list(false);
    html_ += box.is_warning ? "<div class=\"box warning\"><h3>" : "<div class=\"box\"><h3>";
    html_ += escaped(box.title) + "</h3>\n";
    if (box.is_warning) html_ += "<ul>\n";
    for (const std::string& text : box.texts)
      html_ += box.is_warning ? "<li>" + escaped(text) + "</li>\n" : "<p>" + escaped(text) + "</p>\n";
    html_ += box.is_warning ? "</ul></div>\n" : "</div>\n";
  }

  void end() { set_list(false); }

 private:
  void set_list(bool is_open) {
    if (is_open == is_list_open_) return;
    html_ += is_open ? "<ul>\n" : "</ul>\n";
    is_list_open_ = is_open;
  }

  std::string& html_;
  bool is_list_open_ = false;
};

void write_section(std::string& html, const Section& section) {
  const std::string level = section.level <= 1 ? "2" : section.level == 2 ? "3" : "4";
  html += section.starts_page ? "<section class=\"page\">" : "<section>";
  html += "<h" + level + ">" + escaped(section.title) + "</h" + level + ">\n";
  HtmlWriter writer(html);
  for (const Block& block : section.blocks) std::visit(writer, block);
  writer.end();
  html += "</section>\n";
}

}  // namespace

std::string html_of(const Report& report) {
  const std::string_view language = report.language == ReportLanguage::zh ? "zh-CN" : "en";
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"" + std::string(language) + "\">\n<head>\n<meta charset=\"utf-8\">\n";
  html +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<meta name=\"referrer\" content=\"no-referrer\">\n";
  html += "<title>" + escaped(report.title + " · " + report.subtitle) + "</title>\n<style>";
  html += kStyle;
  html += "</style>\n</head>\n<body>\n<main>\n<header><h1>" + escaped(report.title) + "</h1>\n<p>" +
          escaped(report.subtitle) + "</p>\n<p>" + escaped(report.made_line) + "</p></header>\n";
  for (const Section& section : report.sections) write_section(html, section);
  html += "<footer>" + escaped(report.running_head + " · " + report.made_line + " · " + report.tool_line) +
          "</footer>\n</main>\n</body>\n</html>\n";
  return html;
}

}  // namespace reelprint::evidence
