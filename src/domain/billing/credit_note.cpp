#include "domain/billing/credit_note.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Int128;
using base::Money;
using base::Result;
using base::RoundingMode;

// amount x numerator / denominator; the denominator may be negative, not zero.
Money share(Money amount, std::int64_t numerator, std::int64_t denominator) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const Int128 minor = base::divide_rounded(static_cast<Int128>(amount.minor()) * numerator,
                                            denominator, RoundingMode::kHalfUp);
  return Money(static_cast<std::int64_t>(minor), amount.currency());
}

// The value nearest to `amount` between nothing and `limit`, whichever sign that has.
Money within(Money amount, Money limit) {
  const Money nothing(0, amount.currency());
  return std::clamp(amount, std::min(nothing, limit), std::max(nothing, limit));
}

// Parts in proportion to weights of either sign whose sum is above zero, by largest remainder;
// equal remainders go to the first. No part is beyond its weight while the amount is not.
std::vector<Money> split_signed(Money amount, const std::vector<std::int64_t>& weights) {
  const Int128 sum = std::accumulate(weights.begin(), weights.end(), Int128{0});
  CHECK(sum > 0);
  std::vector<Money> parts;
  std::vector<Int128> remainders;
  std::int64_t left = amount.minor();
  for (const std::int64_t weight : weights) {
    const Int128 product = static_cast<Int128>(amount.minor()) * weight;
    Int128 floor = product / sum;
    if (floor * sum > product) --floor;
    remainders.push_back(product - floor * sum);
    parts.emplace_back(static_cast<std::int64_t>(floor), amount.currency());
    left -= static_cast<std::int64_t>(floor);
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(),
                           [&](std::size_t at) { return remainders[at]; });
  for (std::size_t at = 0; left > 0; ++at, --left) {
    parts[order[at]] += Money(1, amount.currency());
  }
  return parts;
}

// What tells one line of an invoice from another; lines that are alike in all of it are alike.
using LineKey = std::tuple<LineKind, std::string, std::string, base::Percent, ServiceId,
                           std::string, base::Period, std::string>;
LineKey key_of(const InvoiceLine& line) {
  return {line.kind,    line.item,           line.vat_class, line.vat_rate,
          line.service, line.service_number, line.period,    line.record};
}

// An item of one rate: the finest thing of which an amount is credited.
using ItemKey = std::tuple<std::string, base::Percent, std::string>;
ItemKey item_of(const InvoiceLine& line) { return {line.vat_class, line.vat_rate, line.item}; }

// What is left of an invoice after its credit notes, by line, by item and by rate.
class Left {
 public:
  Left(const Invoice& invoice, std::span<const Invoice> earlier)
      : rates_(invoice.vat), total_(invoice.total), rounding_(invoice.rounding) {
    for (const InvoiceLine& line : invoice.lines) {
      for (Money* sum : {&entry(lines_, key_of(line)), &entry(items_, item_of(line)),
                         &entry(items_by_line_, item_of(line))}) {
        *sum += line.net;
      }
    }
    for (const Invoice& note : earlier) subtract(note);
  }

  [[nodiscard]] const std::vector<VatSum>& rates() const { return rates_; }
  [[nodiscard]] Money total() const { return total_; }
  [[nodiscard]] Money rounding() const { return rounding_; }
  [[nodiscard]] Money exact() const { return total_ - rounding_; }
  [[nodiscard]] Money nothing() const { return Money(0, total_.currency()); }
  [[nodiscard]] Money of_item(const ItemKey& item) const { return items_.at(item); }
  // Whether a part of the item was credited as an amount, so that its lines no longer stand.
  [[nodiscard]] bool is_cut(const ItemKey& item) const {
    return items_.at(item) != items_by_line_.at(item);
  }
  // Takes what is left of a line; nothing where nothing is.
  Money take(const InvoiceLine& line) {
    const ItemKey item = item_of(line);
    Money taken = within(line.net, lines_.at(key_of(line)));
    if (is_cut(item)) taken = within(taken, items_.at(item));
    for (Money* sum : {&lines_.at(key_of(line)), &items_.at(item), &items_by_line_.at(item)}) {
      *sum -= taken;
    }
    return taken;
  }

 private:
  template <class Key>
  Money& entry(std::map<Key, Money>& sums, const Key& key) {
    return sums.try_emplace(key, nothing()).first->second;
  }

  // A line that the invoice does not have stands for an amount that was taken from its item.
  void subtract(const Invoice& note) {
    for (const InvoiceLine& line : note.lines) {
      entry(items_, item_of(line)) -= line.net;
      entry(items_by_line_, item_of(line));
      const auto same = lines_.find(key_of(line));
      if (same == lines_.end()) continue;
      same->second -= line.net;
      items_by_line_.at(item_of(line)) -= line.net;
    }
    for (const VatSum& sum : note.vat) {
      for (VatSum& rate : rates_) {
        if (rate.vat_class != sum.vat_class || rate.rate != sum.rate) continue;
        rate.net -= sum.net;
        rate.vat -= sum.vat;
      }
    }
    total_ -= note.total;
    rounding_ -= note.rounding;
  }

  std::map<LineKey, Money> lines_;
  std::map<ItemKey, Money> items_;
  std::map<ItemKey, Money> items_by_line_;
  std::vector<VatSum> rates_;
  Money total_;
  Money rounding_;
};

base::UnitPrice price_of(Money net) {
  const std::int64_t scale = base::Decimal::kOne / net.currency().minor_per_unit();
  return {base::Decimal::from_scaled(static_cast<Int128>(net.minor()) * scale)};
}

// One line for a part of an item, over all its services and days.
InvoiceLine line_of_item(const Invoice& invoice, const ItemKey& item, Money net) {
  std::optional<InvoiceLine> line;
  bool one_service = true;
  for (const InvoiceLine& each : invoice.lines) {
    if (item_of(each) != item) continue;
    if (!line) {
      line = each;
      continue;
    }
    one_service =
        one_service && each.service == line->service && each.service_number == line->service_number;
    const auto days = base::Period::make(std::min(line->period.from(), each.period.from()),
                                         std::max(line->period.to(), each.period.to()));
    CHECK(days.has_value());
    line->period = *days;
  }
  CHECK(line.has_value());
  line->kind = LineKind::kCorrection;
  line->share = {};
  line->quantity = base::Decimal::from_integer(1);
  line->unit = {};
  line->gross = {};
  line->record = {};
  line->net = net;
  line->unit_price = price_of(net);
  if (!one_service) {
    line->service = {};
    line->service_number = {};
    line->service_label = {};
  }
  return *std::move(line);
}

// A line as it stood, or the part of it that is left.
InvoiceLine part_of(const InvoiceLine& line, Money net) {
  if (net == line.net) return line;
  InvoiceLine part = line;
  part.net = net;
  part.quantity = base::Decimal::from_integer(1);
  part.unit = {};
  part.gross = {};
  part.unit_price = price_of(net);
  return part;
}

std::unexpected<base::Error> exceeds(std::string text, std::string place) {
  return base::fail("credit_exceeds_invoice", std::move(text), std::move(place));
}

class Planner {
 public:
  Planner(const Invoice& invoice, std::span<const Invoice> earlier)
      : invoice_(invoice), is_first_(earlier.empty()), before_(invoice, earlier), left_(before_) {}

  Result<CreditNoteParts> operator()(const CreditWhole&) {
    for (const InvoiceLine& line : invoice_.lines) {
      if (before_.is_cut(item_of(line))) continue;
      take(line, is_first_);
    }
    std::map<ItemKey, bool> seen;
    for (const InvoiceLine& line : invoice_.lines) {
      const ItemKey item = item_of(line);
      if (!seen.emplace(item, true).second || left_.of_item(item).is_zero()) continue;
      lines_.push_back(line_of_item(invoice_, item, left_.of_item(item)));
    }
    return finish(std::nullopt);
  }

  Result<CreditNoteParts> operator()(const CreditLines& cut) {
    if (cut.lines.empty()) {
      return base::fail("unknown_line", "name the lines to credit, counted from 1");
    }
    std::vector<std::int64_t> numbers = cut.lines;
    std::ranges::sort(numbers);
    for (std::size_t at = 0; at < numbers.size(); ++at) {
      const std::int64_t number = numbers[at];
      const std::string place = "line " + std::to_string(number);
      if (number < 1 || number > std::ssize(invoice_.lines)) {
        return base::fail("unknown_line",
                          "the invoice has lines 1 to " + std::to_string(invoice_.lines.size()),
                          place);
      }
      if (at > 0 && numbers[at - 1] == number) {
        return exceeds("a line can be credited once only", place);
      }
      const InvoiceLine& line = invoice_.lines[static_cast<std::size_t>(number - 1)];
      if (!take(line, true)) return exceeds("of this line nothing is left to credit", place);
    }
    return finish(std::nullopt);
  }

  Result<CreditNoteParts> operator()(const CreditService& cut) {
    bool known = false;
    for (const InvoiceLine& line : invoice_.lines) {
      if (line.service_number != cut.service_number || cut.service_number.empty()) continue;
      known = true;
      take(line, is_first_);
    }
    if (!known) {
      return base::fail("service_not_on_bill", "the invoice has no line of this service",
                        cut.service_number);
    }
    if (lines_.empty()) {
      return exceeds("of this service nothing is left to credit", cut.service_number);
    }
    return finish(std::nullopt);
  }

  Result<CreditNoteParts> operator()(const CreditAmount& cut) {
    if (cut.amount.currency() != invoice_.total.currency()) {
      return base::fail("credit_not_positive", "the amount is of another currency");
    }
    if (cut.amount <= left_.nothing()) {
      return base::fail("credit_not_positive", "the amount to credit must be above zero");
    }
    if (cut.amount > left_.total()) {
      return exceeds("of the invoice " + left_.total().to_decimal_string() + " is left to credit",
                     "amount");
    }
    if (cut.amount == left_.total()) return (*this)(CreditWhole());
    // What goes beyond the lines is of the rounding; it never stays behind alone.
    Money exact = cut.amount;
    if (exact >= left_.exact()) exact -= left_.rounding();
    if (exact <= left_.nothing()) {
      return exceeds("what is left is the rounding: credit the whole", "amount");
    }
    add_amount(exact);
    return finish(cut.amount);
  }

 private:
  // False where nothing was left of it. A line of nothing is taken where `with_empty`.
  bool take(const InvoiceLine& line, bool with_empty) {
    const Money taken = left_.take(line);
    if (taken.is_zero() && !(with_empty && line.net.is_zero())) return false;
    lines_.push_back(part_of(line, taken));
    return true;
  }

  // What was invoiced of a rate.
  [[nodiscard]] const VatSum& invoiced(const VatSum& rate) const {
    const auto found = std::ranges::find_if(invoice_.vat, [&](const VatSum& sum) {
      return sum.vat_class == rate.vat_class && sum.rate == rate.rate;
    });
    CHECK(found != invoice_.vat.end());
    return *found;
  }

  void add_amount(Money exact) {
    std::vector<std::int64_t> weights;
    for (const VatSum& rate : left_.rates()) weights.push_back((rate.net + rate.vat).minor());
    const std::vector<Money> parts = split_signed(exact, weights);
    for (std::size_t at = 0; at < parts.size(); ++at) {
      if (!parts[at].is_zero()) add_rate(left_.rates()[at], parts[at]);
    }
  }

  // So much of one rate, VAT included.
  void add_rate(const VatSum& left, Money gross) {
    const VatSum& all = invoiced(left);
    const Money all_gross = all.net + all.vat;
    const Money by_then = all_gross - left.net - left.vat + gross;
    const Money vat =
        within(share(all.vat, by_then.minor(), all_gross.minor()) - (all.vat - left.vat), left.vat);
    Money net = within(gross - vat, left.net);
    // A few minor units are never all VAT: a rate without net has no line to stand on.
    if (net.is_zero()) net = within(gross, left.net);
    if (net.is_zero()) return;
    rates_.push_back({left.vat_class, left.rate, net, gross - net});
    std::vector<ItemKey> items;
    std::vector<std::int64_t> weights;
    for (const InvoiceLine& line : invoice_.lines) {
      const ItemKey item = item_of(line);
      if (line.vat_class != left.vat_class || line.vat_rate != left.rate) continue;
      if (std::ranges::find(items, item) != items.end()) continue;
      items.push_back(item);
      weights.push_back(left_.of_item(item).minor());
    }
    // Of a rate that takes back, the weights are below zero and so is the part.
    const bool turned = left.net.is_negative();
    if (turned) std::ranges::transform(weights, weights.begin(), std::negate());
    const std::vector<Money> parts = split_signed(turned ? -net : net, weights);
    for (std::size_t at = 0; at < items.size(); ++at) {
      if (parts[at].is_zero()) continue;
      lines_.push_back(line_of_item(invoice_, items[at], turned ? -parts[at] : parts[at]));
    }
  }

  // `amount`: the total that was asked for.
  Result<CreditNoteParts> finish(std::optional<Money> amount) {
    CreditNoteParts parts{std::move(lines_), {}};
    const Money nothing = before_.nothing();
    parts.sums = sum_lines(parts.lines, nothing.currency(), 1);
    parts.sums.vat_total = nothing;
    bool complete = true;
    for (const VatSum& left : before_.rates()) {
      const auto sum = std::ranges::find_if(parts.sums.vat, [&](const VatSum& each) {
        return each.vat_class == left.vat_class && each.rate == left.rate;
      });
      if (sum == parts.sums.vat.end()) {
        complete = complete && left.net.is_zero();
        continue;
      }
      if (within(sum->net, left.net) != sum->net) {
        return exceeds("of this rate " + left.net.to_decimal_string() + " net is left to credit",
                       left.rate.value.to_string() + " %");
      }
      complete = complete && sum->net == left.net;
      sum->vat = vat_of(*sum, left);
      parts.sums.vat_total += sum->vat;
    }
    TRY(set_total(parts.sums, complete, amount));
    return parts;
  }

  [[nodiscard]] Money vat_of(const VatSum& sum, const VatSum& left) const {
    for (const VatSum& rate : rates_) {
      if (rate.vat_class == sum.vat_class && rate.rate == sum.rate) return rate.vat;
    }
    if (sum.net == left.net) return left.vat;
    const VatSum& all = invoiced(left);
    const Money by_then = all.net - left.net + sum.net;
    return within(base::percent_of(by_then, all.rate, RoundingMode::kHalfUp) - (all.vat - left.vat),
                  left.vat);
  }

  Result<> set_total(InvoiceSums& sums, bool complete, std::optional<Money> amount) const {
    const Money nothing = before_.nothing();
    const Money exact = sums.net + sums.vat_total;
    sums.rounding = nothing;
    if (amount) {
      sums.rounding = *amount - exact;
    } else if (complete) {
      sums.rounding = before_.rounding();
    } else if (exact > before_.total()) {
      sums.rounding = before_.total() - exact;
    }
    sums.total = exact + sums.rounding;
    if (sums.net.is_zero() && sums.vat_total.is_zero()) {
      return base::fail("nothing_to_credit", "nothing of the invoice is left to credit",
                        invoice_.full_number());
    }
    if (sums.total.is_negative() || (sums.total.is_zero() && !complete)) {
      return base::fail("credit_not_positive",
                        "the chosen lines come to " + sums.total.to_decimal_string() +
                            "; a credit note must come to more than nothing",
                        invoice_.full_number());
    }
    return {};
  }

  const Invoice& invoice_;
  bool is_first_;
  const Left before_;
  Left left_;
  std::vector<InvoiceLine> lines_;
  std::vector<VatSum> rates_;  // Where the amount settled the VAT.
};

}  // namespace

Result<CreditNoteParts> plan_credit_note(const Invoice& invoice, std::span<const Invoice> earlier,
                                         const CreditCut& cut) {
  if (invoice.kind != DocumentKind::kInvoice) {
    return base::fail("not_an_invoice", "only an invoice can be credited", invoice.full_number());
  }
  return std::visit(Planner(invoice, earlier), cut);
}

CreditNoteParts credit_note_of(std::vector<InvoiceLine> lines, const InvoiceSums& sums) {
  CreditNoteParts parts{std::move(lines), sums};
  for (InvoiceLine& line : parts.lines) turn_sign(line);
  for (VatSum& sum : parts.sums.vat) {
    sum.net = -sum.net;
    sum.vat = -sum.vat;
  }
  for (Money* sum :
       {&parts.sums.net, &parts.sums.vat_total, &parts.sums.rounding, &parts.sums.total}) {
    *sum = -*sum;
  }
  return parts;
}

Invoice make_credit_note(const Invoice& invoice, CreditNoteParts parts, PaperHead head) {
  Invoice note = invoice;
  note.id = head.id;
  note.series = std::move(head.series);
  note.number = head.number;
  note.issued = note.due = head.issued;
  note.lines = std::move(parts.lines);
  note.vat = std::move(parts.sums.vat);
  note.net = parts.sums.net;
  note.vat_total = parts.sums.vat_total;
  note.rounding = parts.sums.rounding;
  note.total = parts.sums.total;
  note.plan.clear();
  note.kind = DocumentKind::kCreditNote;
  note.credits = Credited{invoice.full_number(), invoice.issued, invoice.id};
  return note;
}

}  // namespace domain
