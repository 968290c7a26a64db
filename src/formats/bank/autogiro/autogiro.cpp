#include "formats/bank/autogiro/autogiro.h"

#include <algorithm>
#include <set>
#include <utility>

#include "formats/bank/autogiro/codes.h"
#include "formats/bank/fixed_width/records.h"

namespace formats::bank::autogiro {
namespace {

using base::Currency;
using base::Money;
using domain::BankEntry;
using domain::BankMandate;
using domain::BankStatus;
using domain::MoneyDirection;
using fixed_width::DayForm;
using fixed_width::Record;

constexpr std::size_t kWidth = 80;

// What an opening record announces.
enum class Layout {
  kNone,
  kMandates,
  kPayments,
  kRefusals,
  kChanges,
  kNewMandates,
  kOrders,
  kWatched,      // An extract of the register of payments that wait at Bankgirot.
  kOldPayments,  // Before deposits had sections.
};

struct LayoutName {
  std::string_view name;  // From column 45, or 23 of what we send.
  Layout layout;
};
constexpr LayoutName kLayouts[] = {{"AG-MEDAVI", Layout::kMandates},
                                   {"BET. SPEC & STOPP TK", Layout::kPayments},
                                   {"AVVISADE BET UPPDR", Layout::kRefusals},
                                   {"MAKULERING/ÄNDRING", Layout::kChanges},
                                   {"AG-EMEDGIV", Layout::kNewMandates}};
// From column 23, behind a day and AUTOGIRO9900.
constexpr LayoutName kDatedLayouts[] = {{"", Layout::kOldPayments},
                                        {"FELLISTA REG.KONTRL", Layout::kRefusals},
                                        {"MAK/ÄNDRINGSLISTA", Layout::kChanges},
                                        {"BEVAKNINGSREG", Layout::kWatched}};

// Without what stands for Å, Ä and Ö: files come in encodings of all times, in 7 bits as ] [ \.
std::string ascii_of(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
    if (is_ascii && c != '[' && c != ']' && c != '\\') letters.push_back(c);
  }
  return letters;
}

template <std::size_t kCount>
Layout layout_named(const LayoutName (&names)[kCount], const std::string& name) {
  const auto found = std::ranges::find_if(
      names, [&](const LayoutName& each) { return ascii_of(each.name) == ascii_of(name); });
  return found == std::end(names) ? Layout::kNone : found->layout;
}

// What the day stands in front of, in openings of earlier layouts: the columns of day and bankgiro.
bool begins_with_day(const Record& record) {
  return record.raw(1, 2) == "01" && record.day(3, DayForm::kYearMonthDay8).has_value();
}
bool is_dated(const Record& record) {
  return begins_with_day(record) && record.raw(11, 22) == "AUTOGIRO9900";
}
bool is_old_advice(const Record& record) {
  return begins_with_day(record) && record.raw(11, 14) == "9900" &&
         record.raw(25, 33) == "AG-MEDAVI";
}

// A mandate of the register's extract, which has no records of its own around it. Two columns name
// the kind and the year; of the earlier layout one less.
std::size_t created_column(const Record& record) {
  for (const std::size_t column : {std::size_t{42}, std::size_t{41}}) {
    if (record.day(column, DayForm::kYearMonthDay8)) return column;
  }
  return 0;
}
bool is_registered(const Record& record) {
  const std::string_view numbers = record.raw(1, 38);
  return numbers.size() == 38 && numbers.starts_with("00") && record.is_blank(60, 63) &&
         created_column(record) != 0 &&
         std::ranges::all_of(numbers, [](char c) { return c >= '0' && c <= '9'; });
}

Currency krona() { return Currency::parse("SEK").value(); }

bool is_new_mandates(std::string_view line) {
  return line.starts_with("51") && line.find("AG-EMEDGIV") != line.npos;
}

struct Total {
  std::int64_t count = 0, minor = 0;
  void add(std::int64_t more) {
    ++count;
    if (__builtin_add_overflow(minor, more, &minor)) minor = 0;
  }
};

class AutogiroReader {
 public:
  explicit AutogiroReader(Reading& reading) : reading_(reading) {}

  void take(const Record& record) {
    line_ = record.line();
    const std::string_view code = record.raw(1, 2);
    if (code == "01" || is_new_mandates(record.raw(1, kWidth))) return open(record);
    if (layout_ == Layout::kNone && code == "00") return take_registered(record);
    if (layout_ == Layout::kMandates) return take_mandate(code, record);
    if (layout_ == Layout::kPayments) return take_payment_record(code, record);
    if (layout_ == Layout::kRefusals) return take_refusal(code, record);
    if (layout_ == Layout::kChanges) return take_change(code, record);
    if (layout_ == Layout::kNewMandates) return take_new_mandate(code, record);
    if (layout_ == Layout::kOrders) return take_order(code, record);
    if (layout_ == Layout::kWatched) return take_watched(code, record);
    if (layout_ == Layout::kOldPayments) return take_old_payment(code, record);
    if (passed_over_) return;
    reading_.disagrees(line_, code, "record_out_of_place", "the record stands in no section");
  }

  void finish() {
    if (layout_ != Layout::kNone) cut();
  }

 private:
  void open(const Record& record) {
    if (layout_ != Layout::kNone) cut();
    layout_ = layout_of(record);
    passed_over_ = layout_ == Layout::kNone;
    if (layout_ == Layout::kNone) {
      reading_.disagrees(line_, "01.layout", "unknown_layout",
                         "\"" +
                             record.text(is_dated(record) ? 23 : 45, is_dated(record) ? 42 : 64) +
                             "\" is no known layout; the section is passed over");
      return;
    }
    const bool dated = begins_with_day(record);
    bankgiro_ = is_old_advice(record) ? record.identity(15, 24)
                : dated               ? record.identity(69, 78)
                                      : record.identity(71, 80);
    const auto day = record.day(dated ? 3 : 25, DayForm::kYearMonthDay8);
    created_ = day ? day->to_string() : "";
    in_ = out_ = refunds_ = all_ = {};
    in_sections_ = out_sections_ = refund_sections_ = 0;
    deposit_day_.reset();
    if (layout_ == Layout::kOrders) begin_statement(created_ + "/orders", std::nullopt);
    if (layout_ == Layout::kWatched) begin_statement(created_ + "/register", std::nullopt);
    if (layout_ != Layout::kOldPayments) return;
    deposit_day_ = day;
    begin_statement(created_ + "/payments", std::nullopt);
  }

  static Layout layout_of(const Record& record) {
    if (is_new_mandates(record.raw(1, kWidth))) return Layout::kNewMandates;
    if (record.raw(11, 18) == "AUTOGIRO" && record.is_blank(19, 62)) return Layout::kOrders;
    if (is_old_advice(record)) return Layout::kMandates;
    if (is_dated(record)) return layout_named(kDatedLayouts, record.text(23, 42));
    return layout_named(kLayouts, record.text(45, 64));
  }

  // What we send has no counts that would tell what is missing.
  void unknown(std::string_view code) {
    if (layout_ == Layout::kOrders || layout_ == Layout::kNewMandates) {
      reading_.disagrees(line_, code, "unknown_record",
                         "the record is skipped, and no count says what it was");
      return;
    }
    reading_.problem(line_, code, "unknown_record", "the record is skipped");
  }

  void unknown_code(std::string_view field, std::string_view code) {
    reading_.problem(line_, field, "unknown_code",
                     "\"" + fixed_width::latin1_to_utf8(code) + "\" is no known code");
  }

  // --- Mandates that came, changed or went.
  void take_mandate(std::string_view code, const Record& record) {
    if (code == "09") {
      reading_.compare(line_, "09.count", "wrong_count", record.number(15, 21), all_.count);
      return close();
    }
    if (code != "73") return unknown(code);
    ++all_.count;
    const CodeText status = mandate_status(record.raw(64, 65));
    if (status.state.empty()) unknown_code("73.status", record.raw(64, 65));
    BankMandate mandate = mandate_of(record);
    mandate.state = status.state.empty() ? "rejected" : status.state;
    mandate.code = record.text(62, 65);
    mandate.text = status.text;
    mandate.day = record.day(66, DayForm::kYearMonthDay8);
    // A change of the payer number creates one mandate and cancels another.
    if (record.raw(62, 63) == "05" && mandate.state == "created") mandate.state = "changed";
    reading_.mandate(std::move(mandate));
  }

  BankMandate mandate_of(const Record& record) {
    BankMandate mandate;
    mandate.id = record.identity(13, 28);
    if (!record.identity(29, 44).empty()) mandate.payer.account = account_of(record, 29);
    if (!record.identity(45, 56).empty()) mandate.identity = record.text(45, 56);
    mandate.line = line_;
    return mandate;
  }

  // Clearing number (4) and account; a payer's bankgiro has no clearing number.
  static std::string account_of(const Record& record, std::size_t from) {
    const std::string clearing = record.identity(from, from + 3);
    return clearing + record.identity(from + 4, from + 15);
  }

  void take_new_mandate(std::string_view code, const Record& record) {
    if (code == "59") {
      flush_mandate();
      layout_ = Layout::kNone;
      return;
    }
    if (code == "52") {
      flush_mandate();
      mandate_ = mandate_of(record);
      mandate_->state = "announced";
      mandate_->code = record.text(62, 62);
      return;
    }
    if (code < "53" || code > "56") return unknown(code);
    if (!mandate_) {
      reading_.problem(line_, code, "record_out_of_place", "the record belongs to no mandate");
    } else if (code == "53") {
      mandate_->text = record.text(3, 38);
    } else {
      const std::string parts[] = {record.text(3, 38), record.text(39, 74)};
      for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (mandate_->payer.name.empty() && code == "54") {
          mandate_->payer.name = part;
        } else {
          mandate_->payer.address.push_back(part);
        }
      }
    }
  }

  void flush_mandate() {
    if (mandate_) reading_.mandate(std::move(*mandate_));
    mandate_.reset();
  }

  // --- Payments made, missed and paid back.
  void take_payment_record(std::string_view code, const Record& record) {
    if (code == "15" || code == "16" || code == "17") return begin_deposit(code, record);
    if (code == "82" || code == "32") return take_payment(code, record);
    if (code == "77") return take_refund(record);
    if (code != "09") return unknown(code);
    end_deposit();
    reading_.compare(line_, "09.in_sections", "wrong_count", record.number(15, 20), in_sections_);
    reading_.compare(line_, "09.in_records", "wrong_count", record.number(21, 32), in_.count);
    reading_.compare(line_, "09.out_sections", "wrong_count", record.number(33, 38), out_sections_);
    reading_.compare(line_, "09.out_records", "wrong_count", record.number(39, 50), out_.count);
    reading_.compare(line_, "09.refund_sections", "wrong_count", record.number(51, 56),
                     refund_sections_);
    reading_.compare(line_, "09.refund_records", "wrong_count", record.number(57, 68),
                     refunds_.count);
    close();
  }

  void begin_deposit(std::string_view code, const Record& record) {
    end_deposit();
    ++(code == "15" ? in_sections_ : code == "16" ? out_sections_ : refund_sections_);
    deposit_code_ = code;
    deposit_line_ = line_;
    deposit_ = {};
    deposit_said_ = {.count = record.number(72, 79).value_or(-1),
                     .minor = record.number(51, 68).value_or(-1)};
    deposit_day_ = record.day(38, DayForm::kYearMonthDay8);
    if (!deposit_day_) {
      reading_.disagrees(line_, std::string(code) + ".date", "bad_date",
                         "\"" + record.text(38, 45) + "\" is no day");
    }
    begin_statement(record.text(38, 45) + "/" + record.text(46, 50) + "/" + std::string(code),
                    record.number(72, 79));
  }

  void begin_statement(std::string id, std::optional<std::int64_t> entries) {
    statement_ = {};
    statement_.id = bankgiro_ + "/" + std::move(id);
    if (!ids_.insert(statement_.id).second) {
      statement_.id += "/" + std::to_string(ids_.size());
      ids_.insert(statement_.id);
    }
    statement_.account = bankgiro_;
    statement_.currency = krona().code();
    statement_.created = created_;
    statement_.entries = entries;
    statement_.from = statement_.to = deposit_day_;
    in_statement_ = true;
    reading_.statement_begins(statement_);
  }

  // Sections sum what was paid, not what was tried.
  void end_deposit() {
    if (!deposit_code_.empty()) {
      reading_.compare(deposit_line_, deposit_code_ + ".count", "wrong_count", deposit_said_.count,
                       deposit_.count);
      reading_.compare(deposit_line_, deposit_code_ + ".amount", "wrong_sum", deposit_said_.minor,
                       deposit_.minor);
      deposit_code_.clear();
    }
    if (std::exchange(in_statement_, false)) reading_.statement_ends(statement_);
  }

  // Absent, with its problem, where the amount cannot be read.
  std::optional<Money> amount_of(const Record& record, std::size_t from) {
    const auto amount = record.amount(from, from + 11, krona());
    if (amount) return *amount;
    reading_.disagrees(line_, std::string(record.raw(1, 2)) + ".amount", amount.error().code,
                       amount.error().text + "; the record is left out");
    return std::nullopt;
  }

  BankEntry entry_of(const Record& record, Money amount, bool credit) {
    BankEntry entry;
    entry.statement = statement_.id;
    entry.account = bankgiro_;
    entry.line = line_;
    entry.amount = amount;
    entry.direction = credit ? MoneyDirection::kCredit : MoneyDirection::kDebit;
    entry.reference = record.text(54, 69);
    entry.code = std::string(record.raw(1, 2));
    domain::BankEntryDetail detail;
    detail.amount = amount;
    detail.direction = entry.direction;
    detail.reference = entry.reference;
    detail.mandate_id = record.identity(16, 31);
    entry.details.push_back(std::move(detail));
    return entry;
  }

  void take_payment(std::string_view code, const Record& record) {
    const auto amount = amount_of(record, 32);
    if (!amount) return;
    const bool credit = code == "82";
    const bool old = layout_ == Layout::kOldPayments;
    const CodeText status =
        payment_status(old && record.is_blank(80, 80) ? "0" : record.raw(80, 80));
    if (status.state != "accepted") {
      if (status.state.empty()) unknown_code("82.status", record.raw(80, 80));
      return tell_status(record.identity(16, 31), record.text(54, 69), amount,
                         status.state.empty() ? "rejected" : status.state, status,
                         record.day(3, DayForm::kYearMonthDay8));
    }
    if (!in_statement_) {
      reading_.problem(line_, code, "record_out_of_place", "the record stands in no section");
      begin_statement(created_, std::nullopt);
    }
    if (!old) (credit ? in_ : out_).add(amount->minor());
    deposit_.add(amount->minor());
    BankEntry entry = entry_of(record, *amount, credit);
    entry.booking_date = deposit_day_;
    entry.value_date = record.day(3, DayForm::kYearMonthDay8);
    reading_.entry(std::move(entry));
  }

  void take_refund(const Record& record) {
    const auto amount = amount_of(record, 32);
    if (!amount) return;
    refunds_.add(amount->minor());
    deposit_.add(amount->minor());
    BankEntry entry = entry_of(record, *amount, false);
    entry.reversal = true;
    entry.booking_date = deposit_day_;
    entry.value_date = record.day(70, DayForm::kYearMonthDay8);
    const std::string code = record.text(78, 79);
    entry.returned = domain::BankReturn{.code = code, .text = std::string(refund_text(code))};
    entry.details.front().returned = entry.returned;
    reading_.entry(std::move(entry));
  }

  void tell_status(std::string payer, std::string reference, std::optional<Money> amount,
                   std::string_view state, const CodeText& code,
                   std::optional<base::Date> day = {}) {
    BankStatus status;
    status.day = day;
    status.mandate_id = std::move(payer);
    status.end_to_end_id = std::move(reference);
    status.amount = amount;
    status.state = state;
    status.code = fixed_width::latin1_to_utf8(code.code);
    status.text = code.text;
    status.line = line_;
    reading_.status(std::move(status));
  }

  // --- Orders that were refused.
  void take_refusal(std::string_view code, const Record& record) {
    if (code == "09") {
      reading_.compare(line_, "09.out_count", "wrong_count", record.number(15, 20), out_.count);
      reading_.compare(line_, "09.out_sum", "wrong_sum", record.number(21, 32), out_.minor);
      reading_.compare(line_, "09.in_count", "wrong_count", record.number(33, 38), in_.count);
      reading_.compare(line_, "09.in_sum", "wrong_sum", record.number(39, 50), in_.minor);
      return close();
    }
    if (code != "82" && code != "32") return unknown(code);
    const auto amount = amount_of(record, 31);
    if (!amount) return;
    (code == "82" ? in_ : out_).add(amount->minor());
    const CodeText why = refusal(record.raw(59, 60));
    if (why.state.empty()) unknown_code("82.comment", record.raw(59, 60));
    tell_status(record.identity(15, 30), record.text(43, 58), amount, "rejected", why,
                record.day(3, DayForm::kYearMonthDay8));
  }

  // --- Answers to cancellations and changes.
  void take_change(std::string_view code, const Record& record) {
    if (code == "09") {
      compare_both(record);
      return close();
    }
    if (code != "03" && code != "11" && (code < "21" || code > "29")) return unknown(code);
    std::optional<Money> amount;
    if (const auto minor = record.number(29, 40); minor && *minor > 0) {
      amount = amount_of(record, 29);
    }
    const CodeText answer = change_answer(record.raw(73, 74));
    if (answer.state.empty()) unknown_code("21.comment", record.raw(73, 74));
    // Only what was done is summed, and only of payments.
    const std::string_view way = record.raw(27, 28);
    if (answer.state == "accepted" && amount && (way == "82" || way == "32")) {
      (way == "82" ? in_ : out_).add(amount->minor());
    }
    tell_status(record.identity(11, 26), record.text(57, 72), amount,
                answer.state.empty() ? "rejected" : answer.state, answer);
  }

  // --- Records that end with both ways' counts and sums.
  void compare_both(const Record& record) {
    reading_.compare(line_, "09.out_sum", "wrong_sum", record.number(29, 40), out_.minor);
    reading_.compare(line_, "09.out_count", "wrong_count", record.number(41, 46), out_.count);
    reading_.compare(line_, "09.in_count", "wrong_count", record.number(47, 52), in_.count);
    reading_.compare(line_, "09.in_sum", "wrong_sum", record.number(57, 68), in_.minor);
  }

  // The earlier payments' list sums what was tried, and a blank says that it was paid.
  void take_old_payment(std::string_view code, const Record& record) {
    if (code == "09") {
      compare_both(record);
      return close();
    }
    if (code != "82" && code != "32") return unknown(code);
    if (const auto amount = record.amount(32, 43, krona())) {
      (code == "82" ? in_ : out_).add(amount->minor());
    }
    take_payment(code, record);
  }

  // --- Registers: what waits at Bankgirot, and which mandates it has.
  void take_watched(std::string_view code, const Record& record) {
    if (code == "09") {
      compare_both(record);
      return close();
    }
    if (code != "82" && code != "32") return unknown(code);
    const auto amount = amount_of(record, 32);
    if (!amount) return;
    (code == "82" ? in_ : out_).add(amount->minor());
    BankEntry entry = entry_of(record, *amount, code == "82");
    entry.code += domain::kWatchedMark;
    entry.booked = false;
    entry.value_date = record.day(3, DayForm::kYearMonthDay8);
    reading_.entry(std::move(entry));
  }

  void take_registered(const Record& record) {
    if (!is_registered(record)) {
      reading_.disagrees(line_, "mandate", "file_cut",
                         "the line is no whole mandate of a register; it is left out");
      return;
    }
    const std::size_t created = created_column(record);
    BankMandate mandate;
    mandate.id = record.identity(23, 38);
    mandate.state = domain::kRegistered;
    mandate.code = record.text(created + 16, created + 16);
    mandate.identity = record.identity(11, 22).empty() ? "" : record.text(11, 22);
    mandate.day = record.day(created, DayForm::kYearMonthDay8);
    const std::size_t account = created == 42 ? 65 : 64;
    if (!record.identity(account, account + 15).empty()) {
      mandate.payer.account = account_of(record, account);
    }
    mandate.line = line_;
    reading_.mandate(std::move(mandate));
  }

  // --- What we sent ourselves, read back: nothing of it has happened.
  void take_order(std::string_view code, const Record& record) {
    if (code == "03" || code == "04" || code == "05") {
      BankMandate mandate = mandate_of(record);
      mandate.state = code == "03" ? "cancelled" : code == "05" ? "changed" : "announced";
      mandate.code = std::string(code);
      if (code == "05") {
        mandate.payer.account.clear();
        mandate.identity.clear();
        mandate.text = record.identity(39, 54);
      } else if (record.raw(77, 78) == "AV") {
        mandate.state = "rejected";
      }
      return reading_.mandate(std::move(mandate));
    }
    if (code == "82" || code == "32") {
      const auto amount = amount_of(record, 32);
      if (!amount) return;
      BankEntry entry = entry_of(record, *amount, code == "82");
      entry.booked = false;
      entry.value_date = record.day(3, DayForm::kYearMonthDay8);
      return reading_.entry(std::move(entry));
    }
    if (code < "23" || code > "29") return unknown(code);
    std::optional<Money> amount;
    if (!record.is_blank(37, 48)) amount = amount_of(record, 37);
    tell_status(record.identity(13, 28), record.text(59, 74), amount, "pending",
                {.code = code, .state = {}, .text = "a change that was asked for"});
  }

  // --- The end of a section.
  void close() {
    end_deposit();
    layout_ = Layout::kNone;
  }

  void cut() {
    flush_mandate();
    // What we send ends with the file.
    if (layout_ != Layout::kOrders) {
      reading_.disagrees(line_, "09", "file_cut", "the section has no record 09");
    }
    close();
  }

  Reading& reading_;
  std::int64_t line_ = 0;
  Layout layout_ = Layout::kNone;
  std::string bankgiro_, created_;
  bool in_statement_ = false;
  bool passed_over_ = false;  // The section, of a layout that is not read.
  domain::BankStatement statement_;
  std::string deposit_code_;  // Of the section at hand: 15, 16, 17.
  std::int64_t deposit_line_ = 0;
  Total deposit_, deposit_said_;
  std::optional<base::Date> deposit_day_;
  std::int64_t in_sections_ = 0, out_sections_ = 0, refund_sections_ = 0;
  Total in_, out_, refunds_, all_;
  std::optional<BankMandate> mandate_;
  std::set<std::string> ids_;  // Of statements.
};

}  // namespace

// "01AUTOGIRO" from Bankgirot; "01", a day and "AUTOGIRO" to it and in earlier layouts and
// registers; a register of mandates begins with a mandate.
bool claims(std::string_view head) {
  const auto records = fixed_width::first_records(head, kWidth, 1);
  if (records.empty()) return false;
  const std::string_view line = records.front();
  if (is_new_mandates(line)) return true;
  if (line.starts_with("01AUTOGIRO  ")) return true;
  const Record record(1, std::string(line));
  if (begins_with_day(record) && record.raw(11, 22) == "AUTOGIRO    ") return true;
  return is_dated(record) || is_old_advice(record) || is_registered(record);
}

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  AutogiroReader reader(reading);
  TRY(fixed_width::for_each_record(source, reading, kWidth,
                                   [&](const Record& record) { reader.take(record); }));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::autogiro
