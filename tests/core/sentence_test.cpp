#include "core/sentence.h"

#include <gtest/gtest.h>

#include <string>

namespace reelprint {
namespace {

const Sentence kWork{SentenceCode::work, {"灯誓", Sentence(SentenceCode::episode, {3})}};

TEST(Sentence, IsSaidInTheLanguageOfItsReader) {
  const Sentence sentence(SentenceCode::excluded_part, {kWork, Sentence(SentenceCode::seconds, {"2.0"}),
                                                        Sentence(SentenceCode::seconds, {"9.5"}), 7});
  EXPECT_EQ(to_text(sentence),
            "灯誓, episode 3: 2.0 s of a match of 9.5 s show seconds of reference 7 that are not the "
            "holder's: they do not count");
  EXPECT_EQ(to_text(sentence, Language::zh),
            "《灯誓》第 3 集：在时长 9.5 秒 的匹配中，有 2.0 秒 落在第 7 号参照作品中不属于权利人的时段内，不"
            "予计入");
}

TEST(Sentence, SaysATextAsItIsInEveryLanguage) {
  const Sentence sentence("written by a person {1}");
  EXPECT_EQ(to_text(sentence, Language::zh), "written by a person {1}");
  EXPECT_EQ(to_text(Sentence(SentenceCode::allow_because, {sentence})), ": written by a person {1}");
}

TEST(Sentence, JoinsAListAsTheLanguageDoes) {
  const Sentence list(SentenceCode::list, {"DE", "AT"});
  EXPECT_EQ(to_text(list), "DE, AT");
  EXPECT_EQ(to_text(list, Language::zh), "DE、AT");
}

TEST(Sentence, IsReadAsItWasWritten) {
  const Sentence sentence(SentenceCode::dismissed_before, {"4", kWork, SentenceCode::reason_quotation});
  const std::string record = to_record(sentence);
  EXPECT_EQ(record, "dismissal(1:4work(6:灯誓work.episode(1:3))reason.quotation())");
  EXPECT_EQ(sentence_of_record(record), sentence);
  EXPECT_EQ(sentence_of_record(to_record("a)(1:x")), Sentence("a)(1:x"));
}

TEST(Sentence, RefusesARecordThatIsNone) {
  for (const char* record : {"", "work(", "work(1:a", "nothing.known(1:a)", "9:short", "1a", "1:a)", "work)",
                             "verbatim(1:a)", "99999999999999999999999:a", "work(1:a)x"})
    EXPECT_FALSE(sentence_of_record(record)) << record;
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "list(";
  EXPECT_FALSE(sentence_of_record(deep));
}

TEST(Sentence, IsRecognisedByItsEnglishWords) {
  using enum SentenceCode;
  EXPECT_EQ(recognised("the page answered 404, but shows no other video",
                       {check_page_no_video, check_page_answered, check_page}),
            Sentence(check_page_no_video, {"404"}));
  EXPECT_EQ(recognised("the page answered 404", {check_page_no_video, check_page_answered}),
            Sentence(check_page_answered, {"404"}));
  EXPECT_EQ(recognised("the file is gone", {check_file_there, check_file_gone}), Sentence(check_file_gone));
  EXPECT_EQ(recognised("something else", {check_file_gone}), Sentence("something else"));
  EXPECT_EQ(recognised("the page answered ", {check_page_answered}), Sentence("the page answered "));
}

TEST(Sentence, OfEveryCodeIsFoundByItsName) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(SentenceCode::benchmark); ++i) {
    const auto code = static_cast<SentenceCode>(i);
    EXPECT_EQ(sentence_code_of(to_string(code)), code) << to_string(code);
  }
}

}  // namespace
}  // namespace reelprint
