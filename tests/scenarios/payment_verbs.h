// Money that comes by the bank: the verbs, and how the world does them (world.cpp calls it). Each
// payment is a bank file of its own: BgMax, or camt.053 where money goes back.
#pragma once

#include <span>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/bank/bank_file.h"
#include "ports/store.h"
#include "tests/scenarios/expectations.h"
#include "tests/scenarios/verbs.h"

namespace scenarios {

[[nodiscard]] std::span<const Verb> payment_verbs();

// The operator's bank: it knows what came, and tells it again when asked.
class Bank {
 public:
  // Errors: bad_scenario where there is no such invoice or payment; those of the flows.
  [[nodiscard]] base::Result<Said> act(ports::Store& store, base::Clock& clock, base::Date today,
                                       const MoveMoney& command);

 private:
  struct Told {
    base::Date day;
    domain::BankEntry entry;
  };
  [[nodiscard]] base::Result<Said> import(ports::Store& store, base::Clock& clock,
                                          const std::vector<Told>& payments);

  std::vector<Told> told_;
  int files_ = 0;
};

}  // namespace scenarios
