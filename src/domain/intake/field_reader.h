// Reads the fields of one record and collects what is wrong with each, to the last.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/intake/record.h"

namespace domain {

// What a record was found to say, and what is wrong with it. There is a value exactly where
// nothing refuses it; notices tell what was left out of a value that was taken.
template <class T>
struct Intake {
  std::optional<T> value;
  std::vector<Problem> refusals;
  std::vector<Problem> notices;
};

// Whether a problem of a field refuses the record or only costs it the field.
enum class Weight { kRefuses, kNoticed };

class FieldReader {
 public:
  explicit FieldReader(const Record& record) : record_(record) {}

  // The text, or empty where there is none or its form was wrong, which is noted by weight.
  std::string text(std::string_view name, Weight weight);
  // The same, and its absence refuses the record: missing_value.
  std::string needed_text(std::string_view name);
  // Problems, which refuse the record: no_such_date, year_out_of_range.
  std::optional<base::Date> date(std::string_view name);
  std::optional<base::Date> needed_date(std::string_view name);
  // The same of a text that is a part of the field.
  std::optional<base::Date> check_date(std::string_view name, std::string_view text);
  // Problem, which refuses the record: `code` where it is no decimal that we can hold.
  std::optional<base::Decimal> decimal(std::string_view name, std::string_view code);
  // Not below zero and not above `most`; problem, which refuses the record, otherwise: `code`.
  std::optional<std::int64_t> count(std::string_view name, std::int64_t most,
                                    std::string_view code);
  // A point in time; one without an offset is read on the zone's clocks.
  // Problems, which refuse the record: missing_value, no_such_date, no_such_time,
  // year_out_of_range.
  std::optional<base::Instant> needed_instant(std::string_view name, const base::TimeZone& zone);

  void refuse(std::string_view name, std::string_view code, std::string text);
  void notice(std::string_view name, std::string_view code, std::string text);
  [[nodiscard]] bool refused() const { return !refusals_.empty(); }

  template <class T>
  [[nodiscard]] Intake<T> finish(T value) && {
    Intake<T> intake{std::nullopt, std::move(refusals_), std::move(notices_)};
    if (intake.refusals.empty()) intake.value = std::move(value);
    return intake;
  }

 private:
  // Notes what the reader of the file found wrong with the field's form. True where it did.
  bool note_form(std::string_view name, Weight weight);
  [[nodiscard]] bool refused_for_form(std::string_view name) const;

  const Record& record_;
  std::vector<Problem> refusals_;
  std::vector<Problem> notices_;
};

}  // namespace domain
