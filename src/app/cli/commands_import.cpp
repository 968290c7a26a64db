// Imports, rejects, customers and law rows on the command line. One file that is refused whole
// does not keep the others from being imported.
#include <algorithm>
#include <filesystem>
#include <set>

#include "app/cli/commands.h"
#include "app/source_files.h"
#include "flows/care/index_customers.h"
#include "flows/care/time_zone.h"
#include "flows/care/usage_levels.h"
#include "flows/operations/import_catalogue.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/link_customers.h"
#include "flows/operations/load_operator.h"
#include "flows/operations/rejects.h"
#include "ports/catalogue.h"
#include "ports/parties.h"

namespace app::cli {
namespace {

namespace fs = std::filesystem;

using base::Json;
using base::Result;

constexpr std::string_view kActor = "command";

// One file to import and how it is read.
struct Step {
  std::string path;
  const formats::source::RecordMapping* mapping = nullptr;  // Null: a catalogue.
  std::string catalogue = {};
};

Result<Step> make_step(std::string path, const formats::FileRule& rule, Mappings& mappings) {
  Step step{.path = std::move(path)};
  step.catalogue = rule.catalogue;
  if (rule.catalogue.empty()) step.mapping = TRY(mappings.find(rule.mapping, rule.records));
  return step;
}

// What a call of `import` is to do, and what it cannot.
struct Plan {
  std::vector<Step> steps;
  std::vector<std::string> unknown;  // Files of a folder that no rule claims: left alone.
  std::vector<base::Error> refused;  // Files that were named and are not recognised.
};

Result<> plan_named_file(const std::string& path, const OperatorBundle& bundle,
                         const ImportOptions& options, Mappings& mappings, Plan& plan) {
  const std::string name = fs::path(path).filename().string();
  if (!options.mapping.empty()) {
    const auto* mapping = TRY(of_option("--mapping", mappings.find(options.mapping)));
    plan.steps.push_back({.path = path, .mapping = mapping});
    return {};
  }
  const formats::FileRule* rule = bundle.file.rule_of(name);
  if (rule == nullptr) {
    plan.refused.push_back(
        base::fail("file_not_recognised",
                   "no rule of the operator claims a file of this name; give --mapping", path)
            .error());
    return {};
  }
  Step step = TRY(make_step(path, *rule, mappings));
  plan.steps.push_back(std::move(step));
  return {};
}

Result<std::vector<std::string>> file_names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
  }
  if (error) return base::fail("file_not_readable", error.message(), folder);
  return names;
}

Result<Plan> make_plan(const OperatorBundle& bundle, const ImportOptions& options,
                       Mappings& mappings) {
  Plan plan;
  for (const std::string& path : options.paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      return base::fail("file_not_found", "there is no such file or folder", path);
    }
    if (!fs::is_directory(path)) {
      TRY(plan_named_file(path, bundle, options, mappings, plan));
      continue;
    }
    auto folder = formats::plan_folder(bundle.file, TRY(file_names_in(path)));
    for (const auto& step : folder.steps) {
      Step added = TRY(make_step((fs::path(path) / step.file_name).string(), *step.rule, mappings));
      plan.steps.push_back(std::move(added));
    }
    std::ranges::move(folder.unknown, std::back_inserter(plan.unknown));
  }
  return plan;
}

// The operator to import for: the one that is named, or the one that is there. A shipped one is
// loaded once: what the database says since is changed by `catalogue import` alone. A folder is its
// owner's word each time that it is named.
struct ChosenOperator {
  OperatorBundle bundle;
  bool keeps_items = false;  // What the database sells stays as it is.
};

Result<ChosenOperator> choose_operator(const Context& context, const std::string& code) {
  Workspace& workspace = context.workspace;
  std::string wanted = code;
  std::vector<domain::Operator> operators;
  {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    operators = TRY(transaction->catalogue().list_operators());
  }
  if (wanted.empty() && operators.empty()) {
    return base::fail("no_operator", "load an operator first: telgiro import --operator CODE");
  }
  if (wanted.empty()) wanted = operators.front().code;
  auto bundle = TRY(load_operator_files(wanted));
  const bool known = std::ranges::find(operators, bundle.file.value.code,
                                       &domain::Operator::code) != operators.end();
  if (known && !is_operator_folder(wanted)) return ChosenOperator{std::move(bundle), true};
  TRY(flows::load_operator(workspace.store(), workspace.clock(), bundle.file.value,
                           bundle.catalogue));
  return ChosenOperator{std::move(bundle), false};
}

Result<flows::ImportReport> import_one(const Context& context, const OperatorBundle& bundle,
                                       const Step& step) {
  Workspace& workspace = context.workspace;
  const auto snapshot = TRY(flows::Snapshot::of_file(step.path, workspace.data_dir()));
  return flows::import_source_file(
      workspace.store(), workspace.clock(), snapshot,
      {.mapping = *step.mapping,
       .operator_code = bundle.file.value.code,
       .actor = std::string(kActor),
       .rules = &workspace.rules()},
      [&](const flows::ImportProgress& progress) {
        const std::int64_t percent =
            progress.bytes == 0 ? 100 : progress.bytes_done * 100 / progress.bytes;
        context.progress(std::string(progress.file_name) + " " + std::to_string(percent) + " %, " +
                         std::to_string(progress.records) + " records, " +
                         std::to_string(progress.rejected) + " refused");
      });
}

// Items that the database lacks; of the others, how many a `catalogue import` would change.
struct UnknownItems {
  std::vector<domain::CatalogueItem> items;
  std::int64_t kept = 0;
};

Result<UnknownItems> leave_out_known(const Context& context, const domain::Catalogue& catalogue) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto known = TRY(transaction->catalogue().load_catalogue());
  UnknownItems unknown;
  for (const domain::CatalogueItem& item : catalogue.items()) {
    const auto* same = known.find(item.code, item.kind);
    if (same == nullptr) {
      unknown.items.push_back(item);
    } else if (*same != item) {
      ++unknown.kept;
    }
  }
  return unknown;
}

// The first one makes the catalogue. Later ones bring what is new in it: prices that were changed
// since by `catalogue import` are not set back by the file of the next month.
Result<Json> import_catalogue(const Context& context, const ChosenOperator& chosen,
                              const std::string& operator_code, const Step& step) {
  Workspace& workspace = context.workspace;
  const OperatorBundle& bundle = chosen.bundle;
  const auto catalogue = TRY(load_own_catalogue(operator_code, step.catalogue, step.path,
                                                bundle.file.value, bundle.catalogue));
  ports::CatalogueChange change;
  std::int64_t kept = 0;
  if (chosen.keeps_items) {
    UnknownItems unknown = TRY(leave_out_known(context, catalogue));
    kept = unknown.kept;
    change = TRY(
        flows::import_catalogue(workspace.store(), workspace.clock(), std::move(unknown.items)));
  } else {
    change = TRY(flows::load_operator(workspace.store(), workspace.clock(), bundle.file.value,
                                      catalogue))
                 .catalogue;
  }
  return Json()
      .set("file", step.path)
      .set("items", catalogue.items().size())
      .set("items_added", change.items_added)
      .set("items_changed", change.items_changed)
      .set("items_kept", kept)
      .set("prices_added", change.prices_added)
      .set("prices_changed", change.prices_changed);
}

std::string catalogue_text(const Json& json) {
  const std::int64_t kept = json.integer("items_kept");
  const std::string differs =
      kept == 0 ? "" : ", " + std::to_string(kept) + " kept as they are (telgiro catalogue diff)";
  return fs::path(json.text("file")).filename().string() + ": " +
         std::to_string(json.integer("items")) + " items of the catalogue, " +
         std::to_string(json.integer("items_added")) + " new, " +
         std::to_string(json.integer("items_changed")) + " changed" + differs + "\n";
}

// Readers know the file's name and the line; the path that was given is known here.
base::Error in_file(base::Error error, const std::string& path) {
  constexpr std::string_view kLine = "line ";
  const auto line = error.place.rfind(kLine);
  const bool of_line = line != std::string::npos;
  error.place = of_line ? path + ":" + error.place.substr(line + kLine.size()) : path;
  return error;
}

base::Error earlier_file_refused(const Step& step) {
  return base::fail("earlier_file_refused",
                    "a file of the division that comes before this one was refused; mend that one "
                    "and import both",
                    step.path)
      .error();
}

Json report_json(const Step& step, const flows::ImportReport& report) {
  Json json;
  json.set("file", step.path)
      .set("id", report.file.id.to_string())
      .set("mapping", report.file.mapping)
      .set("records", report.file.records)
      .set("accepted", report.file.accepted)
      .set("repeated", report.file.repeated)
      .set("rejected", report.file.rejected)
      .set("notices", report.notices)
      .set("was_imported", report.was_imported);
  return json;
}

Json names_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push(name);
  return list;
}

std::string cursor_text(const ports::RejectCursor& cursor) {
  return std::to_string(cursor.recorded.micros) + "/" + cursor.file.to_string() + "/" +
         std::to_string(cursor.line) + "/" + cursor.id.to_string();
}

Result<ports::RejectCursor> read_cursor(const std::string& text) {
  ports::RejectCursor cursor;
  if (text.empty()) return cursor;
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  const auto wrong = [&] { return base::fail("unknown_value", "this is no `next` of a page"); };
  if (parts.size() != 4) return wrong();
  const auto recorded = base::Decimal::parse(parts[0]), line = base::Decimal::parse(parts[2]);
  if (!recorded || !line) return wrong();
  cursor.recorded = {static_cast<std::int64_t>(recorded->scaled() / base::Decimal::kOne)};
  cursor.file = TRY(domain::FileId::parse(parts[1]));
  cursor.line = static_cast<std::int64_t>(line->scaled() / base::Decimal::kOne);
  cursor.id = TRY(domain::RejectId::parse(parts[3]));
  return cursor;
}

Result<domain::RejectId> reject_id(const std::string& text) {
  return of_option("REJECT", domain::RejectId::parse(text));
}

Result<domain::CustomerId> customer_of(const Context& context, std::int64_t number) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto id = TRY(transaction->parties().find_customer_number(number));
  if (!id) {
    return base::fail("unknown_customer", "there is no customer of that number",
                      std::to_string(number));
  }
  return *id;
}

// What one call of `import` has come to so far.
class ImportCall {
 public:
  ImportCall(const Context& context, const ChosenOperator& chosen, std::string operator_code)
      : context_(context),
        chosen_(chosen),
        bundle_(chosen.bundle),
        operator_code_(std::move(operator_code)) {}

  Result<> take(const Step& step) {
    if (step.mapping == nullptr) return take_catalogue(step);
    if (broken_off_.contains(step.mapping->division)) {
      refused_.push_back(earlier_file_refused(step));
      return {};
    }
    auto report = import_one(context_, bundle_, step);
    if (!report && exit_of(report.error()) == Exit::kEnvironment) {
      return std::unexpected(report.error());
    }
    if (!report) {
      // Refused whole. The other divisions do not suffer for it; what comes after it in its own
      // would: orders whose customers are missing.
      broken_off_.insert(step.mapping->division);
      refused_.push_back(in_file(report.error(), step.path));
      return {};
    }
    took_usage_ = took_usage_ || step.mapping->kind->name == "usage";
    files_.push(report_json(step, *report));
    const auto& file = report->file;
    table_.add({fs::path(step.path).filename().string(), std::to_string(file.records),
                std::to_string(file.accepted), std::to_string(file.repeated),
                std::to_string(file.rejected), std::to_string(report->notices),
                report->was_imported ? "imported before" : ""});
    return {};
  }

  // What came in may have filled an allowance or a spend cap of this month or the last one. Asked
  // also where the file had been imported before: then the alerts may be what was cut off.
  Result<> alert() {
    if (!took_usage_) return {};
    const Workspace& workspace = context_.workspace;
    const base::Date today =
        TRY(flows::local_date(bundle_.file.value.time_zone, workspace.clock().now()));
    const base::Month month = base::Month::of(today);
    for (const base::Month each : {month.previous(), month}) {
      const auto report =
          TRY(flows::alert_usage(context_.workspace.store(), workspace.clock(), {.month = each}));
      alerts_ += report.alerts;
    }
    return {};
  }

  Answer answer(const Plan& plan) && {
    std::vector<base::Error> refused = plan.refused;
    std::ranges::move(refused_, std::back_inserter(refused));
    Json refusals = Json::array();
    std::string text = catalogue_text_ + table_.to_text();
    for (const base::Error& error : refused) {
      refusals.push(error_json(error)["error"]);
      text += "not imported: " + describe(error) + "\n";
    }
    for (const std::string& name : plan.unknown) text += "left alone: " + name + "\n";
    if (alerts_ > 0) {
      text += std::to_string(alerts_) + " allowances or caps reached 80 or 100 %\n";
    }
    if (!refused.empty()) {
      const std::size_t taken = files_.as_array()->size() + catalogues_.as_array()->size();
      text += std::to_string(taken) + (taken == 1 ? " file" : " files") + " taken, " +
              std::to_string(refused.size()) + " not imported\n";
    }
    // D14: whatever was taken makes it done, with the files that were not among its problems.
    const bool nothing_taken = files_.as_array()->empty() && catalogues_.as_array()->empty();
    const bool nothing_known = !refused.empty() || !plan.unknown.empty();
    Json json;
    json.set("operator", bundle_.file.value.code)
        .set("catalogues", std::move(catalogues_))
        .set("files", std::move(files_))
        .set("refused", std::move(refusals))
        .set("left_alone", names_json(plan.unknown))
        .set("alerts", alerts_);
    return Answer{json, text, nothing_taken && nothing_known ? Exit::kNotRecognised : Exit::kDone};
  }

 private:
  Result<> take_catalogue(const Step& step) {
    const auto report = import_catalogue(context_, chosen_, operator_code_, step);
    if (!report && exit_of(report.error()) == Exit::kEnvironment) {
      return std::unexpected(report.error());
    }
    if (report) {
      catalogues_.push(*report);
      catalogue_text_ += catalogue_text(*report);
    } else {
      refused_.push_back(report.error());
    }
    return {};
  }

  const Context& context_;
  const ChosenOperator& chosen_;
  const OperatorBundle& bundle_;
  std::string operator_code_;
  Json catalogues_ = Json::array();
  std::string catalogue_text_;
  Json files_ = Json::array();
  TextTable table_{{"file", "records>", "accepted>", "repeated>", "refused>", "notices>", ""}};
  std::vector<base::Error> refused_;
  std::set<std::string> broken_off_;  // Divisions of which a file was refused whole.
  bool took_usage_ = false;
  std::int64_t alerts_ = 0;
};

}  // namespace

Outcome import_files(const Context& context, const ImportOptions& options) {
  const auto chosen = TRY(choose_operator(context, options.operator_code));
  const OperatorBundle& bundle = chosen.bundle;
  const bool own = is_operator_folder(options.operator_code);
  Mappings mappings(own ? options.operator_code : "");
  const Plan plan = TRY(make_plan(bundle, options, mappings));
  ImportCall call(context, chosen, own ? options.operator_code : bundle.file.value.code);
  for (const Step& step : plan.steps) TRY(call.take(step));
  TRY(call.alert());
  TRY(flows::index_customers(context.workspace.store()));
  return std::move(call).answer(plan);
}

Outcome reject_list(const Context& context, const RejectListOptions& options) {
  ports::RejectFilter filter;
  if (options.state != "all") filter.state = options.state;
  filter.code = options.code;
  filter.text = options.search;
  if (!options.file.empty()) {
    filter.file = TRY(of_option("--file", domain::FileId::parse(options.file)));
  }
  const auto page = TRY(flows::list_rejects(context.workspace.store(), filter,
                                            TRY(of_option("--after", read_cursor(options.after))),
                                            static_cast<std::size_t>(options.limit)));
  Json rejects = Json::array();
  TextTable table({"reject", "file", "line>", "field", "code", "state", "reason"});
  for (const ports::Reject& reject : page.rejects) {
    rejects.push(flows::to_json(reject));
    table.add({reject.id.to_string(), reject.file_name, std::to_string(reject.line), reject.field,
               reject.code, reject.state, reject.reason});
  }
  Json json;
  json.set("rejects", std::move(rejects))
      .set("next", page.next ? Json(cursor_text(*page.next)) : Json());
  return Answer{json, table.to_text()};
}

Outcome reject_show(const Context& context, const std::string& id) {
  const auto reject = TRY(flows::find_reject(context.workspace.store(), TRY(reject_id(id))));
  // The reason names the fields itself.
  const std::string text = reject.file_name + ":" + std::to_string(reject.line) + " " +
                           reject.reason + " (" + reject.code + "), " + reject.state + "\n" +
                           reject.context + "\n" + reject.raw + "\n";
  return Answer{flows::to_json(reject), text};
}

Outcome reject_correct(const Context& context, const RejectCorrectOptions& options) {
  Workspace& workspace = context.workspace;
  Mappings mappings;
  const flows::RejectTools tools{workspace.store(), workspace.clock(),
                                 [&](std::string_view source) { return mappings.find(source); }, "",
                                 &workspace.rules()};
  const auto correction =
      TRY(of_option("--record", flows::correct_reject(tools, TRY(reject_id(options.reject)),
                                                      options.record, kActor)));
  Json remarks = Json::array();
  std::string text = correction.taken ? "Taken\n" : "Refused again\n";
  for (const ports::Reject& remark : correction.remarks) {
    remarks.push(flows::to_json(remark));
    text += remark.reason + " (" + remark.code + ")\n";
  }
  Json json;
  json.set("reject", options.reject)
      .set("taken", correction.taken)
      .set("repeated", correction.repeated)
      .set("remarks", std::move(remarks));
  return Answer{json, text, correction.taken ? Exit::kDone : Exit::kNegative};
}

Outcome reject_retake(const Context& context, const RejectRetakeOptions& options) {
  Workspace& workspace = context.workspace;
  Mappings mappings;
  const flows::RejectTools tools{workspace.store(), workspace.clock(),
                                 [&](std::string_view source) { return mappings.find(source); }, "",
                                 &workspace.rules()};
  ports::RejectFilter filter;
  filter.code = options.code;
  if (!options.file.empty()) {
    filter.file = TRY(of_option("--file", domain::FileId::parse(options.file)));
  }
  const auto report = TRY(flows::retake_rejects(tools, filter, kActor));
  Json json;
  json.set("tried", report.tried).set("taken", report.taken);
  return Answer{
      json, std::to_string(report.taken) + " of " + std::to_string(report.tried) + " were taken\n"};
}

Outcome reject_discard(const Context& context, const RejectDiscardOptions& options) {
  Workspace& workspace = context.workspace;
  TRY(of_option("--reason",
                flows::discard_reject(workspace.store(), workspace.clock(),
                                      TRY(reject_id(options.reject)), options.reason, kActor)));
  return Answer{Json::object().set("reject", options.reject), "Discarded\n"};
}

Outcome customer_link(const Context& context, const CustomerLinkOptions& options) {
  Workspace& workspace = context.workspace;
  const auto report = TRY(flows::link_customers(workspace.store(), workspace.clock(),
                                                TRY(customer_of(context, options.keep)),
                                                TRY(customer_of(context, options.join)), kActor));
  Json json;
  json.set("customer", options.keep)
      .set("accounts", report.accounts)
      .set("numbers", report.numbers);
  return Answer{json, std::to_string(report.accounts) + " accounts and " +
                          std::to_string(report.numbers) + " numbers moved\n"};
}

Outcome customer_unlink(const Context& context, const CustomerUnlinkOptions& options) {
  Workspace& workspace = context.workspace;
  std::string zone;
  {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    const auto operators = TRY(transaction->catalogue().list_operators());
    if (operators.empty()) return base::fail("no_operator", "this database holds no operator");
    zone = operators.front().time_zone;
  }
  const auto report = TRY(flows::separate_number(
      workspace.store(), workspace.clock(),
      {options.division, options.number, TRY(flows::local_date(zone, workspace.clock().now())),
       std::string(kActor)}));
  Json json;
  json.set("customer", report.customer.to_string()).set("account", report.account.to_string());
  return Answer{json, options.division + " " + options.number + " is now " +
                          report.customer.to_string() + "\n"};
}

Outcome law_show(const Context& context, const LawOptions& options) {
  const base::Date on = options.day.empty()
                            ? base::TimeZone().local_date(context.workspace.clock().now())
                            : TRY(of_option("--day", base::Date::parse(options.day)));
  Json rules = Json::array();
  TextTable table({"rule", "for", "value>", "unit", "until", "enforced", "verified", "source"});
  for (const domain::CountryRule& rule : context.workspace.rules().rules()) {
    if (rule.country != options.country || !rule.valid.contains(on)) continue;
    const bool open = rule.valid.to() == domain::all_days().to();
    const std::string until = open ? "" : rule.valid.last_day().to_string();
    Json json;
    json.set("rule", rule.area + "/" + rule.key)
        .set("segment", domain::to_text(rule.segment))
        .set("value", rule.value)
        .set("unit", rule.unit)
        .set("until", open ? Json() : Json(until))
        .set("enforced", domain::to_text(rule.enforced))
        .set("verified", domain::to_text(rule.verified))
        .set("source", rule.source_url);
    rules.push(std::move(json));
    table.add({rule.area + "/" + rule.key, std::string(domain::to_text(rule.segment)), rule.value,
               rule.unit, until, std::string(domain::to_text(rule.enforced)),
               std::string(domain::to_text(rule.verified)), rule.source_title});
  }
  if (rules.as_array()->empty()) {
    return base::fail("unknown_country", "there are no rules of that country on that day",
                      options.country);
  }
  Json json;
  json.set("country", options.country).set("day", on.to_string()).set("rules", std::move(rules));
  return Answer{json, table.to_text()};
}

}  // namespace app::cli
