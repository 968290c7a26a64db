#include "formats/bank/bgmax/bgmax.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "formats/bank/fixed_width/records.h"

namespace formats::bank::bgmax {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 80;
constexpr std::string_view kVersion = "01";

// What records 20 to 23 have in common.
struct Sum {
  std::string payer_account;
  std::string reference;
  Money amount;
  std::string serial;
};

// Between a 05 and its 15.
struct Section {
  std::int64_t line = 0;
  domain::BankStatement statement;
  std::optional<Currency> currency;
  std::vector<BankEntry> entries;
  std::int64_t records = 0;  // 20 and 21, read or not.
  std::int64_t sum_minor = 0;
};

// What record 70 counts.
struct Counts {
  std::int64_t payments = 0, deductions = 0, extra_references = 0, deposits = 0;
};

class BgMaxReader {
 public:
  explicit BgMaxReader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    if (refused_) return;
    const std::string_view code = record.raw(1, 2);
    if (!started_ && code != "01") {
      reading_.disagrees(line_, "01", "missing_start", "the file does not begin with a record 01");
      started_ = true;
    }
    if (ended_ && !std::exchange(goes_on_, true)) {
      reading_.disagrees(line_, code, "record_after_end", "a record stands behind record 70");
    }
    if (code == "01") return start(record);
    if (code == "05") return begin_section(record);
    if (code == "15") return end_section(record);
    if (code == "70") return end_file(record);
    if (!section_) {
      reading_.disagrees(line_, code, "record_out_of_place", "the record stands in no section");
      return;
    }
    take_in_section(code, record);
  }

  void finish() {
    if (refused_) return;
    if (section_) cut_section(line_);
    if (!ended_) reading_.disagrees(line_, "70", "file_cut", "the file ends without record 70");
  }

 private:
  void start(const Record& record) {
    if (std::exchange(started_, true)) {
      reading_.disagrees(line_, "01", "record_out_of_place", "a second record 01");
      return;
    }
    if (record.raw(23, 24) != kVersion) {
      refused_ = true;
      reading_.disagrees(line_, "01.version", "unknown_version",
                         "the layout's version is \"" + record.text(23, 24) + "\", known is 01");
      return;
    }
    const std::string_view stamp = record.raw(25, 44);
    if (record.day(25, DayForm::kYearMonthDay8) && record.number(33, 44)) {
      const auto part = [&](std::size_t at, std::size_t length) {
        return std::string(stamp.substr(at, length));
      };
      created_ = part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                 part(10, 2) + ":" + part(12, 2) + "." + part(14, 6);
    } else {
      reading_.problem(line_, "01.timestamp", "bad_date",
                       "\"" + record.text(25, 44) + "\" is no time");
    }
    if (record.raw(45, 45) == "T") {
      reading_.problem(line_, "01.test_mark", "test_file", "the file is marked as a test");
    }
  }

  void begin_section(const Record& record) {
    if (section_) cut_section(line_);
    section_.emplace();
    section_->line = line_;
    section_->statement.account = record.identity(3, 12);
    section_->statement.created = created_;
    const std::string currency = record.text(23, 25);
    if (const auto known = Currency::parse(currency)) {
      section_->currency = *known;
      section_->statement.currency = currency;
    } else {
      reading_.disagrees(line_, "05.currency", "unknown_currency",
                         "\"" + currency + "\" is no known currency; the section is left out");
    }
  }

  void take_in_section(std::string_view code, const Record& record) {
    if (code == "20" || code == "21") return take_payment(code == "21", record);
    if (code == "22" || code == "23") return take_extra_reference(code == "23", record);
    if (code < "25" || code > "29") {
      reading_.problem(line_, code, "unknown_record", "the record is skipped");
      return;
    }
    if (payment_ == Payment::kNone) {
      reading_.problem(line_, code, "record_out_of_place", "the record belongs to no payment");
    }
    if (payment_ != Payment::kRead) return;
    add_facts(code, record, section_->entries.back());
  }

  // Absent with a problem told where the amount cannot be read.
  std::optional<Sum> read_sum(std::string_view code, const Record& record) {
    if (!section_->currency) return std::nullopt;
    auto amount = record.amount(38, 55, *section_->currency);
    if (!amount) {
      reading_.disagrees(line_, std::string(code) + ".amount", amount.error().code,
                         amount.error().text + "; the record is left out");
      return std::nullopt;
    }
    return Sum{.payer_account = record.identity(3, 12),
               .reference = record.text(13, 37),
               .amount = *amount,
               .serial = record.text(58, 69)};
  }

  void take_payment(bool deduction, const Record& record) {
    payment_ = Payment::kLeftOut;
    has_postcode_ = false;
    ++section_->records;
    ++(deduction ? counts_.deductions : counts_.payments);
    auto sum = read_sum(deduction ? "21" : "20", record);
    if (!sum) return;
    if (section_->entries.size() == kSectionEntriesMax) {
      reading_.disagrees(line_, record.raw(1, 2), "section_too_long",
                         "the section has more payments than can be kept; this one is left out");
      return;
    }
    payment_ = Payment::kRead;
    section_->sum_minor += deduction ? -sum->amount.minor() : sum->amount.minor();
    BankEntry entry;
    entry.account = section_->statement.account;
    entry.line = line_;
    entry.amount = sum->amount;
    entry.direction = deduction ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    entry.reference = std::move(sum->reference);
    entry.bank_reference = std::move(sum->serial);
    entry.payer.account = std::move(sum->payer_account);
    entry.code = deduction ? "21" : "20";
    if (deduction && !record.is_blank(71, 71)) entry.code += "-" + record.text(71, 71);
    section_->entries.push_back(std::move(entry));
  }

  void take_extra_reference(bool negative, const Record& record) {
    ++counts_.extra_references;
    if (payment_ == Payment::kNone) {
      reading_.problem(line_, record.raw(1, 2), "record_out_of_place",
                       "the record belongs to no payment");
    }
    if (payment_ != Payment::kRead) return;
    auto sum = read_sum(negative ? "23" : "22", record);
    if (!sum) return;
    BankEntryDetail detail;
    detail.amount = sum->amount;
    detail.direction = negative ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    detail.reference = std::move(sum->reference);
    detail.bank_reference = std::move(sum->serial);
    detail.payer.account = std::move(sum->payer_account);
    section_->entries.back().details.push_back(std::move(detail));
  }

  // Records 25 to 29: text, name, address, organisation number.
  void add_facts(std::string_view code, const Record& record, BankEntry& entry) {
    domain::BankParty& payer = entry.payer;
    const auto add_line = [&payer](std::string line) {
      if (!line.empty()) payer.address.push_back(std::move(line));
    };
    const auto joined = [](std::string first, const std::string& second) {
      if (!first.empty() && !second.empty()) first += ' ';
      return first + second;
    };
    if (code == "25") {
      if (std::string text = record.text(3, 52); !text.empty()) entry.remittance.push_back(text);
    } else if (code == "26") {
      payer.name = joined(record.text(3, 37), record.text(38, 72));
    } else if (code == "27") {
      add_line(record.text(3, 37));
      add_line(record.text(38, 46));
      has_postcode_ = !record.is_blank(38, 46);
    } else if (code == "28") {
      if (std::exchange(has_postcode_, false)) {
        payer.address.back() = joined(payer.address.back(), record.text(3, 37));
      } else {
        add_line(record.text(3, 37));
      }
      add_line(joined(record.text(38, 72), record.text(73, 74)));
    } else {
      payer.identity = record.identity(3, 14);
    }
  }

  void end_section(const Record& record) {
    ++counts_.deposits;
    if (!section_) {
      reading_.disagrees(line_, "15", "record_out_of_place", "the record ends no section");
      return;
    }
    const auto day = record.day(38, DayForm::kYearMonthDay8);
    if (!day) {
      reading_.disagrees(line_, "15.payment_date", "bad_date",
                         "\"" + record.text(38, 45) + "\" is no day");
    }
    domain::BankStatement& statement = section_->statement;
    statement.id = statement.account + "/" + (day ? day->to_string() : record.text(38, 45)) + "/" +
                   record.text(46, 50);
    statement.from = statement.to = day;
    statement.entries = record.number(72, 79);
    check_section(record);
    if (!ids_.insert(statement.id).second) {
      reading_.problem(line_, "15.serial", "repeated_statement",
                       "a deposit of this account, day and serial stands in the file already");
    }
    flush_section(day);
  }

  void check_section(const Record& record) {
    const Section& section = *section_;
    if (section.statement.entries != section.records) {
      reading_.disagrees(line_, "15.count", "wrong_count",
                         "the section has " + std::to_string(section.records) +
                             " payments, record 15 says " + record.text(72, 79));
    }
    if (!section.currency) return;
    if (const std::string currency = record.text(69, 71); currency != section.statement.currency) {
      reading_.disagrees(
          line_, "15.currency", "wrong_currency",
          "record 15 says " + currency + ", record 05 " + section.statement.currency);
    }
    const Money sum(section.sum_minor, *section.currency);
    auto said = record.number(51, 68);
    // The record has no sign: more was taken back than came.
    if (said && sum.is_negative()) said = -*said;
    if (said != sum.minor()) {
      reading_.disagrees(line_, "15.amount", "wrong_sum",
                         "the section's payments are " + sum.to_decimal_string() +
                             " in all, record 15 says " + record.text(51, 68) + " minor units");
    }
    add_to_sum_said(said, *section.currency);
  }

  // Sums of one currency only are a sum.
  void add_to_sum_said(std::optional<std::int64_t> said, Currency currency) {
    auto& control = reading_.control();
    const bool other = control.sum_said && control.sum_said->currency() != currency;
    std::int64_t sum = control.sum_said ? control.sum_said->minor() : 0;
    mixed_ = mixed_ || !said || other || __builtin_add_overflow(sum, *said, &sum);
    control.sum_said = mixed_ ? std::nullopt : std::optional(Money(sum, currency));
  }

  void cut_section(std::int64_t line) {
    reading_.disagrees(line, "15", "section_not_closed",
                       "the section that begins in line " + std::to_string(section_->line) +
                           " has no record 15; its payments have no day");
    section_->statement.id = section_->statement.account + "/" + std::to_string(section_->line);
    flush_section(std::nullopt);
  }

  void flush_section(std::optional<base::Date> day) {
    Section section = std::move(*section_);
    section_.reset();
    payment_ = Payment::kNone;
    reading_.statement_begins(section.statement);
    for (BankEntry& entry : section.entries) {
      entry.statement = section.statement.id;
      entry.booking_date = day;
      check_split(entry);
      reading_.entry(std::move(entry));
    }
    reading_.statement_ends(section.statement);
  }

  // Records 22 less records 23 are the payment, unless they name references only.
  void check_split(const BankEntry& entry) {
    std::int64_t sum = 0;
    bool names_sums = false;
    for (const BankEntryDetail& detail : entry.details) {
      const std::int64_t minor = detail.amount->minor();
      names_sums = names_sums || minor != 0;
      sum += detail.direction == MoneyDirection::kCredit ? minor : -minor;
    }
    if (!names_sums || sum == entry.amount.minor()) return;
    reading_.problem(entry.line, "22.amount", "details_do_not_add_up",
                     "the extra references are " +
                         Money(sum, entry.amount.currency()).to_decimal_string() +
                         " in all, the payment is " + entry.amount.to_decimal_string());
  }

  void end_file(const Record& record) {
    if (section_) cut_section(line_);
    ended_ = true;
    reading_.control().entries_said = counts_said(record);
    const struct {
      std::string_view field;
      std::size_t from;
      std::int64_t counted;
    } rows[] = {{"70.payments", 3, counts_.payments},
                {"70.deductions", 11, counts_.deductions},
                {"70.extra_references", 19, counts_.extra_references},
                {"70.deposits", 27, counts_.deposits}};
    for (const auto& row : rows) {
      const auto said = record.number(row.from, row.from + 7);
      if (said == row.counted) continue;
      reading_.disagrees(line_, row.field, "wrong_count",
                         "the file has " + std::to_string(row.counted) + ", record 70 says \"" +
                             record.text(row.from, row.from + 7) + "\"");
    }
  }

  static std::optional<std::int64_t> counts_said(const Record& record) {
    const auto payments = record.number(3, 10), deductions = record.number(11, 18);
    if (!payments || !deductions) return std::nullopt;
    return *payments + *deductions;
  }

  enum class Payment { kNone, kRead, kLeftOut };

  Reading& reading_;
  std::int64_t line_ = 0;
  bool started_ = false, ended_ = false, goes_on_ = false, refused_ = false, mixed_ = false;
  std::string created_;
  std::optional<Section> section_;
  Payment payment_ = Payment::kNone;
  Counts counts_;
  bool has_postcode_ = false;  // The last line of the address is one, its town not read yet.
  std::set<std::string> ids_;
};

}  // namespace

bool claims(std::string_view head) {
  const auto records = fixed_width::first_records(head, kWidth, 1);
  return !records.empty() && records.front().starts_with("01BGMAX ");
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  BgMaxReader reader(reading);
  TRY(fixed_width::for_each_record(source, reading, kWidth,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::bgmax
