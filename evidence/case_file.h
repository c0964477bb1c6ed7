// Everything a bundle and its report say of one case: plain data, gathered by pipeline/, drawn and packed
// here. Nothing in it depends on when it is drawn.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/exchange.h"
#include "core/holder_ruling.h"
#include "core/legal_case.h"
#include "core/match.h"
#include "core/sentence.h"
#include "core/sha256.h"
#include "core/sighting.h"
#include "core/verdict.h"
#include "evidence/pair_picture.h"

namespace reelprint::evidence {

/// A file that goes into the bundle as it is.
struct CaseAttachment {
  std::string name{};  ///< in the bundle: "frames/match-1-pair-1.png"
  std::filesystem::path file{};
  std::string media_type{};
  Sentence what{};  ///< for a person: "fingerprint of upload 3"
};

/// The protected side of a match.
struct WorkFacts {
  std::string holder{};
  std::string series{};
  std::string season{};
  std::string episode{};
  std::string episode_number{};
  std::string language{};
  std::vector<std::pair<std::string, std::string>>
      registrations{};  ///< "NRTA filing number" → number; EIDR, ISAN …
  std::string first_publication{};
  std::vector<std::pair<std::string, std::string>> proofs_of_right{};
  Sha256 media{};
  Duration duration{0};
  WallTime registered_at{};
};

/// A frame with nothing drawn on it.
struct PlainFrame {
  CaseAttachment picture{};
  PixelBox box{};  ///< of the picture in which it is side by side with the other
};

/// Two frames that the match says are the same.
struct FramePair {
  Timestamp query{};
  Timestamp reference{};
  double agreement = 0;      ///< -1..1
  CaseAttachment picture{};  ///< side by side
  std::optional<PlainFrame> query_frame{};
  std::optional<PlainFrame> reference_frame{};
};

struct MatchFacts {
  Match match{};
  WorkFacts work{};
  std::vector<FramePair> pairs{};
  std::optional<CaseAttachment> time_plot{};
  std::optional<CaseAttachment> coverage{};
  std::vector<Sentence> sound{};  ///< what the sound says
  std::vector<Sentence> not_established{};
};

/// One upload of the case.
struct UploadFacts {
  std::int64_t number = 0;  ///< of the screening request
  std::string name{};
  std::string url{};
  std::string account{};
  std::string channel{};
  std::string territory{};
  std::string title{};
  std::optional<WallTime> published_at{};
  Sha256 media{};
  std::uint64_t media_bytes = 0;
  Duration duration{0};
  WallTime screened_at{};
  std::optional<Sighting> sighting{};
  std::vector<Exchange> exchanges{};  ///< of the capture, redirects too; bodies are in the WARC
  std::vector<Sentence> checks{};     ///< of being still up
  HolderRuling ruling{};
  std::vector<MatchFacts> matches{};
};

/// One line of custody: an entry of the audit log that concerns the case (docs/formats.md has its digest).
struct CustodyEntry {
  std::int64_t id = 0;
  WallTime at{};
  std::string actor{};
  std::string action{};
  std::string object{};
  std::string request_id{};
  std::string detail{};
  TenantId tenant{};
  std::string salt{};  ///< as many hexadecimal digits as its bytes need; "": an entry of the older form
  Sha256 previous{};
  Sha256 digest{};
};

/// An entry of the audit log in between that concerns others: enough to follow the chain through it, and no
/// word of what it says.
struct CustodyLink {
  std::int64_t id = 0;
  WallTime at{};
  Sha256 content{};  ///< digest of what it says; zero: it is of the older form, which has none
  Sha256 digest{};
};

struct CaseFile {
  LegalCase legal_case{};
  WallTime made_at{};  ///< the export's recorded time: the only "now"
  std::string made_by{};
  std::string tool_version{};
  std::string algorithms{};  ///< ids, as `reelprint version` prints them
  Sentence clock_source{};   ///< "system clock, synchronised by NTP (estimated error 2 ms)"
  std::vector<std::pair<Sentence, Sentence>> settings{};
  Sentence benchmark{};   ///< what the false alarm figures rest on
  Sentence time_stamp{};  ///< whose time stamp the bundle has, or why it has none
  std::vector<UploadFacts> uploads{};
  std::vector<CaseEvent> history{};
  std::vector<CustodyEntry> custody{};        ///< by id
  std::vector<CustodyLink> custody_links{};   ///< by id: those between the first and the last of `custody`
  std::vector<CaseAttachment> attachments{};  ///< fingerprints, WARC, media, screenshots
  std::vector<Sentence> not_established{};    ///< of the whole case
};

}  // namespace reelprint::evidence
