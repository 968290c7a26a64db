#include "domain/events/registry.h"

#include <algorithm>

namespace domain {
namespace {

constexpr EventKind kEventKinds[] = {
    {"account_moved", "customer, from"},
    {"account_opened", "customer, country, currency"},
    {"bank_charge_borne", "bill, payment, amount, currency"},
    {"bill_credited", "bill, document, number, total, currency, to_account"},
    {"bill_issued", "bill, document, number, total, currency, due, reference"},
    {"call_began", "call, bill"},
    {"call_ended", "call, bill, end"},
    {"charge_added", "charge, item, net, currency, effective, source, record_id"},
    {"collection_announced", "collection, bill, amount, currency, day, mandate, tries"},
    {"collection_dropped", "collection, bill, reason"},
    {"collection_failed", "collection, bill, amount, currency, day, reason, action"},
    {"collection_ordered", "collection, bill, amount, currency, day, file"},
    {"collection_returned", "collection, bill, amount, currency, day, reason, action"},
    {"collection_settled", "collection, bill, amount, currency, day, payment"},
    {"credit_refund_returned", "refund, amount, currency, state, code"},
    {"credit_refund_withdrawn", "refund, amount, currency"},
    {"credit_refunded", "refund, amount, currency"},
    {"customer_changed", "customer, fields"},
    {"customer_created", "customer, number"},
    {"identity_joined", "customer, division, number, joined_by"},
    {"identity_separated", "customer, division, number"},
    {"intent_changed", "intent, state, amount, currency, gateway, method, captured"},
    {"intent_contradicted", "intent, gateway, code, text"},
    {"intent_paid_back_twice", "intent, gateway, payment, amount, currency"},
    {"link_created", "bill, attempt"},
    {"mandate_amended", "mandate, fields, migration"},
    {"mandate_changed", "mandate, state, reason, ending"},
    {"mandate_registered", "mandate, scheme, creditor, state, channel"},
    {"method_charge_announced", "bill, row, method, amount, currency, day, tries"},
    {"method_charge_ended", "bill, row, method, amount, currency, state, reason"},
    {"method_changed", "method, state, reason, for_bills"},
    {"method_kept", "method, gateway, kind, title, for_bills"},
    {"order_changed", "order, state, pay, amount, currency, reason, bill"},
    {"order_placed", "order, state, pay, amount, currency, reason, bill"},
    {"payment_received", "bill, payment, amount, currency, rail, booked"},
    {"payment_recorded", "bill, amount, currency, rail"},
    {"payment_undone", "bill, payment, amount, currency"},
    {"plan_agreed", "plan, bill, parts, amount, currency, first, last"},
    {"plan_ended", "plan, bill, state, reason"},
    {"plan_reopened", "plan, bill"},
    {"plan_row_missed", "plan, bill, step, due, amount, currency"},
    {"profile_changed",
     "revision, holds_from, grouping, frequency, due_days, due_day, minimum_minor, detail, "
     "delivery"},
    {"service_changed", "service, revision, plan, starts, ends, from, add_ons, campaign, paused"},
    {"service_started", "service, plan, starts, ends"},
    {"service_user_set", "service, customer"},
    {"small_rest_written_off", "bill, payment, amount, currency"},
    {"text_message_ended", "message, sender, state, code"},
    {"usage_level_reached", "service, pool, month, percent, used, of, unit"},
    {"usage_rerated", "month, records, before, after"},
};

}  // namespace

std::span<const EventKind> event_kinds() { return kEventKinds; }

const EventKind* find_event_kind(std::string_view name) {
  const auto found = std::ranges::find(kEventKinds, name, &EventKind::name);
  return found == std::end(kEventKinds) ? nullptr : found;
}

}  // namespace domain
