// Customers, by unified number, by a division's number, or all in pages.
#include <array>
#include <charconv>

#include "flows/care/change_profile.h"
#include "ports/parties.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;

Json address_json(const domain::PostalAddress& address) {
  Json lines = Json::array();
  for (const std::string& line : address.lines) lines.push(line);
  return Json::object()
      .set("lines", std::move(lines))
      .set("postal_code", address.postal_code)
      .set("city", address.city)
      .set("country", address.country);
}

Json account_json(const domain::Account& account, const domain::BillingProfile& profile) {
  return Json::object()
      .set("id", account.id.to_string())
      .set("country", account.country)
      .set("currency", account.currency.code())
      .set("grouping", profile.grouping)
      .set("frequency", profile.frequency)
      .set("due_days", profile.due_days)
      .set("detail", profile.detail)
      .set("delivery", profile.delivery);
}

Json source_json(const ports::SourceIdentity& source) {
  return Json::object()
      .set("division", source.division)
      .set("number", source.number)
      .set("account", source.account.to_string())
      .set("joined_by", source.joined_by);
}

// Identity numbers stay out: whoever needs one asks for it by another door.
base::Result<Json> customer_json(const Call& call, ports::Transaction& transaction,
                                 const domain::Customer& customer) {
  ports::Parties& parties = transaction.parties();
  Json json = Json::object()
                  .set("id", customer.id.to_string())
                  .set("number", customer.number)
                  .set("kind", domain::to_text(customer.party.kind))
                  .set("segment", domain::to_text(customer.segment))
                  .set("language", customer.language)
                  .set("name", customer.party.name);
  if (!customer.party.email.empty()) json.set("email", customer.party.email);
  if (!customer.party.phone.empty()) json.set("phone", customer.party.phone);
  json.set("address", address_json(customer.party.address));
  Json sources = Json::array();
  for (const auto& source : TRY(parties.sources_of(customer.id))) sources.push(source_json(source));
  Json accounts = Json::array();
  for (const auto& account : TRY(parties.accounts_of(customer.id))) {
    const auto billing = TRY(flows::show_account(transaction, call.web.clock, account.id));
    accounts.push(account_json(account, billing.now));
  }
  return json.set("sources", std::move(sources)).set("accounts", std::move(accounts));
}

// The customer of a number: the operator's own, or that of the division that is named.
base::Result<std::optional<domain::CustomerId>> find_number(ports::Parties& parties,
                                                            const Fields& query) {
  const std::string number = query.text("number");
  if (const std::string* division = query.find("division")) {
    const auto found = TRY(parties.find_sources(*division, std::array{number}));
    return found.empty() ? std::nullopt : std::optional(found.front().customer);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  return parties.find_customer_number(value);
}

}  // namespace

base::Result<Response> list_customers(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  ports::Parties& parties = transaction->parties();
  std::vector<domain::Customer> customers;
  bool more = false;
  if (call.query.find("number") != nullptr) {
    const auto id = TRY(find_number(parties, call.query));
    if (id) customers = TRY(parties.find_customers(std::array{*id}));
  } else {
    domain::CustomerId after;
    if (const std::string* cursor = call.query.find(kCursor.name)) {
      after = TRY(domain::CustomerId::parse(*cursor));
    }
    customers = TRY(parties.list_customers(after, limit + 1));
    more = drop_beyond(customers, limit);
  }
  Json items = Json::array();
  for (const auto& customer : customers) {
    items.push(TRY(customer_json(call, *transaction, customer)));
  }
  return page_response(std::move(items), more ? customers.back().id.to_string() : "");
}

}  // namespace web::api
