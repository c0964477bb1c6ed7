#include "pipeline/case_pictures.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/error.h"
#include "pipeline/claim_catalog.h"
#include "pipeline/coverage.h"
#include "pipeline/coverage_picture.h"
#include "pipeline/explanation.h"
#include "pipeline/recorded_words.h"

namespace reelprint::pipeline {
namespace {

/// 1 for pictures that are the same, 0 for unrelated ones: hashes of these differ in half of their bits, and
/// 30 places are as many as pictures of one moment mostly share.
double agreement_of(const AlignedPair& pair) {
  constexpr double kUnrelatedBits = 128;
  constexpr double kManyPlaces = 30;
  if (pair.inliers > 0) return std::min(1.0, static_cast<double>(pair.inliers) / kManyPlaces);
  return 1 - static_cast<double>(pair.distance) / kUnrelatedBits;
}

/// Draws what is to be seen of one upload.
class UploadPictures {
 public:
  UploadPictures(CaseUploadFacts& upload, const std::map<ReferenceId, Fingerprint>& prints,
                 const std::filesystem::path& folder)
      : upload_(upload),
        number_(std::to_string(upload.facts.number)),
        folder_(folder / ("upload-" + number_)) {
    for (std::size_t i = 0; i < upload.works.size(); ++i) {
      const Match& match = upload.facts.matches[i].match;
      const auto print = prints.find(match.reference);
      if (print != prints.end()) catalog_.add({match.reference, match.episode, match.series, print->second});
    }
  }

  void draw(const FrameSource& frames, const std::stop_token& stop) {
    const Explanation explanation = explain_claims();
    const WrittenPictures written = write_pictures(explanation, catalog_, folder_, stop, {frames, true});
    for (const WrittenPair& pair : written.pairs) take_pair(pair);
    take_plots(explanation, written.files);
    draw_coverage();
    for (evidence::MatchFacts& facts : upload_.facts.matches)
      for (const std::string& remark : written.remarks)
        facts.not_established.emplace_back(SentenceCode::open_frames,
                                           std::initializer_list<Sentence>{frames_remark(remark)});
  }

 private:
  /// The claims as they were made, with what a search among these works alone sees of them.
  Explanation explain_claims() {
    Explanation explanation;
    explanation.screening.query = upload_.media ? upload_.media->string() : upload_.facts.name;
    explanation.screening.duration = upload_.facts.duration;
    explanation.is_of_fingerprint = !upload_.media;
    explanation.is_wordless = true;
    if (upload_.print) {
      explanation.trace.query = *upload_.print;
      (void)catalog_.search(*upload_.print, &explanation.trace.search);
    }
    explanation.trace.search.considered.clear();
    explanation.references = deal_out(explanation.trace.search, upload_.works);
    for (ExplainedReference& reference : explanation.references) {
      for (const evidence::MatchFacts& facts : upload_.facts.matches) {
        if (facts.match.reference == reference.entry.reference.id)
          reference.considered.push_back({facts.match, index::Outcome::kept});
      }
    }
    return explanation;
  }

  [[nodiscard]] evidence::CaseAttachment attachment(const std::filesystem::path& file,
                                                    SentenceCode what) const {
    return {"frames/upload-" + number_ + "-" + file.filename().string(), file, "image/png", what};
  }

  [[nodiscard]] evidence::PlainFrame plain_frame(const WrittenFrame& frame, SentenceCode what) const {
    return {attachment(frame.file, what), frame.box};
  }

  void take_pair(const WrittenPair& pair) {
    for (evidence::MatchFacts& facts : upload_.facts.matches) {
      if (facts.match.reference != pair.reference || facts.match.query_span != pair.query_span) continue;
      facts.pairs.push_back({pair.pair.query, pair.pair.reference, agreement_of(pair.pair),
                             attachment(pair.file, SentenceCode::file_pair),
                             plain_frame(pair.query, SentenceCode::file_upload_frame),
                             plain_frame(pair.reference_frame, SentenceCode::file_work_frame)});
      return;
    }
  }

  /// A work's plot goes with its first match.
  void take_plots(const Explanation& explanation, const std::vector<std::string>& files) {
    for (const ExplainedReference& reference : explanation.references) {
      const ReferenceId id = reference.entry.reference.id;
      const bool is_alone = explanation.references.size() == 1;
      const std::string name = is_alone ? "time-time.png" : "time-time-" + std::to_string(id.value) + ".png";
      const auto file = (folder_ / name).string();
      const auto first = std::ranges::find_if(upload_.facts.matches, [&](const evidence::MatchFacts& facts) {
        return facts.match.reference == id;
      });
      if (first == upload_.facts.matches.end() || std::ranges::find(files, file) == files.end()) continue;
      first->time_plot = attachment(file, SentenceCode::file_plot);
    }
  }

  /// Of the works of each series that were found, with the first match of the series.
  void draw_coverage() {
    std::set<SeriesId> done;
    std::vector<Match> matches;
    for (const evidence::MatchFacts& facts : upload_.facts.matches) matches.push_back(facts.match);
    for (std::size_t i = 0; i < upload_.works.size(); ++i) {
      const SeriesId series = upload_.works[i].series.id;
      if (!done.insert(series).second) continue;
      std::vector<ReferenceEntry> entries;
      std::set<ReferenceId> known;
      for (const ReferenceEntry& entry : upload_.works) {
        if (entry.series.id == series && known.insert(entry.reference.id).second) entries.push_back(entry);
      }
      Screening screening;
      screening.duration = upload_.facts.duration;
      const auto file = folder_ / ("coverage-" + std::to_string(series.value) + ".png");
      write_coverage_picture(screening, coverage_of(entries, matches), file, CoverageWords::none);
      upload_.facts.matches[i].coverage = attachment(file, SentenceCode::file_coverage);
    }
  }

  CaseUploadFacts& upload_;
  std::string number_;
  std::filesystem::path folder_;
  ClaimCatalog catalog_;
};

}  // namespace

void draw_matches(CaseUploadFacts& upload, const std::map<ReferenceId, Fingerprint>& reference_prints,
                  const std::filesystem::path& folder, const FrameSource& frames,
                  const std::stop_token& stop) {
  if (upload.facts.matches.empty()) return;
  UploadPictures(upload, reference_prints, folder).draw(frames, stop);
}

}  // namespace reelprint::pipeline
