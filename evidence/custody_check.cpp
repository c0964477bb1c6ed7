#include "evidence/custody_check.h"

#include <boost/json/parse.hpp>
#include <optional>

#include "core/bytes.h"
#include "evidence/digest.h"
#include "evidence/json_members.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostFaults = 100;

void put_magic(ByteWriter& writer, std::string_view magic) {
  writer.put_bytes(std::as_bytes(std::span(magic)));
}

void put_text(ByteWriter& writer, const std::string& text) {
  writer.put(static_cast<std::uint32_t>(text.size()));
  writer.put_bytes(std::as_bytes(std::span(text)));
}

void put_digest(ByteWriter& writer, const Sha256& digest) {
  writer.put_bytes(std::as_bytes(std::span(digest.bytes)));
}

void put_said(ByteWriter& writer, const JsonMembers& entry) {
  for (const char* name : {"actor", "action", "object", "request", "detail"})
    put_text(writer, entry.text(name));
}

std::int64_t microseconds_of(const JsonMembers& line) {
  return line.time("at").time_since_epoch().count();
}

/// Digest of an entry by the digest of what it says and of the entry before (docs/formats.md).
Sha256 chained(const JsonMembers& line, const Sha256& content, const Sha256& previous) {
  ByteWriter writer;
  put_magic(writer, "RPAUDIT2");
  writer.put(line.whole("id"));
  writer.put(microseconds_of(line));
  put_digest(writer, content);
  put_digest(writer, previous);
  return sha256_of(writer.bytes());
}

Sha256 digest_of(const JsonMembers& entry, const Sha256& previous) {
  const std::string salt = entry.text_or_none("salt");
  ByteWriter writer;
  if (!salt.empty()) {
    put_magic(writer, "RPAUDITC");
    put_text(writer, salt);
    writer.put(entry.whole("tenant"));
    put_said(writer, entry);
    return chained(entry, sha256_of(writer.bytes()), previous);
  }
  put_magic(writer, "RPAUDIT1");
  writer.put(entry.whole("id"));
  writer.put(microseconds_of(entry));
  writer.put(entry.whole("tenant"));
  put_said(writer, entry);
  put_digest(writer, previous);
  return sha256_of(writer.bytes());
}

/// Walks from line to line.
class Chain {
 public:
  void take(const JsonMembers& line) {
    const std::int64_t id = line.whole("id");
    if (last_id_ && id <= *last_id_) fault("entry " + std::to_string(id) + " comes after a later one");
    const bool is_next = last_id_ && id == *last_id_ + 1;
    if (last_id_ && !is_next) note_gap(*last_id_, id);
    if (!first_id_) first_id_ = id;
    last_id_ = id;
    findings.last_object.clear();
    findings.last_made_at.reset();
    const std::string kind = line.text("kind");
    if (kind == "entry")
      take_entry(line, id, is_next);
    else if (kind == "link")
      take_link(line, is_next);
    else
      fault("entry " + std::to_string(id) + " is of an unknown kind");
  }
  /// A gap is what it is where the log is long; else somebody made it.
  void finish() {
    if (gaps_.empty() || *last_id_ - *first_id_ > kMostCustodyLinks) return;
    for (std::string& gap : gaps_) fault(std::move(gap));
  }
  void fault(std::string why) {
    if (findings.faults.size() < kMostFaults) findings.faults.push_back(std::move(why));
  }

  CustodyFindings findings;

 private:
  void take_entry(const JsonMembers& entry, std::int64_t id, bool is_next) {
    ++findings.entries;
    const Sha256 previous = entry.digest("previous");
    const Sha256 digest = entry.digest("digest");
    if (digest_of(entry, previous) != digest)
      fault("entry " + std::to_string(id) + " is not what its digest says");
    if (is_next && previous != last_)
      fault("entry " + std::to_string(id) + " does not follow the entry before it");
    last_ = digest;
    take_detail(entry);
  }
  void note_gap(std::int64_t before, std::int64_t id) {
    ++findings.gaps;
    if (gaps_.size() < kMostFaults)
      gaps_.push_back("between entry " + std::to_string(before) + " and entry " + std::to_string(id) +
                      " entries are missing");
  }
  /// Of what the program itself writes: other entries may have any detail.
  void take_detail(const JsonMembers& entry) {
    const std::string action = entry.text("action");
    if (action != "case.export" && action != "sighting.capture") return;
    json::error_code error;
    const json::value detail = json::parse(entry.text("detail"), error);
    if (error || !detail.is_object()) return;
    const JsonMembers members(detail, "its detail", "custody.jsonl");
    if (action == "sighting.capture") {
      if (members.has("sha256")) findings.captured.insert(members.digest("sha256"));
    } else if (members.has("made_at")) {
      findings.last_object = entry.text("object");
      findings.last_made_at = members.time("made_at");
    }
  }
  /// An older entry has no digest of its content alone: its own digest is taken as it is stated, which is a
  /// gap.
  void take_link(const JsonMembers& link, bool is_next) {
    ++findings.links;
    if (link.value("content").is_null()) {
      ++findings.gaps;
      last_ = link.digest("digest");
      return;
    }
    if (!is_next) ++findings.gaps;
    last_ = chained(link, link.digest("content"), last_);
  }

  std::optional<std::int64_t> first_id_;
  std::optional<std::int64_t> last_id_;
  std::vector<std::string> gaps_;
  Sha256 last_;
};

}  // namespace

CustodyFindings examine_custody(std::string_view lines) {
  Chain chain;
  for (std::size_t number = 1; !lines.empty(); ++number) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    try {
      json::error_code error;
      const json::value value = json::parse(line, error);
      if (error) throw Error(ErrorCode::corrupt, "it is no JSON");
      chain.take(JsonMembers(value, "it", "custody.jsonl"));
    } catch (const Error& error) {
      chain.fault("line " + std::to_string(number) + ": " + error.what());
    }
  }
  chain.finish();
  return std::move(chain.findings);
}

}  // namespace reelprint::evidence
