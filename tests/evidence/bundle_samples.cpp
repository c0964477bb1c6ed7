#include "bundle_samples.h"

#include <fstream>
#include <iterator>

#include "core/bytes.h"
#include "evidence/canvas.h"
#include "evidence/digest.h"
#include "evidence/manifest.h"

namespace reelprint::evidence::test {
namespace {

constexpr WallTime kMadeAt{std::chrono::microseconds{1'790'000'001'123'456}};

const std::string kCapture(5000, 'w');

CaseAttachment attachment(const std::filesystem::path& folder, const std::string& name,
                          const std::string& bytes, const std::string& media_type) {
  const auto file = folder / name;
  std::filesystem::create_directories(file.parent_path());
  write_bytes(file, bytes);
  return {name, file, media_type, "made for a test"};
}

CaseAttachment picture(const std::filesystem::path& folder, const std::string& name) {
  std::filesystem::create_directories((folder / name).parent_path());
  Canvas(40, 30).write(folder / name);
  return {name, folder / name, "image/png", "a pair of frames"};
}

MatchFacts sample_match(const std::filesystem::path& folder) {
  MatchFacts facts;
  facts.match.reference = ReferenceId{12};
  facts.match.query_span = {Timestamp{1'000'000}, Timestamp{9'000'000}};
  facts.match.reference_span = {Timestamp{31'000'000}, Timestamp{39'000'000}};
  facts.match.score = 0.97;
  facts.match.log10_false_alarms = -9.25;
  facts.match.pairs.push_back({Timestamp{2'000'000}, Timestamp{32'000'000}, 14, true, 0, {}});
  facts.work.holder = "Lotus Pictures";
  facts.work.series = "风起长安";
  facts.work.registrations = {{"NRTA filing number", "(总局)网微剧审字(2025)第001号"}};
  facts.pairs.push_back({Timestamp{2'000'000}, Timestamp{32'000'000}, 0.91,
                         picture(folder, "frames/upload-7-match-1-pair-1.png")});
  facts.not_established = {"who uploaded it"};
  return facts;
}

void put_text(ByteWriter& writer, const std::string& text) {
  writer.put(static_cast<std::uint32_t>(text.size()));
  writer.put_bytes(std::as_bytes(std::span(text)));
}

void put_digest(ByteWriter& writer, const Sha256& digest) {
  writer.put_bytes(std::as_bytes(std::span(digest.bytes)));
}

/// As docs/formats.md has it.
Sha256 content_of(const CustodyEntry& entry) {
  ByteWriter writer;
  writer.put_bytes(std::as_bytes(std::span(std::string_view("RPAUDITC"))));
  put_text(writer, entry.salt);
  writer.put(entry.tenant.value);
  for (const auto* text : {&entry.actor, &entry.action, &entry.object, &entry.request_id, &entry.detail})
    put_text(writer, *text);
  return sha256_of(writer.bytes());
}

void chain(CustodyEntry& entry, const Sha256& previous) {
  entry.previous = previous;
  ByteWriter writer;
  writer.put_bytes(std::as_bytes(std::span(std::string_view("RPAUDIT2"))));
  writer.put(entry.id);
  writer.put(entry.at.time_since_epoch().count());
  put_digest(writer, content_of(entry));
  put_digest(writer, previous);
  entry.digest = sha256_of(writer.bytes());
}

/// Entries 4 to 6 of a log, of which the middle one is of somebody else.
void add_custody(CaseFile& case_file) {
  Sha256 previous = sha256_of(std::string_view("entry 3"));
  for (const std::int64_t id : {4, 5, 6}) {
    CustodyEntry entry;
    entry.id = id;
    entry.at = kMadeAt;
    entry.actor = "command line";
    entry.action = id == 6 ? "case.export" : "sighting.capture";
    entry.object = "case 3";
    entry.detail = id == 6 ? R"({"made_at":")" + to_exact_time(kMadeAt) + R"("})"
                           : R"({"sha256":")" + to_hex(sha256_of(kCapture)) + R"("})";
    entry.salt = std::string(32, static_cast<char>('0' + id));
    chain(entry, previous);
    previous = entry.digest;
    if (id == 5)
      case_file.custody_links.push_back({id, entry.at, content_of(entry), {}});
    else
      case_file.custody.push_back(std::move(entry));
  }
}

}  // namespace

SigningKey sample_key() {
  return std::move(*SigningKey::of_secret(std::string(64, '7')));
}

CaseFile sample_case(const std::filesystem::path& folder) {
  CaseFile case_file;
  case_file.legal_case.id = CaseId{3};
  case_file.legal_case.platform = "videos.example";
  case_file.made_at = kMadeAt;
  case_file.made_by = "legal@lotus.example";
  case_file.tool_version = "reelprint 0.9.0";
  case_file.settings = {{"least score", "0.5"}};
  UploadFacts upload;
  upload.number = 7;
  upload.name = "ep1 \"full\".mp4";
  upload.sighting = Sighting{};
  upload.sighting->location = "https://videos.example/v/1.mp4";
  upload.exchanges.emplace_back();
  upload.matches.push_back(sample_match(folder));
  case_file.uploads.push_back(std::move(upload));
  case_file.attachments.push_back(
      attachment(folder, "fingerprints/upload-7.rpf", "a fingerprint", "application/octet-stream"));
  case_file.attachments.push_back(
      attachment(folder, "captures/sighting-1.warc.gz", kCapture, "application/warc"));
  add_custody(case_file);
  return case_file;
}

std::string bytes_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace reelprint::evidence::test
