#include "crawler/url_host.h"

#include <idn2.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <vector>

#include "crawler/address_guard.h"
#include "crawler/url_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostNameBytes = 253;
constexpr std::size_t kMostLabelBytes = 63;

struct FreeName {
  void operator()(std::uint8_t* name) const noexcept { idn2_free(name); }
};

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

/// A-labels for all labels of other scripts.
std::optional<std::string> ascii_name(const std::string& name) {
  std::uint8_t* found = nullptr;
  const int code = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(name.c_str()), &found,
                                  IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<std::uint8_t, FreeName> owner(found);
  if (code != IDN2_OK || found == nullptr) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(found));
}

std::vector<std::string_view> labels_of(std::string_view name) {
  std::vector<std::string_view> labels;
  while (true) {
    const std::size_t dot = name.find('.');
    labels.push_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return labels;
    name.remove_prefix(dot + 1);
  }
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > kMostNameBytes) return false;
  return std::ranges::all_of(labels_of(name), [](std::string_view label) {
    return !label.empty() && label.size() <= kMostLabelBytes && std::ranges::all_of(label, [](char c) {
      return is_letter(c) || is_digit(c) || c == '-' || c == '_';
    });
  });
}

/// Decimal, "0x" hexadecimal or "0" octal, as inet_aton reads it.
std::optional<std::uint64_t> address_part(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    base = 16;
    if (text.empty()) return 0;
  } else if (text.size() > 1 && text.front() == '0') {
    base = 8;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Whether browsers take the name for an IPv4 address: its last label is a number.
bool looks_like_v4(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return !last.empty() &&
         (std::ranges::all_of(last, is_digit) || (last.starts_with("0x") && address_part(last)));
}

std::optional<std::string> normal_v4(std::string_view name) {
  const auto labels = labels_of(name);
  if (labels.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto part = labels[i].empty() ? std::nullopt : address_part(labels[i]);
    const bool is_last = i + 1 == labels.size();
    const std::uint64_t limit = is_last ? std::uint64_t{1} << (8 * (4 - i)) : 256;
    if (!part || *part >= limit) return std::nullopt;
    address = is_last ? (address << (8 * (4 - i))) + *part : (address << 8) + *part;
  }
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    text += (text.empty() ? "" : ".") + std::to_string((address >> shift) & 0xFF);
  return text;
}

}  // namespace

std::optional<std::string> normal_host(std::string_view host) {
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) return std::nullopt;
    const auto address = parse_address(host.substr(1, host.size() - 2));
    if (!address || !address->is_v6) return std::nullopt;
    return "[" + to_string(*address) + "]";
  }
  std::string name = lower(percent_decoded(host));
  if (name.find('\0') != std::string::npos || name.size() > 4 * kMostNameBytes) return std::nullopt;
  if (!is_ascii(name)) {
    const auto ascii = ascii_name(name);
    if (!ascii) return std::nullopt;
    name = *ascii;
  }
  if (name.ends_with('.')) name.pop_back();
  if (looks_like_v4(name)) return normal_v4(name);
  if (!is_name(name)) return std::nullopt;
  return name;
}

}  // namespace reelprint::crawler
