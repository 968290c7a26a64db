#include "flows/collections/debit_rows.h"

#include "flows/care/touch_bills.h"
#include "flows/operations/derived_ids.h"

namespace flows {
namespace {

using base::Json;
using domain::Collection;
using domain::Mandate;

Json state_data(const Mandate& mandate) {
  Json data;
  data.set("mandate", mandate.id.to_string())
      .set("state", domain::to_text(mandate.state))
      .set("reason", mandate.reason)
      .set("ending", domain::to_text(mandate.ending));
  return data;
}

Json debit_data(const Collection& collection) {
  Json data;
  data.set("collection", collection.id.to_string())
      .set("bill", collection.bill.to_string())
      .set("amount", collection.amount.to_decimal_string())
      .set("currency", collection.amount.currency().code())
      .set("day", collection.day.to_string());
  return data;
}

}  // namespace

Collection planned_debit(const domain::Bill& bill, const Mandate& mandate,
                         const domain::DebitPlan& plan, std::size_t before,
                         const DebitContext& context) {
  Collection collection;
  collection.account = bill.account;
  collection.id = derived_id<domain::CollectionId>(
      {"collection", bill.account.to_string(), bill.id.to_string(), std::to_string(before)});
  collection.mandate = mandate.id;
  collection.bill = bill.id;
  collection.scheme = mandate.scheme;
  collection.creditor = mandate.creditor;
  collection.amount = plan.amount;
  collection.announced = context.day;
  collection.hand_in = plan.hand_in;
  collection.day = collection.first_day = plan.day;
  collection.sequence = plan.sequence;
  collection.wire = domain::wire_of(collection, bill.reference);
  collection.recorded = context.recorded;
  return collection;
}

void DebitRows::event(domain::AccountId account, std::string_view kind, Json data,
                      std::string text) {
  events_.push_back({.account = account,
                     .kind = std::string(kind),
                     .effective = context_.day,
                     .recorded = context_.recorded,
                     .actor = context_.actor,
                     .data = std::move(data),
                     .text = std::move(text)});
}

void DebitRows::add(Mandate mandate) {
  Json data;
  data.set("mandate", mandate.id.to_string())
      .set("scheme", domain::to_text(mandate.scheme))
      .set("creditor", mandate.creditor)
      .set("state", domain::to_text(mandate.state))
      .set("channel", mandate.consent.channel);
  event(mandate.account, "mandate_registered", std::move(data));
  new_mandates_.push_back(std::move(mandate));
}

void DebitRows::change(Mandate mandate) {
  ++mandate.version;
  mandates_.push_back(std::move(mandate));
}

void DebitRows::change_state(Mandate mandate) {
  event(mandate.account, "mandate_changed", state_data(mandate));
  change(std::move(mandate));
}

void DebitRows::amend(Mandate mandate, std::string_view fields, std::string_view migration,
                      const std::string& text) {
  Json data;
  data.set("mandate", mandate.id.to_string()).set("fields", fields).set("migration", migration);
  event(mandate.account, "mandate_amended", std::move(data), text);
  change(std::move(mandate));
}

void DebitRows::announce(Collection collection) {
  Json data = debit_data(collection);
  data.set("mandate", collection.mandate.to_string()).set("tries", collection.tries);
  event(collection.account, "collection_announced", std::move(data));
  new_collections_.push_back(std::move(collection));
}

void DebitRows::changed(Collection collection) {
  ++collection.version;
  collections_.push_back(std::move(collection));
}

void DebitRows::order(Collection collection) {
  Json data = debit_data(collection);
  data.set("file", collection.file.to_string());
  event(collection.account, "collection_ordered", std::move(data));
  changed(std::move(collection));
}

void DebitRows::drop(Collection collection) {
  Json data;
  data.set("collection", collection.id.to_string())
      .set("bill", collection.bill.to_string())
      .set("reason", collection.reason);
  event(collection.account, "collection_dropped", std::move(data));
  changed(std::move(collection));
}

// Only that it is on its way; the customer's story does not change.
void DebitRows::accept(Collection collection) { changed(std::move(collection)); }

void DebitRows::settle(Collection collection) {
  Json data = debit_data(collection);
  data.set("payment", collection.payment.is_nil() ? Json() : Json(collection.payment.to_string()));
  event(collection.account, "collection_settled", std::move(data));
  changed(std::move(collection));
}

void DebitRows::fail(Collection collection, std::string text) {
  const bool is_back = collection.state == domain::CollectionState::kReturned;
  Json data = debit_data(collection);
  data.set("reason", collection.reason).set("action", collection.action);
  event(collection.account, is_back ? "collection_returned" : "collection_failed", std::move(data),
        std::move(text));
  changed(std::move(collection));
}

base::Result<> DebitRows::keep(ports::Transaction& transaction) const {
  ports::Mandates& store = transaction.mandates();
  TRY(store.add(new_mandates_));
  if (!mandates_.empty()) TRY(store.update(mandates_));
  TRY(store.add_collections(new_collections_));
  if (!collections_.empty()) TRY(store.update_collections(collections_));
  return transaction.events().append(events_);
}

base::Result<> DebitRows::keep_and_touch(ports::Transaction& transaction) const {
  TRY(keep(transaction));
  std::vector<ports::Billing::BillKey> bills;
  for (const auto* rows : {&new_collections_, &collections_}) {
    for (const Collection& each : *rows) bills.push_back({each.account, each.bill});
  }
  return touch_bills(transaction, std::move(bills));
}

}  // namespace flows
