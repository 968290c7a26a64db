// What of a bill is going to be drawn by direct debit, or from a kept method: the words for it, and
// what is left to ask for.
#include <algorithm>

#include "web/bill/parts.h"
#include "web/bill/pay_page.h"

namespace web::bill {

using base::Money;

Money asked_now(const flows::ShownBill& shown) {
  Money asked = shown.view.asked;
  for (const flows::ComingDebit& debit : shown.coming) {
    if (debit.is_ordered) asked -= debit.amount;
  }
  return std::max(asked, Money(0, asked.currency()));
}

bool is_drawn(const flows::ShownBill& shown) {
  return asks_for_money(shown.view.face) && !shown.coming.empty() && asked_now(shown).is_zero();
}

bool is_drawn_anyway(const flows::ShownBill& shown) {
  if (!asks_for_money(shown.view.face) || shown.coming.empty()) return false;
  Money coming(0, shown.view.asked.currency());
  for (const flows::ComingDebit& debit : shown.coming) coming += debit.amount;
  return coming >= shown.view.asked;
}

std::string coming_words(const flows::ComingDebit& debit, const Words& words) {
  if (!debit.method.empty()) {
    return words.say("bill.now.charge", {{"sum", debit.amount},
                                         {"day", debit.day},
                                         {"method", method_words(debit.method, words)},
                                         {"title", debit.title}});
  }
  if (debit.ending.empty()) {
    return words.say("bill.now.debit", {{"sum", debit.amount}, {"day", debit.day}});
  }
  return words.say("bill.now.debit.account",
                   {{"sum", debit.amount}, {"day", debit.day}, {"ending", debit.ending}});
}

}  // namespace web::bill
