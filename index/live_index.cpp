#include "index/live_index.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/file_lock.h"

namespace reelprint::index {
namespace {

/// Of a small file that another process may be replacing: only who holds the lock writes segments.
constexpr auto kLongestWrite = std::chrono::hours(1);
constexpr int kMostAttempts = 16;  ///< to open what another process is replacing meanwhile

template <class Part>
std::vector<std::uint64_t> files_of(const Segments<Part>& segments) {
  std::vector<std::uint64_t> files;
  for (const auto& segment : segments.all())
    if (segment.file != 0) files.push_back(segment.file);
  std::ranges::sort(files);
  return files;
}

bool is_wanted_later(ErrorCode code) {
  return code == ErrorCode::corrupt || code == ErrorCode::incompatible || code == ErrorCode::not_found;
}

}  // namespace

LiveIndex::LiveIndex(std::filesystem::path folder, AlgorithmId algorithm)
    : folder_(std::move(folder)), algorithm_(algorithm), content_(std::make_shared<IndexContent>()) {
  open();
}

std::shared_ptr<const IndexContent> LiveIndex::content() const {
  const std::lock_guard lock(content_mutex_);
  return content_;
}

/// What somebody replaces is in the next manifest: then everything is read again.
void LiveIndex::open() {
  for (int attempt = 1;; ++attempt) {
    problems_.clear();
    try {
      manifest_ = read_manifest(folder_, algorithm_);
    } catch (const Error& error) {
      if (!is_wanted_later(error.code())) throw;
      problems_.emplace_back(error.what());
      manifest_ = {};
    }
    auto content = std::make_shared<IndexContent>();
    open_family(content->frames, Family::frames, manifest_, problems_);
    open_family(content->features, Family::features, manifest_, problems_);
    open_family(content->sounds, Family::sounds, manifest_, problems_);
    const bool was_replaced = !problems_.empty() && manifest_.generation > 0 &&
                              read_manifest(folder_, algorithm_).generation != manifest_.generation;
    if (was_replaced && attempt < kMostAttempts) continue;
    is_committed_ = problems_.empty() && stray_files().empty();
    const std::lock_guard lock(content_mutex_);
    content_ = std::move(content);
    return;
  }
}

template <class Index>
void LiveIndex::open_family(Index& index, Family family, const Manifest& manifest,
                            std::vector<std::string>& problems) const {
  auto segments = index.segments();
  using Part = typename Index::Part;
  for (const std::uint64_t file : manifest.of(family)) {
    try {
      segments.add(Part(SegmentImage::open(segment_path(folder_, family, file), segments.kind())), file);
    } catch (const Error& error) {
      if (!is_wanted_later(error.code())) throw;
      problems.emplace_back(error.what());
    }
  }
  index.adopt(std::move(segments));
}

template <class Change>
void LiveIndex::change(const Change& change_content) {
  const std::lock_guard writing(write_mutex_);
  auto next = std::make_shared<IndexContent>(*content());
  change_content(*next);
  const std::lock_guard lock(content_mutex_);
  content_ = std::move(next);
}

void LiveIndex::add(const IndexableReference& reference) {
  change([&](IndexContent& content) {
    const ReferenceId id = reference.frames.reference;
    content.frames.add(reference.frames);
    content.features.add(id, reference.tracks);
    content.sounds.add(id, reference.frames.series, reference.sound);
  });
}

bool LiveIndex::remove(ReferenceId reference) {
  bool was_there = false;
  change([&](IndexContent& content) {
    const bool was_in_frames = content.frames.remove(reference);
    const bool was_in_features = content.features.remove(reference);
    was_there = content.sounds.remove(reference) || was_in_frames || was_in_features;
  });
  return was_there;
}

void LiveIndex::clear() {
  change([](IndexContent& content) { content = IndexContent(); });
  is_committed_ = false;
}

std::size_t LiveIndex::unsaved_bytes() const {
  const auto now = content();
  const auto bytes_of = [](const auto& segments) {
    std::size_t bytes = 0;
    for (const auto& segment : segments.all())
      if (segment.file == 0) bytes += segment.part->image().size();
    return bytes;
  };
  return bytes_of(now->frames.segments()) + bytes_of(now->features.segments()) +
         bytes_of(now->sounds.segments());
}

bool LiveIndex::is_saved() const {
  return is_committed_ && unsaved_bytes() == 0;
}

std::vector<std::string> LiveIndex::strays() const {
  std::vector<std::string> told;
  for (const auto& stray : stray_files()) told.push_back("'" + stray.string() + "' is no part of the index");
  return told;
}

bool LiveIndex::save(const SaveSettings& settings) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw Error(ErrorCode::io, "make folder '" + folder_.string() + "': " + error.message());
  const auto lock = FileLock::try_lock(folder_ / "lock");
  if (!lock) return false;
  take_in_what_others_saved();
  merge_due(&IndexContent::frames, Family::frames, settings);
  merge_due(&IndexContent::features, Family::features, settings);
  merge_due(&IndexContent::sounds, Family::sounds, settings);
  if (!is_committed_) commit(*content());
  for (const auto& stray : stray_files()) std::filesystem::remove(stray, error);
  return true;
}

void LiveIndex::take_in_what_others_saved() {
  Manifest theirs;
  try {
    theirs = read_manifest(folder_, algorithm_);
  } catch (const Error& error) {
    if (!is_wanted_later(error.code())) throw;
    return;  // ours will replace it
  }
  if (theirs.generation == manifest_.generation) return;
  change([&](IndexContent& content) {
    take_in(content.frames, Family::frames, theirs);
    take_in(content.features, Family::features, theirs);
    take_in(content.sounds, Family::sounds, theirs);
  });
  manifest_ = theirs;
  is_committed_ = false;
}

/// Their files, and of ours what is in memory only and not among them.
template <class Index>
void LiveIndex::take_in(Index& index, Family family, const Manifest& manifest) const {
  Index theirs;
  std::vector<std::string> problems;  // what cannot be read is added again by whoever knows the store
  open_family(theirs, family, manifest, problems);
  auto segments = theirs.segments();
  for (const auto& mine : index.segments().all())
    if (mine.file == 0) segments.take_over(mine);
  index.adopt(std::move(segments));
}

template <class Index>
void LiveIndex::merge_due(Index IndexContent::*member, Family family, const SaveSettings& settings) {
  using Part = typename Index::Part;
  for (;;) {
    const auto before = content();
    const auto& segments = ((*before).*member).segments();
    auto due = segments.due(settings.most_segment_bytes);
    if (due.empty() && settings.purge) due = segments.with_dead();
    if (due.empty()) return;
    std::vector<Segment<Part>> merged;
    for (const std::size_t i : due) merged.push_back(segments.all()[i]);
    for (const auto& segment : merged)
      segment.part->image().verify();  // or damage would get a right checksum
    const std::uint64_t file = manifest_.next_file++;
    SegmentWriter out(segments.kind(), segment_path(folder_, family, file), settings.pace);
    Part::write_merged(merged, out);
    Part merger(out.finish());
    change([&](IndexContent& next) {
      auto arranged = (next.*member).segments();
      if (arranged.replace(merged, std::move(merger), file)) (next.*member).adopt(std::move(arranged));
    });
    commit(*content());
  }
}

void LiveIndex::commit(const IndexContent& content) {
  Manifest next = manifest_;
  ++next.generation;
  next.of(Family::frames) = files_of(content.frames.segments());
  next.of(Family::features) = files_of(content.features.segments());
  next.of(Family::sounds) = files_of(content.sounds.segments());
  write_manifest(folder_, algorithm_, next);
  manifest_ = next;
  is_committed_ = true;
}

/// Segments that the manifest does not name, what killed writers left, and the files of earlier formats.
std::vector<std::filesystem::path> LiveIndex::stray_files() const {
  std::set<std::filesystem::path> known;
  for (const Family family : kFamilies)
    for (const std::uint64_t file : manifest_.of(family)) known.insert(segment_path(folder_, family, file));
  std::vector<std::filesystem::path> strays;
  std::error_code error;
  const auto now = std::filesystem::file_time_type::clock::now();
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const auto& path = entry.path();
    const std::string name = path.filename().string();
    const bool is_segment = name.find(".rps") != std::string::npos;  // or its temporary file
    const bool is_earlier = name == "frames.rpi" || name == "features.rpi";
    const bool is_left = path.extension() == ".tmp" && now - entry.last_write_time(error) > kLongestWrite;
    if ((is_segment || is_earlier || is_left) && !known.contains(path)) strays.push_back(path);
  }
  std::ranges::sort(strays);
  return strays;
}

std::vector<std::string> LiveIndex::verify(bool drop) {
  std::vector<std::string> problems;
  verify_family(&IndexContent::frames, drop, problems);
  verify_family(&IndexContent::features, drop, problems);
  verify_family(&IndexContent::sounds, drop, problems);
  return problems;
}

template <class Index>
void LiveIndex::verify_family(Index IndexContent::*member, bool drop, std::vector<std::string>& problems) {
  const auto now = content();
  for (const auto& segment : ((*now).*member).segments().all()) {
    try {
      segment.part->image().verify();
    } catch (const Error& error) {
      problems.emplace_back(error.what());
      if (!drop) continue;
      change([&](IndexContent& next) {
        auto kept = (next.*member).segments();
        kept.drop(segment.part);
        (next.*member).adopt(std::move(kept));
      });
      is_committed_ = false;
    }
  }
}

}  // namespace reelprint::index
