// The uploads: where and when each was seen, and how that was recorded.
#include <algorithm>

#include "evidence/record_names.h"
#include "evidence/report_builder.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostExchanges = 60;
constexpr std::size_t kMostHeads = 6;
constexpr std::size_t kLongestHead = 4'000;  ///< characters
constexpr std::size_t kMostCertificates = 10;
constexpr std::size_t kMostChecks = 60;

class FactList {
 public:
  explicit FactList(const Wording& wording) : wording_(wording) {}

  /// Leaves out what has no value.
  void add(Phrase label, const std::string& value, bool is_code = false) {
    if (!value.empty()) facts_.facts.push_back({wording_.say(label), value, is_code});
  }
  [[nodiscard]] Facts take() { return std::move(facts_); }

 private:
  const Wording& wording_;
  Facts facts_;
};

void add_metadata(FactList& list, const UploadFacts& upload, const Wording& wording) {
  const VideoMetadata metadata = upload.sighting ? upload.sighting->metadata : VideoMetadata{};
  list.add(Phrase::account, upload.account.empty() ? metadata.uploader : upload.account);
  list.add(Phrase::account_page, metadata.uploader_url, true);
  list.add(Phrase::channel, upload.channel);
  list.add(Phrase::territory, upload.territory);
  list.add(Phrase::upload_title, upload.title.empty() ? metadata.title : upload.title);
  list.add(Phrase::description, visible_text(metadata.description, 600));
  const auto published = upload.published_at ? upload.published_at : metadata.published_at;
  if (published) list.add(Phrase::published_at, wording.time(*published));
  if (metadata.views) list.add(Phrase::views, Wording::count(*metadata.views));
  if (metadata.likes) list.add(Phrase::likes, Wording::count(*metadata.likes));
}

Facts facts_of(const UploadFacts& upload, const Wording& wording) {
  FactList list(wording);
  const Sighting* sighting = upload.sighting ? &*upload.sighting : nullptr;
  list.add(Phrase::page_url,
           sighting != nullptr && !sighting->page_url.empty() ? sighting->page_url : upload.url, true);
  if (sighting != nullptr) list.add(Phrase::media_url, sighting->location, true);
  add_metadata(list, upload, wording);
  if (sighting != nullptr) {
    list.add(Phrase::seen_at, wording.time(sighting->seen_at));
    list.add(Phrase::checked_at, wording.time(sighting->checked_at));
    list.add(Phrase::still_up, wording.say(sighting->is_up ? Phrase::yes : Phrase::no));
    list.add(Phrase::address, sighting->address, true);
  }
  list.add(Phrase::file_name, upload.name);
  list.add(Phrase::length, wording.length(upload.duration));
  list.add(Phrase::media_bytes, wording.say(Phrase::bytes, {Wording::count(upload.media_bytes)}));
  list.add(Phrase::media_digest,
           upload.media == Sha256{} ? wording.say(Phrase::not_recorded) : to_hex(upload.media),
           upload.media != Sha256{});
  list.add(Phrase::screened_at, wording.time(upload.screened_at));
  list.add(Phrase::request_number, std::to_string(upload.number));
  return list.take();
}

/// Where a redirect leads to; "" for any other answer.
std::string location_of(const Exchange& exchange) {
  const bool is_redirect = exchange.status >= 300 && exchange.status < 400;
  return is_redirect ? header_of(exchange.response_head, "location") : "";
}

std::string request_of(const Exchange& exchange, const Wording& wording) {
  const std::string location = location_of(exchange);
  const std::string request = exchange.method + " " + visible_line(exchange.url);
  return location.empty() ? request
                          : request + "\n" + wording.say(Phrase::sent_on_to, {visible_line(location)});
}

std::string answer_of(const Exchange& exchange, const Wording& wording) {
  if (exchange.status == 0) {
    const std::string why = exchange.error_code.empty()
                                ? exchange.error
                                : name_of_failure(exchange.error_code, wording.language());
    return wording.say(Phrase::no_answer, {visible_line(why, 200)});
  }
  const std::string status = std::to_string(exchange.status);
  if (!location_of(exchange).empty()) return wording.say(Phrase::redirects_to, {status});
  return exchange.is_truncated ? wording.say(Phrase::truncated, {status}) : status;
}

Table table_of(const std::vector<Exchange>& exchanges, const Wording& wording) {
  Table table{{{wording.say(Phrase::col_number), 0.6, ColumnKind::number},
               {wording.say(Phrase::col_time_utc), 1.25},
               {wording.say(Phrase::col_url), 3.3, ColumnKind::code},
               {wording.say(Phrase::col_status), 1.3},
               {wording.say(Phrase::col_ip), 1.5, ColumnKind::code},
               {wording.say(Phrase::col_bytes), 1, ColumnKind::number}},
              {}};
  for (std::size_t i = 0; i < std::min(exchanges.size(), kMostExchanges); ++i) {
    const Exchange& exchange = exchanges[i];
    std::string time = wording.time(exchange.began_at);
    if (time.ends_with(" UTC")) time.resize(time.size() - 4);
    table.rows.push_back({std::to_string(i + 1), time, request_of(exchange, wording),
                          answer_of(exchange, wording), exchange.address,
                          Wording::count(exchange.body_bytes)});
  }
  return table;
}

void add_heads(Section& section, const std::vector<Exchange>& exchanges, const Wording& wording) {
  std::size_t printed = 0;
  for (std::size_t i = 0; i < exchanges.size() && printed < kMostHeads; ++i) {
    if (exchanges[i].response_head.empty()) continue;
    if (printed++ == 0)
      section.blocks.emplace_back(Paragraph{wording.say(Phrase::heads_title), ParagraphKind::lead});
    section.blocks.emplace_back(
        Paragraph{wording.say(Phrase::heads_of, {std::to_string(i + 1)}), ParagraphKind::note});
    std::string head = visible_text(exchanges[i].response_head, kLongestHead);
    while (head.ends_with('\n')) head.pop_back();
    section.blocks.emplace_back(Paragraph{std::move(head), ParagraphKind::code});
  }
}

/// Of the last answer that has any: that is the server which delivered.
void add_certificates(Section& section, const std::vector<Exchange>& exchanges, const Wording& wording) {
  const auto last = std::find_if(exchanges.rbegin(), exchanges.rend(),
                                 [](const Exchange& exchange) { return !exchange.certificates.empty(); });
  section.blocks.emplace_back(Paragraph{wording.say(Phrase::certificates_title), ParagraphKind::lead});
  if (last == exchanges.rend()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::no_certificate)});
    return;
  }
  const auto number = static_cast<std::size_t>(exchanges.rend() - last);
  section.blocks.emplace_back(
      Paragraph{wording.say(Phrase::certificates_intro, {std::to_string(number)}), ParagraphKind::note});
  Table table{{{wording.say(Phrase::col_subject), 2},
               {wording.say(Phrase::col_issuer), 2},
               {wording.say(Phrase::col_fingerprint), 2.4, ColumnKind::code}},
              {}};
  for (const PeerCertificate& certificate : last->certificates) {
    if (table.rows.size() == kMostCertificates) break;
    table.rows.push_back({certificate.subject, certificate.issuer, to_hex(certificate.digest)});
  }
  section.blocks.emplace_back(std::move(table));
}

Section capture_of(const UploadFacts& upload, const Wording& wording) {
  Section section{wording.say(Phrase::capture_title), 3, {}, false};
  if (upload.exchanges.empty()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::no_capture)});
    return section;
  }
  section.blocks.emplace_back(Paragraph{wording.say(Phrase::capture_intro), ParagraphKind::note});
  section.blocks.emplace_back(table_of(upload.exchanges, wording));
  if (upload.exchanges.size() > kMostExchanges) {
    section.blocks.emplace_back(
        Paragraph{wording.say(Phrase::left_out, {std::to_string(upload.exchanges.size() - kMostExchanges)}),
                  ParagraphKind::note});
  }
  add_heads(section, upload.exchanges, wording);
  add_certificates(section, upload.exchanges, wording);
  return section;
}

Section checks_of(const UploadFacts& upload, const Wording& wording) {
  Section section{wording.say(Phrase::checks_title), 3, {}, false};
  for (std::size_t i = 0; i < std::min(upload.checks.size(), kMostChecks); ++i)
    section.blocks.emplace_back(Paragraph{visible_line(wording.say(upload.checks[i])), ParagraphKind::item});
  if (upload.checks.size() > kMostChecks) {
    section.blocks.emplace_back(
        Paragraph{wording.say(Phrase::left_out, {std::to_string(upload.checks.size() - kMostChecks)}),
                  ParagraphKind::note});
  }
  return section;
}

}  // namespace

std::vector<Section> sightings_of(const CaseFile& case_file, const Wording& wording) {
  std::vector<Section> sections;
  if (case_file.uploads.empty()) return sections;
  sections.push_back({wording.say(Phrase::ch_sighting), 1, {}, false});
  const std::string all = std::to_string(case_file.uploads.size());
  for (std::size_t i = 0; i < case_file.uploads.size(); ++i) {
    const UploadFacts& upload = case_file.uploads[i];
    sections.push_back(
        {wording.say(Phrase::upload_n, {std::to_string(i + 1), all}), 2, {facts_of(upload, wording)}, false});
    sections.push_back(capture_of(upload, wording));
    if (!upload.checks.empty()) sections.push_back(checks_of(upload, wording));
  }
  return sections;
}

}  // namespace reelprint::evidence
