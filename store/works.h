// Holders, series and episodes as the service keeps them: by id, with versions, of one tenant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// A series with whose it is, and the JSON object of what proves that.
struct Work {
  Series series;
  Holder holder;
  std::string proof = "{}";
};

struct WorkEpisode {
  Episode episode;
  Work work;
};

/// Narrows a listing; zero and empty do not narrow.
struct HolderQuery {
  TenantId tenant;
  std::string name;
};
struct WorkQuery {
  TenantId tenant;
  HolderId holder;
  std::string name;
};
struct EpisodeQuery {
  SeriesId series;
  std::optional<int> season;
  std::optional<int> number;
};

/// The works' part of Store, with its contract. Listings are by id, at most `limit` after `after`. What is
/// added must not be there yet (the database refuses it: Error{invalid_input}); a change is made only to the
/// version named, else false; what has something below it is not removed: false.
class Works {
 public:
  explicit Works(Database& database) : database_(database) {}

  HolderId add_holder(std::string_view name, TenantId tenant);
  [[nodiscard]] std::optional<Holder> holder(HolderId id);
  /// Of zero: nobody's in particular, else that of the oldest tenant that has one.
  [[nodiscard]] std::optional<Holder> holder(std::string_view name, TenantId tenant);
  [[nodiscard]] std::vector<Holder> holders(const HolderQuery& query, HolderId after, std::size_t limit);
  bool rename_holder(HolderId id, std::int64_t version, std::string_view name);
  bool remove_holder(HolderId id);

  SeriesId add(HolderId holder, std::string_view name, std::string_view proof);
  [[nodiscard]] std::optional<Work> work(SeriesId id);
  [[nodiscard]] std::optional<Work> work(HolderId holder, std::string_view name);
  [[nodiscard]] std::vector<Work> works(const WorkQuery& query, SeriesId after, std::size_t limit);
  /// By the id and version of its series.
  bool update(const Work& work);
  bool remove(SeriesId id);

  EpisodeId add(const Episode& episode);
  [[nodiscard]] std::optional<WorkEpisode> episode(EpisodeId id);
  [[nodiscard]] std::optional<WorkEpisode> episode(SeriesId series, int season, int number);
  [[nodiscard]] std::vector<WorkEpisode> episodes(const EpisodeQuery& query, EpisodeId after,
                                                  std::size_t limit);
  bool update(const Episode& episode);
  bool remove(EpisodeId id);

 private:
  [[nodiscard]] bool is_empty(const StatementText& count, std::int64_t id);

  Database& database_;
};

}  // namespace reelprint::store
