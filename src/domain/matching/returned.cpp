#include "domain/matching/returned.h"

#include <algorithm>
#include <compare>
#include <tuple>

#include "domain/payment/money_item.h"

namespace domain::matching {
namespace {

// Account by account: neither says it, or one does not.
enum class Said { kDiffers, kNotSaid, kSame };

Said compare_accounts(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return Said::kNotSaid;
  return compact_account(a) == compact_account(b) ? Said::kSame : Said::kDiffers;
}

std::string name_of_both(const MoneySide& a, const MoneySide& b) {
  std::string longest;
  for (const std::string& name : a.names) {
    const bool is_shared = std::ranges::find(b.names, name) != b.names.end();
    if (is_shared && name.size() > longest.size()) longest = name;
  }
  return longest;
}

struct Compared {
  std::size_t place = 0;
  std::string shared_name;
  Said payer = Said::kNotSaid;
  NameLevel name = NameLevel::kNotSaid;
  bool is_our_account = false;
  std::int32_t days = 0;

  // Larger is likelier.
  [[nodiscard]] auto rank() const {
    return std::tuple(!shared_name.empty(), payer, name, is_our_account, -days);
  }
};

Compared compare(const MoneySide& back, const MoneySide& came, std::size_t place) {
  return {.place = place,
          .shared_name = name_of_both(back, came),
          .payer = compare_accounts(back.payer_account, came.payer_account),
          .name = compare_payer_names(back.payer_name, came.payer_name),
          .is_our_account = back.our_account == came.our_account,
          .days = back.booked - came.booked};
}

std::vector<PayerReason> reasons_of(const Compared& compared, const MoneySide& came) {
  std::vector<PayerReason> reasons;
  reasons.push_back({"payer.return.sum", "", 0, came.amount});
  if (!compared.shared_name.empty()) {
    reasons.push_back({"payer.return.reference", compared.shared_name});
  }
  if (compared.payer == Said::kSame) reasons.push_back({"payer.return.account"});
  if (compared.payer == Said::kDiffers) {
    reasons.push_back({"payer.return.other_account", "", 0, {}, false});
  }
  if (compared.name == NameLevel::kDiffers) {
    reasons.push_back({"payer.return.other_name", came.payer_name, 0, {}, false});
  } else if (compared.name != NameLevel::kNotSaid) {
    reasons.push_back({"payer.return.name", came.payer_name});
  }
  if (!compared.is_our_account) {
    reasons.push_back({"payer.return.other_bank", came.our_account, 0, {}, false});
  }
  reasons.push_back({"payer.return.days", "", compared.days});
  return reasons;
}

}  // namespace

std::vector<ReturnedCandidate> rank_returned(const MoneySide& back,
                                             std::span<const MoneySide> came) {
  std::vector<Compared> all;
  for (std::size_t place = 0; place < came.size(); ++place) {
    const bool fits = came[place].amount == -back.amount && came[place].booked <= back.booked;
    if (fits) all.push_back(compare(back, came[place], place));
  }
  // Of what nothing tells apart that which was given first.
  std::ranges::stable_sort(all, std::ranges::greater(), &Compared::rank);
  if (all.size() > kReturnedMax) all.resize(kReturnedMax);
  std::vector<ReturnedCandidate> best;
  for (const Compared& each : all) {
    best.push_back({each.place, reasons_of(each, came[each.place])});
  }
  return best;
}

bool may_be_returned(const MoneySide& came, const MoneySide& back) {
  if (came.amount != -back.amount || back.booked < came.booked) return false;
  const Said account = compare_accounts(came.payer_account, back.payer_account);
  if (account != Said::kNotSaid) return account == Said::kSame;
  return compare_payer_names(back.payer_name, came.payer_name) != NameLevel::kDiffers;
}

}  // namespace domain::matching
