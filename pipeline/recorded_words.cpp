#include "pipeline/recorded_words.h"

#include <string>

namespace reelprint::pipeline {
namespace {

using enum SentenceCode;

/// "the media answered 404; the page answered 404: that says nothing", part by part.
Sentence why_of_check(std::string_view words) {
  Sentence why(list);
  constexpr std::string_view kJoint = "; ";
  while (!words.empty()) {
    const std::size_t end = words.find(kJoint);
    Sentence part = recognised(words.substr(0, end), {check_says_nothing});
    Sentence& said = part.is_verbatim() ? part : part.values.front();
    said = recognised(said.text,
                      {check_file_there, check_file_gone, check_media_no_video, check_media_answered,
                       check_media, check_page_no_video, check_page_moved, check_page_answered, check_page});
    why.values.push_back(std::move(part));
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + kJoint.size());
  }
  return why;
}

}  // namespace

Sentence sentence_of(const store::SightingCheck& check) {
  const std::string at = to_rfc3339(check.at);
  if (check.why.empty()) return {check.is_up ? check_up : check_down, {at}};
  return {check.is_up ? check_up_why : check_down_why, {at, why_of_check(check.why)}};
}

Sentence screenshot_problem(std::string_view words) {
  return recognised(words, {screenshots_off, screenshot_no_page, screenshot_no_browser, screenshot_empty,
                            screenshot_nothing, screenshot_exit, screenshot_end});
}

Sentence clock_sentence(std::string_view words) {
  return recognised(words, {clock_unknown, clock_unsynchronised, clock_synchronised});
}

Sentence frames_remark(std::string_view words) {
  Sentence remark =
      recognised(words, {frames_print, frames_file_other, frames_file_gone, frames_more, frames_plots_more});
  if (remark.code == frames_file_other || remark.code == frames_file_gone) {
    Sentence& work = remark.values.front();
    work = recognised(work.text, {numbered_season_work, numbered_work, numbered_episode});
  }
  return remark;
}

}  // namespace reelprint::pipeline
