// Internal to bundle_file.cpp: what the bytes of a ZIP's headers are called, so that a changed one can be
// named.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/zip_layout.h"

namespace reelprint::evidence {

struct ZipField {
  std::size_t end;  ///< behind its last byte
  std::string_view name;
};

[[nodiscard]] inline std::string field_at(std::span<const ZipField> fields, std::size_t at) {
  for (const ZipField& field : fields)
    if (at < field.end) return std::string(field.name);
  return "name";
}

[[nodiscard]] inline std::string local_field(std::size_t at) {
  static constexpr ZipField kFields[] = {
      {4, "signature"}, {6, "version needed"}, {8, "flags"},        {10, "method"},
      {12, "time"},     {14, "date"},          {18, "CRC-32"},      {22, "compressed size"},
      {26, "size"},     {28, "name length"},   {30, "extra length"}};
  return field_at(kFields, at);
}

[[nodiscard]] inline std::string central_field(std::size_t at) {
  static constexpr ZipField kFields[] = {
      {4, "signature"},       {6, "version made by"}, {8, "version needed"},
      {10, "flags"},          {12, "method"},         {14, "time"},
      {16, "date"},           {20, "CRC-32"},         {24, "compressed size"},
      {28, "size"},           {30, "name length"},    {32, "extra length"},
      {34, "comment length"}, {36, "disk"},           {38, "internal attributes"},
      {42, "attributes"},     {46, "offset"}};
  return field_at(kFields, at);
}

/// What byte `at` of the tail is.
[[nodiscard]] inline std::string tail_field(std::span<const ZipMember> members, std::size_t at) {
  for (const ZipMember& member : members) {
    const std::size_t bytes = kCentralHeaderBytes + member.name.size();
    if (at < bytes) return central_field(at) + " in the ZIP directory's entry of '" + member.name + "'";
    at -= bytes;
  }
  return at < kEndBytes ? "the end of the ZIP directory" : "what follows the end of the ZIP";
}

/// Names each stretch of bytes that differ, by its first.
template <class NameOf>
void add_faults(std::vector<std::string>& faults, std::span<const std::byte> wanted,
                std::span<const std::byte> found, std::uint64_t begin, const NameOf& name_of) {
  std::string last;
  for (std::size_t i = 0; i < std::max(wanted.size(), found.size()); ++i) {
    const bool is_same = i < wanted.size() && i < found.size() && wanted[i] == found[i];
    if (is_same) continue;
    std::string name = name_of(i);
    if (name != last) faults.push_back("byte " + std::to_string(begin + i) + ": " + name);
    last = std::move(name);
    if (i >= wanted.size() || i >= found.size()) return;
  }
}

}  // namespace reelprint::evidence
