#include "formats/bank/ktl/ktl.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "formats/bank/fixed_width/records.h"

namespace formats::bank::ktl {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 90;

Currency euro() { return Currency::parse("EUR").value(); }

class KtlReader {
 public:
  explicit KtlReader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    const std::string_view code = record.raw(1, 1);
    if (code == "0") return begin(record);
    if (!in_batch_) {
      reading_.disagrees(line_, code, "record_out_of_place", "the record stands in no batch");
      in_batch_ = true;
    }
    if (code == "3" || code == "5") return take_payment(record);
    if (code == "9") return end(record);
    reading_.problem(line_, code, "unknown_record", "the record is skipped");
  }

  void finish() {
    if (in_batch_) cut();
  }

 private:
  void begin(const Record& record) {
    if (in_batch_) cut();
    in_batch_ = true;
    normal_ = corrections_ = {};
    created_ = record.day(2, DayForm::kYearMonthDay6);
    stamp_ = record.text(2, 11);
    if (!created_) {
      reading_.problem(line_, "0.date", "bad_date", "\"" + record.text(2, 7) + "\" is no day");
    }
  }

  domain::BankStatement& statement_of(const std::string& account) {
    const auto [place, added] = statements_.try_emplace(account);
    if (added) {
      place->second.id = account + "/" + stamp_;
      if (!ids_.insert(place->second.id).second) {
        reading_.problem(line_, "0", "repeated_statement",
                         "a batch " + place->second.id + " stands in the file already");
        place->second.id += "/" + std::to_string(ids_.size() + 1);
        ids_.insert(place->second.id);
      }
      place->second.account = account;
      place->second.currency = euro().code();
      if (created_) place->second.created = created_->to_string();
      reading_.statement_begins(place->second);
    }
    return place->second;
  }

  void take_payment(const Record& record) {
    const bool back = record.raw(88, 88) == "1";
    Total& total = back ? corrections_ : normal_;
    ++total.count;
    const auto amount = record.amount(78, 87, euro());
    if (!amount) {
      reading_.disagrees(line_, "3.amount", amount.error().code,
                         amount.error().text + "; the record is left out");
      return;
    }
    if (record.raw(76, 76) != "1") {
      reading_.disagrees(line_, "3.currency", "unknown_currency",
                         "\"" + record.text(76, 76) + "\" is not 1 (EUR); the record is left out");
      return;
    }
    total.minor += amount->minor();
    BankEntry entry;
    domain::BankStatement& statement = statement_of(record.text(2, 15));
    statement.entries = statement.entries.value_or(0) + 1;
    entry.statement = statement.id;
    entry.account = statement.account;
    entry.line = line_;
    entry.amount = *amount;
    entry.direction = back ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    entry.reversal = back;
    entry.booking_date = day_of(record, 16, "3.booking_date");
    entry.value_date = day_of(record, 22, "3.payment_date");
    entry.bank_reference = record.text(28, 43);
    entry.reference = record.identity(44, 63);
    entry.payer.name = record.nordic_text(64, 75);
    entry.code = std::string(record.raw(1, 1));
    reading_.entry(std::move(entry));
  }

  std::optional<base::Date> day_of(const Record& record, std::size_t from, std::string_view field) {
    const auto day = record.day(from, DayForm::kYearMonthDay6);
    if (!day) {
      reading_.problem(line_, field, "bad_date",
                       "\"" + record.text(from, from + 5) + "\" is no day");
    }
    return day;
  }

  void end(const Record& record) {
    reading_.compare(line_, "9.count", "wrong_count", record.number(2, 7), normal_.count);
    reading_.compare(line_, "9.sum", "wrong_sum", record.number(8, 18), normal_.minor);
    reading_.compare(line_, "9.corrections", "wrong_count", record.number(19, 24),
                     corrections_.count);
    reading_.compare(line_, "9.corrections_sum", "wrong_sum", record.number(25, 35),
                     corrections_.minor);
    domain::BankControl& control = reading_.control();
    const auto count = record.number(2, 7), back_count = record.number(19, 24);
    const auto sum = record.number(8, 18), back_sum = record.number(25, 35);
    if (count && back_count) {
      control.entries_said = control.entries_said.value_or(0) + *count + *back_count;
    }
    if (sum && back_sum) {
      control.sum_said = control.sum_said.value_or(Money(0, euro())) + Money(*sum, euro()) -
                         Money(*back_sum, euro());
    }
    close();
  }

  void cut() {
    reading_.disagrees(line_, "9", "file_cut", "the batch has no record 9");
    close();
  }

  void close() {
    for (const auto& [account, statement] : statements_) reading_.statement_ends(statement);
    statements_.clear();
    in_batch_ = false;
  }

  struct Total {
    std::int64_t count = 0, minor = 0;
  };

  Reading& reading_;
  std::int64_t line_ = 0;
  bool in_batch_ = false;
  std::string stamp_;
  std::optional<base::Date> created_;
  Total normal_, corrections_;
  std::map<std::string, domain::BankStatement> statements_;
  std::set<std::string> ids_;  // Of all batches' statements.
};

}  // namespace

// A header of digits with a day and a time, and behind it payments or the sum.
bool claims(std::string_view head) {
  const auto records = fixed_width::first_records(head, kWidth, 2);
  if (records.empty()) return false;
  const std::string_view line = records.front();
  const Record record(1, std::string(line));
  const auto time = record.number(8, 11);
  if (!line.starts_with('0') || line.size() < 23 || line.size() > kWidth) return false;
  if (!record.day(2, DayForm::kYearMonthDay6) || !time || *time > 2'359) return false;
  if (record.raw(23, 23) != "1" || !record.is_blank(24, kWidth)) return false;
  // Some banks leave the service's number blank: then what follows must speak for it.
  if (records.size() == 1) return !record.is_blank(14, 22);
  const Record next(2, std::string(records.back()));
  const std::string_view kind = next.raw(1, 1);
  if (kind != "3" && kind != "5" && kind != "9") return false;
  const std::string_view digits = next.raw(2, kind == "9" ? 18 : 27);
  return !record.is_blank(14, 22) ||
         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  KtlReader reader(reading);
  TRY(fixed_width::for_each_record(source, reading, kWidth,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::ktl
