// What becomes of some records in one transaction: the path of files and of corrected rejects.
//
// Everything that is written follows from the records, what the database knows, and the context:
// ids are derived from the division's numbers, times are the context's.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/catalogue/catalogue.h"
#include "domain/intake/subscription.h"
#include "domain/operator/operator.h"
#include "formats/source/mapping.h"
#include "formats/source/reader.h"
#include "ports/imports.h"
#include "ports/parties.h"
#include "ports/store.h"

namespace flows {

struct ImportContext {
  const formats::source::RecordMapping& mapping;
  const domain::Operator& seller;
  const domain::Catalogue& catalogue;
  domain::FileId file;
  std::string file_name;
  std::string header;  // What a record needs to be read alone.
  base::Instant recorded;
  base::Date today;  // The same, on the operator's calendar.
  std::string actor;
  base::TimeZone zone = {};                        // The operator's.
  const domain::BankCalendar* calendar = nullptr;  // Of its country; may be null.

  [[nodiscard]] domain::IntakeContext intake() const {
    return {.catalogue = catalogue,
            .division = mapping.division,
            .country = seller.country,
            .today = today,
            .zone = &zone,
            .calendar = calendar};
  }
};

// What a batch came to: counts, and the rows for the list of rejects.
class BatchOutcome {
 public:
  explicit BatchOutcome(const ImportContext& context) : context_(context) {}

  void accept(const formats::source::SourceItem& item, std::span<const domain::Problem> notices);
  void repeat() { ++repeated_; }
  void reject(const formats::source::SourceItem& item, std::span<const domain::Problem> refusals,
              std::span<const domain::Problem> notices);

  [[nodiscard]] std::int64_t accepted() const { return accepted_; }
  [[nodiscard]] std::int64_t repeated() const { return repeated_; }
  [[nodiscard]] std::int64_t rejected() const { return rejected_; }
  [[nodiscard]] const std::vector<ports::Reject>& rejects() const { return rejects_; }

 private:
  void list(const formats::source::SourceItem& item, std::string_view state,
            std::span<const domain::Problem> first, std::span<const domain::Problem> then);

  const ImportContext& context_;
  std::int64_t accepted_ = 0;
  std::int64_t repeated_ = 0;
  std::int64_t rejected_ = 0;
  std::vector<ports::Reject> rejects_;
};

// Writes what follows from the records, but not the rejects in the outcome: that is the caller's.
// Errors: those of the store.
[[nodiscard]] base::Result<BatchOutcome> take_batch(
    ports::Transaction& transaction, const ImportContext& context,
    std::span<const formats::source::SourceItem> items);

}  // namespace flows
