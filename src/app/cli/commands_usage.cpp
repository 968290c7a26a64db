// Usage on the command line: what was used in a month, and rating it anew.
#include <algorithm>

#include "app/cli/commands.h"
#include "flows/operations/rerate_usage.h"
#include "ports/usage.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using ports::UsageRow;

// Where a number stands for services of several divisions, all of them are meant.
Result<std::vector<ports::ServiceKey>> services_of(ports::Transaction& transaction,
                                                   const std::string& division,
                                                   const std::string& number) {
  auto found = TRY(transaction.usage().find_services(division, {&number, 1}));
  std::vector<ports::ServiceKey> keys;
  for (const domain::ServiceTerms& terms : found[number]) {
    const ports::ServiceKey key{terms.account, terms.service};
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  }
  if (!keys.empty()) return keys;
  return base::fail("unknown_service", "the division has no service of this number", number);
}

// "acct_.../use_..." of the last row seen.
Result<> read_cursor(const std::string& text, ports::UsageFilter& filter) {
  if (text.empty()) return {};
  const auto slash = text.find('/');
  if (slash == std::string::npos) return base::fail("unknown_value", "this is no `next` of a page");
  filter.after_account = TRY(domain::AccountId::parse(text.substr(0, slash)));
  filter.after_id = TRY(domain::UsageId::parse(text.substr(slash + 1)));
  return {};
}

Json to_json(const UsageRow& row) {
  Json json;
  json.set("id", row.id.to_string())
      .set("account", row.account.to_string())
      .set("service", row.service.to_string())
      .set("division", row.division)
      .set("plan", row.plan)
      .set("item", row.item)
      .set("kind", row.event.kind)
      .set("zone", row.event.zone)
      .set("destination", row.event.destination)
      .set("title", row.event.title)
      .set("month", row.month.to_string())
      .set("at", row.at.to_string())
      .set("duration_s", row.event.duration_s)
      .set("volume_bytes", row.event.volume_bytes)
      .set("quantity", row.quantity.to_string())
      .set("amount", row.amount.to_string())
      .set("includes_vat", row.includes_vat)
      .set("source", row.source)
      .set("record_id", row.record_id)
      .set("reverses", row.reverses ? Json(row.reverses->to_string()) : Json());
  return json;
}

// The same members in the same order, as a table's heading and rows.
std::string csv_field(const Json& value) {
  if (value.is_null()) return {};
  if (const auto* flag = value.as_bool()) return *flag ? "1" : "0";
  if (const auto* integer = value.as_integer()) return std::to_string(*integer);
  std::string field = "\"";
  for (const char c : *value.as_string()) {
    if (c == '"') field.push_back('"');
    field.push_back(c);
  }
  return field + "\"";
}

std::string to_csv(const Json& rows) {
  std::string text =
      "id,account,service,division,plan,item,kind,zone,destination,title,month,at,duration_s,"
      "volume_bytes,quantity,amount,includes_vat,source,record_id,reverses\r\n";
  for (const Json& row : *rows.as_array()) {
    std::string line;
    for (const auto& [name, value] : *row.as_object()) {
      if (&value != &row.as_object()->front().second) line.push_back(',');
      line += csv_field(value);
    }
    text += line + "\r\n";
  }
  return text;
}

std::string to_table(const std::vector<UsageRow>& rows) {
  TextTable table({"at", "plan", "item", "destination", "quantity>", "amount>", "record"});
  for (const UsageRow& row : rows) {
    table.add({row.at.to_string(), row.plan, row.item,
               row.event.title.empty() ? row.event.destination : row.event.title,
               row.quantity.to_string(), row.amount.to_string(),
               row.record_id + (row.reverses ? " reversed" : "")});
  }
  return table.to_text();
}

struct Page {
  std::vector<UsageRow> rows;
  bool has_more = false;
};

// Of services, all rows by time; else by account, a page at a time.
Result<Page> load_rows(ports::Transaction& transaction, const UsageListOptions& options,
                       ports::UsageFilter filter) {
  const auto limit = static_cast<std::size_t>(options.limit);
  Page page;
  const auto keep = [&](const UsageRow& row) -> Result<> {
    page.rows.push_back(row);
    return {};
  };
  if (options.service.empty()) {
    filter.limit = limit + 1;
    TRY(transaction.usage().for_each(filter, keep));
  } else {
    for (const auto& key : TRY(services_of(transaction, options.division, options.service))) {
      filter.account = key.account;
      filter.service = key.service;
      TRY(transaction.usage().for_each(filter, keep));
    }
    std::ranges::sort(page.rows, {}, [](const UsageRow& row) { return std::pair(row.at, row.id); });
  }
  page.has_more = page.rows.size() > limit;
  if (page.has_more) page.rows.resize(limit);
  return page;
}

}  // namespace

Outcome usage_list(const Context& context, const UsageListOptions& options) {
  ports::UsageFilter filter;
  filter.month = TRY(of_option("--period", base::Month::parse(options.period)));
  if (!options.account.empty()) {
    filter.account = TRY(of_option("--account", domain::AccountId::parse(options.account)));
  }
  TRY(of_option("--after", read_cursor(options.after, filter)));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const Page page = TRY(of_option("--service", load_rows(*transaction, options, filter)));
  Json rows = Json::array();
  for (const UsageRow& row : page.rows) rows.push(to_json(row));
  const bool has_next = page.has_more && options.service.empty();
  std::string text;
  if (options.format == "csv") text = to_csv(rows);
  if (options.format == "json") text = rows.dump() + "\n";
  if (options.format == "table") text = to_table(page.rows);
  Json json;
  json.set("usage", std::move(rows))
      .set("has_more", page.has_more)
      .set("next", has_next ? Json(page.rows.back().account.to_string() + "/" +
                                   page.rows.back().id.to_string())
                            : Json());
  return Answer{json, text};
}

Outcome usage_rerate(const Context& context, const UsageRerateOptions& options) {
  Workspace& workspace = context.workspace;
  const auto month = TRY(of_option("--period", base::Month::parse(options.period)));
  const auto report = TRY(flows::rerate_usage(workspace.store(), workspace.clock(),
                                              {.month = month,
                                               .division = options.division,
                                               .service_number = options.service,
                                               .dry_run = options.dry_run,
                                               .rules = &workspace.rules()}));
  Json not_rated = Json::array();
  std::string text = std::to_string(report.records) + " records, " +
                     std::to_string(report.changed) +
                     " come to something else: " + report.before.to_string() + " before, " +
                     report.after.to_string() + " now\n";
  for (const auto& [code, records] : report.not_rated) {
    not_rated.push(Json::object().set("code", code).set("records", records));
    text += std::to_string(records) + " stand as they were, " + code + "\n";
  }
  if (options.dry_run) text += "Nothing was kept\n";
  Json json;
  json.set("period", options.period)
      .set("dry_run", options.dry_run)
      .set("records", report.records)
      .set("changed", report.changed)
      .set("accounts", report.accounts)
      .set("before", report.before.to_string())
      .set("after", report.after.to_string())
      .set("not_rated", std::move(not_rated));
  return Answer{json, text};
}

}  // namespace app::cli
