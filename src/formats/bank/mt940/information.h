// What :86: says of a movement, in the forms that banks have agreed on by country.
//
// German (and Austrian, Polish, Czech): "166?00GUTSCHRIFT?20SVWZ+...?32NAME", with ~ ^ > or < in
// place of ?; Dutch: "/TRTP/SEPA/EREF/.../REMI/USTD//...", or columns with "IBAN: " and "NAAM: ";
// SEB's :NS: with numbered lines; anything else is text, line by line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/bank/bank_file.h"

namespace formats::bank::mt940 {

struct Information {
  std::string code;  // The kind of movement, where it is a number of its own (166).
  std::string reference;
  std::vector<std::string> remittance;
  std::string end_to_end_id, mandate_id;
  domain::BankParty payer;
  std::optional<domain::BankReturn> returned;
};

// Of :86:. Lines are UTF-8, as they stand.
[[nodiscard]] Information read_information(std::span<const std::string> lines);
// Of :NS:, whose lines begin with two digits each.
[[nodiscard]] Information read_numbered_lines(std::span<const std::string> lines);

}  // namespace formats::bank::mt940
