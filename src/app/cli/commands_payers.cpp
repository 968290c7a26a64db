#include "app/cli/commands_payers.h"

#include <algorithm>

#include "app/cli/acting.h"
#include "app/cli/commands_payments.h"
#include "app/cli/output.h"
#include "app/web_parts.h"
#include "domain/party/search_words.h"
#include "flows/payments/match_payments.h"
#include "flows/payments/payer_worklist.h"
#include "web/console/payer_words.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using flows::PayerSuggestion;
using ports::IncomingPayment;

constexpr locale::Language kLanguage = locale::Language::kEnglish;
constexpr std::size_t kPageOfSearch = 500;

Json reasons_json(const locale::Catalogue& texts,
                  const std::vector<domain::matching::PayerReason>& reasons) {
  Json list = Json::array();
  for (const auto& reason : reasons) {
    list.push(Json()
                  .set("code", reason.key)
                  .set("text", web::console::reason_words(texts, kLanguage, reason))
                  .set("speaks_for", reason.speaks_for));
  }
  return list;
}

std::string reasons_text(const locale::Catalogue& texts,
                         const std::vector<domain::matching::PayerReason>& reasons) {
  std::string text;
  for (const auto& reason : reasons) {
    text += std::string("      ") + (reason.speaks_for ? "+ " : "- ") +
            web::console::reason_words(texts, kLanguage, reason) + "\n";
  }
  return text;
}

// What a return may have given back.
Json returned_json(const locale::Catalogue& texts, const flows::ReturnSuggestion& suggestion) {
  const IncomingPayment& payment = suggestion.payment;
  Json json;
  json.set("payment", payment.id.to_string())
      .set("booked", payment.booked.to_string())
      .set("state", payment.state)
      .set("payer_name", payment.payer_name)
      .set("reference", payment.reference)
      .set("reasons", reasons_json(texts, suggestion.reasons));
  return json;
}

Json suggestion_json(const locale::Catalogue& texts, const PayerSuggestion& suggestion) {
  Json bills = Json::array();
  for (std::size_t at = 0; at < suggestion.bills.size(); ++at) {
    const domain::Bill& bill = suggestion.bills[at];
    bills.push(Json()
                   .set("id", bill.id.to_string())
                   .set("invoice_number", suggestion.invoice_numbers[at])
                   .set("reference", bill.reference)
                   .set("due", bill.due.to_string())
                   .set("rest", bill.rest().to_decimal_string()));
  }
  Json json;
  json.set("candidate", suggestion.code)
      .set("account", suggestion.account.to_string())
      .set("customer_number", suggestion.customer_number)
      .set("customer_name", suggestion.customer_name)
      .set("bills", std::move(bills))
      .set("probability", domain::matching::probability_text(suggestion.millionths))
      .set("reasons", reasons_json(texts, suggestion.reasons));
  return json;
}

Json row_json(const locale::Catalogue& texts, const flows::WorklistRow& row) {
  Json candidates = Json::array();
  for (const PayerSuggestion& each : row.suggestions) {
    candidates.push(suggestion_json(texts, each));
  }
  Json returned = Json::array();
  for (const auto& each : row.returned) returned.push(returned_json(texts, each));
  Json json = payment_json(row.payment);
  json.set("candidates", std::move(candidates)).set("returned", std::move(returned));
  return json;
}

std::string row_text(const locale::Catalogue& texts, const flows::WorklistRow& row) {
  const IncomingPayment& payment = row.payment;
  std::string text = payment.booked.to_string() + " " + payment.id.to_string() + " " +
                     payment.open().to_decimal_string() + " " +
                     std::string(payment.amount.currency().code()) + " " + payment.payer_name +
                     " " + payment.reason + "\n";
  for (const PayerSuggestion& each : row.suggestions) {
    text += "  " + each.code + "  " + domain::matching::probability_text(each.millionths) + "  " +
            web::console::suggestion_words(texts, kLanguage, each) + "\n";
    text += reasons_text(texts, each.reasons);
  }
  for (const flows::ReturnSuggestion& each : row.returned) {
    text += "  " + each.payment.id.to_string() + "  " + each.payment.booked.to_string() + "  " +
            each.payment.payer_name + "\n" + reasons_text(texts, each.reasons);
  }
  return text;
}

std::string learned_text(const flows::Worklist& list) {
  return "Learned from " + std::to_string(list.confirmed) + " confirmed matches (version " +
         std::to_string(list.version) + ")\n";
}

// Every word that is searched for begins a word of the payment.
bool has_words(const IncomingPayment& payment, const std::vector<std::string>& wanted) {
  const auto words =
      domain::fold_words(payment.payer_name + " " + payment.remittance + " " + payment.reference);
  return std::ranges::all_of(wanted, [&](const std::string& word) {
    return std::ranges::any_of(words,
                               [&](const std::string& has) { return has.starts_with(word); });
  });
}

// Names are sealed, so that a search reads what waits page by page. One more than the limit.
Result<std::vector<IncomingPayment>> waiting(ports::Transaction& transaction,
                                             const PaymentWorklistOptions& options) {
  const auto wanted = domain::fold_words(options.search);
  const auto limit = static_cast<std::size_t>(options.limit);
  ports::PaymentFilter filter;
  filter.state = "suspense";
  filter.reason = options.reason;
  filter.limit = wanted.empty() ? limit + 1 : kPageOfSearch;
  if (!options.after.empty()) {
    filter.after = TRY(of_option("--after", domain::PaymentId::parse(options.after)));
  }
  std::vector<IncomingPayment> found;
  while (found.size() <= limit) {
    auto page = TRY(transaction.payments().list_payments(filter));
    const bool is_last = page.size() < filter.limit;
    if (!page.empty()) filter.after = page.back().id;
    for (IncomingPayment& payment : page) {
      if (has_words(payment, wanted)) found.push_back(std::move(payment));
    }
    if (is_last) break;
  }
  if (found.size() > limit + 1) found.resize(limit + 1);
  return found;
}

}  // namespace

Outcome payment_worklist(const Context& context, const PaymentWorklistOptions& options) {
  const locale::Catalogue texts = TRY(load_texts());
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  auto payments = TRY(waiting(*transaction, options));
  const bool has_more = payments.size() > static_cast<std::size_t>(options.limit);
  if (has_more) payments.pop_back();
  const flows::Worklist list = TRY(flows::suggest_for(*transaction, std::move(payments)));
  Json rows = Json::array();
  std::string text;
  for (const flows::WorklistRow& row : list.rows) {
    rows.push(row_json(texts, row));
    text += row_text(texts, row);
  }
  Json json;
  json.set("payments", std::move(rows))
      .set("confirmed", list.confirmed)
      .set("version", list.version)
      .set("next", has_more ? Json(list.rows.back().payment.id.to_string()) : Json());
  return Answer{json, text + learned_text(list)};
}

Outcome payment_candidates(const Context& context, const std::string& text) {
  const locale::Catalogue texts = TRY(load_texts());
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const IncomingPayment payment = TRY(find_payment(*transaction, text));
  const flows::Worklist list = TRY(flows::load_suggestions(*transaction, payment.id));
  Json matches = Json::array();
  for (const auto& match : TRY(transaction->payments().payer_search().matches_of(payment.id))) {
    matches.push(Json()
                     .set("account", match.account.to_string())
                     .set("by", match.by)
                     .set("probability", match.probability)
                     .set("version", match.version)
                     .set("recorded", match.recorded.to_string())
                     .set("taken_back", match.taken_back));
  }
  Json json = row_json(texts, list.rows.front());
  json.set("confirmed", list.confirmed)
      .set("version", list.version)
      .set("matches", std::move(matches));
  return Answer{json, row_text(texts, list.rows.front()) + learned_text(list)};
}

Outcome payment_accept(const Context& context, const PaymentAcceptOptions& options) {
  flows::AcceptRequest request;
  request.payment = TRY(of_option("PAYMENT", domain::PaymentId::parse(options.payment)));
  request.candidate = options.candidate;
  request.reason = options.reason;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  const auto payment =
      TRY(flows::accept_candidate(context.workspace.store(), context.workspace.clock(), request));
  return payment_changed(context, payment);
}

Outcome payment_match(const Context& context, const PaymentMatchOptions& options) {
  flows::MatchRequest request;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  const auto report =
      TRY(flows::match_payments(context.workspace.store(), context.workspace.clock(), request));
  Json sums = Json::array();
  std::string text = std::to_string(report.looked_at) + " looked at, " +
                     std::to_string(report.matched) + " matched\n";
  for (const auto& [currency, sum] : report.sums) {
    sums.push(Json()
                  .set("currency", currency.code())
                  .set("to_bills", sum.to_bills.to_decimal_string())
                  .set("to_credit", sum.to_credit.to_decimal_string()));
    text += "  " + sum.to_bills.to_decimal_string() + " " + std::string(currency.code()) +
            " to bills, " + sum.to_credit.to_decimal_string() + " to accounts' credit\n";
  }
  Json json;
  json.set("looked_at", report.looked_at)
      .set("matched", report.matched)
      .set("sums", std::move(sums));
  return Answer{json, text};
}

}  // namespace app::cli
