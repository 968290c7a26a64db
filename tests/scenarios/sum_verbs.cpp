// What discounts leave of lines, what VAT comes to on them or within them, and what is billed
// within a period when use reaches a threshold.
#include "domain/pricing/discounts.h"
#include "domain/pricing/inclusive_prices.h"
#include "domain/pricing/progressive_billing.h"
#include "domain/pricing/vat_rounding.h"
#include "tests/scenarios/pricing_verbs.h"
#include "tests/scenarios/pricing_words.h"

namespace scenarios {
namespace {

using base::Money;
using base::Result;

// "25.00@8.25@8.245": an amount and the rates of the taxes on it.
struct TaxedAmount {
  Money amount;
  std::vector<base::Percent> rates;
};

Result<TaxedAmount> read_taxed(const std::string& text) {
  const auto parts = parts_of(text, '@');
  if (parts.size() < 2) return refuse_word(text, "amount with its VAT; write it as 25.00@25");
  TaxedAmount taxed{TRY(read_amount(parts[0])), {}};
  for (std::size_t at = 1; at < parts.size(); ++at) {
    taxed.rates.push_back(TRY(read_percent(parts[at])));
  }
  return taxed;
}

Result<domain::VatRounding> read_rounding(std::string_view text) {
  const auto rounding = domain::parse_vat_rounding(text);
  if (!rounding) return refuse_word(text, "rounding; say per_rate or per_document");
  return *rounding;
}

std::string tell_rate(base::Percent rate, Money net, Money vat) {
  return rate.value.to_string() + " %  of " + net.to_decimal_string() + "  " +
         vat.to_decimal_string();
}

std::vector<std::string> tell_vat(const std::vector<TaxedAmount>& lines,
                                  domain::VatRounding rounding) {
  std::vector<domain::RatedNet> nets;
  Money net, vat;
  for (const TaxedAmount& line : lines) {
    net += line.amount;
    for (const base::Percent rate : line.rates) nets.push_back({rate, line.amount});
  }
  std::vector<std::string> said;
  for (const domain::RatedVat& row : domain::vat_on(nets, rounding)) {
    vat += row.vat;
    said.push_back(tell_rate(row.rate, row.net, row.vat));
  }
  said.push_back(sums_text(net, vat));
  return said;
}

std::vector<std::string> tell_inclusive(const std::vector<TaxedAmount>& lines) {
  std::vector<domain::InclusiveLine> priced;
  for (const TaxedAmount& line : lines) priced.push_back({line.amount, line.rates.front()});
  const domain::InclusiveSums sums = domain::take_out_vat(priced);
  std::vector<std::string> said;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    said.push_back(lines[at].amount.to_decimal_string() + "  net " +
                   sums.line_nets[at].to_decimal_string());
  }
  Money net, vat;
  for (const domain::InclusiveSum& row : sums.rates) {
    net += row.net;
    vat += row.vat;
    said.push_back(tell_rate(row.rate, row.net, row.vat));
  }
  said.push_back(sums_text(net, vat));
  return said;
}

Result<Command> tax(const Given& given) {
  std::vector<TaxedAmount> lines;
  for (std::size_t at = 1; at < given.places.size(); ++at) {
    lines.push_back(TRY(read_taxed(given.places[at])));
  }
  if (given.places[0] == "inclusive") {
    for (const TaxedAmount& line : lines) {
      if (line.rates.size() > 1) return refuse_word("a price with two taxes in it", "price");
    }
    return Calculate{
        [lines]() -> Result<std::vector<std::string>> { return tell_inclusive(lines); }};
  }
  const auto rounding = TRY(read_rounding(given.places[0]));
  return Calculate{[lines, rounding]() -> Result<std::vector<std::string>> {
    return tell_vat(lines, rounding);
  }};
}

// "20.00 on 1 2": an amount or, with %, a percentage, and the lines that it is for, from 1.
Result<domain::Discount> read_discount(const std::string& text, std::size_t lines) {
  const auto words = parts_of(text, ' ');
  if (words.empty() || words.size() == 2 || (words.size() > 2 && words[1] != "on")) {
    return refuse_word(text, "discount; write it as \"20.00 on 1 2\"");
  }
  domain::Discount discount{.code = text, .off = Money()};
  if (words[0].ends_with('%')) {
    discount.off = TRY(read_percent(words[0]));
  } else {
    discount.off = TRY(read_amount(words[0]));
  }
  for (std::size_t at = 2; at < words.size(); ++at) {
    const auto line = static_cast<std::size_t>(TRY(read_number(words[at])));
    if (line < 1 || line > lines) return refuse_word(words[at], "line");
    discount.lines.push_back(line - 1);
  }
  return discount;
}

Result<std::vector<std::string>> tell_discounts(std::vector<TaxedAmount> lines,
                                                const std::vector<domain::Discount>& discounts,
                                                domain::VatRounding rounding) {
  std::vector<Money> nets;
  for (const TaxedAmount& line : lines) nets.push_back(line.amount);
  const auto discounted = TRY(domain::apply_discounts(nets, discounts));
  std::vector<std::string> said;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    Money taken(0, nets[line].currency());
    for (const auto& parts : discounted.parts) taken += parts[line];
    lines[line].amount -= taken;
    said.push_back("line " + std::to_string(line + 1) + "  " + nets[line].to_decimal_string() +
                   " less " + taken.to_decimal_string());
  }
  for (std::size_t at = 0; at < discounts.size(); ++at) {
    said.push_back(discounts[at].code + "  takes " + discounted.taken[at].to_decimal_string());
  }
  for (std::string& row : tell_vat(lines, rounding)) said.push_back(std::move(row));
  return said;
}

Result<Command> discount(const Given& given) {
  const auto stacking = domain::parse_stacking(given.places[0]);
  if (!stacking) return refuse_word(given.places[0], "stacking; say adds or best_only");
  std::vector<TaxedAmount> lines;
  for (const std::string& line : parts_of(given.places[1], ' ')) {
    lines.push_back(TRY(read_taxed(line)));
  }
  std::vector<domain::Discount> discounts;
  for (std::size_t at = 2; at < given.places.size(); ++at) {
    discounts.push_back(TRY(read_discount(given.places[at], lines.size())));
    discounts.back().stacking = *stacking;
  }
  const auto rounding = TRY(read_rounding(given.option("rounding").value_or("per_rate")));
  return Calculate{[=] { return tell_discounts(lines, discounts, rounding); }};
}

Result<Command> progressive(const Given& given) {
  std::vector<Money> thresholds, uses;
  for (const std::string& amount : parts_of(given.places[0], ' ')) {
    thresholds.push_back(TRY(read_amount(amount)));
  }
  for (std::size_t at = 1; at < given.places.size(); ++at) {
    uses.push_back(TRY(read_amount(given.places[at])));
  }
  const Money charges = TRY(read_amount(TRY(needed(given, "charges"))));
  return Calculate{[=]() -> Result<std::vector<std::string>> {
    const auto terms = TRY(domain::ProgressiveBilling::make(thresholds));
    std::vector<std::string> said;
    Money billed;
    for (const Money used : uses) {
      const auto due = terms.due_now(used, billed);
      if (due) billed += *due;
      said.push_back("used " + used.to_decimal_string() + "  " +
                     (due ? "billed " + due->to_decimal_string() : "nothing billed"));
    }
    said.push_back("charges " + charges.to_decimal_string() + " less " +
                   billed.to_decimal_string() + "  " + (charges - billed).to_decimal_string());
    return said;
  }};
}

}  // namespace

std::span<const Verb> sum_verbs() {
  constexpr std::size_t kAmountsMax = 12;
  static constexpr Verb kVerbs[] = {
      {.name = "tax",
       .form = "tax per_rate|per_document|inclusive AMOUNT@PERCENT...",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 1 + kAmountsMax,
       .make = tax},
      {.name = "take off",
       .form = "take off adds|best_only LINES DISCOUNT... [rounding per_rate|per_document]",
       .timing = Timing::kAnyTime,
       .places_min = 3,
       .places_max = 2 + kAmountsMax,
       .options = "rounding",
       .make = discount},
      {.name = "progressive",
       .form = "progressive THRESHOLDS USED... charges AMOUNT",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 1 + kAmountsMax,
       .options = "charges",
       .make = progressive},
  };
  return kVerbs;
}

}  // namespace scenarios
