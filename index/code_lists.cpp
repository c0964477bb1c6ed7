#include "index/code_lists.h"

#include <faiss/invlists/InvertedLists.h>

#include <algorithm>
#include <type_traits>

namespace reelprint::index {
namespace {

static_assert(std::is_same_v<RowId, faiss::Index::idx_t>);

/// Spare room is an eighth: doubling would cost 20 B per row on average, this costs 2.5.
template <class T>
void make_room(std::vector<T>& values, std::size_t more) {
  const std::size_t needed = values.size() + more;
  if (needed > values.capacity()) values.reserve(std::max(needed, values.size() + values.size() / 8));
}

template <class T>
void give_room_back(std::vector<T>& values) {
  if (values.capacity() > values.size() + values.size() / 4) values.shrink_to_fit();
}

constexpr std::size_t bytes_for(std::size_t rows) {
  return (rows + CodeBlock::kCodes - 1) / CodeBlock::kCodes * sizeof(CodeBlock);
}

void put(const Code& code, std::size_t row, CodeBlock* blocks) {
  auto& words = blocks[row / CodeBlock::kCodes].words;
  for (std::size_t w = 0; w < code.size(); ++w) words[w][row % CodeBlock::kCodes] = code[w];
}

}  // namespace

struct CodeLists::Lists : faiss::ArrayInvertedLists {
  using ArrayInvertedLists::ArrayInvertedLists;

  [[nodiscard]] CodeBlock* blocks(std::size_t list) {
    return reinterpret_cast<CodeBlock*>(codes[list].data());
  }
};

CodeLists::CodeLists(std::size_t lists) : lists_(std::make_unique<Lists>(lists, kCodeBytes)) {}
CodeLists::~CodeLists() = default;
CodeLists::CodeLists(CodeLists&&) noexcept = default;
CodeLists& CodeLists::operator=(CodeLists&&) noexcept = default;

void CodeLists::append(std::size_t list, const Code& code, RowId id) {
  auto& codes = lists_->codes[list];
  auto& ids = lists_->ids[list];
  const std::size_t row = ids.size();
  make_room(codes, sizeof(CodeBlock));
  make_room(ids, 1);
  codes.resize(bytes_for(row + 1));
  put(code, row, lists_->blocks(list));
  ids.push_back(id);
  ++rows_;
}

void CodeLists::reserve(std::size_t list, std::size_t rows) {
  auto& ids = lists_->ids[list];
  lists_->codes[list].reserve(bytes_for(ids.size() + rows));
  ids.reserve(ids.size() + rows);
}

std::size_t CodeLists::lists() const {
  return lists_->nlist;
}

std::size_t CodeLists::rows(std::size_t list) const {
  return lists_->list_size(list);
}

CodeSpan CodeLists::codes(std::size_t list) const {
  return {lists_->blocks(list), rows(list)};
}

std::span<const RowId> CodeLists::ids(std::size_t list) const {
  return {lists_->get_ids(list), rows(list)};
}

void CodeLists::sweep(std::size_t rows_wanted, const std::function<bool(RowId)>& is_dead) {
  std::size_t looked_at = 0;
  for (std::size_t seen = 0; seen < lists() && looked_at < rows_wanted; ++seen) {
    looked_at += rows(next_swept_);
    drop_dead(next_swept_, is_dead);
    next_swept_ = (next_swept_ + 1) % lists();
  }
}

void CodeLists::drop_dead(std::size_t list, const std::function<bool(RowId)>& is_dead) {
  auto& ids = lists_->ids[list];
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (is_dead(ids[i])) continue;
    if (kept != i) {
      ids[kept] = ids[i];
      put(codes(list)[i], kept, lists_->blocks(list));
    }
    ++kept;
  }
  if (kept == ids.size()) return;
  rows_ -= ids.size() - kept;
  ids.resize(kept);
  lists_->codes[list].resize(bytes_for(kept));
  give_room_back(ids);
  give_room_back(lists_->codes[list]);
}

std::size_t CodeLists::memory_bytes() const {
  std::size_t bytes = lists() * (sizeof(std::vector<std::uint8_t>) + sizeof(std::vector<RowId>));
  for (const auto& codes : lists_->codes) bytes += codes.capacity();
  for (const auto& ids : lists_->ids) bytes += ids.capacity() * sizeof(RowId);
  return bytes;
}

}  // namespace reelprint::index
