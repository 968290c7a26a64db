// Autogiro to Bankgirot ("Autogiro, teknisk manual"): mandates, debits and changes of debits, a
// section each with an opening record, in ISO-8859-1 and 80 columns.
//
// What a kind of change does not need is blank, or zeros where it is a payer's number; of changes
// that name no single payment the direction is 00, both. Only the kinds 23, 25 and 29 are proved
// by files of Bankgirot.
#include "formats/bank/writing/fixed_record.h"
#include "formats/bank/writing/order_writers.h"

namespace formats::bank {
namespace {

using base::Result;
using domain::ChangeKind;
using domain::Creditor;
using domain::Debit;
using domain::DebitChange;
using domain::MandateAction;
using domain::MandateOrder;

constexpr std::string_view kAtOnce = "GENAST";

std::string_view code_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kCancelPayer: return "23";
    case ChangeKind::kCancelDay: return "24";
    case ChangeKind::kCancelOne: return "25";
    case ChangeKind::kMoveAll: return "26";
    case ChangeKind::kMoveDay: return "27";
    case ChangeKind::kMovePayerDay: return "28";
    case ChangeKind::kMoveOne: return "29";
  }
  return {};
}

std::string_view code_of(domain::MoneyDirection direction) {
  return direction == domain::MoneyDirection::kCredit ? "82" : "32";
}

class Writer {
 public:
  explicit Writer(ByteSink& sink) : out_(sink) {}

  Result<> write(const domain::PaymentOrder& order) {
    for (const domain::MandateBatch& batch : order.mandates) {
      opened_ = false;
      TRY(batch.mandates.for_each([&](const MandateOrder& mandate) -> Result<> {
        open_once(order, batch.creditor);
        write_mandate(batch.creditor, mandate);
        return out_.state();
      }));
    }
    const Creditor* before = nullptr;
    for (const domain::CollectionBatch& batch : order.collections) {
      // Batches of the same number stand in one section.
      opened_ = before != nullptr && before->bankgiro == batch.creditor.bankgiro &&
                before->customer_number == batch.creditor.customer_number;
      before = &batch.creditor;
      TRY(batch.debits.for_each([&](const Debit& debit) -> Result<> {
        open_once(order, batch.creditor);
        write_debit(batch, debit);
        return out_.state();
      }));
    }
    for (const domain::MandateBatch& batch : order.mandates) {
      opened_ = false;
      TRY(batch.changes.for_each([&](const DebitChange& change) -> Result<> {
        open_once(order, batch.creditor);
        write_change(batch.creditor, change);
        return out_.state();
      }));
    }
    return out_.finish();
  }

 private:
  void open_once(const domain::PaymentOrder& order, const Creditor& creditor) {
    if (std::exchange(opened_, true)) return;
    out_.put(FixedRecord()
                 .text(1, 2, "01")
                 .text(3, 10, digits(order.day.to_string()))
                 .text(11, 22, "AUTOGIRO")
                 .text(63, 68, creditor.customer_number)
                 .number(69, 78, creditor.bankgiro->text())
                 .line());
  }

  void write_mandate(const Creditor& creditor, const MandateOrder& mandate) {
    const std::string& bankgiro = creditor.bankgiro->text();
    FixedRecord record;
    record.number(3, 12, bankgiro).number(13, 28, mandate->payer_number.text());
    if (mandate->action == MandateAction::kCancel) {
      record.text(1, 2, "03");
    } else if (mandate->action == MandateAction::kRenumber) {
      record.text(1, 2, "05")
          .number(29, 38, bankgiro)
          .number(39, 54, mandate->new_payer_number->text());
    } else {
      record.text(1, 2, "04");
      if (mandate->account) {
        record.text(29, 32, mandate->account->clearing())
            .number(33, 44, mandate->account->number())
            .number(45, 56, mandate->identity);
      }
      if (mandate->action == MandateAction::kReject) record.text(77, 78, "AV");
    }
    out_.put(record.line());
  }

  void write_debit(const domain::CollectionBatch& batch, const Debit& debit) {
    FixedRecord record;
    record.text(1, 2, code_of(debit->direction))
        .text(3, 10, batch.day ? digits(batch.day->to_string()) : std::string(kAtOnce))
        .number(11, 11, static_cast<std::int64_t>(debit->repeat))
        .number(16, 31, debit->mandate.text())
        .number(32, 43, debit->amount.minor())
        .number(44, 53, batch.creditor.bankgiro->text())
        .text(54, 69, debit->reference.empty() ? debit->remittance : debit->reference);
    if (debit->times) record.number(12, 14, std::int64_t{*debit->times});
    out_.put(record.line());
  }

  void write_change(const Creditor& creditor, const DebitChange& change) {
    const bool one = change->kind == ChangeKind::kCancelOne || change->kind == ChangeKind::kMoveOne;
    FixedRecord record;
    record.text(1, 2, code_of(change->kind))
        .number(3, 12, creditor.bankgiro->text())
        .number(13, 28, change->payer_number ? change->payer_number->text() : "")
        .text(59, 74, change->reference);
    if (change->day) record.text(29, 36, digits(change->day->to_string()));
    if (one) record.number(37, 48, change->amount->minor());
    if (one) {
      record.text(49, 50, code_of(change->direction));
    } else if (change->kind != ChangeKind::kCancelPayer) {
      record.text(49, 50, "00");
    }
    if (change->new_day) record.text(51, 58, digits(change->new_day->to_string()));
    out_.put(record.line());
  }

  Gathered out_;
  bool opened_ = false;
};

}  // namespace

Result<> write_autogiro(const domain::PaymentOrder& order, const domain::OrderCheck&,
                        std::string_view, ByteSink& sink) {
  return Writer(sink).write(order);
}

}  // namespace formats::bank
