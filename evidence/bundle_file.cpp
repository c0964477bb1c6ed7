#include "evidence/bundle_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/bytes.h"
#include "core/error.h"
#include "core/file_stream.h"
#include "evidence/zip_fields.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18;
constexpr std::size_t kMostFaults = 100;
constexpr std::size_t kLeadingMembers = 4;  // manifest, signature, sums, time stamp
constexpr std::uint64_t kMostTailBytes = kMostMembers * (kCentralHeaderBytes + kMostNameBytes) + kEndBytes;
constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;

std::string name_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Where the layout has the next header, given a member that begins there.
std::uint64_t end_of(const FoundMember& member) {
  return member.begin + member.facts.bytes;
}

}  // namespace

BundleFile::BundleFile(std::filesystem::path file) : file_(std::move(file)) {
  std::error_code error;
  size_ = std::filesystem::file_size(file_, error);
  if (error == std::errc::no_such_file_or_directory)
    throw Error(ErrorCode::not_found, "open the bundle '" + file_.string() + "': no such file");
  if (error) throw Error(ErrorCode::io, "open the bundle '" + file_.string() + "': " + error.message());
  if (size_ > kMostBundleBytes)
    throw Error(ErrorCode::too_large, "open the bundle '" + file_.string() + "': it is larger than 4 GiB");
  in_.open(file_, std::ios::binary);
  if (!in_) throw Error(ErrorCode::io, "open the bundle '" + file_.string() + "': it cannot be read");
  members_ = by_directory();
  if (members_.empty()) members_ = by_headers();
}

const FoundMember* BundleFile::find(std::string_view name) const {
  const auto found =
      std::ranges::find_if(members_, [&](const FoundMember& member) { return member.facts.name == name; });
  return found == members_.end() ? nullptr : &*found;
}

/// Fewer where the file ends before.
std::vector<std::byte> BundleFile::bytes_at(std::uint64_t begin, std::uint64_t count) {
  const std::uint64_t there = begin < size_ ? std::min(count, size_ - begin) : 0;
  std::vector<std::byte> bytes(static_cast<std::size_t>(there));
  in_.clear();
  in_.seekg(static_cast<std::streamoff>(begin));
  if (there > 0 && !in_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(there)))
    throw Error(ErrorCode::io, "read the bundle '" + file_.string() + "': the disk refused it");
  return bytes;
}

std::string BundleFile::text_of(const FoundMember& member, std::uint64_t most_bytes) {
  if (member.facts.bytes > most_bytes)
    throw Error(ErrorCode::too_large, "read '" + member.facts.name + "' of the bundle: it is too large");
  const auto bytes = bytes_at(member.begin, member.facts.bytes);
  return name_of(bytes);
}

FileDigest BundleFile::digest_of(const FoundMember& member) {
  FileDigest digest;
  digest.bytes = member.facts.bytes;
  Sha256Stream sha256;
  for (std::uint64_t done = 0; done < member.facts.bytes; done += kPieceBytes) {
    const auto piece =
        bytes_at(member.begin + done, std::min<std::uint64_t>(kPieceBytes, member.facts.bytes - done));
    sha256.add(piece);
    digest.crc32 = crc32_of(piece, digest.crc32);
  }
  digest.sha256 = sha256.finish();
  return digest;
}

void BundleFile::extract(const FoundMember& member, const std::filesystem::path& to) {
  FileReplacement out(to);
  for (std::uint64_t done = 0; done < member.facts.bytes; done += kPieceBytes)
    out.write(bytes_at(member.begin + done, std::min<std::uint64_t>(kPieceBytes, member.facts.bytes - done)));
  out.commit();
}

/// Empty unless the members lie one behind the other, from the first byte to the directory.
std::vector<FoundMember> BundleFile::by_directory() {
  if (size_ < kEndBytes) return {};
  const auto end_bytes = bytes_at(size_ - kEndBytes, kEndBytes);
  ByteReader end(end_bytes, "a bundle");
  if (end.take<std::uint32_t>() != kEndSignature) return {};
  (void)end.take_bytes(12);
  const std::uint64_t directory = end.take<std::uint32_t>();
  if (directory > size_ || size_ - directory > kMostTailBytes) return {};
  const auto bytes = bytes_at(directory, size_ - directory);
  std::vector<FoundMember> found;
  std::uint64_t next = 0;
  for (auto rest = std::span(bytes); rest.size() >= kCentralHeaderBytes;) {
    ByteReader reader(rest, "a bundle");
    if (reader.take<std::uint32_t>() != kCentralSignature || found.size() == kMostMembers) break;
    (void)reader.take_bytes(12);
    FoundMember member;
    member.facts.crc32 = reader.take<std::uint32_t>();
    (void)reader.take_bytes(4);
    member.facts.bytes = reader.take<std::uint32_t>();
    const std::size_t name_bytes = reader.take<std::uint16_t>();
    (void)reader.take_bytes(12);
    const std::uint64_t offset = reader.take<std::uint32_t>();
    if (name_bytes > std::min(reader.left(), kMostNameBytes) || offset != next) return {};
    member.facts.name = name_of(reader.take_bytes(name_bytes));
    member.begin = offset + kLocalHeaderBytes + name_bytes;
    next = end_of(member);
    found.push_back(std::move(member));
    rest = rest.last(reader.left());
  }
  return next == directory ? found : std::vector<FoundMember>();
}

/// From the first byte on, as far as they lead.
std::vector<FoundMember> BundleFile::by_headers() {
  std::vector<FoundMember> found;
  for (std::uint64_t at = 0; found.size() < kMostMembers;) {
    const auto bytes = bytes_at(at, kLocalHeaderBytes);
    if (bytes.size() < kLocalHeaderBytes) return {};
    ByteReader reader(bytes, "a bundle");
    const auto signature = reader.take<std::uint32_t>();
    if (signature != kLocalSignature) return found;
    (void)reader.take_bytes(10);
    FoundMember member;
    member.facts.crc32 = reader.take<std::uint32_t>();
    (void)reader.take_bytes(4);
    member.facts.bytes = reader.take<std::uint32_t>();
    const std::size_t name_bytes = reader.take<std::uint16_t>();
    if (name_bytes > kMostNameBytes) return {};
    member.facts.name = name_of(bytes_at(at + kLocalHeaderBytes, name_bytes));
    member.begin = at + kLocalHeaderBytes + name_bytes;
    at = end_of(member);
    if (at > size_) return {};
    found.push_back(std::move(member));
  }
  return {};
}

std::vector<std::string> BundleFile::take_for(const Manifest& manifest) {
  std::vector<ZipMember> wanted{{std::string(kManifestName), to_text(manifest).size(), 0},
                                {std::string(kSignatureName), 64, 0},
                                {std::string(kSumsName), sums_of(manifest.files).size(), 0}};
  if (manifest.time_stamp.is_present()) {
    const std::size_t at = wanted.size();
    wanted.push_back({std::string(kTimeStampName), at < members_.size() ? members_[at].facts.bytes : 0, 0});
  }
  for (const ManifestFile& file : manifest.files) wanted.push_back({file.name, file.bytes, 0});
  const bool is_all = members_.size() == wanted.size() &&
                      std::ranges::equal(members_, wanted, [](const FoundMember& a, const ZipMember& b) {
                        return a.facts.bytes == b.bytes && a.facts.name.size() == b.name.size();
                      });
  if (is_all) {
    for (std::size_t i = 0; i < wanted.size(); ++i) members_[i].facts.name = wanted[i].name;
    return {};
  }
  return mismatches(wanted);
}

std::vector<std::string> BundleFile::mismatches(const std::vector<ZipMember>& wanted) const {
  std::map<std::string_view, const FoundMember*> found;
  std::vector<std::string> faults;
  for (const FoundMember& member : members_) {
    if (!found.emplace(member.facts.name, &member).second)
      faults.push_back("there are two members of the name '" + member.facts.name + "'");
  }
  for (const ZipMember& one : wanted) {
    const auto at = found.find(one.name);
    if (at == found.end()) {
      faults.push_back("'" + one.name + "' is missing");
      continue;
    }
    if (at->second->facts.bytes != one.bytes)
      faults.push_back("'" + one.name + "' has another size than the manifest says");
    found.erase(at);
  }
  for (const auto& [name, member] : found)
    faults.push_back("'" + std::string(name) + "' is no file of the manifest");
  if (faults.empty()) faults.emplace_back("the members are in another order than they must be");
  if (faults.size() > kMostFaults) faults.resize(kMostFaults);
  return faults;
}

/// What both headers of a member say, or else the one that is right.
std::uint32_t BundleFile::stated_crc(std::size_t member) {
  const FoundMember& found = members_[member];
  const auto local = bytes_at(found.begin - found.facts.name.size() - kLocalHeaderBytes, kLocalHeaderBytes);
  ByteReader reader(local, "a bundle");
  (void)reader.take_bytes(14);
  const auto by_header = reader.take<std::uint32_t>();
  if (by_header == found.facts.crc32) return by_header;
  return digest_of(found).crc32;
}

std::vector<std::string> BundleFile::header_faults(const std::optional<WallTime>& time) {
  if (members_.empty())
    return {"it is no ZIP as a bundle is: neither its directory nor its headers lead through it"};
  std::vector<std::string> faults;
  std::vector<ZipMember> stated;
  ZipTime dos_time = zip_time_of(time.value_or(WallTime{}));
  if (!time) {
    const auto first = bytes_at(10, 4);
    ByteReader reader(first, "a bundle");
    dos_time.time = reader.take<std::uint16_t>();
    dos_time.date = reader.take<std::uint16_t>();
  }
  for (std::size_t i = 0; i < members_.size() && faults.size() < kMostFaults; ++i) {
    ZipMember member = members_[i].facts;
    member.crc32 = stated_crc(i);
    const std::uint64_t begin = members_[i].begin - member.name.size() - kLocalHeaderBytes;
    const auto wanted = local_header(member, dos_time);
    add_faults(faults, wanted, bytes_at(begin, wanted.size()), begin, [&](std::size_t at) {
      return local_field(at) + " in the ZIP header of '" + member.name + "'";
    });
    // Of the manifest's files the digests tell more, and what comes before them is small.
    if (i < kLeadingMembers && digest_of(members_[i]).crc32 != member.crc32)
      faults.push_back("the bytes of '" + member.name + "' were changed: they do not fit their CRC-32");
    stated.push_back(std::move(member));
  }
  const std::uint64_t begin = members_.empty() ? 0 : end_of(members_.back());
  const auto wanted = zip_tail(stated, dos_time);
  add_faults(faults, wanted, bytes_at(begin, wanted.size() + 1), begin,
             [&](std::size_t at) { return tail_field(stated, at); });
  if (faults.size() > kMostFaults) faults.resize(kMostFaults);
  return faults;
}

}  // namespace reelprint::evidence
