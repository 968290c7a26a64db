// What is taken of a customer's cash, and that a session's entries are what its drawer holds and
// its ledger says, whatever happens in it.
#include "domain/till/till.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

namespace domain {
namespace {

using base::Money;

Money sek(std::string_view text) { return Money::parse(text, base::Currency()).value(); }
BillId bill(std::uint8_t n) { return BillId(base::IdBytes{n}); }
TillWish wish(std::uint8_t n, std::string_view amount, std::string_view rest) {
  return {AccountId(base::IdBytes{1}), bill(n), sek(amount), sek(rest), ""};
}

// "499.40=1:300.00 2:199.40 cash 499.00": what is paid, to which bills, and the cash that stays.
std::string told(const base::Result<Taking>& taking) {
  if (!taking) return taking.error().code;
  std::string text = taking->paid.to_decimal_string() + "=";
  for (const TillPart& part : taking->parts) {
    text += part.bill.is_nil() ? "credit" : std::to_string(part.bill.bytes()[0]);
    text += ":" + part.amount.to_decimal_string() + " ";
  }
  return text + "cash " + taking->cash.to_decimal_string();
}

TEST(Till, WhatIsTakenOfTheCashThatIsHandedOver) {
  struct Row {
    std::vector<TillWish> wishes;
    std::string_view tendered;
    bool part, credit;
    std::string_view told;
  };
  const Row rows[] = {
      // Exact, with change, rounded up and down.
      {{wish(1, "500", "500")}, "500", false, false, "500.00=1:500.00 cash 500.00"},
      {{wish(1, "500", "500")}, "600", false, false, "500.00=1:500.00 cash 500.00"},
      {{wish(1, "499.60", "499.60")}, "500", false, false, "499.60=1:499.60 cash 500.00"},
      {{wish(1, "499.40", "499.40")}, "500", false, false, "499.40=1:499.40 cash 499.00"},
      // Several bills: their sum is rounded, not each of them.
      {{wish(1, "300", "300"), wish(2, "199.40", "199.40")},
       "500",
       false,
       false,
       "499.40=1:300.00 2:199.40 cash 499.00"},
      // A part of a bill, as was asked.
      {{wish(1, "200", "500")}, "200", false, false, "200.00=1:200.00 cash 200.00"},
      // Less than is asked for.
      {{wish(1, "500", "500")}, "300", false, false, "tendered_too_little"},
      {{wish(1, "500", "500")}, "300", true, false, "300.00=1:300.00 cash 300.00"},
      {{wish(1, "100", "100"), wish(2, "400", "400")},
       "300",
       true,
       false,
       "300.00=1:100.00 2:200.00 cash 300.00"},
      {{wish(1, "100", "100"), wish(2, "400", "400")},
       "80",
       true,
       false,
       "80.00=1:80.00 cash 80.00"},
      {{wish(1, "500", "500")}, "0", true, false, "tendered_too_little"},
      // More, and no change is wanted.
      {{wish(1, "499.60", "499.60")},
       "600",
       false,
       true,
       "600.00=1:499.60 credit:100.40 cash 600.00"},
      {{wish(1, "499.60", "499.60")}, "500", false, true, "499.60=1:499.60 cash 500.00"},
      // What is no sum of money, or no debt.
      {{wish(1, "500", "500")}, "600.50", false, false, "cash_not_in_coins"},
      {{wish(1, "0.40", "0.40")}, "1", false, false, "nothing_to_take"},
      {{wish(1, "0", "500")}, "500", false, false, "nothing_to_take"},
      {{wish(1, "-5", "500")}, "500", false, false, "nothing_to_take"},
      {{}, "500", false, false, "nothing_to_take"},
      {{wish(1, "501", "500")}, "501", false, false, "amount_too_large"},
  };
  for (const Row& row : rows) {
    const auto taking = plan_taking({.wishes = row.wishes,
                                     .tendered = sek(row.tendered),
                                     .step = 100,
                                     .part_is_fine = row.part,
                                     .rest_to_credit = row.credit});
    EXPECT_EQ(told(taking), row.told) << row.tendered;
  }
  TakingRequest euros{.wishes = {wish(1, "5", "5")},
                      .tendered = Money(500, base::Currency::parse("EUR").value())};
  EXPECT_EQ(told(plan_taking(euros)), "other_currency");
}

// A session that begins with 1000 and goes on as it likes.
class Story {
 public:
  explicit Story(unsigned seed) : random_(seed) {
    session_.name = "kassa";
    session_.safe = "main";
    add(TillEntryKind::kFloat, sek("1000"), sek("1000"));
  }
  void step() {
    const Money amount(static_cast<std::int64_t>(random_() % 60'000) + 60, {});
    switch (random_() % 5) {
      case 0:
      case 1: return take(amount);
      case 2: return undo();
      case 3: return add(TillEntryKind::kPayIn, amount, amount);
      default: return out(amount);
    }
  }
  void close() {
    const Money expected = expected_cash(entries_, {});
    const Money found = expected + Money(static_cast<std::int64_t>(random_() % 2'000) - 1'000, {});
    const Money counted = std::max(found, Money(0, {}));
    add(TillEntryKind::kDifference, counted - expected, counted - expected);
    add(TillEntryKind::kEmptied, -counted, -counted);
  }
  [[nodiscard]] Money drawer() const { return balances_.at("cash:kassa"); }
  [[nodiscard]] Money expected() const { return expected_cash(entries_, {}); }
  [[nodiscard]] Money ledger_sum() const {
    Money sum(0, {});
    for (const auto& [account, balance] : balances_) sum += balance;
    return sum;
  }

 private:
  void take(Money owed) {
    TakingRequest request{.wishes = {{.bill = bill(1), .amount = owed, .rest = owed}}, .step = 100};
    request.tendered =
        asked_in_cash(request.wishes, 100, {}) + Money(100 * (random_() % 3), base::Currency());
    request.rest_to_credit = random_() % 2 == 0;
    const auto taking = plan_taking(request);
    ASSERT_TRUE(taking.has_value()) << taking.error().code;
    add(TillEntryKind::kTaking, taking->cash, taking->paid);
  }
  void undo() {
    const std::int64_t asked = static_cast<std::int64_t>(random_() % entries_.size()) + 1;
    const auto taking = find_taking(entries_, asked);
    if (!taking || !check_cash_out(entries_, (*taking)->cash)) return;
    add(TillEntryKind::kStorno, -(*taking)->cash, -(*taking)->paid);
    entries_.back().undoes = asked;
    EXPECT_EQ(find_taking(entries_, asked).error().code, "already_undone");
  }
  void out(Money amount) {
    if (!check_cash_out(entries_, amount)) return;
    const bool is_refund = random_() % 2 == 0;
    add(is_refund ? TillEntryKind::kPayOut : TillEntryKind::kDrop, -amount, -amount);
  }
  void add(TillEntryKind kind, Money cash, Money paid) {
    TillEntry entry;
    entry.ordinal = static_cast<std::int64_t>(entries_.size()) + 1;
    entry.kind = kind;
    entry.cash = cash;
    entry.paid = paid;
    for (const Entry& each : till_entries(session_, entry)) {
      balances_.try_emplace(each.ledger_account, Money(0, {})).first->second += each.amount;
    }
    entries_.push_back(std::move(entry));
    EXPECT_GE(expected_cash(entries_, {}), Money(0, {}));
  }

  std::minstd_rand random_;
  TillSession session_;
  std::vector<TillEntry> entries_;
  std::map<std::string, Money> balances_;
};

TEST(Till, EveryKronaOfASessionStandsInOnePlace) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    Story story(seed);
    for (int step = 0; step < 40; ++step) {
      story.step();
      ASSERT_EQ(story.drawer(), story.expected());
      ASSERT_TRUE(story.ledger_sum().is_zero());
    }
    story.close();
    EXPECT_TRUE(story.drawer().is_zero()) << "a closed drawer holds nothing";
    EXPECT_TRUE(story.expected().is_zero());
    EXPECT_TRUE(story.ledger_sum().is_zero());
  }
}

TEST(Till, OnlyATakingIsUndoneAndOnce) {
  std::vector<TillEntry> entries(3);
  for (std::size_t at = 0; at < entries.size(); ++at) {
    entries[at].ordinal = static_cast<std::int64_t>(at) + 1;
  }
  entries[1].kind = TillEntryKind::kTaking;
  entries[2].kind = TillEntryKind::kTaking;
  EXPECT_EQ(find_taking(entries, 2).value()->ordinal, 2);
  EXPECT_EQ(find_taking(entries, 1).error().code, "not_a_taking");
  EXPECT_EQ(find_taking(entries, 4).error().code, "till_entry_not_found");
}

TEST(Till, KindsHaveNames) {
  for (int kind = 0; kind <= static_cast<int>(TillEntryKind::kEmptied); ++kind) {
    const auto each = static_cast<TillEntryKind>(kind);
    EXPECT_EQ(parse_till_entry_kind(to_text(each)).value(), each);
  }
  EXPECT_EQ(parse_till_entry_kind("gift").error().code, "unknown_till_entry");
}

}  // namespace
}  // namespace domain
