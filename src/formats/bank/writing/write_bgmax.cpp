// BgMax as Bankgirot lays it out ("Bankgiro Inbetalningar, teknisk manual"): records of 80
// columns in ISO-8859-1, a deposit a section.
#include <map>

#include "formats/bank/writing/bank_writers.h"
#include "formats/bank/writing/fixed_record.h"

namespace formats::bank {
namespace {

using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;

constexpr std::size_t kColumns = 80;

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
    add("15" + right("58410000010098232", 35, '0') + day + zeros(++deposits_of_day_[day], 5) +
        zeros(sum < 0 ? -sum : sum, 18) + statement.currency +
        zeros(static_cast<std::int64_t>(section.entries.size()), 8));
  }

  void write_entry(const BankEntry& entry, bool came) {
    // 2: there is a reference; 0: there is none.
    const std::string known = entry.reference.empty() ? "0" : "2";
    const std::string payer = right(entry.payer.account, 10, '0');
    add((came ? "20" : "21") + payer + right(entry.reference, 25, ' ') +
        zeros(entry.amount.minor(), 18) + known + "2" + right(entry.bank_reference, 12, '0') + "0" +
        (came ? "" : "1"));
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
