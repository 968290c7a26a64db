#include "formats/bank/writing/iso_message.h"

namespace formats::bank {
namespace {

using domain::DebitScheme;
using domain::DebitSequence;

constexpr std::string_view kUnknownBank = "NOTPROVIDED";
constexpr std::string_view kOtherBank = "SMNDA";  // Same mandate, new debtor agent.

std::string_view word_of(DebitSequence sequence) {
  switch (sequence) {
    case DebitSequence::kFirst: return "FRST";
    case DebitSequence::kRecurrent: return "RCUR";
    case DebitSequence::kFinal: return "FNAL";
    case DebitSequence::kOneOff: return "OOFF";
  }
  return {};
}

}  // namespace

void IsoMessage::begin(std::string_view message) {
  put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:");
  put(name_);
  put("\">\n");
  open(message);
}

base::Result<> IsoMessage::end(std::string_view message) {
  close(message);
  put("</Document>\n");
  return out_.finish();
}

void IsoMessage::open(std::string_view name) {
  put("<");
  put(name);
  put(">");
}

void IsoMessage::close(std::string_view name) {
  put("</");
  put(name);
  put(">");
}

// SEPA's letters need no escape in XML.
void IsoMessage::leaf(std::string_view name, std::string_view text) {
  open(name);
  if (domain::is_sepa_text(text)) {
    put(text);
  } else {
    put(domain::to_sepa_text(text));
  }
  close(name);
}

void IsoMessage::amount(std::string_view name, base::Money amount) {
  put("<");
  put(name);
  put(" Ccy=\"");
  put(amount.currency().code());
  put("\">");
  put(amount.to_decimal_string());
  close(name);
}

void IsoMessage::header(const domain::PaymentOrder& order, const domain::BatchTotals& totals,
                        std::string_view sender_id, bool reversal) {
  open("GrpHdr");
  leaf("MsgId", order.id);
  leaf("CreDtTm", order.created.to_string());
  this->totals(totals);
  if (reversal) leaf("GrpRvsl", "false");
  open("InitgPty");
  leaf("Nm", order.sender_name);
  if (!sender_id.empty()) {
    open("Id");
    open("OrgId");
    other_id(sender_id);
    close("OrgId");
    close("Id");
  }
  close("InitgPty");
  close("GrpHdr");
  line();
}

void IsoMessage::totals(const domain::BatchTotals& totals) {
  leaf("NbOfTxs", std::to_string(totals.count));
  leaf("CtrlSum", totals.sum());
}

void IsoMessage::other_id(std::string_view id, std::string_view scheme, bool proprietary) {
  open("Othr");
  leaf("Id", id);
  if (!scheme.empty()) {
    open("SchmeNm");
    leaf(proprietary ? "Prtry" : "Cd", scheme);
    close("SchmeNm");
  }
  close("Othr");
}

// Up to 2013 an address is lines and a country; since then town and postal code have their own
// elements. EPC's guidelines let both through with at most two lines.
void IsoMessage::party(const domain::AccountHolder& holder) {
  leaf("Nm", holder.name);
  const bool place = !holder.town.empty() || !holder.postal_code.empty();
  if (holder.country.empty() && holder.address.empty() && !place) return;
  open("PstlAdr");
  if (!old_) leaf_if("PstCd", holder.postal_code);
  if (!old_) leaf_if("TwnNm", holder.town);
  leaf_if("Ctry", holder.country);
  std::size_t lines = old_ && place ? 1 : 2;
  for (const std::string& line : holder.address) {
    if (lines-- == 0) break;
    leaf_if("AdrLine", line);
  }
  if (old_ && place) {
    const std::string_view blank = holder.town.empty() || holder.postal_code.empty() ? "" : " ";
    leaf("AdrLine", holder.postal_code + std::string(blank) + holder.town);
  }
  close("PstlAdr");
}

void IsoMessage::party(std::string_view name, const domain::AccountHolder& holder) {
  open(name);
  party(holder);
  close(name);
}

void IsoMessage::account(std::string_view name, const domain::BankAccount& account) {
  open(name);
  open("Id");
  if (const auto* iban = std::get_if<domain::Iban>(&account)) {
    leaf("IBAN", iban->text());
  } else if (const auto* swedish = std::get_if<domain::SwedishAccount>(&account)) {
    other_id(swedish->clearing() + swedish->number(), "BBAN", false);
  } else if (const auto* bankgiro = std::get_if<domain::Bankgiro>(&account)) {
    other_id(bankgiro->text(), "BGNR");
  } else {
    other_id(domain::text_of(account), "BBAN", false);
  }
  close("Id");
  close(name);
}

void IsoMessage::agent(std::string_view name, const std::optional<domain::Bic>& bank) {
  open(name);
  open("FinInstnId");
  if (bank) {
    leaf(old_ ? "BIC" : "BICFI", bank->text());
  } else {
    other_id(kUnknownBank);
  }
  close("FinInstnId");
  close(name);
}

void IsoMessage::remittance(std::string_view reference, std::string_view words) {
  if (reference.empty() && words.empty()) return;
  open("RmtInf");
  if (reference.empty()) {
    leaf("Ustrd", words);
  } else {
    open("Strd");
    open("CdtrRefInf");
    open("Tp");
    open("CdOrPrtry");
    leaf("Cd", "SCOR");
    close("CdOrPrtry");
    if (reference.starts_with("RF")) leaf("Issr", "ISO");
    close("Tp");
    leaf("Ref", reference);
    close("CdtrRefInf");
    close("Strd");
  }
  close("RmtInf");
}

void IsoMessage::payment_type(DebitScheme scheme, std::optional<DebitSequence> sequence) {
  open("PmtTpInf");
  open("SvcLvl");
  leaf("Cd", "SEPA");
  close("SvcLvl");
  open("LclInstrm");
  leaf("Cd", scheme == DebitScheme::kB2b ? "B2B" : "CORE");
  close("LclInstrm");
  if (sequence) leaf("SeqTp", word_of(*sequence));
  close("PmtTpInf");
}

void IsoMessage::creditor_scheme(std::string_view name, const domain::CreditorId& id,
                                 std::string_view creditor) {
  open(name);
  leaf_if("Nm", creditor);
  open("Id");
  open("PrvtId");
  other_id(id.text(), "SEPA");
  close("PrvtId");
  close("Id");
  close(name);
}

void IsoMessage::mandate(const domain::Debit& debit) {
  leaf("MndtId", debit->mandate);
  if (debit->signed_on) day("DtOfSgntr", *debit->signed_on);
  leaf("AmdmntInd", debit->amendment.empty() ? "false" : "true");
  if (!debit->amendment.empty()) amendment(debit->amendment);
}

void IsoMessage::amendment(const domain::MandateAmendment& amendment) {
  open("AmdmntInfDtls");
  if (amendment.original_mandate) leaf("OrgnlMndtId", *amendment.original_mandate);
  if (amendment.original_creditor_id) {
    creditor_scheme("OrgnlCdtrSchmeId", *amendment.original_creditor_id,
                    amendment.original_creditor_name);
  } else if (!amendment.original_creditor_name.empty()) {
    open("OrgnlCdtrSchmeId");
    leaf("Nm", amendment.original_creditor_name);
    close("OrgnlCdtrSchmeId");
  }
  if (amendment.original_account) account("OrgnlDbtrAcct", *amendment.original_account);
  if (amendment.other_bank) {
    open("OrgnlDbtrAcct");
    open("Id");
    other_id(kOtherBank);
    close("Id");
    close("OrgnlDbtrAcct");
  }
  close("AmdmntInfDtls");
}

}  // namespace formats::bank
