#include "evidence/claims.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "evidence/json_members.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr const char* kDocument = "match.json";
constexpr std::size_t kMostMatches = 10'000;
constexpr std::size_t kMostPairs = 1'000;
constexpr std::int64_t kLongestSide = 16'384;  ///< of a picture, in pixels

Interval span_in(const JsonMembers& members) {
  const Interval span{Timestamp{members.whole("begin_us")}, Timestamp{members.whole("end_us")}};
  if (span.end < span.begin || span.begin.us < 0) members.refuse("a span ends before it begins");
  return span;
}

AlignedPair pair_in(const json::value& value) {
  const JsonMembers members(value, "a pair", kDocument);
  AlignedPair pair;
  pair.query = Timestamp{members.whole("query_us")};
  pair.reference = Timestamp{members.whole("reference_us")};
  pair.inliers = static_cast<std::size_t>(std::max<std::int64_t>(0, members.whole("inliers")));
  const json::array& map = members.list("transform");
  if (map.size() != 4 || !std::ranges::all_of(map, [](const json::value& one) { return one.is_number(); }))
    members.refuse("'transform' of a pair is not four numbers");
  pair.transform = {map[0].to_number<double>(), map[1].to_number<double>(), map[2].to_number<double>(),
                    map[3].to_number<double>()};
  return pair;
}

/// Bundles of the first form have none.
ClaimedFrame frame_in(const JsonMembers& pair, const char* name) {
  if (!pair.has(name)) return {};
  const JsonMembers members = pair.object(name);
  ClaimedFrame frame{members.text("file"), {}};
  const json::array& box = members.list("box");
  const bool is_sound = box.size() == 4 && std::ranges::all_of(box, [](const json::value& one) {
                          return one.is_int64() && one.get_int64() >= 0 && one.get_int64() <= kLongestSide;
                        });
  if (!is_sound) members.refuse("'box' of a frame is not four numbers of pixels");
  const auto side = [&](std::size_t i) { return static_cast<std::size_t>(box[i].get_int64()); };
  frame.box = {side(0), side(1), side(2), side(3)};
  return frame;
}

ClaimedPair frames_in(const json::value& value) {
  const JsonMembers members(value, "a pair of frames", kDocument);
  return {Timestamp{members.whole("query_us")}, Timestamp{members.whole("reference_us")},
          members.text("file"), frame_in(members, "query_frame"), frame_in(members, "reference_frame")};
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
  if (members.list("pairs").size() > kMostPairs || members.list("frames").size() > kMostPairs)
    members.refuse("a match has too many pairs");
  for (const json::value& element : members.list("pairs")) claimed.match.pairs.push_back(pair_in(element));
  for (const json::value& element : members.list("frames")) claimed.frames.push_back(frames_in(element));
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
