#include "domain/ledger/chart.h"

#include <map>
#include <set>

#include "domain/check/members.h"

namespace domain {
namespace {

bool fits(std::string_view row, std::string_view ledger_account) {
  if (row.ends_with('*')) return ledger_account.starts_with(row.substr(0, row.size() - 1));
  return ledger_account.starts_with(row) &&
         (ledger_account.size() == row.size() || ledger_account[row.size()] == ':');
}

}  // namespace

base::Result<Chart> Chart::make(std::vector<ChartRow> rows) {
  std::set<std::pair<std::string_view, std::string_view>> known;
  std::map<std::string_view, std::string_view> names;
  for (const ChartRow& row : rows) {
    if (row.ledger.empty() || row.number.empty() || row.name.empty()) {
      return base::fail("chart_bad_row", "a row needs a ledger account, a number and a name",
                        row.ledger);
    }
    if (!known.emplace(row.ledger, row.division).second) {
      return base::fail("chart_duplicate", "two rows stand for the same account", row.ledger);
    }
    const auto [name, added] = names.emplace(row.number, row.name);
    if (!added && name->second != row.name) {
      return base::fail("chart_two_names", "the number " + row.number + " has two names",
                        row.ledger);
    }
  }
  Chart chart;
  chart.rows_ = std::move(rows);
  return chart;
}

ChartAccount Chart::account_of(std::string_view ledger_account, std::string_view division) const {
  const ChartRow* best = nullptr;
  for (const ChartRow& row : rows_) {
    if (!fits(row.ledger, ledger_account)) continue;
    if (!row.division.empty() && row.division != division) continue;
    const auto weight = [](const ChartRow& each) {
      return std::pair(each.ledger.size(), !each.division.empty());
    };
    if (best == nullptr || weight(*best) < weight(row)) best = &row;
  }
  if (best == nullptr) return {std::string(ledger_account), ledger_account_name(ledger_account)};
  return {best->number, best->name};
}

base::Result<Chart> read_chart(const base::Json& json) {
  std::vector<ChartRow> rows;
  if (json.is_null()) return Chart();
  const auto* array = json.as_array();
  if (array == nullptr) return base::fail("bad_member", "must be a list of tables", "chart");
  for (const base::Json& each : *array) {
    const auto members = TRY(check::Members::of(each, "chart." + std::to_string(rows.size())));
    TRY(members.allow_only({"ledger", "division", "number", "name"}));
    ChartRow row;
    row.ledger = TRY(members.text("ledger"));
    row.division = TRY(members.text_or("division", ""));
    row.number = TRY(members.text("number"));
    row.name = TRY(members.text("name"));
    rows.push_back(std::move(row));
  }
  return Chart::make(std::move(rows));
}

base::Json to_json(const Chart& chart) {
  base::Json rows = base::Json::array();
  for (const ChartRow& row : chart.rows()) {
    base::Json json;
    json.set("ledger", row.ledger)
        .set("division", row.division)
        .set("number", row.number)
        .set("name", row.name);
    rows.push(std::move(json));
  }
  return rows;
}

std::string_view revenue_item(std::string_view ledger_account) {
  constexpr std::string_view kRevenue = "revenue:";
  if (!ledger_account.starts_with(kRevenue)) return {};
  return ledger_account.substr(kRevenue.size());
}

}  // namespace domain
