// What decisions lead to: cases are opened, joined, and closed when nothing is left of them.
#pragma once

#include <string>
#include <string_view>

#include "core/screening_request.h"
#include "store/settled_pairs.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Where an upload is shown, as cases name it: the host of its URL; else of the address that its media came
/// from; else the name of the tenant that asked; "" when nobody knows.
[[nodiscard]] std::string case_platform(store::Store& store, const ScreeningRequest& request);
/// Its uploader: the account, else the channel.
[[nodiscard]] std::string case_account(const ScreeningRequest& request);
/// The uploader's own address, normalised, which tells accounts of one name apart; "": it is not known.
[[nodiscard]] std::string case_channel(const ScreeningRequest& request);
/// Where it is shown, else where its media came from; normalised where it is a URL.
[[nodiscard]] std::string case_location(const ScreeningRequest& request);
/// What dismissals recognise it by.
[[nodiscard]] store::UploadTraits traits_of(store::Store& store, const ScreeningRequest& request,
                                            const Sha256& media);

/// A decision was stored: infringing and needs_review open or join a case; of any other the case of this
/// upload, if there is one, lets go. Inside the decision's transaction, as below. Returns the case; zero:
/// none.
CaseId file_decision(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                     WallTime now);
/// A decision was released.
void unfile_decision(store::Store& store, const UploadDecision& decision, std::string_view why,
                     std::string_view by, WallTime now);

}  // namespace reelprint::pipeline
