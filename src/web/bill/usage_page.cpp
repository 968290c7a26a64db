#include "web/bill/usage_page.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "flows/care/show_usage.h"
#include "flows/care/time_zone.h"
#include "web/bill/beside.h"
#include "web/bill/bill_page.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

using base::Decimal;
using base::Money;
using base::Result;
using base::RoundingMode;
using domain::InvoiceLine;

constexpr std::size_t kPageRows = 100;
constexpr std::string_view kPage = "page";

// What can truly be said of what the rows of an item cost.
enum class Pricing { kOnBill, kIncluded, kEach };

// One item of a service and month: its name, its unit, and its price on the bill.
struct ItemWords {
  std::string name;
  std::string unit;
  Pricing pricing = Pricing::kOnBill;
  base::Percent vat_rate;
  base::Currency currency;
  bool with_vat = false;
};
using ItemsByCode = std::map<std::string, ItemWords, std::less<>>;

[[nodiscard]] Money in_money(Decimal amount, base::Currency currency) {
  return base::line_amount(Decimal::from_integer(1), {amount}, currency, RoundingMode::kHalfUp);
}

// What the rows of an item come to.
struct Sum {
  Decimal quantity, amount;
  bool mixed_vat = false;  // Some with VAT in it, some without.
  bool includes_vat = false;
  std::size_t rows = 0;
};

void add(Sum& sum, const flows::UsedOnce& row) {
  if (sum.rows++ == 0) sum.includes_vat = row.includes_vat;
  if (sum.includes_vat != row.includes_vat) sum.mixed_vat = true;
  sum.quantity = sum.quantity + row.quantity;
  sum.amount = sum.amount + row.amount;
}

// The bill's lines of an item against its rows.
[[nodiscard]] Pricing pricing_of(const std::vector<const InvoiceLine*>& lines, const Sum& sum,
                                 std::string_view unit) {
  if (lines.empty()) return Pricing::kOnBill;
  const bool all_included =
      std::ranges::all_of(lines, [](const InvoiceLine* line) { return is_included(*line); });
  if (all_included) {
    Decimal covered;
    for (const InvoiceLine* line : lines) {
      if (line->unit != unit) return Pricing::kOnBill;
      covered = covered + line->quantity;
    }
    return covered == sum.quantity ? Pricing::kIncluded : Pricing::kOnBill;
  }
  const InvoiceLine& line = *lines.front();
  if (lines.size() > 1 || sum.mixed_vat || sum.includes_vat != line.gross.has_value()) {
    return Pricing::kOnBill;
  }
  const Money charged = line.gross.value_or(line.net);
  return charged == in_money(sum.amount, charged.currency()) ? Pricing::kEach : Pricing::kOnBill;
}

// The items of one table.
[[nodiscard]] ItemsByCode items_of(const flows::ShownBill& shown, const flows::UsedInMonth& table,
                                   const domain::Catalogue& catalogue, const Words& words) {
  std::map<std::string, Sum, std::less<>> sums;
  for (const flows::UsedOnce& row : table.rows) add(sums[row.item], row);
  ItemsByCode items;
  for (const auto& [code, sum] : sums) {
    ItemWords item;
    item.name = code;
    if (const auto* sold = catalogue.find(code, domain::ItemKind::kUsage)) {
      item.name = sold->name(locale::code(words.language()));
      item.unit = domain::to_text(sold->usage.unit);
    }
    std::vector<const InvoiceLine*> lines;
    for (const domain::Invoice& invoice : shown.invoices) {
      for (const InvoiceLine& line : invoice.lines) {
        const bool is_of_it = line.kind == domain::LineKind::kUsage && line.item == code &&
                              line.service == table.service &&
                              base::Month::of(line.period.from()) == table.month;
        if (!is_of_it) continue;
        lines.push_back(&line);
        item.vat_rate = line.vat_rate;
        item.currency = line.net.currency();
        item.with_vat = invoice.buyer.segment == domain::Segment::kConsumer;
      }
    }
    item.pricing = pricing_of(lines, sum, item.unit);
    items.emplace(code, std::move(item));
  }
  return items;
}

// As the bill shows amounts: with VAT for people, without for businesses.
[[nodiscard]] std::string price_words(const flows::UsedOnce& row, const ItemWords& item,
                                      const Words& words) {
  if (item.pricing == Pricing::kIncluded) return words.say("bill.lines.included");
  if (item.pricing == Pricing::kOnBill) return words.say("bill.usage.on_bill");
  constexpr base::Int128 kHundred = base::Int128(100) * Decimal::kOne;
  const base::Int128 with = kHundred + item.vat_rate.value.scaled();
  base::Int128 amount = row.amount.scaled();
  if (item.with_vat && !row.includes_vat) {
    amount = base::divide_rounded(amount * with, kHundred, RoundingMode::kHalfUp);
  } else if (!item.with_vat && row.includes_vat) {
    amount = base::divide_rounded(amount * kHundred, with, RoundingMode::kHalfUp);
  }
  return words.money(in_money(Decimal::from_scaled(amount), item.currency));
}

[[nodiscard]] Value row_values(const flows::UsedOnce& row, const ItemWords& item,
                               const base::TimeZone& zone, const Words& words) {
  const std::string time = words.time(row.at, zone);
  std::string name = row.title.empty() ? item.name : item.name + " · " + row.title;
  if (row.taken_back) name = words.say("bill.usage.taken_back", {{"what", name}});
  return Value::record()
      .set("when", words.say("bill.usage.time", {{"day", zone.local_date(row.at)}, {"time", time}}))
      .set("name", std::move(name))
      .set("number", row.number)
      .set("used", used_words(row.quantity, item.unit, words))
      .set("price", price_words(row, item, words));
}

// Which rows, counted through all tables, are on the page.
struct Slice {
  std::size_t from = 0, to = 0, of = 0;
  std::size_t page = 1, pages = 1;
};

[[nodiscard]] Slice slice_of(const flows::ItemisedUsage& usage, const Fields& query) {
  Slice slice;
  for (const flows::UsedInMonth& table : usage.tables) slice.of += table.rows.size();
  slice.pages = std::max<std::size_t>(1, (slice.of + kPageRows - 1) / kPageRows);
  const std::string text = query.text(kPage);
  std::from_chars(text.data(), text.data() + text.size(), slice.page);
  slice.page = std::clamp<std::size_t>(slice.page, 1, slice.pages);
  slice.from = (slice.page - 1) * kPageRows;
  slice.to = std::min(slice.of, slice.from + kPageRows);
  return slice;
}

// "+46709000017 iPad", as the bill names the service.
[[nodiscard]] std::string service_words(const flows::ShownBill& shown, domain::ServiceId service) {
  for (const domain::Invoice& invoice : shown.invoices) {
    for (const InvoiceLine& line : invoice.lines) {
      if (line.service != service || line.service_number.empty()) continue;
      return line.service_label.empty() ? line.service_number
                                        : line.service_number + " " + line.service_label;
    }
  }
  return {};
}

[[nodiscard]] Value table_values(const flows::ShownBill& shown, const flows::ItemisedUsage& usage,
                                 const Slice& slice, const base::TimeZone& zone,
                                 const Words& words) {
  Value tables = Value::list();
  std::size_t before = 0;
  for (const flows::UsedInMonth& table : usage.tables) {
    const std::size_t begins = before;
    before += table.rows.size();
    const std::size_t from = std::max(slice.from, begins), to = std::min(slice.to, before);
    if (from >= to) continue;
    const ItemsByCode items = items_of(shown, table, usage.catalogue, words);
    Value rows = Value::list();
    for (std::size_t at = from; at < to; ++at) {
      const flows::UsedOnce& row = table.rows[at - begins];
      rows.push(row_values(row, items.find(row.item)->second, zone, words));
    }
    const std::string service = service_words(shown, table.service);
    const std::string_view caption =
        table.corrects ? "bill.usage.caption_correction" : "bill.usage.caption";
    tables.push(
        Value::record()
            .set("id", "usage-" + std::to_string(begins))
            .set("caption", words.say(caption, {{"service", service}, {"month", table.month}}))
            .set("rows", std::move(rows)));
  }
  return tables;
}

void add_pages(Value& values, const Slice& slice, const std::string& path, const std::string& query,
               const Words& words) {
  if (slice.pages == 1) return;
  const auto link = [&](std::size_t page) {
    return path + (query.empty() ? "?" : query + "&") + std::string(kPage) + "=" +
           std::to_string(page);
  };
  values.set("count", words.say("bill.usage.count",
                                {{"from", slice.from + 1}, {"to", slice.to}, {"of", slice.of}}));
  if (slice.page > 1) values.set("previous", link(slice.page - 1));
  if (slice.page < slice.pages) values.set("next", link(slice.page + 1));
}

Result<Response> usage_page(const Call& call) {
  const Deps& deps = call.web.bill;
  const std::string& token = call.value("token");
  const auto shown = TRY(flows::show_bill_by_link(deps.store, deps.clock, token));
  const auto usage = TRY(flows::show_usage(deps.store, shown));
  const domain::Invoice& invoice = shown.invoices.front();
  const auto asked = asked_language(call.request);
  const auto own = locale::parse_language(invoice.buyer.language);
  const auto language = asked.value_or(own.value_or(locale::Language::kEnglish));
  const std::string query = asked ? "?l=" + std::string(locale::code(language)) : std::string();
  const Words words(deps.catalogue, language);
  const base::TimeZone zone = TRY(flows::time_zone(invoice.seller.time_zone));
  const Slice slice = slice_of(usage, call.query);
  const bool with_vat = invoice.buyer.segment == domain::Segment::kConsumer;
  Value values =
      beside_frame(deps, invoice.seller, words, "bill.usage.title", "/b/" + token + query);
  values.set("vat_words", words.say(with_vat ? "bill.lines.with_vat" : "bill.lines.without_vat"))
      .set("tables", table_values(shown, usage, slice, zone, words));
  add_pages(values, slice, "/b/" + token + "/usage", query, words);
  std::string body = TRY(deps.templates.render("bill/usage", locale::code(language), values));
  Response response = page_response(deps, 200, std::move(body), language);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response show_usage(const Call& call) {
  auto response = usage_page(call);
  if (!response) return failure_page(call.web.bill, call.request, response.error());
  return *std::move(response);
}

}  // namespace web::bill
