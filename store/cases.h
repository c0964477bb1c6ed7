// Cases, in the database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case_steps.h"
#include "core/legal_case.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct CaseUpload;

/// Narrows a listing; empty fields do not narrow.
struct CaseFilter {
  TenantId tenant{};
  HolderId holder{};
  std::optional<CaseState> state{};
  std::string platform{};
  std::string account{};
  std::optional<WallTime> from{};   ///< opened at or after
  std::optional<WallTime> until{};  ///< opened before
  std::string assignee{};
};

/// What came to light about one upload: what `open_or_join` files.
struct CaseFinding {
  HolderId holder{};
  TenantId tenant{};
  std::string platform{};
  std::string account{};
  DecisionId decision{};  ///< zero: none
  SightingId sighting{};  ///< zero: none
  std::string actor{};
  std::string channel{};   ///< the account's own address on the platform, normalised; "": not known
  std::string location{};  ///< of the upload, normalised; "": as the screening request has it
};

/// How much there is in a case.
struct CaseSize {
  std::size_t uploads = 0;    ///< of which a decision was filed
  std::size_t decisions = 0;  ///< that count, and say infringing or needs_review
  std::size_t sightings = 0;

  friend bool operator==(const CaseSize&, const CaseSize&) = default;
};

/// The cases' part of Store, with its contract. Every change is an entry of the case's history and, but for
/// notes, the event "case.opened" or "case.changed" to its tenant, in one transaction.
class Cases {
 public:
  explicit Cases(Database& database) : database_(database) {}

  /// Joins the case that has the decision or sighting already; else the one of the same holder that is not
  /// closed or dismissed and is of the same upload (screening request or sighting), of the same account on
  /// the same platform (by its channel, else by its name unless the channels differ), or of the same location
  /// on the same platform unless the accounts differ; else opens one, whose history names other cases of the
  /// same location or file ("alike"). A removed case that is joined is open again. Nothing is opened or
  /// joined for what a dismissal has settled: then zero.
  CaseId open_or_join(const CaseFinding& finding, WallTime now);
  /// With its decisions, superseded ones left out, and its sightings.
  [[nodiscard]] std::optional<LegalCase> find(CaseId id);
  [[nodiscard]] std::optional<CaseId> of_decision(DecisionId id);
  [[nodiscard]] std::optional<CaseId> of_sighting(SightingId id);
  /// The newest case of this upload and holder, whatever its state.
  [[nodiscard]] std::optional<CaseId> of_request(RequestId request, HolderId holder);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first; without their
  /// decisions and sightings.
  [[nodiscard]] std::vector<LegalCase> list(const CaseFilter& filter, CaseId before, std::size_t limit);
  [[nodiscard]] CaseSize size_of(CaseId id);
  /// How many uploads still accuse and are named by no notice that was sent and claims an infringement.
  [[nodiscard]] std::size_t not_noticed(CaseId id);

  /// Takes the case on, and learns from it when it is dismissed or confirmed (store/settled_pairs.h). Any
  /// proposal ends. Throws Error{invalid_input} with the sentence of why_not, not_found.
  void take(CaseId id, const CaseStep& step, std::string_view actor, WallTime now);
  /// For another person to take: nothing changes but the proposal.
  void propose(CaseId id, const CaseProposal& proposal);
  void drop_proposal(CaseId id, std::string_view actor, WallTime now);
  void assign(CaseId id, std::string_view assignee, std::string_view actor, WallTime now);
  void set_retraction_due(CaseId id, bool is_due, std::string_view actor, WallTime now);
  /// A decision of it counts no more, or came out otherwise: it is noted, and a case that rests on nothing
  /// any more is closed as withdrawn. Where a notice that names it was sent, a retraction is due.
  void let_go(CaseId id, DecisionId decision, std::string_view why, std::string_view actor, WallTime now);
  /// What `from` rests on goes to `into`; `from` is closed as a duplicate. Both must be of one holder, and
  /// neither dismissed or closed: throws Error{invalid_input}.
  void merge(CaseId from, CaseId into, std::string_view actor, WallTime now);

  /// Appends to its history; id and in_case of the event are ignored.
  void note(CaseId id, const CaseEvent& event);
  /// The oldest first.
  [[nodiscard]] std::vector<CaseEvent> history(CaseId id);
  /// At most `limit` with a larger id than `after`, the oldest first.
  [[nodiscard]] std::vector<CaseEvent> history(CaseId id, std::int64_t after, std::size_t limit);
  /// The newest entry that says more than who looked at it or took it along; 0: there is none.
  [[nodiscard]] std::int64_t last_change(CaseId id);

 private:
  [[nodiscard]] std::optional<CaseId> filed(const CaseFinding& finding);
  [[nodiscard]] std::optional<CaseId> to_join(const CaseFinding& finding, const CaseUpload* upload);
  CaseId open(const CaseFinding& finding, WallTime now);
  void note_alike(CaseId id, const CaseFinding& finding, const CaseUpload& upload, WallTime now);
  bool attach(CaseId id, const CaseFinding& finding, const CaseUpload* upload, WallTime now);
  void tell(CaseId id, std::string_view type, std::string_view what, WallTime now);
  LegalCase wanted(CaseId id);
  void record(CaseId id, std::string_view what, std::string detail, std::string_view actor, WallTime now);
  void change_state(const LegalCase& before, const CaseStep& step, std::string_view actor, WallTime now);

  Database& database_;
};

}  // namespace reelprint::store
