#include "web/bill/choice_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "flows/care/change_profile.h"
#include "flows/care/links.h"
#include "web/bill/beside.h"
#include "web/bill/bill_page.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

using base::Result;
using domain::BillingProfile;

constexpr std::string_view kActor = "customer";
constexpr std::string_view kKept = "kept";

// What the page offers; anything else that an account has is shown and can be kept.
constexpr std::array<std::string_view, 5> kGroupings = {"all", "division", "service", "category",
                                                        "one_off:each, all"};
constexpr std::array<std::string_view, 3> kFrequencies = {"monthly", "every_2_months#1",
                                                          "every_3_months#1"};
constexpr std::array<int, 8> kDueDays = {0, 1, 5, 10, 15, 20, 25, 31};
constexpr int kLastDay = 31;
constexpr std::array<std::string_view, 2> kDetails = {"standard", "full"};

std::string grouping_words(const Words& words, std::string_view grouping) {
  if (grouping == kGroupings.back()) return words.say("bill.choice.grouping.each");
  const bool offered = std::ranges::find(kGroupings, grouping) != kGroupings.end();
  return words.say("bill.choice.grouping." + std::string(offered ? grouping : "own"));
}

std::string frequency_words(const Words& words, std::string_view frequency) {
  constexpr std::string_view kEvery = "every_";
  if (frequency.starts_with(kEvery)) {
    std::int64_t months = 0;
    frequency.remove_prefix(kEvery.size());
    std::from_chars(frequency.data(), frequency.data() + frequency.size(), months);
    return words.say("bill.choice.frequency.months", {{"months", months}});
  }
  const std::string_view rhythm = frequency.substr(0, frequency.find('#'));
  return words.say("bill.choice.frequency." + std::string(rhythm));
}

std::string due_words(const Words& words, int due_day, int due_days) {
  if (due_day == 0) return words.say("bill.choice.due.days", {{"days", due_days}});
  if (due_day == kLastDay) return words.say("bill.choice.due.last");
  return words.say("bill.choice.due.day", {{"day", std::to_string(due_day)}});
}

std::string detail_words(const Words& words, std::string_view detail) {
  return words.say("bill.choice.detail." + std::string(detail));
}

Value state_values(const Words& words, std::string when, const BillingProfile& profile) {
  return Value::record()
      .set("when", std::move(when))
      .set("grouping", grouping_words(words, profile.grouping))
      .set("frequency", frequency_words(words, profile.frequency))
      .set("due", due_words(words, profile.due_day, profile.due_days))
      .set("detail", detail_words(words, profile.detail));
}

Value option(std::string value, std::string text, bool is_now) {
  return Value::record()
      .set("value", std::move(value))
      .set("text", std::move(text))
      .set("is_now", is_now);
}

// The offered values, with the one that is so now where it is not among them.
template <class T, std::size_t kSize>
std::vector<T> with_current(const std::array<T, kSize>& offered, const T& now) {
  std::vector<T> values(offered.begin(), offered.end());
  if (std::ranges::find(values, now) == values.end()) values.insert(values.begin(), now);
  return values;
}

// The page of one request: whose bill, in which language.
struct Page {
  flows::ShownBill shown;
  flows::AccountBilling billing;
  locale::Language language;
  std::string path;  // Of the bill, without the language that was asked for.
  std::string action;
};

Result<Page> open_page(const Call& call, ports::Transaction& transaction) {
  const Deps& deps = call.web.bill;
  const std::string& token = call.value("token");
  Page page;
  page.shown = TRY(flows::show_bill_by_link(deps.store, deps.clock, token));
  page.billing = TRY(flows::show_account(transaction, deps.clock, page.shown.bill.account));
  const auto asked = asked_language(call.request);
  const auto own = locale::parse_language(page.shown.invoices.front().buyer.language);
  page.language = asked.value_or(own.value_or(locale::Language::kEnglish));
  const std::string query =
      asked ? "?l=" + std::string(locale::code(page.language)) : std::string();
  page.path = "/b/" + token + query;
  page.action = "/b/" + token + "/choice" + query;
  return page;
}

Value frame_values(const Call& call, const Page& page, const Words& words) {
  Value values = beside_frame(call.web.bill, page.shown.invoices.front().seller, words,
                              "bill.choice.title", page.path);
  values.set("action", page.action);
  return values;
}

Result<Response> render(const Call& call, const Page& page, const Value& values) {
  const Deps& deps = call.web.bill;
  std::string body = TRY(deps.templates.render("bill/choice", locale::code(page.language), values));
  Response response = page_response(deps, 200, std::move(body), page.language);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Value form_values(const Words& words, const BillingProfile& now) {
  Value groupings = Value::list(), frequencies = Value::list(), dues = Value::list();
  Value details = Value::list();
  for (const std::string_view value : with_current(kGroupings, std::string_view(now.grouping))) {
    groupings.push(option(std::string(value), grouping_words(words, value), value == now.grouping));
  }
  for (const std::string_view value : with_current(kFrequencies, std::string_view(now.frequency))) {
    frequencies.push(
        option(std::string(value), frequency_words(words, value), value == now.frequency));
  }
  for (const int value : with_current(kDueDays, now.due_day)) {
    dues.push(
        option(std::to_string(value), due_words(words, value, now.due_days), value == now.due_day));
  }
  for (const std::string_view value : kDetails) {
    details.push(option(std::string(value), detail_words(words, value), value == now.detail));
  }
  return Value::record()
      .set("groupings", std::move(groupings))
      .set("frequencies", std::move(frequencies))
      .set("dues", std::move(dues))
      .set("details", std::move(details));
}

Value states_of(const flows::AccountBilling& billing, const Words& words) {
  Value states = Value::list();
  states.push(state_values(words, words.say("bill.choice.now"), billing.now));
  if (billing.next_from) {
    states.push(state_values(words, words.say("bill.choice.from", {{"day", *billing.next_from}}),
                             billing.next));
  }
  return states;
}

Result<Response> choice_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Page page = TRY(open_page(call, *transaction));
  const Words words(call.web.bill.catalogue, page.language);
  Value values = frame_values(call, page, words);
  values.set("states", states_of(page.billing, words))
      .set("form", form_values(words, page.billing.next));
  if (call.query.find(kKept) != nullptr) {
    values.set("notice", page.billing.next_from
                             ? words.say("bill.choice.kept", {{"day", *page.billing.next_from}})
                             : words.say("bill.choice.same"));
  }
  return render(call, page, values);
}

// Only what stands on the page, or is so already: a form can be sent by hand.
Result<flows::ProfileWish> wish_of(const Fields& form, const flows::AccountBilling& billing) {
  flows::ProfileWish wish{.account = billing.account.id, .actor = std::string(kActor)};
  const auto allowed = [&](const auto& offered, const auto& value, const auto& now) {
    return value == now || std::ranges::find(offered, value) != std::end(offered);
  };
  const auto refuse = [](std::string_view member) {
    return base::fail("bad_profile", "this cannot be chosen here", std::string(member));
  };
  const std::string grouping = form.text("grouping"), frequency = form.text("frequency");
  const std::string due_text = form.text("due_day");
  const std::string* sent_detail = form.find("detail");
  const std::string detail = sent_detail == nullptr ? billing.next.detail : *sent_detail;
  int due_day = -1;
  const char* const end = due_text.data() + due_text.size();
  if (std::from_chars(due_text.data(), end, due_day).ptr != end) return refuse("due_day");
  if (!allowed(kGroupings, grouping, billing.next.grouping)) return refuse("grouping");
  if (!allowed(kFrequencies, frequency, billing.next.frequency)) return refuse("frequency");
  if (!allowed(kDueDays, due_day, billing.next.due_day)) return refuse("due_day");
  if (!allowed(kDetails, detail, billing.next.detail)) return refuse("detail");
  // What is so already stays unchosen: it goes on following the operator.
  if (grouping != billing.next.grouping) wish.set.grouping = grouping;
  if (frequency != billing.next.frequency) wish.set.frequency = frequency;
  if (due_day != billing.next.due_day) wish.set.due_day = due_day;
  if (detail != billing.next.detail) wish.set.detail = detail;
  return wish;
}

Result<Response> preview_page(const Call& call, ports::Transaction& transaction, const Page& page,
                              const flows::ProfileWish& wish) {
  const Words words(call.web.bill.catalogue, page.language);
  const auto preview =
      TRY(flows::preview_profile(transaction, call.web.bill.clock, call.web.rules(), wish));
  Value values = frame_values(call, page, words);
  Value states = states_of(page.billing, words);
  if (!preview.changes) {
    values.set("notice", words.say("bill.choice.same"))
        .set("form", form_values(words, page.billing.next));
  } else {
    states = Value::list();
    states.push(state_values(words, words.say("bill.choice.now"), page.billing.now));
    states.push(state_values(words, words.say("bill.choice.preview", {{"day", preview.holds_from}}),
                             preview.after));
    Value shown = Value::record();
    const BillingProfile& after = preview.after;
    shown.set("grouping_text", after.grouping)
        .set("frequency_text", after.frequency)
        .set("due_text", std::to_string(after.due_day))
        .set("detail_text", after.detail);
    if (preview.bills_after.empty()) {
      shown.set("first", std::string()).set("then", std::string());
    } else {
      const flows::PreviewBill& first = preview.bills_after.front();
      shown
          .set("first",
               words.say("bill.choice.preview.first", {{"bills", preview.bills_after.size()},
                                                       {"issued", first.issued},
                                                       {"due", first.due}}))
          .set("then", words.say("bill.choice.preview.then", {{"day", first.following}}));
    }
    values.set("preview", std::move(shown));
  }
  values.set("states", std::move(states));
  return render(call, page, values);
}

Result<Response> take_choice(const Call& call) {
  const Fields form = TRY(call.request.form());
  const bool keep = form.text("step") == "keep";
  if (!keep) {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    const Page page = TRY(open_page(call, *transaction));
    return preview_page(call, *transaction, page, TRY(wish_of(form, page.billing)));
  }
  std::string next;
  TRY(ports::run_in_transaction(call.web.store, [&](ports::Transaction& transaction) -> Result<> {
    const Page page = TRY(open_page(call, transaction));
    const auto wish = TRY(wish_of(form, page.billing));
    TRY(flows::change_profile(transaction, call.access(), call.web.rules(), wish));
    next = page.action + (page.action.contains('?') ? "&" : "?") + std::string(kKept) + "=1";
    return {};
  }));
  return see_other(next);
}

// A form that was not made here is answered with ours.
bool is_a_wrong_form(const base::Error& error) {
  return error.code == "bad_profile" || error.code == "not_a_form" ||
         error.code == "bad_url_encoding" || error.code == "too_many_fields";
}

Response answer(const Call& call, Result<Response> response) {
  if (response) return *std::move(response);
  if (is_a_wrong_form(response.error())) return see_other("/b/" + call.value("token") + "/choice");
  return failure_page(call.web.bill, call.request, response.error());
}

}  // namespace

Response too_many_tries(const Call& call, std::int64_t seconds) {
  const auto language = asked_language(call.request).value_or(call.language);
  const std::string_view words = call.web.bill.catalogue.text(language, "bill.error.too_many");
  Response response = text_response(429, std::string(words) + "\n");
  response.headers.set("Retry-After", std::to_string(seconds));
  return response;
}

Response show_choice(const Call& call) { return answer(call, choice_page(call)); }

Response change_choice(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  const std::int64_t wait = call.guards.choices_of_link.take(key, call.web.clock.now());
  if (wait > 0) return too_many_tries(call, wait);
  return answer(call, take_choice(call));
}

}  // namespace web::bill
