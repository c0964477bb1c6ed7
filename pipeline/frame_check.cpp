#include "pipeline/frame_check.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "core/error.h"
#include "evidence/claims.h"
#include "evidence/frame_png.h"
#include "index/frame_part.h"
#include "pipeline/bundle_content.h"
#include "pipeline/frame_prints.h"

namespace reelprint::pipeline {
namespace {

using evidence::BundleCheck;
using evidence::CheckOutcome;

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 120> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

/// How far a frame is from a keyframe.
struct Difference {
  int bits = 0;  ///< of their hashes; 0 where one of the two pictures says too little
  double levels = 0;

  [[nodiscard]] bool is_small() const { return bits <= kSameFrame_bits && levels <= kSameFrame_levels; }
};

/// Where media were gone, what is shown is the fingerprint's thumbnail: too small to be hashed.
bool is_thumbnail(const Frame& frame) {
  return frame.width == kThumbnailSize && frame.height == kThumbnailSize;
}

double levels_between(const Thumbnail& a, const Thumbnail& b) {
  int sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(int{a[i]} - int{b[i]});
  return static_cast<double>(sum) / static_cast<double>(a.size());
}

/// One side of a match.
struct Side {
  const char* name = "";     ///< "upload"
  std::string print_name{};  ///< member
  std::optional<Fingerprint> print{};
  std::vector<Frame> frames{};
};

/// Goes through the pairs of one match.
class MatchFrames {
 public:
  MatchFrames(evidence::BundleFile& bundle, const evidence::ClaimedMatch& claimed, std::string name)
      : bundle_(bundle), claimed_(claimed), name_(std::move(name)) {}

  std::vector<BundleCheck> check(const std::string& query_print, const std::optional<Fingerprint>& query) {
    const auto has_plain = [](const evidence::ClaimedPair& pair) {
      return !pair.query_frame.file.empty() && !pair.reference_frame.file.empty();
    };
    if (claimed_.frames.empty()) return {note(CheckOutcome::not_possible, "no frames are enclosed")};
    if (!std::ranges::all_of(claimed_.frames, has_plain))
      return {note(CheckOutcome::not_possible, "its frames are enclosed with lines drawn on them only")};
    query_ = {"upload", query_print, query, {}};
    reference_ = {"work", claimed_.fingerprint, print_in(bundle_, claimed_.fingerprint), {}};
    for (const evidence::ClaimedPair& pair : claimed_.frames) {
      query_.frames.push_back(frame_in(pair.query_frame.file));
      reference_.frames.push_back(frame_in(pair.reference_frame.file));
    }
    prints_ = {print_of_frames(query_.frames, fingerprint::kDeepDetail),
               print_of_frames(reference_.frames, fingerprint::kReferenceDetail)};
    for (std::size_t i = 0; i < claimed_.frames.size(); ++i) check_pair(i);
    if (checks_.empty()) sum_up();
    return std::move(checks_);
  }

 private:
  [[nodiscard]] BundleCheck note(CheckOutcome outcome, const std::string& detail) const {
    return {"frames", outcome, name_ + ": " + detail};
  }
  void fail(const std::string& detail) { checks_.push_back(note(CheckOutcome::failed, detail)); }

  std::string bytes_of(const std::string& name) {
    const auto* member = bundle_.find(name);
    if (member == nullptr) throw Error(ErrorCode::corrupt, "'" + name + "' is not there");
    return bundle_.text_of(*member, kMostPictureBytes);
  }

  Frame frame_in(const std::string& name) {
    try {
      return evidence::frame_in_png(bytes_of(name));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::io) throw;
      throw Error(ErrorCode::corrupt, "'" + name + "': " + error.what());
    }
  }

  void check_pair(std::size_t i) {
    const evidence::ClaimedPair& pair = claimed_.frames[i];
    const auto& pairs = claimed_.match.pairs;
    const auto claimed = std::ranges::find_if(pairs, [&](const AlignedPair& one) {
      return one.query == pair.query && one.reference == pair.reference;
    });
    if (claimed == pairs.end()) return fail("'" + pair.picture + "' is of no pair of the match");
    check_side(i, {pair.query_frame.file, pair.query}, query_, prints_.query);
    check_side(i, {pair.reference_frame.file, pair.reference}, reference_, prints_.reference);
    check_agreement(i, *claimed);
    check_picture(i);
  }

  /// The frame is the picture that the enclosed fingerprint has at that time.
  void check_side(std::size_t i, const std::pair<std::string, Timestamp>& named, const Side& side,
                  const Fingerprint& made) {
    if (!side.print) return;
    const auto& keyframes = side.print->keyframes;
    const auto keyframe =
        std::ranges::find_if(keyframes, [&](const Keyframe& one) { return one.span.contains(named.second); });
    const std::string where = format(" has at %.2f s", to_seconds(named.second));
    if (keyframe == keyframes.end())
      return fail("'" + named.first + "' cannot be what '" + side.print_name + "'" + where +
                  ": it ends before");
    Difference difference;
    const bool has_hashes = !is_thumbnail(side.frames[i]) && index::is_searchable(keyframe->hash);
    if (has_hashes) difference.bits = hamming_distance(made.keyframes[i].hash, keyframe->hash);
    if (!side.print->thumbnails.empty()) {
      difference.levels = levels_between(
          made.thumbnails[i], side.print->thumbnails[static_cast<std::size_t>(keyframe - keyframes.begin())]);
    }
    if (!difference.is_small())
      return fail("'" + named.first + "' is not the picture that '" + side.print_name + "'" + where +
                  format(": their hashes differ in %d of 256 bits, their thumbnails by %.1f levels",
                         difference.bits, difference.levels));
    largest_.bits = std::max(largest_.bits, difference.bits);
    largest_.levels = std::max(largest_.levels, difference.levels);
  }

  void check_agreement(std::size_t i, const AlignedPair& claimed) {
    if (is_thumbnail(query_.frames[i]) || is_thumbnail(reference_.frames[i])) return;
    const FrameAgreement agreement = compare_frames(prints_, i, claimed_.match, claimed);
    if (agreement.is_same()) {
      ++agreeing_;
      return;
    }
    const evidence::ClaimedPair& pair = claimed_.frames[i];
    fail("'" + pair.query_frame.file + "' and '" + pair.reference_frame.file + "' do not show the same" +
         format(": their hashes differ in %d of 256 bits, %d places agree", agreement.by_hashes.distance,
                agreement.by_features.inliers));
  }

  void check_picture(std::size_t i) {
    const evidence::ClaimedPair& pair = claimed_.frames[i];
    const auto picture = evidence::picture_in_png(bytes_of(pair.picture));
    const std::array<std::pair<const evidence::ClaimedFrame*, const Frame*>, 2> shown{
        {{&pair.query_frame, &query_.frames[i]}, {&pair.reference_frame, &reference_.frames[i]}}};
    for (const auto& [frame, pixels] : shown) {
      const double share = evidence::share_shown(picture, frame->box, *pixels);
      least_shown_ = std::min(least_shown_, share);
      if (share < kLeastShown)
        fail("'" + pair.picture + "' does not show '" + frame->file +
             format("': in one place %.0f %% of its pixels are the frame's", 100 * share));
    }
  }

  void sum_up() {
    const std::string count = std::to_string(claimed_.frames.size()) + " pairs of frames";
    if (!query_.print || !reference_.print) {
      checks_.push_back(note(CheckOutcome::not_possible, count + " are enclosed, but not both fingerprints"));
      return;
    }
    const std::string alike =
        agreeing_ == claimed_.frames.size()
            ? "show the same by the matcher's measures"
            : "are thumbnails in part, too small to be compared (" + std::to_string(agreeing_) + " were)";
    const std::string far =
        format(" (at most %d bits and %.1f levels off), ", largest_.bits, largest_.levels);
    const std::string shown = format(
        " and are what the pictures of the pairs show (at least %.0f %% of each place)", 100 * least_shown_);
    checks_.push_back(note(CheckOutcome::passed,
                           count + " are pictures of the enclosed fingerprints" + far + alike + shown));
  }

  evidence::BundleFile& bundle_;
  const evidence::ClaimedMatch& claimed_;
  std::string name_;
  Side query_;
  Side reference_;
  FramePrints prints_;
  Difference largest_;
  double least_shown_ = 1;
  std::size_t agreeing_ = 0;
  std::vector<BundleCheck> checks_;
};

std::vector<BundleCheck> check_upload(evidence::BundleFile& bundle, const evidence::ClaimedUpload& upload) {
  std::vector<BundleCheck> checks;
  const std::string name = "upload " + std::to_string(upload.number);
  std::string doing = name;
  try {
    const auto query = print_in(bundle, upload.fingerprint);
    for (std::size_t i = 0; i < upload.matches.size(); ++i) {
      doing = name + ", match " + std::to_string(i + 1);
      auto found = MatchFrames(bundle, upload.matches[i], doing).check(upload.fingerprint, query);
      std::ranges::move(found, std::back_inserter(checks));
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io) throw;
    checks.push_back({"frames", CheckOutcome::failed, doing + ": " + error.what()});
  }
  return checks;
}

}  // namespace

std::vector<BundleCheck> check_frames(evidence::BundleFile& bundle) {
  const auto* document = bundle.find("match.json");
  if (document == nullptr) return {};  // which "file" has told
  std::vector<BundleCheck> checks;
  try {
    for (const auto& upload : evidence::claims_in(bundle.text_of(*document, kMostDocumentBytes)))
      std::ranges::move(check_upload(bundle, upload), std::back_inserter(checks));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io) throw;
    return {};  // which "claim" tells
  }
  return checks;
}

}  // namespace reelprint::pipeline
