#include "flows/payments/find_returned.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "domain/matching/near_references.h"
#include "ports/payer_search.h"

namespace flows {

using base::Result;
using domain::MoneyItem;
using domain::PaymentId;
using domain::matching::MoneySide;
using ports::IncomingPayment;

namespace {

// Shorter ones are counters, which begin anew.
constexpr std::size_t kPayersNameMin = 3;
constexpr std::size_t kTextNumberMin = 5;
constexpr std::size_t kBankNameMin = 6;

bool says_something(std::string_view name, std::size_t length_min) {
  name.remove_prefix(std::min(name.find_first_not_of('0'), name.size()));
  return name.size() >= length_min;
}

// Of a payment, or of what a file tells.
MoneySide nameless_side(const auto& money) {
  return {.amount = money.amount,
          .booked = money.booked,
          .our_account = money.bank_account,
          .payer_account = money.payer_account,
          .payer_name = money.payer_name,
          .names = {}};
}

bool is_among(const std::set<std::string>& names, const ports::NamedPayment& payment) {
  return names.contains(payment.end_to_end_id) || names.contains(payment.bank_reference) ||
         names.contains(payment.reference);
}

}  // namespace

std::set<std::string> names_of(const MoneyItem& item) {
  std::set<std::string> names;
  const auto add = [&](const std::string& name, std::size_t length_min) {
    if (says_something(name, length_min)) names.insert(name);
  };
  add(item.end_to_end_id, kPayersNameMin);
  // A bankgiro's numbers are those of a deposit.
  if (item.rail != "bankgiro") add(item.bank_reference, kBankNameMin);
  for (const std::string& reference : references_in_text(item)) names.insert(reference);
  return names;
}

std::vector<std::string> references_in_text(const MoneyItem& item) {
  std::vector<std::string> found = domain::matching::numbers_in(item.remittance);
  std::string word;
  for (const char c : item.remittance + " ") {
    if (std::string_view(" \n\t,;:()\"").find(c) == std::string_view::npos) {
      word.push_back(c);
      continue;
    }
    if (std::ranges::any_of(word, [](char each) { return '0' <= each && each <= '9'; })) {
      found.push_back(word);
    }
    word.clear();
  }
  std::erase_if(found,
                [](const std::string& each) { return !says_something(each, kTextNumberMin); });
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

MoneyItem item_of(const IncomingPayment& payment) {
  MoneyItem item;
  item.bank_account = payment.bank_account;
  item.amount = payment.amount;
  item.booked = payment.booked;
  item.rail = payment.rail;
  item.reference = payment.reference;
  item.bank_reference = payment.bank_reference;
  item.end_to_end_id = payment.end_to_end_id;
  item.payer_name = payment.payer_name;
  item.payer_account = payment.payer_account;
  item.remittance = payment.remittance;
  return item;
}

MoneySide side_of(const IncomingPayment& payment) {
  MoneySide side = nameless_side(payment);
  auto names = names_of(item_of(payment));
  if (!payment.reference.empty()) names.insert(payment.reference);
  side.names.assign(names.begin(), names.end());
  return side;
}

bool fits_return(const IncomingPayment& original, const MoneyItem& item) {
  return original.state != "returned" &&
         domain::matching::fit_return(nameless_side(original), nameless_side(item)) ==
             domain::matching::ReturnFit::kFits;
}

Result<std::vector<PaymentId>> find_kept_of(ports::Transaction& transaction,
                                            const MoneyItem& item) {
  const auto all = names_of(item);
  std::vector<PaymentId> found;
  if (all.empty()) return found;
  const std::vector<std::string> names(all.begin(), all.end());
  for (const auto& payment : TRY(transaction.payments().payer_search().find_named(
           {.sum = -item.amount,
            .more_max = domain::matching::kKeptOfReturnMax,
            .from = base::add_months(item.booked, -kReturnMonthsMax),
            .to = item.booked,
            .names = names}))) {
    found.push_back(payment.id);
  }
  return found;
}

Result<std::vector<std::vector<PaymentId>>> find_named_alike(
    ports::Transaction& transaction, std::span<const MoneyItem* const> items) {
  std::vector<std::vector<PaymentId>> found(items.size());
  std::vector<std::set<std::string>> names;
  std::map<std::pair<base::Currency, std::int64_t>, std::vector<std::size_t>> by_sum;
  for (std::size_t at = 0; at < items.size(); ++at) {
    names.push_back(names_of(*items[at]));
    const base::Money sum = -items[at]->amount;
    if (!names.back().empty()) by_sum[{sum.currency(), sum.minor()}].push_back(at);
  }
  for (const auto& [sum, places] : by_sum) {
    std::set<std::string> all;
    base::Date first = items[places.front()]->booked, last = first;
    for (const std::size_t at : places) {
      all.insert(names[at].begin(), names[at].end());
      first = std::min(first, items[at]->booked);
      last = std::max(last, items[at]->booked);
    }
    const std::vector<std::string> list(all.begin(), all.end());
    const auto named = TRY(transaction.payments().payer_search().find_named(
        {.sum = base::Money(sum.second, sum.first),
         .from = base::add_months(first, -kReturnMonthsMax),
         .to = last,
         .names = list}));
    for (const auto& payment : named) {
      for (const std::size_t at : places) {
        if (payment.booked > items[at]->booked || !is_among(names[at], payment)) continue;
        found[at].push_back(payment.id);
      }
    }
  }
  return found;
}

std::optional<IncomingPayment> choose_returned(std::vector<IncomingPayment> found,
                                               const MoneyItem& item) {
  const auto of_its_id = [&](const IncomingPayment& each) {
    return each.end_to_end_id == item.end_to_end_id;
  };
  if (!item.end_to_end_id.empty() && std::ranges::any_of(found, of_its_id)) {
    std::erase_if(found, [&](const IncomingPayment& each) { return !of_its_id(each); });
  }
  if (found.empty()) return {};
  if (found.size() == 1) return found.front();
  std::string payer = item.payer_account;
  if (payer.empty() && std::ranges::all_of(found, [&](const IncomingPayment& each) {
        return each.payer_account == found.front().payer_account;
      })) {
    payer = found.front().payer_account;
  }
  std::erase_if(found, [&](const IncomingPayment& each) {
    return payer.empty() || each.payer_account != payer || each.bank_account != item.bank_account;
  });
  if (found.empty()) return {};
  return *std::ranges::max_element(
      found, {}, [](const IncomingPayment& each) { return std::pair(each.booked, each.id); });
}

}  // namespace flows
