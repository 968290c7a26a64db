#include "flows/reconcile/move_deposits.h"

#include <algorithm>
#include <array>
#include <set>

#include "domain/payment/money_item.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/reconcile/house_assignment.h"
#include "ports/ledger.h"
#include "ports/reconciliation.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Date;
using base::Money;
using base::Result;
using ports::IncomingPayment;

constexpr std::size_t kAskedMax = 1'000;
constexpr std::string_view kBank = "bank:";

// Letters and digits only, small.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char small = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool counts = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
    if (counts) out.push_back(small);
  }
  return out;
}

// By its number, or by the words that banks have for it.
bool names_giro(std::initializer_list<std::string_view> texts, std::string_view giro) {
  constexpr auto kWords = std::to_array<std::string_view>({"bankgiro", "bgmax", "plusgiro"});
  return std::ranges::any_of(texts, [&](std::string_view text) {
    const std::string said = bare(text);
    return said.contains(giro) ||
           std::ranges::any_of(kWords, [&](std::string_view word) { return said.contains(word); });
  });
}

bool is_iban(std::string_view account) {
  return !account.empty() && account.front() >= 'A' && account.front() <= 'Z';
}

bool may_be_deposit(const IncomingPayment& payment, std::string_view giro) {
  return is_iban(payment.bank_account) && payment.reference.empty() &&
         payment.open() == payment.amount &&
         names_giro({payment.remittance, payment.payer_name, payment.end_to_end_id}, giro);
}

class Moving {
 public:
  Moving(ports::Transaction& transaction, const RefundContext& context)
      : transaction_(transaction), context_(context) {}

  Result<std::int64_t> run(const std::string& giro) {
    auto all = TRY(transaction_.payments().reconciliation().ledger_days(
        std::string(kBank) + giro, TRY(Date::make(9999, 12, 31))));
    std::int64_t moved = 0;
    for (auto& [key, days] : all) {
      if (key.first != std::string(kBank) + giro) continue;
      std::erase_if(days, [](const domain::DaySum& day) { return day.amount.is_zero(); });
      const std::size_t first = days.size() - std::min(days.size(), kDepositDaysMax);
      for (std::size_t at = first; at < days.size(); ++at) {
        moved += days[at].amount.is_negative() ? TRY(move_out(giro, days[at]))
                                               : TRY(move_in(giro, days[at]));
      }
    }
    return moved;
  }

 private:
  // One sum that is the day's, or all of the day's that come to it.
  Result<std::int64_t> move_in(const std::string& giro, const domain::DaySum& day) {
    auto found = TRY(transaction_.payments().list_payments(
        {.state = "suspense", .booked_from = day.day, .booked_to = day.day, .limit = kAskedMax}));
    std::erase_if(found, [&](const IncomingPayment& payment) {
      return payment.amount.currency() != day.amount.currency() || payment.amount.is_negative() ||
             !may_be_deposit(payment, giro);
    });
    Money sum(0, day.amount.currency());
    for (const IncomingPayment& payment : found) sum += payment.amount;
    if (sum != day.amount) {
      std::erase_if(found,
                    [&](const IncomingPayment& payment) { return payment.amount != day.amount; });
      if (found.size() != 1) return 0;
    }
    for (IncomingPayment& payment : found) TRY(move(giro, payment));
    return static_cast<std::int64_t>(found.size());
  }

  Result<> move(const std::string& giro, IncomingPayment& payment) {
    TRY(transaction_.work().lock(payment_lock(payment.id)));
    const auto entry = entry_of(giro, payment.id.to_string(), -payment.amount, payment.booked,
                                "suspense", payment.file);
    PaymentRows rows;
    rows.postings.push_back(TRY(posting_of(entry)));
    const HouseAssignment assignment{
        .id = derived_id<domain::AllocationId>({"allocation", entry.id.to_string()}),
        .amount = payment.amount,
        .by = "deposit",
        .day = payment.booked,
        .posting = rows.postings.back().head().id};
    assign_to_house(payment, assignment, context_.recorded, rows);
    TRY(transaction_.payments().reconciliation().add_entries({&entry, 1}));
    TRY(rows.keep(transaction_));
    return transaction_.payments().update_payment(payment);
  }

  // More went back from the giro than came: the statement says that it was spent.
  Result<std::int64_t> move_out(const std::string& giro, const domain::DaySum& day) {
    const auto entries =
        TRY(transaction_.payments().reconciliation().entries(day.day, day.day, kAskedMax));
    const auto spent = std::ranges::find_if(entries, [&](const ports::HouseEntry& each) {
      return each.kind == "outgoing" && each.amount == day.amount && is_iban(each.bank_account) &&
             names_giro({each.words, each.name, each.account}, giro);
    });
    if (spent == entries.end()) return 0;
    const auto entry = entry_of(giro, spent->id.to_string(), -day.amount, day.day,
                                spent->ledger_account, spent->file);
    const domain::Posting postings[] = {TRY(posting_of(entry))};
    TRY(transaction_.payments().reconciliation().add_entries({&entry, 1}));
    TRY(transaction_.ledger().append(postings));
    return 1;
  }

  ports::HouseEntry entry_of(const std::string& giro, const std::string& of, Money amount,
                             Date booked, const std::string& against,
                             domain::BankFileId file) const {
    ports::HouseEntry entry;
    entry.id = derived_id<domain::HouseEntryId>({"house_entry", "deposit", of});
    entry.file = file;
    entry.bank_account = giro;
    entry.amount = amount;
    entry.booked = booked;
    entry.kind = "deposit";
    entry.ledger_account = against;
    entry.recorded = context_.recorded;
    return entry;
  }

  [[nodiscard]] Result<domain::Posting> posting_of(const ports::HouseEntry& entry) const {
    domain::Posting::Head head;
    head.id = derived_id<domain::PostingId>({"posting", entry.id.to_string(), "deposit"});
    head.kind = "bank";
    head.effective = entry.booked;
    head.recorded = context_.recorded;
    head.source = entry.id.to_string();
    return domain::Posting::make(std::move(head),
                                 {{std::string(kBank) + entry.bank_account, entry.amount},
                                  {entry.ledger_account, -entry.amount}});
  }

  ports::Transaction& transaction_;
  const RefundContext& context_;
};

// Ours that are no IBAN; none where no statement of an account behind them ever came.
Result<std::vector<std::string>> giros_of(ports::Transaction& transaction) {
  std::vector<std::string> giros;
  const auto statements = TRY(transaction.payments().reconciliation().statements(""));
  const bool has_statement =
      std::ranges::any_of(statements, [](const auto& each) { return is_iban(each.bank_account); });
  if (!has_statement) return giros;
  const domain::Operator seller = TRY(load_seller(transaction));
  std::vector<std::string> accounts = seller.bank_accounts;
  accounts.push_back(seller.payee.bankgiro);
  accounts.push_back(seller.payee.plusgiro);
  for (const std::string& account : accounts) {
    const std::string compact = domain::compact_account(account);
    const bool is_new = std::ranges::find(giros, compact) == giros.end();
    if (!compact.empty() && !is_iban(compact) && is_new) giros.push_back(compact);
  }
  return giros;
}

}  // namespace

Result<std::int64_t> move_deposits(ports::Transaction& transaction, const RefundContext& context) {
  std::int64_t moved = 0;
  for (const std::string& giro : TRY(giros_of(transaction))) {
    moved += TRY(Moving(transaction, context).run(giro));
  }
  return moved;
}

Result<std::vector<WaitingDeposit>> waiting_deposits(ports::Transaction& transaction, Date to) {
  std::vector<WaitingDeposit> waiting;
  const auto giros = TRY(giros_of(transaction));
  if (giros.empty()) return waiting;
  auto days = TRY(transaction.payments().reconciliation().ledger_days(kBank, to));
  for (const IncomingPayment& payment : TRY(transaction.payments().list_payments(
           {.state = "suspense", .booked_to = to, .limit = kAskedMax}))) {
    for (const std::string& giro : giros) {
      const bool says_number =
          bare(payment.remittance).contains(giro) || bare(payment.payer_name).contains(giro);
      if (!may_be_deposit(payment, giro) || !says_number) continue;
      Money of_giro(0, payment.amount.currency());
      for (const domain::DaySum& day : days[{std::string(kBank) + giro, of_giro.currency()}]) {
        if (day.day == payment.booked) of_giro += day.amount;
      }
      waiting.push_back({payment.id, giro, payment.booked, payment.amount, of_giro});
      break;
    }
  }
  return waiting;
}

}  // namespace flows
