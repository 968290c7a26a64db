#include "domain/intake/record_kind.h"

#include <algorithm>

namespace domain {
namespace {

constexpr FieldSpec kSubscriptionFields[] = {
    {.name = "number", .required = true},  // The division's customer number.
    {.name = "name", .required = true, .unless = "family_name"},
    {.name = "given_name"},  // Empty where the customer has one name only.
    {.name = "family_name"},
    {.name = "identity_number"},  // Of a person or of an organisation.
    {.name = "service"},          // The division's id of it; the customer number without.
    {.name = "service_number"},   // Under which its usage comes in; the id without.
    {.name = "msisdn"},           // The same, where it is a telephone number.
    {.name = "country"},          // Where the customer lives; the operator's without.
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
    {.name = "add_ons", .form = FieldForm::kCodes},
    {.name = "plan_changes", .form = FieldForm::kDatedCodes},
    {.name = "label"},  // The customer's own name for the service; its address without.
    {.name = "delivery"},
    {.name = "payment"},  // How the division was paid: invoice, card, mandate.
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

constexpr FieldSpec kUsageFields[] = {
    {.name = "number", .required = true},  // Of the record.
    {.name = "service_number", .required = true, .unless = "msisdn"},
    {.name = "msisdn"},
    {.name = "at", .form = FieldForm::kInstant, .required = true},
    {.name = "kind", .required = true},  // voice, data, sms, rental ...
    {.name = "destination"},             // Called number or service.
    {.name = "zone"},                    // Where the user was; at home without.
    {.name = "duration_s", .form = FieldForm::kInteger},
    {.name = "volume_bytes", .form = FieldForm::kInteger},
    {.name = "pieces", .form = FieldForm::kInteger},  // One without.
    {.name = "price", .form = FieldForm::kDecimal},   // Given by the record; else the catalogue's.
    {.name = "title"},
};

constexpr RecordKind kRecordKinds[] = {
    {"subscription", kSubscriptionFields},
    {"order", kOrderFields},
    {"usage", kUsageFields},
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
