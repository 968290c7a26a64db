// pain.001, credit transfers: SEPA's in euro (EPC132-08), and domestic ones of Swedish banks in
// other currencies, to a bankgiro or account number.
#include "formats/bank/writing/iso_message.h"
#include "formats/bank/writing/order_writers.h"

namespace formats::bank {
namespace {

using base::Result;
using domain::CreditTransfer;
using domain::TransferBatch;

constexpr std::string_view kMessage = "CstmrCdtTrfInitn";

// Bankgirot as the bank behind a bankgiro number, by its clearing number.
void write_payee_bank(IsoMessage& message, const domain::AccountHolder& payee) {
  if (payee.bank) return message.agent("CdtrAgt", payee.bank);
  if (!std::holds_alternative<domain::Bankgiro>(*payee.account)) return;
  message.open("CdtrAgt");
  message.open("FinInstnId");
  message.open("ClrSysMmbId");
  message.open("ClrSysId");
  message.leaf("Cd", "SESBA");
  message.close("ClrSysId");
  message.leaf("MmbId", "9900");
  message.close("ClrSysMmbId");
  message.close("FinInstnId");
  message.close("CdtrAgt");
}

void write_transfer(IsoMessage& message, const CreditTransfer& transfer) {
  message.open("CdtTrfTxInf");
  message.open("PmtId");
  message.leaf("EndToEndId", transfer->end_to_end_id);
  message.close("PmtId");
  message.open("Amt");
  message.amount("InstdAmt", transfer->amount);
  message.close("Amt");
  write_payee_bank(message, transfer->payee);
  message.party("Cdtr", transfer->payee);
  message.account("CdtrAcct", *transfer->payee.account);
  if (!transfer->purpose.empty()) {
    message.open("Purp");
    message.leaf("Cd", transfer->purpose);
    message.close("Purp");
  }
  message.remittance(transfer->reference, transfer->remittance);
  message.close("CdtTrfTxInf");
  message.line();
}

Result<> write_batch(IsoMessage& message, const TransferBatch& batch,
                     const domain::BatchTotals& totals) {
  const bool sepa = totals.currency && totals.currency->code() == "EUR";
  message.open("PmtInf");
  message.leaf("PmtInfId", batch.id);
  message.leaf("PmtMtd", "TRF");
  message.leaf("BtchBookg", "true");
  message.totals(totals);
  message.open("PmtTpInf");
  message.open("SvcLvl");
  message.leaf("Cd", sepa ? "SEPA" : "NURG");
  message.close("SvcLvl");
  message.close("PmtTpInf");
  if (message.old()) {
    message.day("ReqdExctnDt", *batch.day);
  } else {
    message.open("ReqdExctnDt");
    message.day("Dt", *batch.day);
    message.close("ReqdExctnDt");
  }
  message.party("Dbtr", batch.payer);
  message.account("DbtrAcct", *batch.payer.account);
  message.agent("DbtrAgt", batch.payer.bank);
  if (sepa) message.leaf("ChrgBr", "SLEV");
  message.line();
  TRY(batch.transfers.for_each([&](const CreditTransfer& transfer) -> Result<> {
    write_transfer(message, transfer);
    return message.state();
  }));
  message.close("PmtInf");
  message.line();
  return {};
}

}  // namespace

Result<> write_pain001(const domain::PaymentOrder& order, const domain::OrderCheck& check,
                       std::string_view version, ByteSink& sink) {
  IsoMessage message("pain.001." + std::string(version), version == "001.03", sink);
  message.begin(kMessage);
  message.header(order, check.all);
  for (std::size_t index = 0; index < order.transfers.size(); ++index) {
    TRY(write_batch(message, order.transfers[index], check.batches[index]));
  }
  return message.end(kMessage);
}

}  // namespace formats::bank
