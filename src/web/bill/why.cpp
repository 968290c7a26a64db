// Why the bill is not what the last one was (MOON1): the last sum, the causes, this sum. And the
// columns of the latest bills.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/billing/explain_bill.h"
#include "flows/compose/line_amounts.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

using base::Money;
using domain::Cause;
using domain::CauseKind;
using flows::compose::line_amounts;

[[nodiscard]] Money size_of(Money amount) { return amount.is_negative() ? -amount : amount; }

// How much of `whole` a part is, for drawings.
[[nodiscard]] std::int64_t thousandths(Money part, Money whole) {
  if (whole.is_zero()) return 0;
  return static_cast<std::int64_t>(
      std::clamp<base::Int128>(base::Int128{part.minor()} * 1000 / whole.minor(), 0, 1000));
}

[[nodiscard]] std::string tenths(std::int64_t number) {
  return std::to_string(number / 10) + "." + std::to_string(number % 10);
}

[[nodiscard]] std::string usage_sentence(const Cause& cause, const Words& words) {
  const std::string now = used_words(cause.used, cause.unit, words);
  const std::string before = used_words(cause.used_before, cause.unit, words);
  if (now.empty() || before.empty() || cause.used == cause.used_before) {
    return words.html("bill.why.usage.other", {{"name", cause.name}});
  }
  if (cause.used.is_zero()) {
    return words.html("bill.why.usage.gone", {{"name", cause.name}, {"before", before}});
  }
  if (cause.used_before.is_zero()) {
    return words.html("bill.why.usage.new", {{"name", cause.name}, {"now", now}});
  }
  return words.html(cause.used_before < cause.used ? "bill.why.usage.more" : "bill.why.usage.less",
                    {{"name", cause.name}, {"now", now}, {"before", before}});
}

[[nodiscard]] std::string sentence(const Cause& cause, const Words& words) {
  switch (cause.kind) {
    case CauseKind::kUsage: return usage_sentence(cause, words);
    case CauseKind::kPlanChanged:
      return words.html("bill.why.plan_changed",
                        {{"name", cause.name}, {"before", cause.before_name}});
    case CauseKind::kDays:
      return words.html(
          "bill.why.days",
          {{"name", cause.name}, {"days", cause.days.days}, {"before", cause.days_before.days}});
    case CauseKind::kServiceNew:
    case CauseKind::kServiceGone:
    case CauseKind::kPrice:
    case CauseKind::kDiscountBegan:
    case CauseKind::kDiscountEnded:
    case CauseKind::kDiscountChanged:
    case CauseKind::kOneOff:
    case CauseKind::kOneOffBefore:
    case CauseKind::kCatchUp:
    case CauseKind::kCatchUpBefore:
    case CauseKind::kCorrection:
    case CauseKind::kCorrectionBefore: break;
  }
  return words.html("bill.why." + std::string(domain::to_text(cause.kind)), {{"name", cause.name}});
}

void push(Value& rows, std::string html, Money change, const Words& words) {
  rows.push(Value::record()
                .set("text", SafeHtml::trusted(std::move(html)))
                .set("amount", words.signed_money(change)));
}

[[nodiscard]] Value rows_of(const domain::Explanation& why, const Words& words) {
  Money largest(0, why.after.currency());
  for (const Cause& cause : why.causes) largest = std::max(largest, size_of(cause.change));
  Value rows = Value::list();
  for (const Cause& cause : why.causes) {
    rows.push(Value::record()
                  .set("text", SafeHtml::trusted(sentence(cause, words)))
                  .set("owner", cause.owner)
                  .set("amount", words.signed_money(cause.change))
                  .set("share", tenths(thousandths(size_of(cause.change), largest)))
                  .set("is_less", cause.change.is_negative()));
  }
  if (why.smaller_count > 0) {
    push(rows, words.html("bill.why.smaller", {{"count", why.smaller_count}}), why.smaller, words);
  }
  if (!why.vat.is_zero()) push(rows, words.html("bill.why.vat"), why.vat, words);
  if (!why.rounding.is_zero()) push(rows, words.html("bill.lines.rounding"), why.rounding, words);
  return rows;
}

[[nodiscard]] std::string title(Money change, const Words& words) {
  if (change.is_zero()) return words.say("bill.why.title.same");
  return words.say(change.is_negative() ? "bill.why.title.less" : "bill.why.title.more",
                   {{"change", size_of(change)}});
}

// A column of the drawing; 84 units are the largest sum.
[[nodiscard]] Value column(base::Month month, Money sum, Money largest, std::int64_t at,
                           const Words& words) {
  constexpr std::int64_t kFoot = 96;
  const Money nothing(0, sum.currency());
  const std::int64_t height = thousandths(std::max(sum, nothing), largest) * 78 / 1000;
  return Value::record()
      .set("x", 6 + at * 60)
      .set("middle", 30 + at * 60)
      .set("y", kFoot - height)
      .set("height", height)
      .set("above", kFoot - height - 5)
      .set("month", words.short_month(month))
      .set("sum", words.whole_units(sum));
}

}  // namespace

Value why_values(const flows::ShownBill& shown, const Words& words) {
  if (!shown.last_paper) return {};
  const domain::Invoice& invoice = shown.invoices.front();
  const bool with_vat = invoice.buyer.segment == domain::Segment::kConsumer;
  const auto before = line_amounts(*shown.last_paper, with_vat);
  const auto after = line_amounts(invoice, with_vat);
  const auto why = domain::explain_bill({*shown.last_paper, before}, {invoice, after});
  if (why.causes.empty()) return {};
  const Money change = why.after - why.before;
  Value values = Value::record();
  values.set("title", title(change, words))
      .set("last", words.say("bill.why.last", {{"issued", shown.last_paper->issued}}))
      .set("before", words.money(why.before))
      .set("rows", rows_of(why, words))
      .set("after", words.money(why.after));
  if (!change.is_zero()) {
    values.set("note", SafeHtml::trusted(words.html(
                           change.is_negative() ? "bill.why.hero.less" : "bill.why.hero.more",
                           {{"change", size_of(change)}})));
  }
  return values;
}

Value months_values(const flows::ShownBill& shown, const Words& words) {
  if (shown.before.empty()) return {};
  Money largest = shown.bill.total;
  Money sum(0, largest.currency());
  for (const auto& each : shown.before) {
    largest = std::max(largest, each.total);
    sum += each.total;
  }
  if (largest.minor() <= 0) return {};
  Value columns = Value::list();
  std::vector<std::string> read;
  std::int64_t at = 0;
  const auto add = [&](base::Date issued, Money total, bool is_this) {
    const base::Month month = base::Month::of(issued);
    columns.push(column(month, total, largest, at++, words).set("is_this", is_this));
    read.push_back(words.month(month) + " " + words.money(total));
  };
  for (auto each = shown.before.rbegin(); each != shown.before.rend(); ++each) {
    add(each->issued, each->total, false);
  }
  add(shown.bill.issued, shown.bill.total, true);
  const std::int64_t count = std::ssize(shown.before);
  Money average(sum.minor() / count, sum.currency());
  average += base::rounding_to_step(average, sum.currency().minor_per_unit());
  return Value::record()
      .set("columns", std::move(columns))
      .set("width", at * 60)
      .set("read", words.list(read))
      .set("average", words.say("bill.months.average", {{"count", count}, {"sum", average}}));
}

}  // namespace web::bill
