#include "samples.h"

#include <stdlib.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace reelprint::store {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "reelprint_store_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Sha256 media_number(std::uint32_t number) {
  Sha256 digest;
  for (std::size_t i = 0; i < 4; ++i) digest.bytes[i] = static_cast<std::uint8_t>((number >> (8 * i)) & 0xFF);
  digest.bytes[31] = 0xA5;
  return digest;
}

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

NewReference sample_reference(int number) {
  NewReference sample;
  sample.holder = "Lotus Pictures";
  sample.series = "The CEO's Hidden Wife";
  sample.episode.season = 2;
  sample.episode.number = number;
  sample.episode.title = "The wedding";
  sample.episode.licence_number = "L-2026-17";
  sample.episode.eidr = "10.5240/7791-8534-2C23-9030-8610-5";
  sample.episode.isan = "0000-0000-3A8D-0000-Z-0000-0000-6";
  sample.reference.cut = "uncensored";
  sample.reference.language = "zh-Hans";
  sample.reference.subtitles = "en";
  sample.reference.file = "/media/hidden_wife/" + std::to_string(number) + ".mp4";
  sample.reference.media = media_number(static_cast<std::uint32_t>(number));
  sample.reference.duration = duration_of(91.5);
  sample.reference.registered_at = WallTime{std::chrono::microseconds{1'790'000'000'123'456}};
  return sample;
}

Screening sample_screening(ReferenceId reference) {
  Screening screening;
  screening.query = "upload-77.mp4";
  screening.media = media_number(77);
  screening.duration = duration_of(30.25);
  screening.effort = Effort::deep;
  screening.with_audio = false;
  screening.damaged = 3;
  screening.verdict = {Decision::infringing,
                       {"It shows 24 s of a protected episode.", "No licence allows it."}};
  screening.cost = {.decode_s = 0.5, .fingerprint_s = 0.25, .search_s = 0.125, .media_s = 30.25};
  screening.screened_at = WallTime{std::chrono::microseconds{1'790'000'001'654'321}};
  Match match;
  match.reference = reference;
  match.query_span = {timestamp_of(1), timestamp_of(25)};
  match.reference_span = {timestamp_of(40), timestamp_of(70)};
  match.speed = 1.25;
  match.mirrored = true;
  match.score = 0.97;
  match.log10_false_alarms = -31.5;
  match.distinctive = duration_of(20);
  match.negative = duration_of(1.5);
  match.names_episode = false;
  match.agreeing = 44;
  match.compared = 48;
  match.sound_agreement = 0.75;
  match.moment_agreement = -0.25;
  match.moment_pictures = 12;
  match.is_confirmed = false;
  match.found_by = FoundBy::features;
  match.inliers = 23;
  match.pairs = {{timestamp_of(2), timestamp_of(41.25), 18, true, 0, {}},
                 {timestamp_of(3), timestamp_of(42.5), 0, false, 23, {0.5, -0.25, 0.125, 2}}};
  screening.matches.push_back(match);
  match.query_span = {timestamp_of(26), timestamp_of(30)};
  match.score = 0.5;
  match.mirrored = false;
  match.names_episode = true;
  match.sound_agreement.reset();
  match.moment_agreement.reset();
  match.pairs.clear();
  screening.matches.push_back(match);
  return screening;
}

ReferenceId add_sample(Store& store, int number) {
  return store
      .add_reference(sample_reference(number), bytes_of("fingerprint " + std::to_string(number)), kAlgorithm)
      .reference;
}

Negative sample_negative(int number) {
  Negative negative;
  negative.name = "card " + std::to_string(number) + ".mp4";
  negative.media = media_number(static_cast<std::uint32_t>(number));
  negative.duration = duration_of(4.5);
  negative.added_at = WallTime{std::chrono::microseconds{1'790'000'002'123'456}};
  return negative;
}

void vandalise(const std::filesystem::path& database, std::string_view sql) {
  Database connection(database, {.create = true});
  connection.run_script({"loosen", "PRAGMA ignore_check_constraints = ON"});
  connection.run_script({"vandalise", sql});
}

std::int64_t number_from(Database& database, std::string_view sql) {
  Statement row = database.statement({"look", sql});
  return row.step() ? row.integer(0) : -1;
}

}  // namespace reelprint::store
