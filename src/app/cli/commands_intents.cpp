#include "app/cli/commands_intents.h"

#include "app/cli/acting.h"

#include <algorithm>

#include "app/cli/output.h"
#include "app/gateways.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/rename_intent.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;
using base::Result;
using ports::StoredIntent;

Json optional_time(const std::optional<base::Instant>& at) {
  return at ? Json(at->to_string()) : Json();
}

Json intent_json(const StoredIntent& stored) {
  const domain::PaymentIntent& intent = stored.intent;
  Json parts = Json::array(), payments = Json::array();
  for (const domain::IntentPart& part : intent.parts) {
    parts.push(Json::object()
                   .set("bill", part.bill.to_string())
                   .set("amount", part.amount.to_decimal_string()));
  }
  for (const domain::IntentPayment& payment : intent.payments) {
    payments.push(Json::object()
                      .set("payment", payment.payment.to_string())
                      .set("amount", payment.amount.to_decimal_string())
                      .set("back", payment.back.to_decimal_string()));
  }
  return Json::object()
      .set("id", intent.id.to_string())
      .set("account", intent.account.to_string())
      .set("gateway", intent.gateway)
      .set("method", intent.method)
      .set("channel", domain::to_text(intent.channel))
      .set("state", domain::to_text(intent.state))
      .set("stopping", intent.stopping)
      .set("currency", intent.amount.currency().code())
      .set("amount", intent.amount.to_decimal_string())
      .set("authorised", intent.authorised.to_decimal_string())
      .set("captured", intent.captured.to_decimal_string())
      .set("refunded", intent.refunded.to_decimal_string())
      .set("refund_asked", intent.refund_asked.to_decimal_string())
      .set("decline", domain::to_text(intent.decline))
      .set("code", intent.code)
      .set("text", intent.text)
      .set("provider_reference", intent.provider_reference)
      .set("created", intent.created.to_string())
      .set("changed", intent.changed.to_string())
      .set("ask_at", optional_time(intent.ask_at))
      .set("asked", intent.asked)
      .set("parts", std::move(parts))
      .set("payments", std::move(payments));
}

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

std::string intent_text(const StoredIntent& stored) {
  const domain::PaymentIntent& intent = stored.intent;
  std::string text = intent.id.to_string() + ": " + std::string(domain::to_text(intent.state)) +
                     ", " + words(intent.amount) + " by " + intent.gateway + " (" + intent.method +
                     "), " + intent.captured.to_decimal_string() + " came, " +
                     intent.refunded.to_decimal_string() + " went back\n";
  if (!intent.code.empty() || !intent.text.empty()) {
    text += "  the provider says: " + intent.code + " " + intent.text + "\n";
  }
  for (const domain::IntentPart& part : intent.parts) {
    text += "  " + part.bill.to_string() + " " + words(part.amount) + "\n";
  }
  if (intent.ask_at) {
    text += "  to be asked at " + intent.ask_at->to_string() + ", " + std::to_string(intent.asked) +
            " times without an answer\n";
  }
  return text;
}

Answer answer_of(const StoredIntent& stored) { return {intent_json(stored), intent_text(stored)}; }

Result<domain::IntentId> intent_id(const std::string& text) {
  return of_option("INTENT", domain::IntentId::parse(text));
}

Result<StoredIntent> find_intent(const Context& context, domain::IntentId id) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  auto stored = TRY(transaction->intents().find(id));
  if (!stored) return base::fail("intent_not_found", "there is no such payment", id.to_string());
  return *std::move(stored);
}

Result<ports::IntentFilter> read_filter(const IntentListOptions& options) {
  ports::IntentFilter filter;
  filter.gateway = options.gateway;
  filter.state = options.state == "all" ? "" : options.state;
  if (!options.account.empty()) {
    filter.account = TRY(of_option("--account", domain::AccountId::parse(options.account)));
  }
  if (!options.after.empty()) {
    filter.after = TRY(of_option("--after", domain::IntentId::parse(options.after)));
  }
  filter.limit = static_cast<std::size_t>(options.limit);
  return filter;
}

}  // namespace

Outcome intent_list(const Context& context, const IntentListOptions& options) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto filter = TRY(read_filter(options));
  const auto rows = TRY(transaction->intents().list(filter));
  Json intents = Json::array();
  TextTable table({"created", "intent", "provider", "method", "state", "amount>", "came>", ""});
  for (const StoredIntent& stored : rows) {
    const domain::PaymentIntent& intent = stored.intent;
    intents.push(intent_json(stored));
    table.add({intent.created.to_string(), intent.id.to_string(), intent.gateway, intent.method,
               std::string(domain::to_text(intent.state)), intent.amount.to_decimal_string(),
               intent.captured.to_decimal_string(), std::string(intent.amount.currency().code())});
  }
  Json next;
  if (rows.size() == filter.limit) next = rows.back().intent.id.to_string();
  return Answer{Json::object().set("intents", std::move(intents)).set("next", std::move(next)),
                table.to_text()};
}

Outcome intent_show(const Context& context, const std::string& intent) {
  return answer_of(TRY(find_intent(context, TRY(intent_id(intent)))));
}

Outcome intent_ask(const Context& context, const IntentAskOptions& options) {
  Workspace& workspace = context.workspace;
  const auto opened = TRY(PaymentProviders::open(workspace));
  const PaymentProviders& providers = *opened;
  flows::AskReport report;
  if (options.intent.empty()) {
    report = TRY(flows::ask_intents(workspace.store(), workspace.clock(), providers.gateways(),
                                    static_cast<std::size_t>(options.limit)));
  } else {
    const domain::IntentId id = TRY(intent_id(options.intent));
    const auto stored =
        TRY(flows::drive_intent(workspace.store(), workspace.clock(), providers.gateways(), id));
    report = {.asked = 1,
              .ended = stored.intent.ask_at ? 0 : 1,
              .waiting = stored.intent.asked > 0 ? 1 : 0,
              .problems = {}};
  }
  Json problems = Json::array();
  std::string text = std::to_string(report.asked) + " asked: " + std::to_string(report.ended) +
                     " are over, " + std::to_string(report.waiting) + " without an answer\n";
  for (const base::Error& problem : report.problems) {
    problems.push(error_json(problem)["error"]);
    text += "  " + describe(problem) + "\n";
  }
  Json json = Json::object()
                  .set("asked", report.asked)
                  .set("ended", report.ended)
                  .set("waiting", report.waiting)
                  .set("problems", std::move(problems));
  return Answer{std::move(json), text, report.problems.empty() ? Exit::kDone : Exit::kNegative};
}

Outcome intent_stop(const Context& context, const std::string& intent) {
  Workspace& workspace = context.workspace;
  const domain::IntentId id = TRY(intent_id(intent));
  TRY(find_intent(context, id));
  const auto opened = TRY(PaymentProviders::open(workspace));
  const PaymentProviders& providers = *opened;
  return answer_of(
      TRY(flows::stop_intent(workspace.store(), workspace.clock(), providers.gateways(), id)));
}

Outcome intent_refund(const Context& context, const IntentRefundOptions& options) {
  Workspace& workspace = context.workspace;
  const domain::IntentId id = TRY(intent_id(options.intent));
  const StoredIntent stored = TRY(find_intent(context, id));
  const domain::PaymentIntent& intent = stored.intent;
  Money amount = intent.captured - std::max(intent.refunded, intent.refund_asked);
  if (!options.amount.empty()) {
    amount = TRY(of_option("--amount", Money::parse(options.amount, intent.amount.currency())));
  } else if (amount.is_zero() && !intent.captured.is_zero()) {
    return base::fail("nothing_to_refund", "nothing is left: all of it went back, or is on its way",
                      id.to_string());
  }
  const auto opened = TRY(PaymentProviders::open(workspace));
  const PaymentProviders& providers = *opened;
  return answer_of(TRY(flows::refund_intent(workspace.store(), workspace.clock(),
                                            providers.gateways(), id, amount)));
}

Outcome intent_rename(const Context& context, const IntentRenameOptions& options) {
  Workspace& workspace = context.workspace;
  flows::RenameIntent wish;
  wish.intent = TRY(intent_id(options.intent));
  wish.reference = options.reference;
  wish.reason = options.reason;
  wish.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  return answer_of(TRY(flows::rename_intent(workspace.store(), workspace.clock(), wish)));
}

}  // namespace app::cli
