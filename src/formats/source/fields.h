// From the text of a column to the text of a field: form only, never content.
#pragma once

#include <string>
#include <string_view>

#include "domain/intake/record.h"
#include "formats/source/mapping.h"

namespace formats::source {

inline constexpr std::size_t kFieldBytesMax = 4'096;

// Adds the field that a column fills, and a problem where its text has not the mapping's form:
// not_a_date, no_such_date, not_a_time, time_without_zone, not_a_number, not_a_list,
// unknown_value, field_too_long.
void add_field(domain::Record& record, const RecordMapping& mapping, const ColumnMapping& column,
               std::string_view text);
// Adds the fields that are the same in every record.
void add_constants(domain::Record& record, const RecordMapping& mapping);

// Without spaces at the ends and with one space where there were several; tabs and no-break
// spaces are spaces.
[[nodiscard]] std::string tidy_spaces(std::string_view text);

}  // namespace formats::source
