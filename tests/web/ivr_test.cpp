// MOON9 and R81 by telephone: calls of a simulated caller (tests/web/caller.h) to the served pages,
// in TwiML and VoiceXML, on both engines; R86: what is begun in a call is seen on the bill's page.
// Simulated: Twilio's and a platform's side of HTTP, and a provider that keeps its own books.
#include <algorithm>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "domain/contact/text_message.h"
#include "flows/calls/link_message.h"
#include "flows/care/links.h"
#include "flows/tills/bill_code.h"
#include "ports/billing.h"
#include "ports/calls.h"
#include "ports/parties.h"
#include "ports/plans.h"
#include "ports/tills.h"
#include "ports/work.h"
#include "storage/dump.h"
#include "support/crypto/mac.h"
#include "support/crypto/sha1.h"
#include "support/json/parse.h"
#include "support/observe/log.h"
#include "tests/flows/bad_provider.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/web/caller.h"
#include "tests/web/web_world.h"
#include "web/ivr/telephone.h"

namespace web {
namespace {

using base::Money;
using storage::sql::Engine;
using tests::BadProvider;
using tests::Caller;
using tests::CallerOptions;
using Line = BadProvider::Line;

constexpr std::string_view kAgent = "+46770000000";
// Of the customers, and of who calls unless it is said.
constexpr std::string_view kOwnNumber = "+46701234567";
// What somebody may key who is asked for something else.
constexpr std::string_view kCardNumber = "4242424242424242";

// As BadProvider, with customers' banks that may say no.
class CardHouse final : public ports::Gateway {
 public:
  explicit CardHouse(BadProvider& books) : books_(books) {}
  std::string_view name() const override { return books_.name(); }
  base::Result<domain::IntentUpdate> create(const ports::PaymentOrder& order) override {
    return books_.create(order);
  }
  base::Result<domain::IntentUpdate> confirm(const ports::PaymentConfirmation& back) override {
    return books_.confirm(back);
  }
  base::Result<domain::IntentUpdate> charge_stored(const ports::PaymentOrder& order) override {
    orders.push_back(order);
    if (!declines) return books_.charge_stored(order);
    const auto update = TRY(books_.create(order));
    if (!update.answered) return update;
    books_.customer_declines(update.provider_reference);
    return books_.create(order);
  }
  base::Result<domain::IntentUpdate> capture(const ports::PaymentChange& change) override {
    return books_.capture(change);
  }
  base::Result<domain::IntentUpdate> cancel(const ports::PaymentChange& change) override {
    return books_.cancel(change);
  }
  base::Result<domain::IntentUpdate> refund(const ports::PaymentChange& change) override {
    return books_.refund(change);
  }
  base::Result<domain::IntentUpdate> status(const ports::PaymentChange& change) override {
    return books_.status(change);
  }
  base::Result<ports::WebhookReading> verify_webhook(const ports::Webhook& webhook) override {
    return books_.verify_webhook(webhook);
  }
  domain::Decline classify(std::string_view code) const override { return books_.classify(code); }

  bool declines = false;
  std::vector<ports::PaymentOrder> orders;

 private:
  BadProvider& books_;
};

// What is not a call's.
class Elsewhere final : public Handler {
 public:
  Response handle(const Request&) override { return text_response(404, "elsewhere"); }
  Response refuse(int status, const base::Error&) override { return text_response(status, ""); }
};

struct Installation {
  using Change = std::function<void(ivr::TelephoneSettings&)>;
  explicit Installation(Engine engine, const Change& change = nullptr)
      : world({.engine = engine, .gateways = &gateways}) {
    ivr::TelephoneSettings settings;
    settings.line.numbers["+4686001000"] = {"en", ""};
    settings.line.numbers["+4686002000"] = {"sv", "aurora"};
    settings.line.languages = {"sv", "fi", "en"};
    settings.line.agent = kAgent;
    settings.line.card_gateway = "kort";
    settings.twilio_token = "12345";
    settings.vxml_secret = "geheim";
    if (change) change(settings);
    telephone =
        std::make_unique<ivr::Telephone>(ivr::TelephoneParts{.store = away,
                                                             .clock = world.clock(),
                                                             .random = random,
                                                             .texts = locale::shipped_catalogue(),
                                                             .gateways = gateways,
                                                             .link_key = link_key},
                                         settings, elsewhere);
    server.emplace(*Server::start(*telephone, {.threads = 4}));
    bill = read()->billing().list_bills({}).value().front();
    code = code_of(bill);
  }

  std::unique_ptr<ports::Transaction> read() {
    return std::move(*world.store().begin(ports::TransactionKind::kRead));
  }
  std::string code_of(const domain::Bill& of) {
    std::string digits;
    EXPECT_OK(ports::run_in_transaction(
        world.store(), [&](ports::Transaction& transaction) -> base::Result<> {
          digits = TRY(flows::code_of_bill(transaction, world.clock(), of.account, of.id)).digits;
          return {};
        }));
    return digits;
  }
  void keep_card(const domain::Bill& of) {
    domain::KeptMethod method;
    method.id = domain::KeptMethodId(of.account.bytes());
    method.account = of.account;
    method.gateway = "kort";
    method.method = "card";
    method.token = "tok_7";
    method.title = "•••• 4242";
    method.state = domain::KeptMethodState::kKept;
    method.recorded = world.clock().now();
    EXPECT_OK(ports::run_in_transaction(
        world.store(), [&](ports::Transaction& transaction) -> base::Result<> {
          const auto account = TRY(transaction.parties().find_account(of.account));
          auto owners = TRY(transaction.parties().find_customers({&account->customer, 1}));
          owners.front().party.phone = kOwnNumber;
          const auto epoch = TRY(transaction.work().hold_epoch());
          TRY(transaction.parties().update_customers(owners, {world.clock().now(), epoch}));
          return transaction.plans().keep(method);
        }));
  }
  [[nodiscard]] Caller caller(CallerOptions options = {}) {
    return Caller(server->port(), std::move(options));
  }
  std::vector<ports::StoredIntent> intents() { return read()->intents().list({}).value(); }
  domain::Bill bill_now() { return *read()->billing().find_bill(bill.account, bill.id).value(); }
  std::string dump() {
    std::string text;
    EXPECT_OK(storage::dump_canonical(world.store(), [&](std::string_view line) {
      text += std::string(line) + "\n";
      return base::Result<>();
    }));
    return text;
  }
  // "1 settled 100.00": payments, how the last one is, and what of the bill is paid.
  std::string books() {
    const auto all = intents();
    if (all.empty()) return "none";
    return std::to_string(all.size()) + " " + std::string(to_text(all.front().intent.state)) + " " +
           bill_now().paid.to_decimal_string();
  }
  std::string rest() const { return bill.rest().to_decimal_string(); }

  BadProvider card_books{"kort"};
  CardHouse house{card_books};
  flows::Gateways gateways{{&house}, {{"card", "kort", ""}}};
  tests::WebWorld world;
  tests::SwitchableStore away{world.store()};
  crypto::SystemRandom random;
  crypto::Key link_key = tests::test_master_key();
  Elsewhere elsewhere;
  std::unique_ptr<ivr::Telephone> telephone;
  std::optional<Server> server;
  domain::Bill bill;
  std::string code;
};

// One step of a row: "code", "wrong code", "silence", "wait", "repeat", "gone", or keys.
void take_step(Caller& caller, const std::string& step, const std::string& code) {
  if (step == "dial") return caller.dial();
  if (step == "code") return caller.press(code);
  if (step == "wrong code") return caller.press("1234567891");
  if (step == "silence") return caller.be_silent();
  if (step == "wait") return caller.wait();
  if (step == "repeat") return caller.repeat();
  if (step == "gone") return caller.hang_up();
  if (step.starts_with("card ")) return caller.give_card(step.substr(5));
  if (step == "no card") return caller.give_card("");
  if (step.starts_with("say ")) return caller.say(step.substr(4));
  caller.press(step);
}

std::string problems_of(const Caller& caller) {
  std::string text;
  for (const std::string& problem : caller.problems) text += problem + "\n";
  return text;
}

class IvrTest : public testing::TestWithParam<Engine> {};

struct CallRow {
  std::string what;
  std::vector<std::string> steps;
  std::string hears;  // A part of the last page.
  std::string asked;  // What is listened for in the end.
  std::string books;  // "all": one payment of the whole bill.
};

TEST_P(IvrTest, R81WhatIsPressedWhatIsHeardAndWhatStandsInTheBooks) {
  const CallRow rows[] = {
      {"greeted", {"dial"}, "Welcome to Aurora Telekom.", "code", "none"},
      {"the bill", {"dial", "code"}, "There is ", "key", "none"},
      {"the card", {"dial", "code", "1"}, "with the card ending 42 42?", "key", "none"},
      {"paid", {"dial", "code", "1", "1"}, "Thank you.", "", "all"},
      {"said twice", {"dial", "code", "1", "1", "repeat", "repeat"}, "Thank you.", "", "all"},
      {"each asked twice",
       {"dial", "repeat", "code", "repeat", "1", "repeat", "1", "repeat"},
       "Thank you.",
       "",
       "all"},
      {"another amount",
       {"dial", "code", "2", "10*50#", "1"},
       "ten kronor and fifty öre is paid",
       "",
       "1 settled 10.50"},
      {"too much", {"dial", "code", "2", "99999#"}, "more than what is left", "amount", "none"},
      {"no amount", {"dial", "code", "2", "0#"}, "could not read", "amount", "none"},
      {"back", {"dial", "code", "1", "2"}, "There is ", "key", "none"},
      {"again", {"dial", "code", "4"}, "There is ", "key", "none"},
      {"a link", {"dial", "code", "3"}, "A text message", "", "none"},
      {"an agent", {"dial", "code", "0"}, "connecting you", "", "none"},
      {"wrong keys", {"dial", "code", "9", "9"}, "did not understand", "key", "none"},
      {"wrong keys for long", {"dial", "code", "9", "9", "9"}, "connecting you", "", "none"},
      {"silence", {"dial", "silence"}, "did not hear", "code", "none"},
      {"silence for long", {"dial", "silence", "silence", "silence"}, "connecting you", "", "none"},
      {"wrong codes",
       {"dial", "wrong code", "wrong code"},
       "No bill has that code",
       "code",
       "none"},
      {"wrong codes for long",
       {"dial", "wrong code", "wrong code", "wrong code"},
       "connecting you",
       "",
       "none"},
      {"gone at the code", {"dial", "gone"}, "", "", "none"},
      {"gone at the menu", {"dial", "code", "gone"}, "", "", "none"},
      {"gone before it is confirmed", {"dial", "code", "1", "gone"}, "", "", "none"},
      {"gone after it is confirmed", {"dial", "code", "1", "1", "gone"}, "", "", "all"},
  };
  const bool is_sqlite = GetParam() == Engine::kSqlite;
  for (const bool by_vxml : {false, true}) {
    for (const CallRow& row : rows) {
      // The second rendering, and what only asks, is the same to a server's database.
      const bool moves = row.books != "none" || row.what == "a link" || row.what == "wrong codes";
      if (!is_sqlite && (by_vxml || !moves)) continue;
      SCOPED_TRACE(row.what + (by_vxml ? " by VoiceXML" : " by TwiML"));
      Installation at(GetParam());
      at.keep_card(at.bill);
      Caller caller = at.caller({.by_vxml = by_vxml});
      for (const std::string& step : row.steps) take_step(caller, step, at.code);
      EXPECT_EQ(problems_of(caller), "");
      EXPECT_TRUE(caller.heard().contains(row.hears)) << caller.heard();
      EXPECT_EQ(caller.asked(), row.asked);
      EXPECT_EQ(at.books(), row.books == "all" ? "1 settled " + at.rest() : row.books);
      EXPECT_LE(at.card_books.orders(), 1);
      if (row.hears == "connecting you") {
        EXPECT_EQ(caller.connected_to(), kAgent);
      }
    }
  }
}

TEST_P(IvrTest, WhatIsOrderedIsOrderedByTelephone) {
  Installation at(GetParam());
  at.keep_card(at.bill);
  Caller caller = at.caller();
  for (const std::string step : {"dial", "code", "1", "1"}) take_step(caller, step, at.code);
  ASSERT_EQ(at.house.orders.size(), 1U);
  const ports::PaymentOrder& order = at.house.orders.front();
  EXPECT_EQ(order.channel, domain::PaymentChannel::kPhone);
  EXPECT_EQ(order.stored_method, "tok_7");
  EXPECT_EQ(order.payer.phone, "") << "who calls is nothing to the provider";
  EXPECT_EQ(order.amount, at.bill.rest());
}

TEST_P(IvrTest, AKeptCardIsForWhoCallsFromTheirOwnNumber) {
  Installation at(GetParam());
  at.keep_card(at.bill);
  Caller caller = at.caller({.from = "+46709999999"});
  for (const std::string step : {"dial", "code", "1"}) take_step(caller, step, at.code);
  EXPECT_TRUE(caller.heard().contains("Shall we send a link")) << caller.heard();
  EXPECT_FALSE(caller.heard().contains("42 42")) << caller.heard();
}

TEST_P(IvrTest, AnOperatorMayKeepKeptCardsOutOfIt) {
  Installation at(GetParam(), [](ivr::TelephoneSettings& settings) {
    settings.line.takes_kept_methods = false;
  });
  at.keep_card(at.bill);
  Caller caller = at.caller();
  for (const std::string step : {"dial", "code", "1"}) take_step(caller, step, at.code);
  EXPECT_TRUE(caller.heard().contains("Shall we send a link")) << caller.heard();
}

TEST_P(IvrTest, R86BegunInACallAndSeenOnTheBillsPage) {
  Installation at(GetParam());
  at.keep_card(at.bill);
  const std::string page = "/b/" + flows::link_token(at.link_key, at.bill.id, flows::kIssueAttempt);
  const auto browser = at.world.anybody();
  at.card_books.line = Line::kAnswerLost;
  Caller caller = at.caller();
  for (const std::string step : {"dial", "code", "1", "1"}) take_step(caller, step, at.code);
  EXPECT_TRUE(caller.heard().contains("is being checked")) << caller.heard();
  EXPECT_TRUE(browser->get(page + "?l=en").body.contains("is being paid with card just now"));
  EXPECT_TRUE(browser->get(page + "/pay?l=en").body.contains("We are checking"));
  // Another call, and the page: nobody pays it a second time.
  Caller other = at.caller({.from = "+46709999999", .name = "CA2"});
  for (const std::string step : {"dial", "code", "1"}) take_step(other, step, at.code);
  EXPECT_TRUE(other.heard().contains("did not understand")) << other.heard();
  Caller asks = at.caller({.from = "+46708888888", .name = "CA3"});
  for (const std::string step : {"dial", "code"}) take_step(asks, step, at.code);
  EXPECT_TRUE(asks.heard().contains("is on its way already")) << asks.heard();
  EXPECT_FALSE(asks.heard().contains("left to pay")) << asks.heard();
  for (int looks = 0; looks < 3; ++looks) caller.wait();
  EXPECT_TRUE(caller.heard().contains("is being checked")) << caller.heard();
  at.card_books.line = Line::kGood;
  caller.wait();
  EXPECT_TRUE(caller.heard().contains("Thank you.")) << caller.heard();
  EXPECT_EQ(at.books(), "1 settled " + at.rest());
  EXPECT_EQ(at.card_books.orders(), 1);
  EXPECT_FALSE(browser->get(page + "?l=en").body.contains("is being paid with card"));
  EXPECT_EQ(problems_of(caller) + problems_of(other), "");
}

TEST_P(IvrTest, SilenceOfTheProviderIsToldAsItIs) {
  Installation at(GetParam());
  at.keep_card(at.bill);
  at.card_books.line = Line::kAnswerLost;
  Caller caller = at.caller();
  for (const std::string step : {"dial", "code", "1", "1"}) take_step(caller, step, at.code);
  for (int looks = 0; looks < 4; ++looks) caller.wait();
  EXPECT_TRUE(caller.heard().contains("You will not be charged twice")) << caller.heard();
  EXPECT_TRUE(caller.is_over());
  EXPECT_EQ(at.books(), "1 pending 0.00");
}

TEST_P(IvrTest, ADeclineLeavesTheOtherWays) {
  Installation at(GetParam());
  at.keep_card(at.bill);
  at.house.declines = true;
  Caller caller = at.caller();
  for (const std::string step : {"dial", "code", "1", "1"}) take_step(caller, step, at.code);
  EXPECT_TRUE(caller.heard().contains("Nothing was drawn.")) << caller.heard();
  EXPECT_EQ(at.books(), "1 failed 0.00");
  at.house.declines = false;
  at.world.advance_seconds(1);  // The newest is the first of the list.
  for (const std::string step : {"1", "1"}) take_step(caller, step, at.code);
  EXPECT_EQ(at.books(), "2 settled " + at.rest());
  EXPECT_EQ(problems_of(caller), "");
}

TEST_P(IvrTest, ACardIsAskedForByThePlatformAndNeverSeen) {
  Installation at(GetParam(), [](ivr::TelephoneSettings& settings) {
    settings.line.card_connector = "Adyen_Tokens";
  });
  Caller caller = at.caller();
  for (const std::string step : {"dial", "code", "1", "1"}) take_step(caller, step, at.code);
  EXPECT_EQ(caller.asked(), "card");
  EXPECT_TRUE(caller.last_page().contains("paymentConnector=\"Adyen_Tokens\""));
  caller.give_card("");
  EXPECT_TRUE(caller.heard().contains("The card was not taken")) << caller.heard();
  for (const std::string step : {"1", "1", "card tok_9", "repeat"}) {
    take_step(caller, step, at.code);
  }
  EXPECT_TRUE(caller.heard().contains("Thank you.")) << caller.heard();
  EXPECT_EQ(at.books(), "1 settled " + at.rest());
  EXPECT_EQ(at.house.orders.front().stored_method, "tok_9");
  EXPECT_EQ(problems_of(caller), "");
}

TEST_P(IvrTest, TheLinkIsQueuedOnceForTheNumberThatCalled) {
  Installation at(GetParam());
  Caller caller = at.caller({.to = "+4686002000"});
  for (const std::string step : {"dial", "code", "3", "repeat"}) take_step(caller, step, at.code);
  EXPECT_TRUE(caller.heard().contains("sms med en länk")) << caller.heard();
  std::vector<ports::OutboxMessage> queued;
  EXPECT_OK(ports::run_in_transaction(
      at.world.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        const auto now = at.world.clock().now();
        queued = TRY(
            transaction.work().lease_messages({&flows::kLinkMessageTopic, 1}, {now, now + 1, 10}));
        return {};
      }));
  ASSERT_EQ(queued.size(), 1U);
  EXPECT_EQ(queued.front().topic, flows::kLinkMessageTopic);
  EXPECT_FALSE(queued.front().payload.dump().contains("4670")) << "numbers are sealed";
  const locale::Speakers speakers;
  const flows::CallLine line;
  const flows::CallTools tools{.store = at.world.store(),
                               .clock = at.world.clock(),
                               .gateways = at.gateways,
                               .link_key = at.link_key,
                               .texts = locale::shipped_catalogue(),
                               .speakers = speakers,
                               .line = line,
                               .public_url = "https://pay.example"};
  for (const auto language : locale::kLanguages) {
    base::Json payload = queued.front().payload;
    payload.set("language", locale::code(language));
    const auto message = flows::text_of_link_message(tools, payload);
    ASSERT_OK(message);
    EXPECT_EQ(message->to, "+46701234567");
    const std::size_t link = message->text.find("https://pay.example/b/");
    ASSERT_NE(link, std::string::npos) << message->text;
    const domain::TextLength length = domain::text_length(message->text);
    EXPECT_TRUE(length.is_gsm) << message->text;
    EXPECT_EQ(length.parts, 1) << message->text;
    const auto browser = at.world.anybody();
    EXPECT_EQ(browser->get(message->text.substr(link + 19)).status, 200) << "it opens the bill";
  }
}

TEST_P(IvrTest, WhoHidesTheNumberGetsNoMessage) {
  Installation at(GetParam());
  Caller caller = at.caller({.from = "anonymous"});
  for (const std::string step : {"dial", "code", "3"}) take_step(caller, step, at.code);
  EXPECT_TRUE(caller.heard().contains("did not understand")) << caller.heard();
  EXPECT_FALSE(caller.heard().contains("text message"));
}

TEST_P(IvrTest, WhoGuessesCodesIsLedToAPerson) {
  Installation at(GetParam());
  int connected = 0;
  for (int call = 0; call < 4; ++call) {
    Caller caller = at.caller({.name = "CA" + std::to_string(call)});
    for (const std::string step : {"dial", "wrong code", "wrong code", "code"}) {
      take_step(caller, step, at.code);
    }
    if (caller.connected_to() == kAgent) ++connected;
    EXPECT_EQ(problems_of(caller), "");
  }
  EXPECT_GE(connected, 2) << "after five wrong codes not even the right one is taken";
  Caller another = at.caller({.from = "+46705555555", .name = "other"});
  for (const std::string step : {"dial", "code"}) take_step(another, step, at.code);
  EXPECT_EQ(another.asked(), "key");
}

INSTANTIATE_TEST_SUITE_P(, IvrTest, testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& each) { return tests::engine_name(each.param); });

TEST(Ivr, TheLanguageIsThatOfTheNumberOrChosenByKey) {
  Installation at(Engine::kSqlite);
  Caller swedish = at.caller({.to = "+4686002000"});
  swedish.dial();
  EXPECT_TRUE(swedish.heard().contains("Välkommen till Aurora Telekom.")) << swedish.heard();
  EXPECT_TRUE(swedish.last_page().contains("language=\"sv-SE\""));
  for (const bool by_vxml : {false, true}) {
    Caller finnish = at.caller({.by_vxml = by_vxml, .to = "+358942", .name = "fi"});
    finnish.dial();
    EXPECT_TRUE(finnish.heard().contains("Suomeksi, paina 2.")) << finnish.heard();
    EXPECT_TRUE(finnish.heard().contains("For English, press 3."));
    finnish.press("2");
    EXPECT_TRUE(finnish.heard().contains("Tervetuloa")) << finnish.heard();
    finnish.press(at.code);
    EXPECT_TRUE(finnish.heard().contains("kruunua")) << finnish.heard();
    EXPECT_EQ(problems_of(finnish), "");
  }
}

TEST(Ivr, ACodeMayBeSaid) {
  Installation at(Engine::kSqlite);
  Caller caller = at.caller({.to = "+4686002000"});
  caller.dial();
  caller.say("koden är " + at.code.substr(0, 4) + " " + at.code.substr(4));
  EXPECT_EQ(caller.asked(), "key") << caller.heard();
  caller.say("ett");
  EXPECT_TRUE(caller.heard().contains("länk som sms")) << "there is no card: " << caller.heard();
  caller.say("jag vill prata med någon");
  EXPECT_TRUE(caller.heard().contains("förstod inte")) << caller.heard();
}

TEST(Ivr, ACardNumberThatIsKeyedIsNowhereKept) {
  std::ostringstream logged;
  Installation at(Engine::kSqlite);
  at.keep_card(at.bill);
  observe::start_logging(observe::Level::kDebug, at.world.clock(), logged);
  for (const bool by_vxml : {false, true}) {
    Caller caller = at.caller({.by_vxml = by_vxml, .name = "card"});
    const std::string card(kCardNumber);
    const std::string steps[] = {"dial", card, "code", "2", card + "#", "1", card};
    for (const std::string& step : steps) take_step(caller, step, at.code);
    EXPECT_EQ(problems_of(caller), "");
  }
  observe::stop_logging();
  const std::string ten = std::string(kCardNumber.substr(0, 10));
  EXPECT_FALSE(logged.str().contains(ten)) << logged.str();
  EXPECT_FALSE(at.dump().contains(ten));
  EXPECT_EQ(at.books(), "none");
}

TEST(Ivr, SignaturesOfTwilio) {
  const auto fields = [](std::string_view encoded) { return *Fields::parse(encoded); };
  const std::string url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const Fields form = fields(
      "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&"
      "To=%2B18005551212");
  const Fields tampered = fields(
      "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1235&From=%2B12349013030&"
      "To=%2B18005551212");
  // The example of Twilio's documentation.
  const std::string signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
  EXPECT_TRUE(ivr::is_twilio_signature("12345", url, form, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("12345", url, tampered, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("12346", url, form, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("12345", url + "&baz=3", form, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("12345", "http" + url.substr(5), form, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("12345", "https://evil.example/", form, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("", url, form, signature));
  EXPECT_FALSE(ivr::is_twilio_signature("12345", url, form, ""));
}

TEST(Ivr, WhoIsNotThePlatformIsRefused) {
  Installation at(Engine::kSqlite);
  tests::HttpClient anybody(at.server->port());
  const std::string form = "CallSid=CA1&From=%2B46701234567&To=%2B4686001000";
  const tests::HttpHeader type = {"Content-Type", "application/x-www-form-urlencoded"};
  const tests::HttpHeader forged = {"X-Twilio-Signature", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="};
  const std::string big(100'000, '1');
  const struct {
    std::string method, path, body;
    int status;
    std::string code;
  } rows[] = {
      {"POST", "/ivr/twilio/start", form, 403, "call_signature_wrong"},
      {"POST", "/ivr/twilio/turn?c=x", form, 403, "call_signature_wrong"},
      {"POST", "/ivr/twilio/start", big, 413, "body_too_large"},
      {"GET", "/ivr/twilio/start", "", 405, "method_not_allowed"},
      {"GET", "/ivr/vxml/start?s=guess", "", 403, "call_signature_wrong"},
      {"GET", "/ivr/vxml/start", "", 403, "call_signature_wrong"},
      {"POST", "/ivr/vxml/turn", form, 403, "call_token_wrong"},
      {"POST", "/ivr/vxml/turn?c=call_x.1.abc", form, 403, "call_token_wrong"},
      {"GET", "/ivr/vxml/turn", "", 405, "method_not_allowed"},
  };
  for (const auto& row : rows) {
    const auto answer = anybody.request(row.method, row.path, row.body, {type, forged});
    EXPECT_EQ(answer.status, row.status) << row.path;
    EXPECT_TRUE(answer.header("X-Request-Id").starts_with("req_")) << row.path;
    if (answer.header("Content-Type") == "application/problem+json") {
      EXPECT_TRUE(answer.body.contains("\"request_id\":\"" + answer.header("X-Request-Id") + "\""))
          << answer.body;
    }
    EXPECT_EQ(json::parse(answer.body)->text("code"), row.code) << row.path;
  }
  EXPECT_EQ(anybody.get("/ivr/asterisk/start").body, "elsewhere");
  EXPECT_EQ(anybody.get("/b/x").body, "elsewhere");
}

TEST(Ivr, ThePagesOfOneCallAreNoOthers) {
  Installation at(Engine::kSqlite);
  Caller mine = at.caller({.name = "mine"});
  mine.dial();
  const std::string page = mine.last_page();
  const std::size_t from = page.find("/ivr/twilio/turn?c=");
  std::string next = page.substr(from, page.find('"', from) - from);
  next = next.substr(0, next.find("&amp;"));
  // Another call of the platform's, and a turn that the call has not come to.
  tests::HttpClient http(at.server->port());
  const auto sign = [&](const std::string& target, const std::string& name) {
    return crypto::to_base64(std::span<const std::uint8_t>(
        crypto::hmac_sha1("12345", "http://localhost" + target + "CallSid" + name)));
  };
  const auto post = [&](const std::string& target, const std::string& name) {
    const auto answer = http.request("POST", target, "CallSid=" + name,
                                     {{"Content-Type", "application/x-www-form-urlencoded"},
                                      {"X-Twilio-Signature", sign(target, name)}});
    return answer.status == 200 ? "" : json::parse(answer.body)->text("code");
  };
  EXPECT_EQ(post(next, "mine"), "");
  EXPECT_EQ(post(next, "other"), "call_token_wrong");
  std::string later = next;
  later.replace(later.find('.') + 1, 1, "9");
  EXPECT_EQ(post(later, "mine"), "call_token_wrong");
  at.world.advance_seconds(3 * 3600);
  EXPECT_EQ(post(next, "mine"), "call_unknown") << "a call of this morning";
}

TEST(Ivr, BehindAProxyTheAddressIsThePublicOne) {
  Installation at(Engine::kSqlite, [](ivr::TelephoneSettings& settings) {
    settings.public_url = "https://pay.aurora.example";
  });
  tests::HttpClient http(at.server->port());
  const std::string signature = crypto::to_base64(std::span<const std::uint8_t>(
      crypto::hmac_sha1("12345", "https://pay.aurora.example/ivr/twilio/startCallSidCA1")));
  const auto answer = http.request("POST", "/ivr/twilio/start", "CallSid=CA1",
                                   {{"Content-Type", "application/x-www-form-urlencoded"},
                                    {"X-Forwarded-Host", "evil.example"},
                                    {"X-Twilio-Signature", signature}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(answer.body.contains("https://pay.aurora.example/ivr/twilio/turn?c="));
}

TEST(Ivr, CallersNumbers) {
  const struct {
    std::string said, number;
  } rows[] = {
      {"+46701234567", "+46701234567"},
      {"tel:+46701234567;npdi", "+46701234567"},
      {"sip:+46701234567@10.0.0.1", "+46701234567"},
      {"anonymous", ""},
      {"+266696687", ""},
      {"Restricted", ""},
      {"", ""},
      {"+12", ""},
      {"0701234567", ""},
      {"+1234567890123456", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(ivr::caller_number(row.said), row.number) << row.said;
}

TEST(Ivr, WhoCallsAllTheTimeIsLedToAPerson) {
  Installation at(Engine::kSqlite);
  int connected = 0;
  for (int call = 0; call < 15; ++call) {
    Caller caller = at.caller({.name = "CA" + std::to_string(call)});
    caller.dial();
    if (caller.connected_to() == kAgent) ++connected;
    EXPECT_EQ(problems_of(caller), "");
  }
  EXPECT_EQ(connected, 5);
}

TEST(Ivr, OneCodeIsNotTriedByEverybody) {
  Installation at(Engine::kSqlite);
  int connected = 0;
  for (int call = 0; call < 15; ++call) {
    Caller caller = at.caller(
        {.from = "+4670100000" + std::to_string(call % 10), .name = "CA" + std::to_string(call)});
    for (const std::string step : {"dial", "code"}) take_step(caller, step, at.code);
    if (caller.connected_to() == kAgent) ++connected;
  }
  EXPECT_EQ(connected, 3) << "twelve at once";
}

TEST(Ivr, WhereWeAreAwayTheCallerHearsSo) {
  Installation at(Engine::kSqlite);
  Caller caller = at.caller();
  caller.dial();
  at.away.set_away(true);
  caller.press(at.code);
  EXPECT_TRUE(caller.heard().contains("Something is wrong") ||
              caller.heard().contains("Något är fel"))
      << caller.heard();
  EXPECT_EQ(caller.connected_to(), kAgent);
  at.away.set_away(false);
  caller.repeat();
  EXPECT_EQ(caller.asked(), "key") << "the same request finds the bill";
  EXPECT_EQ(problems_of(caller), "");
}

// Random calls on the same bills, some at once, with a provider that loses requests and answers:
// every page is well-formed and leads on, and no bill is paid twice.
TEST(Ivr, RandomCallsNeverPayTwice) {
  const std::vector<std::string> steps = {
      "1",    "1",      "1",      "2",          "3",
      "4",    "0",      "9",      "20*50#",     "99999#",
      "code", "code",   "code",   "wrong code", "silence",
      "wait", "repeat", "repeat", "gone",       std::string(kCardNumber)};
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::mt19937 dice(seed);
    const auto roll = [&](std::size_t sides) { return dice() % sides; };
    Installation at(Engine::kSqlite, [](ivr::TelephoneSettings& settings) {
      settings.tries_of_code = settings.calls_of_caller = {.per_minute = 1'000, .burst = 1'000};
    });
    const auto bills = at.read()->billing().list_bills({}).value();
    std::vector<std::string> codes;
    for (const domain::Bill& bill : bills) {
      at.keep_card(bill);
      codes.push_back(at.code_of(bill));
    }
    int number = 0;
    std::vector<std::unique_ptr<Caller>> callers(4);
    std::vector<bool> owns(callers.size());
    for (int turn = 0; turn < 250; ++turn) {
      at.card_books.line = static_cast<Line>(roll(5) < 3 ? 0 : roll(3));
      at.house.declines = roll(8) == 0;
      if (roll(20) == 0) at.world.advance_seconds(60);
      const std::size_t at_call = roll(callers.size());
      auto& caller = callers[at_call];
      if (caller == nullptr || caller->is_over()) {
        if (caller != nullptr) {
          EXPECT_EQ(problems_of(*caller), "") << "seed " << seed;
        }
        ++number;
        owns[at_call] = roll(4) > 0;
        caller = std::make_unique<Caller>(
            at.server->port(),
            CallerOptions{.by_vxml = roll(2) == 0,
                          .from = owns[at_call] ? std::string(kOwnNumber)
                                                : "+4670" + std::to_string(1'000'000 + number),
                          .name = "CA" + std::to_string(number)});
        caller->dial();
        continue;
      }
      // Wrong codes would keep a number from all of its calls; strangers say some.
      const bool says_code = caller->asked() == "code" && (owns[at_call] || roll(4) > 0);
      take_step(*caller, says_code ? "code" : steps[roll(steps.size())], codes[roll(codes.size())]);
    }
    for (const auto& caller : callers) {
      if (caller != nullptr) {
        EXPECT_EQ(problems_of(*caller), "") << "seed " << seed;
      }
    }
    at.card_books.line = Line::kGood;
    std::int64_t paid = 0, owed = 0;
    for (const domain::Bill& bill : bills) {
      const auto now = *at.read()->billing().find_bill(bill.account, bill.id).value();
      EXPECT_GE(now.rest().minor(), 0) << "seed " << seed << ": paid more than is owed";
      paid += now.paid.minor();
      owed += bill.rest().minor();
    }
    EXPECT_LE(at.card_books.holds_minor(), owed) << "seed " << seed;
    EXPECT_GE(at.card_books.holds_minor(), paid) << "seed " << seed;
    EXPECT_FALSE(at.dump().contains(kCardNumber.substr(0, 10)));
  }
}

}  // namespace
}  // namespace web
