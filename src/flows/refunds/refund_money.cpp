#include "flows/refunds/refund_money.h"

#include <algorithm>
#include <array>

#include "domain/payment/money_item.h"
#include "flows/access/person.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/refunds/refund_file.h"
#include "flows/refunds/refund_rows.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::Refund;

constexpr std::size_t kRefundsOfBatchMax = 10'000;
constexpr std::string_view kPurpose = "REFU";

Result<domain::BankAccount> read_account(const std::string& text) {
  if (auto iban = domain::Iban::parse(text)) return domain::BankAccount(*iban);
  if (auto bankgiro = domain::Bankgiro::parse(text)) return domain::BankAccount(*bankgiro);
  if (auto plusgiro = domain::Plusgiro::parse(text)) return domain::BankAccount(*plusgiro);
  return base::fail("bad_payee_account", "'" + text + "' is no IBAN, bankgiro or plusgiro");
}

// Paid out at a till (flows/tills), not by the bank.
bool is_cash(const Refund& refund) { return refund.payee_account.starts_with("cash:"); }

Result<Refund> find_refund(ports::Transaction& transaction, domain::RefundId id) {
  auto refund = TRY(transaction.payments().refunds().find(id));
  if (!refund) return base::fail("refund_not_found", "there is no such refund", id.to_string());
  return *std::move(refund);
}

// The newest money that came to the account's credit says where it came from.
Result<> find_payer(ports::Transaction& transaction, Refund& refund) {
  std::vector<ports::Allocation> rows;
  if (refund.payment.is_nil()) {
    rows = TRY(transaction.payments().allocations_of(refund.account, {}));
  } else {
    rows.emplace_back().payment = refund.payment;
  }
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const auto payment = TRY(transaction.payments().find_payment(row->payment));
    if (!payment || !read_account(payment->payer_account)) continue;
    refund.payee_account = payment->payer_account;
    if (refund.payee_name.empty()) refund.payee_name = payment->payer_name;
    return {};
  }
  return base::fail(
      "no_payee_account", "no payment says from which account it came: name the account to pay to",
      refund.payment.is_nil() ? refund.account.to_string() : refund.payment.to_string());
}

Result<> set_payee(ports::Transaction& transaction, const RefundRequest& request, Refund& refund) {
  refund.payee_name = request.payee_name;
  refund.payee_account = request.payee_account;
  if (refund.payee_account.empty()) TRY(find_payer(transaction, refund));
  if (!is_cash(refund)) {
    refund.payee_account = domain::text_of(TRY(read_account(refund.payee_account)));
  }
  if (!refund.payee_name.empty() || refund.account.is_nil()) return {};
  const auto account = TRY(transaction.parties().find_account(refund.account));
  if (!account) return {};
  const auto customers = TRY(transaction.parties().find_customers({&account->customer, 1}));
  if (!customers.empty()) refund.payee_name = customers.front().party.name;
  return {};
}

// In which currency the money is.
Result<base::Currency> currency_of(ports::Transaction& transaction, const Refund& refund) {
  if (refund.account.is_nil()) {
    const auto payment = TRY(transaction.payments().find_payment(refund.payment));
    if (payment) return payment->amount.currency();
    return base::fail("payment_not_found", "there is no such payment", refund.payment.to_string());
  }
  const auto account = TRY(transaction.parties().find_account(refund.account));
  if (account) return account->currency;
  return base::fail("unknown_account", "there is no such account", refund.account.to_string());
}

Result<Refund> new_refund(ports::Transaction& transaction, const RefundRequest& request,
                          const domain::RefundLimits& limits, base::Instant now) {
  Refund refund;
  refund.account = request.account;
  refund.payment = request.payment;
  refund.reason = request.reason;
  refund.asked_by = request.actor;
  refund.recorded = now;
  const base::Currency currency = TRY(currency_of(transaction, refund));
  const Money available = TRY(refundable(transaction, refund, currency));
  refund.amount = request.amount.value_or(available);
  if (refund.amount.currency() != currency) {
    return base::fail("other_currency", "the money is in another currency");
  }
  TRY(domain::check_refund(refund.amount, available, limits));
  // Told apart from other wishes by their number, so that the same story gives the same ids.
  const auto ordinal = TRY(transaction.work().take_numbers("refund", 1, 1));
  refund.id = derived_id<domain::RefundId>({"refund", std::to_string(ordinal)});
  TRY(set_payee(transaction, request, refund));
  return refund;
}

Result<RefundContext> context_of(const domain::Operator& seller, base::Instant now,
                                 const std::string& actor) {
  const base::Date day = TRY(local_date(seller.time_zone, now));
  return RefundContext{.recorded = now, .day = day, .actor = actor};
}

Result<std::string> sending_account(const domain::Operator& seller, const std::string& asked) {
  const std::vector<std::string> ours = paying_accounts(seller);
  std::string account = asked;
  if (account.empty() && !ours.empty()) account = ours.front();
  if (asked.empty() && seller.payee.iban.empty() && ours.size() > 1) {
    return base::fail("several_bank_accounts",
                      "several of our accounts can pay it: say which, or name payee.iban");
  }
  const auto known = read_account(account);
  if (known) return domain::text_of(*known);
  return base::fail("no_bank_account",
                    "name one of our accounts to pay from (payee.iban of operator.toml)", account);
}

Result<domain::CreditTransfer> transfer_of(const Refund& refund, const std::string& sender) {
  domain::CreditTransfer::Parts parts{
      .end_to_end_id = TRY(domain::BankId::parse(refund.end_to_end_id())), .amount = refund.amount};
  parts.payee.name = refund.payee_name;
  parts.payee.account = TRY(read_account(refund.payee_account));
  parts.remittance = sender;
  parts.purpose = kPurpose;
  return domain::CreditTransfer::make(std::move(parts));
}

Result<domain::BankId> bank_id(std::string text) {
  std::ranges::replace(text, '_', '-');
  return domain::BankId::parse(text);
}

// Whether the money is still ours to give back.
Result<> check_still_here(ports::Transaction& transaction, const Refund& refund) {
  TRY(check_not_asked_back(transaction, refund));
  return check_not_returned(transaction, refund);
}

// What went back by the bank or by its provider is not paid once more: the refund stays approved,
// for a person to withdraw. Errors: those of check_still_here() where nothing is left.
Result<> leave_out_gone(ports::Transaction& transaction, std::vector<Refund>& approved) {
  constexpr std::array<std::string_view, 3> kGone = {
      "refund_of_returned", "refund_asked_of_provider", "refund_gone_by_provider"};
  std::vector<Refund> left;
  std::optional<base::Error> why;
  for (Refund& refund : approved) {
    const auto checked = check_still_here(transaction, refund);
    if (checked) {
      left.push_back(std::move(refund));
      continue;
    }
    if (std::ranges::find(kGone, checked.error().code) == kGone.end()) return checked;
    why = checked.error();
    why->text = refund.id.to_string() + " is not sent: " + why->text;
    observe::log(observe::Level::kWarning, "refund_left_out",
                 {{"refund", refund.id.to_string()}, {"payment", refund.payment.to_string()}});
  }
  if (left.empty()) return std::unexpected(*std::move(why));
  approved = std::move(left);
  return {};
}

Result<domain::RefundBatch> make_batch(ports::Transaction& transaction, const SendRequest& request,
                                       base::Instant now) {
  const domain::Operator seller = TRY(load_seller(transaction));
  const RefundContext context = TRY(context_of(seller, now, request.actor));
  ports::Refunds& refunds = transaction.payments().refunds();
  auto approved =
      TRY(refunds.list({.state = domain::RefundState::kApproved, .limit = kRefundsOfBatchMax}));
  std::erase_if(approved, is_cash);
  if (approved.empty()) {
    return base::fail("nothing_to_send", "no refund is approved and waits to be sent");
  }
  TRY(leave_out_gone(transaction, approved));
  // One currency a file: that of the oldest.
  std::ranges::reverse(approved);
  const base::Currency currency = approved.front().amount.currency();
  domain::RefundBatch batch;
  batch.amount = Money(0, currency);
  batch.id = derived_id<domain::RefundBatchId>({"refund_batch", approved.front().id.to_string()});
  batch.bank_account = TRY(sending_account(seller, request.bank_account));
  batch.day = request.day.value_or(context.day);
  batch.sent_by = request.actor;
  batch.recorded = now;
  for (Refund& refund : approved) {
    if (refund.amount.currency() != currency) continue;
    TRY(transfer_of(refund, seller.brand));
    refund.state = domain::RefundState::kSent;
    refund.batch = batch.id;
    batch.amount += refund.amount;
    ++batch.refunds;
    TRY(refunds.update(refund));
    TRY(audit_refund(transaction, "refund.send", refund, context));
  }
  TRY(refunds.add_batch(batch));
  return batch;
}

}  // namespace

Result<Refund> propose_refund(ports::Transaction& transaction, const base::Clock& clock,
                              const RefundRequest& request) {
  if (request.reason.empty()) return base::fail("missing_reason", "say why it is paid back");
  TRY(transaction.work().lock(kRefundLock));
  const domain::Operator seller = TRY(load_seller(transaction));
  const base::Instant now = clock.now();
  Refund refund = TRY(new_refund(transaction, request, seller.refunds, now));
  TRY(domain::check_asker(refund.amount, request.actor, seller.refunds));
  const RefundContext context = TRY(context_of(seller, now, request.actor));
  TRY(audit_refund(transaction, "refund.propose", refund, context));
  if (!domain::needs_second_person(refund.amount, seller.refunds)) {
    refund = TRY(domain::decide(refund, true, request.actor, seller.refunds, now));
    TRY(take_refund(transaction, refund, context));
    TRY(audit_refund(transaction, "refund.approve", refund, context));
  }
  TRY(transaction.payments().refunds().add(refund));
  return refund;
}

Result<Refund> propose_refund(ports::Store& store, const base::Clock& clock,
                              const RefundRequest& request) {
  Refund refund;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    refund = TRY(propose_refund(transaction, clock, request));
    return {};
  }));
  return refund;
}

Result<Refund> decide_refund(ports::Store& store, const base::Clock& clock,
                             const RefundDecision& decision) {
  Refund refund;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kRefundLock));
    Refund found = TRY(find_refund(transaction, decision.refund));
    const domain::Operator seller = TRY(load_seller(transaction));
    const base::Instant now = clock.now();
    // Two names of one person are one.
    const std::string asker = found.asked_by;
    const bool is_asker = TRY(is_same_person(transaction, asker, decision.actor));
    refund = TRY(domain::decide(std::move(found), decision.approve,
                                is_asker ? asker : decision.actor, seller.refunds, now));
    refund.decided_by = decision.actor;
    const RefundContext context = TRY(context_of(seller, now, decision.actor));
    if (decision.approve) TRY(take_refund(transaction, refund, context));
    TRY(audit_refund(transaction, decision.approve ? "refund.approve" : "refund.refuse", refund,
                     context));
    return transaction.payments().refunds().update(refund);
  }));
  return refund;
}

Result<Refund> withdraw_refund(ports::Store& store, const base::Clock& clock,
                               const RefundWithdrawal& wish) {
  if (wish.reason.empty()) return base::fail("missing_reason", "say why it is withdrawn");
  if (!domain::is_person(wish.actor)) {
    return base::fail("person_not_named", "name who withdraws it, --by LOGIN",
                      wish.refund.to_string());
  }
  Refund refund;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kRefundLock));
    Refund found = TRY(find_refund(transaction, wish.refund));
    refund = TRY(domain::withdraw(std::move(found)));
    const domain::Operator seller = TRY(load_seller(transaction));
    RefundContext context = TRY(context_of(seller, clock.now(), wish.actor));
    context.reason = wish.reason;
    TRY(give_refund_back(transaction, refund, context));
    TRY(audit_refund(transaction, "refund.withdraw", refund, context));
    return transaction.payments().refunds().update(refund);
  }));
  return refund;
}

std::vector<std::string> paying_accounts(const domain::Operator& seller) {
  std::vector<std::string> accounts;
  const auto add = [&](const std::string& account) {
    if (!account.empty()) accounts.push_back(account);
  };
  add(seller.payee.iban);
  for (const std::string& own : seller.bank_accounts) {
    if (domain::Iban::parse(own)) add(own);
  }
  if (accounts.empty()) add(seller.payee.bankgiro);
  return accounts;
}

Result<domain::RefundBatch> send_refunds(ports::Store& store, const base::Clock& clock,
                                         const SendRequest& request) {
  domain::RefundBatch batch;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kRefundLock));
    batch = TRY(make_batch(transaction, request, clock.now()));
    // What cannot be written is not sent.
    TRY(refund_file(transaction, batch.id));
    return {};
  }));
  return batch;
}

Result<domain::PaymentOrder> order_of_batch(ports::Transaction& transaction,
                                            domain::RefundBatchId id) {
  ports::Refunds& kept = transaction.payments().refunds();
  const auto batch = TRY(kept.find_batch(id));
  if (!batch) {
    return base::fail("refund_batch_not_found", "no such file of refunds was sent", id.to_string());
  }
  const domain::Operator seller = TRY(load_seller(transaction));
  auto refunds = TRY(kept.list({.batch = id, .limit = kRefundsOfBatchMax}));
  std::ranges::sort(refunds, {}, [](const Refund& refund) {
    return std::pair(refund.recorded.micros, refund.id);
  });
  std::vector<domain::CreditTransfer> transfers;
  for (const Refund& refund : refunds) {
    auto transfer = TRY(transfer_of(refund, seller.brand));
    transfers.push_back(std::move(transfer));
  }
  const auto name = TRY(bank_id(id.to_string()));
  domain::TransferBatch lines{.id = name};
  lines.payer.name = seller.legal_name;
  lines.payer.account = TRY(read_account(batch->bank_account));
  lines.payer.country = seller.country;
  const bool is_payees =
      domain::compact_account(seller.payee.iban) == domain::compact_account(batch->bank_account);
  const auto bic = domain::Bic::parse(seller.payee.bic);
  if (is_payees && bic) lines.payer.bank = *bic;
  lines.day = batch->day;
  lines.transfers = std::move(transfers);
  domain::PaymentOrder order{.id = name, .created = batch->recorded, .day = batch->day};
  order.sender_name = seller.legal_name;
  order.transfers.push_back(std::move(lines));
  return order;
}

}  // namespace flows
