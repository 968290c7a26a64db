#include "app/demo/people.h"

#include <string_view>
#include <utility>
#include <vector>

#include "domain/check/digits.h"

namespace app::demo {
namespace {

using Texts = std::span<const std::string_view>;

constexpr std::string_view kFirstNames[] = {
    "Alma",  "Amina",   "Anders", "Anna",  "Astrid", "Birgitta", "Bo",    "Carin",
    "Dag",   "Elin",    "Elsa",   "Erik",  "Eva",    "Fatima",   "Folke", "Greta",
    "Göran", "Hanna",   "Henrik", "Håkan", "Ida",    "Ingrid",   "Jonas", "Jürgen",
    "Karin", "Kerstin", "Kofi",   "Lars",  "Leila",  "Linnea",   "Maja",  "Malin",
    "Måns",  "Märta",   "Nils",   "Noor",  "Olle",   "Oskar",    "Per",   "Pia",
    "Rut",   "Samir",   "Sigrid", "Sofia", "Stina",  "Sven",     "Tove",  "Ulla",
    "Viggo", "Väinö",   "Yuki",   "Zoë",   "Åke",    "Åsa",      "Örjan", "Östen"};
constexpr std::string_view kLastNames[] = {
    "Ahlgren",  "Alm",      "Andersson", "Berg",       "Bergström",  "Björk",    "Blom",
    "Boström",  "Dahl",     "D'Angelo",  "Ek",         "Eklöf",      "Engström", "Falk",
    "Forsman",  "Frisk",    "Gran",      "Gunnarsson", "Hagman",     "Hedlund",  "Holm",
    "Isaksson", "Jansson",  "Kjellberg", "Korhonen",   "Lind",       "Ljung",    "Lundin",
    "Malmberg", "Mäkinen",  "Müller",    "Nguyen",     "Norén",      "Nyström",  "O'Brien",
    "Okafor",   "Palm",     "Rask",      "Rosén",      "Sandberg",   "Sjögren",  "Strand",
    "Sund",     "Sörensen", "Thorell",   "Vikström",   "von Platen", "Wallin",   "Wik",
    "Yilmaz",   "Åberg",    "Åström",    "Öberg",      "Öhman"};
constexpr std::string_view kTrades[] = {"Bygg AB",       "Redovisning HB", "Konsult AB",
                                        "Café & Bageri", "Måleri AB",      "El & Data AB",
                                        "Åkeri AB",      "Frisör"};
constexpr std::string_view kStreets[] = {"Storgatan",    "Kyrkogatan", "Skolgatan",  "Björkvägen",
                                         "Ängsvägen",    "Hamngatan",  "Åsvägen",    "Parkvägen",
                                         "Västra gatan", "Tallstigen", "Kungsgatan", "Ringvägen"};
constexpr std::string_view kDomains[] = {"example.com", "example.org", "example.se"};

struct Place {
  std::string_view postal_code;
  std::string_view city;
};
constexpr Place kPlaces[] = {{"111 22", "Stockholm"},   {"211 20", "Malmö"},
                             {"252 20", "Helsingborg"}, {"351 03", "Växjö"},
                             {"411 05", "Göteborg"},    {"582 22", "Linköping"},
                             {"702 10", "Örebro"},      {"831 30", "Östersund"},
                             {"903 26", "Umeå"},        {"972 31", "Luleå"}};

std::string two_digits(std::uint32_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string person_number(Dice& dice) {
  const std::uint32_t year = 1940 + dice.below(68);
  const std::string born =
      std::to_string(year) + two_digits(1 + dice.below(12)) + two_digits(1 + dice.below(28));
  const std::string birth_number = std::to_string(980 + dice.below(20));
  return born + "-" + birth_number + domain::check::luhn_digit(born.substr(2) + birth_number);
}

std::string company_number(Dice& dice) {
  const std::string digits = "5599" + std::to_string(80'000 + dice.below(20'000));
  return digits.substr(0, 6) + "-" + digits.substr(6) + domain::check::luhn_digit(digits);
}

// The letters of a UTF-8 text.
std::vector<std::string> letters_of(std::string_view text) {
  std::vector<std::string> letters;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (continues && !letters.empty()) {
      letters.back().push_back(c);
    } else {
      letters.emplace_back(1, c);
    }
  }
  return letters;
}

// A name as it stands in an address: "Åsa D'Angelo" is asa.dangelo. But ü and ë stay as they are:
// the source system forgot them, and its addresses do not work.
std::string mail_name(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kPlain[] = {
      {"å", "a"}, {"ä", "a"}, {"ö", "o"}, {"é", "e"}, {"Å", "a"},
      {"Ä", "a"}, {"Ö", "o"}, {" ", "."}, {"'", ""},  {"&", ""}};
  std::string plain;
  for (const std::string& letter : letters_of(name)) {
    std::string_view as = letter;
    for (const auto& [from, to] : kPlain) {
      if (letter == from) as = to;
    }
    if (as == "." && plain.ends_with('.')) continue;
    const bool capital = as.size() == 1 && 'A' <= as[0] && as[0] <= 'Z';
    plain += capital ? std::string(1, static_cast<char>(as[0] - 'A' + 'a')) : std::string(as);
  }
  return plain;
}

}  // namespace

Person make_person(std::uint64_t seed, std::int64_t number) {
  Dice dice(seed, "person:" + std::to_string(number));
  const auto pick = [&](Texts texts) { return std::string(dice.pick(texts)); };
  Person person;
  person.is_company = dice.percent(10);
  person.name = person.is_company ? pick(kLastNames) + " " + pick(kTrades)
                                  : pick(kFirstNames) + " " + pick(kLastNames);
  person.identity_number = person.is_company ? company_number(dice) : person_number(dice);
  person.street = pick(kStreets) + " " + std::to_string(1 + dice.below(120));
  if (dice.percent(25)) person.street += " lgh 1" + std::to_string(101 + dice.below(300));
  const Place& place = dice.pick(std::span<const Place>(kPlaces));
  person.postal_code = place.postal_code;
  person.city = place.city;
  person.email = mail_name(person.name) + std::to_string(1 + dice.below(99)) + "@" + pick(kDomains);
  person.phone = "07017406" + two_digits(5 + dice.below(95));
  return person;
}

std::string mistyped(const std::string& text, Dice& dice) {
  std::vector<std::string> letters = letters_of(text);
  if (letters.size() < 4) return text;
  const std::size_t at = 1 + dice.below(static_cast<std::uint32_t>(letters.size()) - 2);
  switch (dice.below(3)) {
    case 0: std::swap(letters[at], letters[at - 1]); break;
    case 1: letters[at] = "e"; break;
    default: letters[at] += letters[at]; break;
  }
  std::string typed;
  for (const std::string& letter : letters) typed += letter;
  return typed;
}

std::string shouted(const std::string& text) {
  constexpr std::pair<std::string_view, std::string_view> kCapitals[] = {
      {"å", "Å"}, {"ä", "Ä"}, {"ö", "Ö"}};
  std::string capitals;
  for (const std::string& letter : letters_of(text)) {
    std::string as = letter;
    if (letter.size() == 1 && 'a' <= letter[0] && letter[0] <= 'z') {
      as[0] = static_cast<char>(letter[0] - 'a' + 'A');
    }
    for (const auto& [small, capital] : kCapitals) {
      if (letter == small) as = capital;
    }
    capitals += as;
  }
  return capitals;
}

}  // namespace app::demo
