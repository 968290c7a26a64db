#include "storage/postgres/errors.h"

#include <string_view>

namespace storage::postgres {
namespace {

std::string field(const PGresult* result, int code) {
  const char* text = result != nullptr ? PQresultErrorField(result, code) : nullptr;
  return text != nullptr ? text : "";
}

std::string text_or_empty(const char* text) { return text != nullptr ? text : ""; }

// Where the database is, without user and password.
std::string place_of(PGconn* connection) {
  return text_or_empty(PQhost(connection)) + "/" + text_or_empty(PQdb(connection));
}

// libpq's message may have several lines: the first says it.
std::string first_line(std::string text) {
  if (const std::size_t end = text.find('\n'); end != std::string::npos) text.resize(end);
  return text;
}

// What has no SQLSTATE was said by libpq itself: the server did not answer.
bool is_lost(PGconn* connection, std::string_view state) {
  return state.empty() || PQstatus(connection) == CONNECTION_BAD || state.starts_with("08") ||
         state.starts_with("57P") || state == "53300";
}

}  // namespace

std::unexpected<base::Error> error_of(PGconn* connection, const PGresult* result) {
  const std::string state = field(result, PG_DIAG_SQLSTATE);
  std::string words = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (words.empty()) words = first_line(text_or_empty(PQerrorMessage(connection)));
  if (state == "40001" || state == "40P01" || state == "55P03") {
    return base::fail("database_busy", "another writer was in the way: " + words + "; try again",
                      place_of(connection));
  }
  if (state == "53100") {
    return base::fail("disk_full", "the database server has no room left; free some and try again",
                      place_of(connection));
  }
  if (is_lost(connection, state)) {
    return base::fail("database_unavailable",
                      "the database server cannot be reached: " + words +
                          "; check that it runs and that the address is right",
                      place_of(connection));
  }
  if (state.starts_with("23")) {
    return base::fail("constraint_violated", words, field(result, PG_DIAG_TABLE_NAME));
  }
  if (state == "25006") {
    return base::fail("read_only_transaction", "a read transaction cannot write: " + words,
                      place_of(connection));
  }
  return base::fail("database_error", words + " (SQLSTATE " + state + ")", place_of(connection));
}

}  // namespace storage::postgres
