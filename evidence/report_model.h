// What a report says, before anybody lays it out: sections of blocks, in one language.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "evidence/report.h"

namespace reelprint::evidence {

/// Texts of the model may hold anything that a page or a client said; who draws them passes each through
/// visible_text() and escapes it.
enum class ParagraphKind : std::uint8_t {
  plain,
  lead,  ///< larger: what to read first
  item,  ///< with a bullet
  note,  ///< smaller and paler
  code,  ///< fixed width, line breaks kept
};

struct Paragraph {
  std::string text{};
  ParagraphKind kind = ParagraphKind::plain;
};

struct Fact {
  std::string label{};
  std::string value{};
  bool is_code = false;  ///< a digest, an address, a URL: fixed width
};

/// Labels and what they have, row by row.
struct Facts {
  std::vector<Fact> facts{};
};

enum class ColumnKind : std::uint8_t { text, number, code };

struct Column {
  std::string head{};
  double share = 1;  ///< of the width, against the other columns'
  ColumnKind kind = ColumnKind::text;
};

/// Each row has one text a column.
struct Table {
  std::vector<Column> columns{};
  std::vector<std::vector<std::string>> rows{};
};

struct Picture {
  std::filesystem::path file{};  ///< a PNG
  std::string caption{};
};

/// A figure to be seen at once, and what it is.
struct Tile {
  std::string figure{};
  std::string label{};
};

struct Tiles {
  std::vector<Tile> tiles{};
};

/// A titled paragraph that stands out.
struct Box {
  std::string title{};
  std::vector<std::string> texts{};
  bool is_warning = false;
};

using Block = std::variant<Paragraph, Facts, Table, Picture, Tiles, Box>;

struct Section {
  std::string title{};
  int level = 1;  ///< 1: a chapter; 2, 3: within it
  std::vector<Block> blocks{};
  bool starts_page = false;
};

struct Report {
  ReportLanguage language = ReportLanguage::en;
  std::string title{};
  std::string subtitle{};
  std::string author{};        ///< who had it made
  std::string running_head{};  ///< on top of every page, left
  std::string made_line{};     ///< and right
  std::string page_line{};     ///< with {1}: the page, and {2}: how many there are
  std::string tool_line{};
  WallTime made_at{};
  std::vector<Section> sections{};
};

}  // namespace reelprint::evidence
