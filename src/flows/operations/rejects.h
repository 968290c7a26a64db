// The list of rejects: what people do with records that an import refused or took with a loss.
//
// A reject is corrected by giving the record as it should have been: it takes the same path as a
// record of a file. It is discarded with a reason. Nothing disappears from the list.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/intake/record.h"
#include "domain/law/rule_book.h"
#include "formats/source/mapping.h"
#include "ports/imports.h"
#include "ports/store.h"

namespace flows {

struct RejectPage {
  std::vector<ports::Reject> rejects;
  std::optional<ports::RejectCursor> next;  // Where the next page begins, where there is one.
};
// Errors: those of the store.
[[nodiscard]] base::Result<RejectPage> list_rejects(ports::Store& store,
                                                    const ports::RejectFilter& filter,
                                                    const ports::RejectCursor& after,
                                                    std::size_t limit);
// Errors: unknown_reject.
[[nodiscard]] base::Result<ports::Reject> find_reject(ports::Store& store, domain::RejectId id);

// Where the mapping of a source is found: "broadband.customers".
using FindMapping =
    std::function<base::Result<const formats::source::RecordMapping*>(std::string_view source)>;

struct RejectTools {
  ports::Store& store;
  const base::Clock& clock;
  FindMapping find_mapping;
  std::string operator_code;                // Empty: the only one.
  const domain::RuleBook* rules = nullptr;  // Of holidays, for prices that ask; may be null.
};

struct Correction {
  bool taken = false;     // The reject is closed.
  bool repeated = false;  // It had been taken before, in just this form.
  // What is still wrong (not taken), or what was left out (taken).
  std::vector<ports::Reject> remarks;
};

// Takes the record again, as `record` (one record, without header; UTF-8). Where it is refused
// again, nothing changes and the remarks say why.
// Errors: unknown_reject, reject_closed, not_one_record, those of find_mapping and of the store.
[[nodiscard]] base::Result<Correction> correct_reject(const RejectTools& tools, domain::RejectId id,
                                                      std::string_view record,
                                                      std::string_view actor);
// Takes every open reject of the filter again as it stands: after a plan was added to the
// catalogue, or customers came in whose orders had come first.
struct RetakeReport {
  std::int64_t tried = 0;
  std::int64_t taken = 0;
};
[[nodiscard]] base::Result<RetakeReport> retake_rejects(const RejectTools& tools,
                                                        const ports::RejectFilter& filter,
                                                        std::string_view actor);

// Errors: unknown_reject, reject_closed, missing_reason.
[[nodiscard]] base::Result<> discard_reject(ports::Store& store, const base::Clock& clock,
                                            domain::RejectId id, std::string_view reason,
                                            std::string_view actor);

// Hands out the filtered list as a file, piece by piece, with the raw records.
enum class ExportForm { kCsv, kJson };
// Errors: those of the store and of `write`.
[[nodiscard]] base::Result<> export_rejects(
    ports::Store& store, const ports::RejectFilter& filter, ExportForm form,
    const std::function<base::Result<>(std::string_view piece)>& write);
// One reject as a line of the CSV export, and the line above the first.
[[nodiscard]] std::string to_csv(const ports::Reject& reject);
inline constexpr std::string_view kRejectCsvHead =
    "id,file,mapping,line,field,code,reason,state,closed_by,recorded,record\r\n";
// One reject as the API and the JSON export show it.
[[nodiscard]] base::Json to_json(const ports::Reject& reject);

}  // namespace flows
