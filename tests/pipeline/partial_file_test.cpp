#include "pipeline/partial_file.h"

#include <gtest/gtest.h>

#include "pipeline/fetched_bytes.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

class PartialFileTest : public testing::Test {
 protected:
  void put(std::uint64_t at, const std::string& text) {
    const std::string name = "body-" + std::to_string(at);
    file_.put(at, folder_.write(name, text), text.size());
  }

  test::ClipFolder folder_;
  PartialFile file_{folder_.path() / "file"};
};

TEST_F(PartialFileTest, KnowsWhichBytesAreMissing) {
  EXPECT_EQ(file_.missing({{0, 10}}), (std::vector<ByteStretch>{{0, 10}}));
  put(2, "cd");
  put(6, "gh");
  EXPECT_EQ(file_.missing({{0, 10}}), (std::vector<ByteStretch>{{0, 2}, {4, 6}, {8, 10}}));
  EXPECT_EQ(file_.missing({{3, 7}, {9, 9}}), (std::vector<ByteStretch>{{4, 6}}));
  put(4, "ef");
  EXPECT_EQ(file_.had(), (std::vector<ByteStretch>{{2, 8}}));
  EXPECT_TRUE(file_.missing({{2, 8}}).empty());
}

TEST_F(PartialFileTest, LaysEachPieceAtItsPlace) {
  put(4, "ef");
  put(0, "ab");
  EXPECT_EQ(read_bytes(file_.path(), {0, 6}), std::string("ab\0\0ef", 6));
  ASSERT_EQ(file_.pieces().size(), 2U);
  EXPECT_EQ(file_.pieces()[0].at, 4U);
  put(9, "");
  EXPECT_EQ(file_.pieces().size(), 2U);
}

TEST_F(PartialFileTest, SaysWhereThePiecesAreWithoutTheHoles) {
  put(4, "ef");
  put(0, "ab");
  put(6, "g");
  const auto closed = file_.close_up(folder_.path() / "closed", file_.had());
  EXPECT_EQ(read_bytes(folder_.path() / "closed", {0, 9}), "abefg");
  ASSERT_EQ(closed.size(), 3U);
  for (const FilePiece& piece : closed)
    EXPECT_EQ(read_bytes(piece.body, {piece.from, piece.from + piece.bytes}),
              read_bytes(folder_.path() / "closed", {piece.at, piece.at + piece.bytes}));
}

TEST_F(PartialFileTest, PutsOnlyWhatIsAskedForOneBehindTheOther) {
  put(0, "abcdef");
  put(8, "ij");
  const auto closed = file_.close_up(folder_.path() / "closed", {{0, 2}, {4, 6}, {9, 10}});
  EXPECT_EQ(read_bytes(folder_.path() / "closed", {0, 9}), "abefj");
  ASSERT_EQ(closed.size(), 3U);
  EXPECT_EQ(closed[1].from, 4U);
  EXPECT_EQ(closed[1].at, 2U);
  for (const FilePiece& piece : closed)
    EXPECT_EQ(read_bytes(piece.body, {piece.from, piece.from + piece.bytes}),
              read_bytes(folder_.path() / "closed", {piece.at, piece.at + piece.bytes}));
}

TEST_F(PartialFileTest, ReadsBackWhatItWroteOfPieces) {
  const std::vector<FilePiece> pieces{{"1-2", 0, 5, 0}, {"1-3", 7, 9, 5}};
  EXPECT_EQ(pieces_in(to_text(pieces)), pieces);
  EXPECT_EQ(pieces_in("1-2 0 5 0\nnonsense\n1-3 x 9 5\n"), (std::vector<FilePiece>{pieces[0]}));
  EXPECT_TRUE(pieces_in("").empty());
}

TEST(ContentRange, IsReadOnlyWhereItIsWhole) {
  const auto head = [](const std::string& range) {
    return "HTTP/1.1 206 X\r\nContent-Range: " + range + "\r\n\r\n";
  };
  const auto range = content_range_of(head("bytes 100-199/1234"));
  ASSERT_TRUE(range);
  EXPECT_EQ(range->first, 100U);
  EXPECT_EQ(range->total, 1234U);
  for (const char* odd :
       {"bytes */1234", "bytes 0-99/*", "0-99/1234", "bytes 0-99", "bytes 0-99/12x", "bytes -1/2", ""})
    EXPECT_FALSE(content_range_of(head(odd))) << odd;
}

}  // namespace
}  // namespace reelprint::pipeline
