// Mandates: what a scheme asks of one, its states, its amendments and what the next debit tells.
#include "domain/mandate/mandate.h"

#include <map>

#include <gtest/gtest.h>

#include "domain/mandate/mandate_changes.h"
#include "domain/mandate/mandate_states.h"

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }
base::Money euro(std::int64_t whole) {
  return base::Money(whole * 100, *base::Currency::parse("EUR"));
}

constexpr std::string_view kIban = "DE89370400440532013000";
constexpr std::string_view kOtherIban = "FI2112345600000785";
constexpr std::string_view kCreditor = "DE98ZZZ09999999999";
constexpr std::string_view kOtherCreditor = "ES23ZZZ47690558N";

Mandate sepa() {
  Mandate mandate;
  mandate.id = MandateId(base::IdBytes{1});
  mandate.reference = "M-1";
  mandate.creditor = kCreditor;
  mandate.payer_name = "Ebba Ek";
  mandate.payer_account = kIban;
  mandate.signed_on = day("2026-01-15");
  mandate.state = MandateState::kActive;
  mandate.consent = {.given_by = "Ebba Ek", .channel = "paper", .at = {}, .text_version = ""};
  return mandate;
}

Mandate of(MandateScheme scheme, std::string reference, std::string creditor, std::string account) {
  Mandate mandate = sepa();
  mandate.scheme = scheme;
  mandate.reference = std::move(reference);
  mandate.creditor = std::move(creditor);
  mandate.payer_account = std::move(account);
  return mandate;
}

TEST(Mandate, WhatASchemeAsksOfIt) {
  using enum MandateScheme;
  struct Row {
    MandateScheme scheme;
    std::string reference, creditor, account;
    std::string expected;  // Reference, creditor and account as they are kept, or the code.
  };
  const Row rows[] = {
      {kSepaCore, "M-1", "de98 zzz 0999 9999 999", "de89 3704 0044 0532 0130 00",
       "M-1 DE98ZZZ09999999999 DE89370400440532013000"},
      {kSepaB2b, "M+1", std::string(kCreditor), std::string(kIban),
       "M+1 DE98ZZZ09999999999 DE89370400440532013000"},
      {kSepaCore, "", std::string(kCreditor), std::string(kIban), "bad_mandate_reference"},
      {kSepaCore, "M_1", std::string(kCreditor), std::string(kIban), "bad_mandate_reference"},
      {kSepaCore, "/M1", std::string(kCreditor), std::string(kIban), "bad_mandate_reference"},
      {kSepaCore, "M-1", "DE99ZZZ09999999999", std::string(kIban), "bad_creditor"},
      {kSepaCore, "M-1", std::string(kCreditor), "DE88370400440532013000", "bad_payer_account"},
      {kSepaCore, "M-1", std::string(kCreditor), "", "bad_payer_account"},
      {kAutogiro, "1001", "5050-1055", "8901-3232323232", "1001 50501055 8901-3232323232"},
      {kAutogiro, "1001", "5050-1055", "", "1001 50501055 "},
      {kAutogiro, "1001", "5050-1055", "50501055", "payer_account_is_ours"},
      {kAvtalegiro, "1234567", "86011117947", "86011117947", "payer_account_is_ours"},
      {kAutogiro, "12345678901234567", "5050-1055", "", "bad_mandate_reference"},
      {kAutogiro, "A1", "5050-1055", "", "bad_mandate_reference"},
      {kAutogiro, "1001", "5050-1056", "", "bad_creditor"},
      {kAvtalegiro, "1234567", "86011117947", "", "1234567 86011117947 "},
      {kAvtalegiro, "1", "86011117947", "", "bad_mandate_reference"},
      {kAvtalegiro, "1234567", "86011117948", "", "bad_creditor"},
  };
  for (const Row& row : rows) {
    const auto mandate =
        checked(of(row.scheme, row.reference, row.creditor, row.account), day("2026-11-01"));
    EXPECT_EQ(mandate ? mandate->reference + " " + mandate->creditor + " " + mandate->payer_account
                      : mandate.error().code,
              row.expected)
        << row.reference << " " << row.creditor << " " << row.account;
  }
}

TEST(Mandate, ConsentHasItsProof) {
  struct Row {
    Consent consent;
    std::string expected;
  };
  const base::Instant at{1};
  const Row rows[] = {
      {{"Ebba", "paper", at, ""}, ""},
      {{"Ebba", "bank", at, ""}, ""},
      {{"Ebba", "agent", at, "v1"}, ""},
      {{"Ebba", "bill_page", at, "v1", "192.0.2.1", "Browser"}, ""},
      {{"", "paper", at, ""}, "missing_consent"},
      {{"Ebba", "", at, "v1"}, "missing_consent"},
      {{"Ebba", "rumour", at, "v1"}, "missing_consent"},
      {{"Ebba", "agent", at, ""}, "missing_consent"},
      {{"Ebba", "bill_page", at, "v1"}, "missing_consent"},
  };
  for (const Row& row : rows) {
    Mandate mandate = sepa();
    mandate.consent = row.consent;
    const auto made = checked(mandate, day("2026-11-01"));
    EXPECT_EQ(made ? "" : made.error().code, row.expected) << row.consent.channel;
  }
}

TEST(Mandate, LimitsAndDays) {
  struct Row {
    std::string what;
    std::function<void(Mandate&)> change;
    std::string expected;
  };
  const Row rows[] = {
      {"a limit", [](Mandate& m) { m.limit = euro(50); }, ""},
      {"no money", [](Mandate& m) { m.limit = euro(0); }, "amount_not_positive"},
      {"a shorter notice", [](Mandate& m) { m.notice_days = 2; }, ""},
      {"no notice at all", [](Mandate& m) { m.notice_days = 0; }, "out_of_range"},
      {"signed tomorrow", [](Mandate& m) { m.signed_on = day("2026-11-02"); }, "signed_in_future"},
      {"an identity with its hyphen",
       [](Mandate& m) {
         m = of(MandateScheme::kAutogiro, "1001", "50501055", "");
         m.payer_identity = "19121212-1212";
       },
       ""},
      {"an odd identity",
       [](Mandate& m) {
         m = of(MandateScheme::kAutogiro, "1001", "50501055", "");
         m.payer_identity = "19121212-121";
       },
       "bad_payer_identity"},
  };
  for (const Row& row : rows) {
    Mandate mandate = sepa();
    row.change(mandate);
    const auto made = checked(mandate, day("2026-11-01"));
    EXPECT_EQ(made ? "" : made.error().code, row.expected) << row.what;
  }
}

// Every state with every step: where it leads, "-" where it does not.
TEST(MandateStates, Table) {
  constexpr MandateState kStates[] = {MandateState::kDraft,   MandateState::kPending,
                                      MandateState::kActive,  MandateState::kSuspended,
                                      MandateState::kDormant, MandateState::kCancelled,
                                      MandateState::kRejected};
  constexpr MandateStep kSteps[] = {
      MandateStep::kSubmit, MandateStep::kConfirm, MandateStep::kReject, MandateStep::kSuspend,
      MandateStep::kResume, MandateStep::kLapse,   MandateStep::kCancel};
  //                                submit  confirm reject   suspend   resume lapse   cancel
  const std::map<std::string, std::string> expected = {
      {"draft", "pending active rejected - - - cancelled"},
      {"pending", "- active rejected - - - cancelled"},
      {"active", "- - - suspended - dormant cancelled"},
      {"suspended", "- active - - active dormant cancelled"},
      {"dormant", "- - - - - - cancelled"},
      {"cancelled", "- - - - - - -"},
      {"rejected", "- - - - - - -"},
  };
  for (const MandateState state : kStates) {
    std::string row;
    for (const MandateStep step : kSteps) {
      Mandate mandate = sepa();
      mandate.state = state;
      const auto taken = take(mandate, step, "why");
      EXPECT_TRUE(taken || taken.error().code == "mandate_step_not_allowed");
      EXPECT_EQ(mandate.reason, taken ? "why" : "");
      row += (row.empty() ? "" : " ") + (taken ? std::string(to_text(mandate.state)) : "-");
    }
    EXPECT_EQ(row, expected.at(std::string(to_text(state))));
  }
}

TEST(MandateStates, LapsesAfterThirtySixMonthsWithoutADebit) {
  struct Row {
    std::string signed_on, last_debit, today;
    bool lapsed;
  };
  const Row rows[] = {
      {"2023-01-15", "", "2026-01-15", false},
      {"2023-01-15", "", "2026-01-16", true},
      {"2020-01-15", "2023-11-30", "2026-11-30", false},
      {"2020-01-15", "2023-11-30", "2026-12-01", true},
      {"2020-01-15", "2023-02-28", "2026-02-28", false},
  };
  for (const Row& row : rows) {
    Mandate mandate = sepa();
    mandate.signed_on = day(row.signed_on);
    if (!row.last_debit.empty()) mandate.last_debit = day(row.last_debit);
    EXPECT_EQ(has_lapsed(mandate, 36, day(row.today)), row.lapsed) << row.today;
    EXPECT_FALSE(has_lapsed(mandate, std::nullopt, day(row.today)));
  }
}

TEST(MandateStates, OfSeveralTheYoungestGoodOneIsDebited) {
  std::vector<Mandate> mandates(4, sepa());
  for (int n = 0; n < 4; ++n) mandates[n].id = MandateId(base::IdBytes{std::uint8_t(n + 1)});
  mandates[1].signed_on = day("2026-05-01");
  mandates[2].signed_on = day("2026-06-01");
  mandates[2].use = MandateUse::kOneOff;
  mandates[3].signed_on = day("2026-07-01");
  mandates[3].state = MandateState::kSuspended;
  EXPECT_EQ(mandate_to_debit(mandates), &mandates[2]);
  mandates[2].debits = 1;  // Used up.
  EXPECT_EQ(mandate_to_debit(mandates), &mandates[1]);
  for (Mandate& mandate : mandates) mandate.state = MandateState::kCancelled;
  EXPECT_EQ(mandate_to_debit(mandates), nullptr);
}

std::string told_of(const Mandate& mandate) {
  const MandateChange change = untold(mandate);
  return change.reference.value_or("-") + " " + change.creditor.value_or("-") + " " +
         change.payer_account.value_or("-");
}

TEST(MandateChanges, TheNextDebitTellsWhatTheBankKnewLast) {
  Mandate mandate = sepa();
  mandate.debits = 1;
  mandate.last_debit = day("2026-02-01");
  const auto amend = [&](const MandateAmend& change, std::string_view on) {
    auto next = amended(mandate, change, day(on));
    ASSERT_TRUE(next) << next.error().text;
    mandate = *next;
  };
  EXPECT_EQ(told_of(mandate), "- - -");
  amend({.payer_account = std::string(kOtherIban)}, "2026-03-01");
  EXPECT_EQ(told_of(mandate), "- - " + std::string(kIban));
  amend({.reference = "M-2", .creditor = std::string(kOtherCreditor)}, "2026-03-02");
  EXPECT_EQ(told_of(mandate), "M-1 " + std::string(kCreditor) + " " + std::string(kIban));
  const auto wire = amendment_to_tell(mandate);
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->original_mandate->text(), "M-1");
  EXPECT_EQ(wire->original_creditor_id->text(), kCreditor);
  EXPECT_TRUE(wire->other_bank);
  // Back to the old account before anybody was told: only the rest is news.
  amend({.payer_account = std::string(kIban)}, "2026-03-03");
  EXPECT_EQ(told_of(mandate), "M-1 " + std::string(kCreditor) + " -");
  // A debit that was ordered before the last amendment has told of the account in between.
  told(mandate, 2);
  EXPECT_EQ(told_of(mandate), "- - " + std::string(kOtherIban));
  told(mandate, mandate.changes.size());
  amend({.reference = "M-3"}, "2026-04-01");
  EXPECT_EQ(told_of(mandate), "M-2 - -");
}

TEST(MandateChanges, BeforeTheFirstDebitThereIsNothingToTell) {
  const auto mandate = amended(sepa(), {.reference = "M-2"}, day("2026-03-01"));
  ASSERT_TRUE(mandate);
  EXPECT_EQ(told_of(*mandate), "- - -");
  EXPECT_EQ(mandate->changes.size(), 1u);
}

TEST(MandateChanges, WhatCannotBeAmended) {
  struct Row {
    MandateState state;
    MandateAmend amend;
    std::string expected;
  };
  const Row rows[] = {
      {MandateState::kActive, {}, "nothing_to_change"},
      {MandateState::kActive, {.reference = "M-1"}, "nothing_to_change"},
      {MandateState::kActive,
       {.payer_account = "de89 3704 0044 0532 0130 00"},
       "nothing_to_change"},
      {MandateState::kActive, {.payer_account = "DE00"}, "bad_payer_account"},
      {MandateState::kActive, {.limit = std::optional(euro(10))}, ""},
      {MandateState::kSuspended, {.payer_account = std::string(kOtherIban)}, ""},
      {MandateState::kCancelled, {.reference = "M-2"}, "mandate_is_over"},
      {MandateState::kRejected, {.reference = "M-2"}, "mandate_is_over"},
      {MandateState::kDormant, {.reference = "M-2"}, "mandate_is_over"},
  };
  for (const Row& row : rows) {
    Mandate mandate = sepa();
    mandate.state = row.state;
    const auto next = amended(mandate, row.amend, day("2026-03-01"));
    EXPECT_EQ(next ? "" : next.error().code, row.expected);
  }
}

// Of SEPA the next debit tells another account; Bankgirot takes it as a new registration only; an
// account of AvtaleGiro is noted here, and is the bank's own to know.
TEST(MandateChanges, AnotherAccountByScheme) {
  using enum MandateScheme;
  struct Row {
    MandateScheme scheme;
    MandateState state;
    std::string reference, creditor, account, other;
    std::string expected;  // What was ordered before the change, and after it; or the code.
  };
  const std::string ours(kCreditor), iban(kIban), other(kOtherIban);
  const Row rows[] = {
      {kSepaCore, MandateState::kActive, "M-1", ours, iban, other, iban + " " + other},
      {kSepaB2b, MandateState::kActive, "M-1", ours, iban, other, iban + " " + other},
      {kAvtalegiro, MandateState::kActive, "1234567", "86011117947", "", "15032080119",
       " 15032080119"},
      {kAutogiro, MandateState::kActive, "1001", "5050-1055", "5084-1234567", "8901-3232323232",
       "account_needs_registration"},
      {kAutogiro, MandateState::kPending, "1001", "5050-1055", "5084-1234567", "8901-3232323232",
       "account_needs_registration"},
      {kAutogiro, MandateState::kSuspended, "1001", "5050-1055", "5084-1234567", "8901-3232323232",
       "account_needs_registration"},
      {kAutogiro, MandateState::kDraft, "1001", "5050-1055", "5084-1234567", "8901-3232323232",
       "5084-1234567 8901-3232323232"},
      {kAutogiro, MandateState::kActive, "1001", "5050-1055", "", "8901-3232323232",
       " 8901-3232323232"},
      {kAutogiro, MandateState::kDraft, "1001", "5050-1055", "5084-1234567", "5050-1055",
       "payer_account_is_ours"},
  };
  for (const Row& row : rows) {
    auto mandate =
        checked(of(row.scheme, row.reference, row.creditor, row.account), day("2026-11-01"));
    ASSERT_TRUE(mandate) << mandate.error().text;
    mandate->state = row.state;
    const auto next = amended(*mandate, {.payer_account = row.other}, day("2026-11-02"));
    EXPECT_EQ(next ? account_after(*next, 0) + " " + account_after(*next, next->changes.size())
                   : next.error().code,
              row.expected)
        << row.reference << " " << row.account;
  }
}

TEST(MandateChanges, AMigrationIsTakenBackOnce) {
  Mandate mandate = sepa();
  mandate.debits = 3;
  mandate = *amended(mandate,
                     {.creditor = std::string(kOtherCreditor), .actor = "anna", .migration = "m1"},
                     day("2026-03-01"));
  EXPECT_EQ(told_of(mandate), "- " + std::string(kCreditor) + " -");
  EXPECT_FALSE(*take_back_migration(mandate, "m2", "anna", day("2026-03-02")));
  EXPECT_TRUE(*take_back_migration(mandate, "m1", "anna", day("2026-03-02")));
  EXPECT_EQ(mandate.creditor, kCreditor);
  EXPECT_EQ(told_of(mandate), "- - -");
  EXPECT_FALSE(*take_back_migration(mandate, "m1", "anna", day("2026-03-02")));
}

TEST(MandateChanges, WhatWasToldMeanwhileIsToldBack) {
  Mandate mandate = sepa();
  mandate.debits = 3;
  mandate = *amended(mandate, {.creditor = std::string(kOtherCreditor), .migration = "m1"},
                     day("2026-03-01"));
  told(mandate, 1);
  ASSERT_TRUE(*take_back_migration(mandate, "m1", "anna", day("2026-04-02")));
  EXPECT_EQ(told_of(mandate), "- " + std::string(kOtherCreditor) + " -");
}

TEST(MandateChanges, Sequence) {
  struct Row {
    MandateUse use;
    std::int64_t debits;
    bool is_last;
    DebitSequence expected;
  };
  const Row rows[] = {
      {MandateUse::kRecurrent, 0, false, DebitSequence::kFirst},
      {MandateUse::kRecurrent, 1, false, DebitSequence::kRecurrent},
      {MandateUse::kRecurrent, 1, true, DebitSequence::kFinal},
      {MandateUse::kOneOff, 0, false, DebitSequence::kOneOff},
  };
  for (const Row& row : rows) {
    Mandate mandate = sepa();
    mandate.use = row.use;
    mandate.debits = row.debits;
    EXPECT_EQ(sequence_of(mandate, row.is_last), row.expected);
  }
}

}  // namespace
}  // namespace domain
