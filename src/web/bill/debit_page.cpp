#include "web/bill/debit_page.h"

#include <algorithm>

#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/collections/register_mandate.h"
#include "flows/collections/sign_up.h"
#include "web/bill/beside.h"
#include "web/bill/bill_page.h"
#include "web/bill/choice_page.h"
#include "web/bill/mandate_text.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

using base::Result;
using domain::MandateScheme;
using domain::MandateState;

constexpr std::string_view kActor = "customer";
constexpr std::string_view kDone = "done";
constexpr std::size_t kFieldMax = 140;
constexpr std::size_t kTailShown = 4;
constexpr int kWrongStatus = 422;

// The page of one request: whose bill, how it is debited, in which language.
struct Page {
  flows::ShownBill shown;
  flows::DebitView debits;
  locale::Language language;
  std::string path, action;  // Of the bill and of this page, with "?l=sv" where it was asked for.
};

// What somebody typed, to be shown again beside what is wrong with it.
struct Typed {
  std::string name, account, identity;
  std::string wrong = {};  // A key of the catalogue.
};

Result<Page> open_page(const Call& call, ports::Transaction& transaction) {
  const std::string& token = call.value("token");
  Page page;
  page.shown = TRY(flows::show_bill_by_link(transaction, call.web.clock, token));
  page.debits =
      TRY(flows::view_debits(transaction, call.web.rules(), call.web.clock, page.shown.bill));
  const auto asked = asked_language(call.request);
  const auto own = locale::parse_language(page.shown.invoices.front().buyer.language);
  page.language = asked.value_or(own.value_or(locale::Language::kEnglish));
  const std::string query = asked ? "?l=" + std::string(locale::code(page.language)) : "";
  page.path = "/b/" + token + query;
  page.action = "/b/" + token + "/debit" + query;
  return page;
}

// --- What the page says.

// "···· 2323": enough to know one's own account by.
std::string tail_of(const std::string& account) {
  if (account.size() <= kTailShown) return account;
  return "\u00b7\u00b7\u00b7\u00b7 " + account.substr(account.size() - kTailShown);
}

std::string next_words(const Page& page, const Words& words) {
  const auto& next = page.debits.next;
  if (!next) return words.say("bill.debit.next.none");
  const std::string_view key = next->is_ordered ? "bill.debit.next.ordered"
                               : next->is_told  ? "bill.debit.next.planned"
                                                : "bill.debit.next.expected";
  return words.say(key, {{"sum", next->amount}, {"day", next->day}});
}

std::string state_words(const domain::Mandate& mandate, const Words& words) {
  switch (mandate.state) {
    case MandateState::kDraft:
    case MandateState::kPending: return words.say("bill.debit.state.pending");
    case MandateState::kActive: return words.say("bill.debit.state.active");
    case MandateState::kSuspended: return words.say("bill.debit.state.suspended");
    case MandateState::kDormant:
    case MandateState::kCancelled:
    case MandateState::kRejected: return {};
  }
  return {};
}

Value mandate_values(const Page& page, const Words& words) {
  const domain::Mandate& mandate = *page.debits.mandate;
  return Value::record()
      .set("state", state_words(mandate, words))
      .set("next", next_words(page, words))
      .set("scheme", Value::borrow(scheme_name(mandate.scheme)))
      .set("reference", mandate.reference)
      .set("creditor", creditor_words(mandate.scheme, mandate.creditor))
      .set("account", tail_of(mandate.payer_account))
      .set("signed_on", words.date(mandate.signed_on, locale::DateStyle::kLong))
      .set("id", mandate.id.to_string());
}

Value form_values(const Page& page, const Words& words, const Typed& typed) {
  const flows::DebitOffer& offer = *page.debits.offer;
  Value paragraphs = Value::list();
  for (const std::string& paragraph :
       mandate_text(offer, page.debits.seller.legal_name, words, page.language).paragraphs) {
    paragraphs.push(Value::record().set("text", paragraph));
  }
  const bool is_sepa = domain::is_sepa(offer.scheme);
  return Value::record()
      .set("paragraphs", std::move(paragraphs))
      .set("account_label",
           is_sepa ? std::string("IBAN") : words.say("bill.debit.account.autogiro"))
      .set("asks_identity", !is_sepa)
      .set("name", typed.name)
      .set("account", typed.account)
      .set("identity", typed.identity);
}

Result<Response> render(const Call& call, const Page& page, const Typed& typed) {
  const Deps& deps = call.web.bill;
  const Words words(deps.catalogue, page.language);
  const flows::DebitView& debits = page.debits;
  Value values =
      beside_frame(deps, page.shown.invoices.front().seller, words, "bill.debit.title", page.path);
  values.set("action", page.action);
  const std::string* done = call.query.find(kDone);
  if (!typed.wrong.empty()) {
    values.set("notice", words.say(typed.wrong)).set("is_good", false);
  } else if (done != nullptr && (*done == "agreed") == debits.mandate.has_value()) {
    values.set("notice", words.say(debits.mandate ? "bill.debit.agreed" : "bill.debit.ended"))
        .set("is_good", true);
  }
  if (debits.mandate) {
    values.set("mandate", mandate_values(page, words));
  } else if (!debits.offer) {
    values.set("closed", words.say("bill.debit.not_offered"));
  } else if (debits.offer->scheme == MandateScheme::kAvtalegiro) {
    values.set("closed",
               words.say("bill.debit.at_bank", {{"account", debits.offer->creditor},
                                                {"reference", page.shown.bill.reference}}));
  } else {
    values.set("form", form_values(page, words, typed));
  }
  std::string body = TRY(deps.templates.render("bill/debit", locale::code(page.language), values));
  Response response =
      page_response(deps, typed.wrong.empty() ? 200 : kWrongStatus, std::move(body), page.language);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Result<Response> debit_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Page page = TRY(open_page(call, *transaction));
  Typed typed;
  typed.name = page.shown.invoices.front().buyer.name;
  return render(call, page, typed);
}

// --- What is sent.

std::string digits_of(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '-' || c == '+'; });
  return text;
}

// Which sentence tells of it; empty where it is not the customer's to mend.
std::string wrong_key(const base::Error& error) {
  if (error.code == "bad_payer_account" || error.code == "missing_payer_account" ||
      error.code == "payer_account_is_ours") {
    return "bill.debit.wrong.account";
  }
  if (error.code == "bad_payer_identity" || error.code == "missing_payer_identity") {
    return "bill.debit.wrong.identity";
  }
  if (error.code == "mandate_exists") return "bill.debit.wrong.taken";
  return {};
}

flows::SignUp request_of(const Call& call, const Page& page, const Typed& typed) {
  const flows::DebitOffer& offer = *page.debits.offer;
  const Words words(call.web.bill.catalogue, page.language);
  const MandateText text = mandate_text(offer, page.debits.seller.legal_name, words, page.language);
  return {.account = page.shown.bill.account,
          .scheme = offer.scheme,
          .creditor = offer.creditor,
          .payer_name = typed.name,
          .payer_account = typed.account,
          .payer_identity = domain::is_sepa(offer.scheme) ? "" : digits_of(typed.identity),
          .consent = {.given_by = typed.name,
                      .channel = "bill_page",
                      .at = {},
                      .text_version = text.version,
                      .ip = call.peer,
                      .agent = std::string(call.request.headers.get("user-agent").substr(0, 200)),
                      .text_sha256 = text.sha256,
                      .identified_by = "bill_link"},
          .actor = std::string(kActor)};
}

std::string done_address(const Page& page, std::string_view what) {
  return page.action + (page.action.contains('?') ? "&" : "?") + std::string(kDone) + "=" +
         std::string(what);
}

Result<Response> agree(const Call& call, const Page& page, const Fields& form) {
  Typed typed{form.text("name").substr(0, kFieldMax), form.text("account").substr(0, kFieldMax),
              form.text("identity").substr(0, kFieldMax)};
  const bool can = page.debits.offer && page.debits.offer->scheme != MandateScheme::kAvtalegiro;
  if (page.debits.mandate || !can) return see_other(page.action);
  if (typed.name.empty()) typed.wrong = "bill.debit.wrong.name";
  if (form.text("agree") != "yes") typed.wrong = "bill.debit.wrong.agree";
  if (typed.wrong.empty()) {
    const auto signed_up = flows::sign_up(call.web.store, call.web.rules(), call.web.clock,
                                          request_of(call, page, typed));
    if (signed_up) return see_other(done_address(page, "agreed"));
    typed.wrong = wrong_key(signed_up.error());
    if (typed.wrong.empty()) return std::unexpected(signed_up.error());
  }
  return render(call, page, typed);
}

// The mandate that the form was about; another one that stands meanwhile is not ended by it.
Result<Response> end(const Call& call, const Page& page, const Fields& form) {
  const auto& mandate = page.debits.mandate;
  if (!mandate || form.text("mandate") != mandate->id.to_string()) return see_other(page.action);
  const auto ended = flows::step_mandate(
      call.web.store, call.web.clock, {mandate->id.to_string(), std::string(kActor), "by_customer"},
      domain::MandateStep::kCancel);
  // Somebody else was quicker.
  if (!ended && ended.error().code != "mandate_step_not_allowed") {
    return std::unexpected(ended.error());
  }
  return see_other(done_address(page, "ended"));
}

Result<Response> take_form(const Call& call) {
  const Fields form = TRY(call.request.form());
  Page page;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    page = TRY(open_page(call, *transaction));
  }
  if (form.text("step") == "end") return end(call, page, form);
  return agree(call, page, form);
}

Response answer(const Call& call, Result<Response> response) {
  if (response) return *std::move(response);
  const std::string& code = response.error().code;
  if (code == "not_a_form" || code == "bad_url_encoding" || code == "too_many_fields") {
    return see_other("/b/" + call.value("token") + "/debit");
  }
  return failure_page(call.web.bill, call.request, response.error());
}

}  // namespace

Response show_debit(const Call& call) { return answer(call, debit_page(call)); }

Response change_debit(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  const std::int64_t wait = call.guards.mandates_of_link.take(key, call.web.clock.now());
  return wait > 0 ? too_many_tries(call, wait) : answer(call, take_form(call));
}

}  // namespace web::bill
