// What kept exchanges ask of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertExchange{
    "keep an exchange", "INSERT INTO crawl_exchanges (facts, body, bytes) VALUES (?1, ?2, ?3)"};
inline constexpr StatementText kUseExchange{
    "use a kept exchange",
    "INSERT INTO crawl_exchange_uses (exchange, url_id, sighting, is_of_page) VALUES (?1, ?2, 0, ?3) "
    "ON CONFLICT DO NOTHING"};
inline constexpr StatementText kExchangesOfUrl{
    "list the exchanges of a visit",
    "SELECT e.id, e.facts, e.body, e.bytes, u.is_of_page FROM crawl_exchange_uses u "
    "JOIN crawl_exchanges e ON e.id = u.exchange WHERE u.url_id = ?1 AND u.url_id > 0 ORDER BY u.exchange"};
inline constexpr StatementText kExchangesOfSighting{
    "list the exchanges of a capture",
    "SELECT e.id, e.facts, e.body, e.bytes, u.is_of_page FROM crawl_exchange_uses u "
    "JOIN crawl_exchanges e ON e.id = u.exchange WHERE u.sighting = ?1 AND u.sighting > 0 "
    "ORDER BY u.exchange"};
inline constexpr StatementText kDropUrlUses{
    "let go of the exchanges of a visit",
    "DELETE FROM crawl_exchange_uses WHERE url_id = ?1 AND url_id > 0 RETURNING exchange"};
inline constexpr StatementText kDropSightingUses{
    "let go of the exchanges of a capture",
    "DELETE FROM crawl_exchange_uses WHERE sighting = ?1 AND sighting > 0 RETURNING exchange"};
inline constexpr StatementText kRemoveUnusedExchange{
    "remove an exchange that nobody uses",
    "DELETE FROM crawl_exchanges WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM crawl_exchange_uses u WHERE "
    "u.exchange = ?1) RETURNING body, bytes"};
inline constexpr StatementText kUseForCapture{
    "use the exchanges of a visit for a capture",
    "INSERT INTO crawl_exchange_uses (exchange, url_id, sighting, is_of_page) "
    "SELECT exchange, 0, ?2, is_of_page FROM crawl_exchange_uses WHERE url_id = ?1 AND url_id > 0 "
    "ON CONFLICT DO NOTHING"};
inline constexpr StatementText kPutCaptureDue{
    "note a capture that is to be written",
    "INSERT INTO captures_due (sighting, file, pieces) VALUES (?1, ?2, ?3) "
    "ON CONFLICT DO UPDATE SET file = excluded.file, pieces = excluded.pieces"};
inline constexpr StatementText kListCapturesDue{
    "list the captures that are to be written",
    "SELECT sighting, file, pieces FROM captures_due WHERE sighting > ?1 ORDER BY sighting LIMIT ?2"};
inline constexpr StatementText kFindCaptureDue{
    "find a capture that is to be written",
    "SELECT sighting, file, pieces FROM captures_due WHERE sighting = ?1"};
inline constexpr StatementText kRemoveCaptureDue{"note that a capture was written",
                                                 "DELETE FROM captures_due WHERE sighting = ?1"};
inline constexpr StatementText kFindBody{"find the exchange of a file",
                                         "SELECT 1 FROM crawl_exchanges WHERE body = ?1 AND body <> ''"};
/// At the beginning of a crawl: they are few, or as many as addresses wait.
inline constexpr StatementText kSumExchanges{"add up the exchanges that are kept",
                                             "SELECT coalesce(sum(bytes), 0) FROM crawl_exchanges"};
inline constexpr StatementText kListStrayUses{
    "list addresses that are done but have exchanges",
    "SELECT DISTINCT u.url_id FROM crawl_exchange_uses u WHERE u.url_id > 0 AND NOT EXISTS (SELECT 1 FROM "
    "crawl_urls c WHERE c.id = u.url_id AND c.state IN ('waiting', 'taken'))"};

}  // namespace reelprint::store::statements
