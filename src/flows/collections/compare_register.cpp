#include "flows/collections/compare_register.h"

#include <algorithm>
#include <map>

#include "ports/mandates.h"

namespace flows {
namespace {

using base::Result;
using domain::Collection;
using domain::Mandate;
using domain::MandateState;
using Problems = std::vector<ports::BankFileProblem>;

constexpr std::size_t kPage = 1'000;
constexpr std::size_t kNamedMax = 10'000;
constexpr std::size_t kClearingDigits = 4;

void name(Problems& problems, std::int64_t line, std::string field,
          std::unexpected<base::Error> what) {
  if (problems.size() >= kNamedMax) return;
  problems.push_back({line, std::move(field), what.error().code, what.error().text});
}

// Digits of clearing number and account, without the zeros that fill the account up.
std::string account_digits(std::string_view account) {
  std::string digits;
  for (const char c : account) {
    if (c < '0' || c > '9') continue;
    if (c == '0' && digits.size() == kClearingDigits) continue;
    digits.push_back(c);
  }
  return digits;
}

bool is_over(const Mandate& mandate) {
  return mandate.state == MandateState::kCancelled || mandate.state == MandateState::kRejected;
}

}  // namespace

void RegisterComparison::add(domain::BankMandate mandate) {
  references_.insert(mandate.id);
  mandates_.push_back(std::move(mandate));
}

void RegisterComparison::add(const domain::BankEntry& waiting) {
  waiting_.insert(waiting.reference);
  debits_.push_back({waiting.reference, waiting.amount, waiting.line});
}

void RegisterComparison::forget_batch() {
  mandates_.clear();
  debits_.clear();
}

Result<Problems> RegisterComparison::compare(ports::Transaction& transaction,
                                             const std::string& creditor) const {
  Problems problems;
  std::vector<std::string> references, wires;
  for (const domain::BankMandate& each : mandates_) references.push_back(each.id);
  for (const Debit& each : debits_) wires.push_back(each.reference);
  for (auto* list : {&references, &wires}) {
    std::ranges::sort(*list);
    const auto repeated = std::ranges::unique(*list);
    list->erase(repeated.begin(), repeated.end());
  }
  std::map<std::string, Mandate> ours;
  for (Mandate& each : TRY(transaction.mandates().find_references(creditor, references))) {
    const auto found = ours.find(each.reference);
    if (found != ours.end() && !is_over(found->second)) continue;
    std::string reference = each.reference;
    ours.insert_or_assign(std::move(reference), std::move(each));
  }
  for (const domain::BankMandate& told : mandates_) {
    const auto found = ours.find(told.id);
    if (found == ours.end() || is_over(found->second)) {
      name(problems, told.line, "mandate",
           base::fail("mandate_only_at_bank",
                      "the bank has a mandate " + told.id +
                          (found == ours.end() ? ", which is not here" : ", which is over here")));
      continue;
    }
    const std::string here = account_digits(found->second.payer_account);
    const std::string there = account_digits(told.payer.account);
    if (here.empty() || there.empty() || here == there) continue;
    name(problems, told.line, "mandate",
         base::fail("mandate_account_differs",
                    "the bank debits another account for " + told.id + " than stands here"));
  }
  std::multimap<std::string, Collection> orders;
  for (Collection& each : TRY(transaction.mandates().hold_wires(wires))) {
    std::string wire = each.wire;
    if (each.is_pending()) orders.emplace(std::move(wire), std::move(each));
  }
  for (const Debit& told : debits_) {
    const auto [begin, end] = orders.equal_range(told.reference);
    const auto same = std::find_if(
        begin, end, [&](const auto& order) { return order.second.amount == told.amount; });
    if (same != end) continue;
    const std::string amount = told.amount.to_decimal_string();
    name(problems, told.line, "debit",
         begin == end
             ? base::fail("debit_only_at_bank", "a debit of " + amount + " for " + told.reference +
                                                    " waits at the bank, and is not ordered here")
             : base::fail("debit_amount_differs",
                          "we ordered " + begin->second.amount.to_decimal_string() + " for " +
                              told.reference + ", " + amount + " waits at the bank"));
  }
  return problems;
}

Result<Problems> RegisterComparison::only_here(ports::Transaction& transaction,
                                               const std::string& creditor,
                                               base::Date extracted) const {
  Problems problems;
  const std::string scheme(domain::to_text(domain::MandateScheme::kAutogiro));
  ports::MandateFilter mandates{.state = "active", .scheme = scheme, .creditor = creditor};
  mandates.limit = kPage;
  for (bool more = !references_.empty(); more;) {
    const auto page = TRY(transaction.mandates().list(mandates));
    for (const Mandate& each : page) {
      if (references_.contains(each.reference)) continue;
      name(problems, 0, "mandate",
           base::fail("mandate_only_here",
                      "the mandate " + each.reference + " is active here, the bank has none"));
    }
    more = page.size() == kPage;
    if (more) mandates.after = {page.back().account, page.back().id};
  }
  for (const std::string_view state : {"ordered", "accepted"}) {
    ports::CollectionFilter orders{.state = std::string(state), .scheme = scheme};
    orders.limit = kPage;
    for (bool more = !waiting_.empty(); more;) {
      const auto page = TRY(transaction.mandates().list_collections(orders));
      for (const Collection& each : page) {
        const bool asked = each.creditor == creditor && extracted < each.day;
        if (!asked || waiting_.contains(each.wire)) continue;
        name(
            problems, 0, "debit",
            base::fail("debit_only_here", "the debit " + each.wire + " of " + each.day.to_string() +
                                              " is ordered here and does not wait at the bank"));
      }
      more = page.size() == kPage;
      if (more) orders.after = {page.back().account, page.back().id};
    }
  }
  return problems;
}

}  // namespace flows
