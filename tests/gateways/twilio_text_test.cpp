// Text messages by Twilio: against one that keeps state, has bad manners and reads forms by the
// published description; and held to that description by Prism.
#include <gtest/gtest.h>

#include "channels/text/registry.h"
#include "channels/text/twilio/twilio.h"
#include "support/crypto/mac.h"
#include "tests/gateways/peer.h"

namespace tests {
namespace {

using ports::TextState;

const std::string kAccount = "AC0123456789abcdef0123456789abcdef";
const std::string kService = "MG0123456789abcdef0123456789abcdef";
const ports::TextOrder kOrder{
    .to = "+46701234567",
    .text = "Aurora: betala din räkning på 420,00 kr här: https://pay.example/b/x?l=sv&a=1+1",
    .callback_url = "https://pay.example/texts/twilio?m=out_1&a=acct_1"};

base::Result<std::string> secret(std::string_view where) {
  return std::string(where.substr(where.find(':') + 1));
}

base::Result<std::unique_ptr<ports::TextSender>> sender_at(ports::HttpClient& http,
                                                           channels::TextSettings settings) {
  return channels::make_text_sender("twilio", settings, secret, http);
}
channels::TextSettings settings_at(const std::string& url) {
  return {{"account", kAccount}, {"token", "env:token-1"}, {"from", "Aurora"}, {"url", url}};
}

class TwilioTextTest : public testing::Test {
 protected:
  void SetUp() override {
    NEEDS_CONTRACTS();
    peer = peer_for("fake", "twilio");
    auto made = sender_at(client, settings_at(peer->url()));
    ASSERT_TRUE(made) << made.error().text;
    twilio = *std::move(made);
  }
  std::int64_t messages() const { return peer->ask("/_state").integer("messages"); }
  // A word of the provider's, as the web hands it on.
  static ports::TextCallback word_of(const base::Json& said) {
    ports::TextCallback word;
    word.url = said.text("url");
    word.headers["x-twilio-signature"] = said.text("signature");
    for (const auto& [name, value] : *said["form"].as_object()) {
      word.form.emplace_back(name, *value.as_string());
    }
    return word;
  }

  std::shared_ptr<Peer> peer;
  ImpatientClient client;
  std::unique_ptr<ports::TextSender> twilio;
};

TEST_F(TwilioTextTest, IsSentAndFoundAgain) {
  EXPECT_FALSE(twilio->find(kOrder).value()) << "nobody sent it yet";
  const auto sent = twilio->send(kOrder);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->state, TextState::kTaken);
  EXPECT_EQ(sent->reference.size(), 34U);
  const auto found = twilio->find(kOrder);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->reference, sent->reference) << "also while it waits to be sent";
  ports::TextOrder other = kOrder;
  other.text = "Aurora: another bill: https://pay.example/b/y";
  EXPECT_FALSE(twilio->find(other).value()) << "another message to the same number";
  peer->next_says(base::Json().set("before", "Sent from your trial account - "));
  EXPECT_TRUE(twilio->send(other));
  EXPECT_TRUE(twilio->find(other).value()) << "with words of Twilio's own before it";
}

// Without a key of ours, what was not answered must be looked for.
TEST_F(TwilioTextTest, SilenceSaysNothingAndALookTells) {
  struct Row {
    const char* manner;
    TextState state;
    bool arrived;
  };
  const Row rows[] = {
      {"stall_after", TextState::kUnknown, true},   {"hang_up_after", TextState::kUnknown, true},
      {"garbage_after", TextState::kUnknown, true}, {"hang_up_before", TextState::kUnknown, false},
      {"503", TextState::kUnknown, false},          {"429", TextState::kLater, false}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.manner);
    ports::TextOrder order = kOrder;
    order.text += row.manner;
    peer->next(row.manner);
    const auto sent = twilio->send(order);
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->state, row.state) << sent->code;
    EXPECT_EQ(twilio->find(order).value().has_value(), row.arrived);
  }
  EXPECT_EQ(messages(), 3);
  peer->next("503");
  EXPECT_EQ(twilio->find(kOrder).value()->state, TextState::kUnknown)
      << "who cannot be asked has not said no";
}

TEST_F(TwilioTextTest, RefusalsAreReadByTheirCode) {
  struct Row {
    std::int64_t code;
    int status;
    TextState state;
  };
  const Row rows[] = {{21211, 400, TextState::kRefused}, {21610, 400, TextState::kRefused},
                      {21614, 400, TextState::kRefused}, {29999, 400, TextState::kRefused},
                      {20429, 429, TextState::kLater},   {20003, 401, TextState::kLater},
                      {20503, 503, TextState::kUnknown}, {21611, 400, TextState::kLater}};
  for (const Row& row : rows) {
    peer->next_says(base::Json().set("refuse", row.code).set("status", row.status).set("wait", 7));
    const auto refused = twilio->send(kOrder);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->state, row.state) << row.code;
    EXPECT_EQ(refused->code, std::to_string(row.code));
    EXPECT_EQ(refused->wait_seconds, 7) << row.code;
  }
  EXPECT_EQ(messages(), 0);
  EXPECT_EQ(channels::twilio::classify(30003), TextState::kLater);
  for (const std::int64_t code : {30005, 30006, 30007}) {
    EXPECT_EQ(channels::twilio::classify(code), TextState::kRefused) << code;
  }
  ports::TextOrder wrong = kOrder;
  wrong.to = "112";
  EXPECT_EQ(twilio->send(wrong)->code, "21211");
  ports::TextOrder long_text = kOrder;
  long_text.text.assign(1'601, 'a');
  EXPECT_EQ(twilio->send(long_text)->code, "text_too_long");
}

TEST_F(TwilioTextTest, WhatBecameOfItIsSigned) {
  const auto sent = twilio->send(kOrder);
  ASSERT_TRUE(sent);
  struct Row {
    const char* status;
    int code;
    TextState state;
  };
  const Row rows[] = {{"sent", 0, TextState::kTaken},
                      {"delivered", 0, TextState::kDelivered},
                      {"undelivered", 30003, TextState::kLater},
                      {"undelivered", 30005, TextState::kRefused},
                      {"failed", 30007, TextState::kRefused}};
  for (const Row& row : rows) {
    peer->ask("/_act", base::Json().set("status", row.status).set("error_code", row.code));
    const base::Json said = peer->ask("/_webhooks").as_array()->front();
    const ports::TextCallback good = word_of(said);
    const auto read = twilio->read_word(good);
    ASSERT_TRUE(read) << row.status;
    EXPECT_EQ(read->state, row.state) << row.status << row.code;
    EXPECT_EQ(read->reference, sent->reference);
    ports::TextCallback elsewhere = good;
    elsewhere.url += "x";
    ports::TextCallback tampered = good;
    tampered.form.emplace_back("ErrorCode", "30003");
    ports::TextCallback unsigned_word = good;
    unsigned_word.headers.clear();
    for (const auto& bad : {elsewhere, tampered, unsigned_word}) {
      EXPECT_EQ(twilio->read_word(bad).error().code, "text_signature_wrong");
    }
  }
}

TEST(TwilioTextSettings, AreCheckedBeforeAnythingIsSent) {
  ImpatientClient client;
  const auto with = [&](const std::string& name, const std::string& value) {
    channels::TextSettings settings = settings_at("https://api.twilio.com");
    settings[name] = value;
    if (value.empty()) settings.erase(name);
    const auto made = sender_at(client, settings);
    return made ? std::string("made") : made.error().code + " " + made.error().place;
  };
  EXPECT_EQ(with("url", ""), "made");
  EXPECT_EQ(with("account", "AC1"), "bad_text_setting text.twilio.account");
  EXPECT_EQ(with("token", ""), "bad_text_setting text.twilio.token");
  EXPECT_EQ(with("from", ""), "bad_text_setting text.twilio.from");
  EXPECT_EQ(with("service", kService), "bad_text_setting text.twilio.from");
  EXPECT_EQ(with("colour", "red"), "bad_text_setting text.twilio.colour");
  EXPECT_EQ(with("url", "http://api.twilio.com"), "bad_text_setting text.twilio.url");
  const auto unknown = channels::make_text_sender("pigeon", {}, secret, client);
  EXPECT_EQ(unknown.error().code, "text_sender_unknown");
}

TEST(TwilioTextContract, EveryRequestFitsThePublishedDescription) {
  NEEDS_CONTRACTS();
  const auto contract = peer_for("contract", "twilio");
  ImpatientClient client;
  const auto twilio = sender_at(client, settings_at(contract->url()));
  ASSERT_TRUE(twilio);
  channels::TextSettings by_service = settings_at(contract->url());
  by_service.erase("from");
  by_service["service"] = kService;
  const auto other = sender_at(client, by_service);
  ASSERT_TRUE(other);
  EXPECT_TRUE((*twilio)->send(kOrder));
  EXPECT_TRUE((*other)->send(kOrder));
  EXPECT_TRUE((*twilio)->find(kOrder));
  const std::string path = "/2010-04-01/Accounts/{AccountSid}/Messages.json";
  const std::vector<std::string> operations = {"post " + path, "get " + path};
  expect_no_violation(*contract, operations);
  const std::string who = "Basic " + crypto::to_base64(kAccount + ":token-1");
  const std::string ours = "/2010-04-01/Accounts/" + kAccount + "/Messages.json";
  const std::pair<std::string, std::string> form{"Content-Type",
                                                 "application/x-www-form-urlencoded"};
  expect_canaries_die(
      *contract,
      {{"post " + path, ours, {{"Authorization", who}, form}, "From=Aurora&Body=x", "To"},
       {"post " + path,
        ours,
        {{"Authorization", who}, form},
        "To=%2B46701234567&Colour=red",
        "Colour"},
       {"get " + path,
        "/2010-04-01/Accounts/XX1/Messages.json",
        {{"Authorization", who}},
        "",
        "accountsid"}},
      operations);
}

}  // namespace
}  // namespace tests
