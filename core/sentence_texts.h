// The words of every sentence, in both languages; {1}, {2} … are values. Internal to sentence.cpp.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sentence_code.h"

namespace reelprint {

struct SentenceTexts {
  SentenceCode code{};
  std::string_view name;
  std::string_view en;
  std::string_view zh;
};

/// In the order of SentenceCode.
inline constexpr SentenceTexts kSentences[] = {
    {SentenceCode::verbatim, "verbatim", "{1}", "{1}"},
    {SentenceCode::list, "list", "", ""},

    // What decisions, actions and reasons are called.
    {SentenceCode::decision_clear, "decision.clear", "clear", "无异议"},
    {SentenceCode::decision_needs_review, "decision.needs_review", "needs_review", "须人工判断"},
    {SentenceCode::decision_licensed, "decision.licensed", "licensed", "已获许可"},
    {SentenceCode::decision_infringing, "decision.infringing", "infringing", "未经许可的使用"},
    {SentenceCode::action_none, "action.none", "none", "不采取措施"},
    {SentenceCode::action_track, "action.track", "track", "跟踪"},
    {SentenceCode::action_monetize, "action.monetize", "monetize", "收益归权利人"},
    {SentenceCode::action_review, "action.review", "review", "人工审核"},
    {SentenceCode::action_block, "action.block", "block", "屏蔽"},
    {SentenceCode::reason_none, "reason.none", "none", "无"},
    {SentenceCode::reason_infringing_copy, "reason.infringing_copy", "infringing_copy", "侵权复制"},
    {SentenceCode::reason_infringing_part, "reason.infringing_part", "infringing_part", "部分侵权"},
    {SentenceCode::reason_licensed_use, "reason.licensed_use", "licensed_use", "许可使用"},
    {SentenceCode::reason_quotation, "reason.quotation", "quotation", "引用、评论或戏仿"},
    {SentenceCode::reason_not_the_work, "reason.not_the_work", "not_the_work", "并非该作品"},
    {SentenceCode::reason_shared_material, "reason.shared_material", "shared_material", "通用素材"},
    {SentenceCode::reason_own_upload, "reason.own_upload", "own_upload", "权利人自行上传"},
    {SentenceCode::reason_duplicate, "reason.duplicate", "duplicate", "重复"},
    {SentenceCode::reason_taken_down, "reason.taken_down", "taken_down", "已下架"},
    {SentenceCode::reason_withdrawn, "reason.withdrawn", "withdrawn", "已撤回"},
    {SentenceCode::reason_counter_notice, "reason.counter_notice", "counter_notice", "反通知"},
    {SentenceCode::reason_settled, "reason.settled", "settled", "已和解"},
    {SentenceCode::reason_reappeared, "reason.reappeared", "reappeared", "再次出现"},
    {SentenceCode::reason_other, "reason.other", "other", "其他"},
    {SentenceCode::allow_account, "allow.account", "account", "账号"},
    {SentenceCode::allow_channel, "allow.channel", "channel", "频道"},
    {SentenceCode::allow_url_pattern, "allow.url_pattern", "url_pattern", "网址模式"},

    // Works, uploaders, places, amounts.
    {SentenceCode::work, "work", "{1}, {2}", "《{1}》{2}"},
    {SentenceCode::episode, "work.episode", "episode {1}", "第 {1} 集"},
    {SentenceCode::season_episode, "work.season_episode", "season {1} episode {2}", "第 {1} 季第 {2} 集"},
    {SentenceCode::uploader_nobody, "uploader.nobody", "nobody in particular", "未注明的上传者"},
    {SentenceCode::uploader_account, "uploader.account", "account '{1}'", "账号“{1}”"},
    {SentenceCode::uploader_channel, "uploader.channel", "channel '{1}'", "频道“{1}”"},
    {SentenceCode::uploader_url, "uploader.url", "URL '{1}'", "网址“{1}”"},
    {SentenceCode::everywhere, "place.everywhere", "everywhere", "所有地区"},
    {SentenceCode::and_more, "place.and_more", "{1} and {2} more", "{1}等（另有 {2} 个）"},
    {SentenceCode::seconds, "amount.seconds", "{1} s", "{1} 秒"},
    {SentenceCode::share_of_upload, "amount.share_of_upload", "{1} % of the upload", "上传视频的 {1}%"},
    {SentenceCode::share_of_reference, "amount.share_of_reference", "{1} % of a reference",
     "参照作品的 {1}%"},
    {SentenceCode::score, "amount.score", "score {1}", "分数 {1}"},

    // Excluded seconds, quarantine, earlier dismissals, the allow list.
    {SentenceCode::excluded_all, "excluded.all",
     "{1}: all of a match shows seconds of reference {2} that are not the holder's: it does not count",
     "{1}：该匹配全部落在第 {2} 号参照作品中不属于权利人的时段内，不予计入"},
    {SentenceCode::excluded_part, "excluded.part",
     "{1}: {2} of a match of {3} show seconds of reference {4} that are not the holder's: they do not count",
     "{1}：在时长 {3} 的匹配中，有 {2} 落在第 {4} 号参照作品中不属于权利人的时段内，不予计入"},
    {SentenceCode::quarantined, "quarantine",
     "{1}: reference {2} is in quarantine: its matches only ask a person to look",
     "{1}：第 {2} 号参照作品处于隔离状态，其匹配仅提请人工查看"},
    {SentenceCode::dismissed_before, "dismissal",
     "case {1}: a person has settled the match with {2} ({3}), it is not raised again",
     "第 {1} 号案件：人工已就与{2}的匹配作出处理（{3}），不再提出"},
    {SentenceCode::allow_lets, "allow.lets", "allow entry {1} lets {2} '{3}' show everything of '{4}'{5}",
     "允许名单第 {1} 项准许{2}“{3}”播放“{4}”的全部作品{5}"},
    {SentenceCode::allow_because, "allow.because", ": {1}", "（所记原因：{1}）"},
    {SentenceCode::allow_names_not, "allow.names_not", "the allow list of '{1}' does not name {2}",
     "“{1}”的允许名单未列{2}"},

    // Licences and ownership.
    {SentenceCode::licence, "licence", "licence {1} '{2}'", "第 {1} 号许可“{2}”"},
    {SentenceCode::licences_more, "licence.more", "{1} more licences of '{2}' do not apply",
     "“{2}”另有 {1} 项许可不适用"},
    {SentenceCode::licence_other_work, "licence.other_work", "{1} is for other works than {2}",
     "{1}所涉作品不含{2}"},
    {SentenceCode::licence_other_uploader, "licence.other_uploader", "{1} is given to somebody else than {2}",
     "{1}的被许可人并非{2}"},
    {SentenceCode::licence_other_place, "licence.other_place", "{1} does not cover {2}; it covers {3}",
     "{1}不涵盖 {2}，其涵盖的地区为：{3}"},
    {SentenceCode::licence_open_place, "licence.open_place",
     "{1} covers {2} in {3}; where this upload is shown was not said, so a person must look",
     "{1}涵盖{2}，地区为：{3}；该上传视频在何处播放未予说明，须人工查看"},
    {SentenceCode::licence_lets, "licence.lets", "{1} lets {2} show {3}", "{1}准许{2}播放{3}"},
    {SentenceCode::licence_lets_in, "licence.lets_in", "{1} lets {2} show {3} in {4}",
     "{1}准许{2}在 {4} 播放{3}"},
    {SentenceCode::term_begins, "term.begins", "{1} does not run on {2}; it begins on {3}",
     "{1}在 {2} 无效：自 {3} 起生效"},
    {SentenceCode::term_revoked, "term.revoked", "{1} does not run on {2}; it was revoked on {3}",
     "{1}在 {2} 无效：已于 {3} 撤销"},
    {SentenceCode::term_ended, "term.ended", "{1} does not run on {2}; it ended on {3}",
     "{1}在 {2} 无效：已于 {3} 终止"},
    {SentenceCode::ownership, "ownership", "ownership {1} of '{2}' in {3}", "第 {1} 号权属（“{2}”，{3}）"},
    {SentenceCode::all_series, "ownership.all_series", "all its series", "其全部剧集"},
    {SentenceCode::ownership_other_place, "ownership.other_place", "{1} does not reach {2}; it reaches {3}",
     "{1}不及于 {2}，其及于：{3}"},
    {SentenceCode::ownership_open_place, "ownership.open_place",
     "{1} reaches {2}; where this upload is shown was not said, so a person must look",
     "{1}及于：{2}；该上传视频在何处播放未予说明，须人工查看"},
    {SentenceCode::ownership_reaches, "ownership.reaches", "{1} reaches {2} on {3}", "{1}在 {3} 及于：{2}"},

    // What the matches show.
    {SentenceCode::evidence_sound, "evidence.sound",
     "{1}: the sound from {2} to {3} s agrees ({4} %), and no picture confirms it",
     "{1}：第 {2} 至 {3} 秒的声音一致（{4}%），但没有画面予以证实"},
    {SentenceCode::evidence_pictures, "evidence.pictures",
     "{1}: {2} of {3} pictures agree from {4} to {5} s, {6} s of them distinctive, score {7}{8}{9}",
     "{1}：第 {4} 至 {5} 秒比对 {3} 幅画面，{2} 幅一致，其中独有内容 {6} 秒，分数 {7}{8}{9}"},
    {SentenceCode::evidence_negative, "evidence.negative", "; {1} s of it are in the negative bank",
     "；其中 {1} 秒属于通用素材库"},
    {SentenceCode::evidence_with_sound, "evidence.with_sound", "; {1} % of the sound agrees",
     "；声音一致 {1}%"},
    {SentenceCode::evidence_finding, "evidence.finding", "{1} → {2}: {3}", "{1}。结论：{2}（{3}）"},
    {SentenceCode::why_below_review, "evidence.below_review", "below the review score", "低于人工审核分数线"},
    {SentenceCode::why_sound_alone, "evidence.sound_alone",
     "sound alone accuses nobody: music is used in many places", "仅凭声音不能指认任何人：音乐随处可用"},
    {SentenceCode::why_short_shared, "evidence.short_shared",
     "only a short passage that several episodes of the series share", "仅为该剧多集共有的短片段"},
    {SentenceCode::why_shared, "evidence.shared",
     "the passage is shared by several episodes: it names the series, not the episode",
     "该片段为多集共有：只能指明剧集，不能指明单集"},
    {SentenceCode::why_few_distinctive, "evidence.few_distinctive",
     "too few distinctive seconds to accuse anyone", "独有内容过短，不足以指认任何人"},
    {SentenceCode::why_unconfirmed, "evidence.unconfirmed",
     "nothing that moves confirms it: it may be the same set at another moment",
     "运动部分未予证实：可能是同一场景的另一时刻"},
    {SentenceCode::why_between, "evidence.between", "between the review and the flag score",
     "介于人工审核分数线与认定分数线之间"},
    {SentenceCode::why_flagged, "evidence.flagged", "at or above the flag score", "达到或超过认定分数线"},

    // Policies.
    {SentenceCode::policy, "policy", "policy {1} '{2}'", "第 {1} 号策略“{2}”"},
    {SentenceCode::policy_off, "policy.off", "{1} is switched off", "{1}已停用"},
    {SentenceCode::policy_place_unsaid, "policy.place_unsaid",
     "{1} is for {2} only, and where this upload is shown was not said",
     "{1}仅适用于 {2}，而该上传视频在何处播放未予说明"},
    {SentenceCode::policy_other_place, "policy.other_place", "{1} is for {2}, not for {3}",
     "{1}适用于 {2}，不适用于 {3}"},
    {SentenceCode::policy_gives_way, "policy.gives_way",
     "{1} gives way to {2}, which has the higher priority", "{1}让位于优先级更高的{2}"},
    {SentenceCode::policy_none, "policy.none",
     "no policy of the holder covers it: what is certain is blocked",
     "权利人没有适用的策略：凡确定无疑者予以屏蔽"},
    {SentenceCode::policy_asks, "policy.asks", "{1} asks for {2}: there are {3}", "{1}要求{2}；实际为：{3}"},
    {SentenceCode::policy_asks_not, "policy.asks_not", "{1} does not ask for {2}: there are {3}",
     "{1}所定条件（{2}）未满足；实际为：{3}"},
    {SentenceCode::policy_rule, "policy.rule", "{1}{2}{3}", "{2}{1}{3}"},
    {SentenceCode::policy_from, "policy.from", " from {1} on", "达到{1}时"},
    {SentenceCode::policy_by_picture, "policy.by_picture", ", by picture", "（以画面计）"},
    {SentenceCode::policy_by_picture_and_sound, "policy.by_picture_and_sound", ", by picture and sound",
     "（以画面和声音计）"},
    {SentenceCode::policy_doubt, "policy.doubt",
     "not all of it is certain: until a person has looked, {1} becomes {2}",
     "并非全部确定无疑：在人工查看之前，{1}改为{2}"},

    // What a case does not establish.
    {SentenceCode::open_moment, "open.moment",
     "That these seconds are the same moment of the work, and not the same set or the same music at another "
     "moment, is not established.",
     "未能确认这几秒就是作品的同一时刻，而非同一场景或同一音乐的另一时刻。"},
    {SentenceCode::open_episode, "open.episode",
     "Which episode of the series they are taken from is not established: several show the same.",
     "未能确认这几秒出自该剧哪一集：有多集内容相同。"},
    {SentenceCode::open_sound, "open.sound", "Whether the sound is that of the work was not compared.",
     "未比对声音是否为该作品的声音。"},
    {SentenceCode::open_print, "open.fingerprint",
     "The fingerprint of upload {1} is not kept any more: its match cannot be made again from this bundle "
     "unless the media are obtained.",
     "第 {1} 号比对的上传视频指纹已不再保存：除非取得媒体文件，否则无法仅凭本证据包重现其匹配。"},
    {SentenceCode::open_capture, "open.capture", "The capture of sighting {1} cannot be read: {2}.",
     "第 {1} 号发现记录的网络取证文件无法读取：{2}。"},
    {SentenceCode::open_screenshot, "open.screenshot", "There is no screenshot of sighting {1}: {2}.",
     "第 {1} 号发现记录没有网页截图：{2}。"},
    {SentenceCode::open_capture_file, "open.capture_file", "A file of the capture is gone: {1}.",
     "一个网络取证文件已不存在：{1}。"},
    {SentenceCode::open_media_left_out, "open.media_left_out",
     "The media of upload {1} are not in this bundle, only their SHA-256.",
     "本证据包不含第 {1} 号比对的上传视频文件，只含其 SHA-256。"},
    {SentenceCode::open_media_gone, "open.media_gone",
     "The media of upload {1} are not in this bundle, only their SHA-256: they are not kept any more.",
     "本证据包不含第 {1} 号比对的上传视频文件，只含其 SHA-256：该文件已不再保存。"},
    {SentenceCode::open_frames, "open.frames", "Frames: {1}.", "画面：{1}。"},
    {SentenceCode::screenshots_off, "screenshot.off", "screenshots are off", "网页截图功能未启用"},
    {SentenceCode::screenshot_no_page, "screenshot.no_page", "there is no page of HTML", "没有 HTML 页面"},
    {SentenceCode::screenshot_no_browser, "screenshot.no_browser", "no browser is installed", "未安装浏览器"},
    {SentenceCode::screenshot_empty, "screenshot.empty", "the page is empty", "页面为空"},
    {SentenceCode::screenshot_nothing, "screenshot.nothing", "the browser drew nothing",
     "浏览器未绘制任何内容"},
    {SentenceCode::screenshot_exit, "screenshot.exit", "the browser failed with exit code {1}",
     "浏览器异常退出，代码 {1}"},
    {SentenceCode::screenshot_end, "screenshot.end", "the browser did not end well: {1}",
     "浏览器未正常结束：{1}"},
    {SentenceCode::frames_print, "frames.fingerprint",
     "the upload is a fingerprint: its thumbnails are shown, enlarged",
     "上传视频仅存指纹，所示为放大的缩略图"},
    {SentenceCode::frames_file_other, "frames.file_other",
     "the registered file of {1} is another one now: its thumbnails are shown, enlarged",
     "{1}的登记文件现已更换，所示为放大的缩略图"},
    {SentenceCode::frames_file_gone, "frames.file_gone",
     "the registered file of {1} is gone: its thumbnails are shown, enlarged",
     "{1}的登记文件已不存在，所示为放大的缩略图"},
    {SentenceCode::frames_more, "frames.more", "{1} more matches are not shown: too many pictures",
     "另有 {1} 个匹配未附画面：图片过多"},
    {SentenceCode::frames_plots_more, "frames.plots_more", "{1} more time plots are not drawn",
     "另有 {1} 幅时间对应图未绘制"},
    {SentenceCode::numbered_work, "work.numbered", "{1}, episode {2} (#{3})",
     "《{1}》第 {2} 集（{3} 号参照作品）"},
    {SentenceCode::numbered_season_work, "work.season_numbered", "{1}, season {2} episode {3} (#{4})",
     "《{1}》第 {2} 季第 {3} 集（{4} 号参照作品）"},
    {SentenceCode::numbered_episode, "work.episode_numbered", "episode {1} (#{2})",
     "第 {1} 集（{2} 号参照作品）"},

    // Looks at whether an upload is still there.
    {SentenceCode::check_up, "check.up", "{1}: still there", "{1}：仍可访问"},
    {SentenceCode::check_down, "check.down", "{1}: gone", "{1}：已不可访问"},
    {SentenceCode::check_up_why, "check.up_why", "{1}: still there ({2})", "{1}：仍可访问（{2}）"},
    {SentenceCode::check_down_why, "check.down_why", "{1}: gone ({2})", "{1}：已不可访问（{2}）"},
    {SentenceCode::check_file_there, "check.file_there", "the file is there", "文件存在"},
    {SentenceCode::check_file_gone, "check.file_gone", "the file is gone", "文件已不存在"},
    {SentenceCode::check_media_no_video, "check.media_no_video",
     "the media answered {1}, but what came is {2} and no video",
     "媒体网址应答 {1}，但所收内容为 {2}，并非视频"},
    {SentenceCode::check_media_answered, "check.media_answered", "the media answered {1}",
     "媒体网址应答 {1}"},
    {SentenceCode::check_media, "check.media", "the media {1}", "媒体网址：{1}"},
    {SentenceCode::check_page_no_video, "check.page_no_video",
     "the page answered {1}, but shows no other video", "页面应答 {1}，但未展示其他视频"},
    {SentenceCode::check_page_moved, "check.page_moved",
     "the page answered {1} with a video at another address", "页面应答 {1}，并在另一网址展示视频"},
    {SentenceCode::check_page_answered, "check.page_answered", "the page answered {1}", "页面应答 {1}"},
    {SentenceCode::check_page, "check.page", "the page {1}", "页面：{1}"},
    {SentenceCode::check_says_nothing, "check.says_nothing", "{1}: that says nothing",
     "{1}（不能说明任何问题）"},

    // Why a case changed, where the service says so.
    {SentenceCode::case_came_out, "case.came_out", "it came out {1}", "该判定变更为：{1}"},
    {SentenceCode::case_merged, "case.merged", "merged into case {1}", "并入第 {1} 号案件"},
    {SentenceCode::case_dismissed, "case.dismissed", "case {1} was dismissed: {2}",
     "第 {1} 号案件已驳回：{2}"},
    {SentenceCode::dispute_upheld, "dispute.upheld", "dispute {1} was upheld: {2}",
     "第 {1} 号异议成立，所记理由：“{2}”"},
    {SentenceCode::export_fetched, "export.fetched", "bundle of export {1}, SHA-256 {2}",
     "第 {1} 次导出的证据包，SHA-256 {2}"},

    // Files of a bundle.
    {SentenceCode::file_capture, "file.capture", "page and media as captured {1}",
     "{1} 取证的页面和媒体文件"},
    {SentenceCode::file_screenshot, "file.screenshot", "the page as a browser showed it, {1}",
     "浏览器所示页面，{1}"},
    {SentenceCode::file_upload_print, "file.upload_fingerprint", "fingerprint of upload {1}",
     "第 {1} 号比对的上传视频指纹"},
    {SentenceCode::file_reference_print, "file.reference_fingerprint", "fingerprint of reference {1}",
     "第 {1} 号参照作品的指纹"},
    {SentenceCode::file_media, "file.media", "upload {1} as it was screened", "第 {1} 号比对所用的上传视频"},
    {SentenceCode::file_pair, "file.pair", "frames of the upload and of the work side by side",
     "上传视频与作品的画面并列"},
    {SentenceCode::file_upload_frame, "file.upload_frame", "frame of the upload", "上传视频的画面"},
    {SentenceCode::file_work_frame, "file.work_frame", "frame of the work", "作品的画面"},
    {SentenceCode::file_plot, "file.plot", "time in the upload against time in the work",
     "上传视频时间与作品时间的对应图"},
    {SentenceCode::file_coverage, "file.coverage", "which seconds of the found episodes are in the upload",
     "上传视频包含所发现剧集的哪些时段"},

    // How a bundle was made.
    {SentenceCode::set_least_score, "setting.least_score", "least score of a match", "匹配的最低分数"},
    {SentenceCode::set_least_distinctive, "setting.least_distinctive", "least distinctive seconds of a match",
     "匹配的最短独有内容（秒）"},
    {SentenceCode::set_least_moment, "setting.least_moment", "least agreement of what moves",
     "运动部分的最低一致度"},
    {SentenceCode::set_review_score, "setting.review_score", "score from which a person looks",
     "人工审核分数线"},
    {SentenceCode::set_flag_score, "setting.flag_score", "score that is called infringing", "认定分数线"},
    {SentenceCode::set_sound, "setting.sound", "sound", "声音"},
    {SentenceCode::sound_compared, "setting.sound_compared", "compared", "比对"},
    {SentenceCode::sound_not_compared, "setting.sound_not_compared", "not compared", "不比对"},
    {SentenceCode::clock_unknown, "clock.unknown", "system clock; whether it is synchronised is not known",
     "系统时钟；是否同步不详"},
    {SentenceCode::clock_unsynchronised, "clock.unsynchronised",
     "system clock, not synchronised by the kernel's account", "系统时钟；据内核报告未同步"},
    {SentenceCode::clock_synchronised, "clock.synchronised",
     "system clock, synchronised (by the kernel's account, at most {1} ms off)",
     "系统时钟；据内核报告已同步，误差不超过 {1} 毫秒"},
    {SentenceCode::stamp_present, "time_stamp.present",
     "A time stamp (RFC 3161) of {1} over all files of this bundle is in timestamp.tsr.",
     "timestamp.tsr 是 {1} 就本证据包全部文件签发的时间戳（RFC 3161）。"},
    {SentenceCode::stamp_missing, "time_stamp.missing",
     "There is no time stamp of an independent authority: {1}.", "没有独立机构签发的时间戳：{1}。"},
    {SentenceCode::stamp_unconfigured, "time_stamp.unconfigured", "no time stamp authority is configured",
     "未配置时间戳机构"},
    {SentenceCode::benchmark, "benchmark",
     "On material that no threshold was chosen on (198 uploads, 32 of them without a protected work; 169 "
     "true and 1,612 false pairs of upload and work) no unrelated upload was called infringing: at most "
     "2,286 in a million pairs with 95 % confidence. The method and all figures are in docs/benchmarks.md of "
     "the program's sources.",
     "在未用于选定任何分数线的材料上（198 个上传视频，其中 32 "
     "个不含受保护作品；上传视频与作品的配对中，真实配对 169 对，虚假配对 1,612 "
     "对），没有任何无关的上传视频被认定为侵权：在 95% 置信度下，每百万对至多 2,286 "
     "对。方法和全部数据见程序源代码的 docs/benchmarks.md。"},
};

consteval bool has_value(std::string_view text, char digit) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 1] == digit && text[i + 2] == '}') return true;
  return false;
}

/// Every code in its place, with the same values in both languages.
consteval bool are_sentences_complete() {
  std::size_t expected = 0;
  for (const SentenceTexts& one : kSentences) {
    if (static_cast<std::size_t>(one.code) != expected++ || one.name.empty()) return false;
    for (char digit = '1'; digit <= '9'; ++digit)
      if (has_value(one.en, digit) != has_value(one.zh, digit)) return false;
  }
  return expected == static_cast<std::size_t>(SentenceCode::benchmark) + 1;
}
static_assert(are_sentences_complete(), "a sentence is missing, out of order, or has other values");

}  // namespace reelprint
