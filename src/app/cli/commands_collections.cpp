// The debits under mandates: the day's run, what became of each, and the files for the banks.
#include "app/cli/acting.h"
#include "app/cli/commands_mandates.h"
#include "app/cli/output.h"
#include "flows/access/access.h"
#include "flows/care/find_account.h"
#include "flows/collections/register_mandate.h"
#include "flows/collections/run_collections.h"
#include "support/crypto/crypto.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using domain::Collection;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

Json optional_day(const std::optional<base::Date>& day) {
  return day ? Json(day->to_string()) : Json();
}

template <class Id>
Json optional_id(const Id& id) {
  return id.is_nil() ? Json() : Json(id.to_string());
}

Json collection_json(const Collection& collection) {
  Json json;
  json.set("id", collection.id.to_string())
      .set("account", collection.account.to_string())
      .set("mandate", collection.mandate.to_string())
      .set("bill", collection.bill.to_string())
      .set("scheme", domain::to_text(collection.scheme))
      .set("creditor", collection.creditor)
      .set("state", domain::to_text(collection.state))
      .set("currency", collection.amount.currency().code())
      .set("amount", collection.amount.to_decimal_string())
      .set("announced", collection.announced.to_string())
      .set("hand_in", collection.hand_in.to_string())
      .set("day", collection.day.to_string())
      .set("tries", collection.tries)
      .set("sequence", domain::to_text(collection.sequence))
      .set("wire", collection.wire)
      .set("file", optional_id(collection.file))
      .set("batch", collection.batch)
      .set("reason", collection.reason)
      .set("action", collection.action)
      .set("settled_on", optional_day(collection.settled_on))
      .set("refund_until", optional_day(collection.refund_until))
      .set("unauthorised_until", optional_day(collection.unauthorised_until))
      .set("payment", optional_id(collection.payment));
  return json;
}

// What a person asks of one debit: why, of whom, where it is, and until when it can come back.
std::string whole_text(const Collection& each) {
  std::string text = each.id.to_string() + ": " + std::string(domain::to_text(each.state)) + ", " +
                     each.amount.to_decimal_string() + " " +
                     std::string(each.amount.currency().code()) + " on " + each.day.to_string() +
                     "\n";
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += "  " + std::string(name) + ": " + value + "\n";
  };
  const auto day = [](const std::optional<base::Date>& date) {
    return date ? date->to_string() : std::string();
  };
  add("reason", each.reason + (each.action.empty() ? "" : ", then " + each.action));
  add("bill", each.bill.to_string());
  add("mandate", each.mandate.to_string() + ", " + std::string(domain::to_text(each.scheme)) +
                     " of " + each.creditor);
  add("its payer was told", each.announced.to_string());
  add("to be handed in",
      each.hand_in.to_string() + (each.tries > 0
                                      ? ", tried " + std::to_string(each.tries) + " times before"
                                      : std::string()));
  add("file", each.file.is_nil() ? std::string() : each.file.to_string());
  add("payment", each.payment.is_nil() ? std::string() : each.payment.to_string());
  add("settled", day(each.settled_on));
  add("can be asked back until", day(each.refund_until));
  add("and where no mandate was given until", day(each.unauthorised_until));
  return text;
}

Json file_json(const ports::OrderFile& file) {
  Json json;
  json.set("id", file.id.to_string())
      .set("day", file.day.to_string())
      .set("name", file.name)
      .set("format", file.format)
      .set("scheme", domain::to_text(file.group.scheme))
      .set("creditor", file.group.creditor)
      .set("debits", file.debits)
      .set("mandates", file.mandates)
      .set("currency", file.sum.currency().code())
      .set("sum", file.sum.to_decimal_string())
      .set("size", file.size)
      .set("sha256",
           crypto::to_hex(std::span(reinterpret_cast<const std::uint8_t*>(file.sha256.data()),
                                    file.sha256.size())));
  return json;
}

Json counts_json(const std::map<std::string, std::int64_t>& counts) {
  Json list = Json::array();
  for (const auto& [name, count] : counts) {
    list.push(Json().set("name", name).set("count", count));
  }
  return list;
}

// What this call did of the day's run.
ports::CollectionRun done_now(const flows::CollectionReport& report) {
  ports::CollectionRun now = report.run;
  now.planned -= report.before.planned;
  now.ordered -= report.before.ordered;
  now.dropped -= report.before.dropped;
  now.problems -= report.before.problems;
  now.files -= report.before.files;
  return now;
}

std::string counts_text(const ports::CollectionRun& run) {
  return std::to_string(run.planned) + " debits planned, " + std::to_string(run.ordered) +
         " ordered, " + std::to_string(run.dropped) + " dropped, " + std::to_string(run.problems) +
         " problems";
}

bool did_anything(const ports::CollectionRun& run) {
  return run.planned + run.ordered + run.dropped + run.problems > 0;
}

Answer run_told(const flows::CollectionReport& report, bool dry_run) {
  const ports::CollectionRun& run = report.run;
  const ports::CollectionRun now = done_now(report);
  Json files = Json::array(), problems = Json::array();
  std::string text = run.day.to_string() + (dry_run ? ", dry run" : "") +
                     (report.was_done ? ", run before: nothing was done" : "") + "\n";
  if (!report.was_done) text += "  " + counts_text(now) + "\n";
  if (did_anything(report.before)) text += "  the whole day: " + counts_text(run) + "\n";
  for (const ports::OrderFile& file : report.files) {
    files.push(file_json(file));
    text += "  " + file.name + ": " + std::to_string(file.debits) + " debits, " +
            file.sum.to_decimal_string() + " " + std::string(file.sum.currency().code()) + ", " +
            std::to_string(file.mandates) + " mandates; " + file.id.to_string() + "\n";
  }
  for (const base::Error& problem : report.problems) {
    problems.push(error_json(problem)["error"]);
    text += "  " + describe(problem) + "\n";
  }
  Json json;
  json.set("day", run.day.to_string())
      .set("state", run.state)
      .set("dry_run", dry_run)
      .set("was_done", report.was_done)
      .set("bills", run.bills)
      .set("planned", run.planned)
      .set("ordered", run.ordered)
      .set("dropped", run.dropped)
      .set("problem_count", run.problems)
      .set("file_count", run.files)
      .set("now", Json()
                      .set("planned", now.planned)
                      .set("ordered", now.ordered)
                      .set("dropped", now.dropped)
                      .set("problem_count", now.problems)
                      .set("file_count", now.files))
      .set("files", std::move(files))
      .set("dropped_reasons", counts_json(report.dropped))
      .set("problem_codes", counts_json(report.problem_counts))
      .set("problems", std::move(problems));
  return Answer{json, text};
}

Result<ports::CollectionFilter> read_filter(ports::Transaction& transaction,
                                            const CollectionListOptions& options) {
  ports::CollectionFilter filter;
  if (!options.account.empty()) {
    filter.account =
        TRY(of_option("--account", flows::find_account(transaction, options.account))).account.id;
  }
  filter.state = options.state;
  filter.scheme = options.scheme;
  if (!options.file.empty()) {
    filter.file = TRY(of_option("--file", domain::OrderFileId::parse(options.file)));
  }
  filter.limit = static_cast<std::size_t>(options.limit);
  if (options.after.empty()) return filter;
  const std::size_t slash = options.after.find('/');
  filter.after.account =
      TRY(of_option("--after", domain::AccountId::parse(options.after.substr(0, slash))));
  filter.after.collection = TRY(
      of_option("--after", domain::CollectionId::parse(
                               slash == std::string::npos ? "" : options.after.substr(slash + 1))));
  return filter;
}

}  // namespace

Outcome collection_run(const Context& context, const CollectionRunOptions& options) {
  Workspace& workspace = context.workspace;
  flows::CollectionRequest request;
  {
    const auto transaction = TRY(reading(context));
    request.day = TRY(flows::debit_context(*transaction, workspace.clock(), "")).day;
  }
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  if (!options.day.empty()) {
    request.day = TRY(of_option("--day", base::Date::parse(options.day)));
  }
  request.again = options.again;
  if (options.dry_run) {
    return run_told(TRY(flows::try_collections(workspace.store(), workspace.rules(),
                                               workspace.clock(), request)),
                    true);
  }
  auto report = flows::run_collections(
      workspace.store(), workspace.rules(), workspace.clock(), request,
      [&](const ports::CollectionRun& run) {
        context.progress(std::to_string(run.bills) + " bills, " + std::to_string(run.planned) +
                         " planned, " + std::to_string(run.ordered) + " ordered");
      });
  context.progress("");
  if (!report) return std::unexpected(report.error());
  return run_told(*report, false);
}

Outcome collection_list(const Context& context, const CollectionListOptions& options) {
  const auto transaction = TRY(reading(context));
  const auto filter = TRY(read_filter(*transaction, options));
  const auto collections = TRY(transaction->mandates().list_collections(filter));
  Json list = Json::array();
  TextTable table({"collection", "day", "state", "reason", "action", "tries>", "amount>", ""});
  for (const Collection& each : collections) {
    list.push(collection_json(each));
    table.add({each.id.to_string(), each.day.to_string(), std::string(domain::to_text(each.state)),
               each.reason, each.action, std::to_string(each.tries),
               each.amount.to_decimal_string(), std::string(each.amount.currency().code())});
  }
  Json json;
  json.set("collections", std::move(list))
      .set("next", collections.size() == filter.limit
                       ? Json(collections.back().account.to_string() + "/" +
                              collections.back().id.to_string())
                       : Json());
  return Answer{json, table.to_text()};
}

Outcome collection_show(const Context& context, const std::string& collection) {
  const auto transaction = TRY(reading(context));
  ports::CollectionFilter filter;
  filter.collection = TRY(of_option("COLLECTION", domain::CollectionId::parse(collection)));
  filter.limit = 1;
  const auto found = TRY(transaction->mandates().list_collections(filter));
  if (found.empty()) {
    return base::fail("collection_not_found", "there is no such debit", collection);
  }
  return Answer{collection_json(found.front()), whole_text(found.front())};
}

Outcome collection_file(const Context& context, const CollectionFileOptions& options) {
  const auto transaction = TRY(reading(context));
  const auto id = TRY(of_option("FILE", domain::OrderFileId::parse(options.file)));
  const auto file = TRY(transaction->mandates().find_file(id));
  if (!file) return base::fail("order_file_not_found", "there is no such file", options.file);
  auto output = TRY(OutputFile::open(options.output));
  TRY(transaction->mandates().read_file(
      id, [&](std::string_view piece) { return output->write(piece); }));
  TRY(output->close());
  if (options.output.empty() || options.output == "-") return Answer{};
  return Answer{file_json(*file),
                "Written to " + options.output + ": " + std::to_string(file->debits) + " debits\n"};
}

}  // namespace app::cli
