// To what a payment is assigned (exact references only), and what that does to the bill.
//
// A reference that stands on one of our bills decides. The bill gets up to its rest; what is more
// goes to the account's credit, all of it where nothing is owed, unless it is exactly the sum of
// other bills of the account (payment/sum_of_bills.h). Everything else waits in suspense
// with its reason: no_reference, unknown_reference, ambiguous_reference, other_currency,
// not_ours_any_more, and those that the item brings with it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/billing/bill.h"
#include "domain/ledger/posting.h"
#include "domain/payment/money_item.h"

namespace domain {

// The forms in which a reference may stand on a bill of ours, the likeliest first: as given, with
// leading zeros left out, and the national number that an RF reference wraps. Empty: there is
// none. `rf`: ours are RF references, so a national number may be one without its head.
[[nodiscard]] std::vector<std::string> reference_forms(std::string_view reference, bool rf);

struct AllocationPart {
  BillId bill;  // Nil: the account's credit.
  base::Money amount;
  // exact_reference | matched | accepted | agent: says whose it is. sum_of_bills: the named bill
  // does not need it, and it is exactly what others of the account do (payment/sum_of_bills.h).
  // overpaid | nothing_owed: what no bill needs. No money, but a rest that is let go:
  // small_difference (nobody is asked for so little), bank_charge (a bank took it on its way).
  std::string_view by;
};
// Whether an assignment by this says who paid, and is remembered for the next time.
[[nodiscard]] bool says_who_paid(std::string_view by);
// Whether a rest was let go by this: it is no money of the payment.
[[nodiscard]] bool is_let_go(std::string_view by);

struct AllocationPlan {
  std::vector<AllocationPart> parts;
  std::string reason;  // Why nothing is assigned.
};

// `bills`: those that the reference's forms name, each once.
[[nodiscard]] AllocationPlan plan_allocation(const MoneyItem& item,
                                             std::span<const Bill* const> bills);
// An agent says for what it is: of `amount` the bill gets up to its rest, its account the
// remainder. Errors: other_currency, bill_not_payable (written off or ceded).
[[nodiscard]] base::Result<std::vector<AllocationPart>> assign_to(const Bill& bill,
                                                                  base::Money amount);

// Of money for several bills of one account each gets up to its rest, in their order, and the
// account the remainder. The bills are in the amount's currency.
[[nodiscard]] std::vector<AllocationPart> split_among(std::span<const Bill> bills,
                                                      base::Money amount, std::string_view by);
// What is left of a bill after it was paid, where it is no more than the operator lets go: a part
// that pays it from the loss account. Nothing where the bill is paid or more is left.
[[nodiscard]] std::optional<AllocationPart> small_rest(const Bill& bill,
                                                       std::int64_t write_off_minor);

// Of a bill banks take no more on the way than this, and than half of it: what they say beyond is
// not believed, and waits for people.
inline constexpr std::int64_t kChargesAtMostMinor = 5'000;
[[nodiscard]] bool is_likely_charge(base::Money charges, base::Money asked);
// What is left of a bill that was paid less what banks took on the way, up to that: a part that
// pays it as a bank's charge of ours. Nothing where the bill is paid, no money was for it, or they
// say to have taken more than is likely.
[[nodiscard]] std::optional<AllocationPart> borne_charge(const Bill& bill, base::Money charges);

// The bill after so much was paid, or taken back (D1): open as long as there is a rest. The
// version is the caller's.
void pay(Bill& bill, base::Money amount);
void take_back(Bill& bill, base::Money amount);

// The ledger's account that it comes from: suspense, or where a rest is let go the loss or the
// bank's charges.
[[nodiscard]] std::string allocated_from(std::string_view by);
// Debit that, credit what it was for.
[[nodiscard]] std::vector<Entry> allocation_entries(const AllocationPart& part);
// The ledger's account of the place where money came: "bank:<account>", or as they are
// "clearing:<provider>", where it came through a provider that has not paid it out yet, and
// "cash:<drawer>", where it was taken at a till.
[[nodiscard]] std::string money_account(std::string_view bank_account);
// Debit the bank, credit suspense; below zero the other way round.
[[nodiscard]] std::vector<Entry> bank_entries(std::string_view bank_account, base::Money amount);

}  // namespace domain
