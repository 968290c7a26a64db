#include "web/console/bank_rows.h"

#include <algorithm>
#include <set>

#include "domain/refund/refund.h"
#include "web/console/csv.h"
#include "web/console/list.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using ports::BankFileProblem;

constexpr std::string_view kProblemFields[] = {"text", "code"};

char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The whole of what a code means, in the clerk's language; what is exactly wrong stands behind it.
std::string meaning_of(const Call& call, const BankFileProblem& problem) {
  const std::string key = "console.bank_problem." + problem.code;
  return call.web.texts.has(key) ? say(call, key) : std::string();
}

bool holds(std::string_view text, std::string_view sought) {
  return !std::ranges::search(text, sought, {}, lower, lower).empty();
}

std::vector<BankFileProblem> filtered(const Call& call,
                                      const std::vector<BankFileProblem>& problems,
                                      const Fields& filter) {
  const std::string text = filter.text("text"), code = filter.text("code");
  std::vector<BankFileProblem> found;
  for (const BankFileProblem& each : problems) {
    if (!code.empty() && each.code != code) continue;
    const bool fits = text.empty() || holds(each.text, text) || holds(each.field, text) ||
                      holds(each.code, text) || holds(meaning_of(call, each), text) ||
                      std::to_string(each.line) == text;
    if (fits) found.push_back(each);
  }
  return found;
}

}  // namespace

std::string place_name(const Call& call, const std::string& name) {
  constexpr std::string_view kClearing = "clearing:";
  if (name == domain::kRefundClearing) return say(call, "console.reconcile.line.refunds");
  if (name == "clearing:cash") return say(call, "console.reconcile.line.deposits");
  if (name.starts_with("cash:")) {
    return say(call, "console.reconcile.line.cash", {{"drawer", name.substr(5)}});
  }
  if (name.starts_with("safe:")) {
    return say(call, "console.reconcile.line.safe", {{"safe", name.substr(5)}});
  }
  if (!name.starts_with(kClearing)) return say_word(call, "console.reconcile.line.", name);
  return say(call, "console.reconcile.line.clearing",
             {{"provider", name.substr(kClearing.size())}});
}

base::Result<Value> bank_totals(const Call& call, ports::Transaction& transaction) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto bare = [&](base::Money amount) {
    return write.money(amount, locale::MoneyStyle::kBare);
  };
  const auto counted = [&](std::int64_t count) {
    return say(call, "console.payment.count", {{"count", count}});
  };
  Value list = Value::list();
  for (const ports::PaymentTotals& row : TRY(transaction.payments().totals())) {
    list.push(Value::record()
                  .set("account", place_name(call, row.bank_account))
                  .set("currency", std::string(row.came.currency().code()))
                  .set("payments", counted(row.payments))
                  .set("came", bare(row.came))
                  .set("allocated", bare(row.allocated))
                  .set("open_payments", counted(row.open_payments))
                  .set("open", bare(row.open)));
  }
  return list;
}

void add_bank_problems(const Call& call, const std::string& path,
                       const std::vector<BankFileProblem>& problems, Value& values) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const Fields filter = filter_of(call, kProblemFields);
  const auto found = filtered(call, problems, filter);
  const std::size_t from = (page_of(call) - 1) * kRowsAPage;
  Value rows = Value::list();
  for (std::size_t at = from; at < found.size() && at < from + kRowsAPage; ++at) {
    const BankFileProblem& each = found[at];
    rows.push(Value::record()
                  .set("line", each.line == 0 ? std::string() : write.integer(each.line))
                  .set("field", each.field)
                  .set("code", each.code)
                  .set("meaning", meaning_of(call, each))
                  .set("text", each.text));
  }
  std::set<std::string> codes;
  for (const BankFileProblem& each : problems) codes.insert(each.code);
  Value choices = Value::list();
  for (const std::string& code : codes) {
    choices.push(Value::record().set("value", code).set("is_chosen", code == filter.text("code")));
  }
  values.set("problem_rows", std::move(rows))
      .set("problem_path", path)
      .set("problem_text", filter.text("text"))
      .set("problem_codes", std::move(choices))
      .set("any_problem", !problems.empty());
  add_pages(call,
            {.path = path,
             .export_path = path + "/problems.csv",
             .filter = filter,
             .count = static_cast<std::int64_t>(found.size())},
            values);
}

Response bank_problems_csv(const Call& call, const std::vector<BankFileProblem>& problems) {
  std::string body = csv_line({"line", "field", "code", "meaning", "text"});
  for (const BankFileProblem& each : filtered(call, problems, filter_of(call, kProblemFields))) {
    body += csv_line(
        {std::to_string(each.line), each.field, each.code, meaning_of(call, each), each.text});
  }
  return csv_response("problems.csv", body);
}

}  // namespace web::console
