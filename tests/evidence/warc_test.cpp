#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "core/error.h"
#include "core/files.h"
#include "evidence/digest.h"
#include "evidence/warc_exchanges.h"
#include "evidence/warc_http.h"
#include "evidence/warc_reader.h"
#include "evidence/warc_writer.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::evidence {
namespace {

using namespace std::chrono_literals;

const WallTime kThen{1'800'000'000s + 250ms};

class WarcTest : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file(const std::string& name = "capture.warc.gz") const {
    return folder_.path() / name;
  }
  /// An answer whose content is `body`.
  [[nodiscard]] Exchange exchange(const std::string& head, const std::string& body) const {
    Exchange made{
        .url = "https://videos.example/watch?v=1",
        .request_head = "GET /watch?v=1 HTTP/1.1\r\nHost: videos.example\r\nUser-Agent: reelprint/1\r\n\r\n",
        .response_head = head,
        .status = 200,
        .wire_bytes = head.size() + body.size(),
        .address = "192.0.2.7",
        .http_version = "HTTP/1.1",
        .began_at = kThen,
        .answered_at = kThen + 100ms,
        .ended_at = kThen + 200ms};
    if (body.empty()) return made;
    made.body = file("body-" + to_hex(sha256_of(body)).substr(0, 8));
    std::ofstream(made.body, std::ios::binary) << body;
    made.body_bytes = body.size();
    made.body_digest = sha256_of(body);
    return made;
  }
  [[nodiscard]] static WarcDescription description() {
    return {
        .software = "reelprint/1", .user_agent = "reelprint/1 (+https://rights.example)", .made_at = kThen};
  }
  void write(const std::vector<Exchange>& exchanges, const std::filesystem::path& into) const {
    WarcWriter writer(into, description());
    for (const Exchange& one : exchanges) writer.add(one, {.purpose = "capture"});
    writer.commit();
  }
  [[nodiscard]] std::vector<WarcRecord> records(const std::filesystem::path& of) const {
    std::vector<WarcRecord> all;
    WarcReader reader(of);
    while (auto record = reader.next()) all.push_back(std::move(*record));
    return all;
  }
  [[nodiscard]] static std::string bytes_of(const std::filesystem::path& of) {
    const auto bytes = read_file(of, 1 << 26);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  /// What a command printed, and its exit code behind it.
  [[nodiscard]] static std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    char piece[4096];
    while (pipe != nullptr && std::fgets(piece, sizeof piece, pipe) != nullptr) text += piece;
    return text + std::to_string(pipe == nullptr ? -1 : ::pclose(pipe));
  }

  const std::string plain_head_ = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n";
  test::TemporaryFolder folder_;
};

TEST_F(WarcTest, KeepsAnExchangeAsThreeConcurrentRecords) {
  write({exchange(plain_head_, "film")}, file());
  const auto all = records(file());
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].field("WARC-Type"), "warcinfo");
  EXPECT_EQ(all[1].field("WARC-Type"), "response");
  EXPECT_EQ(all[1].field("WARC-Target-URI"), "https://videos.example/watch?v=1");
  EXPECT_EQ(all[1].field("WARC-IP-Address"), "192.0.2.7");
  EXPECT_EQ(all[1].field("WARC-Date"), "2027-01-15T08:00:00.250000Z");
  EXPECT_EQ(all[1].begin, plain_head_ + "film");
  // printf film | openssl dgst -sha256 -binary | base32
  EXPECT_EQ(all[1].field("WARC-Payload-Digest"),
            "sha256:2BQH66WSMKFSV6IVRX52A3HIOFTOM2YVX5UPR42Y7GVCPTFXYMQQ====");
  EXPECT_EQ(all[2].field("WARC-Type"), "request");
  EXPECT_EQ(all[2].begin, exchange("", "").request_head);
  EXPECT_EQ(all[3].field("WARC-Type"), "metadata");
  EXPECT_EQ(all[2].field("WARC-Concurrent-To"), all[1].field("WARC-Record-ID"));
  EXPECT_EQ(all[3].field("WARC-Concurrent-To"), all[1].field("WARC-Record-ID"));
  EXPECT_EQ(warc_problems(file()), std::vector<std::string>{});
}

TEST_F(WarcTest, IsTheSameBytesForTheSameExchanges) {
  const Exchange one = exchange(plain_head_, "film");
  const Exchange two = exchange("HTTP/1.1 200 OK\r\n\r\n", std::string(3'000'000, 'x'));
  write({one, two, one}, file("a"));
  write({one, two, one}, file("b"));
  EXPECT_EQ(bytes_of(file("a")), bytes_of(file("b")));
  EXPECT_EQ(warc_problems(file("a")), std::vector<std::string>{});
}

TEST_F(WarcTest, WritesDecodedContentAsAMessageThatFitsIt) {
  const Exchange decoded = exchange(
      "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n", "film");
  const ArchivedHead head = archived_response_head(decoded);
  EXPECT_TRUE(head.is_changed);
  EXPECT_EQ(head.text,
            "HTTP/1.1 200 OK\r\nX-Archive-Orig-content-encoding: gzip\r\nX-Archive-Orig-Transfer-Encoding: "
            "chunked\r\nX-A: b\r\nContent-Length: 4\r\n\r\n");
  write({decoded}, file());
  const auto facts = boost::json::parse(records(file()).at(3).begin).as_object();
  EXPECT_EQ(facts.at("response_head").as_string(), decoded.response_head);
  EXPECT_TRUE(facts.at("response_head_was_changed").as_bool());
}

TEST_F(WarcTest, WritesHttp2AsHttp1) {
  Exchange second = exchange("HTTP/2 200 \r\ncontent-length: 4\r\n\r\n", "film");
  second.request_head = "GET / HTTP/2\r\nHost: videos.example\r\nUser-Agent: reelprint/1\r\n\r\n";
  EXPECT_EQ(archived_response_head(second).text, "HTTP/1.1 200 \r\ncontent-length: 4\r\n\r\n");
  EXPECT_EQ(archived_request_head(second).text,
            "GET / HTTP/1.1\r\nHost: videos.example\r\nUser-Agent: reelprint/1\r\n\r\n");
}

TEST_F(WarcTest, LeavesEverythingElseAsItCame) {
  for (const std::string head : {"HTTP/1.1 200 OK\nContent-Length: 4\n\n", "HTTP/1.0 404\r\n\r\n",
                                 "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n\r\n"}) {
    EXPECT_EQ(archived_response_head(exchange(head, "film")).text, head);
    EXPECT_FALSE(archived_response_head(exchange(head, "film")).is_changed);
  }
  const std::string unused = "HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\n\r\n";
  EXPECT_EQ(archived_response_head(exchange(unused, "")).text, unused);
}

TEST_F(WarcTest, SaysWhatIsMissing) {
  Exchange cut = exchange("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "film");
  cut.is_truncated = true;
  write({cut}, file());
  EXPECT_EQ(records(file()).at(1).field("WARC-Truncated"), "length");
  cut.error_code = "slow";
  EXPECT_EQ(warc_truncation(cut), "time");
  cut.error_code = "connect";
  EXPECT_EQ(warc_truncation(cut), "disconnect");
}

TEST_F(WarcTest, KeepsAnExchangeWithoutAnswerByItsRequestAndFacts) {
  Exchange silent = exchange("", "");
  silent.status = 0;
  silent.error_code = "timeout";
  silent.error = "it took longer than 50 ms";
  Exchange unsent = silent;
  unsent.request_head.clear();
  unsent.error_code = "dns";
  write({silent, unsent}, file());
  const auto all = records(file());
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[1].field("WARC-Type"), "request");
  EXPECT_EQ(all[2].field("WARC-Type"), "metadata");
  EXPECT_EQ(boost::json::parse(all[2].begin).at("error_code").as_string(), "timeout");
  EXPECT_EQ(boost::json::parse(all[3].begin).at("error_code").as_string(), "dns");
}

TEST_F(WarcTest, KeepsCertificatesRedirectsAndOddBytesInTheFacts) {
  Exchange odd = exchange("HTTP/1.1 302 \xFF\r\nLocation: /next\r\n\r\n", "");
  odd.certificates = {{.pem = "-----BEGIN\n", .subject = "CN=a", .issuer = "CN=b", .digest = sha256_of("x")}};
  const auto facts = boost::json::parse(
      warc_metadata(odd, {.redirected_from = "https://a.example/", .facts = {{"robots", "allowed"}}}));
  EXPECT_EQ(facts.at("redirects_to").as_string(), "/next");
  EXPECT_EQ(facts.at("redirected_from").as_string(), "https://a.example/");
  EXPECT_EQ(facts.at("certificates").at(0).at("subject").as_string(), "CN=a");
  EXPECT_EQ(facts.at("facts").at("robots").as_string(), "allowed");
  EXPECT_EQ(facts.as_object().if_contains("response_head"), nullptr);
  EXPECT_EQ(facts.at("response_head_base64").as_string(), "SFRUUC8xLjEgMzAyIP8NCkxvY2F0aW9uOiAvbmV4dA0KDQo=");
}

TEST_F(WarcTest, RefusesContentThatIsNoLongerWhatWasFetched) {
  const Exchange changed = exchange(plain_head_, "film");
  std::ofstream(changed.body, std::ios::binary) << "mlif";
  EXPECT_THROW(write({changed}, file()), Error);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(WarcTest, RefusesAddressesThatWouldBecomeFields) {
  Exchange bad = exchange(plain_head_, "film");
  bad.url += "\r\nWARC-Type: warcinfo";
  EXPECT_THROW(write({bad}, file()), Error);
}

TEST_F(WarcTest, KeepsAScreenshotBesideWhatItShows) {
  std::ofstream(file("shot.png")) << "PNG";
  WarcWriter writer(file(), description());
  const std::string id = writer.add(exchange(plain_head_, "film"));
  writer.add_resource({.url = "https://videos.example/watch?v=1",
                       .file = file("shot.png"),
                       .media_type = "image/png",
                       .made_at = kThen,
                       .of_record = id});
  writer.commit();
  const WarcRecord shot = records(file()).at(4);
  EXPECT_EQ(shot.field("WARC-Type"), "resource");
  EXPECT_EQ(shot.field("WARC-Target-URI"), "urn:view:https://videos.example/watch?v=1");
  EXPECT_EQ(shot.field("WARC-Concurrent-To"), id);
  EXPECT_EQ(shot.begin, "PNG");
  EXPECT_EQ(warc_problems(file()), std::vector<std::string>{});
}

TEST_F(WarcTest, FindsBytesThatChanged) {
  write({exchange(plain_head_, "film")}, file());
  const std::string whole = bytes_of(file());
  std::size_t unseen = 0;
  for (std::size_t i = 0; i < whole.size(); i += 3) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    std::ofstream(file("changed"), std::ios::binary) << changed;
    if (warc_problems(file("changed")).empty()) ++unseen;
  }
  // Of each of the four gzip heads: time (4), extra flags and system (2), which say nothing of the content;
  // and of the flags the bit that only names it text.
  EXPECT_LE(unseen, 4U * 7U);
}

TEST_F(WarcTest, SaysWhereAFileIsCutOff) {
  write({exchange(plain_head_, "film")}, file());
  const std::string whole = bytes_of(file());
  for (std::size_t size = 0; size < whole.size(); size += 31) {
    std::ofstream(file("cut"), std::ios::binary) << whole.substr(0, size);
    const auto problems = warc_problems(file("cut"));
    // a cut between two records leaves a whole file
    if (problems.empty()) {
      EXPECT_LT(records(file("cut")).size(), 4U);
    }
  }
}

// --- kept and put together ---

TEST_F(WarcTest, ReadsBackWhatItSaysOfAnExchange) {
  Exchange kept = exchange("HTTP/1.1 206 Partial\r\nX-Name: \xff\xfe\r\nContent-Length: 4\r\n\r\n", "film");
  kept.status = 206;
  kept.interim_heads = "HTTP/1.1 103 Early Hints\r\n\r\n";
  kept.certificates = {{"pem", "CN=a", "CN=b", sha256_of("der")}};
  const auto read = exchange_of(warc_metadata(kept, {"sample", "https://videos.example/old", {}}));
  ASSERT_TRUE(read);
  kept.body.clear();
  EXPECT_EQ(read->exchange, kept);
  EXPECT_EQ(read->note.purpose, "sample");
  EXPECT_EQ(read->note.redirected_from, "https://videos.example/old");
  for (const char* text : {"", "[]", "{", R"({"url":1,"method":"GET"})"}) EXPECT_FALSE(exchange_of(text));
}

TEST_F(WarcTest, KeepsWhatWasPutTogetherWithTheListOfItsPieces) {
  Exchange first = exchange("HTTP/1.1 206 Partial\r\nContent-Length: 4\r\n\r\n", "film");
  Exchange second = exchange("HTTP/1.1 206 Partial\r\nContent-Length: 3\r\n\r\n", "end");
  WarcWriter writer(file(), description());
  WarcWriter::Assembly assembly{
      .url = first.url, .media_type = "video/mp4", .made_at = kThen, .is_whole = true};
  assembly.pieces = {{writer.add(first), 0, 4, 0}, {writer.add(second), 0, 3, 4}};
  assembly.file = file("whole");
  assembly.bytes = 7;
  std::ofstream(assembly.file, std::ios::binary) << "filmend";
  writer.add_assembly(assembly);
  writer.commit();
  EXPECT_TRUE(warc_problems(file()).empty());
  const auto all = records(file());
  ASSERT_EQ(all.size(), 9U);
  EXPECT_EQ(all[7].field("WARC-Type"), "conversion");
  EXPECT_EQ(all[7].begin, "filmend");
  EXPECT_EQ(all[7].field("WARC-Refers-To"), assembly.pieces[0].record);
  EXPECT_EQ(all[8].field("WARC-Refers-To"), all[7].field("WARC-Record-ID"));
  const auto facts = boost::json::parse(all[8].begin).as_object();
  EXPECT_EQ(
      facts.at("pieces").as_array().at(1),
      boost::json::value({{"record", assembly.pieces[1].record}, {"from", 0}, {"bytes", 3}, {"at", 4}}));
  EXPECT_EQ(exchanges_in(file()).size(), 2U);
}

// --- read by others ---

TEST_F(WarcTest, IsReadByOthers) {
  if (output_of("python3 -c 'import http.client'") != "0") GTEST_SKIP() << "there is no python3";
  Exchange second = exchange("HTTP/2 200 \r\ncontent-encoding: br\r\n\r\n", "film");
  second.request_head = "GET / HTTP/2\r\nHost: videos.example\r\nUser-Agent: reelprint/1\r\n\r\n";
  Exchange cut =
      exchange("HTTP/1.1 206 Partial\r\nContent-Length: 9000000\r\n\r\n", std::string(2'000'000, 'v'));
  cut.status = 206;
  cut.is_truncated = true;
  Exchange redirect = exchange("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n", "");
  redirect.status = 302;
  write({exchange(plain_head_, "film"),
         exchange("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", "film"),
         second, cut, redirect},
        file());
  const std::string uri = " https://videos.example/watch?v=1 ";
  const auto lines = [&](const std::string& status, const std::string& bytes) {
    return "response" + uri + status + " " + bytes + " bytes 192.0.2.7\nrequest" + uri + "GET\nmetadata" +
           uri + status + "\n";
  };
  EXPECT_EQ(output_of("python3 '" WARC_OUTSIDE_READER "' '" + file().string() + "'"),
            "warcinfo -\n" + lines("200", "4") + lines("200", "4") + lines("200", "4") +
                lines("206", "2000000") + lines("302", "0") + "0");
  EXPECT_EQ(output_of("gzip -t '" + file().string() + "'"), "0");
}

}  // namespace
}  // namespace reelprint::evidence
