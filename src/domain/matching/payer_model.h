// How sure it is what a payment is for: each candidate's probability, and that of none of them.
//
// Fellegi-Sunter: how often payments that belong show a level (learned from confirmed matches,
// with a prior until there are enough) over how often others do, which is counted for this very
// payment: so many bills have its amount, so many customers the payer's name. Beside each bill
// stands that its debtor pays something else, so that knowing the payer is not knowing the bill.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/matching/payer_evidence.h"

namespace domain::matching {

// How many confirmed matches showed these levels.
struct LevelCount {
  LevelVector levels = {};
  std::int64_t count = 0;
};

class PayerModel {
 public:
  // What is believed before anything is confirmed, and what is learned from that on.
  [[nodiscard]] static PayerModel learned_from(std::span<const LevelCount> confirmed = {});

  // How often a payment that belongs shows the level.
  [[nodiscard]] double shows(std::size_t comparison, std::uint8_t level) const {
    return shows_[comparison][level];
  }
  // How many confirmed matches it rests on.
  [[nodiscard]] std::int64_t confirmed() const { return confirmed_; }

 private:
  std::array<std::array<double, kLevelsMax>, kComparisons> shows_ = {};
  std::int64_t confirmed_ = 0;
};

// How common what the payment shows is, among all that it could be for.
struct PayerField {
  std::int64_t bills = 1;              // That may be paid about now.
  std::int64_t same_amount = 1;        // Of these, of its amount; `bills` where it is not known.
  std::int64_t same_sent = 1;          // Of what was sent, before banks took their charges; so too.
  std::int64_t namesakes = 1;          // Customers of the payer's whole name.
  std::int64_t like_named = 1;         // Customers whose name begins and sounds so.
  std::int64_t accounts_of_payer = 1;  // For which the payer's account has paid.
};

struct PayerRanking {
  std::vector<PayerCandidate> candidates;  // The likeliest first.
  // Theirs; what is missing to one is "none of them". Of bills of one debtor that nothing tells
  // apart the oldest, which is paid first, has that of them all.
  std::vector<double> probabilities;
};

// `candidates`: of all debtors.
[[nodiscard]] PayerRanking rank(std::vector<PayerCandidate> candidates, const PayerField& field,
                                const PayerModel& model);

// How sure one of them is, in millionths: never rounded up to certainty.
[[nodiscard]] std::int64_t millionths(const PayerRanking& ranking, std::size_t place);
// "0.999987".
[[nodiscard]] std::string probability_text(std::int64_t millionths);

// Whether the first is so sure that it is booked by itself: at most one in `one_wrong_in` would be
// wrong, something says who it is (a number, an account, a name), and all its bills are owed.
[[nodiscard]] bool is_sure(const PayerRanking& ranking, std::int64_t one_wrong_in);
// Of a payment whose reference is exactly that of a bill of this debtor: whether it is likelier for
// what another owes, whom the payer's name or account says and whose bill has just that amount.
[[nodiscard]] bool points_elsewhere(const PayerRanking& ranking, std::size_t named_debtor);

}  // namespace domain::matching
