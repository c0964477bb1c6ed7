// What a holder wants done with uploads that show its works and that no licence covers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace reelprint {

/// By rising strength.
enum class Action : std::uint8_t {
  none,      ///< nothing is to be done
  track,     ///< it stays, and the holder sees it
  monetize,  ///< it stays, and what it earns is the holder's
  review,    ///< a person decides before anything is done
  block,     ///< it is not to be shown
};

[[nodiscard]] std::string_view to_string(Action action);
[[nodiscard]] std::optional<Action> action_of(std::string_view name);

/// Which matches a rule looks at.
enum class Modality : std::uint8_t {
  any,
  picture,            ///< those that the picture shows
  picture_and_sound,  ///< those whose sound agrees too
};

[[nodiscard]] std::string_view to_string(Modality modality);
[[nodiscard]] std::optional<Modality> modality_of(std::string_view name);

/// Asks for its action when all of it is reached; zeros ask for nothing.
struct PolicyRule {
  Action action = Action::block;
  Duration least_matched{0};            ///< of the upload, each second once
  double least_share_of_upload = 0;     ///< 0..1
  double least_share_of_reference = 0;  ///< 0..1, of the reference of which the largest part is shown
  double least_score = 0;               ///< 0..1, of the best match
  Modality modality = Modality::any;

  friend bool operator==(const PolicyRule&, const PolicyRule&) = default;
};

/// Of a holder's policies that cover an upload's territory the one of the highest priority counts (several of
/// the same one count together), and of its rules the strongest that asks for something.
struct Policy {
  PolicyId id;
  HolderId holder;
  std::vector<std::string> territories;  ///< ISO 3166-1 alpha-2, upper case; empty: everywhere
  std::string name;
  int priority = 0;  ///< the higher the sooner
  std::vector<PolicyRule> rules;
  bool enabled = true;
  std::int64_t version = 1;  ///< grows with every change

  friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace reelprint
