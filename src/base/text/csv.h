// A reader of small CSV files held in memory: country rules, corrections, test tables.
//
// RFC 4180: fields in double quotes may hold delimiters, line ends and doubled quotes; lines end
// with LF or CRLF. It never stops at a bad record: it leaves it out, says where, and goes on.
// Large source files are read by a streaming reader elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"

namespace base {

struct CsvRecord {
  int line = 0;  // Of its first field, counted from 1.
  std::vector<std::string> fields;
};

struct CsvFile {
  std::vector<CsvRecord> records;
  // Places are "<place>:<line>". Codes: csv_quote_in_field, csv_text_after_quote,
  // csv_quote_not_closed.
  std::vector<Error> problems;
};

// Empty lines are no records. A byte-order mark at the start is skipped.
[[nodiscard]] CsvFile parse_csv(std::string_view text, std::string_view place,
                                char delimiter = ',');

}  // namespace base
