#include "web/typed_amount.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace web {
namespace {

using base::Result;

// Thousands stand apart by these; the Swiss use apostrophes, and we print no-break spaces.
constexpr std::array<std::string_view, 6> kBlanks = {" ", "\u00a0", "\u202f", "\u2009", "'", "’"};

std::string without(std::string text, std::string_view part) {
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part)) {
    text.erase(at, part.size());
  }
  return text;
}

// Takes a currency's sign away from either end.
std::string_view bare(std::string_view text, base::Currency currency) {
  for (const std::string_view sign :
       {currency.code(), std::string_view("kr"), std::string_view("€")}) {
    if (text.starts_with(sign)) return text.substr(sign.size());
    if (text.ends_with(sign)) return text.substr(0, text.size() - sign.size());
  }
  return text;
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c); });
}

// "1.234.567" without its signs; empty where these are no thousands.
std::string join_thousands(std::string_view text, char sign) {
  std::string joined;
  std::size_t begin = 0;
  for (std::size_t at = text.find(sign); begin <= text.size(); at = text.find(sign, begin)) {
    const std::string_view group = text.substr(begin, std::min(at, text.size()) - begin);
    const bool is_first = begin == 0;
    if (!is_digits(group) || (is_first ? group.size() > 3 : group.size() != 3)) return {};
    joined += group;
    if (at == text.npos) break;
    begin = at + 1;
  }
  return joined;
}

// With a point before the decimals and nothing else; empty where it is no sum.
std::string plain(std::string_view text) {
  const std::size_t last = text.find_last_of(".,");
  if (last == text.npos) return std::string(text);
  const char sign = text[last], other = sign == ',' ? '.' : ',';
  const std::string_view whole = text.substr(0, last), rest = text.substr(last + 1);
  if (whole.contains(sign)) return join_thousands(text, sign);
  const std::string joined =
      whole.contains(other) ? join_thousands(whole, other) : std::string(whole);
  return joined.empty() || !is_digits(rest) ? "" : joined + "." + std::string(rest);
}

}  // namespace

Result<base::Money> typed_amount(std::string_view text, base::Currency currency) {
  std::string typed(text);
  for (const std::string_view blank : kBlanks) typed = without(std::move(typed), blank);
  std::string_view figures = bare(typed, currency);
  const bool is_negative = figures.starts_with('-') || figures.starts_with("−");
  if (is_negative)
    figures.remove_prefix(figures.starts_with('-') ? 1 : std::string_view("−").size());
  const std::string sum = plain(figures);
  if (!sum.empty() && std::isdigit(static_cast<unsigned char>(sum.front()))) {
    const auto amount = base::Money::parse((is_negative ? "-" : "") + sum, currency);
    if (amount) return amount;
  }
  return base::fail("bad_parameter", "write the sum in figures, like 1272.80", "amount");
}

}  // namespace web
