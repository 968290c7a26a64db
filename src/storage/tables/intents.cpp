#include "storage/tables/intents.h"

#include <algorithm>
#include <array>
#include <set>

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Money;
using base::Result;
using domain::PaymentIntent;
using ports::StoredIntent;
using sql::Row;
using sql::to_value;
using sql::Value;

// In the order of kColumns; the first seven never change.
constexpr std::array<std::string_view, 28> kColumns = {"account_id",
                                                       "intent_id",
                                                       "gateway",
                                                       "method",
                                                       "channel",
                                                       "parts",
                                                       "currency",
                                                       "amount_minor",
                                                       "created",
                                                       "authorised_minor",
                                                       "captured_minor",
                                                       "refunded_minor",
                                                       "refund_asked_minor",
                                                       "refund_ordered_minor",
                                                       "refund_sent_minor",
                                                       "fee_minor",
                                                       "payments",
                                                       "state",
                                                       "provider_reference",
                                                       "decline",
                                                       "code",
                                                       "stopping",
                                                       "details_sealed",
                                                       "changed",
                                                       "expires",
                                                       "ask_at",
                                                       "asked",
                                                       "version"};
constexpr std::size_t kFixedColumns = 9;

// "a, b, c" of some columns, each by itself or as what stands for its value.
template <class Word>
std::string list_of(std::size_t from, std::size_t to, const Word& word) {
  std::string text;
  for (std::size_t at = from; at < to; ++at) text += (at == from ? "" : ", ") + word(at);
  return text;
}
std::string name_of(std::size_t at) { return std::string(kColumns[at]); }
std::string mark_of(std::size_t at) { return "$" + std::to_string(at + 1); }

std::string details_place(const PaymentIntent& intent) {
  return sealed_place("payment_intent", "details_sealed",
                      {to_value(intent.account), to_value(intent.id)});
}

Value optional_instant(const std::optional<base::Instant>& at) {
  return at ? Value(at->micros) : Value();
}

std::optional<base::Instant> instant(const Row& row, int column) {
  const auto micros = row.optional_integer(column);
  return micros ? std::optional(base::Instant{*micros}) : std::nullopt;
}

Json parts_json(const PaymentIntent& intent) {
  Json parts = Json::array();
  for (const domain::IntentPart& part : intent.parts) {
    Json each;
    each.set("bill", part.bill.to_string()).set("amount", part.amount.minor());
    parts.push(std::move(each));
  }
  return parts;
}

Result<std::vector<domain::IntentPart>> read_parts(std::string_view text, domain::AccountId account,
                                                   base::Currency currency) {
  std::vector<domain::IntentPart> parts;
  const Json all = TRY(json::parse(text));
  if (all.as_array() == nullptr) return parts;
  for (const Json& each : *all.as_array()) {
    const auto bill = TRY(domain::BillId::parse(each.text("bill")));
    parts.push_back({bill, account, Money(each.integer("amount"), currency)});
  }
  return parts;
}

Json payments_json(const PaymentIntent& intent) {
  Json payments = Json::array();
  for (const domain::IntentPayment& payment : intent.payments) {
    Json each;
    each.set("payment", payment.payment.to_string())
        .set("amount", payment.amount.minor())
        .set("back", payment.back.minor());
    payments.push(std::move(each));
  }
  return payments;
}

Result<std::vector<domain::IntentPayment>> read_payments(std::string_view text,
                                                         base::Currency currency) {
  std::vector<domain::IntentPayment> payments;
  const Json all = TRY(json::parse(text));
  if (all.as_array() == nullptr) return payments;
  for (const Json& each : *all.as_array()) {
    const auto id = TRY(domain::PaymentId::parse(each.text("payment")));
    payments.push_back(
        {id, Money(each.integer("amount"), currency), Money(each.integer("back"), currency)});
  }
  return payments;
}

// The texts of an order by name, so that it is written and read by one list.
template <class Order>
auto texts_of(Order& order) {
  return std::to_array<std::pair<std::string_view, decltype(&order.method)>>(
      {{"key", &order.idempotency_key},
       {"description", &order.description},
       {"return_url", &order.return_url},
       {"callback_url", &order.callback_url},
       {"payer", &order.payer.reference},
       {"email", &order.payer.email},
       {"phone", &order.payer.phone},
       {"country", &order.payer.country},
       {"language", &order.payer.language},
       {"ip", &order.payer.ip},
       {"stored_method", &order.stored_method},
       {"device", &order.device}});
}

template <class Intent>
auto texts_of_intent(Intent& intent) {
  return std::to_array<std::pair<std::string_view, decltype(&intent.text)>>(
      {{"text", &intent.text},
       {"action_url", &intent.action_url},
       {"action_qr", &intent.action_qr},
       {"kept_method", &intent.stored_method},
       {"kept_title", &intent.stored_title},
       {"kept_until", &intent.stored_until}});
}

Json details_json(const StoredIntent& stored) {
  Json details = Json::object();
  for (const auto& [name, text] : texts_of(stored.order)) details.set(name, *text);
  for (const auto& [name, text] : texts_of_intent(stored.intent)) details.set(name, *text);
  details.set("capture_now", stored.order.capture_now).set("keep", stored.order.keep_method);
  return details;
}

void read_details(const Json& details, StoredIntent& stored) {
  for (const auto& [name, text] : texts_of(stored.order)) *text = details.text(name);
  for (const auto& [name, text] : texts_of_intent(stored.intent)) *text = details.text(name);
  const bool* capture_now = details["capture_now"].as_bool();
  const bool* keep = details["keep"].as_bool();
  stored.order.capture_now = capture_now == nullptr || *capture_now;
  stored.order.keep_method = keep != nullptr && *keep;
}

Value optional_minor(const std::optional<Money>& money) {
  return money ? Value(money->minor()) : Value();
}

}  // namespace

Result<> SqlIntents::learn_customers(std::span<const domain::AccountId> accounts) {
  std::vector<domain::AccountId> sorted;
  for (const domain::AccountId account : accounts) {
    if (!customers_.contains(account)) sorted.push_back(account);
  }
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  std::vector<domain::CustomerId> ids;
  TRY(sql::query_keys(connection_,
                      "SELECT account_id, customer_id FROM account WHERE account_id IN ({keys})",
                      id_columns<domain::AccountId>(sorted), [&](const Row& row) -> Result<> {
                        ids.push_back(row.id<domain::CustomerId>(1));
                        customers_.emplace(row.id<domain::AccountId>(0), ids.back());
                        return {};
                      }));
  return vault_.prefetch(ids);
}

Result<std::vector<Value>> SqlIntents::columns_of(const StoredIntent& stored) {
  const PaymentIntent& intent = stored.intent;
  const auto customer = customers_.find(intent.account);
  Value sealed = bytes_column(
      TRY(vault_.seal(customer == customers_.end() ? domain::CustomerId() : customer->second,
                      details_place(intent), details_json(stored).dump())));
  return std::vector<Value>{to_value(intent.account),
                            to_value(intent.id),
                            intent.gateway,
                            intent.method,
                            to_column(to_text(intent.channel)),
                            parts_json(intent).dump(),
                            to_column(intent.amount.currency().code()),
                            intent.amount.minor(),
                            intent.created.micros,
                            intent.authorised.minor(),
                            intent.captured.minor(),
                            intent.refunded.minor(),
                            intent.refund_asked.minor(),
                            intent.refund_ordered.minor(),
                            intent.refund_sent.minor(),
                            optional_minor(intent.fee),
                            payments_json(intent).dump(),
                            to_column(to_text(intent.state)),
                            intent.provider_reference,
                            to_column(to_text(intent.decline)),
                            intent.code,
                            std::int64_t{intent.stopping} + std::int64_t{intent.unwanted},
                            std::move(sealed),
                            intent.changed.micros,
                            optional_instant(intent.expires),
                            optional_instant(intent.ask_at),
                            intent.asked,
                            intent.version};
}

Result<> SqlIntents::add(std::span<const StoredIntent> intents) {
  constexpr std::string_view kPlaceColumns[] = {"intent_id", "account_id"};
  if (intents.empty()) return {};
  std::vector<domain::AccountId> accounts;
  for (const StoredIntent& stored : intents) accounts.push_back(stored.intent.account);
  TRY(learn_customers(accounts));
  auto rows = TRY(connection_.bulk_insert("payment_intent", kColumns));
  for (const StoredIntent& stored : intents) {
    const std::vector<Value> values = TRY(columns_of(stored));
    TRY(rows->add(values));
  }
  TRY(rows->finish());
  auto places = TRY(connection_.bulk_insert("intent_place", kPlaceColumns));
  for (const StoredIntent& stored : intents) {
    const Value row[] = {to_value(stored.intent.id), to_value(stored.intent.account)};
    TRY(places->add(row));
  }
  TRY(places->finish());
  return keep_references(intents);
}

Result<> SqlIntents::update(const StoredIntent& stored) {
  TRY(learn_customers({&stored.intent.account, 1}));
  std::vector<Value> values = TRY(columns_of(stored));
  values.erase(values.begin() + 2, values.begin() + kFixedColumns);
  const auto assign = [](std::size_t at) {
    return name_of(at) + " = " + mark_of(at - kFixedColumns + 2);
  };
  TRY(connection_.execute("UPDATE payment_intent SET " +
                              list_of(kFixedColumns, kColumns.size(), assign) +
                              " WHERE account_id = $1 AND intent_id = $2",
                          values));
  return keep_references({&stored, 1});
}

Result<> SqlIntents::keep_references(std::span<const StoredIntent> intents) {
  std::vector<std::vector<Value>> keys;
  for (const StoredIntent& stored : intents) {
    const PaymentIntent& intent = stored.intent;
    if (intent.provider_reference.empty()) continue;
    keys.push_back({intent.provider_reference, intent.gateway, to_value(intent.id)});
  }
  return sql::query_key_rows(
      connection_,
      "INSERT INTO intent_reference (provider_reference, gateway, intent_id) "
      "SELECT * FROM (VALUES {keys}) AS k WHERE TRUE "
      "ON CONFLICT (provider_reference, gateway) DO NOTHING",
      keys, [](const Row&) -> Result<> { return {}; });
}

Result<StoredIntent> SqlIntents::read(const Row& row) {
  StoredIntent stored;
  PaymentIntent& intent = stored.intent;
  const auto currency = TRY(base::Currency::parse(row.text(6)));
  const auto money = [&](int column) { return Money(row.integer(column), currency); };
  intent.account = row.id<domain::AccountId>(0);
  intent.id = row.id<domain::IntentId>(1);
  intent.gateway = row.text(2);
  intent.method = row.text(3);
  intent.channel = TRY(domain::parse_payment_channel(row.text(4)));
  intent.parts = TRY(read_parts(row.text(5), intent.account, currency));
  intent.amount = money(7);
  intent.created = {row.integer(8)};
  intent.authorised = money(9);
  intent.captured = money(10);
  intent.refunded = money(11);
  intent.refund_asked = money(12);
  intent.refund_ordered = money(13);
  intent.refund_sent = money(14);
  if (!row.is_null(15)) intent.fee = money(15);
  intent.payments = TRY(read_payments(row.text(16), currency));
  intent.state = TRY(domain::parse_intent_state(row.text(17)));
  intent.provider_reference = row.text(18);
  intent.decline = TRY(domain::parse_decline(row.text(19)));
  intent.code = row.text(20);
  // 1: it is to be ended; 2: because its payer said so.
  intent.stopping = row.integer(21) != 0;
  intent.unwanted = row.integer(21) == 2;
  const std::string sealed(row.bytes(22));
  intent.changed = {row.integer(23)};
  intent.expires = instant(row, 24);
  intent.ask_at = instant(row, 25);
  intent.asked = row.integer(26);
  intent.version = row.integer(27);
  auto details = vault_.unseal(details_place(intent), sealed);
  if (details) {
    read_details(TRY(json::parse(*details)), stored);
  } else if (details.error().code != "erased") {
    return std::unexpected(std::move(details).error());
  }
  stored.order.intent = intent.id.to_string();
  stored.order.amount = intent.amount;
  stored.order.method = intent.method;
  stored.order.channel = intent.channel;
  stored.order.expires = intent.expires;
  return stored;
}

Result<std::vector<StoredIntent>> SqlIntents::select(std::string_view rest,
                                                     std::span<const Value> values) {
  std::vector<StoredIntent> found;
  TRY(connection_.query("SELECT " + list_of(0, kColumns.size(), name_of) + " FROM payment_intent " +
                            std::string(rest),
                        values, [&](const Row& row) -> Result<> {
                          found.push_back(TRY(read(row)));
                          return {};
                        }));
  return found;
}

Result<std::optional<StoredIntent>> SqlIntents::find(domain::IntentId id) {
  std::optional<Value> account;
  TRY(connection_.query("SELECT account_id FROM intent_place WHERE intent_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          account = to_value(row.id<domain::AccountId>(0));
                          return {};
                        }));
  if (!account) return std::optional<StoredIntent>();
  const Value values[] = {*account, to_value(id)};
  auto found = TRY(select("WHERE account_id = $1 AND intent_id = $2", values));
  if (found.empty()) return std::optional<StoredIntent>();
  return std::optional(std::move(found.front()));
}

Result<std::optional<domain::IntentId>> SqlIntents::find_by_reference(
    std::string_view gateway, std::string_view provider_reference) {
  std::optional<domain::IntentId> found;
  TRY(connection_.query(
      "SELECT intent_id FROM intent_reference WHERE provider_reference = $1 AND gateway = $2",
      {to_column(provider_reference), to_column(gateway)}, [&](const Row& row) -> Result<> {
        found = row.id<domain::IntentId>(0);
        return {};
      }));
  return found;
}

Result<std::vector<StoredIntent>> SqlIntents::live_of(std::span<const domain::AccountId> accounts) {
  std::vector<domain::AccountId> sorted(accounts.begin(), accounts.end());
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  std::vector<StoredIntent> found;
  TRY(sql::query_keys(connection_,
                      "SELECT " + list_of(0, kColumns.size(), name_of) +
                          " FROM payment_intent WHERE account_id IN ({keys}) "
                          "AND state IN ('created', 'pending', 'authorised') "
                          "ORDER BY account_id, created, intent_id",
                      id_columns<domain::AccountId>(sorted), [&](const Row& row) -> Result<> {
                        found.push_back(TRY(read(row)));
                        return {};
                      }));
  return found;
}

Result<std::vector<StoredIntent>> SqlIntents::list(const ports::IntentFilter& filter) {
  std::string where;
  std::vector<Value> values;
  const auto add = [&](std::string_view condition, Value value) {
    values.push_back(std::move(value));
    where += (where.empty() ? "WHERE " : " AND ") + std::string(condition) + " $" +
             std::to_string(values.size());
  };
  if (filter.account) add("account_id =", to_value(*filter.account));
  if (!filter.gateway.empty()) add("gateway =", filter.gateway);
  if (!filter.state.empty()) add("state =", filter.state);
  if (filter.after) {
    const auto after = TRY(find(*filter.after));
    if (!after) return std::vector<StoredIntent>();
    add("created <=", after->intent.created.micros);
    where += " AND (created < $" + std::to_string(values.size());
    values.push_back(to_value(after->intent.id));
    where += " OR intent_id < $" + std::to_string(values.size()) + ")";
  }
  values.push_back(limit_column(filter.limit));
  return select(
      where + " ORDER BY created DESC, intent_id DESC LIMIT $" + std::to_string(values.size()),
      values);
}

Result<std::vector<domain::IntentId>> SqlIntents::to_ask(base::Instant now, std::size_t limit) {
  std::vector<domain::IntentId> found;
  TRY(connection_.query(
      "SELECT intent_id FROM payment_intent WHERE ask_at IS NOT NULL AND ask_at <= $1 "
      "ORDER BY ask_at, intent_id LIMIT $2",
      {now.micros, limit_column(limit)}, [&](const Row& row) -> Result<> {
        found.push_back(row.id<domain::IntentId>(0));
        return {};
      }));
  return found;
}

// --- Many at once.

Result<std::vector<StoredIntent>> SqlIntents::hold(std::span<const domain::IntentId> ids) {
  std::vector<domain::IntentId> sorted(ids.begin(), ids.end());
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  const auto keys = id_columns<domain::IntentId>(sorted);
  std::vector<std::vector<Value>> places;
  std::vector<domain::AccountId> accounts;
  TRY(sql::query_keys(
      connection_, "SELECT intent_id, account_id FROM intent_place WHERE intent_id IN ({keys})",
      keys, [&](const Row& row) -> Result<> {
        accounts.push_back(row.id<domain::AccountId>(1));
        places.push_back({to_value(accounts.back()), to_value(row.id<domain::IntentId>(0))});
        return {};
      }));
  TRY(learn_customers(accounts));
  // Everybody holds them in the same order.
  std::ranges::sort(places);
  std::vector<StoredIntent> found;
  TRY(sql::query_key_rows(connection_,
                          "SELECT " + list_of(0, kColumns.size(), name_of) +
                              " FROM payment_intent WHERE (account_id, intent_id) IN "
                              "(VALUES {keys}) ORDER BY account_id, intent_id" +
                              std::string(sql::for_update(connection_)),
                          places, [&](const Row& row) -> Result<> {
                            found.push_back(TRY(read(row)));
                            return {};
                          }));
  return found;
}

Result<> SqlIntents::update_all(std::span<const StoredIntent> intents) {
  constexpr std::string_view kKey[] = {"account_id", "intent_id"};
  constexpr std::string_view kNullable[] = {"fee_minor", "expires", "ask_at"};
  std::vector<domain::AccountId> accounts;
  for (const StoredIntent& stored : intents) accounts.push_back(stored.intent.account);
  TRY(learn_customers(accounts));
  std::vector<std::vector<Value>> rows;
  for (const StoredIntent& stored : intents) {
    std::vector<Value> values = TRY(columns_of(stored));
    values.erase(values.begin() + 2, values.begin() + kFixedColumns);
    rows.push_back(std::move(values));
  }
  const std::span<const std::string_view> changed = std::span(kColumns).subspan(kFixedColumns);
  TRY(sql::update_rows(connection_, {"payment_intent", kKey, changed, kNullable}, rows));
  return {};
}

Value SqlIntents::event_hash(std::string_view gateway, std::string_view event) {
  return vault_.index_hash("provider_event", std::string(gateway) + '\n' + std::string(event));
}

Result<std::vector<bool>> SqlIntents::known_events(std::span<const ports::ProviderEvent> events) {
  std::vector<Value> keys;
  for (const ports::ProviderEvent& each : events) {
    keys.push_back(event_hash(each.gateway, each.event));
  }
  std::set<std::string> known;
  TRY(sql::query_keys(connection_,
                      "SELECT event_hash FROM provider_event WHERE event_hash IN ({keys})", keys,
                      [&](const Row& row) -> Result<> {
                        known.emplace(row.bytes(0));
                        return {};
                      }));
  std::vector<bool> answers;
  for (const Value& key : keys) answers.push_back(known.contains(std::get<sql::Bytes>(key).value));
  return answers;
}

Result<> SqlIntents::add_events(std::span<const ports::ProviderEvent> events, base::Instant now) {
  constexpr std::string_view kEventColumns[] = {"event_hash", "intent_id", "recorded"};
  if (events.empty()) return {};
  auto rows = TRY(connection_.bulk_insert("provider_event", kEventColumns));
  for (const ports::ProviderEvent& each : events) {
    const Value row[] = {event_hash(each.gateway, each.event), to_value(each.intent), now.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<bool> SqlIntents::take_event(std::string_view gateway, std::string_view event,
                                    domain::IntentId intent, base::Instant now) {
  bool is_new = false;
  TRY(connection_.query(
      "INSERT INTO provider_event (event_hash, intent_id, recorded) VALUES ($1, $2, $3) "
      "ON CONFLICT (event_hash) DO NOTHING RETURNING recorded",
      {event_hash(gateway, event), to_value(intent), now.micros}, [&](const Row&) -> Result<> {
        is_new = true;
        return {};
      }));
  return is_new;
}

}  // namespace storage
