#include "api/remote_screening_json.h"

#include <boost/json.hpp>
#include <cmath>

#include "api/json_text.h"
#include "core/catalog.h"
#include "core/error.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

/// Member by member; throws boost::system::system_error and std::out_of_range for what makes no sense.
json::object object_in(const std::string& text) {
  return json::parse(text).as_object();
}

std::string text_in(const json::object& object, std::string_view name) {
  const json::value& value = object.at(name);
  return value.is_null() ? std::string() : std::string(value.as_string());
}

double number_in(const json::object& object, std::string_view name) {
  return object.at(name).to_number<double>();
}

Timestamp time_in(const json::object& object, std::string_view name) {
  constexpr double kMostS = 1e9;
  const double s = number_in(object, name);
  if (!(std::abs(s) < kMostS)) throw std::out_of_range("a time");
  return Timestamp(std::llround(s * 1e6));
}

Match match_in(const json::object& object) {
  Match match;
  match.reference = ReferenceId{object.at("reference").to_number<std::int64_t>()};
  match.query_span = {time_in(object, "query_start"), time_in(object, "query_end")};
  match.reference_span = {time_in(object, "reference_start"), time_in(object, "reference_end")};
  match.score = number_in(object, "score");
  match.speed = number_in(object, "speed");
  match.mirrored = object.at("mirrored").as_bool();
  return match;
}

std::string work_in(const json::object& object) {
  const json::value* series = object.if_contains("series");
  if (series == nullptr)
    return "reference " + std::to_string(object.at("reference").to_number<std::int64_t>());
  Episode episode;
  episode.season = object.at("season").to_number<int>();
  episode.number = object.at("episode").to_number<int>();
  return std::string(series->as_string()) + ", " + to_text(episode);
}

json::value error_json(const std::string& code, const std::string& message) {
  return {{"code", code}, {"message", message}};
}

RemoteScreening failed(const std::string& query, const json::object& told) {
  RemoteScreening remote;
  remote.error_code = "cancelled";
  remote.error = "cancelled at the service";
  if (const json::value& error = told.at("error"); error.is_object()) {
    remote.error_code = text_in(error.as_object(), "code");
    remote.error = text_in(error.as_object(), "message");
  }
  remote.json = to_text({{"query", query}, {"error", error_json(remote.error_code, remote.error)}});
  return remote;
}

RemoteScreening done(const std::string& query, const json::object& told) {
  RemoteScreening remote;
  const json::object& result = told.at("result").as_object();
  Screening& screening = remote.screening;
  screening.query = query;
  const auto decision = decision_of(text_in(told, "decision"));
  if (!decision) throw std::out_of_range("a decision");
  screening.verdict.decision = *decision;
  const json::object& cost = result.at("cost").as_object();
  screening.cost = {number_in(cost, "decode_s"), number_in(cost, "fingerprint_s"),
                    number_in(cost, "search_s"), number_in(cost, "media_s")};
  for (const json::value& value : result.at("matches").as_array()) {
    screening.matches.push_back(match_in(value.as_object()));
    remote.works.add(screening.matches.back().reference, work_in(value.as_object()));
  }
  json::object said{{"query", query}};
  const auto copy = [&](std::string_view as, const json::object& from, std::string_view name) {
    said[as] = from.at(name);
  };
  copy("sha256", result, "sha256");
  copy("duration", result, "duration_s");
  copy("verdict", told, "decision");
  for (const char* name : {"matches", "cost", "reasons", "effort", "audio", "damaged"})
    copy(name, result, name);
  copy("screening", told, "id");
  copy("screened_at", result, "screened_at");
  copy("action", told, "action");
  remote.json = to_text(said);
  return remote;
}

/// Translates what Boost and the standard library throw.
template <class Function>
auto read(Function function) {
  try {
    return function();
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw Error(ErrorCode::io, "read the service's answer: it is no screening");
  }
}

}  // namespace

std::string ToldWorkNames::work_of(const Match& match) const {
  const auto found = works_.find(match.reference);
  return found == works_.end() ? "reference " + std::to_string(match.reference.value) : found->second;
}

RemoteScreening remote_screening_of(const std::string& query, const std::string& text) {
  return read([&] {
    const json::object told = object_in(text);
    return text_in(told, "state") == "done" ? done(query, told) : failed(query, told);
  });
}

bool has_screening_ended(const std::string& text) {
  return read([&] {
    const std::string state = text_in(object_in(text), "state");
    return state == "done" || state == "failed" || state == "cancelled";
  });
}

std::string problem_text(const std::string& text) {
  try {
    const json::object problem = object_in(text);
    std::string said = text_in(problem, "title");
    if (const auto* detail = problem.if_contains("detail"); detail != nullptr && detail->is_string())
      said += ": " + std::string(detail->as_string());
    return said;
  } catch (const std::exception&) {
    return "it gives no reason";
  }
}

}  // namespace reelprint::api
