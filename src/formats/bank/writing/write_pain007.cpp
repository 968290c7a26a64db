// pain.007, reversals by the creditor of debits that were collected (EPC130-08): each names the
// debit as it was sent, so that the bank finds it and pays it back.
//
// Schemas are at hand of 001.10 and 001.12; 001.09 differs in where a mandate stands, 001.02 also
// in how parties and banks are written.
#include "formats/bank/writing/iso_message.h"
#include "formats/bank/writing/order_writers.h"

namespace formats::bank {
namespace {

using base::Result;
using domain::Reversal;
using domain::ReversalBatch;

constexpr std::string_view kMessage = "CstmrPmtRvsl";

class Writer {
 public:
  Writer(std::string_view version, ByteSink& sink)
      : message_("pain.007." + std::string(version), version == "001.02", sink),
        mandate_of_kind_(version > "001.09") {}

  Result<> write(const domain::PaymentOrder& order, const domain::OrderCheck& check) {
    message_.begin(kMessage);
    message_.header(order, check.all, {}, true);
    const ReversalBatch& first = order.reversals.front();
    message_.open("OrgnlGrpInf");
    message_.leaf("OrgnlMsgId", first.original_message);
    message_.leaf("OrgnlMsgNmId", first.original_format);
    message_.close("OrgnlGrpInf");
    message_.line();
    for (std::size_t index = 0; index < order.reversals.size(); ++index) {
      TRY(write_batch(order.reversals[index], order.sender_name));
    }
    return message_.end(kMessage);
  }

 private:
  Result<> write_batch(const ReversalBatch& batch, std::string_view sender) {
    message_.open("OrgnlPmtInfAndRvsl");
    message_.leaf("OrgnlPmtInfId", batch.original_batch);
    message_.leaf("PmtInfRvsl", "false");
    message_.line();
    TRY(batch.reversals.for_each([&](const Reversal& reversal) -> Result<> {
      write_reversal(batch, reversal, sender);
      return message_.state();
    }));
    message_.close("OrgnlPmtInfAndRvsl");
    message_.line();
    return {};
  }

  void write_reversal(const ReversalBatch& batch, const Reversal& reversal,
                      std::string_view sender) {
    const domain::Debit& debit = reversal->original;
    message_.open("TxInf");
    message_.leaf("RvslId", reversal->id);
    message_.leaf("OrgnlEndToEndId", debit->end_to_end_id);
    message_.amount("OrgnlInstdAmt", debit->amount);
    message_.amount("RvsdInstdAmt", reversal->amount);
    message_.leaf("ChrgBr", "SLEV");
    message_.open("RvslRsnInf");
    message_.open("Orgtr");
    message_.leaf("Nm", sender);
    message_.close("Orgtr");
    message_.open("Rsn");
    message_.leaf("Cd", reversal->reason);
    message_.close("Rsn");
    message_.close("RvslRsnInf");
    write_original(batch, debit);
    message_.close("TxInf");
    message_.line();
  }

  void write_original(const ReversalBatch& batch, const domain::Debit& debit) {
    message_.open("OrgnlTxRef");
    message_.day("ReqdColltnDt", *batch.day);
    message_.creditor_scheme("CdtrSchmeId", *batch.creditor.id);
    message_.payment_type(batch.scheme, batch.sequence);
    message_.leaf("PmtMtd", "DD");
    message_.open("MndtRltdInf");
    if (mandate_of_kind_) message_.open("DrctDbtMndt");
    message_.mandate(debit);
    if (mandate_of_kind_) message_.close("DrctDbtMndt");
    message_.close("MndtRltdInf");
    message_.remittance(debit->reference, debit->remittance);
    party("Dbtr", debit->debtor);
    message_.account("DbtrAcct", *debit->debtor.account);
    message_.agent("DbtrAgt", debit->debtor.bank);
    message_.agent("CdtrAgt", batch.creditor.holder.bank);
    party("Cdtr", batch.creditor.holder);
    message_.account("CdtrAcct", *batch.creditor.holder.account);
    message_.close("OrgnlTxRef");
  }

  void party(std::string_view name, const domain::AccountHolder& holder) {
    message_.open(name);
    if (!message_.old()) message_.open("Pty");
    message_.party(holder);
    if (!message_.old()) message_.close("Pty");
    message_.close(name);
  }

  IsoMessage message_;
  bool mandate_of_kind_;
};

}  // namespace

Result<> write_pain007(const domain::PaymentOrder& order, const domain::OrderCheck& check,
                       std::string_view version, ByteSink& sink) {
  return Writer(version, sink).write(order, check);
}

}  // namespace formats::bank
