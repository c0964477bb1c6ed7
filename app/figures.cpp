#include "app/figures.h"

#include <cstdio>

namespace reelprint::app {

std::string fixed(double value, int digits, const char* unit) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f%s", digits, value, unit);
  return text;
}

std::string span_text(const Interval& span) {
  return time_code(to_seconds(span.begin)) + "–" + time_code(to_seconds(span.end));
}

Colour colour_of(Decision decision) {
  switch (decision) {
    case Decision::clear: return Colour::green;
    case Decision::licensed: return Colour::green;
    case Decision::needs_review: return Colour::yellow;
    case Decision::infringing: return Colour::red;
  }
  return Colour::plain;
}

}  // namespace reelprint::app
