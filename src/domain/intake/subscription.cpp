#include "domain/intake/subscription.h"

#include <algorithm>

#include "domain/contact/email_address.h"
#include "domain/contact/msisdn.h"
#include "domain/identity/national_id.h"
#include "domain/intake/text_form.h"

namespace domain {
namespace {

constexpr std::size_t kNumberBytesMax = 64;

void read_identity(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  const std::string text = fields.text("identity_number", Weight::kNoticed);
  if (text.empty()) return;
  const auto id = NationalId::recognise(context.country, text, context.today);
  if (!id) {
    fields.notice("identity_number", "bad_national_id",
                  id.error().text + "; the customer is joined with no other by it");
    return;
  }
  value.party.national_id = id->text();
  if (id->kind() == NationalIdKind::kOrganisation) {
    value.party.kind = PartyKind::kOrganisation;
    value.segment = Segment::kBusiness;
  }
}

void read_contact(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  if (const std::string text = fields.text("email", Weight::kNoticed); !text.empty()) {
    const auto email = EmailAddress::parse(text);
    if (email) {
      value.party.email = email->text();
    } else {
      fields.notice("email", "bad_email", email.error().text + "; it is left out");
    }
  }
  if (const std::string text = fields.text("phone", Weight::kNoticed); !text.empty()) {
    const auto phone = Msisdn::parse(text, context.country);
    if (phone) {
      value.party.phone = phone->text();
    } else {
      fields.notice("phone", "bad_phone", phone.error().text + "; it is left out");
    }
  }
}

void read_address(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  PostalAddress& address = value.party.address;
  if (std::string street = fields.text("street", Weight::kNoticed); !street.empty()) {
    address.lines.push_back(std::move(street));
  }
  address.city = without_shouting(fields.text("city", Weight::kNoticed));
  address.postal_code = fields.text("postal_code", Weight::kNoticed);
  if (!address.postal_code.empty()) {
    if (const auto code = tidy_postal_code(context.country, address.postal_code)) {
      address.postal_code = *code;
    } else if (code.error().code == "bad_postal_code") {
      fields.notice("postal_code", "bad_postal_code",
                    code.error().text + "; it is kept as it is written");
    }
  }
  const bool any = !address.lines.empty() || !address.city.empty() || !address.postal_code.empty();
  if (any) address.country = context.country;
}

void read_delivery(Subscription& value, FieldReader& fields) {
  value.delivery = fields.text("delivery", Weight::kNoticed);
  const PostalAddress& address = value.party.address;
  const bool complete =
      !address.lines.empty() && !address.postal_code.empty() && !address.city.empty();
  if (value.delivery == "paper" && !complete) {
    fields.notice("delivery", "address_incomplete",
                  "bills are to come on paper, but street, postal code or city is missing");
  }
}

void read_plan(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  value.plan = fields.needed_text("plan");
  if (!value.plan.empty()) {
    const CatalogueItem* plan = context.catalogue.find(value.plan, ItemKind::kPlan);
    if (!plan || plan->division != context.division) {
      fields.refuse("plan", "unknown_plan", "the division has no such plan in the catalogue");
    }
  }
  value.campaign = fields.text("campaign", Weight::kRefuses);
  if (value.campaign.empty()) return;
  const CatalogueItem* campaign = context.catalogue.find(value.campaign, ItemKind::kCampaign);
  if (!campaign || campaign->division != context.division) {
    fields.refuse("campaign", "unknown_campaign", "the division has no such campaign");
  } else if (std::ranges::find(campaign->campaign.plans, value.plan) ==
             campaign->campaign.plans.end()) {
    fields.refuse("campaign", "campaign_not_for_plan", "the campaign does not go with the plan");
  }
}

void read_days(Subscription& value, FieldReader& fields) {
  const auto starts = fields.needed_date("starts");
  value.starts = starts.value_or(base::Date());
  value.ends = fields.date("ends");
  const auto last_day = fields.date("last_day");
  if (last_day) value.ends = *last_day + 1;
  // A service may end on the day it starts without a day of it; a last day before it makes no
  // sense.
  const bool backwards =
      last_day ? starts && *last_day < *starts : starts && value.ends && *value.ends < *starts;
  if (backwards) {
    fields.refuse(last_day ? "last_day" : "ends", "service_ends_before_start",
                  "the service ends before it starts");
  }
}

std::string label_of(const PostalAddress& address) {
  std::string label = address.lines.empty() ? std::string() : address.lines.front();
  if (!label.empty() && !address.city.empty()) label += ", ";
  return label + address.city;
}

}  // namespace

Intake<Subscription> read_subscription(const Record& record, const IntakeContext& context) {
  FieldReader fields(record);
  Subscription value;
  value.number = fields.needed_text("number");
  if (value.number.size() > kNumberBytesMax) {
    fields.refuse("number", "number_too_long", "a number has 64 letters at the most");
  }
  value.party.name = fields.needed_text("name");
  read_identity(value, fields, context);
  read_address(value, fields, context);
  read_contact(value, fields, context);
  read_plan(value, fields, context);
  read_days(value, fields);
  read_delivery(value, fields);
  value.label = label_of(value.party.address);
  return std::move(fields).finish(std::move(value));
}

std::string identity_key(const Party& party, std::string_view country) {
  if (party.national_id.empty()) return {};
  return std::string(country) + ":" + std::string(to_text(party.kind)) + ":" + party.national_id;
}

}  // namespace domain
