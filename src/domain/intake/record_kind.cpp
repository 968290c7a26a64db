#include "domain/intake/record_kind.h"

#include <algorithm>

namespace domain {
namespace {

constexpr FieldSpec kSubscriptionFields[] = {
    {.name = "number", .required = true},  // The division's customer number.
    {.name = "name", .required = true},
    {.name = "identity_number"},  // Of a person or of an organisation.
    {.name = "street"},
    {.name = "postal_code"},
    {.name = "city"},
    {.name = "email"},
    {.name = "phone"},
    {.name = "plan", .required = true},
    {.name = "starts", .form = FieldForm::kDate, .required = true},
    {.name = "ends", .form = FieldForm::kDate},      // The first day without the service.
    {.name = "last_day", .form = FieldForm::kDate},  // The last day with it, where a file says so.
    {.name = "campaign"},
    {.name = "delivery"},
};

constexpr FieldSpec kOrderFields[] = {
    {.name = "number", .required = true},  // Of the order.
    {.name = "customer_number", .required = true},
    {.name = "date", .form = FieldForm::kDate, .required = true},
    {.name = "item", .required = true},
    {.name = "quantity", .form = FieldForm::kDecimal},    // One where the file does not say.
    {.name = "unit_price", .form = FieldForm::kDecimal},  // The catalogue's where it does not.
    {.name = "payment"},
};

constexpr RecordKind kRecordKinds[] = {
    {"subscription", kSubscriptionFields},
    {"order", kOrderFields},
};

}  // namespace

const FieldSpec* RecordKind::find_field(std::string_view field) const {
  const auto found = std::ranges::find(fields, field, &FieldSpec::name);
  return found == fields.end() ? nullptr : &*found;
}

std::span<const RecordKind> record_kinds() { return kRecordKinds; }

const RecordKind* find_record_kind(std::string_view name) {
  const auto found = std::ranges::find(kRecordKinds, name, &RecordKind::name);
  return found == std::end(kRecordKinds) ? nullptr : found;
}

}  // namespace domain
