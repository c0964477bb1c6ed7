// How the nouns of the crawl lie in columns.
#pragma once

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "store/columns.h"

namespace reelprint::store {

/// An empty blob for a digest that is not known.
[[nodiscard]] inline std::span<const std::byte> bytes_or_none(const Sha256& digest) {
  if (digest == Sha256{}) return {};
  return bytes_of(digest);
}

[[nodiscard]] inline Sha256 sha256_or_none_in(const Statement& row, int column) {
  if (row.blob(column).empty()) return {};
  return sha256_in(row, column);
}

/// What a name in a column stands for; throws Error{corrupt} for none.
template <class Value>
[[nodiscard]] Value named_in(const Statement& row, const std::optional<Value>& value, const char* what) {
  if (!value) row.refuse(ErrorCode::corrupt, std::string(what) + " has no meaning");
  return *value;
}

[[nodiscard]] inline CrawlUrlKind crawl_url_kind_in(const Statement& row, int column) {
  return named_in(row, crawl_url_kind_of(row.text(column)), "a kind of address");
}

[[nodiscard]] inline CrawlUrlState crawl_url_state_in(const Statement& row, int column) {
  return named_in(row, crawl_url_state_of(row.text(column)), "the state of an address");
}

[[nodiscard]] inline CrawlPurpose crawl_purpose_in(const Statement& row, int column) {
  return named_in(row, crawl_purpose_of(row.text(column)), "a purpose");
}

}  // namespace reelprint::store
