// What a provider (of cards, of a wallet) says that it pays out, and for which payments. Pure.
//
// Whatever the provider's own file looks like, this is what is kept of it. Amounts have a sign:
// a payment is above zero, a refund or chargeback below; a fee is what the provider keeps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"

namespace domain {

struct SettlementLine {
  std::int64_t line = 0;  // Where it stands in the file, from 1.
  std::string kind;       // payment | refund | chargeback | fee | adjustment
  std::string reference;  // Of the payment: ours, as the provider was given it.
  base::Money gross, fee, net;
  base::Date day;
};

struct ProviderSettlement {
  std::string provider;  // "card": the ledger's account is clearing:card.
  std::string merchant;  // The account there.
  std::string payout;    // The payout's id; stands in the text of the bank's entry.
  base::Currency currency;
  base::Money amount;  // What comes to the bank.
  base::Date day;      // On which it is said to come.
  std::vector<SettlementLine> lines;
  std::string bank_account = {};  // Of ours, to which; empty: not said.

  [[nodiscard]] base::Money gross() const;
  [[nodiscard]] base::Money fees() const;
};

[[nodiscard]] bool is_settlement_kind(std::string_view kind);

// Empty where gross less fee is net in each line, the lines come to the payout, and nothing is
// said twice. settlement_line_differs, settlement_sum_differs, settlement_line_repeated; the place
// is the line ("line 7").
[[nodiscard]] std::vector<base::Error> check_settlement(const ProviderSettlement& settlement);

// How far from the payout's day its entry may be booked.
inline constexpr std::int32_t kPayoutDaysMax = 5;

// Whether an entry of the bank is the payout: to the cent, near its day, and its text names it.
struct PayoutEntry {
  base::Money amount;
  base::Date booked;
  std::string reference, end_to_end_id, remittance;
};
[[nodiscard]] bool is_payout(const PayoutEntry& entry, std::string_view payout, base::Money amount,
                             base::Date day);

}  // namespace domain
