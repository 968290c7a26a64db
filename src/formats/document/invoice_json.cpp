#include "formats/document/invoice_json.h"

#include "base/text/json_writer.h"
#include "support/json/parse.h"

namespace formats::document {
namespace {

using base::Json;
using base::JsonWriter;
using base::Money;
using base::Result;

constexpr std::int64_t kVersion = 1;

// What a line of a document takes about, so that its bytes are written into one block.
constexpr std::size_t kBytesOfHead = 1536, kBytesOfLine = 512;

// --- Writing: every member always, in this order; only a credit note says what it credits.

void write_address(JsonWriter& json, const domain::PostalAddress& address) {
  json.begin_object().name("lines").begin_array();
  for (const std::string& line : address.lines) json.text(line);
  json.end_array()
      .member("postal_code", address.postal_code)
      .member("city", address.city)
      .member("country", address.country)
      .end_object();
}

void write_seller(JsonWriter& json, const domain::Seller& seller) {
  json.begin_object()
      .member("legal_name", seller.legal_name)
      .member("brand", seller.brand)
      .member("organisation_number", seller.organisation_number)
      .member("vat_number", seller.vat_number)
      .name("address");
  write_address(json, seller.address);
  json.member("phone", seller.phone)
      .member("email", seller.email)
      .member("opening_hours", seller.opening_hours)
      .name("payee")
      .begin_object()
      .member("bankgiro", seller.payee.bankgiro)
      .member("plusgiro", seller.payee.plusgiro)
      .member("iban", seller.payee.iban)
      .member("bic", seller.payee.bic);
  // Since there are Danish papers; the others keep the bytes they had.
  if (!seller.payee.fi_creditor.empty()) json.member("fi_creditor", seller.payee.fi_creditor);
  json.end_object()
      .member("country", seller.country)
      .member("time_zone", seller.time_zone)
      .end_object();
}

void write_buyer(JsonWriter& json, const domain::Buyer& buyer) {
  json.begin_object()
      .member("customer_number", buyer.customer_number)
      .member("name", buyer.name)
      .name("address");
  write_address(json, buyer.address);
  json.member("language", buyer.language)
      .member("segment", domain::to_text(buyer.segment))
      .end_object();
}

void write_line(JsonWriter& json, const domain::InvoiceLine& line) {
  json.begin_object()
      .member("kind", domain::to_text(line.kind))
      .member("nature", domain::to_text(line.nature))
      .member("item", line.item)
      .member("name", line.name)
      .member("division", line.division)
      .member("service", line.service.is_nil() ? std::string() : line.service.to_string())
      .member("service_number", line.service_number)
      .member("service_label", line.service_label)
      .member("from", line.period.from().to_string())
      .member("to", line.period.to().to_string())
      .member("days", std::int64_t{line.share.days})
      .member("of_days", std::int64_t{line.share.of_days})
      .member("quantity", line.quantity.to_string())
      .member("unit_price", line.unit_price.amount.to_string())
      .member("net", line.net.minor())
      .member("vat_class", line.vat_class)
      .member("vat_rate", line.vat_rate.value.to_string())
      .member("record", line.record)
      .member("unit", line.unit)
      .name("gross");
  if (line.gross) {
    json.integer(line.gross->minor());
  } else {
    json.null();
  }
  json.end_object();
}

void write_vat(JsonWriter& json, const domain::VatSum& sum) {
  json.begin_object()
      .member("vat_class", sum.vat_class)
      .member("rate", sum.rate.value.to_string())
      .member("net", sum.net.minor())
      .member("vat", sum.vat.minor())
      .end_object();
}

void write_credited(JsonWriter& json, const std::optional<domain::Credited>& credited) {
  json.name("credits");
  if (!credited) {
    json.null();
    return;
  }
  json.begin_object()
      .member("number", credited->number)
      .member("issued", credited->issued.to_string())
      .member("document", credited->document.to_string())
      .end_object();
}

void write_head(JsonWriter& json, const domain::Invoice& invoice) {
  json.member("version", kVersion)
      .member("kind", domain::to_text(invoice.kind))
      .member("document", invoice.id.to_string())
      .member("bill", invoice.bill.to_string())
      .member("series", invoice.series)
      .member("number", invoice.number)
      .member("issued", invoice.issued.to_string())
      .member("due", invoice.due.to_string())
      .member("period", invoice.period.to_string())
      .member("reference_scheme", invoice.reference_scheme)
      .member("reference", invoice.reference)
      .member("currency", invoice.total.currency().code());
}

void write_sums(JsonWriter& json, const domain::Invoice& invoice) {
  json.name("vat").begin_array();
  for (const domain::VatSum& sum : invoice.vat) write_vat(json, sum);
  json.end_array()
      .member("net", invoice.net.minor())
      .member("vat_total", invoice.vat_total.minor())
      .member("rounding", invoice.rounding.minor())
      .member("total", invoice.total.minor())
      .name("plan")
      .begin_array();
  for (const domain::PlanRow& row : invoice.plan) {
    json.begin_object()
        .member("due", row.due.to_string())
        .member("amount", row.amount.minor())
        .end_object();
  }
  json.end_array();
}

// --- Reading: every member must be there; the first that is not, or is of another kind, is named.

class Reader {
 public:
  Reader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  Result<std::string> text(std::string_view name) const {
    const auto* value = json_[name].as_string();
    if (value == nullptr) return bad(name);
    return *value;
  }
  Result<std::int64_t> integer(std::string_view name) const {
    const auto* value = json_[name].as_integer();
    if (value == nullptr) return bad(name);
    return *value;
  }
  Result<base::Date> date(std::string_view name) const {
    return base::Date::parse(TRY(text(name)));
  }
  Result<base::Decimal> decimal(std::string_view name) const {
    return base::Decimal::parse(TRY(text(name)));
  }
  Result<Money> money(std::string_view name, base::Currency currency) const {
    return Money(TRY(integer(name)), currency);
  }
  Result<Reader> object(std::string_view name) const {
    if (json_[name].as_object() == nullptr) return bad(name);
    return Reader(json_[name], place_ + "/" + std::string(name));
  }
  // One value per element of the array.
  template <class Value, class Read>
  Result<std::vector<Value>> list(std::string_view name, Read read) const {
    const auto* array = json_[name].as_array();
    if (array == nullptr) return bad(name);
    std::vector<Value> values;
    values.reserve(array->size());
    for (const Json& element : *array) {
      const std::string place =
          place_ + "/" + std::string(name) + "/" + std::to_string(values.size());
      values.push_back(TRY(read(Reader(element, place))));
    }
    return values;
  }
  [[nodiscard]] const Json& json() const { return json_; }
  [[nodiscard]] std::unexpected<base::Error> bad(std::string_view name) const {
    return base::fail("bad_document", "a member of the stored document is missing or wrong",
                      place_ + "/" + std::string(name));
  }

 private:
  const Json& json_;
  std::string place_;
};

// The enum value whose text the member holds.
template <class Enum, std::size_t kSize>
Result<Enum> one_of(const Reader& reader, std::string_view name, const Enum (&values)[kSize]) {
  const std::string text = TRY(reader.text(name));
  for (const Enum value : values) {
    if (domain::to_text(value) == text) return value;
  }
  return reader.bad(name);
}

constexpr domain::LineKind kLineKinds[] = {
    domain::LineKind::kRecurring, domain::LineKind::kCatchUp, domain::LineKind::kCorrection,
    domain::LineKind::kDiscount,  domain::LineKind::kOneOff,  domain::LineKind::kUsage};
constexpr domain::DocumentKind kDocumentKinds[] = {domain::DocumentKind::kInvoice,
                                                   domain::DocumentKind::kCreditNote};
constexpr domain::LineNature kLineNatures[] = {domain::LineNature::kFixed,
                                               domain::LineNature::kExtra};

Result<domain::PostalAddress> read_address(const Reader& reader) {
  domain::PostalAddress address;
  address.lines = TRY(reader.list<std::string>("lines", [](const Reader& line) {
    const auto* text = line.json().as_string();
    return text ? Result<std::string>(*text) : Result<std::string>(line.bad(""));
  }));
  address.postal_code = TRY(reader.text("postal_code"));
  address.city = TRY(reader.text("city"));
  address.country = TRY(reader.text("country"));
  return address;
}

Result<domain::Seller> read_seller(const Reader& reader) {
  domain::Seller seller;
  seller.legal_name = TRY(reader.text("legal_name"));
  seller.brand = TRY(reader.text("brand"));
  seller.organisation_number = TRY(reader.text("organisation_number"));
  seller.vat_number = TRY(reader.text("vat_number"));
  seller.address = TRY(read_address(TRY(reader.object("address"))));
  seller.phone = TRY(reader.text("phone"));
  seller.email = TRY(reader.text("email"));
  seller.opening_hours = TRY(reader.text("opening_hours"));
  const Reader payee = TRY(reader.object("payee"));
  seller.payee.bankgiro = TRY(payee.text("bankgiro"));
  seller.payee.plusgiro = TRY(payee.text("plusgiro"));
  seller.payee.iban = TRY(payee.text("iban"));
  seller.payee.bic = TRY(payee.text("bic"));
  if (const auto* creditor = payee.json()["fi_creditor"].as_string()) {
    seller.payee.fi_creditor = *creditor;
  }
  seller.country = TRY(reader.text("country"));
  seller.time_zone = TRY(reader.text("time_zone"));
  return seller;
}

Result<domain::Buyer> read_buyer(const Reader& reader) {
  domain::Buyer buyer;
  buyer.customer_number = TRY(reader.integer("customer_number"));
  buyer.name = TRY(reader.text("name"));
  buyer.address = TRY(read_address(TRY(reader.object("address"))));
  buyer.language = TRY(reader.text("language"));
  buyer.segment = TRY(domain::parse_segment(TRY(reader.text("segment"))));
  return buyer;
}

Result<domain::InvoiceLine> read_line(const Reader& reader, base::Currency currency) {
  domain::InvoiceLine line;
  line.kind = TRY(one_of(reader, "kind", kLineKinds));
  line.nature = TRY(one_of(reader, "nature", kLineNatures));
  line.item = TRY(reader.text("item"));
  line.name = TRY(reader.text("name"));
  line.division = TRY(reader.text("division"));
  if (const std::string id = TRY(reader.text("service")); !id.empty()) {
    line.service = TRY(domain::ServiceId::parse(id));
  }
  line.service_number = TRY(reader.text("service_number"));
  line.service_label = TRY(reader.text("service_label"));
  line.period = TRY(base::Period::make(TRY(reader.date("from")), TRY(reader.date("to"))));
  line.share.days = static_cast<std::int32_t>(TRY(reader.integer("days")));
  line.share.of_days = static_cast<std::int32_t>(TRY(reader.integer("of_days")));
  line.quantity = TRY(reader.decimal("quantity"));
  line.unit_price = {TRY(reader.decimal("unit_price"))};
  line.net = TRY(reader.money("net", currency));
  line.vat_class = TRY(reader.text("vat_class"));
  line.vat_rate = {TRY(reader.decimal("vat_rate"))};
  line.record = TRY(reader.text("record"));
  // Absent in documents from before there was usage.
  if (const auto* unit = reader.json()["unit"].as_string()) line.unit = *unit;
  if (const auto* gross = reader.json()["gross"].as_integer()) line.gross = Money(*gross, currency);
  return line;
}

Result<domain::VatSum> read_vat(const Reader& reader, base::Currency currency) {
  domain::VatSum sum;
  sum.vat_class = TRY(reader.text("vat_class"));
  sum.rate = {TRY(reader.decimal("rate"))};
  sum.net = TRY(reader.money("net", currency));
  sum.vat = TRY(reader.money("vat", currency));
  return sum;
}

Result<domain::PlanRow> read_plan_row(const Reader& reader, base::Currency currency) {
  return domain::PlanRow{TRY(reader.date("due")), TRY(reader.money("amount", currency))};
}

Result<std::optional<domain::Credited>> read_credited(const Reader& reader) {
  if (reader.json()["credits"].is_null()) return std::nullopt;
  const Reader object = TRY(reader.object("credits"));
  domain::Credited credited;
  credited.number = TRY(object.text("number"));
  credited.issued = TRY(object.date("issued"));
  credited.document = TRY(domain::DocumentId::parse(TRY(object.text("document"))));
  return credited;
}

Result<domain::Invoice> read_invoice(const Reader& reader) {
  domain::Invoice invoice;
  invoice.kind = TRY(one_of(reader, "kind", kDocumentKinds));
  if (invoice.kind == domain::DocumentKind::kCreditNote) {
    invoice.credits = TRY(read_credited(reader));
  }
  invoice.id = TRY(domain::DocumentId::parse(TRY(reader.text("document"))));
  invoice.bill = TRY(domain::BillId::parse(TRY(reader.text("bill"))));
  invoice.series = TRY(reader.text("series"));
  invoice.number = TRY(reader.integer("number"));
  invoice.issued = TRY(reader.date("issued"));
  invoice.due = TRY(reader.date("due"));
  invoice.period = TRY(base::Month::parse(TRY(reader.text("period"))));
  invoice.reference_scheme = TRY(reader.text("reference_scheme"));
  invoice.reference = TRY(reader.text("reference"));
  const base::Currency currency = TRY(base::Currency::parse(TRY(reader.text("currency"))));
  invoice.seller = TRY(read_seller(TRY(reader.object("seller"))));
  invoice.buyer = TRY(read_buyer(TRY(reader.object("buyer"))));
  invoice.lines = TRY(reader.list<domain::InvoiceLine>(
      "lines", [&](const Reader& line) { return read_line(line, currency); }));
  invoice.vat = TRY(reader.list<domain::VatSum>(
      "vat", [&](const Reader& sum) { return read_vat(sum, currency); }));
  invoice.net = TRY(reader.money("net", currency));
  invoice.vat_total = TRY(reader.money("vat_total", currency));
  invoice.rounding = TRY(reader.money("rounding", currency));
  invoice.total = TRY(reader.money("total", currency));
  invoice.plan = TRY(reader.list<domain::PlanRow>(
      "plan", [&](const Reader& row) { return read_plan_row(row, currency); }));
  return invoice;
}

}  // namespace

std::string write_invoice_json(const domain::Invoice& invoice) {
  std::string bytes;
  bytes.reserve(kBytesOfHead + invoice.lines.size() * kBytesOfLine);
  JsonWriter json(bytes);
  json.begin_object();
  write_head(json, invoice);
  json.name("seller");
  write_seller(json, invoice.seller);
  json.name("buyer");
  write_buyer(json, invoice.buyer);
  json.name("lines").begin_array();
  for (const domain::InvoiceLine& line : invoice.lines) write_line(json, line);
  json.end_array();
  write_sums(json, invoice);
  if (invoice.kind == domain::DocumentKind::kCreditNote) write_credited(json, invoice.credits);
  json.end_object();
  return bytes;
}

Result<domain::Invoice> read_invoice_json(std::string_view bytes) {
  const Json json = TRY(json::parse(bytes));
  const Reader reader(json, "");
  if (TRY(reader.integer("version")) != kVersion) return reader.bad("version");
  domain::Invoice invoice = TRY(read_invoice(reader));
  TRY(domain::verify_invoice(invoice));
  return invoice;
}

}  // namespace formats::document
