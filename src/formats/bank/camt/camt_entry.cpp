// Entries and their details: amounts, days, references, and who is at the other end.
#include <algorithm>
#include <utility>

#include "formats/bank/camt/camt_reader.h"
#include "formats/bank/iso20022/values.h"

namespace formats::bank::camt {

using base::Money;
using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;

namespace {

// What stands where the payer gave no id.
constexpr std::string_view kNotProvided = "NOTPROVIDED";

bool is_true(std::string_view text) { return text == "true" || text == "1"; }

// Some banks write small letters; schema_check.h tells of it.
std::optional<MoneyDirection> direction_said(std::string_view text) {
  const auto is = [text](std::string_view word) {
    return text.size() == word.size() &&
           std::ranges::equal(text, word, [](char c, char w) { return (c | 0x20) == (w | 0x20); });
  };
  if (is("CRDT")) return MoneyDirection::kCredit;
  if (is("DBIT")) return MoneyDirection::kDebit;
  return std::nullopt;
}

std::string known_id(const std::string& text) { return text == kNotProvided ? "" : text; }

}  // namespace

void CamtReader::begin_entry(std::int64_t line) {
  slots_.clear(Field::kEntry, Field::kBatchCount);
  entry_line_ = line;
  batch_count_.reset();
  entry_charges_ = {};
  details_.clear();
  detail_elements_ = 0;
  head_.reset();
  overfull_ = parts_credit_ = parts_debit_ = false;
  told_minor_ = 0;
}

void CamtReader::end_entry(std::int64_t) {
  if (!in_statement_) return;
  tell_statement();
  BankEntry entry;
  if (head_) {
    entry = *head_;
  } else if (!read_entry(entry)) {
    ++left_out_;
    return;
  } else {
    count_entry(entry);
  }
  read_batch(entry);
  add_details(entry);
  if (head_) return tell_rest(std::move(entry));
  if (!overfull_) check_details(entry);
  reading_.entry(std::move(entry));
}

// Without an amount and a direction it is no entry; everything else may be missing.
bool CamtReader::read_entry(BankEntry& entry) {
  const auto missing = [this](std::string_view field) {
    reading_.disagrees(entry_line_, field, "missing_value", "the entry is left out");
    return false;
  };
  if (!slots_.has(Field::kAmount)) return missing("Ntry/Amt");
  const auto amount = amount_of(Field::kAmount, "Ntry/Amt", Need::kMuch);
  if (!amount) return false;
  const auto direction = direction_of_entry();
  if (!direction) return missing("Ntry/CdtDbtInd");
  if (slots_[Field::kAmount].currency.empty()) {
    reading_.problem(entry_line_, "Ntry/Amt/@Ccy", "missing_value",
                     "the account's currency is taken");
  }
  entry.statement = statement_.id;
  entry.account = statement_.account;
  entry.line = entry_line_;
  entry.amount = *amount;
  entry.direction = *direction;
  entry.reversal = is_true(slots_.text(Field::kReversal));
  const std::string& status = slots_.text(Field::kStatus);
  if (status.empty()) {
    reading_.problem(entry_line_, "Ntry/Sts", "missing_value", "the entry is taken for booked");
  }
  entry.booked = status.empty() || status == "BOOK";
  entry.booking_date = day_of(Field::kBookingDay, "Ntry/BookgDt");
  entry.value_date = day_of(Field::kValueDay, "Ntry/ValDt");
  entry.bank_reference = slots_.text(Field::kBankReference);
  entry.code = code_of(Field::kCodeDomain, Field::kCodeOwn);
  entry.charges = entry_charges_.taken();
  entry.charges_apart = entry_charges_.are_apart();
  return true;
}

// Where the entry does not say it, its parts may, or its kind: credit transfers that are received.
std::optional<MoneyDirection> CamtReader::direction_of_entry() {
  if (const auto said = direction_said(slots_.text(Field::kDirection))) return said;
  std::optional<MoneyDirection> direction;
  std::string_view from;
  const std::string& family = slots_.text(Field::kCodeFamily);
  if (parts_credit_ != parts_debit_) {
    direction = parts_credit_ ? MoneyDirection::kCredit : MoneyDirection::kDebit;
    from = "its parts say";
  } else if (!parts_credit_ && (family == "RCDT" || family == "RRCT") &&
             !slots_.text(Field::kCodeSubfamily).ends_with("RTN") &&
             !is_true(slots_.text(Field::kReversal))) {
    direction = MoneyDirection::kCredit;
    from = "its code says that money was received";
  }
  if (direction) {
    reading_.problem(entry_line_, "Ntry/CdtDbtInd", "missing_value", std::string(from));
  }
  return direction;
}

void CamtReader::count_entry(const BankEntry& entry) {
  if (!entry_currency_) entry_currency_ = entry.amount.currency();
  if (*entry_currency_ != entry.amount.currency()) mixed_ = true;
  const bool credit = entry.direction == MoneyDirection::kCredit;
  (credit ? credits_ : debits_).add(entry.amount.minor());
  if (entry.booked) (credit ? booked_credits_ : booked_debits_).add(entry.amount.minor());
}

void CamtReader::read_batch(BankEntry& entry) {
  const std::string& own = slots_.text(Field::kBatchId);
  const std::string& message = slots_.text(Field::kBatchMessage);
  if (own.empty() && message.empty() && !batch_count_) return;
  entry.batch = BankEntry::Batch{.id = own.empty() ? message : own, .count = batch_count_};
  if (batch_count_ && detail_elements_ > 0 && *batch_count_ != detail_elements_) {
    reading_.problem(entry_line_, "NtryDtls/Btch/NbOfTxs", "wrong_count",
                     "the batch lists " + std::to_string(detail_elements_) +
                         " transactions, it says " + std::to_string(*batch_count_));
  }
}

// What a single detail says is the entry's own.
void CamtReader::add_details(BankEntry& entry) {
  entry.details = std::move(details_);
  details_.clear();
  if (entry.details.empty()) {
    if (slots_.has(Field::kEntryText)) entry.remittance = {slots_.text(Field::kEntryText)};
    return;
  }
  if (detail_elements_ != 1) return;
  BankEntryDetail& only = entry.details.front();
  if (!only.amount) only.amount = entry.amount;
  entry.end_to_end_id = only.end_to_end_id;
  if (only.remittance.empty() && only.reference.empty() && entry.details.size() == 1 &&
      slots_.has(Field::kEntryText)) {
    only.remittance = {slots_.text(Field::kEntryText)};
  }
  entry.remittance = only.remittance;
  entry.payer = only.payer;
  entry.returned = only.returned;
  if (entry.bank_reference.empty()) entry.bank_reference = only.bank_reference;
  if (entry.code.empty()) {
    entry.code = code_of(Field::kDetailCodeDomain, Field::kDetailCodeOwn);
  }
  if (!entry.charges) {
    entry.charges = only.charges;
    entry.charges_apart = only.charges_apart;
  }
  if (entry.details.size() == 1) entry.reference = only.reference;
}

void CamtReader::check_details(const BankEntry& entry) {
  if (entry.details.size() < 2) return;
  std::int64_t sum = 0;
  for (const BankEntryDetail& detail : entry.details) {
    if (!detail.amount || detail.amount->currency() != entry.amount.currency()) return;
    const bool same = detail.direction == entry.direction;
    if (__builtin_add_overflow(sum, same ? detail.amount->minor() : -detail.amount->minor(),
                               &sum)) {
      return;
    }
  }
  if (sum == entry.amount.minor()) return;
  reading_.problem(entry_line_, "NtryDtls/TxDtls", "details_do_not_add_up",
                   "the details are " + Money(sum, entry.amount.currency()).to_decimal_string() +
                       " in all, the entry is " + entry.amount.to_decimal_string());
}

void CamtReader::begin_detail() {
  slots_.clear(Field::kDetail, Field::kReturnText);
  for (Party& party : parties_) party.clear();
  party_ = nullptr;
  remittance_.clear();
  documents_.clear();
  documents_left_out_ = false;
  return_text_.clear();
  detail_charges_ = {};
  entry_in_debit_ = direction_said(slots_.text(Field::kDirection)) == MoneyDirection::kDebit;
}

void CamtReader::end_detail() {
  if (!in_statement_) return;
  tell_statement();
  ++detail_elements_;
  BankEntryDetail detail;
  auto instructed = amount_of(Field::kInstructedAmount, "AmtDtls/InstdAmt");
  if (!instructed) instructed = amount_of(Field::kOriginalAmount, "OrgnlTxRef");
  detail.amount = amount_of(Field::kDetailAmount, "TxDtls/Amt");
  if (!detail.amount) {
    detail.amount = amount_of(Field::kDetailTransactionAmount, "AmtDtls/TxAmt");
  }
  if (!detail.amount) detail.amount = instructed;
  if (instructed != detail.amount) detail.instructed = instructed;
  detail.charges = detail_charges_.taken();
  detail.charges_apart = detail_charges_.are_apart() ||
                         (slots_.has(Field::kDetailAmount) && instructed == detail.amount);
  const auto direction = direction_said(slots_.text(Field::kDetailDirection));
  detail.direction =
      direction.value_or(entry_in_debit_ ? MoneyDirection::kDebit : MoneyDirection::kCredit);
  parts_credit_ = parts_credit_ || direction == MoneyDirection::kCredit;
  parts_debit_ = parts_debit_ || direction == MoneyDirection::kDebit;
  detail.remittance = std::move(remittance_);
  detail.end_to_end_id = known_id(slots_.text(Field::kEndToEndId));
  detail.mandate_id = known_id(slots_.text(Field::kMandateId));
  detail.transaction_id = known_id(slots_.text(Field::kDetailTransaction));
  detail.bank_reference = known_id(slots_.text(Field::kDetailBankReference));
  if (detail.bank_reference.empty()) detail.bank_reference = detail.transaction_id;
  if (slots_.has(Field::kReturnCode) || !return_text_.empty()) {
    detail.returned =
        domain::BankReturn{.code = slots_.text(Field::kReturnCode), .text = return_text_};
  }
  choose_payer(detail);
  if (detail.remittance.empty() && documents_.empty() && slots_.has(Field::kDetailText)) {
    detail.remittance = {slots_.text(Field::kDetailText)};
  }
  if (overfull_) return;
  split_by_references(detail);
  if (details_.size() >= kDetailsOfEntryMax) make_room();
}

void CamtReader::end_document() {
  domain::BankDocument document;
  document.reference = iso20022::normalised_reference(slots_.text(Field::kDocumentReference));
  document.number = slots_.text(Field::kDocumentNumber);
  document.kind = slots_.text(Field::kDocumentKind);
  document.amount = amount_of(Field::kDocumentAmount, "RfrdDocAmt/RmtdAmt");
  if (!document.amount && slots_.has(Field::kDocumentCredit)) {
    document.amount = amount_of(Field::kDocumentCredit, "RfrdDocAmt/CdtNoteAmt");
    document.direction = MoneyDirection::kDebit;
  }
  if (document.reference.empty() && document.number.empty() && !document.amount) return;
  if (documents_.size() >= kDocumentsMax) {
    if (!std::exchange(documents_left_out_, true)) too_many("TxDtls/RmtInf/Strd");
    return;
  }
  documents_.push_back(std::move(document));
}

// One reference is the detail's own. Of several none is; where each names its part of the amount,
// each part is a detail.
void CamtReader::split_by_references(BankEntryDetail& detail) {
  std::int64_t sum = 0;
  bool several = false, whole = detail.amount.has_value() && !documents_left_out_;
  for (const domain::BankDocument& document : documents_) {
    if (detail.reference.empty()) detail.reference = document.reference;
    several = several || (!document.reference.empty() && document.reference != detail.reference);
    whole = whole && !document.reference.empty() && document.amount &&
            document.amount->currency() == detail.amount->currency() && sum < INT64_MAX / 4;
    if (!whole) continue;
    const bool credit = document.direction == MoneyDirection::kCredit;
    sum += credit ? document.amount->minor() : -document.amount->minor();
  }
  const bool plain =
      documents_.size() == 1 && documents_.front().number.empty() && !documents_.front().amount;
  if (several && whole && sum == detail.amount->minor()) {
    for (const domain::BankDocument& document : documents_) {
      BankEntryDetail part = detail;
      part.reference = document.reference;
      part.amount = document.amount;
      if (document.direction == MoneyDirection::kDebit) {
        part.direction = detail.direction == MoneyDirection::kDebit ? MoneyDirection::kCredit
                                                                    : MoneyDirection::kDebit;
      }
      part.documents = {document};
      details_.push_back(std::move(part));
    }
    return;
  }
  if (several) detail.reference.clear();
  if (!plain) detail.documents = std::move(documents_);
  details_.push_back(std::move(detail));
}

// The other end: the debtor of a credit, the creditor of a debit. Returns keep the parts of the
// payment that came back, so that the other end may be on the other side.
void CamtReader::choose_payer(BankEntryDetail& detail) {
  Party* debtor = &parties_[0];
  Party* creditor = &parties_[1];
  debtor->value.account = slots_.text(Field::kDebtorAccount);
  creditor->value.account = slots_.text(Field::kCreditorAccount);
  for (Party& party : parties_) {
    if (party.value.name == kNotProvided) party.value.name.clear();
  }
  Party* other = entry_in_debit_ ? creditor : debtor;
  Party* own = entry_in_debit_ ? debtor : creditor;
  const auto is_ours = [this](const Party& party) {
    return !party.value.account.empty() && party.value.account == statement_.account;
  };
  const bool turned = is_ours(*other) && !is_ours(*own) && !own->value.empty();
  const bool came_back = (detail.returned || is_true(slots_.text(Field::kReversal))) &&
                         !own->value.empty() && !is_ours(*own) && other->value.account.empty();
  if (turned || came_back) std::swap(other, own);
  const Party& ultimate = parties_[other == debtor ? 2 : 3];
  if (other->value.name.empty() && !ultimate.value.name.empty()) {
    other->value.name = ultimate.value.name;
    if (other->value.identity.empty()) other->value.identity = ultimate.value.identity;
  }
  other->finish();
  std::erase(other->value.account, ' ');
  detail.payer = std::move(other->value);
}

}  // namespace formats::bank::camt
