#include "store/entries.h"

#include "store/columns.h"

namespace reelprint::store {

ReferenceEntry entry_in(const Statement& row) {
  ReferenceEntry entry;
  int column = 0;
  Reference& reference = entry.reference;
  reference.id = ReferenceId{row.integer(column++)};
  reference.cut = row.text(column++);
  reference.language = row.text(column++);
  reference.subtitles = row.text(column++);
  reference.file = row.text(column++);
  reference.media = sha256_in(row, column++);
  reference.duration = Duration{row.integer(column++)};
  reference.registered_at = wall_time_in(row, column++);
  reference.aspect = row.text(column++);
  reference.state = reference_state_in(row, column++);
  reference.reason = row.text(column++);
  reference.version = row.integer(column++);
  Episode& episode = entry.episode;
  episode.id = EpisodeId{row.integer(column++)};
  episode.season = row.integer<int>(column++);
  episode.number = row.integer<int>(column++);
  episode.title = row.text(column++);
  episode.licence_number = row.text(column++);
  episode.eidr = row.text(column++);
  episode.isan = row.text(column++);
  episode.version = row.integer(column++);
  entry.series.id = SeriesId{row.integer(column++)};
  entry.series.name = row.text(column++);
  entry.series.version = row.integer(column++);
  entry.holder.id = HolderId{row.integer(column++)};
  entry.holder.name = row.text(column++);
  entry.holder.tenant = TenantId{row.integer(column++)};
  entry.holder.version = row.integer(column++);
  reference.episode = episode.id;
  episode.series = entry.series.id;
  entry.series.holder = entry.holder.id;
  return entry;
}

}  // namespace reelprint::store
