#include "evidence/claims.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "evidence/json_members.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr const char* kDocument = "match.json";
constexpr std::size_t kMostMatches = 10'000;

Interval span_in(const JsonMembers& members) {
  const Interval span{Timestamp{members.whole("begin_us")}, Timestamp{members.whole("end_us")}};
  if (span.end < span.begin || span.begin.us < 0) members.refuse("a span ends before it begins");
  return span;
}

ClaimedMatch match_in(const json::value& value) {
  const JsonMembers members(value, "a match", kDocument);
  ClaimedMatch claimed;
  claimed.match.reference = ReferenceId{members.whole("reference")};
  claimed.match.episode = EpisodeId{members.whole("episode")};
  claimed.match.series = SeriesId{members.whole("series")};
  claimed.match.query_span = span_in(members.object("query_span"));
  claimed.match.reference_span = span_in(members.object("reference_span"));
  claimed.match.speed = members.number("speed");
  claimed.match.mirrored = members.flag("mirrored");
  claimed.match.score = members.number("score");
  claimed.fingerprint = members.text_or_none("reference_fingerprint");
  const auto found_by = found_by_of(members.text("found_by"));
  if (!found_by) members.refuse("'found_by' of a match has no meaning");
  claimed.match.found_by = *found_by;
  return claimed;
}

ClaimedUpload upload_in(const json::value& value) {
  const JsonMembers members(value, "an upload", kDocument);
  ClaimedUpload upload;
  upload.number = members.whole("number");
  upload.media = members.digest("media_sha256");
  upload.media_file = members.text_or_none("media_file");
  upload.fingerprint = members.text_or_none("query_fingerprint");
  const json::array& matches = members.list("matches");
  if (matches.size() > kMostMatches) members.refuse("an upload has too many matches");
  for (const json::value& element : matches) upload.matches.push_back(match_in(element));
  return upload;
}

}  // namespace

std::vector<ClaimedUpload> claims_in(std::string_view match_document) {
  json::error_code error;
  const json::value value = json::parse(match_document, error);
  if (error) throw Error(ErrorCode::corrupt, "read match.json: it is no JSON");
  std::vector<ClaimedUpload> uploads;
  for (const json::value& element : JsonMembers(value, "it", kDocument).list("uploads"))
    uploads.push_back(upload_in(element));
  return uploads;
}

}  // namespace reelprint::evidence
