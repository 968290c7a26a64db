// The first screen: what the bill's state is, what to pay, until when, and what that means.
#include <algorithm>
#include <optional>

#include "domain/plan/rows.h"
#include "web/bill/parts.h"
#include "web/bill/pay_page.h"

namespace web::bill {
namespace {

using base::Money;
using domain::BillFace;

// From so many characters on a sum is set smaller, so that it stays on one line of a narrow
// telephone: the sizes stand in bill.css.
constexpr std::size_t kLongSum = 12;
constexpr std::size_t kLongestSum = 16;

[[nodiscard]] std::string_view sum_size(std::size_t characters) {
  if (characters >= kLongestSum) return " longest";
  return characters >= kLongSum ? " long" : "";
}

[[nodiscard]] std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// "To pay for November": of the newest month that a subscription on it covers.
[[nodiscard]] std::optional<base::Month> billed_month(const domain::Invoice& invoice) {
  std::optional<base::Month> month;
  for (const auto& line : invoice.lines) {
    if (line.kind != domain::LineKind::kRecurring || line.period.is_empty()) continue;
    const base::Month covered = base::Month::of(line.period.from());
    if (!month || *month < covered) month = covered;
  }
  return month;
}

[[nodiscard]] std::string headline(const flows::ShownBill& shown, const Words& words) {
  if (is_drawn_anyway(shown)) return words.say("bill.hero.direct_debit.title");
  switch (shown.view.face) {
    case BillFace::kOpen: {
      const auto month = billed_month(shown.invoices.front());
      return month ? words.say("bill.hero.open.title", {{"period", *month}})
                   : words.say("bill.hero.open.plain");
    }
    case BillFace::kDueSoon:
      return words.say("bill.hero.due_soon.title", {{"days", shown.view.days_left}});
    case BillFace::kOverdue: return words.say("bill.hero.overdue.title");
    case BillFace::kPartlyPaid: return words.say("bill.hero.partly_paid.title");
    case BillFace::kPaid: return words.say("bill.hero.paid.title");
    case BillFace::kCredited: return words.say("bill.hero.credited.title");
    case BillFace::kNothingToPay:
      return words.say(shown.bill.rest().is_negative() ? "bill.hero.in_favour.title"
                                                       : "bill.hero.zero.title");
    case BillFace::kInstalments: return words.say("bill.hero.instalments.title");
    case BillFace::kWrittenOff: return words.say("bill.hero.written_off.title");
    case BillFace::kCeded: return words.say("bill.hero.ceded.title");
  }
  return {};
}

// The large sum; none where the page has no amount to stand for.
[[nodiscard]] std::optional<Money> large_sum(const flows::ShownBill& shown) {
  switch (shown.view.face) {
    case BillFace::kOpen:
    case BillFace::kDueSoon:
    case BillFace::kOverdue:
    case BillFace::kPartlyPaid:
    case BillFace::kInstalments:
      return is_drawn_anyway(shown) ? shown.view.asked : asked_now(shown);
    case BillFace::kPaid: return shown.bill.paid;
    case BillFace::kNothingToPay:
      return shown.bill.rest().is_negative() ? -shown.bill.rest() : shown.bill.rest();
    case BillFace::kCredited: return Money(0, shown.bill.total.currency());
    case BillFace::kWrittenOff:
    case BillFace::kCeded: return std::nullopt;
  }
  return std::nullopt;
}

[[nodiscard]] std::string_view icon(BillFace face) {
  switch (face) {
    case BillFace::kOpen:
    case BillFace::kInstalments: return "#i-calendar";
    case BillFace::kDueSoon: return "#i-clock";
    case BillFace::kOverdue: return "#i-notice";
    case BillFace::kPartlyPaid: return "#i-part";
    case BillFace::kPaid:
    case BillFace::kCredited:
    case BillFace::kNothingToPay: return "#i-check";
    case BillFace::kWrittenOff:
    case BillFace::kCeded: return "#i-closed";
  }
  return {};
}

// How much is paid, as the width of a bar of a hundred: "35.2".
[[nodiscard]] std::string paid_share(Money paid, Money total) {
  const auto thousandths =
      std::clamp<base::Int128>(base::Int128{paid.minor()} * 1000 / total.minor(), 0, 1000);
  const auto whole = static_cast<std::int64_t>(thousandths);
  return std::to_string(whole / 10) + "." + std::to_string(whole % 10);
}

class Notes {
 public:
  explicit Notes(const Words& words) : words_(words) {}
  void say(std::string_view key, std::initializer_list<locale::Arg> args = {}) {
    list_.push(Value::record().set("text", words_.say(key, args)));
  }
  // The same words with a bar under them; the words say what the bar shows.
  void say_paid(const domain::Bill& bill) {
    const Money total = bill.total + bill.fees;
    list_.push(Value::record()
                   .set("text", words_.say("bill.hero.partly_paid.below",
                                           {{"paid", bill.paid}, {"total", total}}))
                   .set("paid_share", paid_share(bill.paid, total)));
  }
  [[nodiscard]] Value take() { return std::move(list_); }

 private:
  const Words& words_;
  Value list_ = Value::list();
};

void note_plan(const domain::Bill& bill, Notes& notes) {
  if (!domain::has_plan(bill)) return;
  const auto parts = domain::open_rows(bill);
  const auto next = std::ranges::find_if(parts, [](const auto& part) { return !part.is_paid(); });
  if (next == parts.end()) return;
  notes.say("bill.hero.instalments.part",
            {{"part", next - parts.begin() + 1}, {"parts", std::ssize(parts)}});
}

void note_asked(const flows::ShownBill& shown, Notes& notes) {
  const domain::Bill& bill = shown.bill;
  const bool is_left = !is_drawn_anyway(shown);
  const bool late = is_left && shown.view.days_left < 0;
  note_plan(bill, notes);
  if (!bill.paid.is_zero()) notes.say_paid(bill);
  if (!bill.fees.is_zero()) notes.say("bill.hero.fees_in_sum", {{"fees", bill.fees}});
  if (late && bill.fees.is_zero()) notes.say("bill.hero.overdue.no_fee_added");
  if (late) notes.say("bill.hero.overdue.already_paid");
  const bool soon = is_left && shown.view.face == BillFace::kDueSoon;
  if (soon && !shown.invoices.front().seller.phone.empty()) {
    notes.say("bill.hero.due_soon.call");
  }
}

void note_paid(const flows::ShownBill& shown, Notes& notes) {
  if (shown.payments.empty()) notes.say("bill.hero.paid.below");
  if (!shown.to_account.is_zero()) {
    notes.say("bill.hero.paid.kept", {{"sum", shown.to_account}});
  }
}

// Whom we thank, and how and when the last of the money came. Without a payment that is known here
// the notes say it in general.
void add_thanks(const flows::ShownBill& shown, const Words& words, Value& hero) {
  if (shown.payments.empty() || shown.bill.rest().is_negative()) return;
  const flows::PaidIn& last = shown.payments.back();
  const std::string rail = rail_words(last.rail, words);
  const std::string& name = shown.invoices.front().buyer.name;
  hero.set("by", words.say("bill.hero.paid.thanks", {{"name", name}}))
      .set("left", rail.empty()
                       ? words.say("bill.hero.paid.on", {{"day", last.booked}})
                       : words.say("bill.hero.paid.how", {{"rail", rail}, {"day", last.booked}}));
}

[[nodiscard]] Value notes_of(const flows::ShownBill& shown, const Words& words) {
  const domain::Bill& bill = shown.bill;
  Notes notes(words);
  switch (shown.view.face) {
    case BillFace::kOpen:
    case BillFace::kDueSoon:
    case BillFace::kOverdue:
    case BillFace::kPartlyPaid:
    case BillFace::kInstalments: note_asked(shown, notes); break;
    case BillFace::kPaid:
      if (bill.rest().is_negative()) {
        notes.say("bill.hero.paid.too_much", {{"sum", -bill.rest()}});
      } else {
        note_paid(shown, notes);
      }
      break;
    case BillFace::kCredited:
      notes.say("bill.hero.credited.below");
      if (!bill.paid.is_zero()) notes.say("bill.hero.credited.paid", {{"paid", bill.paid}});
      break;
    case BillFace::kNothingToPay:
      notes.say(bill.rest().is_negative() ? "bill.hero.in_favour.below" : "bill.hero.zero.below");
      break;
    case BillFace::kWrittenOff: notes.say("bill.hero.written_off.below"); break;
    case BillFace::kCeded: notes.say("bill.hero.ceded.below"); break;
  }
  return notes.take();
}

[[nodiscard]] std::string_view action_key(const flows::ShownBill& shown) {
  if (domain::has_plan(shown.bill)) return "bill.pay.how_part";
  return shown.bill.paid.is_zero() ? "bill.pay.how" : "bill.pay.how_rest";
}

}  // namespace

bool asks_for_money(BillFace face) {
  switch (face) {
    case BillFace::kOpen:
    case BillFace::kDueSoon:
    case BillFace::kOverdue:
    case BillFace::kPartlyPaid:
    case BillFace::kInstalments: return true;
    case BillFace::kPaid:
    case BillFace::kCredited:
    case BillFace::kNothingToPay:
    case BillFace::kWrittenOff:
    case BillFace::kCeded: return false;
  }
  return false;
}

std::string page_title(const flows::ShownBill& shown, const Words& words) {
  const std::string& brand = shown.invoices.front().seller.brand;
  if (asks_for_money(shown.view.face) && !is_drawn_anyway(shown)) {
    return words.say("bill.title",
                     {{"sum", asked_now(shown)}, {"due", shown.view.asked_by}, {"brand", brand}});
  }
  const std::string state = headline(shown, words);
  return words.say("bill.title_state", {{"state", state}, {"brand", brand}});
}

std::string rail_words(std::string_view rail, const Words& words) {
  for (const std::string_view known :
       {"bankgiro", "plusgiro", "transfer", "direct_debit", "card"}) {
    if (rail == known) return words.say("bill.rail." + std::string(rail));
  }
  return std::string(method_name(rail));
}

std::string change_sentence(const flows::ShownBill& shown, const Words& words) {
  if (is_drawn_anyway(shown)) return coming_words(shown.coming.front(), words);
  if (asks_for_money(shown.view.face)) {
    return words.say("bill.live.left", {{"sum", shown.bill.rest()}});
  }
  return words.say(shown.view.face == BillFace::kPaid ? "bill.live.paid" : "bill.live.changed");
}

Value hero_values(const flows::ShownBill& shown, const Words& words) {
  const domain::BillView& view = shown.view;
  Value hero = Value::record();
  hero.set("icon", Value::borrow(icon(view.face))).set("headline", headline(shown, words));
  if (const auto sum = large_sum(shown)) {
    std::string text = words.money(*sum);
    hero.set("sum_size", Value::borrow(sum_size(characters(text)))).set("sum", std::move(text));
  }
  if (is_drawn_anyway(shown)) {
    hero.set("by", coming_words(shown.coming.front(), words));
  } else if (asks_for_money(view.face)) {
    const bool late = view.days_left < 0;
    hero.set("by", words.say(late ? "bill.hero.overdue.below" : "bill.hero.last_day",
                             {{"due", view.asked_by}}));
    // "Tomorrow is the last day" has said it already.
    if (view.face != BillFace::kDueSoon) {
      hero.set("left", words.say(late ? "bill.hero.overdue.days" : "bill.hero.in_days",
                                 {{"days", late ? -view.days_left : view.days_left}}));
    }
    hero.set("action", words.say(action_key(shown)));
  }
  if (view.face == BillFace::kPaid) add_thanks(shown, words, hero);
  hero.set("notes", notes_of(shown, words));
  return hero;
}

}  // namespace web::bill
