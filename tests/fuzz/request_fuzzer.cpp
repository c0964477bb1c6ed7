// Hostile request heads and targets: each is understood or refused by a Problem.
#include <cstdint>
#include <string_view>

#include "api/http/head.h"
#include "api/http/multipart.h"
#include "api/http/origin.h"
#include "api/http/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint::api::http;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const AddressBlocks trusted({"127.0.0.1"});
  try {
    (void)parse_target(text);
  } catch (const Problem&) {
  }
  try {
    const RequestHead head = parse_head(text, 100);
    (void)origin_of(head.headers, "127.0.0.1", false, trusted);
    (void)parse_target(head.target);
  } catch (const Problem&) {
  }
  (void)boundary_of(text);
  return 0;
}
