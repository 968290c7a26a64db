#include "tests/scenarios/pricing_words.h"

#include <charconv>

namespace scenarios {

using base::Decimal;
using base::Result;

std::unexpected<base::Error> refuse_word(std::string_view word, std::string_view expected) {
  return base::fail("bad_scenario", "'" + std::string(word) + "' is no " + std::string(expected));
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    std::string_view part = text.substr(at, end - at);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    at = end + 1;
  }
  return parts;
}

Result<Decimal> read_decimal(std::string_view text) {
  const auto value = Decimal::parse(text);
  if (!value) return refuse_word(text, "number; write it as 319.20");
  return *value;
}

Result<std::int64_t> read_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) {
    return refuse_word(text, "whole number");
  }
  return value;
}

Result<base::Money> read_amount(std::string_view text) {
  const auto value = base::Money::parse(text, base::Currency());
  if (!value) return refuse_word(text, "amount; write it as 319.20");
  return *value;
}

Result<base::Percent> read_percent(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  return base::Percent{TRY(read_decimal(text))};
}

Result<std::vector<domain::PriceTier>> read_tiers(std::string_view text) {
  std::vector<domain::PriceTier> tiers;
  for (const std::string& written : parts_of(text, ',')) {
    domain::PriceTier tier;
    std::string price = written;
    if (const std::size_t to = written.find(" to "); to != written.npos) {
      tier.up_to = TRY(read_decimal(written.substr(to + 4)));
      price = written.substr(0, to);
    }
    if (const std::size_t slash = price.find('/'); slash != price.npos) {
      tier.package = TRY(read_decimal(price.substr(slash + 1)));
      price.resize(slash);
    }
    if (const std::size_t plus = price.find('+'); plus != price.npos) {
      tier.fixed.amount = TRY(read_decimal(price.substr(plus + 1)));
      price.resize(plus);
    }
    tier.unit.amount = TRY(read_decimal(price));
    tiers.push_back(tier);
  }
  return tiers;
}

Result<std::string> needed(const Given& given, std::string_view option) {
  auto value = given.option(option);
  if (!value) return base::fail("bad_scenario", "'" + std::string(option) + "' is missing");
  return *std::move(value);
}

std::string amount_text(Decimal exact) {
  const std::string rounded = base::line_amount(Decimal::from_integer(1), {exact}, base::Currency(),
                                                base::RoundingMode::kHalfUp)
                                  .to_decimal_string();
  if (Decimal::parse(rounded).value() == exact) return rounded;
  return rounded + "  exact " + exact.to_string();
}

std::string sums_text(base::Money net, base::Money vat) {
  return "net " + net.to_decimal_string() + "  vat " + vat.to_decimal_string() + "  total " +
         (net + vat).to_decimal_string();
}

}  // namespace scenarios
