// The catalogue on the command line: whether files are right, what they would change, and taking
// them in. Every problem of all files is told at once, and nothing is taken while there is one.
#include <algorithm>
#include <optional>

#include "app/catalogue_files.h"
#include "app/cli/commands.h"
#include "app/source_files.h"
#include "domain/law/vat_rates.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_catalogue.h"
#include "flows/operations/import_terms.h"
#include "ports/catalogue.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;

constexpr std::size_t kShownMax = 60;  // Characters of a value in the table for people.

// Rates of the operator's country, where it is known whose catalogue this is.
Result<std::vector<base::Error>> vat_gaps(const std::vector<domain::CatalogueItem>& items,
                                          const domain::Operator* seller) {
  if (seller == nullptr) return std::vector<base::Error>();
  const auto rules = TRY(shipped_rules());
  return domain::find_vat_gaps(
      items, [&](std::string_view vat_class, base::Date day) -> Result<base::Percent> {
        const auto rates = TRY(domain::VatRates::on(rules, seller->country, day));
        return rates.rate(vat_class);
      });
}

// Items of divisions that the operator does not have, where it is known whose catalogue this is.
std::vector<base::Error> unknown_divisions(const std::vector<domain::CatalogueItem>& items,
                                           const domain::Operator* seller) {
  std::vector<base::Error> unknown;
  if (seller == nullptr) return unknown;
  for (const domain::CatalogueItem& item : items) {
    if (std::ranges::count(seller->divisions, item.division, &domain::OperatorDivision::code) > 0) {
      continue;
    }
    unknown.push_back({.code = "unknown_division",
                       .text = "the operator has no division '" + item.division + "'",
                       .place = item.code});
  }
  return unknown;
}

// All that is wrong with the files and with their items together. Of an item whose form is wrong
// that alone is told: what else it says cannot be known.
Result<std::vector<base::Error>> find_problems(const CatalogueFiles& files,
                                               const domain::Operator* seller) {
  std::vector<domain::CatalogueItem> items = files.items;
  items.insert(items.end(), files.broken.begin(), files.broken.end());
  std::ranges::stable_sort(items, {}, &domain::CatalogueItem::code);
  auto of_items = domain::find_catalogue_errors(items);
  std::ranges::move(TRY(vat_gaps(files.items, seller)), std::back_inserter(of_items));
  std::ranges::move(unknown_divisions(files.items, seller), std::back_inserter(of_items));
  std::vector<base::Error> problems = files.problems;
  for (base::Error& problem : of_items) {
    if (std::ranges::count(files.broken, problem.place, &domain::CatalogueItem::code) > 0) continue;
    const auto file = files.file_of.find(problem.place);
    if (file != files.file_of.end()) problem.place = file->second + ": " + problem.place;
    problems.push_back(std::move(problem));
  }
  return problems;
}

Json problems_json(const std::vector<base::Error>& problems) {
  Json list = Json::array();
  for (const base::Error& problem : problems) list.push(error_json(problem)["error"]);
  return list;
}

std::string problems_text(const std::vector<base::Error>& problems) {
  std::string text;
  for (const base::Error& problem : problems) text += base::describe(problem) + "\n";
  return text;
}

Json paths_json(const std::vector<std::string>& paths) {
  Json list = Json::array();
  for (const std::string& path : paths) list.push(path);
  return list;
}

// Whose catalogue the files are: of what the database knows, the operator that was named, else the
// only one; else a shipped one or a folder's.
struct Whose {
  std::string code;  // As it was named.
  std::optional<domain::Operator> seller;

  [[nodiscard]] const domain::Operator* operator_or_null() const {
    return seller ? &*seller : nullptr;
  }
};

Result<Whose> whose_by_files(const std::string& named) {
  if (named.empty()) return Whose{};
  auto file = TRY(load_operator_file(named));
  return Whose{named, std::move(file.value)};
}

Result<Whose> whose_of(const Context& context, const std::string& named) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  for (domain::Operator& each : TRY(transaction->catalogue().list_operators())) {
    if (!named.empty() && each.code != named) continue;
    std::string code = each.code;
    return Whose{std::move(code), std::move(each)};
  }
  return whose_by_files(named);
}

std::string shortened(const std::string& text) {
  return text.size() <= kShownMax ? text : "(" + std::to_string(text.size()) + " characters)";
}

}  // namespace

Outcome catalogue_check(const CatalogueOptions& options) {
  const Whose whose = TRY(whose_by_files(options.operator_code));
  const domain::Operator* seller = whose.operator_or_null();
  const auto files = TRY(read_catalogue_files(options.paths, whose.code, seller));
  const auto problems = TRY(find_problems(files, seller));
  Json json;
  json.set("files", paths_json(files.paths))
      .set("items", files.items.size() + files.broken.size())
      .set("problems", problems_json(problems));
  const std::string text = problems.empty()
                               ? std::to_string(files.items.size()) + " items, no problems\n"
                               : problems_text(problems);
  return Answer{json, text, problems.empty() ? Exit::kDone : Exit::kNegative};
}

Outcome catalogue_list(const Context& context, const CatalogueListOptions& options) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const domain::Catalogue catalogue = TRY(transaction->catalogue().load_catalogue());
  const domain::Operator seller = TRY(flows::load_seller(*transaction));
  const base::Date today =
      TRY(flows::local_date(seller.time_zone, context.workspace.clock().now()));
  Json list = Json::array();
  TextTable table({"item", "kind", "division", "price>", "VAT", "name"});
  for (const domain::CatalogueItem& item : catalogue.items()) {
    const std::string kind(domain::to_text(item.kind));
    if (!options.kind.empty() && kind != options.kind) continue;
    const std::string& name = item.name(options.language);
    // One number where there is one: a tariff has its own words.
    const auto row = domain::Catalogue::price_on(item, today, "");
    const bool is_flat = row && !row->model;
    const std::string price = is_flat ? row->price.amount.to_string() : std::string();
    list.push(Json::object()
                  .set("code", item.code)
                  .set("kind", kind)
                  .set("division", item.division)
                  .set("name", name)
                  .set("price", is_flat ? Json(price) : Json())
                  .set("includes_vat", is_flat ? Json(row->includes_vat) : Json()));
    table.add({item.code, kind, item.division, price,
               is_flat ? (row->includes_vat ? "included" : "to be added") : "", name});
  }
  Json json;
  json.set("day", today.to_string()).set("items", std::move(list));
  return Answer{json, table.to_text()};
}

Outcome catalogue_diff(const Context& context, const CatalogueOptions& options) {
  const Whose whose = TRY(whose_of(context, options.operator_code));
  const auto files = TRY(read_catalogue_files(options.paths, whose.code, whose.operator_or_null()));
  const auto changes = TRY(flows::compare_catalogue(context.workspace.store(), files.items));
  Json list = Json::array();
  TextTable table({"item", "kind", "change", "member", "before", "after"});
  for (const domain::ItemChange& change : changes) {
    const std::string kind(domain::to_text(change.kind)), fate(domain::to_text(change.fate));
    Json members = Json::array();
    for (const domain::MemberChange& member : change.members) {
      members.push(Json::object()
                       .set("member", member.member)
                       .set("before", member.before)
                       .set("after", member.after));
      table.add({change.code, kind, fate, member.member, shortened(member.before),
                 shortened(member.after)});
    }
    if (change.members.empty()) table.add({change.code, kind, fate, "", "", ""});
    list.push(Json::object()
                  .set("code", change.code)
                  .set("kind", kind)
                  .set("change", fate)
                  .set("members", std::move(members)));
  }
  Json json;
  json.set("files", paths_json(files.paths))
      .set("changes", std::move(list))
      .set("problems", problems_json(files.problems));
  return Answer{json, table.to_text() + problems_text(files.problems),
                files.problems.empty() ? Exit::kDone : Exit::kNegative};
}

Outcome catalogue_import(const Context& context, const CatalogueOptions& options) {
  const Whose whose = TRY(whose_of(context, options.operator_code));
  const auto files = TRY(read_catalogue_files(options.paths, whose.code, whose.operator_or_null()));
  const auto unknown = unknown_divisions(files.items, whose.operator_or_null());
  if (!unknown.empty()) return std::unexpected(unknown.front());
  ports::CatalogueChange change;
  if (files.problems.empty()) {
    change = TRY(
        flows::import_catalogue(context.workspace.store(), context.workspace.clock(), files.items));
  }
  Json json;
  json.set("files", paths_json(files.paths))
      .set("items_added", change.items_added)
      .set("items_changed", change.items_changed)
      .set("prices_added", change.prices_added)
      .set("prices_changed", change.prices_changed)
      .set("problems", problems_json(files.problems));
  const std::string text = std::to_string(change.items_added) + " items added, " +
                           std::to_string(change.items_changed) + " changed; " +
                           std::to_string(change.prices_added) + " prices added, " +
                           std::to_string(change.prices_changed) + " changed\n";
  if (files.problems.empty()) return Answer{json, text};
  return Answer{json, problems_text(files.problems) + "Nothing was imported\n", Exit::kNegative};
}

}  // namespace app::cli
