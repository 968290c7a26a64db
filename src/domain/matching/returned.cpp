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
  base::Money kept;  // By the bank, of what came.
  Said payer = Said::kNotSaid;
  NameLevel name = NameLevel::kNotSaid;
  bool is_our_account = false;
  std::int32_t days = 0;

  // Larger is likelier.
  [[nodiscard]] auto rank() const {
    return std::tuple(!shared_name.empty(), kept.is_zero(), payer, name, is_our_account, -days);
  }
};

Compared compare(const MoneySide& back, const MoneySide& came, std::size_t place) {
  return {.place = place,
          .shared_name = name_of_both(back, came),
          .kept = came.amount + back.amount,
          .payer = compare_accounts(back.payer_account, came.payer_account),
          .name = compare_payer_names(back.payer_name, came.payer_name),
          .is_our_account = back.our_account == came.our_account,
          .days = back.booked - came.booked};
}

std::vector<PayerReason> reasons_of(const Compared& compared, const MoneySide& came) {
  std::vector<PayerReason> reasons;
  if (compared.kept.is_zero()) {
    reasons.push_back({"payer.return.sum", "", 0, came.amount});
  } else {
    reasons.push_back({"payer.return.less", "", 0, compared.kept, false});
  }
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

bool is_other_payer(const MoneySide& came, const MoneySide& back) {
  const Said account = compare_accounts(came.payer_account, back.payer_account);
  if (account == Said::kSame) return false;
  const NameLevel name = compare_payer_names(back.payer_name, came.payer_name);
  if (name == NameLevel::kNotSaid) return account == Said::kDiffers;
  return name == NameLevel::kDiffers;
}

// The bank kept a little of it, as a number that both bear says.
bool is_a_little_less(const MoneySide& came, const MoneySide& back) {
  if (came.booked > back.booked || came.amount.is_negative()) return false;
  const base::Money kept = came.amount + back.amount;
  return 0 < kept.minor() && kept.minor() <= kKeptOfReturnMax && !name_of_both(back, came).empty();
}

// What a person may choose.
bool can_be_shown(const MoneySide& came, const MoneySide& back) {
  switch (fit_return(came, back)) {
    case ReturnFit::kFits:
    case ReturnFit::kOtherPayer: return true;
    case ReturnFit::kOtherSum: return is_a_little_less(came, back);
    case ReturnFit::kOtherCurrency:
    case ReturnFit::kLater: return false;
  }
  return false;
}

}  // namespace

ReturnFit fit_return(const MoneySide& came, const MoneySide& back) {
  if (came.amount.currency() != back.amount.currency()) return ReturnFit::kOtherCurrency;
  if (came.amount != -back.amount) return ReturnFit::kOtherSum;
  if (came.booked > back.booked) return ReturnFit::kLater;
  return is_other_payer(came, back) ? ReturnFit::kOtherPayer : ReturnFit::kFits;
}

std::vector<ReturnedCandidate> rank_returned(const MoneySide& back,
                                             std::span<const MoneySide> came) {
  std::vector<Compared> all;
  for (std::size_t place = 0; place < came.size(); ++place) {
    if (can_be_shown(came[place], back)) all.push_back(compare(back, came[place], place));
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

}  // namespace domain::matching
