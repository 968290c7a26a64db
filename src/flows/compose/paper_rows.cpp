#include "flows/compose/paper_rows.h"

#include <algorithm>
#include <map>
#include <optional>

#include "flows/compose/line_amounts.h"
#include "flows/compose/line_words.h"

namespace flows::compose {
namespace {

using base::Decimal;
using base::Money;
using base::RoundingMode;
using domain::Invoice;
using domain::InvoiceLine;
using domain::LineKind;
using domain::LineNature;
using formats::document::pdf::PaperRow;

// "Björkvägen 14 · 70010"; empty for a line that belongs to no service.
[[nodiscard]] std::string service_name(const InvoiceLine& line) {
  std::string name = line.service_label;
  if (!name.empty() && !line.service_number.empty()) name += " · ";
  return name + line.service_number;
}

// The price of one, with VAT for people, to at most four places.
[[nodiscard]] Decimal shown_price(const InvoiceLine& line, bool with_vat) {
  constexpr std::int64_t kStep = Decimal::kOne / 10'000;
  Decimal price = line.unit_price.amount;
  if (with_vat) {
    const auto factor = Decimal::from_scaled(Decimal::kOne + line.vat_rate.value.scaled() / 100);
    price = base::multiply(price, factor, RoundingMode::kHalfUp);
  }
  return Decimal::from_scaled(base::divide_rounded(price.scaled(), kStep, RoundingMode::kHalfUp) *
                              kStep);
}

// Whole minor units as an amount, "499,00"; of usage, what is finer with its places, "0,0125".
[[nodiscard]] std::string price_words(const InvoiceLine& line, bool with_vat, const Words& words) {
  const Decimal price = shown_price(line, with_vat);
  const base::Currency currency = line.net.currency();
  const Money rounded =
      base::line_amount(Decimal::from_integer(1), {price}, currency, RoundingMode::kHalfUp);
  const bool is_whole =
      rounded.minor() * (Decimal::kOne / currency.minor_per_unit()) == price.scaled();
  return is_whole || line.kind != LineKind::kUsage ? words.bare_money(rounded)
                                                   : words.decimal(price);
}

// Quantity times price is the amount, but for what VAT within prices rounds; or the price is of a
// whole month of which some days are billed. Elsewhere (what is credited in part) a quantity and
// a price would contradict the amount beside them.
[[nodiscard]] bool explains_amount(const InvoiceLine& line) {
  if (line.share.days < line.share.of_days) return line.kind != LineKind::kDiscount;
  const Money exact =
      base::line_amount(line.quantity, line.unit_price, line.net.currency(), RoundingMode::kHalfUp);
  const std::int64_t apart = exact.minor() - line.net.minor();
  return -1 <= apart && apart <= 1 && !line.net.is_zero();
}

[[nodiscard]] std::string quantity_words(const InvoiceLine& line, const Words& words) {
  if (line.kind != LineKind::kUsage) return words.decimal(line.quantity);
  const std::string used = used_words(line.quantity, line.unit, words);
  return used.empty() ? words.decimal(line.quantity) : used;
}

[[nodiscard]] PaperRow line_row(const InvoiceLine& line, Money amount, bool with_vat,
                                const Words& words) {
  PaperRow row;
  row.name = line.name;
  row.detail = kind_words(line.kind, words);
  row.period = period_words(line, words);
  const bool is_free = is_included(line);
  if (!is_free) row.vat_rate = words.percent(line.vat_rate);
  if (line.kind == LineKind::kUsage || explains_amount(line)) {
    row.quantity = quantity_words(line, words);
  }
  if (!is_free && explains_amount(line)) {
    row.unit_price = price_words(line, with_vat, words);
  }
  row.amount = is_free ? words.say("bill.lines.included") : words.bare_money(amount);
  row.carried = amount;
  return row;
}

// The lines of a nature by service, in the order in which services first come; first those of
// none, so that they do not seem to belong to the service above them.
class ServiceOrder {
 public:
  explicit ServiceOrder(const Invoice& paper) : paper_(paper) {}

  [[nodiscard]] std::vector<std::size_t> lines_of(LineNature nature) {
    std::map<std::string, std::size_t> order = {{"", 0}};
    struct Entry {
      std::size_t service;
      bool is_included;
      std::size_t line;
      auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    for (std::size_t at = 0; at < paper_.lines.size(); ++at) {
      const InvoiceLine& line = paper_.lines[at];
      if (line.nature != nature) continue;
      const auto [service, is_new] = order.emplace(service_name(line), order.size());
      entries.push_back({service->second, is_included(line), at});
    }
    std::ranges::sort(entries);
    std::vector<std::size_t> lines;
    lines.reserve(entries.size());
    for (const Entry& entry : entries) lines.push_back(entry.line);
    return lines;
  }

 private:
  const Invoice& paper_;
};

}  // namespace

std::vector<PaperRow> paper_rows(const Invoice& paper, bool with_vat, const Words& words) {
  const auto amounts = line_amounts(paper, with_vat);
  const Money nothing(0, paper.total.currency());
  std::vector<PaperRow> rows;
  rows.reserve(paper.lines.size() + paper.lines.size() / 2 + 2);
  ServiceOrder order(paper);
  for (const auto nature : {LineNature::kFixed, LineNature::kExtra}) {
    const auto lines = order.lines_of(nature);
    if (lines.empty()) continue;
    Money sum = nothing;
    for (const std::size_t line : lines) sum += amounts[line];
    PaperRow group;
    group.kind = PaperRow::Kind::kGroup;
    group.name = words.say(nature == LineNature::kFixed ? "bill.lines.fixed" : "bill.lines.extras");
    group.amount = words.money(sum);
    group.carried = nothing;
    rows.push_back(std::move(group));
    std::string service;
    for (const std::size_t line : lines) {
      const std::string name = service_name(paper.lines[line]);
      if (name != service) {
        PaperRow heading;
        heading.kind = PaperRow::Kind::kService;
        heading.name = name;
        heading.carried = nothing;
        rows.push_back(std::move(heading));
        service = name;
      }
      rows.push_back(line_row(paper.lines[line], amounts[line], with_vat, words));
    }
  }
  return rows;
}

}  // namespace flows::compose
