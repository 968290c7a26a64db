#include "formats/bank/tito/tito.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "formats/bank/fixed_width/records.h"

namespace formats::bank::tito {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 323;
constexpr std::size_t kTextLength = 35;  // Of each line in a T11 of words.
constexpr std::size_t kDetailsMax = 50'000;

// A sign and 18 digits; a blank is a plus.
std::optional<std::int64_t> signed_minor(const Record& record, std::size_t sign) {
  const auto minor = record.number(sign + 1, sign + 18);
  const std::string_view mark = record.raw(sign, sign);
  if (!minor || (mark != "+" && mark != "-" && mark != " ")) return std::nullopt;
  return mark == "-" ? -*minor : *minor;
}

// "T10188": a record says its own length.
std::size_t length_of(std::string_view record) {
  const auto length = Record(0, std::string(record.substr(0, 6))).number(4, 6);
  return length && *length > 6 ? static_cast<std::size_t>(*length) : kWidth;
}

class TitoReader {
 public:
  explicit TitoReader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    const std::string_view code = record.raw(1, 3);
    if (code == "T00") return begin(record);
    if (!in_statement_) {
      reading_.disagrees(line_, code, "record_out_of_place", "the record stands in no statement");
      return;
    }
    if (code == "T10" || code == "T80") return take_entry(record);
    if (code == "T11" || code == "T81") return take_more(record);
    if (code == "T40") return take_balance(record);
    if (code == "T50" || code == "T51") return take_sums(code, record);
    if (code == "T60" || code == "T70") {
      reading_.problem(line_, code, "not_read", "the bank's own words: " + record.text(7, kWidth));
      return;
    }
    reading_.problem(line_, code, "unknown_record", "the record is skipped");
  }

  void finish() {
    if (in_statement_) close();
  }

 private:
  void begin(const Record& record) {
    if (in_statement_) close();
    in_statement_ = true;
    last_ = Last::kNone;
    sum_ = 0;
    came_ = went_ = came_back_ = went_back_ = {};
    balanced_ = false;
    statement_ = {};
    const std::string iban = record.text(293, 322);
    const std::size_t end = std::min(iban.find(' '), iban.size());
    statement_.account = end > 0 ? iban.substr(0, end) : record.text(10, 23);
    statement_.id = record.text(10, 23) + "/" + record.text(24, 26) + "/" + record.text(27, 38);
    if (!ids_.insert(statement_.id).second) {
      reading_.problem(line_, "T00.number", "repeated_statement",
                       "a statement " + statement_.id + " stands in the file already");
      statement_.id += "/" + std::to_string(ids_.size() + 1);
      ids_.insert(statement_.id);
    }
    statement_.from = record.day(27, DayForm::kYearMonthDay6);
    statement_.to = record.day(33, DayForm::kYearMonthDay6);
    if (const auto made = record.day(39, DayForm::kYearMonthDay6)) {
      statement_.created = made->to_string();
    }
    currency_.reset();
    const std::string currency = record.text(97, 99);
    if (const auto known = Currency::parse(currency)) {
      currency_ = *known;
      statement_.currency = currency;
      read_opening(record);
    } else {
      reading_.disagrees(
          line_, "T00.currency", "unknown_currency",
          "\"" + currency + "\" is no known currency; the statement's entries are " + "left out");
    }
    reading_.statement_begins(statement_);
  }

  void read_opening(const Record& record) {
    if (const auto minor = signed_minor(record, 72)) {
      statement_.opening = {Money(*minor, *currency_), record.day(66, DayForm::kYearMonthDay6)};
    } else {
      reading_.disagrees(line_, "T00.balance", "bad_amount",
                         "\"" + record.text(72, 90) + "\" is no balance");
    }
  }

  std::optional<base::Date> day_of(const Record& record, std::size_t from, std::string_view field) {
    const auto day = record.day(from, DayForm::kYearMonthDay6);
    if (!day) {
      reading_.disagrees(line_, field, "bad_date",
                         "\"" + record.text(from, from + 5) + "\" is no day");
    }
    return day;
  }

  // --- Entries and the parts of batches.
  void take_entry(const Record& record) {
    const std::string level = record.text(188, 188);
    const bool part = !level.empty() && level != "0";
    if (!part) flush();
    last_ = Last::kNone;
    if (!currency_) return;
    if (part && level != "1") {
      reading_.problem(line_, "T10.level", "not_read", "parts of parts are passed over");
      return;
    }
    const auto minor = signed_minor(record, 88);
    const auto amount =
        minor ? Money::make(*minor < 0 ? -*minor : *minor, *currency_)
              : base::fail("bad_amount", "\"" + record.text(88, 106) + "\" is no amount");
    if (!amount) {
      reading_.disagrees(line_, "T10.amount", amount.error().code,
                         amount.error().text + "; the record is left out");
      return;
    }
    const bool debit = record.raw(88, 88) == "-";
    const auto direction = debit ? MoneyDirection::kDebit : MoneyDirection::kCredit;
    if (part) return take_part(record, *amount, direction);
    last_ = Last::kEntry;
    parts_sum_ = 0;
    entry_.emplace();
    entry_->statement = statement_.id;
    entry_->account = statement_.account;
    entry_->line = line_;
    entry_->amount = *amount;
    entry_->direction = direction;
    entry_->booking_date = day_of(record, 31, "T10.booking_date");
    entry_->value_date = record.day(37, DayForm::kYearMonthDay6);
    entry_->bank_reference = record.text(13, 30);
    entry_->reference = record.identity(160, 179);
    entry_->code = record.text(50, 52);
    entry_->payer = payer_of(record);
    take_kind(record, debit);
    if (!entry_->booked) return;
    sum_ += *minor;
    const bool back = entry_->reversal;
    // A correction of what came is a debit.
    Total& total = back ? (debit ? came_back_ : went_back_) : debit ? went_ : came_;
    ++total.count;
    total.minor += entry_->amount.minor();
  }

  void take_kind(const Record& record, bool debit) {
    const std::string_view kind = record.raw(49, 49);
    if (kind == "9") {
      entry_->booked = false;
      entry_->returned = domain::BankReturn{.code = "9", .text = record.text(53, 87)};
      return;
    }
    entry_->reversal = kind == "3" || kind == "4";
    const bool known = kind >= "1" && kind <= "4";
    if (!known) {
      reading_.problem(line_, "T10.kind", "unknown_code",
                       "\"" + record.text(49, 49) + "\" is no kind of entry");
    } else if (debit != (kind == "2" || kind == "3") && !entry_->amount.is_zero()) {
      reading_.disagrees(line_, "T10.sign", "unknown_code",
                         "kind " + std::string(kind) + " has the other sign; the sign is followed");
    }
  }

  // What came and what went in the days of the statement, and in T51 what was corrected of both.
  // Banks sum corrections each in its way: with the others, without them, or netted.
  void take_sums(std::string_view code, const Record& record) {
    flush();
    last_ = Last::kNone;
    const bool corrections = code == "T51";
    const std::string_view period = record.raw(7, 7);
    const bool corrected = came_back_.count + went_back_.count > 0;
    if (period != "2" || !currency_ || (corrected && !corrections) || record.is_blank(14, 67)) {
      return;
    }
    const auto compare = [&](std::string_view field, std::size_t at, const Total& read) {
      const auto count = record.number(at, at + 7);
      const auto minor = signed_minor(record, at + 8);
      if (count != read.count) {
        reading_.problem(line_, field, "wrong_count",
                         "read were " + std::to_string(read.count) + ", the statement says " +
                             record.text(at, at + 7));
      }
      if (!minor || (*minor != read.minor && *minor != -read.minor)) {
        reading_.problem(line_, field, "wrong_sum",
                         "read were " + Money(read.minor, *currency_).to_decimal_string() +
                             ", the statement says " + record.text(at + 8, at + 26));
      }
    };
    compare(std::string(code) + ".came", 14, corrections ? came_back_ : came_);
    compare(std::string(code) + ".went", 41, corrections ? went_back_ : went_);
  }

  static domain::BankParty payer_of(const Record& record) {
    return {.name = record.nordic_text(109, 143), .account = record.text(145, 158), .address = {}};
  }

  void take_part(const Record& record, Money amount, MoneyDirection direction) {
    if (!entry_) {
      reading_.problem(line_, "T10.level", "record_out_of_place", "the record belongs to no entry");
      return;
    }
    if (entry_->details.size() == kDetailsMax) {
      reading_.problem(line_, "T10", "section_too_long", "the entry has too many parts");
      return;
    }
    if (std::exchange(own_detail_, false)) entry_->details.clear();
    last_ = Last::kPart;
    parts_sum_ += direction == MoneyDirection::kDebit ? -amount.minor() : amount.minor();
    BankEntryDetail detail;
    detail.amount = amount;
    detail.direction = direction;
    detail.reference = record.identity(160, 179);
    detail.bank_reference = record.text(13, 30);
    detail.payer = payer_of(record);
    entry_->details.push_back(std::move(detail));
  }

  // What T11 says of an entry or of a part.
  struct Told {
    std::string& reference;
    std::vector<std::string>& remittance;
    std::string& end_to_end_id;
    domain::BankParty& payer;
    std::optional<domain::BankReturn>& returned;
  };

  void take_more(const Record& record) {
    if (last_ == Last::kNone || !entry_) return;  // Of a record that was left out.
    if (last_ == Last::kPart) {
      BankEntryDetail& part = entry_->details.back();
      return take_more(record, {.reference = part.reference,
                                .remittance = part.remittance,
                                .end_to_end_id = part.end_to_end_id,
                                .payer = part.payer,
                                .returned = part.returned});
    }
    take_more(record, {.reference = entry_->reference,
                       .remittance = entry_->remittance,
                       .end_to_end_id = entry_->end_to_end_id,
                       .payer = entry_->payer,
                       .returned = entry_->returned});
  }

  static void add_words(Told& told, const Record& record, std::size_t from, std::size_t to) {
    if (std::string text = record.text(from, to); !text.empty()) {
      told.remittance.push_back(std::move(text));
    }
  }

  void take_more(const Record& record, Told told) {
    const std::string_view kind = record.raw(7, 8);
    if (kind == "00" || kind == "06" || kind == "07") {
      const std::size_t end = record.raw(1, kWidth * 2).size();
      for (std::size_t at = 9; at <= end; at += kTextLength) {
        if (std::string text = record.nordic_text(at, at + kTextLength - 1); !text.empty()) {
          told.remittance.push_back(std::move(text));
        }
      }
    } else if (kind == "01") {
      if (last_ == Last::kEntry) entry_->batch = {.id = {}, .count = record.number(9, 16)};
    } else if (kind == "02") {
      add_words(told, record, 20, 34);  // The invoice's number.
    } else if (kind == "03") {
      add_words(told, record, 29, 42);  // Of card payments: the merchant's reference.
    } else if (kind == "08") {
      told.returned = domain::BankReturn{.code = record.text(9, 11), .text = record.text(13, 43)};
    } else if (kind == "09") {
      told.payer.name = record.nordic_text(9, 43);
    } else if (kind == "11") {
      if (std::string text = record.text(9, 43); !text.empty()) told.reference = text;
      if (std::string text = record.text(44, 78); !text.empty()) told.payer.account = text;
      if (std::string text = record.nordic_text(184, 253); !text.empty()) told.payer.name = text;
      if (std::string text = record.text(254, 288); !text.empty()) told.end_to_end_id = text;
    } else if (kind == "04" || kind == "05") {
      take_origin(kind, record);
    } else {
      reading_.problem(line_, "T11.kind", "unknown_code",
                       "\"" + record.text(7, 8) + "\" is no kind of T11; the record is skipped");
    }
  }

  // What an entry or a part goes back to: the one that it corrects, the sum in another currency.
  void take_origin(std::string_view kind, const Record& record) {
    if (last_ == Last::kEntry && entry_->details.empty()) {
      entry_->details.push_back(whole_of(*entry_));
      own_detail_ = true;
    }
    BankEntryDetail& detail = entry_->details.back();
    if (kind == "04") {
      domain::BankDocument document;
      document.number = record.text(9, 26);
      document.kind = "CORR";
      if (!document.number.empty()) detail.documents.push_back(std::move(document));
      return;
    }
    const auto currency = Currency::parse(record.text(29, 31));
    const auto minor = signed_minor(record, 9);
    const auto amount = currency && minor ? Money::make(*minor < 0 ? -*minor : *minor, *currency)
                                          : base::fail("bad_amount", "no amount in a currency");
    if (amount) {
      detail.instructed = *amount;
    } else {
      reading_.problem(line_, "T11.05", currency ? "bad_amount" : "unknown_currency",
                       "\"" + record.text(9, 31) + "\" is no sum in another currency");
    }
  }

  // Of an entry without parts: it is its own.
  static BankEntryDetail whole_of(const BankEntry& entry) {
    BankEntryDetail detail;
    detail.amount = entry.amount;
    detail.direction = entry.direction;
    detail.reference = entry.reference;
    detail.bank_reference = entry.bank_reference;
    detail.payer = entry.payer;
    return detail;
  }

  void flush() {
    if (!entry_) return;
    // What stands behind it in other records belongs to it, too.
    if (std::exchange(own_detail_, false)) {
      BankEntryDetail& only = entry_->details.front();
      BankEntryDetail whole = whole_of(*entry_);
      whole.remittance = entry_->remittance;
      whole.end_to_end_id = entry_->end_to_end_id;
      whole.returned = entry_->returned;
      whole.instructed = only.instructed;
      whole.documents = std::move(only.documents);
      only = std::move(whole);
      reading_.entry(std::move(*entry_));
      entry_.reset();
      return;
    }
    const Money& amount = entry_->amount;
    const bool debit = entry_->direction == MoneyDirection::kDebit;
    if (!entry_->details.empty() && parts_sum_ != (debit ? -amount.minor() : amount.minor())) {
      reading_.problem(entry_->line, "T10.amount", "details_do_not_add_up",
                       "the parts are " + Money(parts_sum_, *currency_).to_decimal_string() +
                           " of " + amount.to_decimal_string());
    }
    reading_.entry(std::move(*entry_));
    entry_.reset();
  }

  // --- Balances.
  void take_balance(const Record& record) {
    flush();
    last_ = Last::kNone;
    if (!currency_) return;
    const auto minor = signed_minor(record, 13);
    const auto day = day_of(record, 7, "T40.date");
    if (!minor) {
      reading_.disagrees(line_, "T40.balance", "bad_amount",
                         "\"" + record.text(13, 31) + "\" is no balance");
      return;
    }
    balanced_ = true;
    statement_.closing = {Money(*minor, *currency_), day};
    if (!statement_.opening) return;
    const Money sum(statement_.opening->amount.minor() + sum_, *currency_);
    if (sum == statement_.closing->amount) return;
    reading_.disagrees(line_, "T40.balance", "balances_do_not_add_up",
                       "the opening balance and the entries give " + sum.to_decimal_string() +
                           ", the balance is " + statement_.closing->amount.to_decimal_string());
  }

  void close() {
    const bool entries_since = entry_.has_value();
    flush();
    // Entries behind the last balance have no proof.
    if (currency_ && (!balanced_ || entries_since)) {
      reading_.disagrees(line_, "T40", "section_not_closed",
                         "the statement does not end with a balance");
    }
    reading_.statement_ends(statement_);
    in_statement_ = false;
  }

  // What a T11 belongs to.
  enum class Last { kNone, kEntry, kPart };

  Reading& reading_;
  std::int64_t line_ = 0;
  bool in_statement_ = false, balanced_ = false;
  domain::BankStatement statement_;
  std::optional<Currency> currency_;
  std::int64_t sum_ = 0, parts_sum_ = 0;
  struct Total {
    std::int64_t count = 0, minor = 0;
  };
  Total came_, went_, came_back_, went_back_;  // Of the statement: what is booked.
  std::optional<BankEntry> entry_;
  bool own_detail_ = false;  // Its only detail is itself.
  Last last_ = Last::kNone;
  std::set<std::string> ids_;  // Of statements.
};

}  // namespace

// Record T00 with days, a balance and a currency where they belong.
bool claims(std::string_view head) {
  const auto records = fixed_width::first_records(head, kWidth, 1, length_of);
  if (records.empty()) return false;
  const Record record(1, std::string(records.front()));
  return record.raw(1, 6) == "T00322" && record.day(27, DayForm::kYearMonthDay6) &&
         record.day(33, DayForm::kYearMonthDay6) && signed_minor(record, 72) &&
         record.text(97, 99).size() == 3;
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  TitoReader reader(reading);
  TRY(fixed_width::for_each_record(
      source, reading, kWidth, [&](const Record& record) { reader.take(record); }, length_of));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::tito
