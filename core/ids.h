// Row identities: one distinct type for each kind of thing, so that they cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace reelprint {

/// A positive number that names one stored thing; zero means "not stored yet".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using HolderId = Id<struct HolderTag>;
using SeriesId = Id<struct SeriesTag>;
using EpisodeId = Id<struct EpisodeTag>;
using ReferenceId = Id<struct ReferenceTag>;
using ScreeningId = Id<struct ScreeningTag>;
using NegativeId = Id<struct NegativeTag>;
using TenantId = Id<struct TenantTag>;
using UserId = Id<struct UserTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using AuditId = Id<struct AuditTag>;
using LicenceId = Id<struct LicenceTag>;
using PolicyId = Id<struct PolicyTag>;
using ConflictId = Id<struct ConflictTag>;
using JobId = Id<struct JobTag>;
using UploadId = Id<struct UploadTag>;
using RequestId = Id<struct RequestTag>;  ///< of a screening that was asked for
using DecisionId = Id<struct DecisionTag>;
using EventId = Id<struct EventTag>;
using EndpointId = Id<struct EndpointTag>;  ///< that webhooks are sent to
using ImportId = Id<struct ImportTag>;
using DeliveryId = Id<struct DeliveryTag>;
using AllowEntryId = Id<struct AllowEntryTag>;
using OwnershipId = Id<struct OwnershipTag>;
using DryRunId = Id<struct DryRunTag>;
using CrawlSourceId = Id<struct CrawlSourceTag>;
using CrawlUrlId = Id<struct CrawlUrlTag>;
using SightingId = Id<struct SightingTag>;
using CaptureId = Id<struct CaptureTag>;
using CaseId = Id<struct CaseTag>;
using NoticeId = Id<struct NoticeTag>;
using DisputeId = Id<struct DisputeTag>;
using CaseExportId = Id<struct CaseExportTag>;

}  // namespace reelprint

template <class Tag>
struct std::hash<reelprint::Id<Tag>> {
  std::size_t operator()(const reelprint::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
