// Accounts on the command line: who pays, for what, and how they are billed.
#include "app/cli/acting.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "domain/billing/profile.h"
#include "flows/care/arrange_accounts.h"
#include "flows/care/change_profile.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using domain::AccountId;

constexpr std::size_t kExportPage = 1000;

flows::AccessPorts access_of(const Context& context) {
  return {context.workspace.store(), context.workspace.clock(), context.workspace.random()};
}

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

Result<AccountId> account_of(const Context& context, const std::string& text) {
  const auto transaction = TRY(reading(context));
  return flows::find_account(*transaction, text);
}

Result<flows::AccountBilling> billing_of(const Context& context, const std::string& text) {
  const auto transaction = TRY(reading(context));
  const AccountId account = TRY(flows::find_account(*transaction, text));
  return flows::show_account(*transaction, context.workspace.clock(), account);
}

std::string profile_text(const domain::BillingProfile& profile, base::Currency currency) {
  std::string text = profile.grouping + "; " + profile.frequency + "; ";
  text += profile.due_day == 0 ? "due after " + std::to_string(profile.due_days) + " days"
                               : "due on day " + std::to_string(profile.due_day);
  if (profile.minimum_minor > 0) {
    text += "; from " + base::Money(profile.minimum_minor, currency).to_decimal_string() + " " +
            std::string(currency.code());
  }
  return text + "; " + profile.detail + "; " + profile.delivery;
}

std::string billing_text(const flows::AccountBilling& billing) {
  const base::Currency currency = billing.account.currency;
  std::string text = billing.account.id.to_string() + " of customer " +
                     std::to_string(billing.customer.number) + ", " +
                     std::string(domain::to_text(billing.customer.segment)) + "\n";
  text += "now: " + profile_text(billing.now, currency) + "\n";
  if (billing.next_from) {
    text += "from " + billing.next_from->to_string() + ": " + profile_text(billing.next, currency) +
            "\n";
  }
  text += "chosen: " + domain::to_json(billing.chosen).dump() + "\n";
  return text;
}

Result<flows::ProfileWish> wish_of(const Context& context, const AccountProfileOptions& options) {
  flows::ProfileWish wish;
  const auto billing = TRY(billing_of(context, options.account));
  wish.account = billing.account.id;
  const auto choose = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  wish.set.grouping = choose(options.grouping);
  wish.set.frequency = choose(options.frequency);
  wish.set.due_days = options.due_days;
  wish.set.due_day = options.due_day;
  wish.set.detail = choose(options.detail);
  wish.set.delivery = choose(options.delivery);
  if (!options.minimum.empty()) {
    const auto minimum =
        TRY(of_option("--minimum", base::Money::parse(options.minimum, billing.account.currency)));
    wish.set.minimum_minor = minimum.minor();
  }
  wish.forget = options.forget;
  wish.actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  return wish;
}

Answer preview_answer(const flows::ProfilePreview& preview) {
  TextTable table({"", "bill", "issued", "due", "next bill", "charges"});
  const auto add = [&](std::string_view when, const std::vector<flows::PreviewBill>& bills) {
    for (const flows::PreviewBill& bill : bills) {
      std::string parts;
      for (const auto& part : bill.parts) {
        parts += (parts.empty() ? "" : ", ") + part.service + " " + part.category;
      }
      table.add({std::string(when), bill.group, bill.issued.to_string(), bill.due.to_string(),
                 bill.following.to_string(), parts});
    }
  };
  add("as it is", preview.bills_before);
  add("as chosen", preview.bills_after);
  const std::string head = preview.changes ? "from " + preview.holds_from.to_string() + "\n"
                                           : std::string("it is so already\n");
  return {flows::to_json(preview), head + table.to_text()};
}

Json row_json(const flows::AccountRow& row) {
  return Json()
      .set("id", row.account.id.to_string())
      .set("number", row.customer.number)
      .set("name", row.customer.party.name)
      .set("segment", domain::to_text(row.customer.segment))
      .set("country", row.account.country)
      .set("currency", row.account.currency.code())
      .set("profile", domain::to_json(row.profile));
}

// A field is quoted always. What a spreadsheet would take for a formula gets a mark in front.
std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) {
    if (!line.empty()) line += ',';
    line += '"';
    if (!field.empty() && std::string_view("=+-@\t\r").contains(field.front())) line += '\'';
    for (const char c : field) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line + "\r\n";
}

std::vector<std::string> cells(const flows::AccountRow& row) {
  const domain::BillingProfile& profile = row.profile;
  return {row.account.id.to_string(),
          std::to_string(row.customer.number),
          row.customer.party.name,
          std::string(domain::to_text(row.customer.segment)),
          profile.grouping,
          profile.frequency,
          std::to_string(profile.due_days),
          std::to_string(profile.due_day),
          base::Money(profile.minimum_minor, row.account.currency).to_decimal_string(),
          profile.detail,
          profile.delivery};
}

// All accounts that fit, in pages, each written as it comes.
Outcome export_accounts(const Context& context, const flows::AccountFilter& filter,
                        const AccountListOptions& options) {
  Workspace& workspace = context.workspace;
  const auto file = TRY(OutputFile::open(options.output));
  const bool csv = options.format == "csv";
  if (csv) {
    TRY(file->write(csv_line({"account", "number", "name", "segment", "grouping", "frequency",
                              "due_days", "due_day", "minimum", "detail", "delivery"})));
  }
  std::int64_t rows = 0;
  domain::CustomerId after;
  do {
    const auto page =
        TRY(flows::list_accounts(workspace.store(), workspace.clock(), filter, after, kExportPage));
    for (const flows::AccountRow& row : page.rows) {
      ++rows;
      TRY(file->write(csv ? csv_line(cells(row)) : row_json(row).dump() + "\n"));
    }
    after = page.next;
  } while (!after.is_nil());
  TRY(file->close());
  if (options.output.empty() || options.output == "-") return Answer{};
  Json json;
  json.set("file", options.output).set("rows", rows);
  return Answer{json, std::to_string(rows) + " accounts written to " + options.output + "\n"};
}

}  // namespace

Outcome account_show(const Context& context, const std::string& account) {
  const auto billing = TRY(billing_of(context, account));
  TextTable services({"service", "division", "number", "plan", "starts", "ends", "used by"});
  for (const domain::Service& service : billing.services) {
    std::string user;
    for (const auto& row : billing.users) {
      if (row.service == service.id) user = row.customer.to_string();
    }
    services.add({service.id.to_string(), service.division, service.source_number, service.plan,
                  service.starts.to_string(), service.ends ? service.ends->to_string() : "", user});
  }
  return Answer{flows::to_json(billing), billing_text(billing) + services.to_text()};
}

Outcome account_profile_show(const Context& context, const std::string& account) {
  const auto billing = TRY(billing_of(context, account));
  Json json;
  json.set("id", billing.account.id.to_string())
      .set("profile", domain::to_json(billing.now))
      .set("chosen", domain::to_json(billing.chosen))
      .set("next_from", billing.next_from ? Json(billing.next_from->to_string()) : Json())
      .set("next_profile", billing.next_from ? domain::to_json(billing.next) : Json());
  std::string text = billing_text(billing);
  for (const ports::ProfileRevision& revision : billing.revisions) {
    text += std::to_string(revision.revision) + " holds from " + revision.holds_from.to_string() +
            ", by " + revision.changed_by + ": " + domain::to_json(revision.chosen).dump() + "\n";
  }
  return Answer{json, text};
}

Outcome account_list(const Context& context, const AccountListOptions& options) {
  flows::AccountFilter filter;
  filter.search = options.search;
  filter.only_chosen = options.chosen;
  if (!options.segment.empty()) filter.segment = TRY(domain::parse_segment(options.segment));
  if (!options.format.empty()) return export_accounts(context, filter, options);
  domain::CustomerId after;
  if (!options.after.empty()) {
    after = TRY(of_option("--after", domain::CustomerId::parse(options.after)));
  }
  const auto page =
      TRY(flows::list_accounts(context.workspace.store(), context.workspace.clock(), filter, after,
                               static_cast<std::size_t>(options.limit)));
  Json accounts = Json::array();
  TextTable table({"account", "number>", "name", "segment", "grouping", "frequency", "due days>",
                   "due day>", "minimum>", "detail", "delivery"});
  for (const flows::AccountRow& row : page.rows) {
    accounts.push(row_json(row));
    table.add(cells(row));
  }
  Json json;
  json.set("accounts", std::move(accounts))
      .set("next", page.next.is_nil() ? Json() : Json(page.next.to_string()));
  return Answer{json, table.to_text()};
}

Outcome account_profile_set(const Context& context, const AccountProfileOptions& options) {
  const auto wish = TRY(wish_of(context, options));
  flows::ProfilePreview kept;
  TRY(ports::run_in_transaction(
      context.workspace.store(), [&](ports::Transaction& transaction) -> Result<> {
        kept = TRY(flows::change_profile(transaction, access_of(context), context.workspace.rules(),
                                         wish));
        return {};
      }));
  return preview_answer(kept);
}

Outcome account_profile_preview(const Context& context, const AccountProfileOptions& options) {
  const auto wish = TRY(wish_of(context, options));
  const auto transaction = TRY(reading(context));
  return preview_answer(TRY(flows::preview_profile(*transaction, context.workspace.clock(),
                                                   context.workspace.rules(), wish)));
}

Outcome account_open(const Context& context, const AccountOpenOptions& options) {
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  domain::CustomerId customer;
  {
    const auto transaction = TRY(reading(context));
    customer = TRY(flows::find_customer(*transaction, options.customer));
  }
  const AccountId opened = TRY(flows::open_account(access_of(context), customer, actor));
  Json json;
  json.set("account", opened.to_string()).set("customer", options.customer);
  return Answer{json, opened.to_string() + " opened\n"};
}

Outcome account_move_service(const Context& context, const MoveServiceOptions& options) {
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  const AccountId from = TRY(account_of(context, options.account));
  const AccountId to = TRY(account_of(context, options.to));
  const base::Date day =
      TRY(flows::move_service(access_of(context), {from, options.service}, to, actor));
  Json json;
  json.set("account", to.to_string()).set("from", day.to_string());
  return Answer{json, to.to_string() + " pays from " + day.to_string() + "\n"};
}

Outcome service_user(const Context& context, const ServiceUserOptions& options) {
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  const AccountId account = TRY(account_of(context, options.account));
  std::optional<domain::CustomerId> user;
  if (options.customer != 0) {
    const auto transaction = TRY(reading(context));
    user = TRY(flows::find_customer(*transaction, options.customer));
  }
  TRY(flows::set_service_user(access_of(context), {account, options.service}, user, actor));
  Json json;
  json.set("account", account.to_string())
      .set("service", options.service)
      .set("user", user ? Json(user->to_string()) : Json());
  return Answer{json, user ? options.service + " is used by customer " +
                                 std::to_string(options.customer) + "\n"
                           : options.service + " is used by who pays\n"};
}

Outcome customer_segment(const Context& context, const CustomerSegmentOptions& options) {
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  domain::CustomerId customer;
  {
    const auto transaction = TRY(reading(context));
    customer = TRY(flows::find_customer(*transaction, options.customer));
  }
  TRY(flows::change_segment(access_of(context), customer,
                            TRY(domain::parse_segment(options.segment)), actor));
  Json json;
  json.set("customer", options.customer).set("segment", options.segment);
  return Answer{json, std::to_string(options.customer) + " is " + options.segment + "\n"};
}

}  // namespace app::cli
