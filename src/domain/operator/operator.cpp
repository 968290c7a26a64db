#include "domain/operator/operator.h"

#include <algorithm>

#include "domain/bank/bic.h"
#include "domain/bank/creditor_id.h"
#include "domain/bank/giro.h"
#include "domain/bank/iban.h"
#include "domain/bank/norwegian_account.h"
#include "domain/billing/profile.h"
#include "domain/check/members.h"
#include "domain/identity/national_id.h"
#include "domain/mandate/mandate.h"
#include "domain/reference/registry.h"

namespace domain {
namespace {

constexpr std::int64_t kOneWrongInMin = 100;

using base::Json;
using base::Result;
using check::Members;

Json to_json(const PostalAddress& address) {
  Json lines = Json::array();
  for (const std::string& line : address.lines) lines.push(line);
  Json json;
  json.set("lines", std::move(lines))
      .set("postal_code", address.postal_code)
      .set("city", address.city)
      .set("country", address.country);
  return json;
}

bool is_code(std::string_view text, std::size_t size, char first, char last) {
  return text.size() == size &&
         std::ranges::all_of(text, [&](char c) { return first <= c && c <= last; });
}

Result<std::string> read_country(const Members& members) {
  std::string country = TRY(members.text("country"));
  if (!is_code(country, 2, 'A', 'Z'))
    return members.refuse("country", "must be as in ISO 3166: SE");
  return country;
}

Result<PostalAddress> read_address(const Json& json) {
  const Members members = TRY(Members::of(json, "address"));
  TRY(members.allow_only({"lines", "postal_code", "city", "country"}));
  PostalAddress address;
  address.lines = TRY(members.texts("lines"));
  address.postal_code = TRY(members.text("postal_code"));
  address.city = TRY(members.text("city"));
  address.country = TRY(read_country(members));
  return address;
}

// Empty stays empty; anything else must be a number of its kind, and is kept in its printed form.
template <class Account>
Result<std::string> read_payee(const Members& members, std::string_view name,
                               std::string (*print)(const Account&)) {
  const std::string text = TRY(members.text_or(name, ""));
  if (text.empty()) return text;
  const auto account = Account::parse(text);
  if (!account) return members.refuse(name, account.error().text);
  return print(*account);
}

Result<PayeeAccounts> read_payees(const Json& json) {
  if (json.is_null()) return PayeeAccounts{};
  const Members members = TRY(Members::of(json, "payee"));
  TRY(members.allow_only({"bankgiro", "plusgiro", "iban", "bic", "fi_creditor"}));
  PayeeAccounts payee;
  payee.bankgiro = TRY(read_payee<Bankgiro>(
      members, "bankgiro", [](const Bankgiro& account) { return account.formatted(); }));
  payee.plusgiro = TRY(read_payee<Plusgiro>(
      members, "plusgiro", [](const Plusgiro& account) { return account.formatted(); }));
  payee.iban =
      TRY(read_payee<Iban>(members, "iban", [](const Iban& account) { return account.text(); }));
  payee.bic =
      TRY(read_payee<Bic>(members, "bic", [](const Bic& account) { return account.text(); }));
  payee.fi_creditor = TRY(members.text_or("fi_creditor", ""));
  if (!payee.fi_creditor.empty() && !is_code(payee.fi_creditor, 8, '0', '9')) {
    return members.refuse("fi_creditor", "a creditor number has 8 digits");
  }
  return payee;
}

Result<std::vector<std::string>> read_bank_accounts(const Members& members) {
  std::vector<std::string> accounts;
  if (members.value("bank_accounts").is_null()) return accounts;
  for (const std::string& text : TRY(members.texts("bank_accounts"))) {
    if (auto iban = Iban::parse(text)) {
      accounts.push_back(iban->text());
    } else if (auto bankgiro = Bankgiro::parse(text)) {
      accounts.push_back(bankgiro->formatted());
    } else if (auto plusgiro = Plusgiro::parse(text)) {
      accounts.push_back(plusgiro->formatted());
    } else {
      return members.refuse("bank_accounts", "'" + text + "' is no IBAN, bankgiro or plusgiro");
    }
  }
  return accounts;
}

template <class Id>
Result<std::string> read_agreed(const Members& members, std::string_view name,
                                const std::string& text) {
  const auto id = Id::parse(text);
  if (!id) return members.refuse(name, id.error().text);
  return id->text();
}

Result<std::string> read_creditor(const Members& members, MandateScheme scheme) {
  const std::string text = TRY(members.text("creditor"));
  if (is_sepa(scheme)) return read_agreed<CreditorId>(members, "creditor", text);
  if (scheme == MandateScheme::kAutogiro) return read_agreed<Bankgiro>(members, "creditor", text);
  return read_agreed<NorwegianAccount>(members, "creditor", text);
}

Result<std::vector<DebitAgreement>> read_agreements(const Members& members) {
  std::vector<DebitAgreement> agreements;
  if (members.value("debit_agreements").is_null()) return agreements;
  for (const Json& json : *TRY(members.list("debit_agreements"))) {
    const Members row = TRY(Members::of(json, members.place_of("debit_agreements")));
    TRY(row.allow_only({"scheme", "creditor", "iban", "bic", "customer_number"}));
    DebitAgreement& added = agreements.emplace_back();
    added.scheme = TRY(row.text("scheme"));
    const auto scheme = parse_mandate_scheme(added.scheme);
    if (!scheme) return row.refuse("scheme", scheme.error().text);
    added.creditor = TRY(read_creditor(row, *scheme));
    added.iban =
        TRY(read_payee<Iban>(row, "iban", [](const Iban& account) { return account.text(); }));
    added.bic = TRY(read_payee<Bic>(row, "bic", [](const Bic& bank) { return bank.text(); }));
    if (is_sepa(*scheme) && added.iban.empty()) {
      return row.refuse("iban", "say to which account of ours the money comes");
    }
    added.customer_number = TRY(row.text_or("customer_number", ""));
  }
  return agreements;
}

Result<std::vector<OperatorDivision>> read_divisions(const Members& members) {
  std::vector<OperatorDivision> divisions;
  for (const Json& json : *TRY(members.list("divisions"))) {
    const Members division = TRY(Members::of(json, members.place_of("divisions")));
    TRY(division.allow_only({"code", "name"}));
    OperatorDivision& added = divisions.emplace_back();
    added.code = TRY(division.text("code"));
    added.name = TRY(division.text("name"));
    if (std::ranges::count(divisions, added.code, &OperatorDivision::code) > 1) {
      return division.refuse("code", "two divisions have this code");
    }
  }
  if (divisions.empty()) return members.refuse("divisions", "an operator needs a division");
  return divisions;
}

Result<> read_invoicing(Operator& value, const Json& json) {
  const Members members = TRY(Members::of(json, "invoicing"));
  TRY(members.allow_only({"reference_scheme", "series", "first_number", "credit_series"}));
  value.reference_scheme = TRY(members.text("reference_scheme"));
  const ReferenceScheme* scheme = find_reference_scheme(value.reference_scheme);
  if (!scheme || scheme->use != ReferenceUse::kPayment || !scheme->make) {
    return members.refuse("reference_scheme", "there is no scheme of payment references so called");
  }
  value.invoice_series = TRY(members.text("series"));
  value.first_invoice_number = TRY(members.integer_or("first_number", 1));
  if (value.first_invoice_number < 1) return members.refuse("first_number", "must be 1 or more");
  value.credit_series = TRY(members.text_or("credit_series", value.credit_series));
  if (value.credit_series.empty() || value.credit_series == value.invoice_series) {
    return members.refuse("credit_series", "credit notes need a series that is not the invoices'");
  }
  return {};
}

Result<std::optional<base::Money>> read_limit(const Members& members, std::string_view name,
                                              base::Currency currency) {
  const std::string text = TRY(members.text_or(name, ""));
  if (text.empty()) return std::optional<base::Money>();
  const auto amount = base::Money::parse(text, currency);
  if (!amount) return members.refuse(name, amount.error().text);
  if (amount->is_negative()) return members.refuse(name, "must not be below zero");
  return std::optional(*amount);
}

Result<RefundLimits> read_refunds(const Json& json, base::Currency currency) {
  if (json.is_null()) return RefundLimits{};
  const Members members = TRY(Members::of(json, "refunds"));
  TRY(members.allow_only({"alone_up_to", "maximum"}));
  RefundLimits limits;
  limits.alone_up_to = TRY(read_limit(members, "alone_up_to", currency));
  limits.maximum = TRY(read_limit(members, "maximum", currency));
  return limits;
}

// A name stands in addresses and in the ledger.
bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-';
  });
}

Result<std::string> read_name(const Members& members, std::string_view member, std::string text) {
  if (is_name(text)) return text;
  return members.refuse(member, "use small letters, digits and hyphens: kungsgatan-1");
}

Result<std::vector<Drawer>> read_drawers(const Members& members, base::Currency currency) {
  std::vector<Drawer> drawers;
  if (members.value("drawer").is_null()) return drawers;
  for (const Json& json : *TRY(members.list("drawer"))) {
    const Members row = TRY(Members::of(json, members.place_of("drawer")));
    TRY(row.allow_only({"name", "place", "currency", "terminal", "safe"}));
    Drawer drawer;
    drawer.name = TRY(read_name(row, "name", TRY(row.text("name"))));
    drawer.place = TRY(row.text("place"));
    const auto code = TRY(row.text_or("currency", currency.code()));
    const auto known = base::Currency::parse(code);
    if (!known) return row.refuse("currency", known.error().text);
    drawer.currency = *known;
    drawer.terminal = TRY(row.text_or("terminal", ""));
    drawer.safe = TRY(read_name(row, "safe", TRY(row.text_or("safe", drawer.safe))));
    if (std::ranges::find(drawers, drawer.name, &Drawer::name) != drawers.end()) {
      return row.refuse("name", "two drawers have this name");
    }
    drawers.push_back(std::move(drawer));
  }
  return drawers;
}

Json to_json(const std::vector<Drawer>& drawers) {
  Json list = Json::array();
  for (const Drawer& drawer : drawers) {
    Json json;
    json.set("name", drawer.name)
        .set("place", drawer.place)
        .set("currency", drawer.currency.code())
        .set("terminal", drawer.terminal)
        .set("safe", drawer.safe);
    list.push(std::move(json));
  }
  return list;
}

Result<InstalmentRules> read_plans(const Json& json, base::Currency currency) {
  InstalmentRules rules;
  if (json.is_null()) return rules;
  const Members members = TRY(Members::of(json, "plans"));
  TRY(members.allow_only({"parts_max", "part_min", "months_max", "grace_days", "missed_row",
                          "moves_max", "consumer_ground", "notice_days"}));
  struct Number {
    std::string_view name;
    int* value;
    int from, to;
  };
  const Number numbers[] = {{"parts_max", &rules.parts_max, 0, 36},
                            {"months_max", &rules.months_max, 1, 60},
                            {"grace_days", &rules.grace_days, 0, 60},
                            {"moves_max", &rules.moves_max, 0, 12},
                            {"notice_days", &rules.notice_days, 1, 60}};
  for (const Number& number : numbers) {
    const std::int64_t value = TRY(members.integer_or(number.name, *number.value));
    if (value < number.from || value > number.to) {
      return members.refuse(number.name, "must be from " + std::to_string(number.from) + " to " +
                                             std::to_string(number.to));
    }
    *number.value = static_cast<int>(value);
  }
  if (const auto least = TRY(read_limit(members, "part_min", currency))) {
    rules.part_min_minor = least->minor();
  }
  const auto missed = parse_missed_row(TRY(members.text_or("missed_row", to_text(rules.missed))));
  if (!missed) return members.refuse("missed_row", missed.error().text);
  rules.missed = *missed;
  const auto ground = parse_consumer_ground(
      TRY(members.text_or("consumer_ground", to_text(rules.consumer_ground))));
  if (!ground) return members.refuse("consumer_ground", ground.error().text);
  rules.consumer_ground = *ground;
  return rules;
}

Json to_json(const InstalmentRules& rules, base::Currency currency) {
  Json json;
  json.set("parts_max", rules.parts_max)
      .set("part_min", base::Money(rules.part_min_minor, currency).to_decimal_string())
      .set("months_max", rules.months_max)
      .set("grace_days", rules.grace_days)
      .set("missed_row", to_text(rules.missed))
      .set("moves_max", rules.moves_max)
      .set("consumer_ground", to_text(rules.consumer_ground))
      .set("notice_days", rules.notice_days);
  return json;
}

Result<MatchingRules> read_matching(const Json& json, base::Currency currency) {
  MatchingRules rules;
  if (json.is_null()) return rules;
  const Members members = TRY(Members::of(json, "matching"));
  TRY(members.allow_only({"automatic", "one_wrong_in", "write_off", "bears_charges"}));
  rules.automatic = TRY(members.flag_or("automatic", rules.automatic));
  rules.one_wrong_in = TRY(members.integer_or("one_wrong_in", rules.one_wrong_in));
  if (rules.one_wrong_in < kOneWrongInMin) {
    return members.refuse("one_wrong_in", "must be " + std::to_string(kOneWrongInMin) + " or more");
  }
  const auto write_off = base::Money::parse(TRY(members.text_or("write_off", "0")), currency);
  if (!write_off) return members.refuse("write_off", write_off.error().text);
  if (write_off->is_negative()) return members.refuse("write_off", "must not be below zero");
  rules.write_off_minor = write_off->minor();
  rules.bears_charges = TRY(members.flag_or("bears_charges", rules.bears_charges));
  return rules;
}

Json to_json(const MatchingRules& rules, base::Currency currency) {
  Json json;
  json.set("automatic", rules.automatic)
      .set("one_wrong_in", rules.one_wrong_in)
      .set("write_off", base::Money(rules.write_off_minor, currency).to_decimal_string())
      .set("bears_charges", rules.bears_charges);
  return json;
}

Result<BillingProfile> read_profile_members(const Json& json, const BillingProfile& defaults) {
  if (json.is_null()) return defaults;
  const Members members = TRY(Members::of(json, "profile"));
  const ProfileChoice chosen = TRY(read_choice(json, "profile"));
  auto profile = check_profile(effective_profile(defaults, chosen));
  if (!profile) return members.refuse(profile.error().place, profile.error().text);
  return profile;
}

Result<Operator> read_members(const Json& json) {
  const Members members = TRY(Members::of(json, ""));
  TRY(members.allow_only({"code",          "legal_name", "brand",         "country",
                          "currency",      "time_zone",  "language",      "organisation_number",
                          "vat_number",    "address",    "phone",         "email",
                          "opening_hours", "payee",      "bank_accounts", "debit_agreements",
                          "invoicing",     "profile",    "divisions",     "matching",
                          "chart",         "refunds",    "plans",         "drawer"}));
  Operator value;
  value.code = TRY(members.text("code"));
  value.legal_name = TRY(members.text("legal_name"));
  value.brand = TRY(members.text_or("brand", value.legal_name));
  value.country = TRY(read_country(members));
  const auto currency = base::Currency::parse(TRY(members.text("currency")));
  if (!currency) return members.refuse("currency", currency.error().text);
  value.currency = *currency;
  value.time_zone = TRY(members.text("time_zone"));
  value.language = TRY(members.text("language"));
  if (!is_code(value.language, 2, 'a', 'z')) {
    return members.refuse("language", "must be as in ISO 639: sv");
  }
  // The day only settles centuries of persons, and an operator is none.
  const auto number = NationalId::parse(value.country, NationalIdKind::kOrganisation,
                                        TRY(members.text("organisation_number")), base::Date());
  if (!number) return members.refuse("organisation_number", number.error().text);
  value.organisation_number = number->formatted();
  value.vat_number = TRY(members.text_or("vat_number", ""));
  value.address = TRY(read_address(members.value("address")));
  value.phone = TRY(members.text_or("phone", ""));
  value.email = TRY(members.text_or("email", ""));
  value.opening_hours = TRY(members.text_or("opening_hours", ""));
  value.payee = TRY(read_payees(members.value("payee")));
  value.bank_accounts = TRY(read_bank_accounts(members));
  value.debit_agreements = TRY(read_agreements(members));
  TRY(read_invoicing(value, members.value("invoicing")));
  value.default_profile = TRY(read_profile_members(members.value("profile"), {}));
  value.divisions = TRY(read_divisions(members));
  const auto known = check_divisions(value.default_profile, value.divisions);
  if (!known) return members.refuse("profile.grouping", known.error().text);
  value.matching = TRY(read_matching(members.value("matching"), value.currency));
  value.chart = TRY(read_chart(members.value("chart")));
  value.refunds = TRY(read_refunds(members.value("refunds"), value.currency));
  value.drawers = TRY(read_drawers(members, value.currency));
  value.plans = TRY(read_plans(members.value("plans"), value.currency));
  return value;
}

}  // namespace

Json to_json(const Operator& value) {
  Json payee;
  payee.set("bankgiro", value.payee.bankgiro)
      .set("plusgiro", value.payee.plusgiro)
      .set("iban", value.payee.iban)
      .set("bic", value.payee.bic);
  if (!value.payee.fi_creditor.empty()) payee.set("fi_creditor", value.payee.fi_creditor);
  Json invoicing;
  invoicing.set("reference_scheme", value.reference_scheme)
      .set("series", value.invoice_series)
      .set("first_number", value.first_invoice_number)
      .set("credit_series", value.credit_series);
  Json divisions = Json::array();
  for (const OperatorDivision& division : value.divisions) {
    divisions.push(Json().set("code", division.code).set("name", division.name));
  }
  Json json;
  json.set("code", value.code)
      .set("legal_name", value.legal_name)
      .set("brand", value.brand)
      .set("country", value.country)
      .set("currency", value.currency.code())
      .set("time_zone", value.time_zone)
      .set("language", value.language)
      .set("organisation_number", value.organisation_number)
      .set("vat_number", value.vat_number)
      .set("address", to_json(value.address))
      .set("phone", value.phone)
      .set("email", value.email)
      .set("opening_hours", value.opening_hours)
      .set("payee", std::move(payee))
      .set("invoicing", std::move(invoicing))
      .set("profile", to_json(value.default_profile))
      .set("divisions", std::move(divisions));
  if (!value.debit_agreements.empty()) {
    Json agreements = Json::array();
    for (const DebitAgreement& agreement : value.debit_agreements) {
      agreements.push(Json()
                          .set("scheme", agreement.scheme)
                          .set("creditor", agreement.creditor)
                          .set("iban", agreement.iban)
                          .set("bic", agreement.bic)
                          .set("customer_number", agreement.customer_number));
    }
    json.set("debit_agreements", std::move(agreements));
  }
  if (!value.bank_accounts.empty()) {
    Json accounts = Json::array();
    for (const std::string& account : value.bank_accounts) accounts.push(account);
    json.set("bank_accounts", std::move(accounts));
  }
  if (value.matching != MatchingRules{}) {
    json.set("matching", to_json(value.matching, value.currency));
  }
  if (!value.chart.rows().empty()) json.set("chart", to_json(value.chart));
  const auto set_limit = [](Json& limits, std::string_view name,
                            const std::optional<base::Money>& amount) {
    if (amount) limits.set(name, amount->to_decimal_string());
  };
  Json limits = Json::object();
  set_limit(limits, "alone_up_to", value.refunds.alone_up_to);
  set_limit(limits, "maximum", value.refunds.maximum);
  if (value.refunds != RefundLimits{}) json.set("refunds", std::move(limits));
  if (!value.drawers.empty()) json.set("drawer", to_json(value.drawers));
  if (value.plans != InstalmentRules{}) json.set("plans", to_json(value.plans, value.currency));
  return json;
}

Result<Operator> read_operator(const Json& json) {
  auto value = read_members(json);
  if (!value) return base::fail("bad_operator", value.error().text, value.error().place);
  return value;
}

Json to_json(const BillingProfile& profile) {
  Json json;
  json.set("grouping", profile.grouping)
      .set("frequency", profile.frequency)
      .set("due_days", profile.due_days)
      .set("due_day", profile.due_day)
      .set("minimum_minor", profile.minimum_minor)
      .set("detail", profile.detail)
      .set("delivery", profile.delivery);
  return json;
}

Result<BillingProfile> read_profile(const Json& json, const BillingProfile& defaults) {
  auto profile = read_profile_members(json, defaults);
  if (!profile) return base::fail("bad_profile", profile.error().text, profile.error().place);
  return profile;
}

}  // namespace domain
