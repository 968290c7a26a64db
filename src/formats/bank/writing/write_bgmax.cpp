// BgMax as Bankgirot lays it out ("Bankgiro Inbetalningar, teknisk manual"): records of 80
// columns in ISO-8859-1, a deposit a section.
#include <map>

#include "formats/bank/writing/bank_writers.h"

namespace formats::bank {
namespace {

using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;

constexpr std::size_t kColumns = 80;

// ISO-8859-1 of UTF-8; what it does not have is a question mark.
std::string latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size == 1) {
      bytes.push_back(text[at]);
    } else if ((lead == 0xC2 || lead == 0xC3) && at + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[at + 1]);
      bytes.push_back(static_cast<char>(((lead & 3U) << 6U) | (next & 0x3FU)));
    } else {
      bytes.push_back('?');
    }
    at += size;
  }
  return bytes;
}

std::string left(std::string_view text, std::size_t width) {
  std::string field = latin1(text).substr(0, width);
  field.resize(width, ' ');
  return field;
}

std::string right(std::string_view text, std::size_t width, char fill) {
  const std::string field = latin1(text).substr(0, width);
  return std::string(width - field.size(), fill) + field;
}

std::string zeros(std::int64_t number, std::size_t width) {
  return right(std::to_string(number), width, '0');
}

// "20261120" of a day or of the head of a time.
std::string digits(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if ('0' <= c && c <= '9') kept.push_back(c);
  }
  return kept;
}

class Writer {
 public:
  std::string write(const WrittenFile& file) {
    std::string stamp = digits(file.created);
    stamp.resize(20, '0');
    add("01" + left("BGMAX", 20) + "01" + stamp + "P");
    for (const WrittenStatement& section : file.statements) write_section(section);
    add("70" + zeros(payments_, 8) + zeros(deductions_, 8) + zeros(references_, 8) +
        zeros(static_cast<std::int64_t>(file.statements.size()), 8));
    return std::move(text_);
  }

 private:
  void add(std::string record) {
    record.resize(kColumns, ' ');
    text_ += record + "\r\n";
  }

  // Deposits are counted anew each day, in whichever file they are told.
  void write_section(const WrittenStatement& section) {
    const domain::BankStatement& statement = section.statement;
    add("05" + right(statement.account, 10, '0') + left("", 10) + statement.currency);
    std::int64_t sum = 0;
    for (const BankEntry& entry : section.entries) {
      const bool came = entry.direction == MoneyDirection::kCredit;
      ++(came ? payments_ : deductions_);
      sum += came ? entry.amount.minor() : -entry.amount.minor();
      write_entry(entry, came);
    }
    const std::string day = statement.to ? digits(statement.to->to_string()) : left("", 8);
    add("15" + right("58410000010098232", 35, '0') + day +
        zeros(++deposits_of_day_[day], 5) + zeros(sum, 18) + statement.currency +
        zeros(static_cast<std::int64_t>(section.entries.size()), 8));
  }

  void write_entry(const BankEntry& entry, bool came) {
    // 2: there is a reference; 0: there is none.
    const std::string known = entry.reference.empty() ? "0" : "2";
    const std::string payer = right(entry.payer.account, 10, '0');
    add((came ? "20" : "21") + payer + right(entry.reference, 25, ' ') +
        zeros(entry.amount.minor(), 18) + known + "2" + right(entry.bank_reference, 12, '0') +
        "0" + (came ? "" : "1"));
    for (const BankEntryDetail& detail : entry.details) {
      ++references_;
      add((detail.direction == MoneyDirection::kCredit ? "22" : "23") + payer +
          right(detail.reference, 25, ' ') + zeros(detail.amount ? detail.amount->minor() : 0, 18) +
          "22" + right(entry.bank_reference, 12, '0') + "0");
    }
    for (const std::string& line : entry.remittance) add("25" + left(line, 50));
    if (!entry.payer.name.empty()) add("26" + left(entry.payer.name, 35));
  }

  std::string text_;
  std::map<std::string, std::int64_t> deposits_of_day_;
  std::int64_t payments_ = 0, deductions_ = 0, references_ = 0;
};

}  // namespace

std::string write_bgmax(const WrittenFile& file) { return Writer().write(file); }

}  // namespace formats::bank
