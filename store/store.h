// What reelprint remembers: catalog, fingerprints, negative bank, screenings. The truth from which every
// index can be rebuilt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog.h"
#include "core/fingerprint.h"
#include "core/negative.h"
#include "core/screening.h"

namespace reelprint::store {

class Database;

/// What is to be registered, by names; everything above the reference is made when it is new, and an
/// episode's descriptive fields are brought up to date when they differ and are not empty.
struct NewReference {
  std::string holder;
  std::string series;
  Episode episode;      ///< id and series are ignored
  Reference reference;  ///< id and episode are ignored
};

enum class Registration { added, unchanged, updated };

struct Registered {
  Registration outcome = Registration::added;
  ReferenceId reference;
};

struct AddedNegative {
  Registration outcome = Registration::added;
  NegativeId negative;
};

/// Narrows a listing; empty fields do not narrow.
struct CatalogFilter {
  std::string holder;
  std::string series;
  std::optional<int> season;
  std::optional<int> episode;
  std::optional<ReferenceId> reference;
};

struct CatalogStats {
  std::size_t holders = 0;
  std::size_t series = 0;
  std::size_t episodes = 0;
  std::size_t references = 0;
  std::size_t screenings = 0;
  Duration duration{0};  ///< of all references
  std::uint64_t fingerprint_bytes = 0;
};

/// A stored fingerprint as bytes (the codec belongs to fingerprint/), with what says which it is.
struct StoredFingerprint {
  ReferenceId reference;
  EpisodeId episode;
  SeriesId series;
  std::vector<std::byte> bytes;
};

/// One data folder's database. Not thread-safe: one object a thread; any number of objects and processes may
/// be open on the same folder. Every call that changes something is one transaction: when it returns, kill -9
/// and power loss cannot undo it. Throws Error: io, corrupt, incompatible (a newer schema, or another
/// program's database), busy (locked for over 30 s), not_found, invalid_input (a text with a NUL, a number
/// that is NaN, an interval that ends before it begins). Any other text comes back byte for byte; names are
/// equal when their bytes are.
class Store {
 public:
  /// Opens `folder`/reelprint.sqlite and brings its schema up to date; makes both when `create`, else throws
  /// not_found.
  explicit Store(const std::filesystem::path& folder, bool create = true);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// Whether this very media file is already registered under this episode, cut, language and subtitles.
  [[nodiscard]] std::optional<ReferenceId> find_reference(const NewReference& wanted) const;
  /// Adds the reference with its fingerprint bytes. `unchanged` when find_reference already knows it,
  /// `updated` when only descriptive fields of the episode changed, or when the known one's fingerprint was
  /// of another algorithm (it is replaced then) or it was retracted (it is active again). A file that moved
  /// is noted in either case.
  Registered add_reference(const NewReference& reference, std::span<const std::byte> fingerprint,
                           AlgorithmId algorithm);
  /// As add_reference for a reference that find_reference knows (else throws not_found): brings descriptive
  /// fields up to date.
  Registered refresh_reference(const NewReference& reference);
  /// Removes the references with their fingerprints and matches, and what is empty above them; returns how
  /// many there were. Screenings stay.
  std::size_t remove_references(std::span<const ReferenceId> references);

  /// Sorted by holder, series, season, episode number, cut, language, id.
  [[nodiscard]] std::vector<ReferenceEntry> references(const CatalogFilter& filter = {}) const;
  [[nodiscard]] std::optional<ReferenceEntry> reference(ReferenceId id) const;
  [[nodiscard]] CatalogStats stats() const;

  /// False when there is no such reference.
  bool set_reference_state(ReferenceId id, ReferenceState state, std::string_view reason = {});
  /// What of a reference is not its holder's; sorted, apart from each other.
  [[nodiscard]] std::vector<ExcludedInterval> excluded_intervals(ReferenceId id) const;

  /// Ids of all active and quarantined references whose fingerprint was made by `algorithm`, ascending.
  [[nodiscard]] std::vector<ReferenceId> fingerprinted_references(AlgorithmId algorithm) const;
  /// How many fingerprints were made by another algorithm than `algorithm` (they must be made again).
  [[nodiscard]] std::size_t fingerprints_of_other_algorithms(AlgorithmId algorithm) const;
  [[nodiscard]] std::optional<StoredFingerprint> fingerprint(ReferenceId id) const;

  /// Adds a member of the negative bank with its fingerprint bytes; id is ignored. `unchanged`, its first
  /// name kept, when the same media are there already; `updated` when their fingerprint was of another
  /// algorithm: it is replaced then.
  AddedNegative add_negative(const Negative& negative, std::span<const std::byte> fingerprint);
  /// Returns how many of them there were.
  std::size_t remove_negatives(std::span<const NegativeId> negatives);
  /// By ascending id.
  [[nodiscard]] std::vector<Negative> negatives() const;
  /// Ids of all negatives whose fingerprint was made by `algorithm`, ascending.
  [[nodiscard]] std::vector<NegativeId> fingerprinted_negatives(AlgorithmId algorithm) const;
  /// The fingerprint of a negative as bytes.
  [[nodiscard]] std::optional<std::vector<std::byte>> negative_fingerprint(NegativeId id) const;

  /// Stores a screening with its matches, in their order; returns its id. A match whose reference was removed
  /// meanwhile is not stored. Episode and series of a match are those that its reference has when it is read.
  ScreeningId add_screening(const Screening& screening);
  [[nodiscard]] std::optional<Screening> screening(ScreeningId id) const;

  /// To put several calls into one transaction, and for the parts that have a class of their own.
  [[nodiscard]] Database& database();

  /// What `pragma integrity_check` and `foreign_key_check` find wrong; empty when all is well. Reads
  /// everything.
  [[nodiscard]] std::vector<std::string> check() const;
  /// Version of the SQLite library, for `reelprint doctor`.
  [[nodiscard]] static std::string library_version();

 private:
  class Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace reelprint::store
