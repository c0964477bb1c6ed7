#include "pipeline/partial_file.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "pipeline/fetched_bytes.h"

namespace reelprint::pipeline {

std::uint64_t bytes_of(const std::vector<ByteStretch>& stretches) {
  std::uint64_t sum = 0;
  for (const ByteStretch& stretch : stretches) sum += stretch.end - stretch.begin;
  return sum;
}

std::string to_text(const std::vector<FilePiece>& pieces) {
  std::string text;
  for (const FilePiece& piece : pieces) {
    text += piece.body.filename().string();
    for (const std::uint64_t number : {piece.from, piece.bytes, piece.at})
      text += ' ' + std::to_string(number);
    text += '\n';
  }
  return text;
}

std::vector<FilePiece> pieces_in(const std::string& text) {
  std::vector<FilePiece> pieces;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string body;
    FilePiece piece;
    if (!(words >> body >> piece.from >> piece.bytes >> piece.at)) continue;
    piece.body = body;
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

void PartialFile::put(std::uint64_t at, const std::filesystem::path& body, std::uint64_t bytes) {
  if (bytes == 0) return;
  write_at(file_, at, body);
  pieces_.push_back({body, 0, bytes, at});
  had_.push_back({at, at + bytes});
  had_ = joined_stretches(std::move(had_), 0);
}

std::vector<ByteStretch> PartialFile::missing(const std::vector<ByteStretch>& wanted) const {
  std::vector<ByteStretch> gaps;
  for (const ByteStretch& stretch : wanted) {
    std::uint64_t at = stretch.begin;
    for (const ByteStretch& known : had_) {
      if (known.end <= at || known.begin >= stretch.end) continue;
      if (known.begin > at) gaps.push_back({at, known.begin});
      at = std::max(at, known.end);
    }
    if (at < stretch.end) gaps.push_back({at, stretch.end});
  }
  return joined_stretches(std::move(gaps), 0);
}

std::vector<FilePiece> PartialFile::close_up(const std::filesystem::path& to,
                                             const std::vector<ByteStretch>& stretches) const {
  std::vector<FilePiece> closed;
  std::uint64_t size = 0;
  for (const ByteStretch& stretch : stretches) {
    append_bytes(to, file_, stretch);
    for (const FilePiece& piece : pieces_) {
      const std::uint64_t begin = std::max(piece.at, stretch.begin);
      const std::uint64_t end = std::min(piece.at + piece.bytes, stretch.end);
      if (begin >= end) continue;
      closed.push_back(
          {piece.body, piece.from + (begin - piece.at), end - begin, size + (begin - stretch.begin)});
    }
    size += stretch.end - stretch.begin;
  }
  return closed;
}

}  // namespace reelprint::pipeline
