#include "domain/order/price_item.h"

#include <algorithm>
#include <utility>

namespace domain {
namespace {

using base::Decimal;
using base::Money;
using base::Result;
using base::RoundingMode;

constexpr std::size_t kCodeMax = 60;
constexpr std::size_t kNearestMax = 3;
// So that a sum of many stays far below what money can hold.
constexpr std::int64_t kQuantityMax = 1'000'000;
constexpr std::int64_t kPriceMax = 10'000'000;

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= kCodeMax && std::ranges::all_of(text, [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

// A price without the VAT that is in it, to ten places.
base::UnitPrice without_vat(base::UnitPrice price, base::Percent rate) {
  const base::Int128 hundred = base::Int128{100} * Decimal::kOne;
  return {Decimal::from_scaled(base::divide_rounded(
      price.amount.scaled() * hundred, hundred + rate.value.scaled(), RoundingMode::kHalfUp))};
}

Result<> check(const OrderAsk& ask) {
  if (!is_code(ask.code)) {
    return base::fail("bad_order_item",
                      "a code is 1 to 60 letters, digits, hyphens, points and underscores",
                      ask.code.substr(0, kCodeMax));
  }
  const bool is_one =
      ask.quantity > Decimal() && ask.quantity <= Decimal::from_integer(kQuantityMax);
  const bool is_price = !ask.price || (ask.price->amount > Decimal() &&
                                       ask.price->amount <= Decimal::from_integer(kPriceMax));
  if (!is_one || !is_price) {
    return base::fail("bad_order_item",
                      "a quantity is above zero and at most 1,000,000, a price above zero and at "
                      "most 10,000,000",
                      ask.code);
  }
  return {};
}

char small(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// How many letters are to be changed, added or left out, large or small alike, to make one of the
// other.
std::size_t letters_between(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t at = 0; at <= other.size(); ++at) row[at] = at;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t same = diagonal + (small(one[i - 1]) == small(other[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({same, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

std::string unknown_words(const Catalogue& catalogue, std::string_view code) {
  std::string text = "the catalogue has no such one-off; state its name and its price";
  const auto near = nearest_one_offs(catalogue, code);
  for (std::size_t at = 0; at < near.size(); ++at) {
    text += (at == 0 ? ", or order one of those that there are, such as " : ", ") + near[at];
  }
  return text + " (telgiro catalogue list --kind one_off)";
}

}  // namespace

std::vector<std::string> nearest_one_offs(const Catalogue& catalogue, std::string_view code) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const CatalogueItem& item : catalogue.items()) {
    if (item.kind == ItemKind::kOneOff) {
      found.emplace_back(letters_between(code.substr(0, kCodeMax), item.code), item.code);
    }
  }
  std::ranges::sort(found);
  found.resize(std::min(found.size(), kNearestMax));
  std::vector<std::string> codes;
  for (auto& [letters, near] : found) codes.push_back(std::move(near));
  return codes;
}

Result<OrderItem> price_item(const OrderAsk& ask, const OrderTerms& terms) {
  TRY(check(ask));
  const CatalogueItem* known = terms.catalogue.find(ask.code, ItemKind::kOneOff);
  if (known == nullptr && (ask.name.empty() || !ask.price)) {
    return base::fail("unknown_item", unknown_words(terms.catalogue, ask.code), ask.code);
  }
  OrderItem item;
  item.code = ask.code;
  item.quantity = ask.quantity;
  item.name = !ask.name.empty() ? ask.name : known->name(terms.language);
  item.division = ask.division.empty() && known != nullptr ? known->division : ask.division;
  bool with_vat = ask.with_vat;
  item.vat_class = ask.vat_class;
  if (known != nullptr && (!ask.price || item.vat_class.empty())) {
    const PriceRow row = TRY(Catalogue::price_on(*known, terms.day, terms.brand));
    if (item.vat_class.empty()) item.vat_class = row.vat_class;
    if (!ask.price) {
      item.unit_price = row.price;
      with_vat = row.includes_vat;
    }
  }
  if (ask.price) item.unit_price = *ask.price;
  if (item.vat_class.empty()) item.vat_class = "standard";
  item.vat_rate = TRY(terms.vat_rate(item.vat_class));
  if (ask.vat_rate && *ask.vat_rate != item.vat_rate) {
    return base::fail("vat_rate_differs",
                      "the rate of " + item.vat_class + " is " + item.vat_rate.value.to_string() +
                          " % on " + terms.day.to_string(),
                      ask.code);
  }
  const Money sum =
      base::line_amount(item.quantity, item.unit_price, terms.currency, RoundingMode::kHalfUp);
  TRY(Money::make(sum.minor(), terms.currency));
  item.net = sum;
  if (with_vat) {
    item.gross = sum;
    item.net = base::net_of_gross(sum, item.vat_rate, RoundingMode::kHalfUp);
  }
  return item;
}

InvoiceLine line_of(const OrderItem& item, base::Date day, std::string record) {
  InvoiceLine line;
  line.kind = LineKind::kOneOff;
  line.nature = LineNature::kExtra;
  line.item = item.code;
  line.name = item.name;
  line.division = item.division;
  line.period = base::Period::make(day, day + 1).value();
  line.quantity = item.quantity;
  line.unit_price = item.unit_price;
  line.net = item.net;
  line.vat_class = item.vat_class;
  line.vat_rate = item.vat_rate;
  line.record = std::move(record);
  line.gross = item.gross;
  return line;
}

Money total_of(const std::vector<OrderItem>& items, base::Date day, base::Currency currency) {
  std::vector<InvoiceLine> lines;
  for (const OrderItem& item : items) lines.push_back(line_of(item, day, ""));
  set_nets(lines);
  return sum_lines(lines, currency, 1).total;
}

Charge charge_of(const OrderItem& item, base::Date day) {
  Charge charge;
  charge.kind = "one_off";
  charge.item = item.code;
  charge.division = item.division;
  charge.quantity = item.quantity;
  charge.unit_price = item.unit_price;
  charge.net = item.net;
  if (item.gross) {
    charge.unit_price = without_vat(item.unit_price, item.vat_rate);
    charge.net = base::line_amount(item.quantity, charge.unit_price, item.net.currency(),
                                   RoundingMode::kHalfUp);
  }
  charge.vat_class = item.vat_class;
  charge.payment = ChargePayment::kOnBill;
  charge.effective = day;
  charge.period = base::Month::of(day);
  return charge;
}

}  // namespace domain
