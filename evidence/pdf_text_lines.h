// How lines of text are drawn with cairo: between the text and the page only.
#pragma once

#include <cstddef>

#include "evidence/pdf_text.h"

using cairo_t = struct _cairo;

namespace reelprint::evidence {

/// Draws one line whose upper left corner is at (x, y), in points.
void draw_line(cairo_t* cairo, const SetText& text, std::size_t line, double x, double y);

}  // namespace reelprint::evidence
