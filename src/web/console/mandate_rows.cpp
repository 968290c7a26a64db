#include "web/console/mandate_rows.h"

#include <map>

#include "ports/parties.h"
#include "web/api/bill_id.h"
#include "web/bill/mandate_text.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Result;
using domain::Collection;
using domain::CollectionState;
using domain::Mandate;
using domain::MandateState;

std::string_view tag_of(MandateState state) {
  switch (state) {
    case MandateState::kActive: return " good";
    case MandateState::kSuspended:
    case MandateState::kDormant:
    case MandateState::kRejected: return " warn";
    case MandateState::kDraft:
    case MandateState::kPending:
    case MandateState::kCancelled: return "";
  }
  return "";
}

std::string_view tag_of(CollectionState state) {
  switch (state) {
    case CollectionState::kSettled: return " good";
    case CollectionState::kFailed:
    case CollectionState::kReturned: return " warn";
    case CollectionState::kPlanned:
    case CollectionState::kOrdered:
    case CollectionState::kAccepted:
    case CollectionState::kDropped: return "";
  }
  return "";
}

}  // namespace

Result<Value> mandate_rows(const Call& call, ports::Transaction& transaction,
                           std::span<const Mandate> mandates) {
  std::vector<domain::CustomerId> ids;
  for (const Mandate& mandate : mandates) ids.push_back(mandate.customer);
  std::map<domain::CustomerId, domain::Customer> customers;
  for (auto& customer : TRY(transaction.parties().find_customers(ids))) {
    const auto id = customer.id;
    customers.emplace(id, std::move(customer));
  }
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  for (const Mandate& mandate : mandates) {
    const domain::Customer& customer = customers[mandate.customer];
    rows.push(
        Value::record()
            .set("id", mandate.id.to_string())
            .set("customer", mandate.customer.to_string())
            .set("name", customer.party.name)
            .set("number", std::to_string(customer.number))
            .set("scheme", Value::borrow(bill::scheme_name(mandate.scheme)))
            .set("reference", mandate.reference)
            .set("creditor", bill::creditor_words(mandate.scheme, mandate.creditor))
            .set("state", say_word(call, "console.mandate.state.", domain::to_text(mandate.state)))
            .set("tag", Value::borrow(tag_of(mandate.state)))
            .set("reason", mandate.reason)
            .set("ending",
                 mandate.ending == domain::MandateEnding::kNone
                     ? std::string()
                     : say_word(call, "console.mandate.ending.", domain::to_text(mandate.ending)))
            .set("signed_on", write.date(mandate.signed_on, locale::DateStyle::kNumeric))
            .set("last_debit", mandate.last_debit
                                   ? write.date(*mandate.last_debit, locale::DateStyle::kNumeric)
                                   : std::string()));
  }
  return rows;
}

Value collection_rows(const Call& call, std::span<const Collection> collections) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  for (const Collection& each : collections) {
    rows.push(
        Value::record()
            .set("bill", api::write_bill_id(each.account, each.bill))
            .set("mandate", each.mandate.to_string())
            .set("day", write.date(each.day, locale::DateStyle::kNumeric))
            .set("amount", write.money(each.amount))
            .set("tries", write.integer(each.tries))
            .set("state", say_word(call, "console.collection.state.", domain::to_text(each.state)))
            .set("tag", Value::borrow(tag_of(each.state)))
            .set("reason", each.reason)
            .set("action", each.action.empty()
                               ? std::string()
                               : say_word(call, "console.collection.action.", each.action)));
  }
  return rows;
}

}  // namespace web::console
