#include "evidence/manifest.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "core/error.h"
#include "evidence/canonical_json.h"
#include "evidence/digest.h"
#include "evidence/hash_tree.h"
#include "evidence/json_members.h"
#include "evidence/zip_layout.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "reelprint-evidence-1";
constexpr std::string_view kTree = "RFC 6962 over SHA256SUMS";

constexpr const char* kDocument = "manifest.json";

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorCode::corrupt, "read manifest.json: " + why);
}

json::object time_stamp_of(const TimeStampNote& note) {
  if (note.is_present()) return {{"authority", note.authority}, {"token_sha256", to_hex(note.token)}};
  return {{"authority", note.authority.empty() ? json::value() : json::value(note.authority)},
          {"missing_why", note.missing_why},
          {"token_sha256", nullptr}};
}

std::vector<ManifestFile> files_in(const json::array& list) {
  if (list.size() > kMostMembers) refuse("it has too many files");
  std::vector<ManifestFile> files;
  for (const json::value& element : list) {
    const JsonMembers members(element, "a file", kDocument);
    ManifestFile file;
    file.name = members.text("name");
    file.sha256 = members.digest("sha256");
    file.bytes = static_cast<std::uint64_t>(members.whole("size"));
    file.media_type = members.text("media_type");
    file.what = members.text("what");
    if (!is_member_name(file.name)) refuse("'" + file.name + "' is no name for a file");
    if (file.bytes > kMostBundleBytes) refuse("'" + file.name + "' is too large");
    if (!files.empty() && files.back().name >= file.name) refuse("'files' are not sorted by name");
    files.push_back(std::move(file));
  }
  return files;
}

TimeStampNote time_stamp_in(const JsonMembers& members) {
  TimeStampNote note;
  note.authority = members.text_or_none("authority");
  if (members.value("token_sha256").is_string())
    note.token = members.digest("token_sha256");
  else
    note.missing_why = members.text("missing_why");
  return note;
}

PublicKey key_in(const JsonMembers& members) {
  const auto key = public_key_in_hex(members.text("public_key"));
  if (!key) refuse("'public_key' is no Ed25519 key");
  if (members.text("key") != key_id_of(*key)) refuse("'key' is not the id of 'public_key'");
  return *key;
}

Manifest manifest_of(const json::value& value) {
  const JsonMembers members(value, "it", kDocument);
  if (members.text("format") != kFormat) refuse("its format is not " + std::string(kFormat));
  Manifest manifest;
  manifest.in_case = members.whole("case");
  manifest.made_at = members.time("made_at");
  manifest.tool_version = members.text("tool");
  manifest.files = files_in(members.list("files"));
  manifest.root = members.object("tree").digest("root");
  manifest.key = key_in(members.object("signer"));
  manifest.time_stamp = time_stamp_in(members.object("time_stamp"));
  return manifest;
}

}  // namespace

std::string sum_line(const ManifestFile& file) {
  return to_hex(file.sha256) + "  " + file.name + "\n";
}

std::string sums_of(const std::vector<ManifestFile>& files) {
  std::string text;
  for (const ManifestFile& file : files) text += sum_line(file);
  return text;
}

Sha256 root_of(const std::vector<ManifestFile>& files) {
  std::vector<Sha256> leaves;
  for (const ManifestFile& file : files) leaves.push_back(leaf_hash(sum_line(file)));
  return tree_root(leaves);
}

std::string to_exact_time(WallTime time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  std::string text = to_rfc3339(second);
  std::string fraction = std::to_string(1'000'000 + (time - second).count()).substr(1);
  text.insert(text.size() - 1, "." + fraction);
  return text;
}

std::string to_text(const Manifest& manifest) {
  json::array files;
  for (const ManifestFile& file : manifest.files) {
    files.push_back(json::object{{"media_type", file.media_type},
                                 {"name", file.name},
                                 {"sha256", to_hex(file.sha256)},
                                 {"size", file.bytes},
                                 {"what", file.what}});
  }
  return canonical_json(json::object{
      {"case", manifest.in_case},
      {"files", std::move(files)},
      {"format", kFormat},
      {"made_at", to_exact_time(manifest.made_at)},
      {"signer",
       {{"algorithm", "Ed25519"}, {"key", key_id_of(manifest.key)}, {"public_key", to_hex(manifest.key)}}},
      {"time_stamp", time_stamp_of(manifest.time_stamp)},
      {"tool", manifest.tool_version},
      {"tree", {{"method", kTree}, {"root", to_hex(manifest.root)}}}});
}

Manifest manifest_in(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error) refuse("it is no JSON");
  Manifest manifest = manifest_of(value);
  if (to_text(manifest) != text) refuse("it is not in the one form that there is for what it says");
  return manifest;
}

}  // namespace reelprint::evidence
