// People and companies that do not exist, for the demo: each follows from the seed and a number,
// so that every division's files can speak of the same ones.
//
// Nobody real is meant: identity numbers have the birth numbers 980-999, which Sweden gives to
// nobody, telephone numbers are from the range kept for fiction, mail goes to example domains.
#pragma once

#include <cstdint>
#include <string>

#include "app/demo/dice.h"

namespace app::demo {

struct Person {
  bool is_company = false;
  std::string name;
  std::string identity_number;  // As people write it; companies have one, too.
  std::string street;
  std::string postal_code;  // "903 26"
  std::string city;
  std::string email;
  std::string phone;  // "0701740605"
};

[[nodiscard]] Person make_person(std::uint64_t seed, std::int64_t number);

// As somebody in a hurry types it: two letters changed places, one is wrong, or doubled.
[[nodiscard]] std::string mistyped(const std::string& text, Dice& dice);
// "Växjö" as "VÄXJÖ".
[[nodiscard]] std::string shouted(const std::string& text);

}  // namespace app::demo
