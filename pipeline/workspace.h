// A data folder: the store, and the index that is rebuilt from it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/progress.h"
#include "index/catalog_background.h"
#include "index/feature_index.h"
#include "index/frame_index.h"
#include "index/sound_index.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What `index verify` compares: the index file against the fingerprints in the store.
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

  /// The index, brought up to date with the store: read from its file when that is sound, completed or
  /// rebuilt from the store where it is not, and written back when it changed. The reference stays valid
  /// until the next call.
  const index::FrameIndex& open_index(Progress* progress = nullptr);

  /// The local features, and the sound, of what open_index gave.
  [[nodiscard]] const index::FeatureIndex& features() const { return features_; }
  [[nodiscard]] const index::SoundIndex& sounds() const { return sounds_; }
  /// How alike the pictures of its unrelated series are: sampled again whenever the catalog has changed.
  [[nodiscard]] const index::CatalogBackground& background() const { return background_; }

  /// The pictures of the negative bank, brought up to date with the store; the ids are the negatives'. They
  /// have no file: the first call decodes the whole bank, which is small (a millisecond or so for each minute
  /// of footage); later ones only what changed. The reference stays valid until the next call.
  const index::FrameIndex& open_negatives();

  /// Throws away the index file and makes it again from the store.
  const index::FrameIndex& rebuild_index(Progress* progress = nullptr);

  /// Compares every reference in the index file with the store, and reads the negative bank; changes nothing.
  [[nodiscard]] IndexReport verify_index(Progress* progress = nullptr);

  [[nodiscard]] std::filesystem::path index_file() const { return folder_ / "index" / "frames.rpi"; }
  [[nodiscard]] std::filesystem::path background_file() const { return folder_ / "index" / "background.rpi"; }
  [[nodiscard]] std::filesystem::path feature_file() const { return folder_ / "index" / "features.rpi"; }

 private:
  /// Whether the file was sound, or was not there.
  bool read_index_file();
  bool catch_up(Progress* progress);
  bool read_feature_file();
  bool catch_up_features(Progress* progress);
  void load_sounds();
  /// Adds what is wrong with the file of features.
  void examine_features(const std::vector<ReferenceId>& wanted, IndexReport& report) const;
  void load_background();
  void save_index() const;
  void save_features() const;
  void examine_negatives(IndexReport& report) const;
  [[nodiscard]] index::IndexedReference load_reference(ReferenceId id) const;
  [[nodiscard]] index::IndexedReference load_negative(NegativeId id) const;

  std::filesystem::path folder_;
  store::Store store_;
  index::FrameIndex index_;
  index::FeatureIndex features_;
  index::SoundIndex sounds_;
  index::CatalogBackground background_;
  index::FrameIndex negatives_;
  bool is_index_open_ = false;
};

/// A fingerprint as the index holds it.
[[nodiscard]] index::IndexedReference to_indexed(ReferenceId reference, EpisodeId episode, SeriesId series,
                                                 const Fingerprint& fingerprint);

}  // namespace reelprint::pipeline
