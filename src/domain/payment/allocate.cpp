#include "domain/payment/allocate.h"

#include <algorithm>

#include "domain/reference/rf_reference.h"

namespace domain {
namespace {

using base::Money;

bool is_separator(char c) { return c == ' ' || c == '-'; }

std::string upper_compact(std::string_view text) {
  std::string compact;
  for (const char c : text) {
    if (!is_separator(c)) {
      compact.push_back('a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  return compact;
}

std::string without_zeros(std::string_view text) {
  const std::size_t first = text.find_first_not_of('0');
  return std::string(first == std::string_view::npos ? "" : text.substr(first));
}

bool can_be_paid(const Bill& bill) {
  return bill.state != BillState::kWrittenOff && bill.state != BillState::kCeded;
}

}  // namespace

std::vector<std::string> reference_forms(std::string_view reference, bool rf) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (!form.empty() && std::ranges::find(forms, form) == forms.end()) {
      forms.push_back(std::move(form));
    }
  };
  const std::string given = upper_compact(reference);
  // Zeros alone are how files of fixed width say that there is none.
  if (without_zeros(given).empty()) return forms;
  add(given);
  if (given.starts_with("RF") && given.size() > 4) {
    add(given.substr(4));
    add(without_zeros(std::string_view(given).substr(4)));
    return forms;
  }
  add(without_zeros(given));
  if (rf) {
    if (auto wrapped = RfReference::from_base(without_zeros(given))) add(wrapped->text());
  }
  return forms;
}

AllocationPlan plan_allocation(const MoneyItem& item, std::span<const Bill* const> bills) {
  if (!item.reason.empty()) return {{}, item.reason};
  if (reference_forms(item.reference, false).empty()) return {{}, "no_reference"};
  if (bills.empty()) return {{}, "unknown_reference"};
  if (bills.size() > 1) return {{}, "ambiguous_reference"};
  const Bill& bill = *bills.front();
  if (bill.total.currency() != item.amount.currency()) return {{}, "other_currency"};
  if (!can_be_paid(bill)) return {{}, "not_ours_any_more"};
  return {split_among({&bill, 1}, item.amount, "exact_reference"), ""};
}

base::Result<std::vector<AllocationPart>> assign_to(const Bill& bill, Money amount) {
  if (bill.total.currency() != amount.currency()) {
    return base::fail("other_currency", "the bill is in another currency than the payment",
                      bill.id.to_string());
  }
  if (!can_be_paid(bill)) {
    return base::fail("bill_not_payable",
                      "a bill that was written off or ceded is no longer ours to be paid",
                      bill.id.to_string());
  }
  return split_among({&bill, 1}, amount, "agent");
}

bool says_who_paid(std::string_view by) {
  return by == "exact_reference" || by == "sum_of_bills" || by == "matched" || by == "accepted" ||
         by == "agent";
}

bool is_let_go(std::string_view by) { return by == "small_difference" || by == "bank_charge"; }

std::vector<AllocationPart> split_among(std::span<const Bill> bills, Money amount,
                                        std::string_view by) {
  const Money nothing(0, amount.currency());
  std::vector<AllocationPart> parts;
  for (const Bill& bill : bills) {
    const Money to_bill = std::min(std::max(bill.rest(), nothing), amount);
    if (to_bill.is_zero()) continue;
    parts.push_back({bill.id, to_bill, by});
    amount -= to_bill;
  }
  if (!amount.is_zero()) {
    const std::string_view why = parts.empty() ? "nothing_owed" : "overpaid";
    parts.push_back({{}, amount, bills.empty() ? by : why});
  }
  return parts;
}

std::optional<AllocationPart> small_rest(const Bill& bill, std::int64_t write_off_minor) {
  const Money rest = bill.rest();
  const bool is_small = rest.minor() > 0 && rest.minor() <= write_off_minor;
  if (!is_small || bill.state != BillState::kOpen || bill.paid.minor() <= 0) return {};
  return AllocationPart{bill.id, rest, "small_difference"};
}

bool is_likely_charge(Money charges, Money asked) {
  if (charges.minor() <= 0 || charges.currency() != asked.currency()) return false;
  return charges.minor() <= kChargesAtMostMinor && charges.minor() <= asked.minor() / 2;
}

std::optional<AllocationPart> borne_charge(const Bill& bill, Money charges) {
  const Money rest = bill.rest();
  if (!is_likely_charge(charges, bill.total)) return {};
  if (rest.minor() <= 0 || bill.state != BillState::kOpen || bill.paid.minor() <= 0) return {};
  return AllocationPart{bill.id, std::min(rest, charges), "bank_charge"};
}

void pay(Bill& bill, Money amount) {
  bill.paid += amount;
  const Money nothing(0, amount.currency());
  if (bill.state == BillState::kOpen && bill.rest() <= nothing) bill.state = BillState::kSettled;
}

void take_back(Bill& bill, Money amount) {
  bill.paid -= amount;
  const Money nothing(0, amount.currency());
  const bool was_done = bill.state == BillState::kSettled || bill.state == BillState::kCredited;
  if (was_done && bill.rest() > nothing) bill.state = BillState::kOpen;
}

std::string allocated_from(std::string_view by) {
  if (by == "small_difference") return "write_off";
  return by == "bank_charge" ? "bank_charges" : "suspense";
}

std::vector<Entry> allocation_entries(const AllocationPart& part) {
  return {{allocated_from(part.by), part.amount},
          {part.bill.is_nil() ? "prepayment" : "receivables", -part.amount}};
}

std::string money_account(std::string_view bank_account) {
  for (const std::string_view other : {"clearing:", "cash:"}) {
    if (bank_account.starts_with(other)) return std::string(bank_account);
  }
  return "bank:" + std::string(bank_account);
}

std::vector<Entry> bank_entries(std::string_view bank_account, Money amount) {
  return {{money_account(bank_account), amount}, {"suspense", -amount}};
}

}  // namespace domain
