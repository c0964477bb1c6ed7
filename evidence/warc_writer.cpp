#include "evidence/warc_writer.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/file_stream.h"
#include "evidence/canonical_json.h"
#include "evidence/digest.h"
#include "evidence/gzip_members.h"
#include "evidence/warc_http.h"
#include "evidence/warc_record.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 16;
constexpr std::string_view kEnd = "\r\n\r\n";

/// What a record holds: a text, then a file.
struct Block {
  std::string text{};
  std::filesystem::path file{};  ///< ""; none
};

/// Calls `take` with each piece of a file.
template <class Take>
void for_each_piece(const std::filesystem::path& file, Take take) {
  if (file.empty()) return;
  FileReader reader(file);
  std::vector<std::byte> piece(kPieceBytes);
  while (reader.left() > 0) {
    const auto part = std::span(piece).first(
        static_cast<std::size_t>(std::min<std::uintmax_t>(reader.left(), piece.size())));
    reader.read(part);
    take(std::span<const std::byte>(part));
  }
}

struct BlockDigests {
  Sha256 block{};
  Sha256 file{};  ///< of the file's part; of nothing, when there is none
  std::uint64_t bytes = 0;
};

BlockDigests digests_of(const Block& block) {
  Sha256Stream whole;
  Sha256Stream file;
  whole.add(block.text);
  std::uint64_t bytes = block.text.size();
  for_each_piece(block.file, [&](std::span<const std::byte> piece) {
    whole.add(piece);
    file.add(piece);
    bytes += piece.size();
  });
  return {whole.finish(), file.finish(), bytes};
}

void put(WarcFields& fields, std::string name, std::string value) {
  if (!value.empty()) fields.emplace_back(std::move(name), std::move(value));
}

std::string information_of(const WarcDescription& of) {
  std::string text = "software: " + of.software + "\r\nformat: WARC File Format 1.1\r\n" +
                     "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/"
                     "warc-1.1/\r\nrobots: obey\r\n";
  const auto add = [&](const std::string& name, const std::string& value) {
    if (value.find_first_of("\r\n") != std::string::npos)
      throw Error(ErrorCode::invalid_input, "begin a WARC file: its " + name + " has a line break in it");
    if (!value.empty()) text += name + ": " + value + "\r\n";
  };
  add("operator", of.operated_by);
  add("http-header-user-agent", of.user_agent);
  add("description", of.description);
  return text;
}

boost::json::object facts_of(const WarcWriter::Piece& piece) {
  return {{"record", piece.record}, {"from", piece.from}, {"bytes", piece.bytes}, {"at", piece.at}};
}

std::string facts_of(const WarcWriter::Assembly& assembly) {
  boost::json::array pieces;
  for (const WarcWriter::Piece& piece : assembly.pieces) pieces.push_back(facts_of(piece));
  boost::json::object facts;
  facts["purpose"] = "assembly";
  facts["is_whole"] = assembly.is_whole;
  facts["is_enclosed"] = !assembly.file.empty();
  facts["bytes"] = assembly.bytes;
  facts["pieces"] = std::move(pieces);
  return canonical_json(facts);
}

}  // namespace

class WarcWriter::Parts {
 public:
  explicit Parts(const std::filesystem::path& file) : out_(file) {}

  /// Fields of the record but for those that all have. Its id.
  struct Record {
    std::string type{};
    std::string content_type{};
    std::string target{};
    WallTime date{};
    WarcFields more{};
    Block block{};
    const Sha256* file_digest = nullptr;  ///< expected of the block's file
    bool has_payload = false;             ///< the file is what the message carries
  };
  std::string add(const Record& record);
  void commit() { out_.commit(); }

 private:
  GzipMembers out_;
  std::uint64_t number_ = 0;
};

std::string WarcWriter::Parts::add(const Record& record) {
  const BlockDigests digests = digests_of(record.block);
  if (record.file_digest != nullptr && *record.file_digest != digests.file) {
    throw Error(ErrorCode::corrupt, "archive '" + record.target + "': '" + record.block.file.string() +
                                        "' is no longer what was fetched");
  }
  const std::string id = warc_record_id({record.type, record.target, record.date, digests.block, ++number_});
  WarcFields fields{
      {"WARC-Type", record.type}, {"WARC-Record-ID", id}, {"WARC-Date", warc_date(record.date)}};
  if (!record.target.empty()) fields.emplace_back("WARC-Target-URI", record.target);
  fields.insert(fields.end(), record.more.begin(), record.more.end());
  fields.emplace_back("WARC-Block-Digest", warc_digest(digests.block));
  if (record.has_payload) fields.emplace_back("WARC-Payload-Digest", warc_digest(digests.file));
  fields.emplace_back("Content-Type", record.content_type);
  fields.emplace_back("Content-Length", std::to_string(digests.bytes));
  const std::string head = warc_head(fields);
  out_.begin(digests.bytes);
  out_.write(head);
  out_.write(record.block.text);
  for_each_piece(record.block.file, [&](std::span<const std::byte> piece) { out_.write(piece); });
  out_.write(kEnd);
  out_.end();
  return id;
}

WarcWriter::WarcWriter(const std::filesystem::path& file, const WarcDescription& description)
    : parts_(std::make_unique<Parts>(file)) {
  parts_->add({.type = "warcinfo",
               .content_type = "application/warc-fields",
               .date = description.made_at,
               .block = {information_of(description)}});
}

WarcWriter::~WarcWriter() = default;

std::string WarcWriter::add(const Exchange& exchange, const WarcNote& note) {
  std::string first;
  const auto add = [&](Parts::Record record) {
    record.target = exchange.url;
    record.date = exchange.began_at;
    put(record.more, "WARC-Concurrent-To", first);
    const std::string id = parts_->add(record);
    if (first.empty()) first = id;
  };
  if (const std::string head = archived_response_head(exchange).text; !head.empty()) {
    WarcFields more;
    put(more, "WARC-IP-Address", exchange.address);
    put(more, "WARC-Truncated", std::string(warc_truncation(exchange)));
    add({.type = "response",
         .content_type = "application/http;msgtype=response",
         .more = more,
         .block = {head, exchange.body},
         .file_digest = exchange.body.empty() ? nullptr : &exchange.body_digest,
         .has_payload = true});
  }
  if (const std::string head = archived_request_head(exchange).text; !head.empty()) {
    WarcFields more;
    put(more, "WARC-IP-Address", exchange.address);
    add({.type = "request",
         .content_type = "application/http;msgtype=request",
         .more = more,
         .block = {head}});
  }
  add({.type = "metadata", .content_type = "application/json", .block = {warc_metadata(exchange, note)}});
  return first;
}

std::string WarcWriter::add_resource(const Resource& resource) {
  WarcFields more;
  put(more, "WARC-Concurrent-To", resource.of_record);
  return parts_->add({.type = "resource",
                      .content_type = resource.media_type,
                      .target = "urn:view:" + resource.url,
                      .date = resource.made_at,
                      .more = more,
                      .block = {{}, resource.file},
                      .has_payload = true});
}

std::string WarcWriter::add_assembly(const Assembly& assembly) {
  std::string of = assembly.pieces.empty() ? std::string() : assembly.pieces.front().record;
  if (!assembly.file.empty()) {
    WarcFields more;
    put(more, "WARC-Refers-To", of);
    of = parts_->add({.type = "conversion",
                      .content_type = assembly.media_type,
                      .target = assembly.url,
                      .date = assembly.made_at,
                      .more = more,
                      .block = {{}, assembly.file},
                      .has_payload = true});
  }
  WarcFields more;
  put(more, "WARC-Refers-To", of);
  parts_->add({.type = "metadata",
               .content_type = "application/json",
               .target = assembly.url,
               .date = assembly.made_at,
               .more = more,
               .block = {facts_of(assembly)}});
  return of;
}

void WarcWriter::commit() {
  parts_->commit();
}

}  // namespace reelprint::evidence
