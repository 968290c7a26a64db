#include "tests/scenarios/payment_verbs.h"

#include <algorithm>

#include "flows/operations/snapshot.h"
#include "flows/payments/assign_payment.h"
#include "flows/payments/import_bank_file.h"
#include "flows/payments/undo_allocation.h"
#include "formats/bank/writing/bank_writers.h"
#include "ports/payments.h"
#include "tests/scenarios/narrate.h"

namespace scenarios {
namespace {

using base::Money;
using base::Result;
using Kind = MoveMoney::Kind;

std::unexpected<base::Error> refuse(const std::string& text) {
  return base::fail("bad_scenario", text);
}

template <Kind kKind>
Result<Command> move(const Given& given) {
  MoveMoney command{.kind = kKind};
  if (!given.places.empty()) command.amount = given.places[0];
  command.invoice = given.option("for");
  command.reference = given.option("reference");
  command.number = given.option("number");
  return command;
}

Result<StoredBill> find_bill(ports::Store& store, const std::string& invoice) {
  for (StoredBill& stored : TRY(load_bills(store, std::nullopt))) {
    if (std::to_string(stored.invoice.number) == invoice) return std::move(stored);
  }
  return refuse("there is no invoice " + invoice);
}

// The newest payment of that amount.
Result<ports::IncomingPayment> find_payment(ports::Store& store, Money amount) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  auto found = TRY(transaction->payments().list_payments({.amount = amount, .limit = 1}));
  if (found.empty()) return refuse("there is no payment of " + amount.to_decimal_string());
  return std::move(found.front());
}

Said tell(const flows::BankImportReport& report) {
  if (report.was_imported) return {"was imported before"};
  Said said;
  for (const auto& [currency, sum] : report.sums) {
    said.push_back(sum.came.to_decimal_string() + " came  " + sum.to_bills.to_decimal_string() +
                   " to bills  " + sum.to_credit.to_decimal_string() + " to credit  " +
                   sum.suspense.to_decimal_string() + " in suspense");
  }
  for (const auto& [reason, count] : report.suspense) {
    said.push_back("in suspense  " + reason);
  }
  if (report.file.repeated > 0) {
    said.push_back(std::to_string(report.file.repeated) + " known already");
  }
  return said;
}

Said tell(const ports::IncomingPayment& payment) {
  return {"payment " + payment.state + "  open " + payment.open().to_decimal_string()};
}

}  // namespace

std::span<const Verb> payment_verbs() {
  static constexpr Verb kVerbs[] = {
      {.name = "paid",
       .form = "paid AMOUNT [for INVOICE|reference TEXT] [number NUMBER]",
       .places_min = 1,
       .places_max = 1,
       .options = "for reference number",
       .make = move<Kind::kPaid>},
      {.name = "went back",
       .form = "went back AMOUNT [for INVOICE|reference TEXT] [number NUMBER]",
       .places_min = 1,
       .places_max = 1,
       .options = "for reference number",
       .make = move<Kind::kWentBack>},
      {.name = "bank again", .form = "bank again", .make = move<Kind::kAgain>},
      {.name = "bank everything", .form = "bank everything", .make = move<Kind::kEverything>},
      {.name = "assign",
       .form = "assign AMOUNT for INVOICE",
       .places_min = 1,
       .places_max = 1,
       .options = "for",
       .make = move<Kind::kAssign>},
      {.name = "undo",
       .form = "undo AMOUNT",
       .places_min = 1,
       .places_max = 1,
       .make = move<Kind::kUndo>},
  };
  return kVerbs;
}

Result<Said> Bank::act(ports::Store& store, base::Clock& clock, base::Date today,
                       const MoveMoney& command) {
  const base::Currency currency = command.currency;
  if (command.kind == Kind::kEverything) return import(store, clock, told_);
  if (command.kind == Kind::kAgain) {
    if (told_.empty()) return refuse("the bank has told of nothing yet");
    --files_;
    return import(store, clock, {told_.back()});
  }
  const auto amount = Money::parse(command.amount, currency);
  if (!amount) return refuse("'" + command.amount + "' is no amount; write it as 450.00");
  if (command.kind == Kind::kUndo) {
    const auto payment = TRY(find_payment(store, *amount));
    return tell(TRY(flows::undo_allocation(store, clock, {payment.id, {}, "scenario", "clerk"})));
  }
  std::optional<StoredBill> bill;
  if (command.invoice) bill = TRY(find_bill(store, *command.invoice));
  if (command.kind == Kind::kAssign) {
    if (!bill) return refuse("say for which invoice it is");
    const auto payment = TRY(find_payment(store, *amount));
    return tell(TRY(flows::assign_payment(store, clock,
                                          {.payment = payment.id,
                                           .account = bill->bill.account,
                                           .bill = bill->bill.id,
                                           .reason = "scenario",
                                           .actor = "clerk"})));
  }
  domain::BankEntry entry;
  entry.amount = *amount;
  const bool back = command.kind == Kind::kWentBack;
  if (back) entry.direction = domain::MoneyDirection::kDebit;
  entry.reference = bill ? bill->bill.reference : command.reference.value_or("");
  entry.reversal = back;
  const std::string serial = command.number.value_or(std::to_string(told_.size() + 1));
  entry.bank_reference = std::string(12 - std::min<std::size_t>(12, serial.size()), '0') + serial;
  told_.push_back({today, std::move(entry)});
  return import(store, clock, {told_.back()});
}

Result<Said> Bank::import(ports::Store& store, base::Clock& clock,
                          const std::vector<Told>& payments) {
  formats::bank::WrittenFile file;
  // What makes a file another one, though it tells of the same.
  file.created =
      "2026-01-01T00:00:" + std::string(files_ % 60 < 10 ? "0" : "") + std::to_string(files_ % 60);
  ++files_;
  bool goes_back = false;
  for (const Told& payment : payments) {
    goes_back = goes_back || payment.entry.reversal;
    domain::BankStatement head;
    head.id = payment.entry.bank_reference;
    head.account = "50501055";
    head.currency = payment.entry.amount.currency().code();
    head.to = payment.day;
    file.statements.push_back({std::move(head), {payment.entry}});
    auto& entry = file.statements.back().entries.front();
    entry.booking_date = entry.value_date = payment.day;
  }
  // A deposit of BgMax cannot be below zero.
  const auto snapshot = flows::Snapshot::of_text(
      "bank", goes_back ? formats::bank::write_camt053(file) : formats::bank::write_bgmax(file));
  return tell(TRY(flows::import_bank_file(store, clock, snapshot, {.actor = "bank"})));
}

}  // namespace scenarios
