// Grouping: on which bill a charge goes (R01-R05). Text form, read from left to right, the first
// rule that fits decides; what fits none goes on the common bill "all":
//
//   "all"                                     everything on one
//   "division" | "service" | "category"       one bill for each
//   "one_off:each, division"                  each one-off on a bill of its own, others by division
//   "mobile:service, streaming=home, all"     each mobile service its own; streaming on bill "home"
//   "service 46709000017=work, category extra=extras"
//
// A category is what kind of cost it is: fixed | usage | one_off; "extra" are the latter two.
// A rule fits only what has what it groups by: "service" passes over what belongs to the account,
// "each" over what is no one-off. So a grouping never lacks a bill for a charge.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/ids.h"

namespace domain {

// What a rule looks at.
struct ChargePlace {
  std::string_view division;
  ServiceId service;                // Nil where it belongs to the account.
  std::string_view service_number;  // The division's own.
  std::string_view category;        // fixed | usage | one_off
  std::string_view record;          // source:record_id of a one-off; empty otherwise.
};

class Grouping {
 public:
  Grouping() = default;  // all
  // Errors: bad_grouping (place: the rule).
  [[nodiscard]] static base::Result<Grouping> parse(std::string_view text);
  [[nodiscard]] const std::string& to_string() const;
  // "all", "division:broadband", "service:svc_...", "category:usage", "order:SOURCE:RECORD",
  // "named:home": the group key of the bill, the same for ever for the same place.
  [[nodiscard]] std::string key_of(const ChargePlace& place) const;

  // The divisions that its rules name.
  [[nodiscard]] std::vector<std::string> divisions() const;

  friend bool operator==(const Grouping&, const Grouping&) = default;

 private:
  // Which charges, and on which bill.
  struct Rule {
    enum class Of { kAll, kDivision, kService, kCategory, kExtra };
    enum class To { kCommon, kByDivision, kByService, kByCategory, kEach, kNamed };

    [[nodiscard]] static base::Result<Rule> parse(std::string_view text);
    // Errors: bad_grouping.
    [[nodiscard]] base::Result<> select(std::string_view words);
    [[nodiscard]] bool fits(const ChargePlace& place) const;
    // Whether this rule, standing earlier, leaves nothing for the later one.
    [[nodiscard]] bool hides(const Rule& later) const;

    Of of = Of::kAll;
    std::string value;  // The division, number or category; empty for all and extra.
    To to = To::kCommon;
    std::string name;  // Of the bill.
    friend bool operator==(const Rule&, const Rule&) = default;
  };

  std::string text_ = "all";
  std::vector<Rule> rules_;
};

}  // namespace domain
