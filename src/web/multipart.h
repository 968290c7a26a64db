// A form that carries a file (multipart/form-data, RFC 7578), read from a body of any size: fields
// in memory, the file in a snapshot of its own.
//
// Strict where it must be: a body that is cut, or a part without a name, is refused as a whole.
// Of several files the first one is taken.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "flows/operations/snapshot.h"
#include "web/http.h"

namespace web {

struct FormWithFile {
  Fields fields;
  std::shared_ptr<flows::Snapshot> file;  // Null where none was chosen.
};

inline constexpr std::size_t kFormFieldBytesMax = 64U << 10;

// `content_type` as the request's header says it. Errors: not_a_form, bad_multipart,
// too_many_fields, those of the snapshot.
[[nodiscard]] base::Result<FormWithFile> read_form_with_file(const flows::Snapshot& body,
                                                             std::string_view content_type,
                                                             const std::string& spool_folder);

}  // namespace web
