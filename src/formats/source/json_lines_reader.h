// Reads JSON lines: a JSON object a line (RFC 8259), nested as deep as its writer likes.
//
// A member is named by its path, "customer.address.city". Every member of the mapping that is not
// optional must be there, if only as null, and none that the mapping does not know: a member that
// was renamed must not be lost in silence. No member twice. A record stands for itself, so a bad
// line costs itself alone; a file whose first line is no record of the mapping's is another file.
#pragma once

#include <memory>

#include "formats/source/mapping.h"
#include "formats/source/reader.h"

namespace formats::source {

// Errors of the head: source_is_empty, source_not_json_lines.
// Problems of records: line_too_long, nul_byte, control_character, bad_encoding, bad_json,
// json_doubled_member, json_too_deep, missing_member, unknown_member; of fields: not_a_text,
// not_a_list and those of fields.h.
[[nodiscard]] std::unique_ptr<Reader> make_json_lines_reader(const RecordMapping& mapping);

}  // namespace formats::source
