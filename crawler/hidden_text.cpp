#include "crawler/hidden_text.h"

#include <algorithm>
#include <utility>

#include "crawler/packed_script.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {

std::vector<std::string> hidden_texts(std::string_view text) {
  constexpr std::size_t kLongestCode = 64 * 1024;
  constexpr std::size_t kMost = 100;
  constexpr std::string_view kCode = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";
  std::vector<std::string> found;
  for (const std::string_view begin : {"eyJ", "W3si"}) {
    std::size_t end = 0;
    for (std::size_t at = text.find(begin); at != std::string_view::npos && found.size() < kMost;
         at = text.find(begin, end)) {
      end = std::min(text.find_first_not_of(kCode, at), text.size());
      const bool is_begin =
          at == 0 || kCode.find(text[at - 1]) == std::string_view::npos || text[at - 1] == '=';
      if (!is_begin || end - at > kLongestCode) continue;
      if (auto plain = base64_decoded(text.substr(at, end - at), kLongestCode))
        found.push_back(std::move(*plain));
    }
  }
  if (auto unpacked = unpacked_script(text)) found.push_back(std::move(*unpacked));
  return found;
}

}  // namespace reelprint::crawler
