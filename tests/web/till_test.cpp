// A shop's till in the console, as its staff use it: a drawer is opened, who stands there is found,
// cash and cards are taken once, a receipt is printed, and the drawer is counted.
#include <gtest/gtest.h>

#include "flows/care/index_customers.h"
#include "flows/tills/bill_code.h"
#include "ports/billing.h"
#include "tests/flows/bad_provider.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using domain::Role;
using tests::field_of;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::WebWorld;

const std::string kTill = "/console/till/kungsgatan-1";

std::string between(const std::string& text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) return {};
  const std::size_t start = begin + from.size();
  return text.substr(start, text.find(to, start) - start);
}

class TillPageTest : public testing::Test {
 protected:
  TillPageTest() {
    EXPECT_OK(flows::index_customers(world_.store()));
    const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
    auto open = transaction->billing().list_bills({.state = "open", .limit = 50}).value();
    for (auto& bill : open) {
      if (bill.rest().minor() > 0) bills_.push_back(std::move(bill));
    }
    EXPECT_GE(bills_.size(), 2u);
  }

  HttpAnswer get(const std::string& path, int status = 200) {
    HttpAnswer page = client_->get(path);
    EXPECT_EQ(page.status, status) << path;
    return page;
  }
  HttpAnswer post(const std::string& path, Fields fields, const std::string& key) {
    fields.set("form_token", field_of(get(kTill), "form_token"));
    fields.set("idempotency_key", key);
    return client_->request("POST", kTill + path, fields.encode(),
                            {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
  void open() {
    Fields form;
    form.set("sum", "1000");
    EXPECT_EQ(post("/open", form, "open").status, 303);
  }
  Fields choose(const domain::Bill& bill, const std::string& way, const std::string& tendered) {
    const std::string id = bill.account.to_string() + "." + bill.id.to_string();
    Fields form;
    form.set("account", bill.account.to_string());
    form.set("bill", id);
    form.set("way", way);
    form.set("tendered", tendered);
    return form;
  }
  domain::Bill now(const domain::Bill& bill) {
    const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
    return transaction->billing().find_bill(bill.account, bill.id).value().value();
  }

  tests::BadProvider terminal_{"adyen_terminal"};
  flows::Gateways gateways_{{&terminal_}, {}};
  WebWorld world_{{.gateways = &gateways_}};
  std::unique_ptr<HttpClient> client_ = world_.console(Role::kCashier);
  std::vector<domain::Bill> bills_;
};

TEST_F(TillPageTest, ADayAtTheTill) {
  EXPECT_TRUE(get("/console/till").body.contains("kungsgatan-1"));
  EXPECT_TRUE(get(kTill).body.contains("name=\"sum\"")) << "a closed drawer asks for its float";
  open();
  const HttpAnswer empty = get(kTill);
  EXPECT_TRUE(empty.body.contains("id=\"scan\"")) << "and an open one for who is there";
  EXPECT_TRUE(between(empty.body, "id=\"scan\"", ">").contains("autofocus"));
  const domain::Bill& bill = bills_.front();
  const HttpAnswer found = get(kTill + "?find=" + bill.reference);
  EXPECT_TRUE(found.body.contains(bill.id.to_string()));
  // More than is owed, and the change is said.
  const HttpAnswer taken = post("/take", choose(bill, "cash", "5000"), "a");
  ASSERT_EQ(taken.status, 303);
  const std::string done = taken.header("location");
  EXPECT_EQ(now(bill).state, domain::BillState::kSettled);
  EXPECT_TRUE(get(done).body.contains("class=\"change\""));
  EXPECT_EQ(post("/take", choose(bill, "cash", "5000"), "a").header("location"), done)
      << "sent twice, it is the same";
  const HttpAnswer receipt = get(kTill + "/receipts/1");
  EXPECT_TRUE(receipt.body.contains("Aurora Telekom AB"));
  EXPECT_TRUE(receipt.body.contains("kungsgatan-1 1"));
  EXPECT_TRUE(get(kTill + "/receipts/1?language=fi").body.contains("<html lang=\"fi\""));
  get(kTill + "/receipts/2", 404);
  const HttpAnswer file = get(kTill + "/receipts/1.pdf?width=58");
  EXPECT_EQ(file.header("content-type"), "application/pdf");
  EXPECT_TRUE(file.header("content-disposition").contains("kungsgatan-1-1.pdf"));
  EXPECT_TRUE(file.body.starts_with("%PDF-1.7") && file.body.ends_with("%%EOF\n"));
  EXPECT_TRUE(between(file.body, "/MediaBox[", "]").contains(" 164.4")) << "as wide as the roll";
  EXPECT_EQ(get(kTill + "/receipts/1.pdf?width=58").body, file.body) << "and the same again";
  get(kTill + "/receipts/2.pdf", 404);
  for (const std::string language : {"sv", "fi", "nb", "da", "en", "it", "es", "de"}) {
    EXPECT_TRUE(get(kTill + "/receipts/1.pdf?language=" + language)
                    .body.contains("/Lang(" + language + ")"));
  }
  // Undone with a reason, and owed again.
  Fields undo;
  undo.set("undo", "2");
  undo.set("reason", "Fel faktura");
  ASSERT_EQ(post("/undo", undo, "u").status, 303);
  EXPECT_EQ(now(bill).state, domain::BillState::kOpen);
  // A count that is off is asked for once more, and neither time is told what should be there.
  Fields count;
  count.set("pieces.500.00", "2");
  count.set("sum", "10");
  const HttpAnswer first = post("/close", count, "c");
  ASSERT_EQ(first.status, 303);
  EXPECT_EQ(first.header("location"), kTill + "/close");
  for (const std::string& page : {first.body, get(kTill + "/close").body, get(kTill).body}) {
    for (const std::string told : {"500,00", "510,00", "1 010,00", "1\u00a0010,00"}) {
      EXPECT_FALSE(between(page, "<main", "<table").contains(told)) << told;
    }
  }
  EXPECT_TRUE(get(kTill + "/close").body.contains("role=\"alert\"")) << "count again";
  EXPECT_EQ(post("/close", count, "c").header("location"), kTill + "/close");
  count.set("reason", "Växelpengar");
  const HttpAnswer closed = post("/close", count, "d");
  ASSERT_EQ(closed.status, 303);
  const std::string session = get(closed.header("location")).body;
  EXPECT_TRUE(session.contains("Växelpengar"));
  EXPECT_TRUE(session.contains("Första räkningen"));
  EXPECT_TRUE(get("/console/till").body.contains("kungsgatan-1 1"));
}

TEST_F(TillPageTest, WhatCannotBeTakenIsSaidAndKeptAsItWasTyped) {
  open();
  const domain::Bill& bill = bills_.front();
  struct Row {
    const char* tendered;
    const char* said;
  };
  const Row rows[] = {{"1", "räcker inte"}, {"many", "i siffror"}};
  int key = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.tendered);
    const HttpAnswer page =
        post("/take", choose(bill, "cash", row.tendered), "k" + std::to_string(++key));
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.body.contains(bill.id.to_string()));
    EXPECT_TRUE(page.body.contains("value=\"" + std::string(row.tendered) + "\""));
    EXPECT_TRUE(page.body.contains(row.said));
  }
  EXPECT_EQ(now(bill).paid.minor(), 0);
}

TEST_F(TillPageTest, ACardIsAskedForOnceWhateverTheTerminalSays) {
  open();
  const domain::Bill& bill = bills_.front();
  terminal_.line = tests::BadProvider::Line::kAnswerLost;
  const HttpAnswer begun = post("/take", choose(bill, "card", ""), "card");
  ASSERT_EQ(begun.status, 303);
  const HttpAnswer waiting = get(begun.header("location"));
  EXPECT_TRUE(waiting.body.contains("<script type=\"module\" data-again=\"3\">"));
  EXPECT_TRUE(waiting.header("content-security-policy").contains("script-src 'sha256-"));
  EXPECT_TRUE(waiting.body.contains("<noscript><p><a class=\"button quiet\" href=\"\">"))
      << "and is looked at again without scripts";
  const HttpAnswer other = get("/console/till");
  EXPECT_FALSE(other.body.contains("<script")) << "and no page has one that waits for nothing";
  EXPECT_FALSE(other.header("content-security-policy").contains("script-src 'sha256-"));
  EXPECT_EQ(post("/take", choose(bill, "card", ""), "card").header("location"),
            begun.header("location"));
  EXPECT_EQ(post("/take", choose(bill, "cash", ""), "cash").status, 422)
      << "nor is it paid in cash meanwhile";
  EXPECT_EQ(terminal_.orders(), 1);
  EXPECT_EQ(now(bill).paid.minor(), 0);
}

TEST_F(TillPageTest, ACodeFindsItsBillAndOthersAreLimited) {
  open();
  const domain::Bill& bill = bills_.front();
  std::string code;
  ASSERT_OK(ports::run_in_transaction(
      world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        code = TRY(flows::code_of_bill(transaction, world_.clock(), bill.account, bill.id)).digits;
        return {};
      }));
  EXPECT_TRUE(get(kTill + "?find=" + code).body.contains(bill.id.to_string()));
  for (int n = 0; n < 5; ++n) {
    const std::string nine = std::to_string(987'654'000 + n);
    get(kTill + "?find=" + nine + domain::bill_code_check_digit(nine));
  }
  EXPECT_EQ(client_->get(kTill + "?find=" + code).status, 422);
}

TEST_F(TillPageTest, OnlyWhoMayUseATillSeesOne) {
  const auto agent = world_.console(Role::kAgent);
  EXPECT_EQ(agent->get("/console/till").status, 403);
  EXPECT_FALSE(agent->get("/console").body.contains("/console/till"));
  EXPECT_EQ(client_->get("/console/ledger").status, 403);
  EXPECT_EQ(client_->get("/console/till/nowhere").status, 404);
}

}  // namespace
}  // namespace web
