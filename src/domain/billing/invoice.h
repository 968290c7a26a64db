// Invoice: the immutable legal paper as a value, and how its sums are made (EN 16931). A credit
// note is the same paper of another kind: its amounts are positive and stand for what is given
// back (type 381).
//
// sum_lines() makes the sums: line nets are rounded once each, VAT is
// computed once per rate on the sum of that rate's nets (BG-23), the payable total is rounded to
// the country's step (BT-114). verify_invoice() holds a stored invoice to the same sums after
// reading one back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "domain/operator/operator.h"
#include "domain/party/party.h"

namespace domain {

// What kind of cost a line is: fixed subscription or extra (R12).
enum class LineNature { kFixed, kExtra };

enum class LineKind {
  kRecurring,   // A plan for a period, in advance.
  kCatchUp,     // A plan for a period that was never billed.
  kCorrection,  // The difference when what was billed in advance turned out otherwise.
  kDiscount,    // A campaign's part of a recurring line.
  kOneOff,
  kUsage,  // Calls, data and messages of a month, one line per item and price.
};

// How a number of days of a month was billed: 30 of 31.
struct DayShare {
  std::int32_t days = 0;
  std::int32_t of_days = 0;
  friend bool operator==(const DayShare&, const DayShare&) = default;
};

struct InvoiceLine {
  LineKind kind = LineKind::kRecurring;
  LineNature nature = LineNature::kFixed;
  std::string item;  // Catalogue code (of the plan, for a discount: of the campaign).
  std::string name;  // In the customer's language, as it stood at issue.
  std::string division;
  ServiceId service;           // Nil where the line belongs to no service.
  std::string service_number;  // The division's number for it.
  std::string service_label;   // The person's own name for it, or its address.
  base::Period period;         // Days paid for; a single day for a one-off.
  DayShare share;              // Of its month; 0 of 0 for a one-off.
  base::Decimal quantity;
  base::UnitPrice unit_price;  // Net.
  base::Money net;
  std::string vat_class;
  base::Percent vat_rate;
  std::string record;                     // source:record_id of a one-off, for tracing.
  std::string unit = {};                  // What `quantity` counts: "minute", "MB"; usage only.
  std::optional<base::Money> gross = {};  // Where the price was made with VAT in it (D12).

  friend bool operator==(const InvoiceLine&, const InvoiceLine&) = default;
};

struct VatSum {
  std::string vat_class;
  base::Percent rate;
  base::Money net;
  base::Money vat;
  friend bool operator==(const VatSum&, const VatSum&) = default;
};

// A part of a payment plan (D3): what is due on which day.
struct PlanRow {
  base::Date due;
  base::Money amount;
  friend bool operator==(const PlanRow&, const PlanRow&) = default;
};

struct Seller {
  std::string legal_name;
  std::string brand;
  std::string organisation_number;
  std::string vat_number;
  PostalAddress address;
  std::string phone;
  std::string email;
  std::string opening_hours;
  PayeeAccounts payee;
  std::string country;
  std::string time_zone;
  friend bool operator==(const Seller&, const Seller&) = default;
};

struct Buyer {
  std::int64_t customer_number = 0;
  std::string name;
  PostalAddress address;
  std::string language;
  Segment segment = Segment::kConsumer;
  friend bool operator==(const Buyer&, const Buyer&) = default;
};

enum class DocumentKind { kInvoice, kCreditNote };

// The invoice that a credit note takes back from.
struct Credited {
  std::string number;  // "A1000123"
  base::Date issued;
  DocumentId document;
  friend bool operator==(const Credited&, const Credited&) = default;
};

struct Invoice {
  DocumentId id;
  BillId bill;
  std::string series;
  std::int64_t number = 0;
  base::Date issued;
  base::Date due;
  base::Month period;  // The period that the run closed (D15).
  std::string reference_scheme;
  std::string reference;  // Canonical digits.
  Seller seller;
  Buyer buyer;
  std::vector<InvoiceLine> lines;
  std::vector<VatSum> vat;  // By rate, descending.
  base::Money net;
  base::Money vat_total;
  base::Money rounding;
  base::Money total;
  std::vector<PlanRow> plan;  // Empty: the whole on the due day.
  DocumentKind kind = DocumentKind::kInvoice;
  // Of a credit note; absent where a run gave back more than it billed.
  std::optional<Credited> credits = {};

  // "A1000123": what people call the invoice.
  [[nodiscard]] std::string full_number() const { return series + std::to_string(number); }
  friend bool operator==(const Invoice&, const Invoice&) = default;
};

// The sums of lines: VAT per rate on the sum of nets, then rounding to `step_minor` (1: none).
struct InvoiceSums {
  std::vector<VatSum> vat;
  base::Money net;
  base::Money vat_total;
  base::Money rounding;
  base::Money total;
};
// What was charged becomes what is given back, and the other way round.
void turn_sign(InvoiceLine& line);

// Prices with VAT (D12): sets the nets of the lines that have a gross amount; sum_lines() then
// makes the VAT of gross less net (domain/pricing/inclusive_prices.h).
void set_nets(std::vector<InvoiceLine>& lines);

[[nodiscard]] InvoiceSums sum_lines(const std::vector<InvoiceLine>& lines, base::Currency currency,
                                    std::int64_t step_minor);

// How far the VAT of a rate may be from the rate's share of the net sum on a credit note: what
// is left of the invoice's own VAT decides there (credit_note.h).
inline constexpr std::int64_t kCreditVatToleranceMinor = 2;

// Whether a stored paper adds up. Errors: invoice_does_not_add_up (place: which sum).
[[nodiscard]] base::Result<> verify_invoice(const Invoice& invoice);

[[nodiscard]] std::string_view to_text(DocumentKind kind);
// Errors: unknown_value.
[[nodiscard]] base::Result<DocumentKind> parse_document_kind(std::string_view text);
[[nodiscard]] std::string_view to_text(LineKind kind);
[[nodiscard]] std::string_view to_text(LineNature nature);

}  // namespace domain
