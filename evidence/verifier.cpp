#include "evidence/verifier.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "evidence/custody_check.h"
#include "evidence/json_members.h"
#include "evidence/time_stamp.h"

namespace reelprint::evidence {
namespace {

constexpr std::uint64_t kMostManifestBytes = std::uint64_t{32} << 20;
constexpr std::uint64_t kMostDocumentBytes = std::uint64_t{64} << 20;
constexpr std::string_view kWarcType = "application/warc";
constexpr std::uint64_t kMostTokenBytes = std::uint64_t{1} << 20;

/// Goes through a bundle from its outside to its inside.
class Verification {
 public:
  Verification(BundleFile& bundle, const VerifierSettings& settings) : bundle_(bundle), settings_(settings) {}

  VerifiedBundle run() {
    read_manifest();
    check_zip();
    if (result_.manifest) {
      check_files();
      check_tree();
      check_sums();
      check_signature();
      check_time_stamp();
      check_signer();
      check_documents();
      check_custody();
    } else {
      leave("file", "without a manifest nothing else can be checked");
    }
    return std::move(result_);
  }

 private:
  void note(std::string name, CheckOutcome outcome, std::string detail) {
    result_.checks.push_back({std::move(name), outcome, std::move(detail)});
  }
  void pass(const char* name, std::string detail) { note(name, CheckOutcome::passed, std::move(detail)); }
  void fail(const char* name, std::string detail) { note(name, CheckOutcome::failed, std::move(detail)); }
  void leave(const char* name, std::string detail) {
    note(name, CheckOutcome::not_possible, std::move(detail));
  }

  /// The bytes of a member; nothing when it is not there or beyond `most_bytes`.
  std::optional<std::string> text_of(std::string_view name, std::uint64_t most_bytes) {
    const FoundMember* member = bundle_.find(name);
    if (member == nullptr || member->facts.bytes > most_bytes) return std::nullopt;
    return bundle_.text_of(*member, most_bytes);
  }

  /// It is the first member, whatever the ZIP calls it.
  void read_manifest() {
    if (bundle_.members().empty()) return fail("manifest", "there is no manifest.json to be found");
    const FoundMember& first = bundle_.members().front();
    if (first.facts.bytes > kMostManifestBytes) return fail("manifest", "manifest.json is too large");
    manifest_text_ = bundle_.text_of(first, kMostManifestBytes);
    try {
      result_.manifest = manifest_in(manifest_text_);
      pass("manifest", "manifest.json is canonical JSON and lists " +
                           std::to_string(result_.manifest->files.size()) + " files");
    } catch (const Error& error) {
      fail("manifest", error.what());
    }
  }

  void check_zip() {
    const std::size_t before = result_.checks.size();
    if (result_.manifest) {
      for (std::string& fault : bundle_.take_for(*result_.manifest)) fail("zip", std::move(fault));
    }
    const auto time = result_.manifest ? std::optional(result_.manifest->made_at) : std::nullopt;
    for (std::string& fault : bundle_.header_faults(time)) fail("zip", std::move(fault));
    if (result_.checks.size() == before)
      pass("zip", "the ZIP has no byte that does not follow from its members");
  }

  void check_files() {
    std::size_t good = 0;
    for (const ManifestFile& file : result_.manifest->files) {
      const FoundMember* member = bundle_.find(file.name);
      if (member == nullptr) {
        fail("file", "'" + file.name + "' is not there");
      } else if (member->facts.bytes != file.bytes) {
        fail("file", "'" + file.name + "' has another size");
      } else if (bundle_.digest_of(*member).sha256 != file.sha256) {
        fail("file", "'" + file.name + "' is not what the manifest has: its SHA-256 is another one");
      } else {
        ++good;
      }
    }
    if (good == result_.manifest->files.size())
      pass("file", "all " + std::to_string(good) + " files have the size and SHA-256 that the manifest says");
  }

  void check_tree() {
    if (root_of(result_.manifest->files) == result_.manifest->root)
      pass("tree", "the root over all files is " + to_hex(result_.manifest->root));
    else
      fail("tree", "the root in manifest.json is not that of its files");
  }

  void check_sums() {
    const std::string wanted = sums_of(result_.manifest->files);
    if (text_of(kSumsName, wanted.size()) == wanted)
      pass("sums", "SHA256SUMS says the same as manifest.json");
    else
      fail("sums", "SHA256SUMS does not say what manifest.json says");
  }

  void check_signature() {
    Signature signature;
    const auto bytes = text_of(kSignatureName, signature.bytes.size());
    if (!bytes || bytes->size() != signature.bytes.size())
      return fail("signature", "manifest.sig is not there, or no signature");
    std::copy(bytes->begin(), bytes->end(), signature.bytes.begin());
    const PublicKey& key = result_.manifest->key;
    if (is_signed_by(key, manifest_text_, signature))
      pass("signature", "manifest.json is signed by the key " + key_id_of(key));
    else
      fail("signature",
           "manifest.sig is no signature of manifest.json by the key that it names, " + key_id_of(key));
  }

  void check_time_stamp() {
    const TimeStampNote& note = result_.manifest->time_stamp;
    if (!note.is_present())
      return leave("time_stamp", "there is none: " + note.missing_why +
                                     "; that the files existed at the time "
                                     "that they state rests on the signer's word");
    const auto token = text_of(kTimeStampName, kMostTokenBytes);
    if (!token) return fail("time_stamp", "timestamp.tsr is not there, or too large");
    if (sha256_of(*token) != note.token)
      return fail("time_stamp", "timestamp.tsr is not what the manifest has: its SHA-256 is another one");
    const auto findings = examine_time_stamp(*token, result_.manifest->root, settings_.authorities);
    if (!findings.refusal.empty()) return fail("time_stamp", "timestamp.tsr: " + findings.refusal);
    pass("time_stamp", "the files existed on " + to_exact_time(findings.at) + ", says " + findings.authority +
                           " (serial " + findings.serial + ")");
    if (!findings.chain_refusal)
      return leave("authority", "whether " + findings.authority +
                                    " is to be trusted: no certificates of authorities were given");
    if (!findings.chain_refusal->empty())
      return fail("authority",
                  "its certificate does not lead to a given authority: " + *findings.chain_refusal);
    pass("authority", "its certificate leads to a given authority and was good at that time");
    signed_at_ = {findings.at, true};
  }

  void check_signer() {
    const PublicKey& key = result_.manifest->key;
    if (!settings_.keys)
      return leave("signer", "whose the key " + key_id_of(key) + " is: no published keys were given");
    if (!signed_at_.is_proven) signed_at_.at = result_.manifest->made_at;
    const KeyJudgement judgement = judge_key(key, signed_at_, *settings_.keys);
    const std::string said = key_id_of(key) + ": " + judgement.why;
    switch (judgement.standing) {
      case KeyStanding::good: return pass("signer", said);
      case KeyStanding::bad: return fail("signer", said);
      case KeyStanding::unclear: return leave("signer", said);
    }
  }

  /// match.json and the manifest speak of the same case at the same time.
  void check_documents() {
    const auto text = text_of("match.json", kMostDocumentBytes);
    if (!text) return fail("documents", "match.json is not there, or too large");
    try {
      boost::json::error_code error;
      const boost::json::value value = boost::json::parse(*text, error);
      if (error) throw Error(ErrorCode::corrupt, "read match.json: it is no JSON");
      const JsonMembers members(value, "it", "match.json");
      if (members.text("format") != "reelprint-match-1")
        members.refuse("its format is not reelprint-match-1");
      if (members.object("case").whole("id") != result_.manifest->in_case ||
          members.time("made_at") != result_.manifest->made_at) {
        members.refuse("it is of another case or time than manifest.json");
      }
      pass("documents", "match.json is of the case and time that manifest.json says");
    } catch (const Error& error) {
      fail("documents", error.what());
    }
  }

  void check_custody() {
    const auto text = text_of("custody.jsonl", kMostDocumentBytes);
    if (!text) return fail("custody", "custody.jsonl is not there, or too large");
    const CustodyFindings findings = examine_custody(*text);
    std::vector<std::string> faults = findings.faults;
    if (findings.entries > 0) append_what_is_missing(faults, findings);
    for (const std::string& fault : faults) fail("custody", "custody.jsonl: " + fault);
    if (!faults.empty()) return;
    const std::string count = "the entries (" + std::to_string(findings.entries) + ")";
    if (findings.entries == 0)
      leave("custody", "custody.jsonl has no entry");
    else if (findings.gaps > 0)
      leave("custody", count + " are what their digests say; between them the chain cannot be followed in " +
                           std::to_string(findings.gaps) + " places");
    else
      pass("custody", count + " are chained from the first to the last, through " +
                          std::to_string(findings.links) + " of others");
  }

  /// The custody ends with this very export, and has every capture that is enclosed.
  void append_what_is_missing(std::vector<std::string>& faults, const CustodyFindings& findings) const {
    const Manifest& manifest = *result_.manifest;
    if (findings.last_object != "case " + std::to_string(manifest.in_case) ||
        findings.last_made_at != manifest.made_at)
      faults.emplace_back("it does not end with the export of this bundle");
    for (const ManifestFile& file : manifest.files) {
      if (file.media_type == kWarcType && !findings.captured.contains(file.sha256))
        faults.push_back("'" + file.name + "' is not what it says was captured");
    }
  }

  BundleFile& bundle_;
  const VerifierSettings& settings_;
  VerifiedBundle result_;
  std::string manifest_text_;
  SigningTime signed_at_;
};

}  // namespace

std::string_view to_string(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::passed: return "passed";
    case CheckOutcome::failed: return "failed";
    case CheckOutcome::not_possible: return "not_possible";
  }
  return "unknown";
}

bool VerifiedBundle::is_good() const {
  return std::ranges::none_of(checks,
                              [](const BundleCheck& check) { return check.outcome == CheckOutcome::failed; });
}

VerifiedBundle verify_bundle(BundleFile& bundle, const VerifierSettings& settings) {
  return Verification(bundle, settings).run();
}

}  // namespace reelprint::evidence
