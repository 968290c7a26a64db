// How the words of the pricing verbs are read and their answers written: amounts, periods and tiers
// as a price list writes them. Amounts are kronor, with two decimals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/pricing/price_model.h"
#include "tests/scenarios/verbs.h"

namespace scenarios {

// What a word that makes no sense is refused with.
[[nodiscard]] std::unexpected<base::Error> refuse_word(std::string_view word,
                                                       std::string_view expected);
// The parts of a text between separators, without spaces around them.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view text, char separator);

[[nodiscard]] base::Result<base::Decimal> read_decimal(std::string_view text);
[[nodiscard]] base::Result<std::int64_t> read_number(std::string_view text);
[[nodiscard]] base::Result<base::Money> read_amount(std::string_view text);
[[nodiscard]] base::Result<base::Percent> read_percent(std::string_view text);
// "2+10 to 100, 1 to 200, 0.5+50": unit price, fixed amount, end; "2.95/100": of a package.
[[nodiscard]] base::Result<std::vector<domain::PriceTier>> read_tiers(std::string_view text);

// An option that the verb cannot do without.
[[nodiscard]] base::Result<std::string> needed(const Given& given, std::string_view option);

// An exact amount as it stands on a bill, rounded once, half up; where that changes it, what it was
// as well: "57.75  exact 57.7451612903".
[[nodiscard]] std::string amount_text(base::Decimal exact);
// "net 8.71  vat 2.18  total 10.89".
[[nodiscard]] std::string sums_text(base::Money net, base::Money vat);

}  // namespace scenarios
