#include "formats/bank/ocrgiro/ocrgiro.h"

#include <algorithm>
#include <utility>

#include "formats/bank/fixed_width/records.h"

namespace formats::bank::ocrgiro {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 80;
constexpr std::string_view kStart = "NY000010";

Currency krone() { return Currency::parse("NOK").value(); }

class OcrGiroReader {
 public:
  explicit OcrGiroReader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    ++file_records_;
    if (ended_ && !std::exchange(told_end_, true)) {
      reading_.disagrees(line_, "", "record_after_end", "a record stands behind record 89");
    }
    if (record.raw(1, 2) != "NY") {
      reading_.problem(line_, "1-2", "unknown_record", "the record does not begin with NY");
      return;
    }
    const std::string_view service = record.raw(3, 4), kind = record.raw(7, 8);
    if (service == "00") return take_frame(kind, record);
    ++records_;
    if (kind == "20") return begin(service, record);
    if (kind == "88") return end(record);
    if (!in_assignment_) {
      reading_.disagrees(line_, kind, "record_out_of_place", "the record stands in no assignment");
      return;
    }
    if (passed_over_) {
      items_ += kind == "30" ? 1 : 0;
      return;
    }
    take_item(service, kind, record);
  }

  void finish() {
    if (in_assignment_) cut();
    if (!ended_) reading_.disagrees(line_, "89", "file_cut", "the file ends without record 89");
  }

 private:
  void take_frame(std::string_view kind, const Record& record) {
    if (kind == "10") {
      if (std::exchange(started_, true)) {
        reading_.disagrees(line_, "10", "record_out_of_place", "a second record 10");
      }
      return;
    }
    if (kind != "89") {
      reading_.problem(line_, kind, "unknown_record", "the record is skipped");
      return;
    }
    if (in_assignment_) cut();
    ended_ = true;
    reading_.compare(line_, "89.transactions", "wrong_count", record.number(9, 16), all_items_);
    reading_.compare(line_, "89.records", "wrong_count", record.number(17, 24), file_records_);
    if (!passed_any_) {
      reading_.compare(line_, "89.sum", "wrong_sum", record.number(25, 41), all_sum_);
    }
    reading_.control().entries_said = record.number(9, 16);
    if (const auto sum = record.number(25, 41)) reading_.control().sum_said = Money(*sum, krone());
  }

  void begin(std::string_view service, const Record& record) {
    if (in_assignment_) cut();
    in_assignment_ = true;
    records_ = 1;
    items_ = sum_ = 0;
    const std::string_view type = record.raw(5, 6);
    const bool known = (service == "09" && type == "00") || (service == "21" && type == "24");
    passed_over_ = !known;
    passed_any_ = passed_any_ || passed_over_;
    if (passed_over_) {
      reading_.problem(line_, "20", "not_read",
                       "assignments of service " + std::string(service) + ", type " +
                           std::string(type) + " are what we send; this one is passed over");
    }
    statement_ = {};
    statement_.id = record.text(9, 17) + "/" + record.text(18, 24);
    statement_.account = record.identity(25, 35);
    statement_.currency = krone().code();
    reading_.statement_begins(statement_);
  }

  void take_item(std::string_view service, std::string_view kind, const Record& record) {
    if (service == "21" && kind == "70") return take_agreement(record);
    if (kind == "30") return take_payment(record);
    const bool continues = kind == "31" || kind == "32";
    if (!continues) {
      reading_.problem(line_, kind, "unknown_record", "the record is skipped");
      return;
    }
    if (!entry_) {
      if (!left_out_) {
        reading_.problem(line_, kind, "record_out_of_place", "the record belongs to no payment");
      }
      return;
    }
    if (kind == "32") {
      if (std::string text = record.text(16, 55); !text.empty()) entry_->remittance.push_back(text);
      return;
    }
    entry_->bank_reference = record.identity(26, 34).empty() ? "" : record.text(26, 34);
    if (entry_->bank_reference.empty() && !record.identity(16, 25).empty()) {
      entry_->bank_reference = record.text(16, 25);
    }
    entry_->payer.account = record.identity(48, 58).empty() ? "" : record.text(48, 58);
  }

  void take_payment(const Record& record) {
    flush();
    ++items_;
    left_out_ = true;
    const auto amount = record.amount(33, 49, krone());
    if (!amount) {
      reading_.disagrees(line_, "30.amount", amount.error().code,
                         amount.error().text + "; the record is left out");
      return;
    }
    left_out_ = false;
    const std::string_view type = record.raw(5, 6);
    const bool back = type == "18" || type == "20" || record.raw(32, 32) == "-";
    sum_ += back ? -amount->minor() : amount->minor();
    entry_.emplace();
    entry_->statement = statement_.id;
    entry_->account = statement_.account;
    entry_->line = line_;
    entry_->amount = *amount;
    entry_->direction = back ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    entry_->reversal = back;
    entry_->booking_date = record.day(16, DayForm::kDayMonthYear6);
    if (!entry_->booking_date) {
      reading_.disagrees(line_, "30.settlement_date", "bad_date",
                         "\"" + record.text(16, 21) + "\" is no day");
    }
    entry_->reference = record.text(50, 74);
    entry_->code = record.text(5, 6);
  }

  void take_agreement(const Record& record) {
    ++items_;
    domain::BankMandate mandate;
    mandate.id = record.text(17, 41);
    mandate.code = record.text(16, 16);
    mandate.line = line_;
    const bool notice = record.raw(42, 42) == "J";
    if (mandate.code == "1") {
      mandate.state = "created";
    } else if (mandate.code == "2") {
      mandate.state = "cancelled";
    } else {
      mandate.state = "announced";
    }
    mandate.text = notice ? "wants notice by paper" : "wants no notice";
    if (mandate.code != "0" && mandate.code != "1" && mandate.code != "2") {
      reading_.problem(line_, "70.registration", "unknown_code",
                       "\"" + mandate.code + "\" is no known kind of registration");
    }
    reading_.mandate(std::move(mandate));
  }

  void flush() {
    if (entry_) reading_.entry(std::move(*entry_));
    entry_.reset();
  }

  void end(const Record& record) {
    flush();
    if (!in_assignment_) {
      reading_.disagrees(line_, "88", "record_out_of_place", "the record ends no assignment");
      return;
    }
    reading_.compare(line_, "88.transactions", "wrong_count", record.number(9, 16), items_);
    reading_.compare(line_, "88.records", "wrong_count", record.number(17, 24), records_);
    const bool sums = record.raw(3, 4) == "09";
    if (sums) reading_.compare(line_, "88.sum", "wrong_sum", record.number(25, 41), sum_);
    statement_.entries = record.number(9, 16);
    close();
  }

  void cut() {
    flush();
    reading_.disagrees(line_, "88", "section_not_closed", "the assignment has no record 88");
    close();
  }

  void close() {
    all_items_ += items_;
    if (__builtin_add_overflow(all_sum_, sum_, &all_sum_)) all_sum_ = 0;
    reading_.statement_ends(statement_);
    in_assignment_ = left_out_ = false;
  }

  Reading& reading_;
  std::int64_t line_ = 0;
  bool started_ = false, ended_ = false, told_end_ = false, in_assignment_ = false;
  bool passed_over_ = false, passed_any_ = false, left_out_ = false;
  domain::BankStatement statement_;
  std::optional<BankEntry> entry_;
  std::int64_t records_ = 0, items_ = 0, sum_ = 0;
  std::int64_t file_records_ = 0, all_items_ = 0, all_sum_ = 0;
};

}  // namespace

bool claims(std::string_view head) {
  const auto records = fixed_width::first_records(head, kWidth, 1);
  if (records.empty()) return false;
  const std::string_view digits = records.front().substr(0, 31);
  return digits.starts_with(kStart) && digits.size() == 31 &&
         std::ranges::all_of(digits.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  OcrGiroReader reader(reading);
  TRY(fixed_width::for_each_record(source, reading, kWidth,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::ocrgiro
