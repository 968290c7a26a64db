// Import a division's file: read by its mapping, a batch of records a transaction.
//
// It can be killed anywhere and called again with the same file: it goes on after the last batch
// that was committed, and the result is the same as undisturbed, because ids follow from the
// records, times from the start of the import, and batches from the place in the file. A file that
// was imported before changes nothing. Nothing of a file is stored unless its head and encoding
// are what the mapping says; a bad record ends in the list of rejects and stops nothing.
#pragma once

#include <functional>
#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "flows/operations/snapshot.h"
#include "formats/source/mapping.h"
#include "ports/imports.h"
#include "ports/store.h"

namespace flows {

// A batch is full with as many records, or as many bytes of them.
inline constexpr std::size_t kImportBatchRecordsMax = 1'000;
inline constexpr std::size_t kImportBatchBytesMax = 4U << 20;
// Records of usage are many and small, and each batch looks up its services once.
inline constexpr std::size_t kUsageBatchRecordsMax = 20'000;

struct ImportRequest {
  const formats::source::RecordMapping& mapping;
  std::string operator_code;
  std::string actor = "import";
  std::size_t batch_records_max = 0;        // 0: as is best for the kind.
  const domain::RuleBook* rules = nullptr;  // Of holidays, for prices that ask; may be null.
};

struct ImportProgress {
  std::string_view file_name;
  std::int64_t bytes_done = 0;
  std::int64_t bytes = 0;
  std::int64_t records = 0;
  std::int64_t rejected = 0;
};
using OnImportProgress = std::function<void(const ImportProgress&)>;

struct ImportReport {
  ports::ImportFile file;     // With the counts of the whole file.
  std::int64_t notices = 0;   // Records that were taken with something left out.
  bool was_imported = false;  // Before: nothing was done now.
};

// `on_progress` may be empty. Errors: operator_not_loaded, wrong_encoding and those of the
// reader's head (the file is refused as a whole), those of the store and of the snapshot.
[[nodiscard]] base::Result<ImportReport> import_source_file(ports::Store& store,
                                                            const base::Clock& clock,
                                                            const Snapshot& source,
                                                            const ImportRequest& request,
                                                            const OnImportProgress& on_progress);

}  // namespace flows
