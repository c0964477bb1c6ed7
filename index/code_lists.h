// Inverted lists of 256-bit codes with an id each: FAISS's, with their codes laid out for scanning, their
// memory kept tight and compaction in steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "index/hamming_scan.h"

namespace reelprint::index {

using RowId = std::int64_t;

/// faiss::ArrayInvertedLists: 32 B of code and 8 B of id per row; codes in blocks of eight (CodeBlock), the
/// last one of each list perhaps in part, so that a search scans them where they lie. Reading is thread-safe
/// while nobody writes.
class CodeLists {
 public:
  explicit CodeLists(std::size_t lists);
  ~CodeLists();
  CodeLists(const CodeLists&) = delete;
  CodeLists& operator=(const CodeLists&) = delete;
  CodeLists(CodeLists&&) noexcept;
  CodeLists& operator=(CodeLists&&) noexcept;

  void append(std::size_t list, const Code& code, RowId id);
  /// Makes room for as many rows more, no more.
  void reserve(std::size_t list, std::size_t rows);

  [[nodiscard]] std::size_t lists() const;
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t rows(std::size_t list) const;
  /// rows(list) codes, and as many ids; valid until the list next changes.
  [[nodiscard]] CodeSpan codes(std::size_t list) const;
  [[nodiscard]] std::span<const RowId> ids(std::size_t list) const;

  /// Drops the rows of whose id `is_dead` says so from whole lists, going on where the last call stopped,
  /// until at least `rows` rows were looked at or every list was seen once. Rows left keep their order.
  void sweep(std::size_t rows, const std::function<bool(RowId)>& is_dead);

  /// What the lists have allocated, spare room included; costs a look at each list.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  struct Lists;
  void drop_dead(std::size_t list, const std::function<bool(RowId)>& is_dead);

  std::unique_ptr<Lists> lists_;
  std::size_t rows_ = 0;
  std::size_t next_swept_ = 0;
};

}  // namespace reelprint::index
