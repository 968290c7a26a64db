// Which payment a return may give back: what weighs more than what, and what may not be it.
#include "domain/matching/returned.h"

#include <gtest/gtest.h>

namespace domain::matching {
namespace {

base::Money sek(std::int64_t kronor) {
  return {kronor * 100, base::Currency::parse("SEK").value()};
}
base::Date day(int of_november) { return base::Date::make(2026, 11, of_november).value(); }

MoneySide side(std::int64_t kronor, int of_november, std::string payer = "",
               std::string account = "", std::vector<std::string> names = {}) {
  return {.amount = sek(kronor),
          .booked = day(of_november),
          .our_account = "50501055",
          .payer_account = std::move(account),
          .payer_name = std::move(payer),
          .names = std::move(names)};
}

MoneySide in_euros(MoneySide side) {
  side.amount = base::Money(side.amount.minor(), base::Currency::parse("EUR").value());
  return side;
}

// The places of the best, in their order: "2 0".
std::string best(const MoneySide& back, const std::vector<MoneySide>& came) {
  std::string text;
  for (const auto& each : rank_returned(back, came)) {
    text += (text.empty() ? "" : " ") + std::to_string(each.place);
  }
  return text;
}

TEST(Returned, WhatSaysMoreStandsFirst) {
  const std::vector<MoneySide> came = {
      side(500, 20, "Bo Alm", "2222"),
      side(500, 10, "Anna Ek", "1111"),
      side(500, 5, "Anna Ek", "9999", {"E2E-77"}),
      side(500, 21, "Cilla Dahl"),
      side(499, 22, "Anna Ek", "1111", {"E2E-77"}),
      side(500, 25, "Anna Ek", "1111", {"E2E-77"}),
  };
  struct Case {
    std::string what;
    MoneySide back;
    std::string best;
  };
  const std::vector<Case> cases = {
      {"nothing but the sum: the nearest days", side(-500, 23), "3 0 1"},
      {"a number of both outweighs account and name", side(-500, 23, "Bo Alm", "2222", {"E2E-77"}),
       "2 0 3"},
      {"the account outweighs the name", side(-500, 23, "Anna Ek", "22-22"), "0 3 1"},
      {"the name, in another order", side(-500, 23, "ALM BO"), "0 3 1"},
      {"what another account says comes last", side(-500, 23, "", "3333"), "3 0 1"},
      {"another sum", side(-498, 23), ""},
      {"before all of them", side(-500, 4), ""},
      {"the bank kept one of it, says their number", side(-498, 23, "", "", {"E2E-77"}), "4 2"},
      {"more than banks keep", side(-440, 23, "", "", {"E2E-77"}), ""},
      {"one's name, another's account", side(-500, 23, "Bo Alm", "1111"), "1 3 0"},
  };
  for (const Case& each : cases) EXPECT_EQ(best(each.back, came), each.best) << each.what;
}

TEST(Returned, OneRuleSaysWhetherItFits) {
  const MoneySide came = side(500, 10, "Anna Ek", "1111");
  struct Case {
    std::string what;
    MoneySide back;
    ReturnFit fit;
  };
  const std::vector<Case> cases = {
      {"nothing is said", side(-500, 12), ReturnFit::kFits},
      {"the same account", side(-500, 12, "Another Name", "11 11"), ReturnFit::kFits},
      {"another account of theirs", side(-500, 12, "Anna Ek", "2222"), ReturnFit::kFits},
      {"another account", side(-500, 12, "", "2222"), ReturnFit::kOtherPayer},
      {"another account and name", side(-500, 12, "Bo Alm", "2222"), ReturnFit::kOtherPayer},
      {"the name", side(-500, 10, "Ek Anna"), ReturnFit::kFits},
      {"another name", side(-500, 12, "Bo Alm"), ReturnFit::kOtherPayer},
      {"another sum", side(-400, 12), ReturnFit::kOtherSum},
      {"nothing went back", side(500, 12), ReturnFit::kOtherSum},
      {"before it came", side(-500, 9), ReturnFit::kLater},
      {"in euros", in_euros(side(-500, 12)), ReturnFit::kOtherCurrency},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(fit_return(came, each.back), each.fit) << each.what;
  }
}

}  // namespace
}  // namespace domain::matching
