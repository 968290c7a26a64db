// What benchmarks of payments begin with: an operator, and customers each with an account and an
// open bill, by number; and what such a benchmark says of its cost.
//
// Everything is made of its number, so that a benchmark can name a bill without reading it. Rows
// are written many a transaction: a million payers take minutes, not hours.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "domain/billing/bill.h"
#include "domain/operator/operator.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"
#include "tests/support/process_use.h"

namespace tests {

template <class IdType>
[[nodiscard]] IdType numbered_id(std::string_view kind, int number) {
  const std::string text = std::to_string(number);
  const std::string_view parts[] = {kind, text};
  return IdType(crypto::derived_id(parts));
}

// Prov Telekom AB of Sweden, who takes payments and Autogiro at 5050-1055.
[[nodiscard]] domain::Operator bench_operator();

// Of 400 kronor and more, due on 2026-12-01.
[[nodiscard]] domain::Bill open_bill(int number);

// What a benchmark adds for the payers of a transaction: the first one, and how many.
using BesidesBills = std::function<base::Result<>(ports::Transaction&, int first, int count)>;
// The operator, then customers, accounts and open bills 0, 1, ... Failures throw.
void fill_with_payers(ports::Store& store, base::Instant now, int payers,
                      const BesidesBills& besides);

// Of each of `count`: our processors' time and the server's.
template <class State>
void say_cost(State& state, const Cost& cost, int count) {
  state.counters["cpu_us_each"] = cost.processor.count() / count;
  state.counters["server_us_each"] = cost.server.count() / count;
}

}  // namespace tests
