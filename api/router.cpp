#include "api/router.h"

#include <algorithm>
#include <stdexcept>

namespace reelprint::api {
namespace {

using Params = std::map<std::string, std::string>;

bool is_name(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

/// Takes the part before the next slash off the front; nothing at the end.
std::optional<std::string_view> take_part(std::string_view& path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  path.remove_prefix(1);
  const std::string_view part = path.substr(0, path.find('/'));
  path.remove_prefix(part.size());
  return part;
}

std::optional<Params> params_of(std::string_view pattern, std::string_view path) {
  Params params;
  while (!pattern.empty()) {
    const auto wanted = take_part(pattern);
    const auto given = take_part(path);
    if (!wanted || !given) return std::nullopt;
    if (!is_name(*wanted)) {
      if (*wanted != *given) return std::nullopt;
      continue;
    }
    if (given->empty()) return std::nullopt;
    params.emplace(wanted->substr(1, wanted->size() - 2), *given);
  }
  if (!path.empty()) return std::nullopt;
  return params;
}

/// The pattern with all names alike: two with the same shape fit the same paths.
std::string shape_of(std::string_view pattern) {
  std::string shape;
  while (const auto part = take_part(pattern)) shape += '/' + std::string(is_name(*part) ? "{}" : *part);
  return shape;
}

/// Of two patterns that fit, the one with a word where the other has a name comes first.
bool is_more_exact(std::string_view a, std::string_view b) {
  while (true) {
    const auto left = take_part(a);
    const auto right = take_part(b);
    if (!left || !right) return false;
    if (is_name(*left) != is_name(*right)) return is_name(*right);
  }
}

}  // namespace

Route plain_route(http::Method method, std::string pattern, std::string operation,
                  const std::vector<Role>& roles, Handler handler) {
  Route made;
  made.method = method;
  made.pattern = std::move(pattern);
  made.operation = std::move(operation);
  made.roles = roles;
  made.handler = std::move(handler);
  return made;
}

void Router::add(Route route) {
  const std::string shape = shape_of(route.pattern);
  for (const Route& known : routes_) {
    if (known.operation == route.operation ||
        (known.method == route.method && shape_of(known.pattern) == shape)) {
      throw std::logic_error("add the route " + std::string(to_string(route.method)) + " " + route.pattern +
                             " (" + route.operation + "): there is one already");
    }
  }
  routes_.push_back(std::move(route));
}

std::optional<Router::Found> Router::find(http::Method method, std::string_view path) const {
  std::optional<Found> best;
  for (const Route& route : routes_) {
    if (route.method != method) continue;
    if (best && !is_more_exact(route.pattern, best->route->pattern)) continue;
    if (auto params = params_of(route.pattern, path)) best = Found{&route, std::move(*params)};
  }
  return best;
}

std::vector<http::Method> Router::methods_of(std::string_view path) const {
  std::vector<http::Method> methods;
  for (const Route& route : routes_) {
    if (params_of(route.pattern, path) && std::ranges::find(methods, route.method) == methods.end())
      methods.push_back(route.method);
  }
  return methods;
}

}  // namespace reelprint::api
