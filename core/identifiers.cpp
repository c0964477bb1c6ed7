#include "core/identifiers.h"

#include <algorithm>
#include <vector>

namespace reelprint {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t kHexDigits = 16;  ///< of kAlphabet's characters, those that are hexadecimal

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return kAlphabet.find(upper(c)) < kHexDigits; });
}

std::vector<std::string_view> split_groups(std::string_view text) {
  std::vector<std::string_view> groups;
  while (true) {
    const std::size_t dash = text.find('-');
    groups.push_back(text.substr(0, dash));
    if (dash == std::string_view::npos) return groups;
    text.remove_prefix(dash + 1);
  }
}

/// Takes `count` groups of four hexadecimal digits off the front; "" if they are not there.
std::string take_digits(std::vector<std::string_view>& groups, std::size_t count) {
  if (groups.size() < count) return "";
  std::string digits;
  for (std::size_t i = 0; i < count; ++i) {
    if (groups[i].size() != 4 || !is_hex(groups[i])) return "";
    digits += groups[i];
  }
  groups.erase(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(count));
  return digits;
}

/// Takes a one-letter group, if one is next, and says whether it is the check character of `digits`.
bool take_check(std::vector<std::string_view>& groups, std::string_view digits) {
  if (groups.empty() || groups.front().size() != 1) return true;
  const char given = upper(groups.front().front());
  groups.erase(groups.begin());
  return check_character(digits) == given;
}

}  // namespace

std::optional<char> check_character(std::string_view text) {
  constexpr std::size_t kModulus = 36;
  std::size_t sum = kModulus;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(upper(c));
    if (value == std::string_view::npos) return std::nullopt;
    sum = (sum + value) % kModulus;
    if (sum == 0) sum = kModulus;
    sum = sum * 2 % (kModulus + 1);
  }
  return kAlphabet[(kModulus + 1 - sum) % kModulus];
}

bool is_eidr(std::string_view text) {
  constexpr std::string_view kPrefix = "10.5240/";
  if (!text.starts_with(kPrefix)) return false;
  auto groups = split_groups(text.substr(kPrefix.size()));
  const std::string digits = take_digits(groups, 5);
  return !digits.empty() && groups.size() == 1 && groups.front().size() == 1 && take_check(groups, digits);
}

bool is_isan(std::string_view text) {
  if (text.starts_with("ISAN ")) text.remove_prefix(5);
  auto groups = split_groups(text);
  std::string digits = take_digits(groups, 4);
  if (digits.empty() || !take_check(groups, digits)) return false;
  if (groups.empty()) return true;
  const std::string version = take_digits(groups, 2);
  if (version.empty()) return false;
  return take_check(groups, digits + version) && groups.empty();
}

}  // namespace reelprint
