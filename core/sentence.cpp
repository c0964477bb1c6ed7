#include "core/sentence.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <system_error>

#include "core/sentence_texts.h"

namespace reelprint {
namespace {

constexpr int kDeepest = 16;

const SentenceTexts& texts_of(SentenceCode code) {
  return kSentences[static_cast<std::size_t>(code)];
}

/// The number of the value that stands at text[i], counted from 0; nothing if none does.
std::optional<std::size_t> value_at(std::string_view text, std::size_t i) {
  const bool is_value =
      text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '1' && text[i + 1] <= '9';
  if (!is_value) return std::nullopt;
  return static_cast<std::size_t>(text[i + 1] - '1');
}

std::string joined(const std::vector<Sentence>& values, Language language) {
  std::string text;
  for (const Sentence& value : values)
    text += (text.empty() ? "" : language == Language::en ? ", " : "、") + to_text(value, language);
  return text;
}

/// Reads what to_record wrote, from the front of a text.
class RecordReader {
 public:
  explicit RecordReader(std::string_view record) : rest_(record) {}

  std::optional<Sentence> read(int depth) {
    if (depth > kDeepest) return std::nullopt;
    if (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') return read_text();
    const std::size_t open = rest_.find('(');
    if (open == std::string_view::npos) return std::nullopt;
    const auto code = sentence_code_of(rest_.substr(0, open));
    if (!code || *code == SentenceCode::verbatim) return std::nullopt;
    Sentence sentence(*code);
    rest_.remove_prefix(open + 1);
    while (!rest_.starts_with(')')) {
      auto value = read(depth + 1);
      if (!value) return std::nullopt;
      sentence.values.push_back(*std::move(value));
    }
    rest_.remove_prefix(1);
    return sentence;
  }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

 private:
  std::optional<Sentence> read_text() {
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), length);
    const auto digits = static_cast<std::size_t>(end - rest_.data());
    if (error != std::errc() || digits >= rest_.size() || *end != ':') return std::nullopt;
    rest_.remove_prefix(digits + 1);
    if (length > rest_.size()) return std::nullopt;
    Sentence sentence(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return sentence;
  }

  std::string_view rest_;
};

/// The values with which `pattern` gives `words`; nothing where it does not. Its values stand in order.
std::optional<std::vector<Sentence>> values_in(std::string_view words, std::string_view pattern) {
  std::vector<Sentence> values;
  while (!pattern.empty()) {
    if (!value_at(pattern, 0)) {
      if (words.empty() || words.front() != pattern.front()) return std::nullopt;
      words.remove_prefix(1);
      pattern.remove_prefix(1);
      continue;
    }
    pattern.remove_prefix(3);
    const std::string_view behind = pattern.substr(0, pattern.find('{'));
    const std::size_t end = behind.empty()                    ? words.size()
                            : behind.size() == pattern.size() ? words.rfind(behind)
                                                              : words.find(behind);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    values.emplace_back(words.substr(0, end));
    words.remove_prefix(end);
  }
  if (!words.empty()) return std::nullopt;
  return values;
}

}  // namespace

std::string to_text(const Sentence& sentence, Language language) {
  if (sentence.is_verbatim()) return sentence.text;
  if (sentence.code == SentenceCode::list) return joined(sentence.values, language);
  const SentenceTexts& texts = texts_of(sentence.code);
  const std::string_view text = language == Language::zh ? texts.zh : texts.en;
  std::string said;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto which = value_at(text, i);
    if (!which) {
      said += text[i];
      continue;
    }
    if (*which < sentence.values.size()) said += to_text(sentence.values[*which], language);
    i += 2;
  }
  return said;
}

std::string_view to_string(SentenceCode code) {
  return texts_of(code).name;
}

std::optional<SentenceCode> sentence_code_of(std::string_view name) {
  const auto found = std::ranges::find(kSentences, name, &SentenceTexts::name);
  if (found == std::end(kSentences)) return std::nullopt;
  return found->code;
}

std::string to_record(const Sentence& sentence) {
  if (sentence.is_verbatim()) return std::to_string(sentence.text.size()) + ":" + sentence.text;
  std::string record(to_string(sentence.code));
  record += '(';
  for (const Sentence& value : sentence.values) record += to_record(value);
  return record + ')';
}

std::optional<Sentence> sentence_of_record(std::string_view record) {
  RecordReader reader(record);
  auto sentence = reader.read(0);
  if (!sentence || !reader.is_at_end()) return std::nullopt;
  return sentence;
}

Sentence recognised(std::string_view words, std::initializer_list<SentenceCode> codes) {
  for (const SentenceCode code : codes) {
    if (auto values = values_in(words, texts_of(code).en)) {
      Sentence sentence(code);
      sentence.values = *std::move(values);
      return sentence;
    }
  }
  return words;
}

}  // namespace reelprint
