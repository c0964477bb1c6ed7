#include "schema_check.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <regex>
#include <set>

namespace reelprint::evidence::test {
namespace {

namespace json = boost::json;

bool is_of_type(const json::value& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

class SchemaCheck {
 public:
  explicit SchemaCheck(const json::value& root) : root_(root) {}

  void check(const json::value& value, const json::value& schema, const std::string& at) {
    for (const auto& [word, said] : schema.as_object()) check_word(value, word, said, schema, at);
  }
  std::vector<std::string> misfits;

 private:
  void expect(bool is_well, const std::string& at, std::string_view word) {
    if (!is_well) misfits.push_back(at + ": " + std::string(word));
  }

  void check_word(const json::value& value, std::string_view word, const json::value& said,
                  const json::value& schema, const std::string& at) {
    static const std::set<std::string_view> kSilent{"$schema", "$id", "$defs", "title", "description"};
    if (kSilent.contains(word)) return;
    if (word == "$ref") {
      const std::string_view path = said.as_string();
      check(value, root_.at_pointer(path.substr(1)), at);
    } else if (word == "type") {
      const auto types = said.is_array() ? said.as_array() : json::array{said};
      expect(
          std::ranges::any_of(types, [&](const auto& type) { return is_of_type(value, type.as_string()); }),
          at, word);
    } else if (word == "const") {
      expect(value == said, at, word);
    } else if (word == "enum") {
      expect(std::ranges::find(said.as_array(), value) != said.as_array().end(), at, word);
    } else if (word == "anyOf") {
      expect(std::ranges::any_of(said.as_array(), [&](const auto& one) { return fits(value, one); }), at,
             word);
    } else if (word == "pattern") {
      expect(!value.is_string() ||
                 std::regex_search(std::string(value.as_string()), std::regex(std::string(said.as_string()))),
             at, word);
    } else if (word == "minimum" || word == "maximum") {
      const double bound = said.to_number<double>();
      expect(!value.is_number() || (word == "minimum" ? value.to_number<double>() >= bound
                                                      : value.to_number<double>() <= bound),
             at, word);
    } else if (word == "minItems" || word == "maxItems") {
      const auto bound = said.to_number<std::size_t>();
      expect(!value.is_array() ||
                 (word == "minItems" ? value.as_array().size() >= bound : value.as_array().size() <= bound),
             at, word);
    } else {
      check_parts(value, word, said, schema, at);
    }
  }

  void check_parts(const json::value& value, std::string_view word, const json::value& said,
                   const json::value& schema, const std::string& at) {
    if (word == "items") {
      if (value.is_array())
        for (std::size_t i = 0; i < value.as_array().size(); ++i)
          check(value.as_array()[i], said, at + "/" + std::to_string(i));
    } else if (word == "properties") {
      if (value.is_object())
        for (const auto& [name, part] : said.as_object())
          if (const auto* found = value.as_object().if_contains(name))
            check(*found, part, at + "/" + std::string(name));
    } else if (word == "required") {
      for (const auto& name : said.as_array())
        expect(!value.is_object() || value.as_object().contains(name.as_string()),
               at + "/" + std::string(name.as_string()), word);
    } else if (word == "additionalProperties" && said == json::value(false)) {
      if (value.is_object())
        for (const auto& [name, part] : value.as_object())
          expect(schema.at("properties").as_object().contains(name), at + "/" + std::string(name), word);
    } else {
      misfits.push_back(at + ": nobody here knows '" + std::string(word) + "'");
    }
  }

  bool fits(const json::value& value, const json::value& schema) {
    SchemaCheck one(root_);
    one.check(value, schema, "");
    return one.misfits.empty();
  }

  const json::value& root_;
};

}  // namespace

std::vector<std::string> misfits(const json::value& value, const json::value& schema) {
  SchemaCheck check(schema);
  check.check(value, schema, "");
  return check.misfits;
}

}  // namespace reelprint::evidence::test
