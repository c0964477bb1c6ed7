#include "core/screening_request.h"

#include <array>

namespace reelprint {
namespace {

template <class Enum, std::size_t n>
std::optional<Enum> named(std::string_view name, const std::array<Enum, n>& all) {
  for (const Enum value : all)
    if (name == to_string(value)) return value;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(SourceKind kind) {
  switch (kind) {
    case SourceKind::file: return "file";
    case SourceKind::url: return "url";
    case SourceKind::fingerprint: return "fingerprint";
    case SourceKind::upload: return "upload";
  }
  return "unknown";
}

std::optional<SourceKind> source_kind_of(std::string_view name) {
  return named(name,
               std::array{SourceKind::file, SourceKind::url, SourceKind::fingerprint, SourceKind::upload});
}

std::string_view to_string(RequestState state) {
  switch (state) {
    case RequestState::queued: return "queued";
    case RequestState::running: return "running";
    case RequestState::done: return "done";
    case RequestState::failed: return "failed";
    case RequestState::cancelled: return "cancelled";
  }
  return "unknown";
}

std::optional<RequestState> request_state_of(std::string_view name) {
  return named(name, std::array{RequestState::queued, RequestState::running, RequestState::done,
                                RequestState::failed, RequestState::cancelled});
}

std::string_view to_string(DecisionState state) {
  switch (state) {
    case DecisionState::active: return "active";
    case DecisionState::released: return "released";
    case DecisionState::superseded: return "superseded";
  }
  return "unknown";
}

std::optional<DecisionState> decision_state_of(std::string_view name) {
  return named(name, std::array{DecisionState::active, DecisionState::released, DecisionState::superseded});
}

}  // namespace reelprint
