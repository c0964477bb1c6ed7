// What the commands of the legal team have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/legal_case.h"
#include "pipeline/case_handling.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace CLI {
class App;
}

namespace reelprint::app {

/// One change in the name of a person, from the lock to the commit.
class LegalChange {
 public:
  /// Throws Error{invalid_input} when nobody is named.
  LegalChange(store::Store& store, const std::string& by);

  [[nodiscard]] store::Store& store() { return store_; }
  [[nodiscard]] pipeline::CaseActor actor() const { return {name_, now_}; }
  [[nodiscard]] WallTime now() const { return now_; }
  /// Appends to the audit log.
  void audit(std::string_view action, const std::string& object, TenantId tenant,
             std::string_view detail = "{}");
  void commit() { change_.commit(); }

 private:
  store::Store& store_;
  std::string name_;
  WallTime now_;
  store::Transaction change_;
};

/// Throws Error{not_found}.
[[nodiscard]] LegalCase case_numbered(store::Store& store, std::int64_t id);
/// RFC 3339 or a day; nothing for "". Throws Error{invalid_input}.
[[nodiscard]] std::optional<WallTime> time_given(const std::string& text);

/// A time as somebody gives it: two ends, or a month.
struct GivenSpan {
  std::string from, until, month;
};

struct WallSpan {
  std::optional<WallTime> from{};   ///< nothing: from the beginning
  std::optional<WallTime> until{};  ///< before it; nothing: without an end
};

/// `--from`, `--until`, `--month`; `what` begins a sentence: "Cases opened".
void add_span_options(CLI::App& command, GivenSpan& span, const std::string& what);
/// Days and months are those of UTC. Throws Error{invalid_input}.
[[nodiscard]] WallSpan span_given(const GivenSpan& span);

}  // namespace reelprint::app
