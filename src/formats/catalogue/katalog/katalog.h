// katalog.json: an operator's own catalogue of plans, add-ons, usage, one-offs and campaigns, some
// of it in sentences. It becomes the same items as catalogue.toml would have.
//
// What the reader does not understand is a problem with its place, never left out in silence.
// What the file takes for granted (whose plans have which codes, what is at home) stands beside it
// in katalog.toml. How its rules are read: docs/guides/catalogue.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/catalogue/catalogue.h"

namespace formats::katalog {

// Records of a kind that bring their own price, with VAT.
struct GivenPrice {
  std::string code, division, kind;
};

struct Setting {
  std::string country_zone;  // "SE": the zone of who is at home.
  std::string calling_code;  // "+46"
  base::Date valid_from;     // The file's prices have no day of their own.
  std::string usage_division, add_on_division, one_off_division;
  std::map<std::string, std::string> divisions;  // By the beginning of a plan's code.
  std::vector<GivenPrice> given_prices;
};

// From katalog.toml; `file` is what errors call it. Errors: missing_member, unknown_member,
// bad_member.
[[nodiscard]] base::Result<Setting> read_setting(const base::Json& json, std::string_view file);

struct Katalog {
  std::vector<domain::CatalogueItem> items;  // Named by their codes: the file has no names.
  base::Currency currency;
  base::Percent vat;  // Of the class "standard", as the file has it.
  // Rules of billing, where the file names them.
  std::optional<std::int64_t> bill_day = {}, due_days = {};
  std::optional<bool> rounds = {};  // What is to pay, to whole units of money.
  // Codes: katalog_not_understood, katalog_bad_value, katalog_unknown_division,
  // katalog_unknown_plan, katalog_unknown_zone; place: "file: member".
  std::vector<base::Error> problems;
};

// Whether it is such a file, by what stands in it.
[[nodiscard]] bool is_katalog(const base::Json& json);
[[nodiscard]] Katalog read_katalog(const base::Json& json, const Setting& setting,
                                   std::string_view file);

// What the operator's file and its country's law say of the same things.
struct OperatorTerms {
  base::Currency currency;
  std::vector<base::Percent> standard_rates;  // Since the setting's valid_from.
  std::string frequency;                      // "monthly#15"
  std::int64_t due_days = 0;
  bool rounds = false;
};
// Where the katalog says something else, which nobody would read: bills follow the operator. Code:
// katalog_contradicts_operator; place: "file: member".
[[nodiscard]] std::vector<base::Error> find_contradictions(const Katalog& katalog,
                                                           const OperatorTerms& terms,
                                                           std::string_view file);

}  // namespace formats::katalog
