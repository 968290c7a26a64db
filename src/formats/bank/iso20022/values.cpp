#include "formats/bank/iso20022/values.h"
#include "base/text/beginning.h"

#include <algorithm>
#include <charconv>

namespace formats::bank::iso20022 {
namespace {

constexpr std::size_t kDigitsMax = 18;
constexpr std::size_t kDayLength = 10;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

}  // namespace

base::Result<std::int64_t> parse_minor(std::string_view text, base::Currency currency) {
  const auto wrong = [&] {
    return base::fail("bad_amount", "\"" + base::beginning(text, 40) + "\" is no amount in " +
                                        std::string(currency.code()));
  };
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  const auto places = static_cast<std::size_t>(currency.minor_digits());
  if (whole.size() + places > kDigitsMax || whole.size() + fraction.size() == 0 ||
      (whole.empty() && text.size() == 1)) {
    return wrong();
  }
  if (fraction.size() > places || !all_digits(whole) || !all_digits(fraction)) return wrong();
  std::int64_t minor = 0;
  for (const char c : whole) minor = minor * 10 + (c - '0');
  for (std::size_t place = 0; place < places; ++place) {
    minor = minor * 10 + (place < fraction.size() ? fraction[place] - '0' : 0);
  }
  return minor;
}

base::Result<base::Money> parse_amount(std::string_view text, base::Currency currency) {
  const auto minor = parse_minor(text, currency);
  if (!minor) return std::unexpected(minor.error());
  return base::Money::make(*minor, currency);
}

WrittenAmount as_decimal(std::string_view text, base::Currency currency) {
  WrittenAmount written{.text = std::string(text), .fault = {}};
  const auto places = static_cast<std::size_t>(currency.minor_digits());
  const std::size_t point = text.find('.'), comma = text.find(',');
  if (point != text.npos && text.size() - point - 1 > places) {
    written.fault = "has more places than its currency";
  }
  // "1,000" may be a thousand.
  const bool plain = point == text.npos && comma != text.npos && comma + 1 < text.size() &&
                     text.size() - comma - 1 <= std::min<std::size_t>(places, 2);
  if (plain && text.find(',', comma + 1) == text.npos) {
    written.text[comma] = '.';
    written.fault = "has a comma in place of the point";
  }
  return written;
}

std::optional<base::Date> parse_day(std::string_view text) {
  if (text.size() > kDayLength && is_digit(text[kDayLength])) return std::nullopt;
  const auto day = base::Date::parse(text.substr(0, kDayLength));
  return day ? std::optional(*day) : std::nullopt;
}

std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && all_digits(text) ? std::optional(value) : std::nullopt;
}

std::string normalised_reference(std::string_view text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ' '; });
  const bool rf =
      text.size() > 4 && text.starts_with("RF") && is_digit(text[2]) && is_digit(text[3]);
  std::string reference(text);
  if (digits || rf) std::erase(reference, ' ');
  return reference;
}

}  // namespace formats::bank::iso20022
