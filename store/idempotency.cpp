#include "store/idempotency.h"

#include "store/columns.h"
#include "store/idempotency_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;
using Headers = std::vector<std::pair<std::string, std::string>>;

std::string lines_of(const Headers& headers) {
  std::string lines;
  for (const auto& [name, value] : headers) lines += name + ": " + value + "\n";
  return lines;
}

Headers headers_in(std::string_view lines) {
  Headers headers;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return headers;
}

}  // namespace

std::optional<KeptAnswer> Idempotency::find(std::string_view principal, std::string_view key,
                                            WallTime since) {
  Statement row = database_.statement(kFindKeptAnswer, principal, key, microseconds_of(since));
  if (!row.step()) return std::nullopt;
  return KeptAnswer{sha256_in(row, 0), row.integer<unsigned>(1), row.text(2), headers_in(row.text(3)),
                    row.text(4)};
}

void Idempotency::keep(std::string_view principal, std::string_view key, const KeptAnswer& answer,
                       WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kKeepAnswer, principal, key, bytes_of(answer.digest), answer.status, answer.content_type,
                lines_of(answer.headers), answer.body, microseconds_of(now));
  change.commit();
}

std::size_t Idempotency::forget(WallTime before) {
  Transaction change(database_, Transaction::Kind::write);
  const std::size_t forgotten = database_.run(kForgetKeptAnswers, microseconds_of(before));
  change.commit();
  return forgotten;
}

}  // namespace reelprint::store
