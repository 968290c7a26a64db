#include "domain/reconcile/settlement.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace domain {
namespace {

using base::Money;

constexpr std::string_view kKinds[] = {"payment", "refund", "chargeback", "fee", "adjustment"};

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

// Letters and digits, in upper case: banks cut blanks and change signs.
std::string bare(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if ('a' <= c && c <= 'z') letters.push_back(static_cast<char>(c - 'a' + 'A'));
    if (('A' <= c && c <= 'Z') || ('0' <= c && c <= '9')) letters.push_back(c);
  }
  return letters;
}

}  // namespace

Money ProviderSettlement::gross() const {
  Money sum(0, currency);
  for (const SettlementLine& line : lines) sum += line.gross;
  return sum;
}

Money ProviderSettlement::fees() const {
  Money sum(0, currency);
  for (const SettlementLine& line : lines) sum += line.fee;
  return sum;
}

bool is_settlement_kind(std::string_view kind) {
  return std::ranges::find(kKinds, kind) != std::end(kKinds);
}

std::vector<base::Error> check_settlement(const ProviderSettlement& settlement) {
  std::vector<base::Error> problems;
  Money net(0, settlement.currency);
  std::set<std::tuple<std::string, std::string, base::Date, std::int64_t>> seen;
  for (const SettlementLine& line : settlement.lines) {
    const std::string place = "line " + std::to_string(line.line);
    net += line.net;
    if (line.gross - line.fee != line.net) {
      problems.push_back(
          base::fail("settlement_line_differs",
                     words(line.gross) + " less " + words(line.fee) + " is not " + words(line.net),
                     place)
              .error());
    }
    const bool is_new =
        seen.emplace(line.kind, line.reference, line.day, line.gross.minor()).second;
    if (!is_new && !line.reference.empty()) {
      problems.push_back(base::fail("settlement_line_repeated",
                                    "the same " + line.kind + " of " + line.reference +
                                        " stands in the file before",
                                    place)
                             .error());
    }
  }
  if (net != settlement.amount) {
    problems.push_back(base::fail("settlement_sum_differs",
                                  "the lines come to " + words(net) + ", the payout is " +
                                      words(settlement.amount) + " (difference " +
                                      words(settlement.amount - net) + ")",
                                  settlement.payout)
                           .error());
  }
  return problems;
}

bool is_payout(const PayoutEntry& entry, std::string_view payout, Money amount, base::Date day) {
  if (entry.amount.currency() != amount.currency() || entry.amount != amount) return false;
  if (std::abs(entry.booked - day) > kPayoutDaysMax) return false;
  const std::string named = bare(payout);
  if (named.empty()) return false;
  return std::ranges::any_of(
      std::to_array<std::string_view>({entry.reference, entry.end_to_end_id, entry.remittance}),
      [&](std::string_view text) { return bare(text).contains(named); });
}

}  // namespace domain
