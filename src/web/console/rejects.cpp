// Records that an import refused: find them, correct them, let them go.
#include "flows/operations/rejects.h"
#include "flows/care/index_customers.h"

#include <memory>

#include "ports/imports.h"
#include "web/api/answer.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/reject_filter.h"

namespace web::console {
namespace {

constexpr std::size_t kRowsPerPage = 50;
constexpr std::size_t kRowsPerPiece = 500;
constexpr std::string_view kStates[] = {"open", "notice", "corrected", "discarded"};
constexpr std::string_view kPath = "/console/rejects";

std::string state_text(const Call& call, std::string_view state) {
  return say_word(call, "console.reject.state.", state);
}

bool is_open(const ports::Reject& reject) {
  return reject.state == "open" || reject.state == "notice";
}

// What the filter's form shows again, and what its links carry on: nothing but its own fields.
Fields filter_fields(const Fields& query) {
  Fields fields;
  for (const Parameter& parameter : kRejectParameters) {
    if (const std::string* value = query.find(parameter.name)) fields.set(parameter.name, *value);
  }
  return fields;
}

std::string link_to(std::string_view path, const Fields& fields) {
  const std::string query = fields.encode();
  return query.empty() ? std::string(path) : std::string(path) + "?" + query;
}

Value state_choices(const Call& call, std::string_view chosen) {
  Value choices = Value::list();
  for (const std::string_view state : kStates) {
    choices.push(Value::record()
                     .set("value", Value::borrow(state))
                     .set("text", state_text(call, state))
                     .set("is_chosen", state == chosen));
  }
  return choices;
}

Value reject_row(const Call& call, const ports::Reject& reject, const Moments& moments) {
  return Value::record()
      .set("id", reject.id.to_string())
      .set("file", reject.file_name)
      .set("mapping", reject.mapping)
      .set("line", call.web.texts.formatter(call.language).integer(reject.line))
      .set("field", reject.field)
      .set("code", reject.code)
      .set("reason", reject.reason)
      .set("state", state_text(call, reject.state))
      .set("is_open", is_open(reject))
      .set("when", moments.text(reject.recorded));
}

void add_filter(const Call& call, const Fields& fields, Value& values) {
  values
      .set("filter", Value::record()
                         .set("states", state_choices(call, fields.text("state")))
                         .set("code", fields.text("code"))
                         .set("mapping", fields.text("mapping"))
                         .set("field", fields.text("field"))
                         .set("file_name", fields.text("file_name"))
                         .set("file", fields.text("file"))
                         .set("text", fields.text("text"))
                         .set("clear", Value::borrow(fields.encode().empty() ? "" : kPath)))
      .set("export", link_to("/console/rejects.csv", fields));
}

base::Result<Response> reject_page(const Call& call, const ports::Reject& reject,
                                   std::string problem) {
  Page page{.name = "console/reject",
            .title = say(call, "console.reject.title",
                         {{"file", reject.file_name}, {"line", reject.line}}),
            .status = problem.empty() ? 200 : 422};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  // What somebody typed is shown again when it was refused again.
  const std::string raw = call.form.text("raw", reject.raw);
  page.values.set("reject", reject_row(call, reject, moments))
      .set("context", reject.context)
      .set("raw", raw)
      .set("problem", std::move(problem))
      .set("reason_given", call.form.text("reason"))
      .set("closed", reject.closed ? Value::record()
                                         .set("by", reject.closed_by)
                                         .set("when", moments.text(*reject.closed))
                                   : Value());
  if (is_open(reject) && call.may(domain::Permission::kRejectsCorrect)) {
    const std::string label = "form key:" + call.request_id;
    page.values.set("actions", Value::record()
                                   .set("id", reject.id.to_string())
                                   .set("key", crypto::random_token(call.web.random, label)));
  }
  return render_page(call, std::move(page));
}

// What a person can mend is said on the page itself; anything else is an error page.
bool is_for_the_form(const base::Error& error) {
  return error.code == "record_still_wrong" || error.code == "not_one_record" ||
         error.code == "missing_reason";
}

base::Result<Response> after_change(const Call& call, domain::RejectId id,
                                    const base::Result<api::OnceAnswer>& done) {
  if (done) return see_other(done->location);
  if (!is_for_the_form(done.error())) return std::unexpected(done.error());
  const auto reject = TRY(flows::find_reject(call.web.store, id));
  return reject_page(call, reject,
                     say(call, "console.reject.still_wrong", {{"reason", done.error().text}}));
}

// A browser ends lines with CR LF; the files that records come from mostly do not, and the reader
// takes either.
std::string without_last_line_end(std::string text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace

base::Result<Response> list_rejects(const Call& call) {
  Page page{.name = "console/rejects", .title = say(call, "console.nav.rejects")};
  const Fields fields = filter_fields(call.query);
  const ports::RejectFilter filter = TRY(read_reject_filter(fields));
  const auto after = TRY(read_reject_cursor(call.web.store, call.query.text("after")));
  const auto found = TRY(flows::list_rejects(call.web.store, filter, after, kRowsPerPage));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  Value rows = Value::list();
  for (const auto& reject : found.rejects) rows.push(reject_row(call, reject, moments));
  page.values.set("rows", std::move(rows));
  if (filter.text.empty()) {
    const std::int64_t count = TRY(transaction->imports().count_rejects(filter));
    page.values.set("count", say(call, "console.table.rows", {{"count", count}}));
  }
  if (found.next) {
    Fields next = fields;
    next.set("after", found.next->id.to_string());
    page.values.set("next", link_to(kPath, next));
  }
  if (!call.query.text("after").empty()) page.values.set("first", link_to(kPath, fields));
  add_filter(call, fields, page.values);
  return render_page(call, std::move(page));
}

base::Result<Response> export_rejects(const Call& call) {
  const ports::RejectFilter filter = TRY(read_reject_filter(call.query));
  Response response = csv_download("rejects.csv");
  struct Place {
    bool begun = false;
    std::optional<ports::RejectCursor> next = ports::RejectCursor{};
  };
  auto place = std::make_shared<Place>();
  ports::Store& store = call.web.store;
  response.next_piece = [&store, filter, place]() -> base::Result<std::optional<std::string>> {
    if (!place->next) return std::nullopt;
    std::string piece;
    if (!std::exchange(place->begun, true)) {
      piece += kUtf8Mark;
      piece += flows::kRejectCsvHead;
    }
    const auto page = TRY(flows::list_rejects(store, filter, *place->next, kRowsPerPiece));
    for (const auto& reject : page.rejects) piece += flows::to_csv(reject);
    place->next = page.next;
    return piece;
  };
  return response;
}

base::Result<Response> show_reject(const Call& call) {
  const auto id = TRY(call.id<domain::RejectId>("id"));
  return reject_page(call, TRY(flows::find_reject(call.web.store, id)), "");
}

base::Result<Response> correct_reject(const Call& call) {
  const auto id = TRY(call.id<domain::RejectId>("id"));
  const std::string record = without_last_line_end(call.form.text("raw"));
  const auto done = api::once_with_own_transactions(call, [&]() -> base::Result<api::OnceAnswer> {
    const auto correction =
        TRY(flows::correct_reject(reject_tools(call.web), id, record, call.who.actor()));
    if (!correction.taken) {
      return base::fail("record_still_wrong", describe_remarks(correction.remarks));
    }
    // A customer who came in by it is found from now on.
    TRY(flows::index_customers(call.web.store));
    return api::OnceAnswer{303, {}, std::string(kPath) + "/" + id.to_string()};
  });
  return after_change(call, id, done);
}

base::Result<Response> discard_reject(const Call& call) {
  const auto id = TRY(call.id<domain::RejectId>("id"));
  const auto done = api::once_with_own_transactions(call, [&]() -> base::Result<api::OnceAnswer> {
    TRY(flows::discard_reject(call.web.store, call.web.clock, id, call.form.text("reason"),
                              call.who.actor()));
    return api::OnceAnswer{303, {}, std::string(kPath) + "/" + id.to_string()};
  });
  return after_change(call, id, done);
}

}  // namespace web::console
