#include "formats/bank/bank_json.h"

#include "formats/bank/problem_codes.h"

namespace formats::bank {
namespace {

using base::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json day_or_null(const std::optional<base::Date>& day) {
  return day ? Json(day->to_string()) : Json();
}

Json count_or_null(const std::optional<std::int64_t>& count) {
  return count ? Json(*count) : Json();
}

Json amount_or_null(const std::optional<base::Money>& amount) {
  return amount ? Json(amount->to_decimal_string()) : Json();
}

Json currency_or_null(const std::optional<base::Money>& amount) {
  return amount ? Json(amount->currency().code()) : Json();
}

std::string_view direction_text(domain::MoneyDirection direction) {
  return direction == domain::MoneyDirection::kCredit ? "credit" : "debit";
}

Json lines_json(const std::vector<std::string>& lines) {
  Json list = Json::array();
  for (const std::string& line : lines) list.push(line);
  return list;
}

Json party_or_null(const domain::BankParty& party) {
  if (party.empty() && party.identity.empty()) return {};
  return Json()
      .set("name", text_or_null(party.name))
      .set("account", text_or_null(party.account))
      .set("address", lines_json(party.address))
      .set("identity", text_or_null(party.identity));
}

Json return_or_null(const std::optional<domain::BankReturn>& returned) {
  if (!returned) return {};
  return Json().set("code", text_or_null(returned->code)).set("text", text_or_null(returned->text));
}

Json batch_or_null(const std::optional<domain::BankEntry::Batch>& batch) {
  if (!batch) return {};
  return Json().set("id", text_or_null(batch->id)).set("count", count_or_null(batch->count));
}

Json balance_or_null(const std::optional<domain::BankBalance>& balance) {
  return balance ? Json(balance->amount.to_decimal_string()) : Json();
}

Json balance_day_or_null(const std::optional<domain::BankBalance>& balance) {
  return balance ? day_or_null(balance->day) : Json();
}

Json document_json(const domain::BankDocument& document) {
  return Json()
      .set("reference", text_or_null(document.reference))
      .set("number", text_or_null(document.number))
      .set("kind", text_or_null(document.kind))
      .set("amount", amount_or_null(document.amount))
      .set("currency", currency_or_null(document.amount))
      .set("direction", direction_text(document.direction));
}

Json detail_json(const domain::BankEntryDetail& detail) {
  Json documents = Json::array();
  for (const auto& document : detail.documents) documents.push(document_json(document));
  return Json()
      .set("amount", amount_or_null(detail.amount))
      .set("currency", currency_or_null(detail.amount))
      .set("direction", direction_text(detail.direction))
      .set("reference", text_or_null(detail.reference))
      .set("remittance", lines_json(detail.remittance))
      .set("end_to_end_id", text_or_null(detail.end_to_end_id))
      .set("mandate_id", text_or_null(detail.mandate_id))
      .set("bank_reference", text_or_null(detail.bank_reference))
      .set("transaction_id", text_or_null(detail.transaction_id))
      .set("payer", party_or_null(detail.payer))
      .set("return", return_or_null(detail.returned))
      .set("instructed_amount", amount_or_null(detail.instructed))
      .set("instructed_currency", currency_or_null(detail.instructed))
      .set("charges", amount_or_null(detail.charges))
      .set("documents", std::move(documents));
}

}  // namespace

Json to_json(const domain::BankStatement& statement) {
  return Json()
      .set("id", text_or_null(statement.id))
      .set("account", text_or_null(statement.account))
      .set("currency", text_or_null(statement.currency))
      .set("opening", balance_or_null(statement.opening))
      .set("opening_date", balance_day_or_null(statement.opening))
      .set("closing", balance_or_null(statement.closing))
      .set("closing_date", balance_day_or_null(statement.closing))
      .set("from", day_or_null(statement.from))
      .set("to", day_or_null(statement.to))
      .set("created", text_or_null(statement.created))
      .set("entries", count_or_null(statement.entries));
}

Json to_json(const domain::BankEntry& entry) {
  Json details = Json::array();
  for (const auto& detail : entry.details) details.push(detail_json(detail));
  return Json()
      .set("account", text_or_null(entry.account))
      .set("statement", text_or_null(entry.statement))
      .set("line", entry.line)
      .set("amount", entry.amount.to_decimal_string())
      .set("currency", entry.amount.currency().code())
      .set("direction", direction_text(entry.direction))
      .set("reversal", entry.reversal)
      .set("booked", entry.booked)
      .set("booking_date", day_or_null(entry.booking_date))
      .set("value_date", day_or_null(entry.value_date))
      .set("reference", text_or_null(entry.reference))
      .set("remittance", lines_json(entry.remittance))
      .set("end_to_end_id", text_or_null(entry.end_to_end_id))
      .set("bank_reference", text_or_null(entry.bank_reference))
      .set("code", text_or_null(entry.code))
      .set("payer", party_or_null(entry.payer))
      .set("return", return_or_null(entry.returned))
      .set("batch", batch_or_null(entry.batch))
      .set("charges", amount_or_null(entry.charges))
      .set("details", std::move(details));
}

Json to_json(const domain::BankMandate& mandate) {
  return Json()
      .set("id", text_or_null(mandate.id))
      .set("state", mandate.state)
      .set("code", text_or_null(mandate.code))
      .set("text", text_or_null(mandate.text))
      .set("payer", party_or_null(mandate.payer))
      .set("identity", text_or_null(mandate.identity))
      .set("date", day_or_null(mandate.day))
      .set("line", mandate.line);
}

Json to_json(const domain::BankStatus& status) {
  return Json()
      .set("message_id", text_or_null(status.message_id))
      .set("batch_id", text_or_null(status.batch_id))
      .set("end_to_end_id", text_or_null(status.end_to_end_id))
      .set("mandate_id", text_or_null(status.mandate_id))
      .set("state", status.state)
      .set("code", text_or_null(status.code))
      .set("text", text_or_null(status.text))
      .set("amount", amount_or_null(status.amount))
      .set("currency", currency_or_null(status.amount))
      .set("day", day_or_null(status.day))
      .set("line", status.line);
}

Json to_json(const domain::BankControl& control) {
  return Json()
      .set("entries_said", count_or_null(control.entries_said))
      .set("entries_read", control.entries_read)
      .set("sum_said", amount_or_null(control.sum_said))
      .set("currency", currency_or_null(control.sum_said))
      .set("agrees", control.agrees);
}

Json to_json(const domain::BankProblem& problem) {
  return Json()
      .set("line", problem.line)
      .set("field", text_or_null(problem.field))
      .set("code", problem.code)
      .set("severity", severity_name(problem.severity))
      .set("text", problem.text);
}

}  // namespace formats::bank
