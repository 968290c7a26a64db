// The audit trail: who looked at and changed what, newest first.
#include <map>

#include "ports/access.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

constexpr std::string_view kFields[] = {"action", "actor"};
constexpr std::size_t kRowsRead = 5000;
constexpr std::size_t kRowsExported = 100'000;

struct Rows {
  std::vector<ports::AuditRow> rows;
  std::vector<std::string> actors;  // By name.
};

// The newest rows that fit the filter; people are found by name.
base::Result<Rows> load(ports::Transaction& transaction, const Fields& filter, std::size_t read) {
  Rows found;
  const std::string action = filter.text("action"), actor = filter.text("actor");
  std::map<std::string, std::string> names;
  for (auto& row : TRY(transaction.access().list_audit(read))) {
    if (!action.empty() && !row.action.contains(action)) continue;
    auto name = names.find(row.actor);
    if (name == names.end()) {
      name = names.emplace(row.actor, TRY(actor_name(transaction, row.actor))).first;
    }
    if (!actor.empty() && !name->second.contains(actor)) continue;
    found.actors.push_back(name->second);
    found.rows.push_back(std::move(row));
  }
  return found;
}

}  // namespace

base::Result<Response> list_audit(const Call& call) {
  Page page{.name = "console/audit", .title = say(call, "console.nav.audit")};
  const Fields filter = filter_of(call, kFields);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const Rows found = TRY(load(*transaction, filter, kRowsRead));
  Value rows = Value::list();
  const std::size_t from = (page_of(call) - 1) * kRowsAPage;
  for (std::size_t at = from; at < found.rows.size() && at < from + kRowsAPage; ++at) {
    const ports::AuditRow& row = found.rows[at];
    rows.push(Value::record()
                  .set("when", moments.text(row.recorded))
                  .set("actor", found.actors[at])
                  .set("action", row.action)
                  .set("subject", row.subject));
  }
  page.values.set("rows", std::move(rows))
      .set("action", filter.text("action"))
      .set("actor", filter.text("actor"));
  add_pages(call,
            {.path = "/console/audit",
             .export_path = "/console/audit.csv",
             .filter = filter,
             .count = static_cast<std::int64_t>(found.rows.size())},
            page.values);
  return render_page(call, std::move(page));
}

base::Result<Response> export_audit(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Rows found = TRY(load(*transaction, filter_of(call, kFields), kRowsExported));
  std::string body = csv_line({"recorded", "actor", "name", "action", "subject"});
  for (std::size_t at = 0; at < found.rows.size(); ++at) {
    const ports::AuditRow& row = found.rows[at];
    body +=
        csv_line({row.recorded.to_string(), row.actor, found.actors[at], row.action, row.subject});
  }
  return csv_response("audit.csv", body);
}

}  // namespace web::console
