// Bank files that were imported: searched and filtered, saved as a file; of each its counts and
// what was wrong with it.
#include <algorithm>

#include "formats/bank/bank_format.h"
#include "ports/payments.h"
#include "web/console/bank_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Result;
using ports::BankFileRow;

constexpr std::string_view kPath = "/console/bank-files";
constexpr std::string_view kFields[] = {"text", "state", "format", "from", "to"};
constexpr std::string_view kStates[] = {"reading", "done", "refused"};
// A bank sends a few a day; these are many years.
constexpr std::size_t kFilesMax = 100'000;
constexpr std::size_t kProblemsMax = 2'000;

Value file_row(const Call& call, const Moments& moments, const BankFileRow& file) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("id", file.id.to_string())
      .set("name", file.name)
      .set("format", file.format)
      .set("state", say_word(call, "console.bank_file.state.", file.state))
      .set("tag", file.state == "done"      ? " good"
                  : file.state == "refused" ? " warn"
                                            : "")
      .set("when", moments.text(file.recorded))
      .set("entries", write.integer(file.entries))
      .set("payments", write.integer(file.payments))
      .set("repeated", write.integer(file.repeated))
      .set("left_out", write.integer(file.left_out))
      .set("problems", write.integer(file.problems))
      .set("has_problems", file.problems > 0);
}

Result<std::vector<BankFileRow>> load_files(ports::Transaction& transaction, const Moments& moments,
                                            const Fields& filter) {
  const std::string text = filter.text("text"), state = filter.text("state");
  const std::string format = filter.text("format");
  std::optional<base::Date> from, to;
  if (const auto day = filter.text("from"); !day.empty()) from = TRY(base::Date::parse(day));
  if (const auto day = filter.text("to"); !day.empty()) to = TRY(base::Date::parse(day));
  auto files = TRY(transaction.payments().list_files(kFilesMax));
  std::erase_if(files, [&](const BankFileRow& file) {
    const base::Date day = moments.day(file.recorded);
    const bool is_named = file.name.contains(text) || file.id.to_string() == text;
    return !is_named || (!state.empty() && file.state != state) ||
           (!format.empty() && file.format != format) || (from && day < *from) || (to && *to < day);
  });
  return files;
}

Value format_choices(std::string_view chosen) {
  Value list = Value::list();
  for (const auto& format : formats::bank::bank_formats()) {
    if (!format.reads) continue;
    list.push(Value::record()
                  .set("value", Value::borrow(format.name))
                  .set("is_chosen", format.name == chosen));
  }
  return list;
}

Result<BankFileRow> load_file(const Call& call, ports::Transaction& transaction) {
  const auto id = TRY(call.id<domain::BankFileId>("id"));
  auto file = TRY(transaction.payments().find_file(id));
  if (!file) return base::fail("bank_file_not_found", "there is no such file", id.to_string());
  return *std::move(file);
}

}  // namespace

Result<Response> list_bank_files(const Call& call) {
  Page page{.name = "console/bank-files", .title = say(call, "console.nav.bank_files")};
  const Fields filter = filter_of(call, kFields);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const auto files = TRY(load_files(*transaction, moments, filter));
  Value list = Value::list();
  const std::size_t begin = (page_of(call) - 1) * kRowsAPage;
  for (std::size_t at = begin; at < files.size() && at < begin + kRowsAPage; ++at) {
    list.push(file_row(call, moments, files[at]));
  }
  page.values.set("rows", std::move(list))
      .set("totals", TRY(bank_totals(call, *transaction)))
      .set("may_import", call.may(domain::Permission::kBankFilesTake))
      .set("filter", Value::record()
                         .set("text", filter.text("text"))
                         .set("states", choices(call, "console.bank_file.state.", kStates,
                                                filter.text("state")))
                         .set("formats", format_choices(filter.text("format")))
                         .set("from", filter.text("from"))
                         .set("to", filter.text("to")));
  add_pages(call,
            {.path = kPath,
             .export_path = "/console/bank-files.csv",
             .filter = filter,
             .count = static_cast<std::int64_t>(files.size())},
            page.values);
  return render_page(call, std::move(page));
}

Result<Response> export_bank_files(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  std::string body = csv_line({"file", "name", "format", "state", "entries", "payments", "repeated",
                               "left_out", "problems", "imported_by", "recorded"});
  for (const auto& file : TRY(load_files(*transaction, moments, filter_of(call, kFields)))) {
    body += csv_line({file.id.to_string(), file.name, file.format, file.state,
                      std::to_string(file.entries), std::to_string(file.payments),
                      std::to_string(file.repeated), std::to_string(file.left_out),
                      std::to_string(file.problems),
                      TRY(actor_name(*transaction, file.imported_by)), file.recorded.to_string()});
  }
  return csv_response("bank-files.csv", body);
}

Result<Response> show_bank_file(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const BankFileRow file = TRY(load_file(call, *transaction));
  const Moments moments = TRY(Moments::load(call, *transaction));
  Page page{.name = "console/bank-file", .title = file.name};
  Value row = file_row(call, moments, file);
  row.set("by", TRY(actor_name(*transaction, file.imported_by)));
  page.values.set("file", std::move(row));
  add_bank_problems(call, std::string(kPath) + "/" + file.id.to_string(),
                    TRY(transaction->payments().problems_of(file.id, kProblemsMax)), page.values);
  return render_page(call, std::move(page));
}

Result<Response> export_bank_file_problems(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const BankFileRow file = TRY(load_file(call, *transaction));
  return bank_problems_csv(call, TRY(transaction->payments().problems_of(file.id, kProblemsMax)));
}

}  // namespace web::console
