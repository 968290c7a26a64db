// pain.008, direct debits under SEPA's Core and B2B schemes (EPC130-08, EPC131-08), and Norma
// 19.14, by which Spanish banks mean the same message with the presenter's identifier in its head.
#include "formats/bank/writing/iso_message.h"
#include "formats/bank/writing/order_writers.h"

namespace formats::bank {
namespace {

using base::Result;
using domain::CollectionBatch;
using domain::Debit;

constexpr std::string_view kMessage = "CstmrDrctDbtInitn";

void write_debit(IsoMessage& message, const Debit& debit) {
  message.open("DrctDbtTxInf");
  message.open("PmtId");
  message.leaf("EndToEndId", debit->end_to_end_id);
  message.close("PmtId");
  message.amount("InstdAmt", debit->amount);
  message.open("DrctDbtTx");
  message.open("MndtRltdInf");
  message.mandate(debit);
  message.close("MndtRltdInf");
  message.close("DrctDbtTx");
  message.agent("DbtrAgt", debit->debtor.bank);
  message.party("Dbtr", debit->debtor);
  message.account("DbtrAcct", *debit->debtor.account);
  message.remittance(debit->reference, debit->remittance);
  message.close("DrctDbtTxInf");
  message.line();
}

Result<> write_batch(IsoMessage& message, const CollectionBatch& batch,
                     const domain::BatchTotals& totals) {
  message.open("PmtInf");
  message.leaf("PmtInfId", batch.id);
  message.leaf("PmtMtd", "DD");
  message.leaf("BtchBookg", "true");
  message.totals(totals);
  message.payment_type(batch.scheme, batch.sequence);
  message.day("ReqdColltnDt", *batch.day);
  message.party("Cdtr", batch.creditor.holder);
  message.account("CdtrAcct", *batch.creditor.holder.account);
  message.agent("CdtrAgt", batch.creditor.holder.bank);
  message.leaf("ChrgBr", "SLEV");
  message.creditor_scheme("CdtrSchmeId", *batch.creditor.id);
  message.line();
  TRY(batch.debits.for_each([&](const Debit& debit) -> Result<> {
    write_debit(message, debit);
    return message.state();
  }));
  message.close("PmtInf");
  message.line();
  return {};
}

Result<> write(const domain::PaymentOrder& order, const domain::OrderCheck& check,
               std::string_view version, std::string_view presenter, ByteSink& sink) {
  IsoMessage message("pain.008." + std::string(version), version == "001.02", sink);
  message.begin(kMessage);
  message.header(order, check.all, presenter);
  for (std::size_t index = 0; index < order.collections.size(); ++index) {
    TRY(write_batch(message, order.collections[index], check.batches[index]));
  }
  return message.end(kMessage);
}

}  // namespace

Result<> write_pain008(const domain::PaymentOrder& order, const domain::OrderCheck& check,
                       std::string_view version, ByteSink& sink) {
  return write(order, check, version, {}, sink);
}

Result<> write_norma1914(const domain::PaymentOrder& order, const domain::OrderCheck& check,
                         std::string_view version, ByteSink& sink) {
  return write(order, check, version, order.collections.front().creditor.id->text(), sink);
}

}  // namespace formats::bank
