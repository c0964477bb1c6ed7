#include "api/http/multipart.h"

#include <gtest/gtest.h>

namespace reelprint::api::http {
namespace {

/// Writes down what it is told: "[name|filename|type]content;".
class Noting final : public MultipartEvents {
 public:
  void begin(const MultipartPart& part) override {
    notes += "[" + part.name + "|" + part.filename.value_or("-") + "|" + part.content_type + "]";
  }
  void write(std::span<const std::byte> bytes) override {
    EXPECT_FALSE(bytes.empty());
    notes.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void end() override { notes += ";"; }

  std::string notes;
};

/// What the parser tells of `body` when it comes in pieces of so many bytes; "refused" when it is malformed.
std::string told(std::string_view body, std::size_t piece_bytes, MultipartLimits limits = {}) {
  Noting noting;
  MultipartParser parser("XX", noting, limits);
  try {
    for (std::size_t i = 0; i < body.size(); i += piece_bytes)
      parser.feed(std::as_bytes(std::span(body.substr(i, piece_bytes))));
    parser.finish();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.status, 400U);
    return "refused";
  }
  return noting.notes;
}

std::string part(const std::string& headers, const std::string& content) {
  return "--XX\r\n" + headers + "\r\n\r\n" + content + "\r\n";
}

const std::string kNamed = "Content-Disposition: form-data; name=\"a\"";

TEST(Multipart, TellsTheSameAtEverySplit) {
  const std::string body =
      "ignored\r\n" + part(kNamed, "one\r\n--X\r\n\r\r\n--XY") +
      part("content-type: video/mp4\r\nContent-Disposition: form-data; name=b; filename=\"x;\\\"y.mp4\"",
           std::string(300, 'v') + "\r\n-") +
      part(kNamed, "") + "--XX--\r\nignored too";
  const std::string expected = "[a|-|text/plain]one\r\n--X\r\n\r\r\n--XY;[b|x;\"y.mp4|video/mp4]" +
                               std::string(300, 'v') + "\r\n-;[a|-|text/plain];";
  for (std::size_t bytes = 1; bytes <= body.size(); ++bytes) ASSERT_EQ(told(body, bytes), expected) << bytes;
}

TEST(Multipart, NeedsNoPreamble) {
  EXPECT_EQ(told(part(kNamed, "x") + "--XX--", 1000), "[a|-|text/plain]x;");
  EXPECT_EQ(told("--XX--", 1000), "");
}

TEST(Multipart, RefusesWhatIsMalformed) {
  for (const std::string& body :
       {std::string(), std::string("--XX"), std::string("nothing"), part(kNamed, "x"),
        part("", "x") + "--XX--", part("Content-Disposition: form-data", "x") + "--XX--",
        part("Content-Disposition: file; name=a", "x") + "--XX--", part(kNamed + "; name=b", "x") + "--XX--",
        part(kNamed + "\r\n" + kNamed, "x") + "--XX--", part("nonsense", "x") + "--XX--",
        part(kNamed + "\r\n folded", "x") + "--XX--",
        part(kNamed + "\r\nContent-Transfer-Encoding: base64", "x") + "--XX--",
        part("Content-Disposition: form-data; name=\"\xff\"", "x") + "--XX--", "--XX junk\r\n" + kNamed,
        std::string(10'000, 'p') + "\r\n--XX--"}) {
    EXPECT_EQ(told(body, 1), "refused") << body;
    EXPECT_EQ(told(body, 100'000), "refused") << body;
  }
}

TEST(Multipart, LimitsPartsAndTheirHeaders) {
  const std::string two = part(kNamed, "x") + part(kNamed, "y") + "--XX--";
  EXPECT_EQ(told(two, 1, {.parts = 1}), "refused");
  EXPECT_NE(told(two, 1, {.parts = 2}), "refused");
  EXPECT_EQ(told(part(kNamed + "\r\nX: " + std::string(5000, 'x'), "x") + "--XX--", 64), "refused");
}

TEST(BoundaryOf, IsReadFromTheContentType) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundary_of("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\""), "a b");
  for (const char* type :
       {"", "multipart/mixed; boundary=a", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=a\x01"})
    EXPECT_FALSE(boundary_of(type)) << type;
  EXPECT_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')));
}

}  // namespace
}  // namespace reelprint::api::http
