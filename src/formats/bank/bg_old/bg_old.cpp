#include "formats/bank/bg_old/bg_old.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "formats/bank/fixed_width/records.h"

namespace formats::bank::bg_old {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 80;
constexpr std::string_view kSender = "BANKGIROT";

Currency krona() { return Currency::parse("SEK").value(); }

// Digits whose last one may carry a minus: J to R, and - or } for zero.
std::optional<std::int64_t> signed_number(const Record& record, std::size_t from, std::size_t to) {
  std::string digits(record.raw(from, to));
  if (digits.empty()) return std::nullopt;
  char& last = digits.back();
  const bool below_zero = (last >= 'J' && last <= 'R') || last == '-' || last == '}';
  if (last >= 'J' && last <= 'R') {
    last = static_cast<char>('1' + (last - 'J'));
  } else if (below_zero) {
    last = '0';
  }
  const auto value = Record(record.line(), digits).number(1, digits.size());
  return value && below_zero ? std::optional(-*value) : value;
}

class BgOldReader {
 public:
  explicit BgOldReader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    const std::string_view code = record.raw(1, 2);
    if (ended_ && !std::exchange(goes_on_, true)) {
      reading_.disagrees(line_, code, "record_after_end", "a record stands behind record 90");
    }
    if (code == "00") return start(record);
    if (code == "10") return;
    if (code == "20") {
      cut();
      bankgiro_ = record.identity(3, 18);
      return;
    }
    if (code == "30") return begin(record);
    if (code == "40") return take_payment(record);
    if (code == "50") return end(record);
    if (code == "90") return end_file(record);
    reading_.problem(line_, code, "unknown_record", "the record is skipped");
  }

  void finish() {
    cut();
    if (!ended_) reading_.disagrees(line_, "90", "file_cut", "the file ends without record 90");
  }

 private:
  void start(const Record& record) {
    if (std::exchange(started_, true)) {
      reading_.disagrees(line_, "00", "record_out_of_place", "a second record 00");
      return;
    }
    if (record.text(72, 80) != kSender) {
      reading_.disagrees(line_, "00.sender", "missing_start", "the file is not from BANKGIROT");
    }
    if (const auto day = record.day(50, DayForm::kYearMonthDay6)) {
      created_ = day->to_string();
    } else {
      reading_.problem(line_, "00.date", "bad_date", "\"" + record.text(50, 55) + "\" is no day");
    }
  }

  void begin(const Record& record) {
    cut();
    in_section_ = true;
    count_ = sum_ = 0;
    statement_ = {};
    statement_.account = record.identity(3, 18);
    statement_.currency = krona().code();
    statement_.created = created_;
    day_ = record.day(19, DayForm::kYearMonthDay6);
    statement_.from = statement_.to = day_;
    if (!day_) {
      reading_.disagrees(line_, "30.date", "bad_date", "\"" + record.text(19, 24) + "\" is no day");
    }
    if (statement_.account != bankgiro_) {
      reading_.disagrees(
          line_, "30.bankgiro", "record_out_of_place",
          "record 20 opens bankgiro " + bankgiro_ + ", record 30 says " + statement_.account);
    }
    statement_.id = statement_.account + "/" + record.text(19, 24);
    if (!ids_.insert(statement_.id).second) {
      statement_.id += "/" + std::to_string(ids_.size() + 1);
      ids_.insert(statement_.id);
    }
    reading_.statement_begins(statement_);
  }

  void take_payment(const Record& record) {
    if (!in_section_) {
      reading_.disagrees(line_, "40", "record_out_of_place", "the payment stands in no section");
      return;
    }
    ++count_;
    const auto minor = signed_number(record, 28, 40);
    const auto amount =
        minor ? Money::make(*minor < 0 ? -*minor : *minor, krona())
              : base::fail("bad_amount", "\"" + record.text(28, 40) + "\" is no amount");
    if (!amount) {
      reading_.disagrees(line_, "40.amount", amount.error().code,
                         amount.error().text + "; the record is left out");
      return;
    }
    sum_ += *minor;
    BankEntry entry;
    entry.statement = statement_.id;
    entry.account = statement_.account;
    entry.line = line_;
    entry.amount = *amount;
    entry.direction = *minor < 0 ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    entry.booking_date = day_;
    entry.reference = record.text(3, 27);
    entry.bank_reference = record.text(49, 58);
    entry.code = record.text(42, 43).empty() ? "40" : "40-" + record.text(42, 43);
    reading_.entry(std::move(entry));
  }

  void end(const Record& record) {
    if (!in_section_) {
      reading_.disagrees(line_, "50", "record_out_of_place", "the record ends no section");
      return;
    }
    reading_.compare(line_, "50.count", "wrong_count", record.number(25, 31), count_);
    reading_.compare(line_, "50.sum", "wrong_sum", signed_number(record, 32, 46), sum_);
    if (record.identity(3, 18) != statement_.account) {
      reading_.disagrees(line_, "50.bankgiro", "record_out_of_place",
                         "the record ends bankgiro " + record.identity(3, 18));
    }
    statement_.entries = record.number(25, 31);
    close();
  }

  void cut() {
    if (!in_section_) return;
    reading_.disagrees(line_, "50", "section_not_closed", "the section has no record 50");
    close();
  }

  void close() {
    all_count_ += count_;
    all_sum_ += sum_;
    in_section_ = false;
    reading_.statement_ends(statement_);
  }

  void end_file(const Record& record) {
    cut();
    ended_ = true;
    const auto count = record.number(25, 31), sum = signed_number(record, 32, 46);
    reading_.compare(line_, "90.count", "wrong_count", count, all_count_);
    reading_.compare(line_, "90.sum", "wrong_sum", sum, all_sum_);
    reading_.control().entries_said = count;
    if (sum) reading_.control().sum_said = Money(*sum, krona());
  }

  Reading& reading_;
  std::int64_t line_ = 0;
  bool started_ = false, ended_ = false, goes_on_ = false, in_section_ = false;
  std::string created_, bankgiro_;
  domain::BankStatement statement_;
  std::optional<base::Date> day_;
  std::int64_t count_ = 0, sum_ = 0, all_count_ = 0, all_sum_ = 0;
  std::set<std::string> ids_;  // Of statements.
};

}  // namespace

// Record 00 with a day in its middle and the sender's name at its end; between them blanks.
bool claims(std::string_view head) {
  const auto records = fixed_width::first_records(head, kWidth, 1);
  if (records.empty()) return false;
  const Record record(1, std::string(records.front()));
  return record.raw(1, 2) == "00" && (record.is_blank(3, 8) || record.number(3, 8)) &&
         record.is_blank(9, 49) && record.day(50, DayForm::kYearMonthDay6) &&
         record.is_blank(56, 71) && record.raw(72, 75) == kSender.substr(0, 4);
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  BgOldReader reader(reading);
  TRY(fixed_width::for_each_record(source, reading, kWidth,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::bg_old
