#include "store/sqlite.h"

#include <sqlite3.h>

#include <cassert>
#include <cmath>
#include <system_error>

namespace reelprint::store {
namespace {

ErrorCode error_code_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: return ErrorCode::corrupt;  // the texts are ours: what contradicts them is the file
    case SQLITE_CONSTRAINT: return ErrorCode::invalid_input;
    case SQLITE_TOOBIG: return ErrorCode::too_large;
    case SQLITE_INTERRUPT: return ErrorCode::cancelled;
    default: return ErrorCode::io;
  }
}

std::string attempt_in(std::string_view file, std::string_view purpose) {
  return std::string(purpose) + " in '" + std::string(file) + "'";
}

/// `attempt` says what was attempted on what.
[[noreturn]] void throw_error(sqlite3* connection, const std::string& attempt, int code) {
  std::string why = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
  const int primary = code & 0xFF;
  if (connection != nullptr && (primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR)) {
    const int system_error = sqlite3_system_errno(connection);
    if (system_error != 0) why += " (" + std::generic_category().message(system_error) + ")";
  }
  throw Error(error_code_of(code), attempt + ": " + why);
}

std::string_view file_of(sqlite3* connection) {
  const char* name = sqlite3_db_filename(connection, "main");
  return name == nullptr ? "" : name;
}

std::string absolute_name(const std::filesystem::path& file) {
  std::error_code error;
  const std::string name = std::filesystem::absolute(file, error).string();
  if (error) throw Error(ErrorCode::io, "open the database '" + file.string() + "': " + error.message());
  return name;
}

constexpr StatementText kReadJournalMode{"read the journal mode", "PRAGMA journal_mode"};
constexpr StatementText kEnterWal{"turn on write-ahead logging", "PRAGMA journal_mode = WAL"};
constexpr StatementText kSyncEachCommit{"read the header", "PRAGMA synchronous = FULL"};
constexpr StatementText kOverwriteDeleted{"overwrite what is deleted", "PRAGMA secure_delete = ON"};
constexpr StatementText kBeginRead{"begin to read", "BEGIN"};
constexpr StatementText kBeginWrite{"begin to write", "BEGIN IMMEDIATE"};
constexpr StatementText kCommit{"commit", "COMMIT"};
constexpr StatementText kBeginPart{"begin a part", "SAVEPOINT part"};
constexpr StatementText kCommitPart{"end a part", "RELEASE part"};

}  // namespace

void Statement::Reset::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) expect_ok(code);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::bind(int parameter, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) refuse(ErrorCode::invalid_input, "a text contains a NUL");
  const char* begin = text.data() == nullptr ? "" : text.data();  // SQLite takes a null pointer for NULL
  expect_ok(
      sqlite3_bind_text64(statement_.get(), parameter, begin, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int parameter, std::span<const std::byte> bytes) {
  sqlite3_stmt* statement = statement_.get();
  expect_ok(bytes.empty()
                ? sqlite3_bind_zeroblob(statement, parameter, 0)
                : sqlite3_bind_blob64(statement, parameter, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

void Statement::bind(int parameter, double value) {
  if (std::isnan(value)) refuse(ErrorCode::invalid_input, "a number is not a number");
  expect_ok(sqlite3_bind_double(statement_.get(), parameter, value));
}

void Statement::bind(int parameter, std::optional<double> value) {
  if (value) return bind(parameter, *value);
  expect_ok(sqlite3_bind_null(statement_.get(), parameter));
}

void Statement::bind_integer(int parameter, std::int64_t value) {
  expect_ok(sqlite3_bind_int64(statement_.get(), parameter, value));
}

std::int64_t Statement::integer_column(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* begin = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (begin == nullptr) return {};
  return {begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::span<const std::byte> Statement::blob(int column) const {
  const auto* begin = static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column));
  if (begin == nullptr) return {};
  return {begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Statement::refuse(ErrorCode code, std::string_view why) const {
  const std::string_view file = file_of(sqlite3_db_handle(statement_.get()));
  throw Error(code, attempt_in(file, purpose_) + ": " + std::string(why));
}

void Statement::expect_ok(int code) const {
  if (code == SQLITE_OK) return;
  sqlite3* connection = sqlite3_db_handle(statement_.get());
  throw_error(connection, attempt_in(file_of(connection), purpose_), code);
}

void Database::Close::operator()(sqlite3* connection) const noexcept {
  sqlite3_close(connection);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Database::Database(const std::filesystem::path& file, const DatabaseSettings& settings)
    : file_(absolute_name(file)), busy_timeout_(settings.busy_timeout) {
  const std::string attempt = "open the database '" + file_ + "'";
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (settings.create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(file_.c_str(), &connection, flags, nullptr);
  connection_.reset(connection);  // there is one even after a failure, for its message
  if (code != SQLITE_OK) throw_error(connection, attempt, code);
  if (sqlite3_db_readonly(connection, "main") == 1) throw Error(ErrorCode::io, attempt + ": it is read-only");

  sqlite3_busy_timeout(connection, static_cast<int>(busy_timeout_.count()));
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  run(kSyncEachCommit);
  run(kOverwriteDeleted);
}

Database::~Database() = default;

void Database::run_script(const StatementText& script) {
  const int code =
      sqlite3_exec(connection_.get(), std::string(script.sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(script.purpose, code);
}

std::int64_t Database::last_key() const {
  return sqlite3_last_insert_rowid(connection_.get());
}

bool Database::try_enter_wal() {
  Statement mode = statement(kReadJournalMode);
  if (mode.step() && mode.text(0) == "wal") return true;
  mode.run();
  // Two connections that both want the exclusive lock for this are told "busy" at once, without the busy
  // timeout.
  const Statement change = statement(kEnterWal);
  const int code = sqlite3_step(change.statement_.get());
  if ((code & 0xFF) == SQLITE_BUSY) return false;
  if (code != SQLITE_ROW) fail(kEnterWal.purpose, code);
  if (change.text(0) != "wal") change.refuse(ErrorCode::io, "the file system does not support it");
  return true;
}

std::string Database::library_version() {
  return sqlite3_libversion();
}

Statement Database::prepared(const StatementText& text) {
  auto found = statements_.find(text.sql);
  if (found == statements_.end()) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(connection_.get(), text.sql.data(), static_cast<int>(text.sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(text.purpose, code);
    found = statements_.emplace(text.sql, nullptr).first;
    found->second.reset(statement);
  }
  assert(!sqlite3_stmt_busy(found->second.get()) && "a statement is used inside its own use");
  return {found->second.get(), text.purpose};
}

bool Database::try_to_end(const Statement& statement) {
  sqlite3_busy_timeout(connection_.get(), 0);
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement.statement_.get());
  sqlite3_busy_timeout(connection_.get(), static_cast<int>(busy_timeout_.count()));
  if ((code & 0xFF) == SQLITE_BUSY) return false;
  if (code != SQLITE_DONE) fail(statement.purpose_, code);
  return true;
}

std::size_t Database::changed_rows() const {
  return static_cast<std::size_t>(sqlite3_changes64(connection_.get()));
}

void Database::fail(std::string_view purpose, int code) const {
  throw_error(connection_.get(), attempt_in(file_, purpose), code);
}

void Database::roll_back() noexcept {
  // A full disk or a failed read has already undone everything.
  if (sqlite3_get_autocommit(connection_.get()) != 0) return;
  sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::undo_part() noexcept {
  if (sqlite3_get_autocommit(connection_.get()) != 0) return;
  sqlite3_exec(connection_.get(), "ROLLBACK TO part; RELEASE part", nullptr, nullptr, nullptr);
}

Transaction::Transaction(Database& database, Kind kind)
    : database_(database), is_part_(database.open_transactions_ > 0) {
  if (is_part_)
    database_.run(kBeginPart);
  else
    database_.run(kind == Kind::write ? kBeginWrite : kBeginRead);
  ++database_.open_transactions_;
}

Transaction::~Transaction() {
  if (is_open_) {
    --database_.open_transactions_;
    if (is_part_)
      database_.undo_part();
    else
      database_.roll_back();
  }
}

void Transaction::commit() {
  database_.run(is_part_ ? kCommitPart : kCommit);
  --database_.open_transactions_;
  is_open_ = false;
}

}  // namespace reelprint::store
