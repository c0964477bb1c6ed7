#include "evidence/bundle.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "evidence/bundle_texts.h"
#include "evidence/digest.h"
#include "evidence/match_document.h"
#include "evidence/zip_writer.h"

namespace reelprint::evidence {
namespace {

/// A file that is to be in the manifest.
struct Part {
  PackedMember member{};
  std::string media_type{};
  std::string what{};
};

/// A folder beside the bundle for what is drawn on the way; gone with the object.
class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& file) : path_(file.string() + ".parts") {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
    std::filesystem::create_directories(path_, error);
    if (error) throw Error(ErrorCode::io, "make folder '" + path_.string() + "': " + error.message());
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

Part part_of(const CaseAttachment& attachment) {
  return {{attachment.name, attachment.file}, attachment.media_type, to_text(attachment.what)};
}

void add_attachments(std::vector<Part>& parts, const CaseFile& case_file) {
  for (const CaseAttachment& one : case_file.attachments) parts.push_back(part_of(one));
  for (const UploadFacts& upload : case_file.uploads) {
    for (const MatchFacts& match : upload.matches) {
      for (const FramePair& pair : match.pairs) {
        parts.push_back(part_of(pair.picture));
        for (const auto* frame : {&pair.query_frame, &pair.reference_frame})
          if (*frame) parts.push_back(part_of((*frame)->picture));
      }
      if (match.time_plot) parts.push_back(part_of(*match.time_plot));
      if (match.coverage) parts.push_back(part_of(*match.coverage));
    }
  }
}

/// The first language's reports have the plain names.
void add_reports(std::vector<Part>& parts, const CaseFile& case_file, const BundleSettings& settings,
                 const Scratch& scratch) {
  for (const ReportLanguage language : settings.languages) {
    const std::string code(to_string(language));
    const std::string stem = language == settings.languages.front() ? "report" : "report." + code;
    const auto pdf = scratch.file(stem + ".pdf");
    const auto html = scratch.file(stem + ".html");
    write_pdf_report(case_file, language, pdf);
    write_html_report(case_file, language, html);
    parts.push_back({{stem + ".pdf", pdf}, "application/pdf", "report for a person (" + code + ")"});
    parts.push_back({{stem + ".html", html}, "text/html", "report for a person (" + code + ")"});
  }
}

std::vector<Part> parts_of(const CaseFile& case_file, const BundleSettings& settings,
                           const Scratch& scratch) {
  std::vector<Part> parts;
  parts.push_back({{"README.txt", std::string(kReadMe)}, "text/plain", "how to read and check this bundle"});
  parts.push_back({{"match.json", match_document(case_file)}, "application/json", "the claim, for programs"});
  parts.push_back({{"settings.json", settings_document(case_file)},
                   "application/json",
                   "tool, algorithms, clock and settings"});
  parts.push_back({{"custody.jsonl", custody_document(case_file)},
                   "application/jsonl",
                   "audit log of the case, chained by digests"});
  add_attachments(parts, case_file);
  add_reports(parts, case_file, settings, scratch);
  std::ranges::sort(parts, {}, [](const Part& part) { return part.member.name; });
  return parts;
}

std::vector<ManifestFile> files_of(const std::vector<Part>& parts) {
  std::vector<ManifestFile> files;
  for (const Part& part : parts) {
    const auto* bytes = std::get_if<std::string>(&part.member.content);
    const FileDigest digest = bytes != nullptr
                                  ? digest_of_bytes(std::as_bytes(std::span(*bytes)))
                                  : digest_of_file(std::get<std::filesystem::path>(part.member.content));
    files.push_back({part.member.name, digest.sha256, digest.bytes, part.media_type, part.what});
  }
  return files;
}

/// A bundle on its way.
struct Draft {
  std::vector<Part> parts{};
  Manifest manifest{};
  std::string time_stamp{};
};

Draft draft_of(const CaseFile& case_file, const SigningKey& key, const BundleSettings& settings,
               const Scratch& scratch) {
  Draft draft;
  draft.parts = parts_of(case_file, settings, scratch);
  Manifest& manifest = draft.manifest;
  manifest.in_case = case_file.legal_case.id.value;
  manifest.made_at = case_file.made_at;
  manifest.tool_version = case_file.tool_version;
  manifest.files = files_of(draft.parts);
  manifest.root = root_of(manifest.files);
  manifest.key = key.public_key();
  manifest.time_stamp.authority = settings.authority;
  return draft;
}

/// What is said of the time stamp is in the files that it is over: where it cannot be had, they are made
/// again.
Draft stamped_draft(const CaseFile& case_file, const SigningKey& key, const BundleSettings& settings,
                    const Scratch& scratch) {
  CaseFile told = case_file;
  std::string why = to_text(SentenceCode::stamp_unconfigured);
  if (settings.ask) {
    told.time_stamp = {SentenceCode::stamp_present, {settings.authority}};
    Draft draft = draft_of(told, key, settings, scratch);
    try {
      draft.time_stamp = settings.ask(draft.manifest.root);
      draft.manifest.time_stamp.token = sha256_of(draft.time_stamp);
      return draft;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled) throw;
      why = error.what();
    }
  }
  told.time_stamp = {SentenceCode::stamp_missing, {recognised(why, {SentenceCode::stamp_unconfigured})}};
  Draft draft = draft_of(told, key, settings, scratch);
  draft.manifest.time_stamp.missing_why = why;
  return draft;
}

std::vector<PackedMember> members_of(const Draft& draft, const SigningKey& key) {
  const std::string manifest = to_text(draft.manifest);
  const Signature signature = key.sign(manifest);
  std::vector<PackedMember> members;
  members.push_back({std::string(kManifestName), manifest});
  members.push_back(
      {std::string(kSignatureName), std::string(signature.bytes.begin(), signature.bytes.end())});
  members.push_back({std::string(kSumsName), sums_of(draft.manifest.files)});
  if (draft.manifest.time_stamp.is_present())
    members.push_back({std::string(kTimeStampName), draft.time_stamp});
  for (const Part& part : draft.parts) members.push_back(part.member);
  return members;
}

/// To the disk and to its name.
void publish(const std::filesystem::path& packed, const std::filesystem::path& file) {
  const int fd = ::open(packed.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_flushed = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  std::error_code error;
  if (is_flushed) std::filesystem::rename(packed, file, error);
  if (!is_flushed || error)
    throw Error(ErrorCode::io, "write the bundle '" + file.string() + "': the disk refused it");
}

}  // namespace

WrittenBundle write_bundle(const CaseFile& case_file, const SigningKey& key, const BundleSettings& settings,
                           const std::filesystem::path& file) {
  const Scratch scratch(file);
  const Draft draft = stamped_draft(case_file, key, settings, scratch);
  const auto packed = scratch.file("bundle.zip");
  write_zip(members_of(draft, key), case_file.made_at, packed);
  const FileDigest digest = digest_of_file(packed);
  publish(packed, file);
  return {draft.manifest, digest.bytes, digest.sha256, draft.time_stamp};
}

}  // namespace reelprint::evidence
