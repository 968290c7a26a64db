#include "formats/bank/camt/fields.h"

namespace formats::bank::camt {
namespace {

using iso20022::PathRow;

struct Row {
  std::string_view path;
  Field field;
  bool group = false;
};

constexpr std::string_view kMessages[] = {"BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn",
                                          "BkToCstmrAcctRpt"};
constexpr std::string_view kStatements[] = {"Stmt", "Ntfctn", "Rpt"};
// From .08 on a party or a bank stands in one more element.
constexpr std::string_view kTransparent[] = {"Pty"};

// Below a statement.
constexpr Row kStatementRows[] = {
    {"", Field::kStatement, true},
    {"/Id", Field::kStatementId},
    {"/CreDtTm", Field::kStatementCreated},
    {"/FrToDt/FrDtTm", Field::kFrom},
    {"/FrToDt/ToDtTm", Field::kTo},
    {"/FrToDt/FrDt", Field::kFrom},
    {"/FrToDt/ToDt", Field::kTo},
    {"/StmtPgntn/LastPgInd", Field::kLastPage},
    {"/RptPgntn/LastPgInd", Field::kLastPage},
    {"/NtfctnPgntn/LastPgInd", Field::kLastPage},
    {"/Acct/Id/IBAN", Field::kIban},
    {"/Acct/Id/Othr/Id", Field::kOtherAccount},
    {"/Acct/Ccy", Field::kAccountCurrency},
    {"/Bal", Field::kBalance, true},
    {"/Bal/Tp/CdOrPrtry/Cd", Field::kBalanceKind},
    {"/Bal/Amt", Field::kBalanceAmount},
    {"/Bal/CdtDbtInd", Field::kBalanceDirection},
    {"/Bal/Dt/Dt", Field::kBalanceDay},
    {"/Bal/Dt/DtTm", Field::kBalanceDay},
    {"/TxsSummry/TtlNtries/NbOfNtries", Field::kTotalCount},
    {"/TxsSummry/TtlNtries/Sum", Field::kTotalSum},
    {"/TxsSummry/TtlNtries/TtlNetNtryAmt", Field::kTotalNet},
    {"/TxsSummry/TtlNtries/CdtDbtInd", Field::kTotalNetDirection},
    {"/TxsSummry/TtlNtries/TtlNetNtry/Amt", Field::kTotalNet},
    {"/TxsSummry/TtlNtries/TtlNetNtry/CdtDbtInd", Field::kTotalNetDirection},
    {"/TxsSummry/TtlCdtNtries/NbOfNtries", Field::kCreditCount},
    {"/TxsSummry/TtlCdtNtries/Sum", Field::kCreditSum},
    {"/TxsSummry/TtlDbtNtries/NbOfNtries", Field::kDebitCount},
    {"/TxsSummry/TtlDbtNtries/Sum", Field::kDebitSum},
    {"/Ntry", Field::kEntry, true},
    {"/Ntry/Amt", Field::kAmount},
    {"/Ntry/CdtDbtInd", Field::kDirection},
    {"/Ntry/RvslInd", Field::kReversal},
    {"/Ntry/Sts", Field::kStatus},
    {"/Ntry/Sts/Cd", Field::kStatus},
    {"/Ntry/Sts/Prtry", Field::kStatus},
    {"/Ntry/BookgDt/Dt", Field::kBookingDay},
    {"/Ntry/BookgDt/DtTm", Field::kBookingDay},
    {"/Ntry/ValDt/Dt", Field::kValueDay},
    {"/Ntry/ValDt/DtTm", Field::kValueDay},
    {"/Ntry/AcctSvcrRef", Field::kBankReference},
    {"/Ntry/BkTxCd/Domn/Cd", Field::kCodeDomain},
    {"/Ntry/BkTxCd/Domn/Fmly/Cd", Field::kCodeFamily},
    {"/Ntry/BkTxCd/Domn/Fmly/SubFmlyCd", Field::kCodeSubfamily},
    {"/Ntry/BkTxCd/Prtry/Cd", Field::kCodeOwn},
    {"/Ntry/Chrgs", Field::kEntryCharges, true},
    {"/Ntry/Chrgs/TtlChrgsAndTaxAmt", Field::kEntryChargesTotal},
    {"/Ntry/Chrgs/Rcrd", Field::kEntryCharges, true},
    {"/Ntry/Chrgs/Amt", Field::kEntryCharge},
    {"/Ntry/Chrgs/Rcrd/Amt", Field::kEntryCharge},
    {"/Ntry/Chrgs/CdtDbtInd", Field::kEntryChargeDirection},
    {"/Ntry/Chrgs/Rcrd/CdtDbtInd", Field::kEntryChargeDirection},
    {"/Ntry/Chrgs/Br", Field::kEntryChargeBearer},
    {"/Ntry/Chrgs/Rcrd/Br", Field::kEntryChargeBearer},
    {"/Ntry/Chrgs/Rcrd/ChrgInclInd", Field::kEntryChargeIncluded},
    {"/Ntry/AddtlNtryInf", Field::kEntryText},
    {"/Ntry/NtryDtls/Btch/MsgId", Field::kBatchMessage},
    {"/Ntry/NtryDtls/Btch/PmtInfId", Field::kBatchId},
    {"/Ntry/NtryDtls/Btch/NbOfTxs", Field::kBatchCount},
};

// Below a TxDtls.
constexpr Row kDetailRows[] = {
    {"", Field::kDetail, true},
    {"/Refs/AcctSvcrRef", Field::kDetailBankReference},
    {"/Refs/TxId", Field::kDetailTransaction},
    {"/Refs/EndToEndId", Field::kEndToEndId},
    {"/Refs/MndtId", Field::kMandateId},
    {"/Amt", Field::kDetailAmount},
    {"/CdtDbtInd", Field::kDetailDirection},
    {"/AmtDtls/TxAmt/Amt", Field::kDetailTransactionAmount},
    {"/AmtDtls/InstdAmt/Amt", Field::kInstructedAmount},
    {"/OrgnlTxRef/Amt/InstdAmt", Field::kOriginalAmount},
    {"/OrgnlTxRef/IntrBkSttlmAmt", Field::kOriginalAmount},
    {"/RtrInf/OrgnlTxRef/Amt/InstdAmt", Field::kOriginalAmount},
    {"/RtrInf/OrgnlTxRef/IntrBkSttlmAmt", Field::kOriginalAmount},
    {"/BkTxCd/Domn/Cd", Field::kDetailCodeDomain},
    {"/BkTxCd/Domn/Fmly/Cd", Field::kDetailCodeFamily},
    {"/BkTxCd/Domn/Fmly/SubFmlyCd", Field::kDetailCodeSubfamily},
    {"/BkTxCd/Prtry/Cd", Field::kDetailCodeOwn},
    {"/Chrgs", Field::kDetailCharges, true},
    {"/Chrgs/TtlChrgsAndTaxAmt", Field::kDetailChargesTotal},
    {"/Chrgs/Rcrd", Field::kDetailCharges, true},
    {"/Chrgs/Amt", Field::kDetailCharge},
    {"/Chrgs/Rcrd/Amt", Field::kDetailCharge},
    {"/Chrgs/CdtDbtInd", Field::kDetailChargeDirection},
    {"/Chrgs/Rcrd/CdtDbtInd", Field::kDetailChargeDirection},
    {"/Chrgs/Br", Field::kDetailChargeBearer},
    {"/Chrgs/Rcrd/Br", Field::kDetailChargeBearer},
    {"/Chrgs/Rcrd/ChrgInclInd", Field::kDetailChargeIncluded},
    {"/RltdPties/DbtrAcct/Id/IBAN", Field::kDebtorAccount},
    {"/RltdPties/DbtrAcct/Id/Othr/Id", Field::kDebtorAccount},
    {"/RltdPties/CdtrAcct/Id/IBAN", Field::kCreditorAccount},
    {"/RltdPties/CdtrAcct/Id/Othr/Id", Field::kCreditorAccount},
    {"/RmtInf/Ustrd", Field::kUnstructured},
    {"/AddtlTxInf", Field::kDetailText},
    {"/RmtInf/Strd/AddtlRmtInf", Field::kAdditional},
    {"/RmtInf/Strd", Field::kDocument, true},
    {"/RmtInf/Strd/RfrdDocInf/Tp/CdOrPrtry/Cd", Field::kDocumentKind},
    {"/RmtInf/Strd/RfrdDocInf/Nb", Field::kDocumentNumber},
    {"/RmtInf/Strd/RfrdDocAmt/RmtdAmt", Field::kDocumentAmount},
    {"/RmtInf/Strd/RfrdDocAmt/CdtNoteAmt", Field::kDocumentCredit},
    {"/RmtInf/Strd/CdtrRefInf/Ref", Field::kDocumentReference},
    {"/RmtInf/Strd/CdtrRefInf/CdtrRef", Field::kDocumentReference},
    {"/RtrInf/Rsn/Cd", Field::kReturnCode},
    {"/RtrInf/Rsn/Prtry", Field::kReturnCode},
    {"/RtrInf/AddtlInf", Field::kReturnText},
};

constexpr Row kParties[] = {
    {"/RltdPties/Dbtr", Field::kDebtor},
    {"/RltdPties/Cdtr", Field::kCreditor},
    {"/RltdPties/UltmtDbtr", Field::kUltimateDebtor},
    {"/RltdPties/UltmtCdtr", Field::kUltimateCreditor},
};

// Below a party.
constexpr Row kPartyRows[] = {
    {"/Nm", Field::kPartyName},
    {"/PstlAdr/AdrLine", Field::kPartyLine},
    {"/PstlAdr/StrtNm", Field::kPartyStreet},
    {"/PstlAdr/BldgNb", Field::kPartyBuilding},
    {"/PstlAdr/PstCd", Field::kPartyPostcode},
    {"/PstlAdr/TwnNm", Field::kPartyTown},
    {"/PstlAdr/Ctry", Field::kPartyCountry},
    {"/Id/OrgId/Othr/Id", Field::kPartyIdentity},
    {"/Id/PrvtId/Othr/Id", Field::kPartyIdentity},
};

void add(std::vector<PathRow>& rows, const std::string& above, const Row& row, bool group) {
  rows.push_back({.path = above + std::string(row.path),
                  .field = static_cast<int>(row.field),
                  .group = group});
}

std::vector<PathRow> all_rows() {
  std::vector<PathRow> rows;
  for (const std::string_view name : kStatements) {
    const std::string statement(name);
    for (const Row& row : kStatementRows) add(rows, statement, row, row.group);
    const std::string detail = statement + "/Ntry/NtryDtls/TxDtls";
    for (const Row& row : kDetailRows) add(rows, detail, row, row.group);
    for (const Row& party : kParties) {
      add(rows, detail, party, true);
      const std::string above = detail + std::string(party.path);
      for (const Row& row : kPartyRows) add(rows, above, row, false);
    }
  }
  return rows;
}

}  // namespace

const iso20022::PathTable& fields() {
  static const iso20022::PathTable kTable(kMessages, all_rows(), kTransparent);
  return kTable;
}

}  // namespace formats::bank::camt
