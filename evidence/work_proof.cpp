#include "evidence/work_proof.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "core/error.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

/// "" when there is none.
std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

void add(WorkFacts& work, std::string_view label, std::string value) {
  if (!value.empty()) work.proofs_of_right.emplace_back(label, std::move(value));
}

std::string first_publication_in(const json::object& proof) {
  const std::string day = text_in(proof, "first_published_on");
  const std::string place = text_in(proof, "first_published_in");
  return day + (day.empty() || place.empty() ? "" : ", ") + place;
}

void add_documents(WorkFacts& work, const json::object& proof) {
  const json::value* documents = proof.if_contains("chain_of_title");
  if (documents == nullptr || !documents->is_array()) return;
  for (const json::value& document : documents->get_array()) {
    if (!document.is_object()) continue;
    const std::string name = text_in(document.get_object(), "name");
    const std::string digest = text_in(document.get_object(), "sha256");
    add(work, "Proof, as a file", digest.empty() ? name : name + ", SHA-256 " + digest);
  }
}

}  // namespace

void tell_proof(WorkFacts& work, std::string_view proof) {
  json::error_code error;
  const json::value value = json::parse(proof, error);
  if (error || !value.is_object())
    throw Error(ErrorCode::corrupt, "read the proof of series '" + work.series + "': it is no JSON object");
  const json::object& object = value.get_object();
  work.first_publication = first_publication_in(object);
  add(work, "Copyright owner", text_in(object, "copyright_owner"));
  add(work, kCopyrightRegistration, text_in(object, "registration_number"));
  add_documents(work, object);
  add(work, "Remarks", text_in(object, "notes"));
}

}  // namespace reelprint::evidence
