// Services on the command line: what holds on which day, and changes of it.
#include "app/cli/commands_service.h"

#include "app/cli/acting.h"
#include "flows/care/arrange_accounts.h"
#include "flows/care/change_service.h"

namespace app::cli {
namespace {

using base::Result;
using domain::ServiceChangeKind;

std::string timeline_text(const flows::ServiceView& view) {
  TextTable table({"from", "last day", "plan", "campaign", "add-ons", ""});
  for (const domain::TermSpan& span : domain::whole_timeline(view.revisions)) {
    std::string add_ons;
    for (const std::string& code : span.terms->add_ons) {
      add_ons += (add_ons.empty() ? "" : ", ") + code;
    }
    table.add({span.days.from().to_string(),
               domain::is_open(span) ? "" : span.days.last_day().to_string(), span.terms->plan,
               span.terms->campaign, add_ons, span.terms->paused ? "paused" : ""});
  }
  return table.to_text();
}

std::string head(const flows::ServiceView& view) {
  const domain::Service& newest = view.newest();
  return newest.id.to_string() + ", " + newest.division + " " + newest.source_number + "\n";
}

Result<base::Date> day_of(std::string_view option, const std::string& text) {
  return of_option(option, base::Date::parse(text));
}

Outcome change(const Context& context, const ServiceChangeOptions& options,
               domain::ServiceChange change) {
  Workspace& workspace = context.workspace;
  flows::ServiceWish wish;
  wish.change = std::move(change);
  wish.actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  flows::ServicePreview made;
  {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    wish.service = {TRY(flows::find_account(*transaction, options.account)), options.service};
    if (options.dry_run) {
      made = TRY(flows::preview_service_change(*transaction, workspace.clock(), wish));
    }
  }
  if (!options.dry_run) {
    const flows::AccessPorts access{workspace.store(), workspace.clock(), workspace.random()};
    TRY(ports::run_in_transaction(workspace.store(),
                                  [&](ports::Transaction& transaction) -> Result<> {
                                    made = TRY(flows::change_service(transaction, access, wish));
                                    return {};
                                  }));
  }
  std::string text = head(made.after) + "before:\n" + timeline_text(made.before);
  text += (made.kept ? "now:\n" : "it would be:\n") + timeline_text(made.after);
  return Answer{flows::to_json(made), text};
}

Outcome change_from(const Context& context, const ServiceChangeOptions& options,
                    ServiceChangeKind kind) {
  const base::Date day = TRY(day_of("--from", options.from));
  return change(context, options, {kind, day, options.code, options.campaign});
}

}  // namespace

Outcome service_show(const Context& context, const ServiceShowOptions& options) {
  Workspace& workspace = context.workspace;
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  const auto account = TRY(flows::find_account(*transaction, options.account));
  const auto view =
      TRY(flows::show_service(*transaction, workspace.clock(), {account, options.service}));
  return Answer{flows::to_json(view), head(view) + timeline_text(view)};
}

Outcome service_plan(const Context& context, const ServiceChangeOptions& options) {
  return change_from(context, options, ServiceChangeKind::kPlan);
}

Outcome service_pause(const Context& context, const ServiceChangeOptions& options) {
  return change_from(context, options, ServiceChangeKind::kPause);
}

Outcome service_resume(const Context& context, const ServiceChangeOptions& options) {
  return change_from(context, options, ServiceChangeKind::kResume);
}

Outcome service_end(const Context& context, const ServiceChangeOptions& options) {
  if (options.take_back) return change(context, options, {.kind = ServiceChangeKind::kKeep});
  const base::Date day = TRY(day_of("--last-day", options.last_day));
  return change(context, options, {.kind = ServiceChangeKind::kEnd, .day = day});
}

Outcome service_add_on(const Context& context, const ServiceChangeOptions& options) {
  return change_from(
      context, options,
      options.action == "add" ? ServiceChangeKind::kAddAddOn : ServiceChangeKind::kRemoveAddOn);
}

}  // namespace app::cli
