// Any bytes as a CSV file of the matching laboratory, and its cells as days and amounts: each is a
// value or an error, and a value says itself again.
#include "base/money/decimal.h"
#include "base/text/csv.h"
#include "base/time/date.h"
#include "tests/fuzz/fault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::CsvFile file = base::parse_csv(tests::fuzz::text_of(data, size), "fuzz");
  std::int64_t line = 0;
  for (const auto& record : file.records) {
    if (record.line <= line) tests::fuzz::stop_at("lines do not rise");
    line = record.line;
    for (const auto& field : record.fields) {
      if (const auto day = base::Date::parse(field);
          day && base::Date::parse(day->to_string()) != day) {
        tests::fuzz::stop_at("not the same day: " + day->to_string());
      }
      if (const auto amount = base::Decimal::parse(field);
          amount && base::Decimal::parse(amount->to_string()) != amount) {
        tests::fuzz::stop_at("not the same amount: " + amount->to_string());
      }
    }
  }
  return 0;
}
