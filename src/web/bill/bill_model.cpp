#include "web/bill/bill_model.h"

#include "base/result/check.h"
#include "domain/plan/rows.h"
#include "web/bill/parts.h"
#include "web/bill/pay_page.h"

namespace web::bill {
namespace {

// What the pages without a bill have.
[[nodiscard]] Value failure_values(std::string_view heading_key, const domain::Operator* seller,
                                   const PageSetting& setting) {
  const Words words(setting.catalogue, setting.language);
  const std::string heading = words.say(heading_key);
  Value page = Value::record();
  if (seller == nullptr) {
    add_frame(page, "", setting);
    page.set("title", heading);
    return page;
  }
  add_frame(page, seller->brand, setting);
  page.set("title", words.say("bill.title_state", {{"state", heading}, {"brand", seller->brand}}))
      .set("contact", contact_values(seller->phone, seller->email, seller->opening_hours));
  return page;
}

// As the page that pays says it.
[[nodiscard]] std::string under_way_words(const flows::UnderWay& each, const Words& words) {
  if (each.is_at_till) return words.say("bill.now.at_till", {{"sum", each.amount}});
  return words.say(each.is_stopping ? "bill.now.stopping" : "bill.now.under_way",
                   {{"sum", each.amount}, {"method", method_words(each.method, words)}});
}

[[nodiscard]] Value under_way_sentences(const flows::ShownBill& shown, const Words& words) {
  Value sentences = Value::list();
  for (const flows::UnderWay& each : shown.under_way) {
    sentences.push(under_way_words(each, words));
  }
  // The first has told the state already where all is drawn.
  for (std::size_t at = is_drawn_anyway(shown) ? 1 : 0; at < shown.coming.size(); ++at) {
    sentences.push(coming_words(shown.coming[at], words));
  }
  return sentences;
}

}  // namespace

Value bill_values(const flows::ShownBill& shown, const PageSetting& setting) {
  CHECK(!shown.invoices.empty());
  const Words words(setting.catalogue, setting.language);
  const domain::Seller& seller = shown.invoices.front().seller;
  Value page = Value::record();
  add_frame(page, seller.brand, setting);
  Value why = why_values(shown, words);
  Value hero = hero_values(shown, words);
  const Value* note = why.find("note");
  if (note != nullptr && asks_for_money(shown.view.face)) hero.set("since", *note);
  page.set("title", page_title(shown, words))
      .set("hero", std::move(hero))
      .set("why", std::move(why))
      .set("months", months_values(shown, words))
      .set("contact", contact_values(seller.phone, seller.email, seller.opening_hours))
      .set("has_plan", asks_for_money(shown.view.face) && domain::has_plan(shown.bill))
      .set("plan", plan_values(shown, words))
      .set("papers", papers_values(shown, words))
      .set("live", live_rows(shown, words))
      .set("notes", note_links(shown, setting.token, words))
      .set("days", days_values(shown, words))
      .set("asks", asks_for_money(shown.view.face) && !is_drawn(shown))
      .set("is_instead", is_drawn_anyway(shown) && !is_drawn(shown))
      .set("foot", foot_values(shown, words));
  if (!setting.script.empty()) {
    page.set("live_path", Value::borrow(setting.live_path))
        .set("version", shown.bill.version)
        .set("say", change_sentence(shown, words))
        .set("script", SafeHtml::trusted(std::string(setting.script)));
  }
  if (asks_for_money(shown.view.face) && !is_drawn(shown)) {
    page.set("slip", slip_values(shown, setting.page_url, words));
    if (!setting.pay_path.empty()) {
      page.set("pay_now", std::string(setting.pay_path))
          .set("pay_methods", std::string(setting.pay_methods));
    }
  }
  page.set("under_way", under_way_sentences(shown, words))
      .set("pay_path", std::string(setting.pay_path));
  return page;
}

Value paper_values(const flows::ShownBill& alone, const PageSetting& setting) {
  CHECK(!alone.invoices.empty());
  const Words words(setting.catalogue, setting.language);
  const domain::Invoice& paper = alone.invoices.front();
  const bool is_note = paper.kind == domain::DocumentKind::kCreditNote;
  const std::string number = paper.full_number();
  const std::string heading = is_note ? words.say("document.credit_note") + " " + number
                                      : words.say("document.number_of", {{"number", number}});
  Value page = Value::record();
  add_frame(page, paper.seller.brand, setting);
  page.set("title",
           words.say("bill.title_state", {{"state", heading}, {"brand", paper.seller.brand}}))
      .set("heading", heading)
      .set("contact",
           contact_values(paper.seller.phone, paper.seller.email, paper.seller.opening_hours))
      .set("papers", papers_values(alone, words))
      .set("foot", foot_values(alone, words));
  if (paper.credits) {
    page.set("credits", words.say("document.credits", {{"number", paper.credits->number}}));
  }
  return page;
}

Value unknown_values(const domain::Operator* seller, const PageSetting& setting) {
  return failure_values("bill.link.unknown.title", seller, setting);
}

Value away_values(const domain::Operator* seller, std::string_view path,
                  const PageSetting& setting) {
  Value page = failure_values("bill.error.title", seller, setting);
  Value accounts;
  if (seller != nullptr) {
    accounts = account_rows(seller->payee, Words(setting.catalogue, setting.language));
  }
  page.set("has_accounts", accounts.is_shown())
      .set("accounts", std::move(accounts))
      .set("path", std::string(path));
  return page;
}

}  // namespace web::bill
