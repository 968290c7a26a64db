// Customers and who pays: Party, Customer, Account, BillingProfile, Service.
//
// A Customer is one person or organisation under one unified number, whatever numbers the
// divisions know them by (R08, D13). An Account is who pays and how (R01-R07).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/ids.h"

namespace domain {

enum class PartyKind { kPerson, kOrganisation };
// Never guessed from a name: from the identity's kind or the operator's word (law differs by it).
enum class Segment { kConsumer, kBusiness };

struct PostalAddress {
  std::vector<std::string> lines;  // Street, care of, apartment: as written.
  std::string postal_code;
  std::string city;
  std::string country;  // ISO 3166-1 alpha-2.

  friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};

// The personal part of a customer; stored sealed with the customer's own key (D10).
struct Party {
  PartyKind kind = PartyKind::kPerson;
  std::string name;         // One free field, as written, any script.
  std::string national_id;  // Normalised digits of a valid number, or empty.
  std::string email;        // Valid, or empty.
  std::string phone;        // E.164, or empty.
  PostalAddress address;

  friend bool operator==(const Party&, const Party&) = default;
};

struct Customer {
  CustomerId id;
  std::int64_t number = 0;  // The unified customer number, with its Luhn digit last.
  Segment segment = Segment::kConsumer;
  std::string language;  // ISO 639-1.
  Party party;
};

// How an account is billed. domain/billing/profile.h checks it and says what a choice makes of it.
struct BillingProfile {
  std::string grouping = "all";       // domain/billing/grouping.h
  std::string frequency = "monthly";  // domain/billing/schedule.h
  int due_days = 30;                  // From the issue day to the due day.
  int due_day = 0;                    // The day of the month on which bills fall due; 0: any.
  std::int64_t minimum_minor = 0;     // Less is carried to the next bill.
  std::string detail = "standard";    // standard | full
  std::string delivery = "email";     // The channel the customer chose.

  friend bool operator==(const BillingProfile&, const BillingProfile&) = default;
};

// What an account has chosen of it; what is absent follows the operator's default.
struct ProfileChoice {
  std::optional<std::string> grouping = {};
  std::optional<std::string> frequency = {};
  std::optional<int> due_days = {};
  std::optional<int> due_day = {};
  std::optional<std::int64_t> minimum_minor = {};
  std::optional<std::string> detail = {};
  std::optional<std::string> delivery = {};

  friend bool operator==(const ProfileChoice&, const ProfileChoice&) = default;
};

struct Account {
  AccountId id;
  CustomerId customer;
  std::string country;  // Where the account is billed: its law rows, VAT and reference scheme.
  base::Currency currency;
  // As the account was opened; only the delivery is a choice, the division's. How it is billed on
  // a day is account_profile() of domain/billing/profile.h.
  BillingProfile profile;
};

// What an account subscribes to. Facts are never overwritten: a change is a new revision, and a
// billing run sees those of its cutoff epoch (docs/adr/0004-ids-and-same-bytes.md). Start, end and
// label are the newest revision's; the terms (plan, campaign, add-ons, paused) hold from
// `holds_from` until a newer revision's day (domain/billing/service_timeline.h).
struct Service {
  ServiceId id;
  AccountId account;
  std::int64_t revision = 1;
  std::string division;
  std::string source_number;  // The division's own number for it.
  std::string plan;           // Catalogue code.
  base::Date starts;
  std::optional<base::Date> ends = {};  // The first day without the service.
  std::string campaign;                 // Catalogue code, or empty.
  std::string label;                    // The person's own name for it, or its address. Sealed.
  std::int64_t epoch = 0;
  std::optional<base::Date> holds_from = {};  // Absent: from the start.
  std::vector<std::string> add_ons = {};      // Catalogue codes, ascending.
  bool paused = false;                        // Nothing is used and nothing is charged.
};

// How a one-off charge is paid (katalog.json, R20, R83).
enum class ChargePayment {
  kOnBill,         // With everything else.
  kDirect,         // A bill of its own, paid at the order by card.
  kInstalments12,  // One invoice with all VAT at once, payable in twelve monthly parts.
};

// A priced item that is a row: one-off or usage. Recurring charges are never rows; they follow
// from services and catalogue (design.md part 4).
struct Charge {
  ChargeId id;
  AccountId account;
  ServiceId service;  // Nil where it belongs to the account.
  std::string kind;   // one_off
  std::string item;   // Catalogue code.
  std::string division;
  base::Decimal quantity;
  base::UnitPrice unit_price;  // Net.
  base::Money net;             // line_amount(quantity, unit_price).
  std::string vat_class;       // standard | reduced_1 | reduced_2 | zero
  ChargePayment payment = ChargePayment::kOnBill;
  base::Date effective;   // The local day it happened.
  base::Month period;     // The month it belongs to.
  std::string source;     // Where it came from: "broadband.orders".
  std::string record_id;  // Its id there; (source, record_id) never counts twice.
  std::int64_t epoch = 0;
};

[[nodiscard]] std::string_view to_text(PartyKind kind);
[[nodiscard]] std::string_view to_text(Segment segment);
[[nodiscard]] std::string_view to_text(ChargePayment payment);
// Errors: unknown_value.
[[nodiscard]] base::Result<PartyKind> parse_party_kind(std::string_view text);
[[nodiscard]] base::Result<Segment> parse_segment(std::string_view text);
[[nodiscard]] base::Result<ChargePayment> parse_charge_payment(std::string_view text);

}  // namespace domain
