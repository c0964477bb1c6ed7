// The table of what changed in the catalog, and the triggers that fill it.
#pragma once

#include <string_view>

namespace reelprint::store {

// Whatever changes the catalog, by whatever path, is noted in the transaction that changes it. The last
// 100,000 changes are kept: whoever follows slower than that reads everything again.
inline constexpr std::string_view kCatalogChangesTables = R"sql(
CREATE TABLE catalog_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('reference', 'episode', 'series', 'holder', 'negative')),
  item INTEGER NOT NULL
) STRICT;
CREATE TRIGGER catalog_changes_forgotten AFTER INSERT ON catalog_changes WHEN NEW.id % 1000 = 0 BEGIN
  DELETE FROM catalog_changes WHERE id <= NEW.id - 100000;
END;
CREATE TRIGGER reference_changed AFTER UPDATE ON reference_cuts BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('reference', NEW.id);
END;
CREATE TRIGGER reference_removed AFTER DELETE ON reference_cuts BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('reference', OLD.id);
END;
CREATE TRIGGER fingerprint_added AFTER INSERT ON fingerprints BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('reference', NEW.reference);
END;
CREATE TRIGGER fingerprint_changed AFTER UPDATE ON fingerprints BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('reference', NEW.reference);
END;
CREATE TRIGGER fingerprint_removed AFTER DELETE ON fingerprints BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('reference', OLD.reference);
END;
CREATE TRIGGER episode_changed AFTER UPDATE ON episodes BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('episode', NEW.id);
END;
CREATE TRIGGER series_changed AFTER UPDATE ON series BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('series', NEW.id);
END;
CREATE TRIGGER holder_changed AFTER UPDATE ON holders BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('holder', NEW.id);
END;
CREATE TRIGGER negative_added AFTER INSERT ON negatives BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('negative', NEW.id);
END;
CREATE TRIGGER negative_changed AFTER UPDATE ON negatives BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('negative', NEW.id);
END;
CREATE TRIGGER negative_removed AFTER DELETE ON negatives BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('negative', OLD.id);
END;
)sql";

}  // namespace reelprint::store
