// Who may let a refund go, how much, and how the bank's files find it again.
#include "domain/refund/refund.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Money kronor(std::int64_t whole) { return base::Money(whole * 100, base::Currency()); }

RefundLimits limits(std::int64_t alone, std::int64_t maximum) {
  RefundLimits made;
  if (alone >= 0) made.alone_up_to = kronor(alone);
  if (maximum >= 0) made.maximum = kronor(maximum);
  return made;
}

TEST(Refund, Amounts) {
  const struct {
    std::int64_t amount, available, maximum;
    std::string_view code;
  } rows[] = {
      {100, 100, -1, ""},
      {100, 99, -1, "credit_not_enough"},
      {0, 99, -1, "amount_not_positive"},
      {-1, 99, -1, "amount_not_positive"},
      {100, 500, 100, ""},
      {101, 500, 100, "refund_above_maximum"},
  };
  for (const auto& row : rows) {
    const auto checked =
        check_refund(kronor(row.amount), kronor(row.available), limits(-1, row.maximum));
    EXPECT_EQ(checked ? "" : checked.error().code, row.code) << row.amount;
  }
}

TEST(Refund, FourEyes) {
  const struct {
    std::string_view what, actor;
    bool yes;
    std::int64_t amount, alone;
    RefundState before;
    std::string_view after;  // Or "!code".
    std::string_view asker = "anna";
  } rows[] = {
      {"a colleague", "bengt", true, 500, 100, RefundState::kProposed, "approved"},
      {"who proposed it", "anna", true, 500, 100, RefundState::kProposed, "!approver_is_asker"},
      {"who proposed it, within the limit", "anna", true, 100, 100, RefundState::kProposed,
       "approved"},
      {"no limit: always two", "anna", true, 1, -1, RefundState::kProposed, "!approver_is_asker"},
      {"who proposed it may withdraw it", "anna", false, 500, 100, RefundState::kProposed,
       "refused"},
      {"twice", "bengt", true, 500, 100, RefundState::kApproved, "!refund_decided"},
      {"after it was sent", "bengt", false, 500, 100, RefundState::kSent, "!refund_decided"},
      {"a command that names nobody", "command", true, 500, 100, RefundState::kProposed,
       "!person_not_named"},
      {"such a command, within the limit", "command", true, 100, 100, RefundState::kProposed,
       "approved"},
      {"such a command may refuse", "command", false, 500, 100, RefundState::kProposed, "refused"},
      {"both by commands that name nobody", "command", true, 500, 100, RefundState::kProposed,
       "!person_not_named", "command"},
      {"proposed by nobody that is known", "bengt", true, 500, 100, RefundState::kProposed,
       "!asker_not_known", "command"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Refund refund;
    refund.amount = kronor(row.amount);
    refund.asked_by = row.asker;
    refund.state = row.before;
    const auto got = decide(refund, row.yes, row.actor, limits(row.alone, -1), {1});
    EXPECT_EQ(got ? std::string(to_text(got->state)) : "!" + got.error().code, row.after);
    EXPECT_EQ(got ? got->decided_by : std::string(row.actor), row.actor);
  }
}

TEST(Refund, WhoMayPropose) {
  const struct {
    std::string_view actor;
    std::int64_t amount;
    std::string_view code;
  } rows[] = {{"anna", 500, ""},
              {"command", 100, ""},
              {"command", 101, "person_not_named"},
              {"", 101, "person_not_named"}};
  for (const auto& row : rows) {
    const auto checked = check_asker(kronor(row.amount), row.actor, limits(100, -1));
    EXPECT_EQ(checked ? "" : checked.error().code, row.code) << row.actor << row.amount;
  }
}

TEST(Refund, Withdrawn) {
  const RefundBatchId file(base::IdBytes{9});
  const struct {
    RefundState before;
    RefundBatchId batch;
    std::string_view after;
  } rows[] = {
      {RefundState::kApproved, {}, "withdrawn"},
      {RefundState::kProposed, {}, "!refund_not_approved"},
      {RefundState::kRefused, {}, "!refund_decided"},
      {RefundState::kWithdrawn, {}, "!refund_decided"},
      {RefundState::kConfirmed, {}, "!refund_decided"},  // Paid out at a till.
      {RefundState::kSent, file, "!refund_in_file"},
      {RefundState::kConfirmed, file, "!refund_in_file"},
      {RefundState::kRejected, file, "!refund_in_file"},
  };
  for (const auto& row : rows) {
    Refund refund;
    refund.amount = kronor(5);
    refund.state = row.before;
    refund.batch = row.batch;
    const auto got = withdraw(refund);
    EXPECT_EQ(got ? std::string(to_text(got->state)) : "!" + got.error().code, row.after);
    const bool names_file = !got && got.error().text.contains(file.to_string());
    EXPECT_EQ(names_file, !row.batch.is_nil());
  }
}

TEST(Refund, TheBankCarriesItsName) {
  Refund refund;
  refund.id = RefundId(base::IdBytes{1, 2, 3});
  const std::string name = refund.end_to_end_id();
  EXPECT_LE(name.size(), 35U);
  EXPECT_EQ(name.find('_'), std::string::npos);
  EXPECT_EQ(refund_of(name), refund.id);
  for (const std::string_view other : {"", "NOTPROVIDED", "rfnd-", "a-b-c", "70001"}) {
    EXPECT_TRUE(refund_of(other).is_nil()) << other;
  }
}

TEST(Refund, OnItsWay) {
  Refund refund;
  const auto day = [](int n) { return base::Date::make(2026, 11, n).value(); };
  EXPECT_FALSE(refund.is_on_its_way(day(5)));
  refund.taken_day = day(5);
  EXPECT_FALSE(refund.is_on_its_way(day(4)));
  EXPECT_TRUE(refund.is_on_its_way(day(5)));
  refund.ended_day = day(9);
  EXPECT_TRUE(refund.is_on_its_way(day(8)));
  EXPECT_FALSE(refund.is_on_its_way(day(9)));
}

TEST(Refund, StatesReadBack) {
  for (const auto state : {RefundState::kProposed, RefundState::kRefused, RefundState::kApproved,
                           RefundState::kSent, RefundState::kConfirmed, RefundState::kRejected,
                           RefundState::kReturned, RefundState::kWithdrawn}) {
    EXPECT_EQ(parse_refund_state(to_text(state)), state);
  }
  EXPECT_EQ(parse_refund_state("paid").error().code, "unknown_refund_state");
}

}  // namespace
}  // namespace domain
