#include "store/store.h"

#include <system_error>
#include <utility>

#include "store/catalog.h"
#include "store/folder.h"
#include "store/negatives.h"
#include "store/schema.h"
#include "store/screenings.h"
#include "store/sqlite.h"
#include "store/statements.h"

namespace reelprint::store {
namespace {

constexpr const char* kFileName = "reelprint.sqlite";

void expect_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto type = std::filesystem::status(file, error).type();
  if (type == std::filesystem::file_type::not_found) {
    throw Error(ErrorCode::not_found, "open the database '" + file.string() + "': there is none");
  }
  if (type == std::filesystem::file_type::none) {
    throw Error(ErrorCode::io, "open the database '" + file.string() + "': " + error.message());
  }
}

/// The database of a folder that is ready for it.
std::filesystem::path database_file(const std::filesystem::path& folder, bool create) {
  const std::filesystem::path file = folder / kFileName;
  if (create) {
    make_folder(folder);
  } else {
    expect_file(file);
  }
  expect_writable(file.parent_path().empty() ? "." : file.parent_path());
  return file;
}

}  // namespace

class Store::Connection {
 public:
  Connection(const std::filesystem::path& file, const DatabaseSettings& settings) : database(file, settings) {
    bring_up_to_date(database, migrations());
  }

  Database database;
  Catalog catalog{database};
  Negatives negatives{database};
  Screenings screenings{database};
};

Store::Store(const std::filesystem::path& folder, bool create)
    : connection_(
          std::make_unique<Connection>(database_file(folder, create), DatabaseSettings{.create = create})) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

std::optional<ReferenceId> Store::find_reference(const NewReference& wanted) const {
  return connection_->catalog.find(wanted);
}

Registered Store::add_reference(const NewReference& reference, std::span<const std::byte> fingerprint,
                                AlgorithmId algorithm) {
  return connection_->catalog.add(reference, fingerprint, algorithm);
}

Registered Store::refresh_reference(const NewReference& reference) {
  return connection_->catalog.refresh(reference);
}

std::size_t Store::remove_references(std::span<const ReferenceId> references) {
  return connection_->catalog.remove(references);
}

std::vector<ReferenceEntry> Store::references(const CatalogFilter& filter) const {
  return connection_->catalog.list(filter);
}

std::optional<ReferenceEntry> Store::reference(ReferenceId id) const {
  CatalogFilter only;
  only.reference = id;
  std::vector<ReferenceEntry> entries = connection_->catalog.list(only);
  if (entries.empty()) return std::nullopt;
  return std::move(entries.front());
}

CatalogStats Store::stats() const {
  return connection_->catalog.stats();
}

bool Store::set_reference_state(ReferenceId id, ReferenceState state, std::string_view reason) {
  return connection_->catalog.set_state(id, state, reason);
}

std::vector<ExcludedInterval> Store::excluded_intervals(ReferenceId id) const {
  return connection_->catalog.excluded(id);
}

std::vector<ReferenceId> Store::fingerprinted_references(AlgorithmId algorithm) const {
  return connection_->catalog.fingerprinted(algorithm);
}

std::size_t Store::fingerprints_of_other_algorithms(AlgorithmId algorithm) const {
  return connection_->catalog.fingerprints_of_other_algorithms(algorithm);
}

std::optional<StoredFingerprint> Store::fingerprint(ReferenceId id) const {
  return connection_->catalog.fingerprint(id);
}

AddedNegative Store::add_negative(const Negative& negative, std::span<const std::byte> fingerprint) {
  return connection_->negatives.add(negative, fingerprint);
}

std::size_t Store::remove_negatives(std::span<const NegativeId> negatives) {
  return connection_->negatives.remove(negatives);
}

std::vector<Negative> Store::negatives() const {
  return connection_->negatives.list();
}

std::vector<NegativeId> Store::fingerprinted_negatives(AlgorithmId algorithm) const {
  return connection_->negatives.fingerprinted(algorithm);
}

std::optional<std::vector<std::byte>> Store::negative_fingerprint(NegativeId id) const {
  return connection_->negatives.fingerprint(id);
}

ScreeningId Store::add_screening(const Screening& screening) {
  return connection_->screenings.add(screening);
}

std::optional<Screening> Store::screening(ScreeningId id) const {
  return connection_->screenings.find(id);
}

Database& Store::database() {
  return connection_->database;
}

std::vector<std::string> Store::check() const {
  std::vector<std::string> findings;
  Statement problem = connection_->database.statement(statements::kCheckIntegrity);
  while (problem.step()) {
    if (std::string text = problem.text(0); text != "ok") findings.push_back(std::move(text));
  }
  Statement orphan = connection_->database.statement(statements::kCheckForeignKeys);
  while (orphan.step()) {
    findings.push_back("row " + orphan.text(1) + " of " + orphan.text(0) + " names a row of " +
                       orphan.text(2) + " that is not there");
  }
  return findings;
}

std::string Store::library_version() {
  return Database::library_version();
}

}  // namespace reelprint::store
