// What a payment costs us by each way in which it can be made: what the provider takes, and what
// a failed try and a recall cost, as often as they happen. Pure; the order in which ways are
// offered follows from it. The customer is never charged for the way they choose.
//
//   cost = fee_fixed + fee_percent of the amount
//        + chance of failure x cost of a failed try + chance of recall x cost of a recall
//
// The chances are those that were measured, where there were enough payments, else the settings'.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"

namespace domain {

// A way by which money comes: a method of a provider ("card" of "adyen"), or with no provider one
// of the operator's own: bankgiro, transfer, direct_debit, cash.
struct Rail {
  std::string gateway, method;
  friend auto operator<=>(const Rail&, const Rail&) = default;
};

// As agreed with whoever moves the money. Amounts are in units of the payment's currency.
struct RailTerms {
  Rail rail;  // An empty method: all of the gateway's that have no terms of their own.
  base::Decimal fee_fixed;
  base::Percent fee_percent;
  base::Percent failure_percent;
  base::Decimal failure_cost;
  base::Percent recall_percent;
  base::Decimal recall_cost;
  friend bool operator==(const RailTerms&, const RailTerms&) = default;
};

// What became of payments that were begun by a rail.
struct RailHistory {
  Rail rail;
  std::int64_t tries = 0;     // That came to an end.
  std::int64_t failures = 0;  // Of these.
  std::int64_t payments = 0;  // That brought money.
  std::int64_t recalls = 0;   // Of these, taken back by the payer's bank.
  friend bool operator==(const RailHistory&, const RailHistory&) = default;
};

// So many make a measured chance worth more than a guess.
inline constexpr std::int64_t kMeasuredFrom = 200;

// The terms of a rail: its own, else its gateway's; null where nobody said any.
[[nodiscard]] const RailTerms* terms_of(std::span<const RailTerms> terms, const Rail& rail);
[[nodiscard]] const RailHistory* history_of(std::span<const RailHistory> histories,
                                            const Rail& rail);

// The amount in units of its currency.
[[nodiscard]] base::Decimal decimal_of(base::Money amount);
// What is taken of one payment; in units of its currency.
[[nodiscard]] base::Decimal expected_fee(const RailTerms& terms, base::Money amount);
// All that one payment costs. Rounded to ten places, never below zero.
[[nodiscard]] base::Decimal expected_cost(const RailTerms& terms, const RailHistory* measured,
                                          base::Money amount);

// One way that can be offered for an amount.
struct RailOffer {
  Rail rail;
  bool is_preferred = false;               // The customer's own.
  std::optional<base::Decimal> cost = {};  // Nothing: not known; it comes after those that are.
  friend bool operator==(const RailOffer&, const RailOffer&) = default;
};
// The customer's own first, then by cost; of equal ones as they stood.
void order_offers(std::vector<RailOffer>& offers);

}  // namespace domain
