// SQLite in RAII: a connection with its cached statements, and transactions. The one file that knows
// sqlite3.h is sqlite.cpp; every SQLite code leaves it as an Error.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace reelprint::store {

/// A statement and what it is for, in words that complete "… in 'reelprint.sqlite': it failed because". The
/// text is never made from data: data are bound.
struct StatementText {
  std::string_view purpose;
  std::string_view sql;
};

/// One use of a prepared statement; the next use may begin when this one has ended. Parameters count from 1,
/// columns from 0, as in SQLite. Must not outlive its Database.
class Statement {
 public:
  /// Moves to the next row; false when there is none (left).
  [[nodiscard]] bool step();
  /// Steps to the end.
  void run();

  /// Throws Error{invalid_input} for text with a NUL in it (SQLite's own functions would cut it there), for a
  /// NaN (SQLite would make it NULL) and for what is beyond 64 bits.
  void bind(int parameter, std::string_view text);
  void bind(int parameter, std::span<const std::byte> bytes);
  void bind(int parameter, double value);
  void bind(int parameter, std::optional<double> value);
  template <std::integral Number>
  void bind(int parameter, Number value) {
    if constexpr (!std::same_as<Number, bool>) {
      if (!std::in_range<std::int64_t>(value)) refuse(ErrorCode::invalid_input, "a number is beyond 64 bits");
    }
    bind_integer(parameter, static_cast<std::int64_t>(value));
  }

  /// Throws Error{corrupt} when the stored number does not fit into a `Number`.
  template <std::integral Number = std::int64_t>
  [[nodiscard]] Number integer(int column) const {
    const std::int64_t value = integer_column(column);
    if (!std::in_range<Number>(value)) refuse(ErrorCode::corrupt, "a stored number is out of range");
    return static_cast<Number>(value);
  }
  [[nodiscard]] bool flag(int column) const { return integer_column(column) != 0; }
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  /// Valid until the next step.
  [[nodiscard]] std::span<const std::byte> blob(int column) const;

  /// Throws Error{code} that says what this statement was for and `why` it is given up.
  [[noreturn]] void refuse(ErrorCode code, std::string_view why) const;

 private:
  friend class Database;
  struct Reset {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  Statement(sqlite3_stmt* statement, std::string_view purpose) : statement_(statement), purpose_(purpose) {}

  void bind_integer(int parameter, std::int64_t value);
  [[nodiscard]] std::int64_t integer_column(int column) const;
  void expect_ok(int code) const;

  std::unique_ptr<sqlite3_stmt, Reset> statement_;
  std::string_view purpose_;
};

struct DatabaseSettings {
  bool create = true;
  std::chrono::milliseconds busy_timeout{30'000};  ///< how long a lock of another connection is waited for
};

/// One connection to one database file: foreign keys on, commits synced to the disk, nothing in the file's
/// own schema trusted. Not thread-safe. Opening changes nothing in the file.
class Database {
 public:
  /// Throws Error: io when the file cannot be opened or is read-only, corrupt when it is no SQLite database.
  Database(const std::filesystem::path& file, const DatabaseSettings& settings);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The statement, prepared at its first use, with `values` bound in order.
  template <class... Values>
  [[nodiscard]] Statement statement(const StatementText& text, const Values&... values) {
    Statement statement = prepared(text);
    int parameter = 0;
    (statement.bind(++parameter, values), ...);
    return statement;
  }
  /// Runs the statement to its end; returns how many rows it inserted, changed or deleted itself (not by
  /// cascade).
  template <class... Values>
  std::size_t run(const StatementText& text, const Values&... values) {
    statement(text, values...).run();
    return changed_rows();
  }
  /// As run(), but waits for nobody: false when another connection is writing just now, and then nothing
  /// was done.
  template <class... Values>
  [[nodiscard]] bool try_run(const StatementText& text, const Values&... values) {
    return try_to_end(statement(text, values...));
  }
  /// Runs any number of statements that return nothing.
  void run_script(const StatementText& script);

  /// The key of the row that this connection inserted last.
  [[nodiscard]] std::int64_t last_key() const;

  /// Turns on write-ahead logging, which the file then keeps; false when other connections are in the way
  /// just now. Throws Error{io} where the file system cannot do it.
  [[nodiscard]] bool try_enter_wal();

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::chrono::milliseconds busy_timeout() const { return busy_timeout_; }
  [[nodiscard]] static std::string library_version();

 private:
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };

  [[nodiscard]] Statement prepared(const StatementText& text);
  [[nodiscard]] bool try_to_end(const Statement& statement);
  [[nodiscard]] std::size_t changed_rows() const;
  [[noreturn]] void fail(std::string_view purpose, int code) const;
  void roll_back() noexcept;
  void undo_part() noexcept;  ///< the innermost

  std::string file_;
  std::chrono::milliseconds busy_timeout_;
  std::size_t open_transactions_ = 0;
  std::unique_ptr<sqlite3, Close> connection_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

/// All or nothing: undone at its end unless committed. One inside another is a part of it: undone alone
/// unless committed, and on the disk when the outermost one is. A write inside a read is refused by the
/// database.
class Transaction {
 public:
  enum class Kind {
    read,   ///< every statement sees the same state
    write,  ///< takes the write lock at once, so that two writers queue and cannot deadlock
  };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// When it returns, what was written survives kill -9 and power loss, unless it is a part of another one.
  void commit();

 private:
  Database& database_;
  bool is_part_;
  bool is_open_ = true;
};

}  // namespace reelprint::store
