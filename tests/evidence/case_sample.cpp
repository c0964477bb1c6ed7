#include "case_sample.h"

#include <string>
#include <utility>
#include <vector>

#include "evidence/coverage_strip.h"
#include "evidence/pair_picture.h"
#include "evidence/time_plot.h"
#include "samples.h"

namespace reelprint::evidence::test {
namespace {

WallTime at(const char* text) {
  return wall_time_of(text).value();
}

Sha256 digest(std::uint8_t first) {
  Sha256 value;
  for (std::uint8_t& byte : value.bytes) byte = first = static_cast<std::uint8_t>(first * 5 + 17);
  return value;
}

CaseAttachment drawn(std::filesystem::path file, std::string what) {
  return {"frames/" + file.filename().string(), std::move(file), "image/png", std::move(what)};
}

WorkFacts work_sample() {
  WorkFacts work;
  work.holder = "灯火影业有限公司 (Lantern Pictures Ltd.)";
  work.series = "灯誓 The Lantern Oath";
  work.season = "1";
  work.episode = "The bridge at night";
  work.episode_number = "3";
  work.language = "zh-Hans";
  work.registrations = {{"Licence or filing number", "（浙）网微剧审字（2025）第012号"},
                        {"EIDR", "10.5240/7791-8534-2C23-9030-8610-5"}};
  work.first_publication = "2026-03-14, lantern.example";
  work.proofs_of_right = {{"Copyright registration", "国作登字-2026-I-00123456"}};
  work.media = digest(3);
  work.duration = duration_of(93.4);
  work.registered_at = at("2026-03-10T08:00:00Z");
  return work;
}

FramePair pair_of(const std::filesystem::path& folder, double query_s, double reference_s) {
  const std::string name = "pair-" + std::to_string(static_cast<int>(query_s)) + ".png";
  PairPicture picture;
  picture.title = "upload and reference 41";
  picture.query = striped(270, 480);
  picture.reference = striped(270, 480);
  picture.query_label = "upload";
  picture.reference_label = "reference";
  write_pair_picture(picture, folder / name);
  return {timestamp_of(query_s), timestamp_of(reference_s), 0.93, drawn(folder / name, "pair of frames")};
}

MatchFacts match_sample(const std::filesystem::path& folder, double query_s, double reference_s,
                        double length_s) {
  MatchFacts facts;
  Match& match = facts.match;
  match.query_span = {timestamp_of(query_s), timestamp_of(query_s + length_s)};
  match.reference_span = {timestamp_of(reference_s), timestamp_of(reference_s + length_s)};
  match.score = 0.998;
  match.log10_false_alarms = -41.3;
  match.distinctive = duration_of(length_s - 2);
  match.agreeing = 57;
  match.compared = 60;
  match.sound_agreement = 0.91;
  match.moment_agreement = 0.87;
  match.moment_pictures = 22;
  for (int i = 0; i < 9; ++i)
    match.pairs.push_back(
        {timestamp_of(query_s + 3 * i), timestamp_of(reference_s + 3 * i), 6 + i, true, 0, {}});
  facts.work = work_sample();
  facts.pairs = {pair_of(folder, query_s + 1, reference_s + 1),
                 pair_of(folder, query_s + 9, reference_s + 9)};
  return facts;
}

void draw_plots(MatchFacts& facts, const std::filesystem::path& folder) {
  TimePlot plot;
  plot.title = "upload and reference 41";
  plot.query_label = "upload";
  plot.reference_label = "reference";
  plot.query_s = 80;
  plot.reference_s = 93;
  for (int i = 0; i < 60; ++i) plot.hits.push_back({4 + 0.5 * i, 12 + 0.5 * i, 0.7, false});
  plot.segments = {{4, 34, 12, 42, true}};
  write_time_plot(plot, folder / "plot.png");
  facts.time_plot = drawn(folder / "plot.png", "time plot");
  CoverageStrip strip;
  strip.title = "The Lantern Oath";
  strip.rows = {{"episode 3", "32 %", 93, {{12, 42, 0.99}}}};
  write_coverage_strip(strip, folder / "coverage.png");
  facts.coverage = drawn(folder / "coverage.png", "coverage");
}

Exchange exchange_of(const char* url, int status, const std::string& head) {
  Exchange exchange;
  exchange.url = url;
  exchange.request_head = "GET / HTTP/1.1\r\n\r\n";
  exchange.response_head = head;
  exchange.status = status;
  exchange.address = "203.0.113.7";
  exchange.body_bytes = status == 200 ? 7'340'032 : 0;
  exchange.began_at = at("2026-11-18T07:21:09Z");
  exchange.ended_at = at("2026-11-18T07:21:12Z");
  exchange.certificates = {{"", "CN=videos.example", "CN=Example Trust CA 3, O=Example Trust", digest(60)},
                           {"", "CN=Example Trust CA 3, O=Example Trust", "CN=Example Root", digest(61)}};
  return exchange;
}

void add_sighting(UploadFacts& upload) {
  Sighting sighting;
  sighting.location = "https://cdn.videos.example/media/9f/3c/9f3c2b1188d0.mp4?token=4c11b2";
  sighting.page_url = "https://videos.example/watch/9f3c2b1188d0";
  sighting.metadata.title = "灯誓 第三集 完整版 FULL EPISODE 3";
  sighting.metadata.uploader = "drama_daily_88";
  sighting.metadata.uploader_url = "https://videos.example/@drama_daily_88";
  sighting.metadata.views = 1'284'311;
  sighting.metadata.likes = 40'122;
  sighting.metadata.published_at = at("2026-11-17T21:04:00Z");
  sighting.address = "203.0.113.7";
  sighting.seen_at = at("2026-11-18T07:21:05Z");
  sighting.checked_at = at("2026-11-20T09:00:00Z");
  upload.sighting = sighting;
  upload.exchanges = {
      exchange_of(
          "https://videos.example/watch/9f3c2b1188d0", 302,
          "HTTP/1.1 302 Found\r\nLocation: https://cdn.videos.example/media/9f3c2b1188d0.mp4\r\n\r\n"),
      exchange_of("https://cdn.videos.example/media/9f3c2b1188d0.mp4", 200,
                  "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 7340032\r\nServer: "
                  "edge-41\r\n\r\n")};
  upload.checks = {"still up at 2026-11-19 09:00:00 UTC", "still up at 2026-11-20 09:00:00 UTC"};
}

UploadFacts upload_sample(const std::filesystem::path& folder) {
  UploadFacts upload;
  upload.number = 812;
  upload.name = "9f3c2b1188d0.mp4";
  upload.url = "https://videos.example/watch/9f3c2b1188d0";
  upload.account = "drama_daily_88";
  upload.territory = "DE";
  upload.title = "灯誓 第三集 完整版 FULL EPISODE 3";
  upload.media = digest(9);
  upload.media_bytes = 7'340'032;
  upload.duration = duration_of(80);
  upload.screened_at = at("2026-11-18T07:22:40Z");
  add_sighting(upload);
  upload.ruling.decision = Decision::infringing;
  upload.ruling.action = Action::block;
  upload.ruling.steps = {
      {StepKind::evidence, 41, true, "41.5 s of The Lantern Oath, episode 3, beyond doubt"},
      {StepKind::licence, 5, false,
       "licence 5 'TV Nord' is given to somebody else than account 'drama_daily_88'"},
      {StepKind::policy, 2, true, "policy 2 'House rules' asks for block from 10.0 s on"}};
  upload.matches = {match_sample(folder, 4, 12, 30), match_sample(folder, 40, 60, 11.5)};
  draw_plots(upload.matches.front(), folder);
  return upload;
}

void add_history(CaseFile& file) {
  file.history = {
      {1, file.legal_case.id, at("2026-11-18T07:22:40Z"), "crawler", "sighting", R"({"sighting":77})"},
      {2, file.legal_case.id, at("2026-11-19T10:02:11Z"), "li.na", "state",
       R"({"from":"open","to":"confirmed","reason":"infringing_copy"})"}};
  for (int i = 0; i < 6; ++i) {
    CustodyEntry entry;
    entry.id = 2040 + i;
    entry.at = at("2026-11-18T07:21:05Z") + std::chrono::minutes(i);
    entry.actor = i < 3 ? "crawler" : "li.na";
    entry.action = i < 3 ? "capture.fetch" : "case.read";
    entry.object = "case/17";
    entry.digest = digest(static_cast<std::uint8_t>(100 + i));
    file.custody.push_back(entry);
  }
}

}  // namespace

CaseFile case_sample(const std::filesystem::path& folder) {
  CaseFile file;
  file.legal_case.id = {17};
  file.legal_case.platform = "videos.example";
  file.legal_case.account = "drama_daily_88";
  file.legal_case.state = CaseState::confirmed;
  file.legal_case.reason = CaseReason::infringing_copy;
  file.made_at = at("2026-11-20T09:30:00Z");
  file.made_by = "li.na";
  file.tool_version = "reelprint 0.1.0";
  file.algorithms = "frames 3, features 5, sound 2, files 4";
  file.clock_source = "system clock, synchronised by NTP (estimated error 2 ms)";
  file.settings = {{"effort", "auto"}, {"review score", "0.50"}};
  file.benchmark =
      "1,612 pairs of unrelated videos, among them the same set at another moment: none was called "
      "infringing (95 % "
      "confidence: under 2,286 in a million). 169 true pairs: 96 % were called infringing, all were found.";
  file.uploads = {upload_sample(folder)};
  add_history(file);
  file.attachments = {
      {"capture.warc.gz", {}, "application/warc", "what the servers sent"},
      {"fingerprints/upload-812.rpf", {}, "application/octet-stream", "fingerprint of the upload"}};
  return file;
}

CaseFile hostile_case(const std::filesystem::path& folder) {
  const std::string worst =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt; \u202Egnp.exe\u202C \x01\x1b[31m "
      "\xff\xfe " +
      std::string(10'000, 'W');
  CaseFile file = case_sample(folder);
  file.legal_case.platform = worst;
  file.legal_case.account = worst;
  file.tool_version = worst;
  file.not_established = {worst};
  file.settings = {{worst, worst}};
  UploadFacts& upload = file.uploads.front();
  upload.name = upload.url = upload.account = upload.channel = upload.title = worst;
  upload.checks = {worst};
  upload.ruling.steps.front().text = worst;
  upload.sighting->location = upload.sighting->page_url = upload.sighting->metadata.description = worst;
  for (Exchange& exchange : upload.exchanges) {
    exchange.url = exchange.address = worst;
    exchange.response_head = "HTTP/1.1 302 Found\r\nLocation: " + worst + "\r\n\r\n";
    exchange.certificates.front().subject = worst;
  }
  for (MatchFacts& facts : upload.matches) {
    facts.work.series = facts.work.holder = worst;
    facts.sound = facts.not_established = {worst};
  }
  file.history.front().detail = file.custody.front().actor = worst;
  return file;
}

}  // namespace reelprint::evidence::test
