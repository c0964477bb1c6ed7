// What a jailed job writes into its pipe: progress, then a result in parts or a failure. The reader takes it
// for hostile, because the job may have become its media's tool. Internal to jail/, and to its tests.
//
// A record is its kind (1 byte), the length of what follows (4 bytes, little-endian), and that many bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace reelprint::jail {

enum class RecordKind : std::uint8_t {
  progress = 1,  ///< bytes that the job's two sides agree on
  part = 2,      ///< of the result
  done = 3,      ///< empty: the result is whole
  failed = 4,    ///< error code (1 byte), text
};

inline constexpr std::size_t kMostProgressBytes = 64;
inline constexpr std::size_t kMostFailureBytes = 4096;
inline constexpr std::size_t kMostPartBytes = 1 << 20;

/// Blocks while the pipe is full. Throws Error{io}.
class RecordWriter {
 public:
  explicit RecordWriter(int pipe) : pipe_(pipe) {}
  void progress(std::span<const std::byte> bytes) { write(RecordKind::progress, bytes); }
  void result(std::span<const std::byte> bytes);
  void failure(ErrorCode code, std::string_view text);

 private:
  void write(RecordKind kind, std::span<const std::byte> bytes);

  int pipe_;
};

struct JobFailure {
  ErrorCode code = ErrorCode::unreadable;
  std::string text;  ///< UTF-8 of one line, nothing in it that moves a terminal's cursor
};

/// Puts records together again from pieces of any size.
class RecordReader {
 public:
  using OnProgress = std::function<void(std::span<const std::byte>)>;

  /// A result may have `max_result_bytes`.
  RecordReader(std::size_t max_result_bytes, OnProgress on_progress)
      : max_result_bytes_(max_result_bytes), on_progress_(std::move(on_progress)) {}

  /// Throws Error: corrupt (not records), too_large (the result), and what `on_progress` throws. Keeps no
  /// more than the result and one record.
  void feed(std::span<const std::byte> piece);

  [[nodiscard]] bool is_done() const { return is_done_; }
  [[nodiscard]] const std::optional<JobFailure>& failure() const { return failure_; }
  [[nodiscard]] std::vector<std::byte> take_result() { return std::move(result_); }

 private:
  void take(RecordKind kind, std::span<const std::byte> bytes);

  std::size_t max_result_bytes_;
  OnProgress on_progress_;
  std::vector<std::byte> pending_;
  std::vector<std::byte> result_;
  std::optional<JobFailure> failure_;
  bool is_done_ = false;
};

}  // namespace reelprint::jail
