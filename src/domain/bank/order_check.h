// Whether a format of a bank can say an order, and what of it would be changed on the way.
//
// Every problem has its place ("collections[0].debits[12]", from 0), the field and a code of
// order_problem_codes.h. One that is `refused` keeps the order from being written; the others say
// what the bank will get instead (letters that the scheme lacks). Whether a day is a bank day
// belongs to the calendar. The checks go over all items once, in bounded memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bank/payment_order.h"

namespace domain {

struct OrderProblem {
  std::string place, field, code, text;
  bool refused = true;
};

enum class OrderKind { kCollections, kTransfers, kReversals, kMandates, kClaims };
enum class OrderLetters { kSepa, kLatin1 };

// What a format can say. Lengths are in letters.
struct OrderRules {
  std::string_view format;
  std::vector<OrderKind> kinds;
  OrderLetters letters = OrderLetters::kSepa;
  std::int64_t amount_max = 0;     // Minor units.
  std::string_view currency = {};  // Empty: any.
  std::size_t name_max = 70, reference_max = 35, remittance_max = 140, note_max = 0;
  bool spanish = false;        // Norma 19.14: a creditor of Spain, Core only.
  bool town_in_lines = false;  // Messages of 2009: a town takes one of two address lines.
};

// The rules of pain.008, pain.001, pain.007, norma19.14, autogiro, avtalegiro and lb; null for
// another name.
[[nodiscard]] const OrderRules* find_order_rules(std::string_view format);

struct BatchTotals {
  std::int64_t count = 0;
  std::int64_t minor = 0;
  std::optional<base::Currency> currency = {};
  // "12.50"; "0" where there is none.
  [[nodiscard]] std::string sum() const;
};

struct OrderCheck {
  std::vector<OrderProblem> problems = {};  // The first kOrderProblemsMax, then more_problems.
  bool refused = false;
  std::vector<BatchTotals> batches = {};  // Of collections, transfers, reversals and claims.
  BatchTotals all = {};
};

inline constexpr std::size_t kOrderProblemsMax = 1'000;

// Errors: those of the items' sources only.
[[nodiscard]] base::Result<OrderCheck> check_order(const PaymentOrder& order,
                                                   const OrderRules& rules);

}  // namespace domain
