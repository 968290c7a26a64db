#include "app/cli/commands_mandates.h"

#include "app/cli/acting.h"
#include "flows/access/access.h"
#include "flows/care/find_account.h"
#include "flows/collections/import_mandates.h"
#include "flows/collections/migrate_mandates.h"
#include "flows/collections/register_mandate.h"
#include "flows/operations/snapshot.h"
#include "flows/payments/check_bank_file.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using domain::Mandate;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

Json optional_day(const std::optional<base::Date>& day) {
  return day ? Json(day->to_string()) : Json();
}

Json mandate_json(const Mandate& mandate) {
  Json json;
  json.set("id", mandate.id.to_string())
      .set("account", mandate.account.to_string())
      .set("scheme", domain::to_text(mandate.scheme))
      .set("state", domain::to_text(mandate.state))
      .set("reason", mandate.reason)
      .set("kind", domain::to_text(mandate.use))
      .set("reference", mandate.reference)
      .set("creditor", mandate.creditor)
      .set("payer_name", mandate.payer_name)
      .set("payer_account", mandate.payer_account)
      .set("signed_on", mandate.signed_on.to_string())
      .set("limit", mandate.limit ? Json(mandate.limit->to_decimal_string()) : Json())
      .set("notice_days", mandate.notice_days ? Json(*mandate.notice_days) : Json())
      .set("debits", mandate.debits)
      .set("last_debit", optional_day(mandate.last_debit))
      .set("ending", domain::to_text(mandate.ending));
  return json;
}

Json text_or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

// With its proof and what was before.
Json whole_json(const Mandate& mandate) {
  Json consent;
  consent.set("given_by", mandate.consent.given_by)
      .set("channel", mandate.consent.channel)
      .set("at", mandate.consent.at.to_string())
      .set("text_version", mandate.consent.text_version)
      .set("ip", mandate.consent.ip)
      .set("agent", mandate.consent.agent)
      .set("text_sha256", mandate.consent.text_sha256)
      .set("identified_by", mandate.consent.identified_by);
  Json changes = Json::array();
  for (const domain::MandateChange& change : mandate.changes) {
    changes.push(Json()
                     .set("day", change.day.to_string())
                     .set("actor", change.actor)
                     .set("migration", change.migration)
                     .set("reference", text_or_null(change.reference))
                     .set("creditor", text_or_null(change.creditor))
                     .set("payer_account", text_or_null(change.payer_account))
                     .set("told", change.told));
  }
  Json json = mandate_json(mandate);
  json.set("consent", std::move(consent)).set("changes", std::move(changes));
  return json;
}

std::string line_of(const Mandate& mandate) {
  return mandate.id.to_string() + ": " + std::string(domain::to_text(mandate.scheme)) + " " +
         mandate.reference + " for " + mandate.creditor + ", " +
         std::string(domain::to_text(mandate.state)) +
         (mandate.reason.empty() ? "" : " (" + mandate.reason + ")") + "\n";
}

// How we know that its payer gave it, and what became of it since.
std::string whole_text(const Mandate& mandate) {
  const domain::Consent& consent = mandate.consent;
  std::string text = line_of(mandate);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += "  " + std::string(name) + ": " + value + "\n";
  };
  add("payer", mandate.payer_name +
                   (mandate.payer_account.empty() ? "" : ", account " + mandate.payer_account));
  add("signed", mandate.signed_on.to_string());
  add("consent",
      "given by " + consent.given_by + " by " + consent.channel + " at " + consent.at.to_string());
  add("words agreed to", consent.text_version);
  add("their SHA-256", consent.text_sha256);
  add("identified by", consent.identified_by);
  add("from address", consent.ip);
  add("with", consent.agent);
  add("limit", mandate.limit ? mandate.limit->to_decimal_string() : std::string());
  add("debits", std::to_string(mandate.debits) +
                    (mandate.last_debit ? ", the last on " + mandate.last_debit->to_string() : ""));
  for (const domain::MandateChange& change : mandate.changes) {
    std::string before;
    const auto was = [&](std::string_view name, const std::optional<std::string>& value) {
      if (value) before += (before.empty() ? "" : ", ") + std::string(name) + " " + *value;
    };
    was("reference", change.reference);
    was("creditor", change.creditor);
    was("account", change.payer_account);
    add("until " + change.day.to_string(), before + ", changed by " + change.actor);
  }
  return text;
}

Outcome told(const Mandate& mandate) { return Answer{whole_json(mandate), line_of(mandate)}; }

Result<ports::MandateFilter> read_filter(ports::Transaction& transaction,
                                         const MandateListOptions& options) {
  ports::MandateFilter filter;
  if (!options.account.empty()) {
    filter.account =
        TRY(of_option("--account", flows::find_account(transaction, options.account))).account.id;
  }
  filter.state = options.state;
  filter.scheme = options.scheme;
  filter.creditor = options.creditor;
  filter.reference = options.reference;
  filter.limit = static_cast<std::size_t>(options.limit);
  if (options.after.empty()) return filter;
  const std::size_t slash = options.after.find('/');
  filter.after.account =
      TRY(of_option("--after", domain::AccountId::parse(options.after.substr(0, slash))));
  filter.after.mandate = TRY(of_option(
      "--after",
      domain::MandateId::parse(slash == std::string::npos ? "" : options.after.substr(slash + 1))));
  return filter;
}

Json migration_json(const flows::MigrationReport& report, bool dry_run) {
  Json conflicting = Json::array();
  for (const auto& id : report.conflicting) conflicting.push(id.to_string());
  Json json;
  json.set("migration", report.migration.id.to_string())
      .set("from", report.migration.from)
      .set("to", report.migration.to)
      .set("state", report.migration.state)
      .set("dry_run", dry_run)
      .set("changed", report.changed)
      .set("conflicts", report.conflicts)
      .set("conflicting", std::move(conflicting))
      .set("old_before", report.from_before)
      .set("old_after", report.from_after)
      .set("new_before", report.to_before)
      .set("new_after", report.to_after)
      .set("adds_up", report.adds_up());
  return json;
}

enum class Told { kTried, kApplied, kTakenBack };

Outcome migration_told(const flows::MigrationReport& report, Told what) {
  const bool dry_run = what == Told::kTried;
  const std::string mandates = std::to_string(report.changed) + " mandates ";
  const ports::MandateMigration& migration = report.migration;
  std::string text = migration.id.to_string() + ": ";
  switch (what) {
    case Told::kTried:
      text += "would move " + mandates + "from " + migration.from + " to " + migration.to;
      break;
    case Told::kApplied:
      text += "moved " + mandates + "from " + migration.from + " to " + migration.to;
      break;
    case Told::kTakenBack:
      text += "rolled back: " + mandates + "are " + migration.from + "'s again, no longer " +
              migration.to + "'s";
      break;
  }
  const bool is_nothing = what == Told::kTakenBack && report.changed == 0;
  if (is_nothing) text = migration.id.to_string() + ": nothing to roll back";
  text += "; " + migration.from + " had " + std::to_string(report.from_before) +
          " mandates before and has " + std::to_string(report.from_after) + " after, " +
          migration.to + " had " + std::to_string(report.to_before) + " and has " +
          std::to_string(report.to_after) + "\n";
  if (report.conflicts > 0) {
    text += std::to_string(report.conflicts) +
            " stay, because their reference is taken at the other creditor\n";
  }
  return Answer{migration_json(report, dry_run), text,
                report.adds_up() && !is_nothing ? Exit::kDone : Exit::kNegative};
}

}  // namespace

Outcome mandate_list(const Context& context, const MandateListOptions& options) {
  const auto transaction = TRY(reading(context));
  const auto filter = TRY(read_filter(*transaction, options));
  const auto mandates = TRY(transaction->mandates().list(filter));
  Json list = Json::array();
  TextTable table({"mandate", "scheme", "reference", "creditor", "state", "reason", "payer",
                   "debits>", "last debit"});
  for (const Mandate& mandate : mandates) {
    list.push(mandate_json(mandate));
    table.add({mandate.id.to_string(), std::string(domain::to_text(mandate.scheme)),
               mandate.reference, mandate.creditor, std::string(domain::to_text(mandate.state)),
               mandate.reason, mandate.payer_name, std::to_string(mandate.debits),
               mandate.last_debit ? mandate.last_debit->to_string() : ""});
  }
  const bool has_more = mandates.size() == filter.limit;
  Json json;
  json.set("mandates", std::move(list))
      .set("next", has_more ? Json(mandates.back().account.to_string() + "/" +
                                   mandates.back().id.to_string())
                            : Json());
  return Answer{json, table.to_text()};
}

Outcome mandate_show(const Context& context, const std::string& mandate) {
  const auto transaction = TRY(reading(context));
  const Mandate found = TRY(flows::find_mandate(*transaction, mandate));
  return Answer{whole_json(found), whole_text(found)};
}

Outcome mandate_add(const Context& context, const MandateAddOptions& options) {
  Workspace& workspace = context.workspace;
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  Mandate added;
  TRY(ports::run_in_transaction(
      workspace.store(), [&](ports::Transaction& transaction) -> Result<> {
        const auto now = TRY(flows::debit_context(transaction, workspace.clock(), actor));
        auto terms = TRY(flows::DebitTerms::load(transaction, workspace.rules(), now.day));
        const auto found =
            TRY(of_option("ACCOUNT", flows::find_account(transaction, options.account)));
        flows::NewMandate ask;
        ask.is_confirmed = options.confirmed;
        Mandate& mandate = ask.mandate;
        mandate.account = found.account.id;
        mandate.scheme = TRY(of_option("--scheme", domain::parse_mandate_scheme(options.scheme)));
        mandate.use =
            options.one_off ? domain::MandateUse::kOneOff : domain::MandateUse::kRecurrent;
        mandate.reference = options.reference;
        mandate.creditor = options.creditor;
        mandate.payer_name = options.name.empty() ? found.customer.party.name : options.name;
        mandate.payer_account = options.payer_account;
        mandate.payer_identity = options.identity;
        mandate.signed_on = now.day;
        if (!options.signed_on.empty()) {
          mandate.signed_on = TRY(of_option("--signed-on", base::Date::parse(options.signed_on)));
        }
        if (!options.limit.empty()) {
          const auto& scheme = *TRY(terms.of(mandate.scheme));
          mandate.limit =
              TRY(of_option("--limit", base::Money::parse(options.limit, scheme.terms.currency)));
        }
        if (options.notice_days > 0) mandate.notice_days = static_cast<int>(options.notice_days);
        mandate.consent.given_by = mandate.payer_name;
        mandate.consent.channel = options.channel;
        mandate.consent.at = now.recorded;
        mandate.consent.text_version = options.text_version;
        added = TRY(flows::register_mandate(transaction, terms, std::move(ask), now));
        return {};
      }));
  return told(added);
}

Outcome mandate_amend(const Context& context, const MandateAmendOptions& options) {
  domain::MandateAmend amend;
  const auto given = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  amend.reference = given(options.reference);
  amend.creditor = given(options.creditor);
  amend.payer_account = given(options.payer_account);
  amend.actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  if (options.no_limit) amend.limit = std::optional<base::Money>();
  if (!options.limit.empty()) {
    const auto transaction = TRY(reading(context));
    const Mandate mandate = TRY(flows::find_mandate(*transaction, options.mandate));
    auto terms =
        TRY(flows::DebitTerms::load(*transaction, context.workspace.rules(), mandate.signed_on));
    const auto& scheme = *TRY(terms.of(mandate.scheme));
    amend.limit = std::optional(
        TRY(of_option("--limit", base::Money::parse(options.limit, scheme.terms.currency))));
  }
  return told(TRY(flows::amend_mandate(context.workspace.store(), context.workspace.clock(),
                                       {options.mandate, amend.actor, ""}, amend)));
}

Outcome mandate_cancel(const Context& context, const MandateCancelOptions& options) {
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  return told(TRY(flows::step_mandate(context.workspace.store(), context.workspace.clock(),
                                      {options.mandate, actor, options.reason},
                                      domain::MandateStep::kCancel)));
}

Outcome mandate_import(const Context& context, const MandateImportOptions& options) {
  Workspace& workspace = context.workspace;
  const auto snapshot = TRY(flows::Snapshot::of_file(options.file, workspace.data_dir()));
  std::string text;
  flows::SnapshotSource bytes(snapshot);
  for (;;) {
    const std::string_view piece = TRY(bytes.next());
    if (piece.empty()) break;
    text += piece;
  }
  flows::MandateImportRequest request;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  request.dry_run = options.dry_run;
  const auto report = TRY(flows::import_mandates(workspace.store(), workspace.rules(),
                                                 workspace.clock(), text, options.file, request));
  Json problems = Json::array();
  std::string lines;
  for (const auto& problem : report.problems) {
    problems.push(Json()
                      .set("line", problem.line)
                      .set("field", problem.field)
                      .set("code", problem.code)
                      .set("text", problem.text));
    lines +=
        "  line " + std::to_string(problem.line) + ": " + problem.code + ": " + problem.text + "\n";
  }
  Json json;
  json.set("file", options.file)
      .set("dry_run", options.dry_run)
      .set("rows", report.rows)
      .set("registered", report.registered)
      .set("known", report.known)
      .set("problems", std::move(problems));
  return Answer{json, options.file + ": " + std::to_string(report.registered) +
                          " mandates registered, " + std::to_string(report.known) +
                          " known already, " + std::to_string(report.problems.size()) +
                          " problems\n" + lines};
}

Outcome mandate_migrate(const Context& context, const MandateMigrateOptions& options) {
  Workspace& workspace = context.workspace;
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  if (!options.roll_back.empty()) {
    const auto id =
        TRY(of_option("--roll-back", domain::MandateMigrationId::parse(options.roll_back)));
    return migration_told(
        TRY(flows::take_back_migration(workspace.store(), workspace.clock(), id, actor)),
        Told::kTakenBack);
  }
  const flows::MigrationRequest request{.from = options.from, .to = options.to, .actor = actor};
  if (!options.apply) {
    return migration_told(
        TRY(flows::try_migration(workspace.store(), workspace.rules(), workspace.clock(), request)),
        Told::kTried);
  }
  return migration_told(TRY(flows::migrate_mandates(workspace.store(), workspace.rules(),
                                                    workspace.clock(), request)),
                        Told::kApplied);
}

}  // namespace app::cli
