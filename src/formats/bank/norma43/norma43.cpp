#include "formats/bank/norma43/norma43.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "formats/bank/fixed_width/records.h"

namespace formats::bank::norma43 {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 80;
constexpr std::string_view kDebit = "1";
constexpr std::string_view kReturns = "14";  // The common concept of returned and unpaid debits.

// ISO 4217 numbers of currencies that we know.
struct CurrencyNumber {
  std::string_view number, code;
};
constexpr CurrencyNumber kCurrencies[] = {
    {"978", "EUR"}, {"840", "USD"}, {"826", "GBP"}, {"756", "CHF"}, {"752", "SEK"}, {"578", "NOK"},
    {"208", "DKK"}, {"985", "PLN"}, {"203", "CZK"}, {"348", "HUF"}, {"392", "JPY"}, {"352", "ISK"},
    {"124", "CAD"}, {"036", "AUD"}, {"554", "NZD"}, {"156", "CNY"}, {"344", "HKD"}, {"702", "SGD"},
    {"484", "MXN"}, {"986", "BRL"}, {"032", "ARS"}, {"152", "CLP"}, {"170", "COP"}, {"604", "PEN"},
    {"858", "UYU"}, {"504", "MAD"}, {"788", "TND"}, {"012", "DZD"}, {"949", "TRY"}, {"946", "RON"},
    {"975", "BGN"}, {"643", "RUB"}, {"710", "ZAR"}, {"356", "INR"}, {"784", "AED"}, {"682", "SAR"},
    {"376", "ILS"}};

std::optional<Currency> currency_of(std::string_view number) {
  const auto found = std::ranges::find(kCurrencies, number, &CurrencyNumber::number);
  if (found == std::end(kCurrencies)) return std::nullopt;
  return Currency::parse(found->code).value();
}

class Norma43Reader {
 public:
  explicit Norma43Reader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    const std::string_view code = record.raw(1, 2);
    if (code == "88") return end_file(record);
    ++records_;
    if (code == "00") return;
    if (code == "11") return begin(record);
    if (!in_account_) {
      reading_.disagrees(line_, code, "record_out_of_place", "the record belongs to no account");
      return;
    }
    if (code == "22") return take_movement(record);
    if (code == "33") return end(record);
    if (code == "24") return take_equivalent(record);
    if (code != "23") {
      reading_.problem(line_, code, "unknown_record", "the record is skipped");
    } else if (entry_) {
      add_words(record);
    }
  }

  void finish() {
    if (in_account_) cut();
    if (!ended_) reading_.disagrees(line_, "88", "file_cut", "the file ends without record 88");
  }

 private:
  void begin(const Record& record) {
    if (in_account_) cut();
    in_account_ = true;
    debits_ = credits_ = {};
    statement_ = {};
    statement_.account = record.text(3, 20);
    statement_.id = statement_.account + "/" + record.text(21, 32);
    if (!ids_.insert(statement_.id).second) {
      reading_.problem(line_, "11", "repeated_statement",
                       "a statement " + statement_.id + " stands in the file already");
      statement_.id += "/" + std::to_string(ids_.size() + 1);
      ids_.insert(statement_.id);
    }
    statement_.from = record.day(21, DayForm::kYearMonthDay6);
    statement_.to = record.day(27, DayForm::kYearMonthDay6);
    currency_ = currency_of(record.raw(48, 50));
    if (currency_) {
      statement_.currency = currency_->code();
      if (const auto minor = signed_minor(record, 33, 34)) {
        statement_.opening = domain::BankBalance{Money(*minor, *currency_), statement_.from};
      }
    } else {
      reading_.disagrees(line_, "11.currency", "unknown_currency",
                         "\"" + record.text(48, 50) + "\" is no known currency; the account's " +
                             "movements are left out");
    }
    reading_.statement_begins(statement_);
  }

  // A sign and 14 digits; a debit is below zero.
  static std::optional<std::int64_t> signed_minor(const Record& record, std::size_t sign,
                                                  std::size_t from) {
    const auto minor = record.number(from, from + 13);
    if (!minor) return std::nullopt;
    return record.raw(sign, sign) == kDebit ? -*minor : *minor;
  }

  void take_movement(const Record& record) {
    flush();
    const bool debit = record.raw(28, 28) == kDebit;
    Total& total = debit ? debits_ : credits_;
    ++total.count;
    if (!currency_) return;
    const auto amount = record.amount(29, 42, *currency_);
    if (!amount || (!debit && record.raw(28, 28) != "2")) {
      reading_.disagrees(line_, amount ? "22.sign" : "22.amount",
                         amount ? "missing_value" : amount.error().code,
                         "the movement is left out");
      return;
    }
    total.minor += amount->minor();
    entry_.emplace();
    entry_->statement = statement_.id;
    entry_->account = statement_.account;
    entry_->line = line_;
    entry_->amount = *amount;
    entry_->direction = debit ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    entry_->booking_date = record.day(11, DayForm::kYearMonthDay6);
    entry_->value_date = record.day(17, DayForm::kYearMonthDay6);
    if (!entry_->booking_date) {
      reading_.disagrees(line_, "22.operation_date", "bad_date",
                         "\"" + record.text(11, 16) + "\" is no day");
    }
    entry_->code = record.text(23, 24) + "-" + record.text(25, 27);
    if (!record.identity(53, 64).empty()) entry_->reference = record.text(53, 64);
    if (!record.identity(65, 80).empty()) {
      entry_->bank_reference = record.text(65, 80);
    } else if (!record.identity(43, 52).empty()) {
      entry_->bank_reference = record.text(43, 52);
    }
    if (debit && record.raw(23, 24) == kReturns) {
      entry_->returned = domain::BankReturn{.code = record.text(23, 27), .text = "returned"};
    }
  }

  // Two concepts of 38 letters: where the first is not full, the second is a line of its own.
  void add_words(const Record& record) {
    const bool apart = record.is_blank(41, 42);
    const std::string parts[] = {record.text(5, apart ? 42 : 80), apart ? record.text(43, 80) : ""};
    for (const std::string& part : parts) {
      if (!part.empty()) entry_->remittance.push_back(part);
    }
  }

  // The amount in the currency that was paid.
  void take_equivalent(const Record& record) {
    if (!entry_) return;
    const auto currency = currency_of(record.raw(5, 7));
    const auto amount = currency ? record.amount(8, 21, *currency)
                                 : base::fail("unknown_currency",
                                              "\"" + record.text(5, 7) + "\" is no known currency");
    if (!amount) {
      reading_.problem(line_, "24.amount", amount.error().code, amount.error().text);
      return;
    }
    domain::BankEntryDetail detail;
    detail.amount = entry_->amount;
    detail.direction = entry_->direction;
    detail.reference = entry_->reference;
    detail.bank_reference = entry_->bank_reference;
    detail.returned = entry_->returned;
    detail.instructed = *amount;
    entry_->details = {std::move(detail)};
  }

  void flush() {
    if (entry_ && !entry_->details.empty()) entry_->details[0].remittance = entry_->remittance;
    if (entry_) reading_.entry(std::move(*entry_));
    entry_.reset();
  }

  void end(const Record& record) {
    flush();
    statement_.entries = record.number(21, 25);
    if (const auto credits = record.number(40, 44); credits && statement_.entries) {
      *statement_.entries += *credits;
    }
    if (currency_) {
      reading_.compare(line_, "33.debits", "wrong_count", record.number(21, 25), debits_.count);
      reading_.compare(line_, "33.debits_sum", "wrong_sum", record.number(26, 39), debits_.minor);
      reading_.compare(line_, "33.credits", "wrong_count", record.number(40, 44), credits_.count);
      reading_.compare(line_, "33.credits_sum", "wrong_sum", record.number(45, 58), credits_.minor);
      check_closing(record);
    }
    close();
  }

  void check_closing(const Record& record) {
    const auto minor = signed_minor(record, 59, 60);
    if (currency_of(record.raw(74, 76)) != currency_) {
      reading_.disagrees(
          line_, "33.currency", "wrong_currency",
          "record 33 says " + record.text(74, 76) + ", record 11 " + statement_.currency);
    }
    if (!minor || !statement_.opening) return;
    statement_.closing = domain::BankBalance{Money(*minor, *currency_), statement_.to};
    const std::int64_t sum = statement_.opening->amount.minor() + credits_.minor - debits_.minor;
    if (sum == *minor) return;
    reading_.disagrees(
        line_, "33.closing", "balances_do_not_add_up",
        "the opening balance and the movements give " + Money(sum, *currency_).to_decimal_string() +
            ", the closing balance is " + statement_.closing->amount.to_decimal_string());
  }

  void cut() {
    flush();
    reading_.disagrees(line_, "33", "section_not_closed", "the account has no record 33");
    close();
  }

  void close() {
    domain::BankControl& control = reading_.control();
    every_count_said_ = every_count_said_ && statement_.entries;
    control.entries_said =
        every_count_said_ ? std::optional(control.entries_said.value_or(0) + *statement_.entries)
                          : std::nullopt;
    reading_.statement_ends(statement_);
    in_account_ = false;
  }

  void end_file(const Record& record) {
    if (in_account_) cut();
    ended_ = true;
    reading_.compare(line_, "88.records", "wrong_count", record.number(21, 26), records_);
  }

  struct Total {
    std::int64_t count = 0, minor = 0;
  };

  Reading& reading_;
  std::int64_t line_ = 0, records_ = 0;
  bool in_account_ = false, ended_ = false, every_count_said_ = true;
  domain::BankStatement statement_;
  std::set<std::string> ids_;  // Of statements.
  std::optional<Currency> currency_;
  std::optional<BankEntry> entry_;
  Total debits_, credits_;
};

}  // namespace

// Record 11, perhaps behind a record 00: digits to the currency, and the mode in column 51.
bool claims(std::string_view head) {
  auto records = fixed_width::first_records(head, kWidth, 3);
  if (!records.empty() && records.front().starts_with("00")) records.erase(records.begin());
  if (records.empty()) return false;
  const std::string_view line = records.front();
  if (!line.starts_with("11") || line.size() < 50) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool sign = line[32] == '1' || line[32] == '2';
  // Some banks leave the mode out.
  const bool mode = line.size() == 50 || line[50] == ' ' || (line[50] >= '0' && line[50] <= '3');
  if (!std::ranges::all_of(line.substr(0, 50), is_digit) || !sign || !mode) return false;
  // What follows belongs to it: another format's records do not.
  constexpr std::string_view kFollowing[] = {"11", "22", "33", "88"};
  return records.size() == 1 ||
         std::ranges::find(kFollowing, records[1].substr(0, 2)) != std::end(kFollowing);
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  Norma43Reader reader(reading);
  TRY(fixed_width::for_each_record(source, reading, kWidth,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::norma43
