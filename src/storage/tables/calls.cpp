#include "storage/tables/calls.h"

#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Result;
using domain::Call;
using sql::Row;
using sql::to_value;

std::string details_place(domain::CallId id) {
  return sealed_place("phone_call", "details_sealed", {to_value(id)});
}

// The counters of a call by name, so that they are written and read by one list.
template <class Of>
auto counters_of(Of& call) {
  return std::to_array<std::pair<std::string_view, decltype(&call.misses)>>(
      {{"misses", &call.misses},
       {"wrong_codes", &call.wrong_codes},
       {"looks", &call.looks},
       {"payments", &call.payments}});
}

Json details_json(const Call& call) {
  Json says = Json::array();
  for (const domain::CallPhrase phrase : call.says) says.push(to_text(phrase));
  Json details;
  details.set("caller", call.caller).set("called", call.called);
  details.set("language", call.language).set("says", std::move(says));
  details.set("way", to_text(call.way));
  for (const auto& [name, counter] : counters_of(call)) details.set(name, *counter);
  if (call.amount) {
    details.set("amount", call.amount->minor()).set("currency", call.amount->currency().code());
  }
  return details;
}

Result<> read_details(const Json& details, Call& call) {
  call.caller = details.text("caller");
  call.called = details.text("called");
  call.language = details.text("language");
  call.way = TRY(domain::parse_call_way(details.text("way")));
  for (const auto& [name, counter] : counters_of(call)) *counter = details.integer(name);
  if (const Json::Array* says = details["says"].as_array()) {
    for (const Json& each : *says) {
      const std::string* text = each.as_string();
      const auto phrase = TRY(domain::parse_call_phrase(text == nullptr ? "" : *text));
      call.says.push_back(phrase);
    }
  }
  if (details["amount"].as_integer() != nullptr) {
    const auto currency = TRY(base::Currency::parse(details.text("currency")));
    call.amount = base::Money(details.integer("amount"), currency);
  }
  return {};
}

template <class IdType>
IdType id_or_nil(const Row& row, int column) {
  return row.is_null(column) ? IdType() : row.id<IdType>(column);
}

}  // namespace

std::vector<sql::Value> SqlCalls::columns_of(const Call& call) const {
  return {to_value(call.id),
          call.platform,
          to_column(to_text(call.step)),
          to_column(to_text(call.end)),
          optional_id(call.account),
          optional_id(call.bill),
          optional_id(call.intent),
          call.turn,
          bytes_column(vault_.seal_operator(details_place(call.id), details_json(call).dump())),
          call.began.micros,
          call.changed.micros};
}

Result<> SqlCalls::add(const Call& call) {
  TRY(connection_.execute(
      "INSERT INTO phone_call (call_id, platform, step, ending, account_id, bill_id, "
      "intent_id, turn, details_sealed, began, changed) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      columns_of(call)));
  return {};
}

Result<> SqlCalls::update(const Call& call) {
  TRY(connection_.execute(
      "UPDATE phone_call SET platform = $2, step = $3, ending = $4, account_id = $5, "
      "bill_id = $6, intent_id = $7, turn = $8, details_sealed = $9, began = $10, "
      "changed = $11 WHERE call_id = $1",
      columns_of(call)));
  return {};
}

Result<Call> SqlCalls::read(const Row& row) {
  Call call;
  call.id = row.id<domain::CallId>(0);
  call.platform = row.text(1);
  call.step = TRY(domain::parse_call_step(row.text(2)));
  call.end = TRY(domain::parse_call_end(row.text(3)));
  call.account = id_or_nil<domain::AccountId>(row, 4);
  call.bill = id_or_nil<domain::BillId>(row, 5);
  call.intent = id_or_nil<domain::IntentId>(row, 6);
  call.turn = row.integer(7);
  const std::string sealed(row.bytes(8));
  call.began = {row.integer(9)};
  call.changed = {row.integer(10)};
  const std::string details = TRY(vault_.unseal(details_place(call.id), sealed));
  TRY(read_details(TRY(json::parse(details)), call));
  return call;
}

Result<std::optional<Call>> SqlCalls::find(domain::CallId id) {
  std::optional<Call> found;
  TRY(connection_.query(
      "SELECT call_id, platform, step, ending, account_id, bill_id, intent_id, turn, "
      "details_sealed, began, changed FROM phone_call WHERE call_id = $1",
      {to_value(id)}, [&](const Row& row) -> Result<> {
        found = TRY(read(row));
        return {};
      }));
  return found;
}

}  // namespace storage
