#include "formats/document/invoice_json.h"

#include "support/json/parse.h"

namespace formats::document {
namespace {

using base::Json;
using base::Money;
using base::Result;

constexpr std::int64_t kVersion = 1;

// --- Writing: every member always, in this order.

Json write_address(const domain::PostalAddress& address) {
  Json lines = Json::array();
  for (const std::string& line : address.lines) lines.push(line);
  Json json;
  json.set("lines", std::move(lines))
      .set("postal_code", address.postal_code)
      .set("city", address.city)
      .set("country", address.country);
  return json;
}

Json write_seller(const domain::Seller& seller) {
  Json payee;
  payee.set("bankgiro", seller.payee.bankgiro)
      .set("plusgiro", seller.payee.plusgiro)
      .set("iban", seller.payee.iban)
      .set("bic", seller.payee.bic);
  Json json;
  json.set("legal_name", seller.legal_name)
      .set("brand", seller.brand)
      .set("organisation_number", seller.organisation_number)
      .set("vat_number", seller.vat_number)
      .set("address", write_address(seller.address))
      .set("phone", seller.phone)
      .set("email", seller.email)
      .set("opening_hours", seller.opening_hours)
      .set("payee", std::move(payee))
      .set("country", seller.country)
      .set("time_zone", seller.time_zone);
  return json;
}

Json write_buyer(const domain::Buyer& buyer) {
  Json json;
  json.set("customer_number", buyer.customer_number)
      .set("name", buyer.name)
      .set("address", write_address(buyer.address))
      .set("language", buyer.language)
      .set("segment", domain::to_text(buyer.segment));
  return json;
}

Json write_line(const domain::InvoiceLine& line) {
  Json json;
  json.set("kind", domain::to_text(line.kind))
      .set("nature", domain::to_text(line.nature))
      .set("item", line.item)
      .set("name", line.name)
      .set("division", line.division)
      .set("service", line.service.is_nil() ? std::string() : line.service.to_string())
      .set("service_number", line.service_number)
      .set("service_label", line.service_label)
      .set("from", line.period.from().to_string())
      .set("to", line.period.to().to_string())
      .set("days", static_cast<std::int64_t>(line.share.days))
      .set("of_days", static_cast<std::int64_t>(line.share.of_days))
      .set("quantity", line.quantity.to_string())
      .set("unit_price", line.unit_price.amount.to_string())
      .set("net", line.net.minor())
      .set("vat_class", line.vat_class)
      .set("vat_rate", line.vat_rate.value.to_string())
      .set("record", line.record)
      .set("unit", line.unit)
      .set("gross", line.gross ? Json(line.gross->minor()) : Json());
  return json;
}

Json write_vat(const domain::VatSum& sum) {
  Json json;
  json.set("vat_class", sum.vat_class)
      .set("rate", sum.rate.value.to_string())
      .set("net", sum.net.minor())
      .set("vat", sum.vat.minor());
  return json;
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
    domain::LineKind::kDiscount, domain::LineKind::kOneOff, domain::LineKind::kUsage};
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

Result<domain::Invoice> read_invoice(const Reader& reader) {
  domain::Invoice invoice;
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
  Json lines = Json::array(), vat = Json::array(), plan = Json::array();
  for (const auto& line : invoice.lines) lines.push(write_line(line));
  for (const auto& sum : invoice.vat) vat.push(write_vat(sum));
  for (const auto& row : invoice.plan) {
    Json part;
    part.set("due", row.due.to_string()).set("amount", row.amount.minor());
    plan.push(std::move(part));
  }
  Json json;
  json.set("version", kVersion)
      .set("kind", "invoice")
      .set("document", invoice.id.to_string())
      .set("bill", invoice.bill.to_string())
      .set("series", invoice.series)
      .set("number", invoice.number)
      .set("issued", invoice.issued.to_string())
      .set("due", invoice.due.to_string())
      .set("period", invoice.period.to_string())
      .set("reference_scheme", invoice.reference_scheme)
      .set("reference", invoice.reference)
      .set("currency", invoice.total.currency().code())
      .set("seller", write_seller(invoice.seller))
      .set("buyer", write_buyer(invoice.buyer))
      .set("lines", std::move(lines))
      .set("vat", std::move(vat))
      .set("net", invoice.net.minor())
      .set("vat_total", invoice.vat_total.minor())
      .set("rounding", invoice.rounding.minor())
      .set("total", invoice.total.minor())
      .set("plan", std::move(plan));
  return json.dump();
}

Result<domain::Invoice> read_invoice_json(std::string_view bytes) {
  const Json json = TRY(json::parse(bytes));
  const Reader reader(json, "");
  if (TRY(reader.integer("version")) != kVersion || TRY(reader.text("kind")) != "invoice") {
    return reader.bad("version");
  }
  domain::Invoice invoice = TRY(read_invoice(reader));
  TRY(domain::verify_invoice(invoice));
  return invoice;
}

}  // namespace formats::document
