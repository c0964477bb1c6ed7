// Adds to the negative bank: fingerprints what is new, stores it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/progress.h"
#include "pipeline/workspace.h"

namespace reelprint::pipeline {

/// What became of one file. When it is told, it is on disk.
struct NegativeOutcome {
  std::string file;  ///< as it was named
  store::Registration outcome = store::Registration::added;
  NegativeId negative;
  Duration duration{0};      ///< zero when its media were in the bank already
  std::size_t searched = 0;  ///< pictures with enough structure to be searched, unless it was there already
  std::size_t damaged = 0;   ///< packets and frames of the file that could not be decoded
  std::optional<ErrorCode> error;  ///< set when the file failed
  std::string message;             ///< of the error
};

struct NegativeSummary {
  std::size_t added = 0;
  std::size_t unchanged = 0;  ///< their media were there already
  std::size_t updated = 0;    ///< so they were, fingerprinted by another algorithm
  std::size_t failed = 0;
  std::size_t left_out = 0;  ///< not begun because of a stop
};

/// Adds media files and .rpf fingerprints to the negative bank, `jobs` at once, one thread each, and stores
/// them in the order given. Media that are there already are not decoded again; a fingerprint that withholds
/// its media's digest is known by its own. A file that cannot be fingerprinted fails alone. When `stop` is
/// requested, what is being decoded is dropped; a later call goes on from there.
NegativeSummary add_negatives(Workspace& workspace, const std::vector<std::string>& files, std::size_t jobs,
                              const std::function<void(const NegativeOutcome&)>& tell,
                              Progress* progress = nullptr, std::stop_token stop = {});

/// The negatives that one of `names` means, by ascending id: a whole number, or # and one, is an id, anything
/// else the name of one or more. Throws Error{not_found} for a name that means none.
[[nodiscard]] std::vector<Negative> find_negatives(const store::Store& store,
                                                   const std::vector<std::string>& names);

}  // namespace reelprint::pipeline
