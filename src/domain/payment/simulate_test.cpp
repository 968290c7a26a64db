// A made-up day at the bank: the same for the same seed, mostly right, never in the future.
#include "domain/payment/simulate.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace domain {
namespace {

std::vector<SimulatedPayer> payers(int count) {
  std::vector<SimulatedPayer> payers;
  for (int n = 0; n < count; ++n) {
    SimulatedPayer& payer = payers.emplace_back();
    payer.name = "Kund";
    payer.bill.total = base::Money(50'000 + n, base::Currency());
    payer.bill.fees = payer.bill.paid = payer.bill.credited = base::Money(0, base::Currency());
    payer.bill.reference = std::to_string(100'010 + n);
    payer.bill.issued = base::Date::parse("2026-11-01").value();
    payer.bill.due = base::Date::parse("2026-12-01").value();
  }
  return payers;
}

SimulatedDays until(std::string_view today) {
  return {std::nullopt, base::Date::parse(today).value()};
}

std::string told(const std::vector<SimulatedEntry>& entries) {
  std::string text;
  for (const auto& each : entries) {
    text += std::string(to_text(each.kind)) + " " + each.entry.amount.to_decimal_string() + " " +
            each.entry.reference + " " + each.entry.bank_reference + " " +
            each.entry.booking_date->to_string() + "\n";
  }
  return text;
}

TEST(Simulate, TheSameSeedGivesTheSameDay) {
  const auto bills = payers(60);
  const std::string first = told(simulate_payments(bills, 7, until("2026-12-10")));
  EXPECT_EQ(told(simulate_payments(bills, 7, until("2026-12-10"))), first);
  EXPECT_NE(told(simulate_payments(bills, 8, until("2026-12-10"))), first);
}

TEST(Simulate, MostIsRightAndEveryOddityComes) {
  const auto entries = simulate_payments(payers(60), 1, until("2026-12-10"));
  std::map<SimulatedKind, std::size_t> kinds;
  for (const auto& each : entries) ++kinds[each.kind];
  EXPECT_GT(kinds[SimulatedKind::kRight] * 2, entries.size());
  EXPECT_EQ(kinds.size(), 9U);  // All but what is not paid.
}

TEST(Simulate, NobodyPaysTomorrow) {
  const auto today = base::Date::parse("2026-11-22").value();  // A Sunday: booked on Friday.
  for (const auto& each : simulate_payments(payers(60), 1, {std::nullopt, today})) {
    EXPECT_EQ(*each.entry.booking_date, today - 2);
  }
  for (const auto& each : simulate_payments(payers(60), 1, {today, today})) {
    EXPECT_EQ(*each.entry.booking_date, today);
  }
}

}  // namespace
}  // namespace domain
