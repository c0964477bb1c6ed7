#include "evidence/zip_writer.h"

#include <zip.h>

#include <memory>
#include <set>
#include <string_view>

#include "core/error.h"
#include "core/file_stream.h"
#include "evidence/digest.h"

namespace reelprint::evidence {
namespace {

struct Discard {
  void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view why) {
  throw Error(ErrorCode::io, "write the ZIP '" + file.string() + "': " + std::string(why));
}

Archive create(const std::filesystem::path& file) {
  int code = 0;
  Archive archive(zip_open(file.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string why = zip_error_strerror(&error);
  zip_error_fini(&error);
  fail(file, why);
}

/// Its bytes must outlive the archive.
zip_source_t* source_of(zip_t* archive, const PackedMember& member) {
  if (const auto* bytes = std::get_if<std::string>(&member.content))
    return zip_source_buffer(archive, bytes->data(), bytes->size(), 0);
  return zip_source_file(archive, std::get<std::filesystem::path>(member.content).c_str(), 0, -1);
}

void add(zip_t* archive, const PackedMember& member, const ZipTime& time, const std::filesystem::path& file) {
  constexpr zip_uint32_t kAttributes = 0100644U << 16;
  zip_source_t* const source = source_of(archive, member);
  if (source == nullptr) fail(file, zip_strerror(archive));
  const zip_int64_t at = zip_file_add(archive, member.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (at < 0) {
    zip_source_free(source);
    fail(file, zip_strerror(archive));
  }
  const auto place = static_cast<zip_uint64_t>(at);
  if (zip_set_file_compression(archive, place, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime(archive, place, time.time, time.date, 0) != 0 ||
      zip_file_set_external_attributes(archive, place, 0, ZIP_OPSYS_UNIX, kAttributes) != 0) {
    fail(file, zip_strerror(archive));
  }
}

ZipMember facts_of(const PackedMember& member) {
  const auto* bytes = std::get_if<std::string>(&member.content);
  const FileDigest digest = bytes != nullptr
                                ? digest_of_bytes(std::as_bytes(std::span(*bytes)))
                                : digest_of_file(std::get<std::filesystem::path>(member.content));
  return {member.name, digest.bytes, digest.crc32};
}

std::vector<ZipMember> checked(const std::vector<PackedMember>& members) {
  std::vector<ZipMember> facts;
  std::set<std::string_view> names;
  for (const PackedMember& member : members) {
    if (!is_member_name(member.name) || !names.insert(member.name).second) {
      throw Error(ErrorCode::invalid_input,
                  "write a ZIP: '" + member.name + "' is no name for a member, or is there twice");
    }
    facts.push_back(facts_of(member));
  }
  const std::uint64_t bytes =
      offsets_of(facts).back() + facts.size() * (kCentralHeaderBytes + kMostNameBytes);
  if (facts.size() > kMostMembers || bytes > kMostBundleBytes)
    throw Error(ErrorCode::too_large, "write a ZIP: it would have over 60,000 members, or 4 GiB");
  return facts;
}

void expect(FileReader& reader, const std::vector<std::byte>& wanted, const std::filesystem::path& file) {
  std::vector<std::byte> found(wanted.size());
  reader.read(found);
  if (found != wanted) fail(file, "libzip wrote other headers than docs/evidence_bundle.md says");
}

/// Headers only: the members' bytes are what the digests of the manifest are for.
void check_headers(const std::vector<ZipMember>& members, const ZipTime& time,
                   const std::filesystem::path& file) {
  FileReader reader(file);
  std::vector<std::byte> piece(std::size_t{1} << 18);
  for (const ZipMember& member : members) {
    expect(reader, local_header(member, time), file);
    for (std::uint64_t left = member.bytes; left > 0;) {
      const auto part =
          std::span(piece).first(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
      reader.read(part);
      left -= part.size();
    }
  }
  expect(reader, zip_tail(members, time), file);
  if (reader.left() != 0) fail(file, "libzip wrote more than docs/evidence_bundle.md says");
}

}  // namespace

std::vector<ZipMember> write_zip(const std::vector<PackedMember>& members, WallTime time,
                                 const std::filesystem::path& file) {
  const auto facts = checked(members);
  const ZipTime dos_time = zip_time_of(time);
  Archive archive = create(file);
  for (const PackedMember& member : members) add(archive.get(), member, dos_time, file);
  if (zip_close(archive.get()) != 0) fail(file, zip_strerror(archive.get()));
  (void)archive.release();
  check_headers(facts, dos_time, file);
  return facts;
}

}  // namespace reelprint::evidence
