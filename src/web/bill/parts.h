// The parts that the values of a page are made of, one file each; only bill_model.cpp puts them
// together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/care/show_bill.h"
#include "flows/compose/line_words.h"
#include "web/bill/bill_model.h"
#include "web/bill/words.h"
#include "web/template/value.h"

namespace web::bill {

// Whether the page asks for money: open in any way.
[[nodiscard]] bool asks_for_money(domain::BillFace face);

// --- coming.cpp: what is going to be drawn anyway.
// What the page asks for, without what a bank has been told to draw.
[[nodiscard]] base::Money asked_now(const flows::ShownBill& shown);
// All of that is with a bank: nothing is asked for.
[[nodiscard]] bool is_drawn(const flows::ShownBill& shown);
// All of it is going to be drawn: paying is a second thought, or not asked for at all.
[[nodiscard]] bool is_drawn_anyway(const flows::ShownBill& shown);
// How much, when and from where.
[[nodiscard]] std::string coming_words(const flows::ComingDebit& debit, const Words& words);

// --- frame.cpp: what every page has.
void add_frame(Value& page, std::string_view brand, const PageSetting& setting);
// tel, phone, mail, email, hours; absent where the operator has none.
[[nodiscard]] Value contact_values(std::string_view phone, std::string_view email,
                                   std::string_view opening_hours);

// --- hero.cpp: state, sum, last day; also the page's title.
[[nodiscard]] Value hero_values(const flows::ShownBill& shown, const Words& words);
[[nodiscard]] std::string page_title(const flows::ShownBill& shown, const Words& words);
// The one sentence that is said where the page changes while it is looked at.
[[nodiscard]] std::string change_sentence(const flows::ShownBill& shown, const Words& words);
// "Bankgiro"; empty for a way to pay without a name that payers know.
[[nodiscard]] std::string rail_words(std::string_view rail, const Words& words);

// --- slip.cpp: how to pay from one's own bank.
[[nodiscard]] Value slip_values(const flows::ShownBill& shown, std::string_view page_url,
                                const Words& words);
// The operator's accounts as rows of a slip.
[[nodiscard]] Value account_rows(const domain::PayeeAccounts& payee, const Words& words);

// --- lines.cpp: what the bill is for.
[[nodiscard]] Value papers_values(const flows::ShownBill& shown, const Words& words);
[[nodiscard]] Value live_rows(const flows::ShownBill& shown, const Words& words);
using flows::compose::is_included;
using flows::compose::used_words;
// Links to the bill's credit notes.
[[nodiscard]] Value note_links(const flows::ShownBill& shown, std::string_view token,
                               const Words& words);

// --- why.cpp: what changed since the last bill; absent where there is none to compare with.
[[nodiscard]] Value why_values(const flows::ShownBill& shown, const Words& words);
// The latest bills as columns; absent where this is the first.
[[nodiscard]] Value months_values(const flows::ShownBill& shown, const Words& words);

// --- days.cpp: the plan, and what happened and happens.
[[nodiscard]] Value plan_values(const flows::ShownBill& shown, const Words& words);
[[nodiscard]] Value days_values(const flows::ShownBill& shown, const Words& words);

// --- foot.cpp: numbers and names.
[[nodiscard]] Value foot_values(const flows::ShownBill& shown, const Words& words);

// The day that the view was made for.
[[nodiscard]] inline base::Date today_of(const domain::BillView& view) {
  return view.asked_by - view.days_left;
}

}  // namespace web::bill
