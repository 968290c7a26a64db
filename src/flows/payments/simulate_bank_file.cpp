#include "flows/payments/simulate_bank_file.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/result/check.h"
#include "domain/payment/money_item.h"
#include "domain/payment/simulate.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "formats/bank/writing/bank_writers.h"
#include "ports/billing.h"
#include "ports/parties.h"
#include "ports/payments.h"
#include "ports/reconciliation.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::SimulatedPayer;

constexpr std::size_t kPage = 500;

std::string compact(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
  return text;
}

// Where bills of the operator are paid to, in this format.
std::string paid_to(const domain::Operator& seller, std::string_view format) {
  std::string iban = seller.payee.iban;
  for (const std::string& account : seller.bank_accounts) {
    if (iban.empty() && account.front() >= 'A') iban = account;
  }
  const bool giro = format == "bgmax" || iban.empty();
  return compact(giro && !seller.payee.bankgiro.empty() ? seller.payee.bankgiro : iban);
}

Result<> name_payers(ports::Transaction& transaction, std::vector<SimulatedPayer>& payers) {
  for (SimulatedPayer& payer : payers) {
    const auto account = TRY(transaction.parties().find_account(payer.bill.account));
    if (!account) continue;
    const auto customers = TRY(transaction.parties().find_customers({&account->customer, 1}));
    if (!customers.empty()) payer.name = customers.front().party.name;
  }
  return {};
}

Result<std::vector<SimulatedPayer>> open_bills(ports::Transaction& transaction,
                                               base::Currency currency, std::size_t limit) {
  std::vector<SimulatedPayer> payers;
  ports::BillFilter page{.state = "open", .limit = kPage};
  while (payers.size() < limit) {
    const auto bills = TRY(transaction.billing().list_bills(page));
    for (const domain::Bill& bill : bills) {
      const bool owed = bill.rest() > Money(0, bill.total.currency());
      if (owed && bill.total.currency() == currency && payers.size() < limit) {
        payers.push_back({bill, ""});
      }
    }
    if (bills.size() < kPage) break;
    page.after_account = bills.back().account;
    page.after_bill = bills.back().id;
  }
  std::ranges::sort(payers, {}, [](const SimulatedPayer& payer) {
    return std::pair(payer.bill.reference.size(), payer.bill.reference);
  });
  TRY(name_payers(transaction, payers));
  return payers;
}

// Where the bank's last statement of an account ends.
struct LastStatement {
  Money closing;
  std::optional<base::Date> to = {};
};

Result<LastStatement> last_statement(ports::Transaction& transaction, const std::string& account,
                                     base::Currency currency) {
  auto known =
      TRY(transaction.payments().reconciliation().statements(domain::compact_account(account)));
  std::erase_if(known, [&](const domain::KnownStatement& each) {
    return each.closing.currency() != currency;
  });
  LastStatement last{Money(0, currency)};
  for (const domain::KnownStatement& each : known) {
    if (!last.to || *last.to < each.to) last.to = each.to;
  }
  // Of several that end on that day, the one that none goes on from.
  for (const domain::KnownStatement& each : known) {
    if (each.to != *last.to) continue;
    const bool is_continued = std::ranges::any_of(known, [&](const auto& other) {
      return other.id != each.id && other.to == each.to && other.opening == each.closing;
    });
    if (!is_continued) last.closing = each.closing;
  }
  return last;
}

Result<std::uint64_t> payments_told(ports::Transaction& transaction) {
  std::int64_t count = 0;
  for (const auto& row : TRY(transaction.payments().totals())) count += row.payments;
  return static_cast<std::uint64_t>(count);
}

// An id of a message or statement has 35 characters at most.
std::string id_of(std::string_view prefix, base::Date day, std::int64_t seed) {
  constexpr int kBase = 36;
  char digits[16];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), seed, kBase);
  CHECK(error == std::errc());
  return std::string(prefix) + "-" + day.to_string() + "-" + std::string(digits, end);
}

// A statement for each day, with balances that follow from one another.
formats::bank::WrittenFile to_file(std::vector<domain::SimulatedEntry> entries,
                                   const std::string& account, Money balance, std::int64_t seed) {
  formats::bank::WrittenFile file;
  const base::Currency currency = balance.currency();
  for (domain::SimulatedEntry& each : entries) {
    const base::Date day = *each.entry.booking_date;
    if (file.statements.empty() || file.statements.back().statement.to != day) {
      domain::BankStatement head;
      constexpr std::size_t kAccountTail = 8;
      const std::size_t tail = std::min(account.size(), kAccountTail);
      head.id = id_of(std::string_view(account).substr(account.size() - tail), day, seed);
      head.account = account;
      head.currency = currency.code();
      head.from = head.to = day;
      head.opening = domain::BankBalance{balance, day};
      file.statements.push_back({std::move(head), {}});
    }
    auto& part = file.statements.back();
    balance += each.entry.amount;
    part.statement.closing = domain::BankBalance{balance, day};
    part.entries.push_back(std::move(each.entry));
  }
  const base::Date last = *file.statements.back().statement.to;
  file.id = id_of("TELGIRO", last, seed);
  file.created = last.to_string() + "T18:00:00";
  return file;
}

}  // namespace

Result<SimulatedFile> simulate_bank_file(ports::Store& store, const SimulateRequest& request) {
  const auto* writer = TRY(formats::bank::find_bank_writer(request.format));
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const domain::Operator seller = TRY(load_seller(*transaction));
  const auto payers = TRY(open_bills(*transaction, seller.currency, request.bills_max));
  const base::Date today = TRY(local_date(seller.time_zone, request.now));
  const std::string account = paid_to(seller, request.format);
  const LastStatement last = TRY(last_statement(*transaction, account, seller.currency));
  const std::uint64_t told = TRY(payments_told(*transaction));
  auto entries =
      domain::simulate_payments(payers, request.seed, {request.day, today, last.to, told});
  if (entries.empty()) {
    return base::fail("nothing_to_simulate", "there is no open bill to pay; bill a month first");
  }
  SimulatedFile simulated;
  simulated.entries = static_cast<std::int64_t>(entries.size());
  simulated.sum = Money(0, seller.currency);
  for (const auto& each : entries) {
    ++simulated.kinds[std::string(domain::to_text(each.kind))];
    simulated.sum += each.entry.amount;
  }
  simulated.bytes = writer->write(to_file(std::move(entries), account, last.closing, request.seed));
  return simulated;
}

}  // namespace flows
