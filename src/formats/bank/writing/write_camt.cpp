// camt.053 and camt.054, version 001.08, as ISO 20022's schemas ask for them.
#include "formats/bank/writing/bank_writers.h"

namespace formats::bank {
namespace {

using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;

struct Message {
  std::string_view name;     // "camt.053.001.08"
  std::string_view message;  // The element that holds it.
  std::string_view part;     // A statement's element.
  bool balances;
};
constexpr Message kStatement{"camt.053.001.08", "BkToCstmrStmt", "Stmt", true};
constexpr Message kNotice{"camt.054.001.08", "BkToCstmrDbtCdtNtfctn", "Ntfctn", false};

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '>') {
      safe += "&gt;";
    } else {
      safe.push_back(c);
    }
  }
  return safe;
}

class Writer {
 public:
  explicit Writer(const Message& message) : message_(message) {}

  std::string write(const WrittenFile& file) {
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:"
        "tech:xsd:" +
        std::string(message_.name) + "\">\n";
    open(message_.message);
    open("GrpHdr");
    leaf("MsgId", file.id);
    leaf("CreDtTm", file.created);
    close("GrpHdr");
    for (const WrittenStatement& part : file.statements) write_part(file, part);
    close(message_.message);
    text_ += "</Document>\n";
    return std::move(text_);
  }

 private:
  void open(std::string_view name) { text_ += "<" + std::string(name) + ">\n"; }
  void close(std::string_view name) { text_ += "</" + std::string(name) + ">\n"; }
  void leaf(std::string_view name, std::string_view value) {
    text_ += "<" + std::string(name) + ">" + escaped(value) + "</" + std::string(name) + ">\n";
  }
  void leaf_if(std::string_view name, std::string_view value) {
    if (!value.empty()) leaf(name, value);
  }
  void amount(base::Money money) {
    text_ += "<Amt Ccy=\"" + std::string(money.currency().code()) + "\">" +
             money.to_decimal_string() + "</Amt>\n";
  }
  void direction(bool credit) { leaf("CdtDbtInd", credit ? "CRDT" : "DBIT"); }
  void day(std::string_view name, base::Date date) {
    open(name);
    leaf("Dt", date.to_string());
    close(name);
  }
  void account(std::string_view number) {
    const bool iban = !number.empty() && 'A' <= number.front() && number.front() <= 'Z';
    open("Id");
    if (iban) {
      leaf("IBAN", number);
    } else {
      open("Othr");
      leaf("Id", number);
      close("Othr");
    }
    close("Id");
  }

  void write_part(const WrittenFile& file, const WrittenStatement& part) {
    open(message_.part);
    leaf("Id", part.statement.id);
    leaf("CreDtTm", file.created);
    open("Acct");
    account(part.statement.account);
    leaf_if("Ccy", part.statement.currency);
    close("Acct");
    if (message_.balances) {
      if (part.statement.opening) balance("OPBD", *part.statement.opening);
      if (part.statement.closing) balance("CLBD", *part.statement.closing);
    }
    for (const BankEntry& entry : part.entries) write_entry(entry);
    close(message_.part);
  }

  void balance(std::string_view code, const domain::BankBalance& balance) {
    open("Bal");
    open("Tp");
    open("CdOrPrtry");
    leaf("Cd", code);
    close("CdOrPrtry");
    close("Tp");
    const bool overdrawn = balance.amount.is_negative();
    amount(overdrawn ? -balance.amount : balance.amount);
    direction(!overdrawn);
    if (balance.day) day("Dt", *balance.day);
    close("Bal");
  }

  void write_entry(const BankEntry& entry) {
    open("Ntry");
    amount(entry.amount);
    direction(entry.direction == MoneyDirection::kCredit);
    if (entry.reversal) leaf("RvslInd", "true");
    open("Sts");
    leaf("Cd", entry.booked ? "BOOK" : "PDNG");
    close("Sts");
    if (entry.booking_date) day("BookgDt", *entry.booking_date);
    if (entry.value_date) day("ValDt", *entry.value_date);
    leaf_if("AcctSvcrRef", entry.bank_reference);
    open("BkTxCd");
    open("Domn");
    leaf("Cd", "PMNT");
    open("Fmly");
    leaf("Cd", entry.direction == MoneyDirection::kCredit ? "RCDT" : "ICDT");
    leaf("SubFmlyCd", "ESCT");
    close("Fmly");
    close("Domn");
    close("BkTxCd");
    open("NtryDtls");
    for (const BankEntryDetail& detail : entry.details) write_detail(entry, detail);
    if (entry.details.empty()) {
      BankEntryDetail only;
      only.amount = entry.amount;
      only.direction = entry.direction;
      only.reference = entry.reference;
      only.remittance = entry.remittance;
      only.end_to_end_id = entry.end_to_end_id;
      only.payer = entry.payer;
      only.returned = entry.returned;
      write_detail(entry, only);
    }
    close("NtryDtls");
    close("Ntry");
  }

  void write_detail(const BankEntry& entry, const BankEntryDetail& detail) {
    open("TxDtls");
    open("Refs");
    leaf_if("AcctSvcrRef", detail.bank_reference);
    leaf("EndToEndId", detail.end_to_end_id.empty() ? "NOTPROVIDED" : detail.end_to_end_id);
    close("Refs");
    amount(detail.amount.value_or(entry.amount));
    direction(detail.direction == MoneyDirection::kCredit);
    write_payer(detail.payer);
    if (!detail.reference.empty() || !detail.remittance.empty()) {
      open("RmtInf");
      for (const std::string& line : detail.remittance) leaf("Ustrd", line);
      if (!detail.reference.empty()) {
        open("Strd");
        open("CdtrRefInf");
        leaf("Ref", detail.reference);
        close("CdtrRefInf");
        close("Strd");
      }
      close("RmtInf");
    }
    if (detail.returned) {
      open("RtrInf");
      open("Rsn");
      leaf("Cd", detail.returned->code);
      close("Rsn");
      leaf_if("AddtlInf", detail.returned->text);
      close("RtrInf");
    }
    close("TxDtls");
  }

  void write_payer(const domain::BankParty& payer) {
    if (payer.empty()) return;
    open("RltdPties");
    if (!payer.name.empty()) {
      open("Dbtr");
      open("Pty");
      leaf("Nm", payer.name);
      close("Pty");
      close("Dbtr");
    }
    if (!payer.account.empty()) {
      open("DbtrAcct");
      account(payer.account);
      close("DbtrAcct");
    }
    close("RltdPties");
  }

  const Message& message_;
  std::string text_;
};

}  // namespace

std::string write_camt053(const WrittenFile& file) { return Writer(kStatement).write(file); }
std::string write_camt054(const WrittenFile& file) { return Writer(kNotice).write(file); }

}  // namespace formats::bank
