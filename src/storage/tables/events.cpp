#include "storage/tables/events.h"

#include <algorithm>
#include <utility>

#include "base/result/check.h"
#include "domain/events/registry.h"
#include "storage/sql/portable.h"
#include "support/crypto/crypto.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Result;
using domain::AccountId;
using domain::CustomerId;
using ports::NewEvent;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kColumns[] = {"account_id", "seq",   "kind", "effective",
                                         "recorded",   "actor", "data", "text_sealed",
                                         "prev_hash",  "hash"};
constexpr std::int64_t kPageRows = 1000;
// From so many accounts on their chains are looked up without the accounts themselves, which is the
// shorter way but for the first question.
constexpr std::size_t kManyAccounts = 128;

// What the hash of an event covers. Lengths stand before texts, so that no two events have the
// same bytes.
struct Content {
  std::string_view prev_hash;
  AccountId account;
  std::int64_t seq = 0;
  std::string_view kind;
  std::int64_t effective = 0;
  std::int64_t recorded = 0;
  std::string_view actor;
  std::string_view data;
  std::optional<std::string_view> sealed;
};

void append_integer(std::string& out, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(bits >> shift));
}

void append_text(std::string& out, std::string_view text) {
  append_integer(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

std::string hash_of(const Content& content) {
  std::string bytes;
  append_text(bytes, content.prev_hash);
  append_text(bytes, {reinterpret_cast<const char*>(content.account.bytes().data()), 16});
  append_integer(bytes, content.seq);
  append_text(bytes, content.kind);
  append_integer(bytes, content.effective);
  append_integer(bytes, content.recorded);
  append_text(bytes, content.actor);
  append_text(bytes, content.data);
  append_integer(bytes, content.sealed ? 1 : 0);
  if (content.sealed) append_text(bytes, *content.sealed);
  const crypto::Digest digest = crypto::hash(bytes);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string text_place(AccountId account, std::int64_t seq) {
  return sealed_place("event", "text_sealed", {to_value(account), seq});
}

// "bill, total, due" against the members of the data.
bool has_shape(const base::Json& data, std::string_view shape) {
  const auto* members = data.as_object();
  if (members == nullptr) return shape.empty();
  constexpr std::string_view kBetween = ", ";
  bool is_first = true;
  for (const auto& [name, value] : *members) {
    const std::string_view before = std::exchange(is_first, false) ? "" : kBetween;
    if (!shape.starts_with(before)) return false;
    shape.remove_prefix(before.size());
    if (!shape.starts_with(name)) return false;
    shape.remove_prefix(name.size());
  }
  return shape.empty();
}

Result<> check_kind(const NewEvent& event) {
  const domain::EventKind* kind = domain::find_event_kind(event.kind);
  if (kind == nullptr) {
    return base::fail(
        "unknown_event_kind",
        "no event is of kind '" + event.kind + "'; kinds are listed in docs/reference/events.md",
        event.account.to_string());
  }
  if (!has_shape(event.data, kind->data)) {
    return base::fail("bad_event_data", "the data of the event are not: " + std::string(kind->data),
                      event.kind);
  }
  return {};
}

// Two writers that append to one account take the same number: one of them begins again.
Result<> as_busy(Result<> outcome) {
  if (outcome || outcome.error().code != "constraint_violated") return outcome;
  return base::fail("database_busy", "another writer added events to the account; try again",
                    "event");
}

std::string chain_place(AccountId account, std::int64_t seq) {
  return account.to_string() + "/" + std::to_string(seq);
}

}  // namespace

Result<> SqlEvents::append(std::span<const NewEvent> events) {
  return append_linked(events, TRY(link(events, {})));
}

Result<std::vector<ports::ChainLink>> SqlEvents::link(std::span<const NewEvent> events,
                                                      const ports::ChainEnds& ahead) {
  for (const NewEvent& event : events) TRY(check_kind(event));
  Chains chains = TRY(read_chains(events, ahead));
  TRY(read_customers(events, chains));
  TRY(prefetch_keys(events, chains));
  std::vector<ports::ChainLink> links;
  links.reserve(events.size());
  for (const NewEvent& event : events) {
    Chain& chain = chains.at(event.account);
    ports::ChainLink& link = links.emplace_back();
    link.seq = ++chain.seq;
    link.data = event.data.dump();
    std::optional<std::string_view> sealed;
    if (!event.text.empty()) {
      link.sealed =
          TRY(vault_.seal(chain.customer, text_place(event.account, link.seq), event.text));
      sealed = link.sealed;
    }
    link.hash = hash_of({.prev_hash = chain.hash,
                         .account = event.account,
                         .seq = link.seq,
                         .kind = event.kind,
                         .effective = event.effective.days(),
                         .recorded = event.recorded.micros,
                         .actor = event.actor,
                         .data = link.data,
                         .sealed = sealed});
    link.prev_hash = std::exchange(chain.hash, link.hash);
  }
  return links;
}

Result<> SqlEvents::append_linked(std::span<const NewEvent> events,
                                  std::span<const ports::ChainLink> links) {
  CHECK(events.size() == links.size());
  auto rows = TRY(connection_.bulk_insert("event", kColumns));
  for (std::size_t at = 0; at < events.size(); ++at) {
    const NewEvent& event = events[at];
    const ports::ChainLink& link = links[at];
    const Value row[] = {to_value(event.account),
                         link.seq,
                         event.kind,
                         std::int64_t{event.effective.days()},
                         event.recorded.micros,
                         event.actor,
                         link.data,
                         link.sealed.empty() ? Value() : Value(sql::Bytes{link.sealed}),
                         sql::Bytes{link.prev_hash},
                         sql::Bytes{link.hash}};
    TRY(as_busy(rows->add(row)));
  }
  return as_busy(rows->finish());
}

Result<SqlEvents::Chains> SqlEvents::read_chains(std::span<const NewEvent> events,
                                                 const ports::ChainEnds& ahead) {
  Chains chains;
  chains.reserve(events.size());
  std::vector<AccountId> asked;
  for (const NewEvent& event : events) {
    const auto [chain, added] = chains.try_emplace(event.account);
    if (!added) continue;
    const auto known = ahead.find(event.account);
    if (known == ahead.end()) {
      asked.push_back(event.account);
    } else {
      chain->second.seq = known->second.seq;
      chain->second.hash = known->second.hash;
    }
  }
  std::ranges::sort(asked);  // Neighbours are looked up together.
  if (asked.size() < kManyAccounts) {
    TRY(read_few_chains(asked, chains));
    return chains;
  }
  std::vector<std::vector<Value>> keys;
  keys.reserve(asked.size());
  for (const AccountId account : asked) keys.push_back({to_value(account)});
  TRY(sql::query_each_key(connection_,
                          "SELECT {key}, seq, hash FROM event WHERE account_id = {1} "
                          "ORDER BY seq DESC LIMIT 1",
                          keys, [&](std::size_t key, const Row& row) -> Result<> {
                            Chain& chain = chains.at(asked[key]);
                            chain.seq = row.integer(1);
                            chain.hash = row.bytes(2);
                            return {};
                          }));
  return chains;
}

Result<> SqlEvents::read_few_chains(std::span<const AccountId> asked, Chains& chains) {
  std::vector<Value> keys;
  for (const AccountId account : asked) keys.push_back(to_value(account));
  // Where the server can, the last event is looked up once for both.
  const std::string_view heads =
      connection_.engine() == sql::Engine::kPostgres
          ? "SELECT a.account_id, a.customer_id, last.seq, last.hash FROM account a "
            "LEFT JOIN LATERAL (SELECT e.seq, e.hash FROM event e "
            "WHERE e.account_id = a.account_id ORDER BY e.seq DESC LIMIT 1) AS last ON TRUE "
            "WHERE a.account_id IN ({keys})"
          : "SELECT a.account_id, a.customer_id, last.seq, last.hash FROM account a "
            "LEFT JOIN event last ON last.account_id = a.account_id AND last.seq = "
            "(SELECT e.seq FROM event e WHERE e.account_id = a.account_id "
            "ORDER BY e.seq DESC LIMIT 1) WHERE a.account_id IN ({keys})";
  return sql::query_keys(connection_, heads, keys, [&](const Row& row) -> Result<> {
    Chain& chain = chains.at(row.id<AccountId>(0));
    chain.customer = row.id<CustomerId>(1);
    if (row.is_null(2)) return {};
    chain.seq = row.integer(2);
    chain.hash = row.bytes(3);
    return {};
  });
}

Result<> SqlEvents::read_customers(std::span<const NewEvent> events, Chains& chains) {
  std::vector<Value> asked;
  for (const NewEvent& event : events) {
    const Chain& chain = chains.at(event.account);
    if (chain.customer.is_nil() && (chain.seq == 0 || !event.text.empty())) {
      asked.push_back(to_value(event.account));
    }
  }
  std::ranges::sort(asked);
  const auto repeated = std::ranges::unique(asked);
  asked.erase(repeated.begin(), repeated.end());
  std::size_t found = 0;
  TRY(sql::query_keys(connection_,
                      "SELECT account_id, customer_id FROM account WHERE account_id IN ({keys})",
                      asked, [&](const Row& row) -> Result<> {
                        ++found;
                        chains.at(row.id<AccountId>(0)).customer = row.id<CustomerId>(1);
                        return {};
                      }));
  if (found == asked.size()) return {};
  for (const NewEvent& event : events) {
    const Chain& chain = chains.at(event.account);
    if (chain.customer.is_nil() && (chain.seq == 0 || !event.text.empty())) {
      return base::fail("no_such_account", "the event's account does not exist",
                        event.account.to_string());
    }
  }
  return {};
}

Result<> SqlEvents::prefetch_keys(std::span<const NewEvent> events, const Chains& chains) {
  std::vector<CustomerId> customers;
  for (const NewEvent& event : events) {
    const auto chain = chains.find(event.account);
    if (!event.text.empty() && chain != chains.end()) customers.push_back(chain->second.customer);
  }
  return vault_.prefetch(customers);
}

Result<std::vector<ports::Event>> SqlEvents::list(AccountId account, std::int64_t after_seq,
                                                  std::size_t limit) {
  std::vector<ports::Event> events;
  TRY(connection_.query(
      "SELECT seq, kind, effective, recorded, actor, data, text_sealed FROM event "
      "WHERE account_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
      {to_value(account), after_seq, static_cast<std::int64_t>(limit)},
      [&](const Row& row) -> Result<> {
        ports::Event event;
        event.seq = row.integer(0);
        event.fact = {.account = account,
                      .kind = std::string(row.text(1)),
                      .effective = base::Date::from_days(static_cast<std::int32_t>(row.integer(2))),
                      .recorded = {row.integer(3)},
                      .actor = std::string(row.text(4)),
                      .data = TRY(json::parse(row.text(5)))};
        if (!row.is_null(6)) {
          auto text = vault_.unseal(text_place(account, event.seq), row.bytes(6));
          if (!text && text.error().code != "erased") return std::unexpected(text.error());
          event.fact.text = text ? std::move(*text) : "";
        }
        events.push_back(std::move(event));
        return {};
      }));
  return events;
}

Result<> SqlEvents::verify(AccountId account) {
  Chain head;
  const auto check = [&](const Row& row) -> Result<> {
    const Content content = {.prev_hash = head.hash,
                             .account = account,
                             .seq = head.seq + 1,
                             .kind = row.text(1),
                             .effective = row.integer(2),
                             .recorded = row.integer(3),
                             .actor = row.text(4),
                             .data = row.text(5),
                             .sealed = row.is_null(6) ? std::nullopt : std::optional(row.bytes(6))};
    if (row.integer(0) != content.seq || row.bytes(7) != head.hash ||
        row.bytes(8) != hash_of(content)) {
      return base::fail("chain_broken",
                        "the account's events were changed outside the program from here on",
                        chain_place(account, content.seq));
    }
    head.seq = content.seq;
    head.hash = row.bytes(8);
    return {};
  };
  for (std::int64_t before = -1; before != head.seq;) {
    before = head.seq;
    TRY(connection_.query(
        "SELECT seq, kind, effective, recorded, actor, data, text_sealed, prev_hash, hash "
        "FROM event WHERE account_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        {to_value(account), head.seq, kPageRows}, check));
  }
  return {};
}

Result<> SqlEvents::for_each_head(const std::function<Result<>(AccountId, std::int64_t)>& visit) {
  return connection_.query(
      "SELECT account_id, MAX(seq) FROM event GROUP BY account_id ORDER BY account_id", {},
      [&](const Row& row) { return visit(row.id<AccountId>(0), row.integer(1)); });
}

Result<> SqlEvents::for_each_account(const std::function<Result<>(AccountId)>& visit) {
  // Read page by page and visited after the page: the visitor may use the connection.
  std::vector<AccountId> page = {AccountId()};
  while (!page.empty()) {
    const AccountId after = page.back();
    page.clear();
    TRY(
        connection_.query("SELECT account_id FROM event WHERE seq = 1 AND account_id > $1 "
                          "ORDER BY account_id LIMIT $2",
                          {to_value(after), kPageRows}, [&](const Row& row) -> Result<> {
                            page.push_back(row.id<AccountId>(0));
                            return {};
                          }));
    for (const AccountId account : page) TRY(visit(account));
  }
  return {};
}

}  // namespace storage
