#include "crawler/dash_segments.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/normal_url.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr double kLongestS = 3.6e6;
/// Of a template when nothing says how long its period is: the first are enough to look at.
constexpr std::size_t kPiecesOfUnknown = 10;
constexpr std::uint64_t kMostTicks = std::uint64_t{1} << 53;

std::uint64_t ticks(std::string_view text, std::uint64_t otherwise) {
  const auto value = whole_number(trimmed(text));
  return value && *value <= kMostTicks ? *value : otherwise;
}

/// "first-last", both included.
void set_range(MediaPiece& piece, std::string_view range) {
  const auto first = whole_number(trimmed(take_until(range, '-')));
  const auto last = whole_number(trimmed(range));
  if (!first || !last || *last < *first || *last - *first == UINT64_MAX) return;
  piece.first_byte = *first;
  piece.bytes = *last - *first + 1;
}

/// What a template makes of its identifiers (section 5.3.9.4.4); "" when it is none.
struct Identifiers {
  std::string_view representation{};
  std::uint64_t bandwidth = 0;
  std::uint64_t number = 0;
  std::uint64_t time = 0;
};

std::string padded(std::uint64_t value, std::string_view format) {
  std::string digits = std::to_string(value);
  // "%05d": a zero, a width, a "d".
  const std::size_t zero = format.find("%0");
  if (zero == std::string_view::npos) return digits;
  const std::string_view width_digits =
      format.substr(zero + 2, format.find_first_not_of("0123456789", zero + 2) - zero - 2);
  const std::uint64_t width = std::min<std::uint64_t>(whole_number(width_digits).value_or(0), 32);
  if (digits.size() < width) digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
  return digits;
}

std::string filled(std::string_view pattern, const Identifiers& identifiers) {
  std::string out;
  while (!pattern.empty() && out.size() < 4000) {
    const std::size_t dollar = pattern.find('$');
    out += pattern.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    pattern.remove_prefix(dollar + 1);
    const std::string_view name = take_until(pattern, '$');
    if (name.empty()) out += '$';
    if (name == "RepresentationID") out += identifiers.representation;
    if (name.starts_with("Number")) out += padded(identifiers.number, name);
    if (name.starts_with("Time")) out += padded(identifiers.time, name);
    if (name.starts_with("Bandwidth")) out += padded(identifiers.bandwidth, name);
  }
  return out;
}

/// Makes the renditions of one Representation.
class RepresentationReader {
 public:
  RepresentationReader(const XmlElement& element, const DashLevel& level, Interval period, std::size_t room)
      : level_(level), period_(period), room_(room) {
    identifiers_.representation = element.attribute("id");
    identifiers_.bandwidth = ticks(element.attribute("bandwidth"), 0);
  }

  Rendition read() {
    rendition_.bandwidth = identifiers_.bandwidth;
    rendition_.container = "mp4";
    const std::string_view kind = segment_kind();
    if (kind.empty() || kind == "SegmentBase") {
      read_single_file();
    } else {
      read_initialization();
      timescale_ = std::max<std::uint64_t>(ticks(attribute("timescale"), 1), 1);
      const XmlElement* timeline = child("SegmentTimeline");
      if (timeline != nullptr)
        read_timeline(*timeline);
      else
        read_even();
    }
    return std::move(rendition_);
  }

 private:
  /// Of the innermost level that has any.
  std::string_view segment_kind() const {
    for (int i = 2; i >= 0; --i)
      if (level_.segments[i] != nullptr) return level_.segments[i]->name;
    return {};
  }

  std::string_view attribute(std::string_view name) const {
    for (int i = 2; i >= 0; --i)
      if (level_.segments[i] != nullptr && !level_.segments[i]->attribute(name).empty())
        return level_.segments[i]->attribute(name);
    return {};
  }

  const XmlElement* child(std::string_view name) const {
    for (int i = 2; i >= 0; --i)
      if (level_.segments[i] != nullptr)
        if (const XmlElement* found = level_.segments[i]->child(name)) return found;
    return nullptr;
  }

  std::optional<MediaPiece> piece_at(std::string_view reference) const {
    const auto url = reference.empty() ? std::optional(level_.base) : resolve_url(level_.base, reference);
    return url ? std::optional(MediaPiece{.url = *url}) : std::nullopt;
  }

  void read_initialization() {
    if (const std::string_view pattern = attribute("initialization"); !pattern.empty()) {
      rendition_.initialization = piece_at(filled(pattern, identifiers_));
      return;
    }
    const XmlElement* element = child("Initialization");
    if (element == nullptr) return;
    rendition_.initialization = piece_at(element->attribute("sourceURL"));
    if (rendition_.initialization) set_range(*rendition_.initialization, element->attribute("range"));
  }

  void read_single_file() {
    auto whole = piece_at({});
    if (!whole || level_.base.empty()) return;
    read_initialization();
    if (const std::string_view range = attribute("indexRange"); !range.empty()) {
      rendition_.index = *whole;
      set_range(*rendition_.index, range);
    }
    whole->time = period_;
    rendition_.pieces.push_back(std::move(*whole));
  }

  Timestamp at(std::uint64_t ticks_since_period) const {
    const double seconds = static_cast<double>(ticks_since_period) / static_cast<double>(timescale_);
    return period_.begin + duration_of(std::min(seconds, kLongestS));
  }

  /// False when there is room for no more.
  bool add(std::uint64_t position, std::uint64_t start, std::uint64_t length) {
    if (rendition_.pieces.size() >= room_) return false;
    const std::uint64_t offset = ticks(attribute("presentationTimeOffset"), 0);
    std::optional<MediaPiece> piece;
    if (const std::string_view pattern = attribute("media"); !pattern.empty()) {
      identifiers_.number = ticks(attribute("startNumber"), 1) + position;
      identifiers_.time = start;
      piece = piece_at(filled(pattern, identifiers_));
    } else {
      piece = piece_of_list(position);
    }
    if (!piece) return false;
    const std::uint64_t shown = start >= offset ? start - offset : 0;
    piece->time = {at(shown), at(shown + length)};
    rendition_.pieces.push_back(std::move(*piece));
    return true;
  }

  std::optional<MediaPiece> piece_of_list(std::uint64_t position) {
    if (list_.empty())
      for (const XmlElement* segments : level_.segments)
        if (segments != nullptr)
          for (const XmlElement& url : segments->children)
            if (url.name == "SegmentURL") list_.push_back(&url);
    if (position >= list_.size()) return std::nullopt;
    auto piece = piece_at(list_[position]->attribute("media"));
    if (piece) set_range(*piece, list_[position]->attribute("mediaRange"));
    return piece;
  }

  /// Section 5.3.9.6.
  void read_timeline(const XmlElement& timeline) {
    std::uint64_t start = 0;
    std::uint64_t position = 0;
    for (std::size_t i = 0; i < timeline.children.size(); ++i) {
      const XmlElement& run = timeline.children[i];
      if (run.name != "S") continue;
      start = ticks(run.attribute("t"), start);
      const std::uint64_t length = ticks(run.attribute("d"), 0);
      if (length == 0) return;
      std::uint64_t count = ticks(run.attribute("r"), 0) + 1;
      if (run.attribute("r").starts_with('-')) count = runs_until_next(timeline, i, start, length);
      for (; count > 0; --count, ++position, start += length)
        if (start > kMostTicks || !add(position, start, length)) return;
    }
  }

  /// Of an S with a negative r: until the next one, or the end of the period.
  std::uint64_t runs_until_next(const XmlElement& timeline, std::size_t i, std::uint64_t start,
                                std::uint64_t length) const {
    std::uint64_t end = 0;
    if (i + 1 < timeline.children.size())
      end = ticks(timeline.children[i + 1].attribute("t"), 0);
    else
      end = ticks(attribute("presentationTimeOffset"), 0) +
            static_cast<std::uint64_t>(to_seconds(period_.length()) * static_cast<double>(timescale_));
    return end > start ? (end - start + length - 1) / length : 1;
  }

  /// Pieces of one length each.
  void read_even() {
    const std::uint64_t length = ticks(attribute("duration"), 0);
    const double piece_s = static_cast<double>(length) / static_cast<double>(timescale_);
    const double period_s = to_seconds(period_.length());
    std::uint64_t count = kPiecesOfUnknown;
    if (length > 0 && period_s > 0 && piece_s > 0)
      count = static_cast<std::uint64_t>(std::min(
          level_.is_growing ? std::floor(period_s / piece_s) : std::ceil(period_s / piece_s - 1e-6), 1e9));
    if (attribute("media").empty() && length == 0) count = room_;
    const std::uint64_t first = ticks(attribute("startNumber"), 1);
    if (const std::uint64_t last = ticks(attribute("endNumber"), 0); last >= first && last > 0)
      count = std::min(count, last - first + 1);
    const std::uint64_t offset = ticks(attribute("presentationTimeOffset"), 0);
    const double gone_s = to_seconds(level_.gone);
    const auto skipped = piece_s > 0 && gone_s > 0
                             ? static_cast<std::uint64_t>(std::min(std::ceil(gone_s / piece_s), 1e9))
                             : 0;
    for (std::uint64_t i = skipped; i < count; ++i) {
      if (length > 0 && i > kMostTicks / length) return;
      if (!add(i, offset + i * length, length)) return;
    }
  }

  const DashLevel& level_;
  Interval period_;
  std::size_t room_;
  Identifiers identifiers_;
  std::uint64_t timescale_ = 1;
  std::vector<const XmlElement*> list_;
  Rendition rendition_;
};

}  // namespace

Rendition dash_rendition(const XmlElement& representation, const DashLevel& level, Interval period,
                         std::size_t room) {
  return RepresentationReader(representation, level, period, room).read();
}

}  // namespace reelprint::crawler
