// A notice, a counter-notice, a retraction or a certification: what it says, and what the law asks it to say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::evidence {

enum class NoticeKind : std::uint8_t {
  dmca,                    ///< 17 U.S.C. 512(c)(3)(A)
  dsa,                     ///< Regulation (EU) 2022/2065, art. 16(2)
  cn_art14,                ///< China: communication through information networks, art. 14; Civil Code 1195
  dmca_counter,            ///< 17 U.S.C. 512(g)(3)
  cn_counter,              ///< the same regulation, art. 16; Civil Code 1196
  counter_notice,          ///< to an online platform in the EU: complaint by Regulation 2022/2065, art. 20
  retraction,              ///< takes a notice back
  certification_902_13,    ///< Federal Rules of Evidence: records of an electronic process
  certification_902_14,    ///< Federal Rules of Evidence: copies identified by their digests
  certification_cn_spc11,  ///< China: Supreme People's Court on the Internet courts (2018), art. 11
};

/// As in the file names of templates: "dmca".
[[nodiscard]] std::string_view to_string(NoticeKind kind);
[[nodiscard]] std::optional<NoticeKind> notice_kind_of(std::string_view name);

/// A person or an organisation. Each text is one line.
struct NoticeParty {
  std::string name{};
  std::string organisation{};
  std::string title{};    ///< of the person: "Legal counsel"
  std::string address{};  ///< postal
  std::string country{};  ///< ISO 3166-1 alpha-2: "US"
  std::string phone{};
  std::string email{};
  std::string identity{};  ///< number of an identity document or register: China asks for it

  friend bool operator==(const NoticeParty&, const NoticeParty&) = default;
};

struct NoticeWork {
  std::string name{};         ///< "The Lantern Oath, season 1, episode 3"
  std::string description{};  ///< "micro-drama, 93 s"
  std::string registration{};
  std::string first_publication{};
  std::vector<std::string> urls{};  ///< where it can be seen lawfully

  friend bool operator==(const NoticeWork&, const NoticeWork&) = default;
};

/// One place that a notice is about.
struct NoticeTarget {
  std::string url{};
  std::size_t work = 1;   ///< which of Notice::works it shows, from 1
  std::string title{};    ///< as shown there
  std::string account{};  ///< as shown there
  std::string where{};    ///< "0:12.4 – 0:58.0 of the video"
  std::string seen_at{};  ///< "2026-11-18 07:21:05 UTC"

  friend bool operator==(const NoticeTarget&, const NoticeTarget&) = default;
};

/// A file that a certification speaks of.
struct NoticeFile {
  std::string name{};
  std::string sha256{};  ///< 64 hexadecimal digits
  std::uint64_t bytes = 0;

  friend bool operator==(const NoticeFile&, const NoticeFile&) = default;
};

/// What only certifications say. Texts may have several lines.
struct CertifiedFacts {
  std::string qualification{};  ///< why this person may certify
  std::string system{};         ///< program, version, machine, clock
  std::string process{};        ///< what was done, step by step
  std::string storage{};        ///< where and how it has been kept since
  std::string signature_key{};  ///< of the bundle; "": it is not signed
  std::string time_stamp{};     ///< "RFC 3161 token of …"; "": there is none
  std::vector<NoticeFile> files{};

  friend bool operator==(const CertifiedFacts&, const CertifiedFacts&) = default;
};

struct Notice {
  NoticeKind kind = NoticeKind::dmca;
  std::string language = "en";    ///< which template: "en", "zh"
  std::string reference{};        ///< our own number: "case 17"
  std::string their_reference{};  ///< the recipient's number; of the notice that is countered or taken back
  NoticeParty sender{};           ///< who writes: the holder, its agent, the accused, who certifies
  NoticeParty holder{};           ///< for whom the sender writes; the same where it has no name
  std::string mandate{};          ///< by which the sender may write for the holder
  NoticeParty recipient{};        ///< the platform's agent
  std::vector<NoticeWork> works{};
  std::vector<NoticeTarget> targets{};
  std::string explanation{};            ///< reasons; may have several lines
  std::vector<std::string> evidence{};  ///< what is enclosed as proof
  CertifiedFacts certified{};
  std::vector<std::string> confirmed{};  ///< ids of the statements that the signatory confirmed one by one
  std::string signature{};               ///< the signatory's name, typed by that person
  std::string signed_on{};               ///< "2026-11-20"

  friend bool operator==(const Notice&, const Notice&) = default;
};

/// A statement that a person has to confirm; its words are in the template.
struct RequiredStatement {
  std::string_view id;      ///< "good_faith"
  std::string_view clause;  ///< "17 U.S.C. 512(c)(3)(A)(v)"
};

/// In the order in which they stand in the law.
[[nodiscard]] std::vector<RequiredStatement> required_statements(NoticeKind kind);

/// Something that is missing or cannot be right.
struct NoticeFlaw {
  std::string field{};       ///< "sender.phone", "targets[2].url", "confirmed.good_faith"
  std::string clause{};      ///< that asks for it; "" where it is only our own check
  std::string what{};        ///< in words
  bool is_sign_off = false;  ///< only a signature or a confirmation: the draft is complete without it

  friend bool operator==(const NoticeFlaw&, const NoticeFlaw&) = default;
};

/// All flaws, in the order of the law's list; none: it may be sent. Pure.
[[nodiscard]] std::vector<NoticeFlaw> validate(const Notice& notice);

}  // namespace reelprint::evidence
