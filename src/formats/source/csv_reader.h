// Reads delimited text: a header line, then a record a line, or over several lines where a field
// in quotes holds line ends.
//
// The header decides: every column of the mapping that is not optional must be there, none that
// the mapping does not know, none twice. A quote opens a field only at its beginning; elsewhere
// it is a letter like any other. A quote that is never closed costs its own line: reading goes on
// at the next one.
#pragma once

#include <memory>

#include "formats/source/mapping.h"
#include "formats/source/reader.h"

namespace formats::source {

// How many lines, and bytes in them, a record may have.
inline constexpr std::size_t kRecordLinesMax = 64;

// Errors of the head: source_is_empty, source_header_missing_column,
// source_header_unknown_column, source_header_doubled_column, source_header_unreadable.
// Problems of records: line_too_long, nul_byte, control_character, bad_encoding,
// quote_not_closed, text_after_quote, wrong_field_count, and those of fields.h.
[[nodiscard]] std::unique_ptr<Reader> make_csv_reader(const RecordMapping& mapping);

}  // namespace formats::source
