// Parts of a plan, and the days of a bill: what happened, what comes.
#include <algorithm>

#include "domain/plan/rows.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

[[nodiscard]] std::string part_state(const domain::OpenRow& part, bool is_next, bool is_late,
                                     const Words& words) {
  if (part.is_paid()) return words.say("bill.plan.paid");
  if (!part.paid().is_zero()) return words.say("bill.plan.partly", {{"paid", part.paid()}});
  if (is_late) return words.say("bill.plan.late");
  return is_next ? words.say("bill.plan.next") : std::string();
}

[[nodiscard]] Value day(base::Date date, std::string text, bool is_past, const Words& words) {
  Value values = Value::record();
  values.set("iso", date.to_string())
      .set("date", words.date(date, locale::DateStyle::kWeekday))
      .set("text", std::move(text))
      .set("is_past", is_past);
  return values;
}

// What has happened, in the order of days.
[[nodiscard]] Value past_days(const flows::ShownBill& shown, const Words& words) {
  struct Past {
    base::Date day;
    std::string text;
    std::string detail;
  };
  std::vector<Past> past = {{shown.bill.issued, words.say("bill.events.issued"), {}}};
  for (const flows::PaidIn& payment : shown.payments) {
    past.push_back({payment.booked, words.say("bill.events.paid", {{"sum", payment.amount}}),
                    rail_words(payment.rail, words)});
  }
  for (const domain::Invoice& note : shown.credit_notes) {
    past.push_back({note.issued, words.say("bill.events.credited", {{"sum", note.total}}),
                    words.say("document.credit_note") + " " + note.full_number()});
  }
  std::ranges::stable_sort(past, {}, &Past::day);
  Value days = Value::list();
  for (Past& each : past) {
    days.push(
        day(each.day, std::move(each.text), true, words).set("detail", std::move(each.detail)));
  }
  return days;
}

}  // namespace

Value plan_values(const flows::ShownBill& shown, const Words& words) {
  if (!asks_for_money(shown.view.face)) return {};
  const auto parts = domain::open_rows(shown.bill);
  const auto next = std::ranges::find_if(parts, [](const auto& part) { return !part.is_paid(); });
  Value rows = Value::list();
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    const bool is_late = !part->is_paid() && part->due < today_of(shown.view);
    rows.push(Value::record()
                  .set("name", words.say("bill.plan.part", {{"part", part - parts.begin() + 1},
                                                            {"parts", std::ssize(parts)}}))
                  .set("due", words.date(part->due, locale::DateStyle::kLong))
                  .set("state", part_state(*part, part == next, is_late, words))
                  .set("amount", words.money(part->amount)));
  }
  return rows;
}

Value days_values(const flows::ShownBill& shown, const Words& words) {
  const base::Date today = today_of(shown.view);
  Value days = past_days(shown, words);
  if (!asks_for_money(shown.view.face)) return days;
  std::vector<std::pair<base::Date, std::string>> coming;
  for (const flows::ComingDebit& debit : shown.coming) {
    coming.emplace_back(debit.day, words.say("bill.events.drawn", {{"sum", debit.amount}}));
  }
  // What is drawn anyway has no last day for its payer.
  const bool is_drawn = is_drawn_anyway(shown);
  const auto parts = domain::open_rows(shown.bill);
  if (!domain::has_plan(shown.bill)) {
    if (!is_drawn) coming.emplace_back(shown.view.asked_by, words.say("bill.events.last_day"));
  } else {
    for (std::size_t at = 0; at < parts.size(); ++at) {
      const bool is_asked = parts[at].due == shown.view.asked_by;
      if ((is_asked && is_drawn) || (!is_asked && at + 1 != parts.size())) continue;
      coming.emplace_back(parts[at].due, words.say("bill.events.part",
                                                   {{"part", at + 1}, {"parts", parts.size()}}));
    }
  }
  std::ranges::stable_sort(coming, {}, &std::pair<base::Date, std::string>::first);
  for (auto& [when, text] : coming) days.push(day(when, std::move(text), when < today, words));
  return days;
}

}  // namespace web::bill
