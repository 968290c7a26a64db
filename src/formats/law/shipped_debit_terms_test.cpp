// What the shipped rows say of debit schemes, and of the codes by which debits fail.
#include <gtest/gtest.h>

#include "domain/collection/reasons.h"
#include "domain/collection/terms.h"
#include "tests/support/shipped_rules.h"

namespace formats::law {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

TEST(ShippedDebitTerms, OfEveryScheme) {
  struct Row {
    domain::MandateScheme scheme;
    std::string expected;  // Calendar, currency, notice, lead, cut-off, ahead, dormancy, refunds.
  };
  const Row rows[] = {
      {domain::MandateScheme::kSepaCore, "TARGET EUR 14 calendar 1 bank - - 36 56 13"},
      {domain::MandateScheme::kSepaB2b, "TARGET EUR 14 calendar 1 bank - - 36 0 0"},
      {domain::MandateScheme::kAutogiro, "SE SEK 8 weekdays 1 bank 19:00 - - 56 0"},
      {domain::MandateScheme::kAvtalegiro, "NO NOK 0 calendar 4 calendar - 12 - 0 0"},
  };
  const auto number = [](const std::optional<int>& value) {
    return value ? std::to_string(*value) : "-";
  };
  for (const Row& row : rows) {
    const auto terms = domain::collection_terms(shipped_book(), row.scheme, day("2026-11-22"));
    ASSERT_TRUE(terms) << base::describe(terms.error());
    const std::string cut_off =
        terms->cut_off_minute ? std::to_string(*terms->cut_off_minute / 60) + ":00" : "-";
    EXPECT_EQ(terms->calendar + " " + std::string(terms->currency.code()) + " " +
                  std::to_string(terms->notice_days) +
                  (terms->notice_in_weekdays ? " weekdays " : " calendar ") +
                  std::to_string(terms->lead_days) +
                  (terms->lead_in_bank_days ? " bank " : " calendar ") + cut_off + " " +
                  number(terms->ahead_months) + " " + number(terms->dormant_months) + " " +
                  std::to_string(terms->refund_days) + " " +
                  std::to_string(terms->unauthorised_months),
              row.expected);
  }
}

TEST(ShippedDebitTerms, CodesOfSepa) {
  struct Row {
    std::string code, country, expected;
  };
  const Row rows[] = {
      {"AM04", "DE", "retry"},       {"MS03", "DE", "retry"},       {"MS03", "FI", "contact"},
      {"MS03", "", "contact"},       {"MS02", "DE", "contact"},     {"AC01", "DE", "new_mandate"},
      {"AC04", "DE", "new_mandate"}, {"AC06", "DE", "new_mandate"}, {"AC13", "DE", "new_mandate"},
      {"AG01", "DE", "new_mandate"}, {"MD01", "DE", "stop"},        {"MD07", "DE", "stop"},
      {"FRAD", "DE", "stop"},        {"MD06", "DE", "contact"},     {"SL01", "DE", "contact"},
      {"BE05", "DE", "our_fault"},   {"AM05", "DE", "our_fault"},   {"RC01", "DE", "new_mandate"},
      {"XX99", "DE", "contact"},     {"", "DE", "contact"},
  };
  for (const Row& row : rows) {
    domain::FailureAsk ask;
    ask.code = row.code;
    ask.payer_country = row.country;
    ask.day = day("2026-11-22");
    const auto reason = domain::classify(shipped_book(), ask);
    EXPECT_EQ(domain::to_text(reason.action), row.expected) << row.code << row.country;
    EXPECT_EQ(reason.source.empty(), row.code.empty() || row.code == "XX99") << row.code;
  }
}

}  // namespace
}  // namespace formats::law
