// `bank read`, `bank write` and `bank formats`. Entries are printed as they are read; only what a
// file has few of (statements, mandates, statuses, problems) is kept until its end.
#include "app/cli/commands_bank.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "app/bank_file_source.h"
#include "app/cli/output.h"
#include "formats/bank/bank_json.h"
#include "formats/bank/problem_codes.h"
#include "formats/bank/writing/order_json.h"
#include "formats/bank/writing/order_writers.h"
#include "support/json/parse.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using formats::bank::to_json;

// Rows of which a table's widths are made; longer lists are several tables.
constexpr std::size_t kTableRows = 1'000;

// Writes what a reader finds; a write that fails stops the reading.
class Printer : public formats::bank::BankFileSink {
 public:
  bool statement_begins(const domain::BankStatement&) override { return true; }
  bool problem(domain::BankProblem&& problem) final {
    ++counts_[static_cast<std::size_t>(problem.severity)];
    tell(problem);
    return true;
  }
  [[nodiscard]] const Result<>& written() const { return written_; }
  // Nothing is missing and nothing contradicts itself.
  [[nodiscard]] Exit exit_for(const domain::BankControl& control) const {
    return control.agrees && count(Severity::kError) == 0 ? Exit::kDone : Exit::kNegative;
  }

 protected:
  using Severity = domain::BankProblemSeverity;
  virtual void tell(const domain::BankProblem& problem) = 0;
  [[nodiscard]] std::int64_t count(Severity severity) const {
    return counts_[static_cast<std::size_t>(severity)];
  }
  bool write(std::string_view bytes) {
    if (written_) written_ = write_output("", bytes);
    return written_.has_value();
  }

 private:
  std::array<std::int64_t, 3> counts_ = {};  // By severity.
  Result<> written_;
};

// {"format", "entries": [...], "statements": [...], ...} on one line.
class JsonPrinter final : public Printer {
 public:
  explicit JsonPrinter(std::string_view format) {
    write("{\"format\":" + Json(format).dump() + ",\"entries\":[");
  }
  bool statement_ends(const domain::BankStatement& statement) override {
    return keep(statements_, to_json(statement));
  }
  bool entry(domain::BankEntry&& entry) override {
    const std::string_view comma = std::exchange(follows_, true) ? "," : "";
    buffer_ += comma;
    buffer_ += to_json(entry).dump();
    return buffer_.size() < kBufferBytes || flush();
  }
  bool mandate(domain::BankMandate&& mandate) override { return keep(mandates_, to_json(mandate)); }
  bool status(domain::BankStatus&& status) override { return keep(statuses_, to_json(status)); }
  void finish(const domain::BankControl& control) {
    flush();
    write("],\"statements\":[" + statements_ + "],\"mandates\":[" + mandates_ + "],\"statuses\":[" +
          statuses_ + "],\"control\":" + to_json(control).dump() + ",\"problems\":[" + problems_ +
          "]}\n");
  }

 private:
  static constexpr std::size_t kBufferBytes = 65'536;

  bool flush() {
    const bool done = write(buffer_);
    buffer_.clear();
    return done;
  }
  void tell(const domain::BankProblem& problem) override { keep(problems_, to_json(problem)); }
  static bool keep(std::string& list, const Json& json) {
    if (!list.empty()) list += ',';
    list += json.dump();
    return true;
  }

  bool follows_ = false;
  std::string buffer_, statements_, mandates_, statuses_, problems_;
};

std::string day_text(const std::optional<base::Date>& day) { return day ? day->to_string() : ""; }

std::string balance_text(const std::optional<domain::BankBalance>& balance) {
  return balance ? balance->amount.to_decimal_string() : "";
}

// What the entry says of itself, for people: its reference, else the payer's words.
std::string words_of(const domain::BankEntry& entry) {
  if (!entry.reference.empty()) return entry.reference;
  return entry.remittance.empty() ? entry.end_to_end_id : entry.remittance.front();
}

class TablePrinter final : public Printer {
 public:
  bool statement_ends(const domain::BankStatement& statement) override {
    statements_.add({statement.id, statement.account, statement.currency,
                     balance_text(statement.opening), balance_text(statement.closing)});
    return true;
  }
  bool entry(domain::BankEntry&& entry) override {
    const bool credit = entry.direction == domain::MoneyDirection::kCredit;
    std::string note = entry.reversal ? "reversal" : "";
    if (!entry.booked) note = "not booked";
    if (entry.returned) note = "returned " + entry.returned->code;
    if (entry.details.size() > 1) note += " " + std::to_string(entry.details.size()) + " details";
    entries_.add({std::to_string(entry.line), day_text(entry.booking_date),
                  (credit ? "" : "-") + entry.amount.to_decimal_string(),
                  std::string(entry.amount.currency().code()), words_of(entry), entry.payer.name,
                  note});
    return ++rows_ % kTableRows != 0 || flush();
  }
  bool mandate(domain::BankMandate&& mandate) override {
    others_ += "mandate " + mandate.id + " " + mandate.state + " " + mandate.code + " " +
               mandate.text + "\n";
    return true;
  }
  bool status(domain::BankStatus&& status) override {
    others_ += "status " + status.batch_id + " " + status.end_to_end_id + " " + status.state + " " +
               status.code + " " + status.text + "\n";
    return true;
  }
  void finish(std::string_view format, const domain::BankControl& control) {
    flush();
    const auto counted = [this](Severity severity) {
      const std::int64_t many = count(severity);
      return std::to_string(many) + " " + std::string(formats::bank::severity_name(severity)) +
             (many == 1 ? "" : "s");
    };
    write("\n" + statements_.to_text() + "\n" + others_ + std::string(format) + ": " +
          std::to_string(control.entries_read) + " entries; " +
          (control.agrees ? "the file is whole" : "the file is not whole or contradicts itself") +
          "; " + counted(Severity::kError) + ", " + counted(Severity::kWarning) + ", " +
          counted(Severity::kNote) + "\n");
  }

 private:
  void tell(const domain::BankProblem& problem) override {
    others_ += std::string(formats::bank::severity_name(problem.severity)) + " in line " +
               std::to_string(problem.line) + ": " + problem.text + " (" + problem.code +
               (problem.field.empty() ? "" : ", " + problem.field) + ")\n";
  }

  static TextTable entry_table() {
    return TextTable({"line>", "booked", "amount>", "", "reference or text", "payer", ""});
  }
  bool flush() {
    const bool done = write(entries_.to_text());
    entries_ = entry_table();
    return done;
  }

  std::size_t rows_ = 0;
  TextTable entries_ = entry_table();
  TextTable statements_{{"statement", "account", "", "opening>", "closing>"}};
  std::string others_;
};

// The whole of an order's file, up to what JSON may have.
Result<Json> read_order_file(const std::string& path) {
  auto source = TRY(BankFileSource::open(path));
  std::string text;
  while (text.size() <= json::kJsonBytesMax) {
    const std::string_view piece = TRY(source.next());
    if (piece.empty()) break;
    text += piece;
  }
  auto parsed = json::parse(text, json::Fractions::kRefuse, json::Doubled::kRefuse);
  if (parsed) return parsed;
  std::string& place = parsed.error().place;
  if (parsed.error().code == "bad_json") {
    // "byte 641": people count lines.
    const std::size_t digits = std::min(place.find_first_of("0123456789"), place.size());
    const auto byte =
        std::min<std::size_t>(text.size(), std::strtoull(place.c_str() + digits, nullptr, 10));
    const auto here = text.begin() + static_cast<std::ptrdiff_t>(byte);
    place = path + ":" + std::to_string(1 + std::count(text.begin(), here, '\n'));
  } else {
    place = path + (place.empty() ? "" : ": ") + place;
  }
  return parsed;
}

// Opens the file with the first bytes: an order that is refused leaves none, and none is replaced.
class OutputSink final : public formats::bank::ByteSink {
 public:
  explicit OutputSink(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] Result<> write(std::string_view bytes) override {
    if (!file_) file_ = TRY(OutputFile::open(path_));
    bytes_ += bytes.size();
    return file_->write(bytes);
  }
  [[nodiscard]] Result<> close() { return file_ ? file_->close() : Result<>(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::string path_;
  std::unique_ptr<OutputFile> file_;
  std::size_t bytes_ = 0;
};

struct ToldProblem {
  std::string place, code, text;
  bool refused = true;
};

std::vector<ToldProblem> told(const std::vector<base::Error>& errors) {
  std::vector<ToldProblem> problems;
  for (const base::Error& error : errors) {
    problems.push_back({error.place, error.code, error.text, true});
  }
  return problems;
}

std::vector<ToldProblem> told(const std::vector<domain::OrderProblem>& found) {
  std::vector<ToldProblem> problems;
  for (const auto& [place, field, code, text, refused] : found) {
    const std::string_view point = place.empty() || field.empty() ? "" : ".";
    problems.push_back({place + std::string(point) + field, code, text, refused});
  }
  return problems;
}

Answer write_answer(const BankWriteOptions& options, bool written,
                    const std::vector<ToldProblem>& problems, std::int64_t items,
                    std::size_t bytes) {
  Json list = Json::array();
  std::string text;
  for (const ToldProblem& problem : problems) {
    list.push(Json()
                  .set("place", problem.place)
                  .set("code", problem.code)
                  .set("text", problem.text)
                  .set("refused", problem.refused));
    text += options.file + ": " + problem.place + (problem.place.empty() ? "" : ": ") +
            problem.text + " (" + problem.code + ")\n";
  }
  Json json;
  json.set("format", options.format)
      .set("file", written ? Json(options.output) : Json())
      .set("written", written)
      .set("items", items)
      .set("bytes", bytes)
      .set("problems", std::move(list));
  text += written ? "Written to " + options.output + ": " + std::to_string(items) + " items\n"
                  : "Nothing is written.\n";
  return {std::move(json), std::move(text), written ? Exit::kDone : Exit::kNegative};
}

}  // namespace

Outcome bank_write(const BankWriteOptions& options) {
  const auto* writer = TRY(formats::bank::find_order_writer(options.format));
  const Json json = TRY(read_order_file(options.file));
  const auto read = formats::bank::read_payment_order(json);
  if (!read.order) return write_answer(options, false, told(read.problems), 0, 0);
  OutputSink sink(options.output);
  auto check = formats::bank::write_order(*writer, options.version, *read.order, sink);
  if (!check) {
    // The place of a version that there is not is the option.
    if (check.error().place == "version") check.error().place = "--version";
    return std::unexpected(std::move(check).error());
  }
  if (check->refused) return write_answer(options, false, told(check->problems), 0, 0);
  TRY(sink.close());
  if (options.output.empty() || options.output == "-") return Answer{};
  return write_answer(options, true, told(check->problems), check->all.count, sink.bytes());
}

Outcome bank_read(const BankReadOptions& options, bool json) {
  auto source = TRY(BankFileSource::open(options.file));
  auto format = formats::bank::recognise(source.head());
  if (!format) {
    format.error().place = options.file;
    return std::unexpected(format.error());
  }
  if (json) {
    JsonPrinter printer((*format)->name);
    const auto control = TRY((*format)->read(source, printer));
    printer.finish(control);
    TRY(printer.written());
    return Answer{.json = {}, .text = {}, .exit = printer.exit_for(control)};
  }
  TablePrinter printer;
  const auto control = TRY((*format)->read(source, printer));
  printer.finish((*format)->name, control);
  TRY(printer.written());
  return Answer{.json = {}, .text = {}, .exit = printer.exit_for(control)};
}

Outcome bank_formats() {
  Json formats = Json::array();
  TextTable table({"format", "reads", "writes", "title"});
  const auto yes_or_no = [](bool value) { return std::string(value ? "yes" : "no"); };
  for (const auto& format : formats::bank::bank_formats()) {
    formats.push(Json()
                     .set("name", format.name)
                     .set("title", format.title)
                     .set("reads", format.reads)
                     .set("writes", format.writes));
    table.add({std::string(format.name), yes_or_no(format.reads), yes_or_no(format.writes),
               std::string(format.title)});
  }
  return Answer{Json::object().set("formats", std::move(formats)), table.to_text()};
}

}  // namespace app::cli
