// Runs of debits: each day's counts, the files that went to banks and can be fetched again, what
// the banks answered, and what is tried again or waits for somebody.
#include <algorithm>

#include "ports/mandates.h"
#include "web/bill/mandate_text.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/mandate_rows.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Result;

constexpr std::size_t kRunsShown = 60;
constexpr std::size_t kDebitsShown = 200;

Value run_row(const Call& call, const Moments& moments, const ports::CollectionRun& run) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("day", run.day.to_string())
      .set("date", write.date(run.day, locale::DateStyle::kNumeric))
      .set("state", say_word(call, "console.collection.run.", run.state))
      .set("tag", run.state == "done" ? " good" : "")
      .set("bills", write.integer(run.bills))
      .set("planned", write.integer(run.planned))
      .set("ordered", write.integer(run.ordered))
      .set("dropped", write.integer(run.dropped))
      .set("problems", write.integer(run.problems))
      .set("has_problems", run.problems > 0)
      .set("files", write.integer(run.files))
      .set("when", moments.text(run.recorded));
}

// What became of the debits of a file, in words: "paid 12, refused 1".
Result<Value> answers_of(const Call& call, ports::Transaction& transaction,
                         const ports::OrderFile& file,
                         std::vector<domain::Collection>& to_look_at) {
  std::map<domain::CollectionState, std::int64_t> counts;
  ports::CollectionFilter filter;
  filter.file = file.id;
  filter.limit = kDebitsShown;
  while (true) {
    const auto page = TRY(transaction.mandates().list_collections(filter));
    for (const auto& each : page) {
      ++counts[each.state];
      const bool went_wrong = each.state == domain::CollectionState::kFailed ||
                              each.state == domain::CollectionState::kReturned;
      if (went_wrong && to_look_at.size() < kDebitsShown) to_look_at.push_back(each);
    }
    if (page.size() < filter.limit) break;
    filter.after = {page.back().account, page.back().id};
  }
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value list = Value::list();
  for (const auto& [state, count] : counts) {
    list.push(Value::record()
                  .set("state", say_word(call, "console.collection.state.", domain::to_text(state)))
                  .set("count", write.integer(count)));
  }
  return list;
}

Value file_row(const Call& call, const ports::OrderFile& file, Value answers) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("id", file.id.to_string())
      .set("name", file.name)
      .set("scheme", Value::borrow(bill::scheme_name(file.group.scheme)))
      .set("creditor", bill::creditor_words(file.group.scheme, file.group.creditor))
      .set("debits", write.integer(file.debits))
      .set("mandates", write.integer(file.mandates))
      .set("sum", write.money(file.sum))
      .set("answers", std::move(answers))
      .set("may_fetch", call.may(domain::Permission::kPaymentsChange));
}

}  // namespace

Result<Response> list_collection_runs(const Call& call) {
  Page page{.name = "console/collections", .title = say(call, "console.nav.collections")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  Value list = Value::list();
  for (const auto& run : TRY(transaction->mandates().list_runs(kRunsShown))) {
    list.push(run_row(call, moments, run));
  }
  page.values.set("rows", std::move(list));
  return render_page(call, std::move(page));
}

Result<Response> show_collection_run(const Call& call) {
  const auto day = TRY(base::Date::parse(call.value("day")));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto run = TRY(transaction->mandates().find_run(day));
  if (!run) return base::fail("run_not_found", "there was no run on that day", day.to_string());
  const Moments moments = TRY(Moments::load(call, *transaction));
  Page page{.name = "console/collection",
            .title = say(call, "console.collection.title", {{"day", day}})};
  Value runs = Value::list(), files = Value::list();
  runs.push(run_row(call, moments, *run));
  std::vector<domain::Collection> to_look_at;
  for (const auto& file : TRY(transaction->mandates().files_of(day))) {
    Value answers = TRY(answers_of(call, *transaction, file, to_look_at));
    files.push(file_row(call, file, std::move(answers)));
  }
  page.values.set("rows", std::move(runs))
      .set("files", std::move(files))
      .set("debits", collection_rows(call, to_look_at));
  return render_page(call, std::move(page));
}

Result<Response> download_order_file(const Call& call) {
  const auto id = TRY(call.id<domain::OrderFileId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto file = TRY(transaction->mandates().find_file(id));
  if (!file) return base::fail("order_file_not_found", "there is no such file", id.to_string());
  Response response = text_response(200, "");
  TRY(transaction->mandates().read_file(id, [&](std::string_view piece) -> Result<> {
    response.body += piece;
    return {};
  }));
  response.headers.set("Content-Type", "application/octet-stream");
  response.headers.set("Content-Disposition", "attachment; filename=\"" + file->name + "\"");
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace web::console
