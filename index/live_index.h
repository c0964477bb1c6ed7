// The index of a catalog while it is used: searched, added to, removed from, saved and merged at the same
// time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "index/feature_index.h"
#include "index/frame_index.h"
#include "index/manifest.h"
#include "index/segment_writer.h"
#include "index/sound_index.h"

namespace reelprint::index {

/// What is searched at one moment. Immutable, and cheap to copy: the parts are shared.
struct IndexContent {
  FrameIndex frames;
  FeatureIndex features;
  SoundIndex sounds;
};

/// A reference with all that the index is made of.
struct IndexableReference {
  IndexedReference frames;
  std::span<const FeatureTrack> tracks;
  const AudioPrint& sound;
};

struct SaveSettings {
  bool purge = false;  ///< rewrite every segment that holds something removed, however little
  WritePace pace{};
  /// No merger is larger, so that none takes long; ten of them are searched as fast as one.
  std::size_t most_segment_bytes = std::size_t{4} << 30;
};

/// Thread-safe: any number of threads may take snapshots, add and remove while one of them saves. Whoever
/// searches waits for nobody: a snapshot is one shared pointer.
///
/// On disk it is a folder of immutable segments and a manifest, which is replaced in one step. What was not
/// saved is gone when the process ends; the store has it. Several processes may have the same folder open;
/// one of them at a time saves, and takes in then what the others have saved.
class LiveIndex {
 public:
  /// Opens what `folder` holds; nothing has to be there, and nothing is made yet. Segments are mapped:
  /// opening costs next to nothing, however large they are. What is damaged is left out: see problems().
  /// Throws Error{io}.
  LiveIndex(std::filesystem::path folder, AlgorithmId algorithm);

  [[nodiscard]] std::shared_ptr<const IndexContent> content() const;
  /// Of what was left out when it was opened, one sentence each.
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

  /// Findable when it returns. Replaces a reference of the same id.
  void add(const IndexableReference& reference);
  /// Whether it was there. Not found any more when it returns; its codes stay on disk until they are merged
  /// or purged.
  bool remove(ReferenceId reference);

  /// Writes what is in memory only and merges what is due. False if another process is at it: then nothing
  /// was done, and what is in memory stays there. One thread at a time. Throws Error: io; corrupt, if a
  /// segment to be merged is damaged (verify() drops it).
  bool save(const SaveSettings& settings = {});
  /// Whether all is on disk, and nothing but it.
  [[nodiscard]] bool is_saved() const;
  [[nodiscard]] std::size_t unsaved_bytes() const;
  /// Files of segments that are no part of the index, one sentence each: a process was killed. The next
  /// save() removes them.
  [[nodiscard]] std::vector<std::string> strays() const;

  /// Reads every byte of the segments. Those that are damaged are told, and dropped if `drop`: then the
  /// references that only they had are missing until they are added again.
  [[nodiscard]] std::vector<std::string> verify(bool drop);
  /// Forgets everything; the next save() leaves nothing of it on disk.
  void clear();

 private:
  template <class Index>
  void open_family(Index& index, Family family, const Manifest& manifest,
                   std::vector<std::string>& problems) const;
  template <class Index>
  void take_in(Index& index, Family family, const Manifest& manifest) const;
  template <class Index>
  void merge_due(Index IndexContent::*member, Family family, const SaveSettings& settings);
  template <class Index>
  void verify_family(Index IndexContent::*member, bool drop, std::vector<std::string>& problems);
  template <class Change>
  void change(const Change& change_content);

  void open();
  void take_in_what_others_saved();
  void commit(const IndexContent& content);
  [[nodiscard]] std::vector<std::filesystem::path> stray_files() const;

  std::filesystem::path folder_;
  AlgorithmId algorithm_;
  std::vector<std::string> problems_;
  Manifest manifest_;                 ///< as last read or written; of whoever saves
  bool is_committed_ = true;          ///< what is on disk is what the manifest says and content_ has
  mutable std::mutex content_mutex_;  // guards content_; held for a pointer's copy
  std::mutex write_mutex_;            // of whoever changes content_
  std::shared_ptr<const IndexContent> content_;
};

}  // namespace reelprint::index
