#include "formats/bank/mt940/mt940.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "formats/bank/fixed_width/records.h"
#include "formats/bank/iso20022/values.h"
#include "formats/bank/iso20022/xml_stream.h"
#include "formats/bank/mt940/code_pages.h"
#include "formats/bank/mt940/information.h"
#include "formats/source/line_splitter.h"

namespace formats::bank::mt940 {
namespace {

using base::Currency;
using base::Date;
using base::Money;
using domain::BankEntry;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::string_view kTags[] = {"13",  "13D", "20",  "21",  "25",  "25P", "28",
                                      "28C", "34F", "60F", "60M", "61",  "62F", "62M",
                                      "64",  "65",  "86",  "90C", "90D", "NS"};
// In place of a reference: there is none, or it stands in :86:.
constexpr std::string_view kNoReferences[] = {"NONREF", "EREF", "PREF", "MARF"};
constexpr std::size_t kHeaderLinesMax = 10;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// "61" of ":61:..."; empty where the line begins with no known tag.
std::string_view tag_of(std::string_view line) {
  if (!line.starts_with(':')) return {};
  const std::size_t end = line.find(':', 1);
  if (end == line.npos) return {};
  const std::string_view tag = line.substr(1, end - 1);
  return std::ranges::find(kTags, tag) == std::end(kTags) ? std::string_view() : tag;
}

std::optional<Date> day_of(std::string_view six) {
  return Record(0, std::string(six)).day(1, DayForm::kYearMonthDay6);
}

// For a day that the month lacks, its last: banks whose months have thirty days write the 30th of
// February.
std::optional<Date> last_until(int year, int month, int day) {
  if (day > 31) return std::nullopt;
  for (; day > 28; --day) {
    if (const auto date = Date::make(year, month, day)) return *date;
  }
  const auto date = Date::make(year, month, day);
  return date ? std::optional(*date) : std::nullopt;
}

int two_digits(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + text[at + 1] - '0';
}

// Of YYMMDD, also of a day that does not exist.
int year_of(std::string_view six) {
  const auto first = day_of(std::string(six.substr(0, 2)) + "0101");
  return first ? first->year() : 0;
}

std::optional<Date> day_or_last(std::string_view six) {
  if (six.size() != 6 || !std::ranges::all_of(six, is_digit)) return std::nullopt;
  return last_until(year_of(six), two_digits(six, 2), two_digits(six, 4));
}

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \r\t");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \r\t") - first + 1));
}

// Takes from the front of a field, part by part.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] std::string_view rest() const { return rest_; }
  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  bool take_if(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // As many as `is` holds for, and no more than `most`.
  std::string_view take_while(bool (*is)(char), std::size_t most) {
    std::size_t count = 0;
    while (count < rest_.size() && count < most && is(rest_[count])) ++count;
    return take(count);
  }

 private:
  std::string_view rest_;
};

// Two letters, two digits, and as much as a bank's and an account's numbers are.
bool looks_like_iban(std::string_view text) {
  return text.size() >= 15 && text.size() <= 34 && is_capital(text[0]) && is_capital(text[1]) &&
         is_digit(text[2]) && is_digit(text[3]) &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || is_capital(c); });
}

bool is_of_code(char c) { return is_digit(c) || is_capital(c); }
bool is_of_amount(char c) { return is_digit(c) || c == ',' || c == '.'; }

// "1234,5" in units: the comma is the decimal mark.
base::Result<std::int64_t> minor_of(std::string_view text, Currency currency) {
  std::string amount(text);
  if (amount.find('.') != std::string::npos) amount = "?";
  std::ranges::replace(amount, ',', '.');
  return iso20022::parse_minor(amount, currency);
}

// The day of MMDD that is nearest to the value day: in January of a December it is last year's. For
// one that the month lacks, its last.
std::optional<Date> nearest_day(std::string_view four, std::optional<Date> value, int year) {
  std::optional<Date> nearest;
  for (int each = year - 1; each <= year + 1; ++each) {
    if (!value && each != year) continue;
    const auto day = last_until(each, two_digits(four, 0), two_digits(four, 2));
    if (!day) continue;
    if (!nearest || std::abs(*day - *value) < std::abs(*nearest - *value)) nearest = *day;
  }
  return nearest;
}

// A source whose beginning is looked at before it is read.
class LookedInto final : public ByteSource {
 public:
  explicit LookedInto(ByteSource& source) : source_(source) {}

  // As much as decides the letters. Valid until the first next().
  base::Result<std::string_view> look() {
    while (head_.size() < Letters::kHeadBytes) {
      const std::string_view piece = TRY(source_.next());
      if (piece.empty()) break;
      head_ += piece;
    }
    return std::string_view(head_).substr(0, Letters::kHeadBytes);
  }
  [[nodiscard]] base::Result<std::string_view> next() override {
    if (!head_.empty() && !std::exchange(handed_, true)) return std::string_view(head_);
    head_ = {};
    return source_.next();
  }

 private:
  ByteSource& source_;
  std::string head_;
  bool handed_ = false;
};

class Mt940Reader {
 public:
  Mt940Reader(Reading& reading, Letters letters) : reading_(reading), letters_(letters) {}

  void take(const Record& record) {
    const std::string_view line = record.raw(1, source::kLineBytesMax);
    if (const std::string_view tag = tag_of(line); !tag.empty()) {
      flush_field();
      tag_ = tag;
      line_ = record.line();
      add_text(line.substr(tag.size() + 2), line_);
      return;
    }
    // A hyphen alone may be a line of text, too; behind the closing balance it is the end.
    const bool ends = trimmed(line) == "-" || line.starts_with("-}") || line.starts_with('{');
    if (ends && (state_ == State::kClosed || tag_.starts_with("62"))) {
      flush_field();
      if (state_ == State::kClosed) state_ = State::kOutside;
    } else if (!tag_.empty()) {
      add_text(line, record.line());
    }
    last_line_ = record.line();
  }

  void finish() {
    flush_field();
    if (state_ == State::kHead || state_ == State::kOpen) {
      reading_.disagrees(std::max(line_, last_line_), "62F", "file_cut",
                         "the file ends within a statement");
      if (state_ == State::kOpen) close();
    }
  }

 private:
  enum class State { kOutside, kHead, kOpen, kClosed };

  // As UTF-8. What was guessed of the letters is told once.
  std::string letters_of(std::string_view bytes, std::int64_t line) {
    Letters::Line read = letters_.read(bytes);
    if (read.lost && !std::exchange(told_lost_, true)) {
      reading_.problem(line, "", "bad_encoding",
                       "there are bytes that are no letters of " + std::string(letters_.name()));
    }
    if (read.by_page && !letters_.is_usual() && !std::exchange(told_page_, true)) {
      reading_.problem(line, "", "guessed_encoding",
                       "the letters are taken for " + std::string(letters_.name()) +
                           ", by what they look like: the file does not say it");
    }
    return std::move(read.text);
  }

  void add_text(std::string_view bytes, std::int64_t line) {
    if (field_bytes_ > iso20022::kTextBytesMax) return;
    std::string text = letters_of(bytes, line);
    field_bytes_ += text.size() + 1;
    if (field_bytes_ > iso20022::kTextBytesMax) {
      reading_.problem(
          line_, tag_, "text_too_long",
          "only about the first " + std::to_string(iso20022::kTextBytesMax) + " bytes are kept");
      return;
    }
    lines_.push_back(std::move(text));
  }

  void flush_field() {
    const std::string tag = std::exchange(tag_, {});
    const std::vector<std::string> lines = std::exchange(lines_, {});
    field_bytes_ = 0;
    if (tag.empty()) return;
    const std::string first = lines.empty() ? std::string() : lines.front();
    if (tag == "20") return begin_message();
    if (tag == "25" || tag == "25P") account_ = without_blanks(trimmed(first));
    if (tag == "28" || tag == "28C") number_ = without_blanks(trimmed(first));
    if (tag == "60F" || tag == "60M") return open(tag, first);
    if (tag == "62F" || tag == "62M") return end(tag, first);
    if (tag == "61") return take_movement(lines);
    if (tag == "86" && entry_) add_information(read_information(lines));
    if (tag == "NS" && entry_) add_information(read_numbered_lines(lines));
  }

  void begin_message() {
    cut();
    state_ = State::kHead;
    account_.clear();
    number_.clear();
  }

  // --- Balances.
  struct Balance {
    std::optional<Date> day;
    std::string currency;
    std::optional<std::int64_t> minor;  // Below zero: overdrawn.
  };

  // "C110522EUR3236,28"; without a currency, in that of the statement.
  Balance balance_of(const std::string& tag, std::string_view text, std::string_view currency) {
    Cursor cursor(text);
    Balance balance;
    const std::string_view mark = cursor.take(1);
    const std::string_view six = cursor.take(6);
    balance.day = day_or_last(six);
    if (!balance.day) {
      reading_.disagrees(line_, tag + ".date", "bad_date", "the balance has no day");
    } else if (!day_of(six)) {
      tell_bad_day(tag + ".date", six, balance.day);
    }
    balance.currency = cursor.take_while(is_capital, 3);
    if (balance.currency.empty() && !currency.empty()) {
      reading_.problem(line_, tag + ".currency", "missing_value",
                       "no currency is said; it is taken for the statement's");
      balance.currency = currency;
    }
    const auto known = Currency::parse(balance.currency);
    if (!known) return balance;
    const auto minor = minor_of(trimmed(cursor.rest()), *known);
    if (minor && (mark == "C" || mark == "D")) {
      balance.minor = mark == "D" ? -*minor : *minor;
    } else {
      reading_.disagrees(line_, tag + ".amount", "bad_amount",
                         "a balance is C or D, a day, a currency and an amount");
    }
    return balance;
  }

  void open(const std::string& tag, std::string_view text) {
    cut();
    const Balance balance = balance_of(tag, text, {});
    state_ = State::kOpen;
    sum_minor_ = 0;
    statement_ = {};
    statement_.account = account_without_frame(balance.currency);
    if (account_.empty()) {
      reading_.disagrees(line_, "25", "missing_value", "the statement names no account");
    }
    statement_.id = statement_.account + "/" + number_;
    if (!ids_.insert(statement_.id).second) {
      reading_.problem(line_, "28C", "repeated_statement",
                       "a statement " + statement_.id + " stands in the file already");
      statement_.id += "/" + std::to_string(ids_.size() + 1);
      ids_.insert(statement_.id);
    }
    currency_.reset();
    if (const auto currency = Currency::parse(balance.currency)) {
      currency_ = *currency;
      statement_.currency = balance.currency;
      if (balance.minor) statement_.opening = {Money(*balance.minor, *currency), balance.day};
    } else {
      reading_.disagrees(line_, tag + ".currency", "unknown_currency",
                         "\"" + balance.currency +
                             "\" is no known currency; the statement's movements are left out");
    }
    statement_.from = balance.day;
    reading_.statement_begins(statement_);
  }

  // Banks write BIC and currency around the account.
  std::string account_without_frame(std::string_view currency) const {
    std::string_view account = account_;
    if (account.starts_with('/')) account.remove_prefix(1);
    constexpr std::size_t kBicLengths[] = {8, 11};
    for (const std::size_t length : kBicLengths) {
      if (account.size() <= length || account[length] != '/') continue;
      if (std::ranges::all_of(account.substr(0, 6), is_capital)) account.remove_prefix(length + 1);
    }
    if (!currency.empty() && account.size() > currency.size() && account.ends_with(currency)) {
      account.remove_suffix(currency.size());
      if (account.ends_with('/')) account.remove_suffix(1);
    }
    std::string number(account);
    const auto is_dotted = [](char c) { return is_digit(c) || c == '.'; };
    if (std::ranges::all_of(number, is_dotted)) std::erase(number, '.');
    return number;
  }

  void end(const std::string& tag, std::string_view text) {
    flush_entry();
    if (state_ != State::kOpen) {
      reading_.disagrees(line_, tag, "record_out_of_place",
                         "a closing balance without an opening one");
      state_ = State::kClosed;
      return;
    }
    const Balance balance = balance_of(tag, text, statement_.currency);
    statement_.to = balance.day;
    if (currency_ && balance.currency != statement_.currency) {
      reading_.disagrees(
          line_, tag + ".currency", "wrong_currency",
          "it is in " + balance.currency + ", the opening balance in " + statement_.currency);
    } else if (currency_ && balance.minor) {
      statement_.closing = {Money(*balance.minor, *currency_), balance.day};
      check_balances(tag);
    }
    close();
  }

  void check_balances(const std::string& tag) {
    if (!statement_.opening) return;
    const Money sum(statement_.opening->amount.minor() + sum_minor_, *currency_);
    if (sum == statement_.closing->amount) return;
    reading_.disagrees(line_, tag, "balances_do_not_add_up",
                       "the opening balance and the movements give " + sum.to_decimal_string() +
                           ", the closing balance is " +
                           statement_.closing->amount.to_decimal_string());
  }

  void cut() {
    flush_entry();
    if (state_ != State::kOpen) return;
    reading_.disagrees(line_, "62F", "section_not_closed", "the statement has no closing balance");
    close();
  }

  void close() {
    flush_entry();
    reading_.statement_ends(statement_);
    state_ = State::kClosed;
  }

  // --- Movements.
  void take_movement(const std::vector<std::string>& lines) {
    flush_entry();
    if (state_ != State::kOpen) {
      reading_.disagrees(line_, "61", "record_out_of_place", "the movement stands in no statement");
      return;
    }
    if (!currency_ || lines.empty()) return;
    Cursor cursor(lines.front());
    const std::string_view six = cursor.take_while(is_digit, 6);
    const std::string_view four = cursor.take_while(is_digit, 4);
    const bool back = cursor.take_if('R');
    const bool expected = !back && cursor.take_if('E');
    const std::string_view mark = cursor.take(1);
    if (!cursor.rest().empty() && is_capital(cursor.rest().front())) cursor.take(1);
    const std::string_view written = cursor.take_while(is_of_amount, 15);
    const auto minor = minor_of(written, *currency_);
    const auto amount = minor ? Money::make(*minor, *currency_)
                              : base::Result<Money>(std::unexpected(minor.error()));
    if (!amount || (mark != "C" && mark != "D")) {
      reading_.disagrees(line_, amount ? "61.mark" : "61.amount",
                         amount ? "missing_value" : amount.error().code,
                         "the movement is left out");
      return;
    }
    entry_.emplace();
    entry_->statement = statement_.id;
    entry_->account = statement_.account;
    entry_->line = line_;
    entry_->amount = *amount;
    // What takes back a credit is a debit.
    const bool credit = (mark == "C") != back;
    entry_->direction = credit ? MoneyDirection::kCredit : MoneyDirection::kDebit;
    entry_->reversal = back;
    entry_->booked = !expected;
    if (!expected) sum_minor_ += credit ? amount->minor() : -amount->minor();
    read_days(six, four);
    read_references(cursor);
    for (std::size_t at = 1; at < lines.size(); ++at) take_second_line(trimmed(lines[at]));
  }

  void take_second_line(std::string text) {
    // The bank's own number of the kind of entry, as Dutch banks write it: no word for anybody.
    if (text.empty() || text.starts_with("/TRCD/")) return;
    if (text.starts_with("/OCMT/") || text.starts_with("/CHGS/")) {
      instructed_ = sum_in(text, "/OCMT/");
      charges_ = sum_in(text, "/CHGS/");
      return;
    }
    // Where a Dutch bank writes who the other end is.
    if (entry_->payer.account.empty() && looks_like_iban(text)) {
      entry_->payer.account = std::move(text);
      return;
    }
    entry_->remittance.push_back(std::move(text));
  }

  // Of "/OCMT/EUR50,00//CHGS/EUR3,00/": what came back, and what the bank takes for it.
  static std::optional<Money> sum_in(std::string_view text, std::string_view key) {
    const std::size_t at = text.find(key);
    if (at == text.npos) return std::nullopt;
    Cursor cursor(text.substr(at + key.size()));
    const auto currency = Currency::parse(cursor.take_while(is_capital, 3));
    if (!currency) return std::nullopt;
    const auto minor = minor_of(cursor.take_while(is_of_amount, 15), *currency);
    const auto sum = minor ? Money::make(*minor, *currency)
                           : base::Result<Money>(std::unexpected(minor.error()));
    return sum ? std::optional(*sum) : std::nullopt;
  }

  void read_days(std::string_view six, std::string_view four) {
    entry_->value_date = day_or_last(six);
    entry_->booking_date = entry_->value_date;
    bool exact = true;
    if (four.size() == 4 && six.size() == 6) {
      const int year = entry_->value_date ? entry_->value_date->year() : year_of(six);
      entry_->booking_date = nearest_day(four, entry_->value_date, year);
      exact = entry_->booking_date && entry_->booking_date->day() == two_digits(four, 2);
    }
    if (!entry_->booking_date) {
      reading_.disagrees(line_, "61.entry_date", "bad_date",
                         "\"" + std::string(four.empty() ? six : four) + "\" is no day");
      return;
    }
    if (!exact) tell_bad_day("61.entry_date", four, entry_->booking_date);
    if (!day_of(six)) tell_bad_day("61.value_date", six, entry_->value_date);
  }

  void tell_bad_day(std::string_view field, std::string_view said, std::optional<Date> taken) {
    reading_.problem(line_, field, "bad_date",
                     "\"" + std::string(said) + "\" is no day" +
                         (taken ? "; the month's last, " + taken->to_string() + ", is taken" : ""));
  }

  // "NTRFreference//bank's own reference"
  void read_references(Cursor& cursor) {
    entry_->code = cursor.take_while(is_of_code, 4);
    const std::string_view rest = cursor.rest();
    const std::size_t mark = std::min(rest.find("//"), rest.size());
    const std::string owner = trimmed(rest.substr(0, mark));
    const std::string bank = trimmed(rest.substr(std::min(mark + 2, rest.size())));
    // Old Dutch codes have a digit more, which is no reference: "N0724NONREF".
    const auto is_one = [](std::string_view text) {
      if (text.size() == 7 && is_digit(text.front())) text.remove_prefix(1);
      return std::ranges::find(kNoReferences, text) == std::end(kNoReferences);
    };
    if (is_one(owner)) entry_->end_to_end_id = owner;
    if (is_one(bank)) entry_->bank_reference = bank;
  }

  void add_information(Information&& information) {
    if (!information.code.empty()) entry_->code += "-" + information.code;
    for (std::string& line : information.remittance) entry_->remittance.push_back(std::move(line));
    if (!information.end_to_end_id.empty()) entry_->end_to_end_id = information.end_to_end_id;
    if (!information.reference.empty()) entry_->reference = information.reference;
    domain::BankParty& payer = entry_->payer;
    if (!information.payer.name.empty()) payer.name = std::move(information.payer.name);
    if (!information.payer.account.empty()) payer.account = std::move(information.payer.account);
    if (information.returned) entry_->returned = information.returned;
    if (!information.mandate_id.empty()) mandate_id_ = std::move(information.mandate_id);
  }

  void flush_entry() {
    if (entry_) {
      add_detail();
      reading_.entry(std::move(*entry_));
    }
    entry_.reset();
    mandate_id_.clear();
    instructed_.reset();
    charges_.reset();
  }

  // What an entry has no place for itself.
  void add_detail() {
    entry_->charges = charges_;
    if (mandate_id_.empty() && !instructed_ && !charges_) return;
    domain::BankEntryDetail detail;
    detail.amount = entry_->amount;
    detail.direction = entry_->direction;
    detail.mandate_id = std::move(mandate_id_);
    detail.end_to_end_id = entry_->end_to_end_id;
    detail.reference = entry_->reference;
    detail.returned = entry_->returned;
    if (instructed_ != detail.amount) detail.instructed = instructed_;
    detail.charges = charges_;
    entry_->details = {std::move(detail)};
  }

  Reading& reading_;
  Letters letters_;
  bool told_page_ = false, told_lost_ = false;
  State state_ = State::kOutside;
  // The field at hand.
  std::string tag_;
  std::int64_t line_ = 0, last_line_ = 0;
  std::vector<std::string> lines_;
  std::size_t field_bytes_ = 0;

  std::string account_, number_;
  domain::BankStatement statement_;
  std::optional<Currency> currency_;
  std::int64_t sum_minor_ = 0;
  std::optional<BankEntry> entry_;
  std::string mandate_id_;
  std::optional<Money> instructed_, charges_;
  std::set<std::string> ids_;  // Of statements.
};

}  // namespace

// The first field is :20:, behind no more than a header; :25: and :60: follow.
bool claims(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  bool reference = false, account = false;
  for (std::size_t lines = 0; !head.empty();) {
    const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    const std::string_view tag = tag_of(line);
    if (tag.empty()) {
      if (line.starts_with('<') || (!reference && ++lines > kHeaderLinesMax)) return false;
      continue;
    }
    if (!reference && tag != "20") return false;
    reference = true;
    account = account || tag == "25" || tag == "25P";
    if (tag == "60F" || tag == "60M") return account;
  }
  return false;
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  LookedInto looked(source);
  const std::string_view head = TRY(looked.look());
  Reading reading(sink);
  Mt940Reader reader(reading, Letters::of(head));
  // Fields have no columns: nothing is padded.
  TRY(fixed_width::for_each_record(looked, reading, 0,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::mt940
