// What Bankgirot says of mandates and debits under Autogiro, written as its files are, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

// AG-MEDAVI: what became of a mandate. 32: created; 33: cancelled; 04: there is none.
[[nodiscard]] std::string mandate_notice(std::int64_t payer, std::string_view status);

// BET. SPEC & STOPP TK: one debit, with status 0 paid, 1 no money, 2 account closed; and refunds.
struct Said {
  std::int64_t payer = 0;
  std::int64_t kronor = 0;
  std::string reference = {};
  char status = '0';
};
[[nodiscard]] std::string payment_notice(const std::vector<Said>& debits, std::string_view on,
                                         const std::vector<Said>& refunds = {});

}  // namespace tests
