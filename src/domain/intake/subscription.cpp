#include "domain/intake/subscription.h"

#include <algorithm>
#include <utility>

#include "domain/contact/email_address.h"
#include "domain/contact/msisdn.h"
#include "domain/identity/national_id.h"
#include "domain/intake/text_form.h"

namespace domain {
namespace {

constexpr std::size_t kNumberBytesMax = 64;
// A service that begins later than this was mistyped.
constexpr std::int32_t kDaysAheadMax = 366;

std::string read_number(FieldReader& fields, std::string_view name) {
  std::string number = fields.text(name, Weight::kRefuses);
  if (number.size() > kNumberBytesMax) {
    fields.refuse(name, "number_too_long", "a number has 64 letters at the most");
  }
  return number;
}

void read_numbers(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  value.number = fields.needed_text("number");
  if (value.number.size() > kNumberBytesMax) {
    fields.refuse("number", "number_too_long", "a number has 64 letters at the most");
  }
  value.service = read_number(fields, "service");
  if (value.service.empty()) value.service = value.number;
  value.service_number = read_number(fields, "service_number");
  if (const std::string text = fields.text("msisdn", Weight::kRefuses); !text.empty()) {
    const auto msisdn = Msisdn::parse(text, context.country);
    if (msisdn) {
      value.service_number = msisdn->text();
    } else {
      fields.refuse("msisdn", "bad_phone", msisdn.error().text);
    }
  }
  if (value.service_number.empty()) value.service_number = value.service;
}

// One free field, as people write it. Who has no given name is not for that an organisation.
void read_name(Subscription& value, const Record& record, FieldReader& fields) {
  if (record.text("given_name").empty() && record.text("family_name").empty()) {
    value.party.name = fields.needed_text("name");
    return;
  }
  const std::string given = fields.text("given_name", Weight::kRefuses);
  const std::string family = fields.text("family_name", Weight::kRefuses);
  value.party.name = given + (given.empty() || family.empty() ? "" : " ") + family;
}

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
  const std::string country = fields.text("country", Weight::kRefuses);
  if (!country.empty() && country != context.country) {
    fields.refuse("country", "country_not_served",
                  "the operator bills in its own country only: the law would be another one");
  }
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

// Another division's way to be paid is no promise to us: a mandate or card needs a word of its own.
void read_payment(FieldReader& fields) {
  const std::string payment = fields.text("payment", Weight::kNoticed);
  if (payment == "card" || payment == "mandate") {
    fields.notice("payment", "payment_not_taken_over",
                  "the division was paid by card or mandate, which holds for it alone; the "
                  "customer gets bills until a new one is agreed");
  } else if (!payment.empty() && payment != "invoice") {
    fields.notice("payment", "unknown_value", "the way to pay is none that we know");
  }
}

bool is_sold(const IntakeContext& context, std::string_view code, ItemKind kind) {
  const CatalogueItem* item = context.catalogue.find(code, kind);
  return item != nullptr && item->division == context.division;
}

// "2026-10-01 MOB5 2026-10-09 MOB20"
void read_plan_changes(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  const std::vector<std::string> words = words_of(fields.text("plan_changes", Weight::kRefuses));
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    const auto day = fields.check_date("plan_changes", words[at]);
    if (!is_sold(context, words[at + 1], ItemKind::kPlan)) {
      fields.refuse("plan_changes", "unknown_plan",
                    "the division has no such plan in the catalogue");
    } else if (day) {
      value.plan_changes.push_back({*day, words[at + 1]});
    }
  }
  if (words.size() % 2 != 0) {
    fields.refuse("plan_changes", "not_a_list", "a plan change is a day and a plan");
  }
  std::ranges::stable_sort(value.plan_changes, {}, &PlanChange::at);
  const auto twice = std::ranges::adjacent_find(value.plan_changes, {}, &PlanChange::at);
  if (twice != value.plan_changes.end()) {
    fields.refuse("plan_changes", "plan_changes_twice", "the plan changes twice on one day");
  }
}

void read_add_ons(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  value.add_ons = words_of(fields.text("add_ons", Weight::kRefuses));
  std::ranges::sort(value.add_ons);
  const auto repeated = std::ranges::unique(value.add_ons, [&](const auto& a, const auto& b) {
    const CatalogueItem* item = context.catalogue.find(a, ItemKind::kAddOn);
    return a == b && (item == nullptr || !item->plan.counted);
  });
  if (!repeated.empty()) {
    fields.notice("add_ons", "add_on_twice",
                  "the list names an add-on twice; a service has it once");
    value.add_ons.erase(repeated.begin(), repeated.end());
  }
  for (const std::string& code : value.add_ons) {
    if (!is_sold(context, code, ItemKind::kAddOn)) {
      fields.refuse("add_ons", "unknown_add_on", "the division has no such add-on");
      return;
    }
  }
}

void read_plan(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  value.plan = fields.needed_text("plan");
  if (!value.plan.empty() && !is_sold(context, value.plan, ItemKind::kPlan)) {
    fields.refuse("plan", "unknown_plan", "the division has no such plan in the catalogue");
  }
}

// One or several, apart by spaces; each goes with the plan or an add-on.
void read_campaigns(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  value.campaign = fields.text("campaign", Weight::kRefuses);
  for (const std::string& code : words_of(value.campaign)) {
    const CatalogueItem* campaign = context.catalogue.find(code, ItemKind::kCampaign);
    if (!campaign || campaign->division != context.division) {
      fields.refuse("campaign", "unknown_campaign", "the division has no such campaign");
      return;
    }
    if (!stands_on(campaign->campaign, value.plan, value.add_ons)) {
      fields.refuse("campaign", "campaign_not_for_plan", "the campaign does not go with the plan");
      return;
    }
  }
}

// A plan that changes to what it is already does not change.
void leave_out_no_changes(Subscription& value) {
  std::string plan = value.plan;
  std::erase_if(value.plan_changes, [&](const PlanChange& change) {
    return std::exchange(plan, change.plan) == change.plan;
  });
}

void read_days(Subscription& value, FieldReader& fields, const IntakeContext& context) {
  const auto starts = fields.needed_date("starts");
  if (starts && *starts > context.today + kDaysAheadMax) {
    fields.refuse("starts", "in_the_future", "the service begins more than a year from now");
  }
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
  if (starts && !value.plan_changes.empty() && value.plan_changes.front().at < *starts) {
    fields.refuse("plan_changes", "plan_change_before_start",
                  "the plan changes before the service starts");
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
  read_numbers(value, fields, context);
  read_name(value, record, fields);
  read_identity(value, fields, context);
  read_address(value, fields, context);
  read_contact(value, fields, context);
  read_plan(value, fields, context);
  read_plan_changes(value, fields, context);
  read_add_ons(value, fields, context);
  read_campaigns(value, fields, context);
  read_days(value, fields, context);
  leave_out_no_changes(value);
  read_delivery(value, fields);
  read_payment(fields);
  value.label = fields.text("label", Weight::kNoticed);
  if (value.label.empty() && !value.is_one_of_several()) {
    value.label = label_of(value.party.address);
  }
  return std::move(fields).finish(std::move(value));
}

std::string identity_key(const Party& party, std::string_view country) {
  if (party.national_id.empty()) return {};
  return std::string(country) + ":" + std::string(to_text(party.kind)) + ":" + party.national_id;
}

}  // namespace domain
