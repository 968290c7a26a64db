// The catalogue on the command line: whether files are right, what they would change, and taking
// them in. Every problem of all files is told at once, and nothing is taken while there is one.
#include <algorithm>
#include <optional>

#include "app/catalogue_files.h"
#include "app/cli/commands.h"
#include "app/source_files.h"
#include "domain/law/vat_rates.h"
#include "flows/operations/import_catalogue.h"
#include "ports/catalogue.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;

constexpr std::size_t kShownMax = 60;  // Characters of a value in the table for people.

// Rates of the operator's country, where it is known whose catalogue this is.
Result<std::vector<base::Error>> vat_gaps(const CatalogueFiles& files,
                                          const std::string& operator_code) {
  if (operator_code.empty()) return std::vector<base::Error>();
  const auto bundle = TRY(load_operator_files(operator_code));
  const auto rules = TRY(shipped_rules());
  return domain::find_vat_gaps(
      files.items, [&](std::string_view vat_class, base::Date day) -> Result<base::Percent> {
        const auto rates = TRY(domain::VatRates::on(rules, bundle.file.value.country, day));
        return rates.rate(vat_class);
      });
}

// All that is wrong with the files and with their items together.
Result<std::vector<base::Error>> find_problems(CatalogueFiles& files,
                                               const std::string& operator_code) {
  std::vector<base::Error> problems = files.problems;
  std::ranges::stable_sort(files.items, {}, &domain::CatalogueItem::code);
  std::ranges::move(domain::find_catalogue_errors(files.items), std::back_inserter(problems));
  std::ranges::move(TRY(vat_gaps(files, operator_code)), std::back_inserter(problems));
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

// The operator that was named, else the one that is loaded.
Result<std::string> operator_of(const Context& context, const std::string& named) {
  if (!named.empty()) return named;
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto operators = TRY(transaction->catalogue().list_operators());
  return operators.empty() ? std::string() : operators.front().code;
}

std::string shortened(const std::string& text) {
  return text.size() <= kShownMax ? text : "(" + std::to_string(text.size()) + " characters)";
}

}  // namespace

Outcome catalogue_check(const CatalogueOptions& options) {
  auto files = TRY(read_catalogue_files(options.paths, options.operator_code));
  const auto problems = TRY(find_problems(files, options.operator_code));
  Json json;
  json.set("files", paths_json(files.paths))
      .set("items", files.items.size())
      .set("problems", problems_json(problems));
  const std::string text = problems.empty()
                               ? std::to_string(files.items.size()) + " items, no problems\n"
                               : problems_text(problems);
  return Answer{json, text, problems.empty() ? Exit::kDone : Exit::kNegative};
}

Outcome catalogue_diff(const Context& context, const CatalogueOptions& options) {
  const std::string code = TRY(operator_of(context, options.operator_code));
  const auto files = TRY(read_catalogue_files(options.paths, code));
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
  const std::string code = TRY(operator_of(context, options.operator_code));
  auto files = TRY(read_catalogue_files(options.paths, code));
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
