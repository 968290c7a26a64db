// The operator: the legal entity that bills, its brand, and how it takes money.
//
// Loaded from operators/<code>/operator.toml (formats/operator) and kept in the database, so that
// a bill knows its seller even when the file changes later.
#pragma once

#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/ledger/chart.h"
#include "domain/party/party.h"
#include "domain/plan/instalment_rules.h"
#include "domain/refund/limits.h"
#include "domain/till/drawer.h"

namespace domain {

struct OperatorDivision {
  std::string code;  // "broadband"
  std::string name;

  friend bool operator==(const OperatorDivision&, const OperatorDivision&) = default;
};

// Where a payer sends money by hand; what is empty is not offered.
struct PayeeAccounts {
  std::string bankgiro;
  std::string plusgiro;
  std::string iban;
  std::string bic;
  std::string fi_creditor = {};  // The number on Danish payment slips: eight digits.

  friend bool operator==(const PayeeAccounts&, const PayeeAccounts&) = default;
};

// What was agreed with a bank about debits: for which creditor, and where the money comes.
struct DebitAgreement {
  std::string scheme;    // sepa_core | sepa_b2b | autogiro | avtalegiro
  std::string creditor;  // Creditor id, bankgiro number, or Norwegian account.
  std::string iban;      // Of ours, for SEPA.
  std::string bic;
  std::string customer_number;  // At Bankgirot, six digits; at Nets, eight.

  friend bool operator==(const DebitAgreement&, const DebitAgreement&) = default;
};

// How money is matched that no exact reference assigns, and what of a bill is let go ([matching]).
struct MatchingRules {
  bool automatic = true;               // False: all of it waits for a person.
  bool bears_charges = false;          // What banks take on the way is ours; else it is owed.
  std::int64_t one_wrong_in = 10'000;  // Booked where at most one in so many would be wrong.
  std::int64_t write_off_minor = 0;    // A rest of up to so much is written off.

  friend bool operator==(const MatchingRules&, const MatchingRules&) = default;
};

struct Operator {
  std::string code;        // "aurora"
  std::string legal_name;  // "Aurora Telekom AB"
  std::string brand;       // "Aurora Telekom"
  std::string country;
  base::Currency currency;
  std::string time_zone;  // IANA name.
  std::string language;
  std::string organisation_number;
  std::string vat_number;
  PostalAddress address;
  std::string phone;
  std::string email;
  std::string opening_hours;  // As shown beside the phone number: "8-18".
  PayeeAccounts payee;
  // Accounts of ours besides the payee's, whose bank files are taken; IBANs or giro numbers.
  std::vector<std::string> bank_accounts = {};
  std::vector<DebitAgreement> debit_agreements = {};
  std::string reference_scheme;  // Of domain/reference: se_ocr_luhn_length, fi_viite, ...
  std::string invoice_series;    // Gapless per legal entity and series: "A".
  std::int64_t first_invoice_number = 1;
  std::string credit_series = "K";  // Of credit notes, gapless too, from 1.
  BillingProfile default_profile;
  std::vector<OperatorDivision> divisions;
  MatchingRules matching = {};
  Chart chart;  // Empty: the shipped one.
  RefundLimits refunds = {};
  std::vector<Drawer> drawers = {};  // Of cash, in its shops.
  InstalmentRules plans = {};        // Without it no bill is paid in parts.

  friend bool operator==(const Operator&, const Operator&) = default;
};

// The stored form. Errors of read: bad_operator with the member as place.
[[nodiscard]] base::Json to_json(const Operator& value);
[[nodiscard]] base::Result<Operator> read_operator(const base::Json& json);
[[nodiscard]] base::Json to_json(const BillingProfile& profile);
// What is absent keeps its value in `defaults`. Errors: bad_profile.
[[nodiscard]] base::Result<BillingProfile> read_profile(const base::Json& json,
                                                        const BillingProfile& defaults);

}  // namespace domain
