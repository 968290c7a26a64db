#include "domain/events/registry.h"

#include <algorithm>

namespace domain {
namespace {

constexpr EventKind kEventKinds[] = {
    {"account_moved", "customer, from"},
    {"account_opened", "customer, country, currency"},
    {"bill_issued", "bill, document, number, total, currency, due, reference"},
    {"charge_added", "charge, item, net, currency, effective, source, record_id"},
    {"customer_changed", "customer, fields"},
    {"customer_created", "customer, number"},
    {"identity_joined", "customer, division, number, joined_by"},
    {"identity_separated", "customer, division, number"},
    {"link_created", "bill, attempt"},
    {"payment_recorded", "bill, amount, currency, rail"},
    {"service_changed", "service, revision, plan, starts, ends"},
    {"service_started", "service, plan, starts, ends"},
};

}  // namespace

std::span<const EventKind> event_kinds() { return kEventKinds; }

const EventKind* find_event_kind(std::string_view name) {
  const auto found = std::ranges::find(kEventKinds, name, &EventKind::name);
  return found == std::end(kEventKinds) ? nullptr : found;
}

}  // namespace domain
