// Weighted means over the rows and columns of a luma plane: what shrinking to any size is made of.
#pragma once

#include <cstddef>
#include <vector>

#include "fingerprint/media_decoder.h"
#include "fingerprint/plane_kernels.h"

namespace reelprint::fingerprint {

/// One cell of one axis: pixel first + k counts with weights[k]; the weights add up to 1.
struct CellTaps {
  std::size_t first = 0;
  std::vector<float> weights;
};

[[nodiscard]] AxisTaps pack(const std::vector<CellTaps>& cells);

/// Exact area means, pixels on a cell border shared in proportion; stretches where there are fewer pixels
/// than cells. Both numbers at least 1.
[[nodiscard]] AxisTaps area_taps(std::size_t pixels, std::size_t cells);

/// rows.cells × columns.cells values on the 8-bit scale, row-major, as stored (not turned). The taps must be
/// made for this plane's height and width; one pass over the samples, no full-size copy.
[[nodiscard]] std::vector<float> sample(const LumaPlane& luma, const AxisTaps& rows, const AxisTaps& columns,
                                        const PlaneKernels& kernels = plane_kernels().back());

/// Turns height × width values by quarter_turns × 90° clockwise; for odd numbers the result is width ×
/// height.
[[nodiscard]] std::vector<float> turn(std::vector<float> values, std::size_t width, int quarter_turns);

}  // namespace reelprint::fingerprint
