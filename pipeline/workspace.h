// A data folder: the store, and the index that is rebuilt from it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/progress.h"
#include "index/catalog_background.h"
#include "index/live_index.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What `index verify` compares: the index files against the fingerprints in the store.
struct IndexReport {
  std::size_t references = 0;         ///< in the store
  std::vector<std::string> problems;  ///< one sentence each; empty when index and store agree
};

class Workspace {
 public:
  /// Opens the folder, making it when `create`. Throws what Store throws.
  explicit Workspace(std::filesystem::path folder, bool create = true);

  [[nodiscard]] store::Store& store() { return store_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// The index, brought up to date with the store: mapped from its files where they are sound, completed from
  /// the store where they are not, and saved when it changed, unless another process is saving it. The
  /// reference stays valid until the next call.
  const index::FrameIndex& open_index(Progress* progress = nullptr);

  /// As open_index, for whoever goes on while others register: saves nothing and samples no background. What
  /// is returned stays as it is.
  std::shared_ptr<const index::IndexContent> update_index();
  /// Saves what update_index added, and merges; only after open_index. One thread at a time, while another
  /// may be in update_index. True when all is on disk; false when there was damage, which was dropped, or
  /// when another process is saving: then update_index and save_index are due again.
  bool save_index();
  /// Whether there is nothing to be saved. Of the thread that calls save_index.
  [[nodiscard]] bool is_index_saved() const { return live_ == nullptr || live_->is_saved(); }
  /// How alike the pictures of the content's unrelated series are; kept in a file. Thread-safe.
  [[nodiscard]] index::CatalogBackground background_of(const index::IndexContent& content) const;

  /// The local features, and the sound, of what open_index gave.
  [[nodiscard]] const index::FeatureIndex& features() const { return content_->features; }
  [[nodiscard]] const index::SoundIndex& sounds() const { return content_->sounds; }
  /// How alike the pictures of its unrelated series are: sampled again whenever the catalog has changed.
  [[nodiscard]] const index::CatalogBackground& background() const { return background_; }

  /// The pictures of the negative bank, brought up to date with the store; the ids are the negatives'. They
  /// have no file: the first call decodes the whole bank, which is small (a millisecond or so for each minute
  /// of footage); later ones only what changed. The reference stays valid until the next call.
  const index::FrameIndex& open_negatives();

  /// Throws the index away and makes it again from the store. Throws Error{busy} if another process does not
  /// stop saving it.
  const index::FrameIndex& rebuild_index(Progress* progress = nullptr);

  /// Opens the index and merges its segments as far as that pays; what was removed is gone from the disk
  /// then. Throws Error{busy}.
  void compact_index(Progress* progress = nullptr);

  /// Compares every reference in the index files with the store, and reads the negative bank; changes
  /// nothing.
  [[nodiscard]] IndexReport verify_index(Progress* progress = nullptr);

  /// Makes those segments of the index again that verify_index finds damaged, and those references that
  /// differ. Throws Error{busy}.
  void repair_index(Progress* progress = nullptr);

  [[nodiscard]] std::filesystem::path index_folder() const { return folder_ / "index"; }
  [[nodiscard]] std::filesystem::path background_file() const { return index_folder() / "background.rpi"; }

 private:
  [[nodiscard]] index::LiveIndex& live();
  /// Whether anything was missing or gone. `most_unsaved_bytes` may wait in memory; beyond, it saves.
  bool catch_up(Progress* progress, std::size_t most_unsaved_bytes = std::size_t{256} << 20);
  void add_to_index(ReferenceId id);
  enum class Saved { here, elsewhere, damaged };
  /// Saves, unless another process is at it. What is damaged is dropped: the store has it still.
  Saved save_or_drop(const index::SaveSettings& settings = {});
  void save_surely(const index::SaveSettings& settings, Progress* progress);
  const index::FrameIndex& use_content();
  void examine_negatives(IndexReport& report) const;
  [[nodiscard]] index::IndexedReference load_reference(ReferenceId id) const;
  [[nodiscard]] index::IndexedReference load_negative(NegativeId id) const;

  std::filesystem::path folder_;
  store::Store store_;
  std::unique_ptr<index::LiveIndex> live_;
  std::shared_ptr<const index::IndexContent> content_;
  index::CatalogBackground background_;
  index::FrameIndex negatives_;
};

/// A fingerprint as the index holds it.
[[nodiscard]] index::IndexedReference to_indexed(ReferenceId reference, EpisodeId episode, SeriesId series,
                                                 const Fingerprint& fingerprint);

}  // namespace reelprint::pipeline
