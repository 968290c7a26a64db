// Statements: what their head says, and whether their sums and balances are those of the entries.
#include <utility>

#include "formats/bank/camt/camt_reader.h"
#include "formats/bank/iso20022/values.h"

namespace formats::bank::camt {

using base::Currency;
using base::Money;

void CamtReader::begin_statement(std::int64_t line) {
  slots_.clear(Field::kStatement, Field::kDebitSum);
  statement_ = {};
  statement_line_ = line;
  entry_currency_.reset();
  credits_ = debits_ = booked_credits_ = booked_debits_ = {};
  in_statement_ = true;
  told_ = mixed_ = false;
  left_out_ = 0;
  ++statements_;
}

// Before the first entry, or at the end where there is none.
void CamtReader::tell_statement() {
  if (std::exchange(told_, true)) return;
  statement_.id = slots_.text(Field::kStatementId);
  if (statement_.id.empty()) {
    reading_.problem(statement_line_, "Stmt/Id", "missing_value", "the statement has no name");
    statement_.id = std::to_string(statements_);
  }
  if (!ids_.insert(statement_.id).second) {
    reading_.problem(statement_line_, "Stmt/Id", "repeated_statement",
                     "the file has a statement of this name already");
    statement_.id += "/" + std::to_string(statements_);
    ids_.insert(statement_.id);
  }
  statement_.account = slots_.text(Field::kIban);
  if (statement_.account.empty()) statement_.account = slots_.text(Field::kOtherAccount);
  std::erase(statement_.account, ' ');
  if (statement_.account.empty()) {
    reading_.problem(statement_line_, "Stmt/Acct", "missing_value",
                     "the statement does not say of which account it is");
  }
  if (statement_.currency.empty()) statement_.currency = slots_.text(Field::kAccountCurrency);
  statement_.created = slots_.text(Field::kStatementCreated);
  statement_.from = day_of(Field::kFrom, "Stmt/FrToDt");
  statement_.to = day_of(Field::kTo, "Stmt/FrToDt");
  statement_.entries = iso20022::parse_count(slots_.text(Field::kTotalCount));
  reading_.statement_begins(statement_);
}

void CamtReader::end_balance() {
  const std::string& kind = slots_.text(Field::kBalanceKind);
  const bool opening = kind == "OPBD" || kind == "PRCD";
  if (!opening && kind != "CLBD") return;
  if (statement_.currency.empty()) statement_.currency = slots_.text(Field::kAccountCurrency);
  const Slots::Slot& slot = slots_[Field::kBalanceAmount];
  const auto currency = currency_of(slot, "Stmt/Bal/Amt");
  if (!currency) return;
  const auto minor = iso20022::parse_minor(slot.text, *currency);
  if (!minor) {
    reading_.problem(slot.line, "Stmt/Bal/Amt", minor.error().code, minor.error().text);
    return;
  }
  const bool debit = slots_.text(Field::kBalanceDirection) == "DBIT";
  std::optional<domain::BankBalance>& balance = opening ? statement_.opening : statement_.closing;
  // An opening balance of the day before (PRCD) is the second choice.
  if (balance && kind != "OPBD") return;
  balance = {.amount = Money(debit ? -*minor : *minor, *currency),
             .day = day_of(Field::kBalanceDay, "Stmt/Bal/Dt")};
  if (statement_.currency.empty()) statement_.currency = currency->code();
}

void CamtReader::end_statement(std::int64_t line) {
  if (!in_statement_) return;
  tell_statement();
  if (statement_.currency.empty() && entry_currency_) {
    statement_.currency = entry_currency_->code();
  }
  check_statement(line);
  add_to_control();
  reading_.statement_ends(statement_);
  in_statement_ = false;
}

std::optional<std::int64_t> CamtReader::minor_of(Field field, Currency currency) {
  if (!slots_.has(field)) return std::nullopt;
  const auto minor = iso20022::parse_minor(slots_.text(field), currency);
  return minor ? std::optional(*minor) : std::nullopt;
}

void CamtReader::check_statement(std::int64_t line) {
  if (left_out_ > 0) return;  // Each has its problem; sums without them say nothing.
  Tally all = credits_, booked = booked_credits_;
  for (const auto& [sum, more] : {std::pair{&all, &debits_}, std::pair{&booked, &booked_debits_}}) {
    sum->count += more->count - 1;
    sum->known = sum->known && more->known;
    sum->add(more->minor);
  }
  check_total(Field::kTotalCount, Field::kTotalSum, all, booked);
  check_total(Field::kCreditCount, Field::kCreditSum, credits_, booked_credits_);
  check_total(Field::kDebitCount, Field::kDebitSum, debits_, booked_debits_);
  if (mixed_ && !(statement_.opening && statement_.closing)) {
    reading_.disagrees(line, "Stmt/Ntry/Amt", "wrong_currency",
                       "the entries are of several currencies: no sum proves them");
  }
  check_balances(line);
}

// Banks sum all entries or those that are booked; some write the net sum in place of the sum.
void CamtReader::check_total(Field count, Field sum, const Tally& all, const Tally& booked) {
  const auto count_said = iso20022::parse_count(slots_.text(count));
  if (count_said && *count_said != all.count && *count_said != booked.count) {
    reading_.disagrees(slots_[count].line, "TxsSummry/NbOfNtries", "wrong_count",
                       "the statement has " + std::to_string(all.count) + " entries, it says " +
                           std::to_string(*count_said));
  }
  const Currency currency = entry_currency_.value_or(Currency());
  const auto said = minor_of(sum, currency);
  if (!said || mixed_ || !entry_currency_ || !all.known) return;
  const std::int64_t net = credits_.minor - debits_.minor;
  const bool is_net = sum == Field::kTotalSum && (*said == net || *said == -net);
  if (*said == all.minor || *said == booked.minor || is_net) return;
  reading_.disagrees(slots_[sum].line, "TxsSummry/Sum", "wrong_sum",
                     "the entries are " + Money(all.minor, currency).to_decimal_string() +
                         " in all, the statement says " + slots_.text(sum));
}

void CamtReader::check_balances(std::int64_t line) {
  const auto& [opening, closing] = std::pair(statement_.opening, statement_.closing);
  if (!opening || !closing || slots_.text(Field::kLastPage) == "false") return;
  const Currency currency = opening->amount.currency();
  if (mixed_ || closing->amount.currency() != currency ||
      entry_currency_.value_or(currency) != currency) {
    reading_.disagrees(line, "Stmt/Bal/Amt", "wrong_currency",
                       "the balances and the entries are of several currencies");
    return;
  }
  std::int64_t sum = opening->amount.minor();
  if (!booked_credits_.known || !booked_debits_.known ||
      __builtin_add_overflow(sum, booked_credits_.minor, &sum) ||
      __builtin_sub_overflow(sum, booked_debits_.minor, &sum)) {
    return;
  }
  if (sum == closing->amount.minor()) return;
  reading_.disagrees(line, "Stmt/Bal/Amt", "balances_do_not_add_up",
                     "the opening balance and the entries give " +
                         Money(sum, currency).to_decimal_string() + ", the closing balance is " +
                         closing->amount.to_decimal_string());
}

// Counts and net sums of all statements, where each says them and there is one currency.
void CamtReader::add_to_control() {
  domain::BankControl& control = reading_.control();
  every_count_said_ = every_count_said_ && statement_.entries;
  if (every_count_said_ && *statement_.entries < INT32_MAX) {
    control.entries_said = control.entries_said.value_or(0) + *statement_.entries;
  } else {
    control.entries_said.reset();
  }
  const Currency currency = entry_currency_.value_or(Currency());
  std::optional<std::int64_t> net = minor_of(Field::kTotalNet, currency);
  if (net && slots_.text(Field::kTotalNetDirection) == "DBIT") net = -*net;
  const auto credits = minor_of(Field::kCreditSum, currency);
  const auto debits = minor_of(Field::kDebitSum, currency);
  if (!net && (credits || debits)) net = credits.value_or(0) - debits.value_or(0);
  const bool other = control.sum_said && control.sum_said->currency() != currency;
  std::int64_t sum = control.sum_said ? control.sum_said->minor() : 0;
  every_sum_said_ = every_sum_said_ && net && !other && entry_currency_ && !mixed_ &&
                    !__builtin_add_overflow(sum, *net, &sum);
  control.sum_said = every_sum_said_ ? std::optional(Money(sum, currency)) : std::nullopt;
}

}  // namespace formats::bank::camt
