#include "domain/party/party.h"

namespace domain {
namespace {

template <class Enum>
struct Name {
  Enum value;
  std::string_view text;
};

constexpr Name<PartyKind> kPartyKinds[] = {
    {PartyKind::kPerson, "person"},
    {PartyKind::kOrganisation, "organisation"},
};
constexpr Name<Segment> kSegments[] = {
    {Segment::kConsumer, "consumer"},
    {Segment::kBusiness, "business"},
};
constexpr Name<ChargePayment> kChargePayments[] = {
    {ChargePayment::kOnBill, "on_bill"},
    {ChargePayment::kDirect, "direct"},
    {ChargePayment::kInstalments12, "instalments_12"},
};

template <class Enum, std::size_t kSize>
std::string_view name_of(const Name<Enum> (&names)[kSize], Enum value) {
  for (const auto& name : names) {
    if (name.value == value) return name.text;
  }
  return {};
}

template <class Enum, std::size_t kSize>
base::Result<Enum> value_of(const Name<Enum> (&names)[kSize], std::string_view text) {
  for (const auto& name : names) {
    if (name.text == text) return name.value;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) + "' is not one of " +
                                         std::string(names[0].text) + ", ...");
}

}  // namespace

std::string_view to_text(PartyKind kind) { return name_of(kPartyKinds, kind); }
std::string_view to_text(Segment segment) { return name_of(kSegments, segment); }
std::string_view to_text(ChargePayment payment) { return name_of(kChargePayments, payment); }

base::Result<PartyKind> parse_party_kind(std::string_view text) {
  return value_of(kPartyKinds, text);
}
base::Result<Segment> parse_segment(std::string_view text) { return value_of(kSegments, text); }
base::Result<ChargePayment> parse_charge_payment(std::string_view text) {
  return value_of(kChargePayments, text);
}

}  // namespace domain
