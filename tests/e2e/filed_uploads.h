// Uploads that show a registered work, filed with their cases: what the legal team's commands begin with.
// Results are put into the data folder as a screening leaves them; no media are decoded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/ids.h"
#include "store/store.h"

namespace reelprint::e2e {

class FiledUploads {
 public:
  /// Makes the data folder, with a holder's work of one reference and a platform's tenant.
  explicit FiledUploads(const std::filesystem::path& data);

  /// An upload that shows 30 certain seconds of the work; `media` says which file it is.
  RequestId add(const std::string& url, std::uint8_t media, const std::string& account);
  /// The decision about an upload; zero when there is none that counts.
  [[nodiscard]] DecisionId decision_of(RequestId upload);
  /// Zero: there is none.
  [[nodiscard]] CaseId case_of(RequestId upload);

 private:
  store::Store store_;
  TenantId platform_{};
  HolderId holder_{};
  ReferenceId reference_{};
};

}  // namespace reelprint::e2e
