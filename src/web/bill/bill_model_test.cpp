// The pages themselves, as files to be read by eye: every state in Swedish, the open one in all
// languages. ./dev update rewrites them (samples/ beside this file).
#include "web/bill/bill_model.h"

#include <gtest/gtest.h>

#include "domain/billing/credit_note.h"
#include "domain/plan/rows.h"

#include "tests/browser/fixture/sample_bills.h"
#include "tests/browser/fixture/templates.h"
#include "tests/support/expected_file.h"
#include "tests/support/shipped_catalogue.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

using locale::Language;

[[nodiscard]] PageSetting setting(Language language) {
  return {locale::shipped_catalogue(), language, "/* src/web/assets/bill.css */",
          "https://faktura.aurora.example/b/3q2-7wAbCdEfGhIjKlMnOpQrStU"};
}

[[nodiscard]] std::string page(std::string_view name, const Value& values, Language language) {
  static const auto kTemplates =
      fixture::bill_templates(TELGIRO_SOURCE_DIR, locale::shipped_catalogue());
  if (!kTemplates) return base::describe(kTemplates.error());
  const auto html = kTemplates->render(name, locale::code(language), values);
  return html ? *html : base::describe(html.error());
}

void expect_sample(const std::string& name, Language language, const std::string& html) {
  tests::expect_file(
      "src/web/bill/samples/" + name + "." + std::string(locale::code(language)) + ".html", html);
}

[[nodiscard]] flows::ShownBill sample(std::string_view name) {
  for (auto& each : fixture::sample_bills()) {
    if (each.name == name) return each.shown;
  }
  ADD_FAILURE() << name;
  return fixture::sample_bills().front().shown;
}

[[nodiscard]] std::string bill_page(const flows::ShownBill& shown, Language language) {
  return page("bill/page", bill_values(shown, setting(language)), language);
}

TEST(BillModel, R40EveryStateAsAPage) {
  for (const auto& each : fixture::sample_bills()) {
    const auto own = *locale::parse_language(each.shown.invoices.front().buyer.language);
    PageSetting with_methods = setting(own);
    if (!each.shown.under_way.empty() || !each.shown.coming.empty()) {
      with_methods.pay_path = "/b/TOKEN/pay";
      with_methods.pay_methods = "Swish · kort";
    }
    expect_sample(each.name, own, page("bill/page", bill_values(each.shown, with_methods), own));
  }
}

// The page links to the credit note, which is a page of its own; money that was paid is kept.
TEST(BillModel, R13ACreditedBillShowsItsCreditNote) {
  auto shown = sample("open");
  const domain::Invoice& invoice = shown.invoices.front();
  const domain::Invoice note = domain::make_credit_note(
      invoice, domain::plan_credit_note(invoice, {}, domain::CreditWhole{}).value(),
      {.id = {}, .series = "K", .number = 7, .issued = invoice.issued});
  shown.credit_notes = {note};
  shown.bill.credited = note.total;
  shown.bill.state = domain::BillState::kCredited;
  shown.to_account = base::Money(50'000, note.total.currency());
  shown.view = domain::view_bill(shown.bill, invoice.issued);
  PageSetting with_token = setting(Language::kSwedish);
  with_token.token = "TOKEN";
  const std::string html = page("bill/page", bill_values(shown, with_token), Language::kSwedish);
  EXPECT_TRUE(html.contains("<a href=\"/b/TOKEN/papers/K7\">Kreditfaktura K7</a>"));
  EXPECT_TRUE(html.contains("Sparat till nästa faktura"));
  EXPECT_FALSE(bill_page(shown, Language::kSwedish).contains("/papers/"));

  flows::ShownBill alone;
  alone.invoices = {note};
  const std::string paper =
      page("bill/paper", paper_values(alone, setting(Language::kSwedish)), Language::kSwedish);
  EXPECT_TRUE(paper.contains("<h1 id=\"paper-title\">Kreditfaktura K7</h1>"));
  EXPECT_TRUE(paper.contains("Avser faktura " + invoice.full_number()));
  EXPECT_TRUE(paper.contains(invoice.lines.front().name));
}

// The last bill, its causes and this bill stand in one list that adds up in sight.
TEST(BillModel, MOON1WhyItIsNotTheLastSum) {
  const std::string html = bill_page(sample("open"), Language::kSwedish);
  EXPECT_TRUE(html.contains("mer än sist"));
  EXPECT_TRUE(html.contains("<b>Mobil 20 GB</b> i stället för Mobil 10 GB."));
  EXPECT_TRUE(html.contains("<b>Router AX</b>, bara på den här fakturan."));
  auto first = sample("open");
  first.last_paper.reset();
  first.before.clear();
  const std::string alone = bill_page(first, Language::kSwedish);
  EXPECT_FALSE(alone.contains("än sist"));
  EXPECT_FALSE(alone.contains("class=\"months\""));
}

TEST(BillModel, APaidBillThanksAndSaysHow) {
  auto shown = sample("paid");
  EXPECT_TRUE(bill_page(shown, Language::kEnglish).contains("Bankgiro, 20 November."));
  shown.payments.back().rail = "swish";
  EXPECT_TRUE(bill_page(shown, Language::kEnglish).contains("Swish, 20 November."));
  shown.payments.back().rail = "carrier_pigeon";
  EXPECT_TRUE(bill_page(shown, Language::kEnglish).contains("Paid on 20 November."));
  shown.payments.clear();
  EXPECT_TRUE(bill_page(shown, Language::kEnglish).contains("There is nothing more to do."));
}

TEST(BillModel, OpenBillInEveryLanguage) {
  const auto shown = sample("open");
  for (const Language language : locale::kLanguages) {
    expect_sample("open", language, bill_page(shown, language));
  }
}

TEST(BillModel, PagesWithoutABill) {
  const domain::Operator seller = fixture::aurora();
  for (const Language language : {Language::kSwedish, Language::kEnglish}) {
    expect_sample("unknown", language,
                  page("bill/unknown", unknown_values(&seller, setting(language)), language));
    expect_sample("away", language,
                  page("bill/away", away_values(&seller, "/b/x", setting(language)), language));
  }
}

TEST(BillModel, PagesBeforeAnOperatorIsLoaded) {
  const std::string unknown = page(
      "bill/unknown", unknown_values(nullptr, setting(Language::kEnglish)), Language::kEnglish);
  EXPECT_NE(unknown.find("<title>This link does not open a bill</title>"), std::string::npos);
  const std::string away = page(
      "bill/away", away_values(nullptr, "/b/x", setting(Language::kEnglish)), Language::kEnglish);
  EXPECT_EQ(away.find("tel:"), std::string::npos);
  EXPECT_EQ(away.find("<dl"), std::string::npos);
}

// Every state that asks for no money has no way to pay it, no reference and no code.
TEST(BillModel, PaidBillsCannotBePaidAgain) {
  for (const auto& each : fixture::sample_bills()) {
    const std::string html = bill_page(each.shown, Language::kSwedish);
    const bool asks = asks_for_money(each.shown.view.face) && !is_drawn(each.shown);
    EXPECT_EQ(html.find("id=\"pay\"") != std::string::npos, asks) << each.name;
    EXPECT_EQ(html.find("href=\"#pay\"") != std::string::npos, asks) << each.name;
    EXPECT_EQ(html.find("class=\"scan\"") != std::string::npos, asks) << each.name;
  }
}

// R12: what is fixed and what comes on top stand apart, each with its sum, and with the rounding
// they are the total.
TEST(BillModel, R12FixedAndExtraAddUpInSight) {
  const std::string html = bill_page(sample("open"), Language::kEnglish);
  const std::size_t fixed = html.find("Fixed every month</h3><b>SEK 853.54");
  const std::size_t extra = html.find("Extras</h3><b>SEK 1,993.00");
  const std::size_t rounding = html.find("<dd>SEK 0.46");
  const std::size_t total = html.find("Total of the bill</dt><dd>SEK 2,847.00");
  EXPECT_LT(fixed, extra);
  EXPECT_LT(extra, rounding);
  EXPECT_LT(rounding, total);
  EXPECT_NE(total, std::string::npos);
}

TEST(BillModel, NothingOfABillIsMarkup) {
  const std::string html = bill_page(sample("hostile"), Language::kSwedish);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<b>W"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;"), std::string::npos);
}

struct SoonRow {
  std::string due;
  std::string_view headline;
};

TEST(BillModel, DueSoonSaysWhichDay) {
  const SoonRow rows[] = {
      {"2026-11-22", "Today is the last day"},
      {"2026-11-23", "Tomorrow is the last day"},
      {"2026-11-24", "2 days left to pay"},
      {"2026-11-25", "3 days left to pay"},
  };
  for (const SoonRow& row : rows) {
    const auto each = fixture::seen("due_soon", fixture::household_bill(row.due));
    EXPECT_NE(bill_page(each.shown, Language::kEnglish).find(row.headline), std::string::npos)
        << row.due;
  }
}

TEST(BillModel, PlanSaysHowFarEachPartIsCovered) {
  const auto parts = domain::open_rows(sample("instalments").bill);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_TRUE(parts[0].is_paid());
  EXPECT_EQ(parts[1].paid(), fixture::kronor(30'000));
  EXPECT_EQ(parts[2].paid(), fixture::kronor(0));
}

// A QR code needs an address or an account; without either the slip stands alone.
TEST(BillModel, NoCodeWithoutAnAddress) {
  PageSetting without = setting(Language::kSwedish);
  without.page_url = {};
  const std::string html =
      page("bill/page", bill_values(sample("open"), without), Language::kSwedish);
  EXPECT_NE(html.find("5050-1055"), std::string::npos);
  EXPECT_EQ(html.find("class=\"qr\""), std::string::npos);
}

}  // namespace
}  // namespace web::bill
