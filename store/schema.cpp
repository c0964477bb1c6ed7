#include "store/schema.h"

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "store/access_tables.h"
#include "store/audit_tables.h"
#include "store/cases_tables.h"
#include "store/catalog_changes_tables.h"
#include "store/catalog_tables.h"
#include "store/crawl_exchanges_tables.h"
#include "store/crawl_tables.h"
#include "store/events_tables.h"
#include "store/evidence_tables.h"
#include "store/idempotency_tables.h"
#include "store/jobs_tables.h"
#include "store/rights_tables.h"
#include "store/screening_requests_tables.h"
#include "store/sightings_tables.h"
#include "store/tenants_tables.h"
#include "store/uploads_tables.h"

namespace reelprint::store {
namespace {

// Times are microseconds. Keys are never used twice (AUTOINCREMENT): an index or a report may still hold an
// old one.
constexpr StatementText kVersion1{"make the tables of version 1", R"sql(
PRAGMA application_id = 1380995668;
PRAGMA user_version = 1;

CREATE TABLE holders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  holder INTEGER NOT NULL REFERENCES holders,
  name TEXT NOT NULL,
  UNIQUE (holder, name)
) STRICT;
CREATE INDEX series_by_name ON series (name);

CREATE TABLE episodes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  series INTEGER NOT NULL REFERENCES series,
  season INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  licence_number TEXT NOT NULL,
  eidr TEXT NOT NULL,
  isan TEXT NOT NULL,
  UNIQUE (series, season, number)
) STRICT;

CREATE TABLE reference_cuts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  episode INTEGER NOT NULL REFERENCES episodes,
  cut TEXT NOT NULL,
  language TEXT NOT NULL,
  subtitles TEXT NOT NULL,
  media BLOB NOT NULL CHECK (length(media) = 32),
  file TEXT NOT NULL,
  duration_us INTEGER NOT NULL CHECK (duration_us >= 0),
  registered_at_us INTEGER NOT NULL,
  UNIQUE (episode, cut, language, subtitles, media)
) STRICT;

CREATE TABLE fingerprints (
  reference INTEGER PRIMARY KEY REFERENCES reference_cuts ON DELETE CASCADE,
  algorithm INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX fingerprints_by_algorithm ON fingerprints (algorithm);

CREATE TABLE screenings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  query TEXT NOT NULL,
  media BLOB NOT NULL CHECK (length(media) = 32),
  duration_us INTEGER NOT NULL CHECK (duration_us >= 0),
  effort TEXT NOT NULL,
  with_audio INTEGER NOT NULL CHECK (with_audio IN (0, 1)),
  damaged INTEGER NOT NULL CHECK (damaged >= 0),
  decision TEXT NOT NULL,
  reasons TEXT NOT NULL,  -- a JSON array of texts
  decode_s REAL NOT NULL,
  fingerprint_s REAL NOT NULL,
  search_s REAL NOT NULL,
  media_s REAL NOT NULL,
  screened_at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE matches (
  id INTEGER PRIMARY KEY,
  screening INTEGER NOT NULL REFERENCES screenings ON DELETE CASCADE,
  reference INTEGER NOT NULL REFERENCES reference_cuts ON DELETE CASCADE,
  query_begin_us INTEGER NOT NULL,
  query_end_us INTEGER NOT NULL CHECK (query_begin_us <= query_end_us),
  reference_begin_us INTEGER NOT NULL,
  reference_end_us INTEGER NOT NULL CHECK (reference_begin_us <= reference_end_us),
  speed REAL NOT NULL,
  mirrored INTEGER NOT NULL CHECK (mirrored IN (0, 1)),
  score REAL NOT NULL,
  log10_false_alarms REAL NOT NULL,
  distinctive_us INTEGER NOT NULL,
  names_episode INTEGER NOT NULL CHECK (names_episode IN (0, 1)),
  agreeing INTEGER NOT NULL CHECK (agreeing >= 0),
  compared INTEGER NOT NULL CHECK (compared >= 0),
  sound_agreement REAL,
  moment_agreement REAL,
  pairs BLOB NOT NULL
) STRICT;
CREATE INDEX matches_by_screening ON matches (screening);
CREATE INDEX matches_by_reference ON matches (reference);
)sql"};

constexpr StatementText kVersion2{"bring the tables to version 2", R"sql(
PRAGMA user_version = 2;

ALTER TABLE matches ADD COLUMN found_by TEXT NOT NULL DEFAULT 'hashes';
ALTER TABLE matches ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 1 CHECK (confirmed IN (0, 1));
ALTER TABLE matches ADD COLUMN moment_pictures INTEGER NOT NULL DEFAULT 0 CHECK (moment_pictures >= 0);
ALTER TABLE matches ADD COLUMN inliers INTEGER NOT NULL DEFAULT 0 CHECK (inliers >= 0);
ALTER TABLE matches ADD COLUMN negative_us INTEGER NOT NULL DEFAULT 0;

-- What never counts: cards, logos, stock shots, footage that belongs to nobody.
CREATE TABLE negatives (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  media BLOB NOT NULL UNIQUE CHECK (length(media) = 32),
  duration_us INTEGER NOT NULL CHECK (duration_us >= 0),
  algorithm INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  added_at_us INTEGER NOT NULL
) STRICT;
)sql"};

/// The tables of parts of the store that came with `version`: each part lists its own.
std::string text_of(std::size_t version, std::span<const std::string_view> parts) {
  std::string sql = "PRAGMA user_version = " + std::to_string(version) + ";\n";
  for (const std::string_view part : parts) sql += part;
  return sql;
}

/// The service's.
constexpr std::string_view kVersion3[] = {
    kTenantsTables,     kCatalogTables,           kAuditTables,   kJobsTables,
    kEventsTables,      kCatalogChangesTables,    kRightsTables,  kAccessTables,
    kIdempotencyTables, kScreeningRequestsTables, kUploadsTables,
};

/// The crawl's, the cases' and their evidence's.
constexpr std::string_view kVersion4[] = {
    kHoldersOfTenants, kCrawlTables,    kCrawlExchangesTables, kSightingsTables,
    kCasesTables,      kEvidenceTables, kSentencesOfDecisions,
};

constexpr StatementText kReadApplication{"read the application id", "PRAGMA application_id"};
constexpr StatementText kReadVersion{"read the schema version", "PRAGMA user_version"};
constexpr StatementText kCountObjects{"count the tables", "SELECT count(*) FROM sqlite_schema"};

std::int64_t number_of(Database& database, const StatementText& text) {
  Statement row = database.statement(text);
  if (!row.step()) row.refuse(ErrorCode::corrupt, "there is no answer");
  return row.integer(0);
}

[[noreturn]] void refuse(const Database& database, const std::string& why) {
  throw Error(ErrorCode::incompatible, "open the database '" + database.file() + "': " + why);
}

/// The schema version, 0 for a new and empty database; needs a transaction around it, so that what it reads
/// belongs together.
std::size_t version_of_ours(Database& database, std::size_t newest) {
  const std::int64_t application = number_of(database, kReadApplication);
  const std::int64_t version = number_of(database, kReadVersion);
  const bool is_new = application == 0 && version == 0 && number_of(database, kCountObjects) == 0;
  if (application != kApplicationId && !is_new) {
    refuse(database,
           "it is a database of another program (application id " + std::to_string(application) + ")");
  }
  if (version < 0 || std::cmp_greater(version, newest)) {
    refuse(database, "its schema is version " + std::to_string(version) +
                         ", this program knows versions up to " + std::to_string(newest) +
                         "; open it with the newer program that wrote it");
  }
  return static_cast<std::size_t>(version);
}

void enter_wal(Database& database) {
  using std::chrono::steady_clock;
  const auto deadline = steady_clock::now() + database.busy_timeout();
  while (!database.try_enter_wal()) {
    if (steady_clock::now() >= deadline) {
      throw Error(ErrorCode::busy, "open the database '" + database.file() + "': another process holds it");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

}  // namespace

std::span<const StatementText> migrations() {
  static const std::string version3 = text_of(3, kVersion3);
  static const std::string version4 = text_of(4, kVersion4);
  static const std::array all{kVersion1, kVersion2, StatementText{"bring the tables to version 3", version3},
                              StatementText{"bring the tables to version 4", version4}};
  return all;
}

void bring_up_to_date(Database& database, std::span<const StatementText> steps) {
  std::size_t version = 0;
  {
    const Transaction look(database, Transaction::Kind::read);
    version = version_of_ours(database, steps.size());
  }
  enter_wal(database);
  while (version < steps.size()) {
    Transaction change(database, Transaction::Kind::write);
    version = version_of_ours(database, steps.size());  // another process may have been faster
    if (version == steps.size()) return;
    database.run_script(steps[version]);
    change.commit();
    ++version;
  }
}

}  // namespace reelprint::store
