#include "app/cli/commands_till.h"

#include "app/cli/acting.h"
#include "app/cli/find_bill.h"
#include "app/cli/output.h"
#include "app/tills.h"
#include "app/web_parts.h"
#include "flows/access/access.h"
#include "flows/care/find_account.h"
#include "flows/operations/import_terms.h"
#include "flows/tills/bill_code.h"
#include "flows/tills/pay_out.h"
#include "flows/tills/run_session.h"
#include "flows/tills/show_receipt.h"
#include "flows/tills/show_till.h"
#include "flows/tills/take_cash.h"
#include "formats/document/pdf/paper_printer.h"

namespace app::cli {
namespace {

// What --by is to be allowed.
constexpr auto kMay = domain::Permission::kTillUse;

using base::Json;
using base::Money;
using base::Result;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

Result<domain::Drawer> drawer_of(const Context& context, const std::string& name) {
  const auto transaction = TRY(reading(context));
  return flows::find_drawer(TRY(flows::load_seller(*transaction)), name);
}

template <class Id>
Json id_or_null(const Id& id) {
  return id.is_nil() ? Json() : Json(id.to_string());
}

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

Json entry_json(const domain::TillSession& session, const domain::TillEntry& entry) {
  Json parts = Json::array();
  for (const domain::TillPart& part : entry.parts) {
    parts.push(Json::object()
                   .set("account", part.account.to_string())
                   .set("bill", id_or_null(part.bill))
                   .set("paper", part.paper)
                   .set("amount", part.amount.to_decimal_string())
                   .set("rest", part.rest.to_decimal_string()));
  }
  Json json;
  json.set("drawer", session.name)
      .set("session", session.number)
      .set("entry", entry.ordinal)
      .set("kind", domain::to_text(entry.kind))
      .set("currency", entry.cash.currency().code())
      .set("cash", entry.cash.to_decimal_string())
      .set("paid", entry.paid.to_decimal_string())
      .set("tendered", entry.tendered.to_decimal_string())
      .set("receipt", entry.receipt == 0 ? Json() : Json(entry.receipt))
      .set("payment", id_or_null(entry.payment))
      .set("intent", id_or_null(entry.intent))
      .set("refund", id_or_null(entry.refund))
      .set("parts", std::move(parts))
      .set("reason", entry.reason)
      .set("by", entry.actor)
      .set("recorded", entry.recorded.to_string());
  return json;
}

Answer one(const flows::TillResult& done) {
  const domain::TillEntry& entry = done.entry;
  std::string text = done.session.name + ", session " + std::to_string(done.session.number) +
                     ", entry " + std::to_string(entry.ordinal) + ": " +
                     std::string(domain::to_text(entry.kind)) + " " + words(entry.cash);
  if (entry.receipt != 0) text += ", receipt " + std::to_string(entry.receipt);
  if (entry.kind == domain::TillEntryKind::kTaking) text += ", change " + words(entry.change());
  return {entry_json(done.session, entry), text + "\n"};
}

Json session_json(const domain::TillSession& session) {
  const auto& closing = session.closing;
  const auto money = [](Money amount) { return Json(amount.to_decimal_string()); };
  Json json;
  json.set("drawer", session.name)
      .set("session", session.number)
      .set("safe", session.safe)
      .set("currency", session.currency.code())
      .set("opened_by", session.opened_by)
      .set("opened", session.opened.to_string())
      .set("closed_by", closing ? Json(closing->by) : Json())
      .set("closed", closing ? Json(closing->at.to_string()) : Json())
      .set("expected", closing ? money(closing->expected) : Json())
      .set("counted", closing ? money(closing->counted) : Json())
      .set("difference", closing ? money(closing->difference()) : Json())
      .set("reason", closing ? Json(closing->reason) : Json());
  return json;
}

}  // namespace

Outcome till_drawers(const Context& context) {
  const auto transaction = TRY(reading(context));
  Json rows = Json::array();
  TextTable table({"drawer", "place", "", "safe", "terminal", "session"});
  for (const domain::Drawer& drawer : TRY(flows::load_seller(*transaction)).drawers) {
    const auto view = TRY(flows::show_till(*transaction, drawer.name));
    Json row;
    row.set("name", drawer.name)
        .set("place", drawer.place)
        .set("currency", drawer.currency.code())
        .set("safe", drawer.safe)
        .set("terminal", drawer.terminal)
        .set("session", view.session ? Json(view.session->number) : Json());
    rows.push(std::move(row));
    table.add({drawer.name, drawer.place, std::string(drawer.currency.code()), drawer.safe,
               drawer.terminal, view.session ? std::to_string(view.session->number) : "closed"});
  }
  return Answer{Json::object().set("drawers", std::move(rows)), table.to_text()};
}

Outcome till_open(const Context& context, const TillOpenOptions& options) {
  const auto drawer = TRY(drawer_of(context, options.drawer));
  flows::OpenTill request;
  request.drawer = drawer.name;
  request.count =
      TRY(of_option("--float", domain::read_cash_count(options.count, drawer.currency)));
  request.actor = TRY(actor_of(context, options.by, kMay));
  request.request_key = options.key;
  return one(TRY(flows::open_till(context.workspace.store(), context.workspace.clock(), request)));
}

Outcome till_take(const Context& context, const TillTakeOptions& options) {
  Workspace& workspace = context.workspace;
  const auto drawer = TRY(drawer_of(context, options.drawer));
  flows::TakeCash request{.drawer = drawer.name,
                          .part_is_fine = options.part,
                          .rest_to_credit = options.to_credit,
                          .request_key = options.key};
  for (const std::string& text : options.bills) {
    const auto key = TRY(find_bill(workspace.store(), text));
    request.bills.push_back({key.account, key.bill, {}});
  }
  if (!options.tendered.empty()) {
    request.tendered =
        TRY(of_option("--tendered", Money::parse(options.tendered, drawer.currency)));
  }
  request.actor = TRY(actor_of(context, options.by, kMay));
  return one(
      TRY(flows::take_cash(workspace.store(), workspace.clock(), workspace.rules(), request)));
}

Outcome till_undo(const Context& context, const TillUndoOptions& options) {
  const flows::UndoTaking request{options.drawer, options.entry, options.reason,
                                  TRY(actor_of(context, options.by, kMay)), options.key};
  return one(
      TRY(flows::undo_taking(context.workspace.store(), context.workspace.clock(), request)));
}

Outcome till_move(const Context& context, const TillMoveOptions& options) {
  const auto drawer = TRY(drawer_of(context, options.drawer));
  flows::MoveCash request;
  request.drawer = drawer.name;
  request.kind = options.from_safe ? domain::TillEntryKind::kPayIn : domain::TillEntryKind::kDrop;
  request.amount = TRY(of_option("AMOUNT", Money::parse(options.amount, drawer.currency)));
  request.actor = TRY(actor_of(context, options.by, kMay));
  request.request_key = options.key;
  return one(TRY(flows::move_cash(context.workspace.store(), context.workspace.clock(), request)));
}

Outcome till_pay_out(const Context& context, const TillPayOutOptions& options) {
  Workspace& workspace = context.workspace;
  const auto drawer = TRY(drawer_of(context, options.drawer));
  const std::string actor = TRY(actor_of(context, options.by, kMay));
  flows::PaidOut paid;
  if (!options.refund.empty()) {
    const auto refund = TRY(of_option("--refund", domain::RefundId::parse(options.refund)));
    paid = TRY(flows::pay_out_approved(workspace.store(), workspace.clock(), workspace.rules(),
                                       {drawer.name, refund, actor, options.key}));
  } else {
    flows::PayOut request{.drawer = drawer.name,
                          .account = {},
                          .reason = options.reason,
                          .actor = actor,
                          .request_key = options.key};
    {
      const auto transaction = TRY(reading(context));
      request.account = TRY(flows::find_account(*transaction, options.account)).account.id;
    }
    if (!options.amount.empty()) {
      request.amount = TRY(of_option("--amount", Money::parse(options.amount, drawer.currency)));
    }
    paid = TRY(flows::pay_out(workspace.store(), workspace.clock(), workspace.rules(), request));
  }
  Json json;
  json.set("refund", paid.refund.id.to_string())
      .set("state", domain::to_text(paid.refund.state))
      .set("entry", paid.till ? entry_json(paid.till->session, paid.till->entry) : Json());
  if (paid.till) return Answer{std::move(json), one(*paid.till).text};
  // Nothing may be handed out, so that it is no success (D14).
  return Answer{std::move(json),
                paid.refund.id.to_string() +
                    ": waits for approval by somebody else (telgiro refund approve); hand out "
                    "nothing yet\n",
                Exit::kNegative};
}

Outcome till_close(const Context& context, const TillCloseOptions& options) {
  const auto drawer = TRY(drawer_of(context, options.drawer));
  flows::CloseTill request;
  request.drawer = drawer.name;
  request.count =
      TRY(of_option("--count", domain::read_cash_count(options.count, drawer.currency)));
  request.reason = options.reason;
  request.actor = TRY(actor_of(context, options.by, kMay));
  request.request_key = options.key;
  request.recount_above = TRY(till_recount_above(context.workspace.settings()));
  const auto session =
      TRY(flows::close_till(context.workspace.store(), context.workspace.clock(), request));
  if (!session.closing) {
    return base::fail("cash_count_again",
                      "the count is too far off: count again, by another key; that count is final",
                      session.name);
  }
  return Answer{session_json(session), session.name + ", session " +
                                           std::to_string(session.number) + ": counted " +
                                           words(session.closing->counted) + ", difference " +
                                           words(session.closing->difference()) + "\n"};
}

Outcome till_deposit(const Context& context, const TillDepositOptions& options) {
  flows::MoveSafe request;
  {
    const auto transaction = TRY(reading(context));
    const auto seller = TRY(flows::load_seller(*transaction));
    request.amount = TRY(of_option("AMOUNT", Money::parse(options.amount, seller.currency)));
  }
  if (request.amount.minor() <= 0) {
    return base::fail("amount_not_positive", "say how much", "AMOUNT");
  }
  if (options.fetched) request.amount = -request.amount;
  request.safe = options.safe;
  request.reference = options.reference;
  request.actor = TRY(actor_of(context, options.by, kMay));
  const auto move =
      TRY(flows::move_safe(context.workspace.store(), context.workspace.clock(), request));
  Json json;
  json.set("move", move.id.to_string())
      .set("safe", move.safe)
      .set("currency", move.amount.currency().code())
      .set("amount", move.amount.to_decimal_string())
      .set("reference", move.reference)
      .set("day", move.day.to_string());
  return Answer{std::move(json),
                move.safe + ": " + words(move.amount) + ", " + move.reference + "\n"};
}

Outcome till_sessions(const Context& context, const TillSessionsOptions& options) {
  const auto transaction = TRY(reading(context));
  std::optional<domain::DrawerId> drawer;
  if (!options.drawer.empty()) drawer = flows::drawer_id(options.drawer);
  Json rows = Json::array();
  TextTable table({"drawer", "session>", "opened", "closed", "counted>", "difference>", ""});
  const auto sessions =
      TRY(transaction->tills().list_sessions(drawer, static_cast<std::size_t>(options.limit)));
  for (const domain::TillSession& session : sessions) {
    const auto& closing = session.closing;
    rows.push(session_json(session));
    table.add({session.name, std::to_string(session.number), session.opened.to_string(),
               closing ? closing->at.to_string() : "open",
               closing ? closing->counted.to_decimal_string() : "",
               closing ? closing->difference().to_decimal_string() : "",
               std::string(session.currency.code())});
  }
  return Answer{Json::object().set("sessions", std::move(rows)), table.to_text()};
}

Outcome till_show(const Context& context, const TillShowOptions& options) {
  const auto transaction = TRY(reading(context));
  const domain::DrawerId drawer = flows::drawer_id(options.drawer);
  std::optional<domain::TillSession> session;
  if (options.session != 0) {
    session = TRY(transaction->tills().find_session(drawer, options.session));
  } else if (auto last = TRY(transaction->tills().list_sessions(drawer, 1)); !last.empty()) {
    session = std::move(last.front());
  }
  if (!session) {
    return base::fail("till_session_not_found", "the drawer has had no such session",
                      options.drawer);
  }
  const auto entries = TRY(transaction->tills().entries_of(drawer, session->number));
  Json rows = Json::array();
  TextTable table({"entry>", "kind", "cash>", "receipt>", "for", "reason"});
  for (const domain::TillEntry& entry : entries) {
    std::string papers;
    for (const auto& part : entry.parts) {
      if (!part.paper.empty()) papers += (papers.empty() ? "" : " ") + part.paper;
    }
    rows.push(entry_json(*session, entry));
    // A count moves nothing: what was counted is what it tells.
    const bool is_count = entry.kind == domain::TillEntryKind::kCount;
    const Money told = is_count ? entry.tendered : entry.cash;
    table.add({std::to_string(entry.ordinal), std::string(domain::to_text(entry.kind)),
               told.to_decimal_string(), entry.receipt == 0 ? "" : std::to_string(entry.receipt),
               papers, entry.reason});
  }
  Json json = session_json(*session);
  json.set("entries", std::move(rows));
  return Answer{std::move(json), table.to_text()};
}

Outcome till_receipt(const Context& context, const TillReceiptOptions& options) {
  const auto transaction = TRY(reading(context));
  const flows::Receipt receipt =
      TRY(flows::show_receipt(*transaction, options.drawer, options.receipt));
  Answer answer = one({receipt.session, receipt.entry});
  if (!options.pdf) return answer;
  const locale::Catalogue catalogue = TRY(load_texts());
  const auto fonts = TRY(load_paper_fonts());
  auto language = receipt.language.value_or(locale::Language::kEnglish);
  if (!options.language.empty()) {
    language = locale::parse_language(options.language).value_or(language);
  }
  auto texts = flows::receipt_texts(receipt, catalogue, language);
  texts.is_narrow = options.width == "58";
  const auto printed = TRY(formats::document::pdf::PaperPrinter(fonts).print(texts));
  TRY(write_output(options.output, printed.bytes));
  if (options.output.empty() || options.output == "-") return Answer{};
  answer.json.set("file", options.output).set("bytes", printed.bytes.size());
  if (!printed.missing.empty()) answer.json.set("missing", printed.missing);
  return Answer{std::move(answer.json), "Written to " + options.output + "\n"};
}

Outcome till_code(const Context& context, const std::string& bill) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), bill));
  flows::BillCode code;
  TRY(ports::run_in_transaction(
      workspace.store(), [&](ports::Transaction& transaction) -> Result<> {
        code = TRY(flows::code_of_bill(transaction, workspace.clock(), key.account, key.bill));
        return {};
      }));
  Json json;
  json.set("bill", key.bill.to_string())
      .set("code", code.digits)
      .set("expires", code.expires.to_string());
  return Answer{std::move(json), domain::show_bill_code(code.digits) + "\n"};
}

}  // namespace app::cli
