#include "flows/compose/line_words.h"

namespace flows::compose {

using domain::InvoiceLine;
using domain::LineKind;

namespace {

// A unit of usage (domain/catalogue/usage_definition.h) and the message for a quantity of it.
struct UnitWords {
  std::string_view unit;
  std::string_view message;
};
constexpr UnitWords kUnitWords[] = {{"second", "line.used.second"},
                                    {"minute", "line.used.minute"},
                                    {"MB", "line.used.megabyte"},
                                    {"GB", "line.used.gigabyte"},
                                    {"piece", "line.used.piece"}};

}  // namespace

std::string period_words(const InvoiceLine& line, const Words& words) {
  const base::Period period = line.period;
  if (period.is_empty()) return {};
  if (period.days() == 1) return words.date(period.from(), locale::DateStyle::kDay);
  const base::Month month = base::Month::of(period.from());
  if (period == month.period()) return words.month(month);
  std::string text =
      words.say("bill.lines.period", {{"from", period.from()}, {"to", period.last_day()}});
  if (line.share.of_days > line.share.days) {
    text += ", " +
            words.say("bill.lines.days", {{"days", line.share.days}, {"of", line.share.of_days}});
  }
  return text;
}

std::string kind_words(LineKind kind, const Words& words) {
  switch (kind) {
    case LineKind::kRecurring:
    case LineKind::kUsage:
    case LineKind::kOneOff: return {};
    case LineKind::kCatchUp: return words.say("bill.lines.catch_up");
    case LineKind::kCorrection: return words.say("bill.lines.correction");
    case LineKind::kDiscount: return words.say("bill.lines.discount");
  }
  return {};
}

std::string used_words(base::Decimal quantity, std::string_view unit, const Words& words) {
  constexpr std::int64_t kHundredth = base::Decimal::kOne / 100;
  const base::Int128 hundredths =
      base::divide_rounded(quantity.scaled(), kHundredth, base::RoundingMode::kHalfUp);
  const auto rounded = base::Decimal::from_scaled(hundredths * kHundredth);
  for (const UnitWords& known : kUnitWords) {
    if (known.unit == unit) return words.say(known.message, {{"quantity", rounded}});
  }
  return {};
}

bool is_included(const InvoiceLine& line) {
  return line.kind == LineKind::kUsage && line.net.is_zero() && !line.quantity.is_negative();
}

}  // namespace flows::compose
