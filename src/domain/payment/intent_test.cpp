// The words in which intents are stored and shown: each state is read back as it was written.
#include "domain/payment/intent.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(PaymentIntent, StatesAreReadBackAsTheyWereWritten) {
  const std::pair<IntentState, std::string_view> rows[] = {
      {IntentState::kCreated, "created"},       {IntentState::kPending, "pending"},
      {IntentState::kAuthorised, "authorised"}, {IntentState::kSettled, "settled"},
      {IntentState::kFailed, "failed"},         {IntentState::kCancelled, "cancelled"},
      {IntentState::kExpired, "expired"},       {IntentState::kReversed, "reversed"}};
  for (const auto& [state, text] : rows) {
    EXPECT_EQ(to_text(state), text);
    EXPECT_EQ(parse_intent_state(text), state);
  }
  for (const std::string_view text : {"", "Settled", "paid", "settled "}) {
    const auto refused = parse_intent_state(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code, "unknown_value");
  }
}

TEST(PaymentIntent, DeclinesAndChannelsHaveTheirWords) {
  EXPECT_EQ(to_text(Decline::kRetryLater), "retry_later");
  EXPECT_EQ(to_text(Decline::kNeedsCustomer), "needs_customer");
  EXPECT_EQ(to_text(Decline::kStop), "stop");
  EXPECT_EQ(to_text(Decline::kOurMistake), "our_mistake");
  EXPECT_EQ(to_text(Decline::kNone), "none");
  EXPECT_EQ(to_text(PaymentChannel::kInPerson), "in_person");
  EXPECT_EQ(to_text(PaymentChannel::kScheduled), "scheduled");
}

}  // namespace
}  // namespace domain
