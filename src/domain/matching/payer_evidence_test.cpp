// Names, numbers and amounts of payments against debtors, a row each; what is weighed how; and that
// learning moves the weights.
#include "domain/matching/payer_evidence.h"

#include <gtest/gtest.h>

#include "domain/matching/near_references.h"
#include "domain/matching/payer_model.h"
#include "domain/reference/payment_reference.h"

namespace domain::matching {
namespace {

constexpr std::string_view kScheme = "se_ocr_luhn_length";

base::Money kr(std::int64_t kronor) { return base::Money(kronor * 100, base::Currency()); }
base::Date day(std::string_view text) { return base::Date::parse(text).value(); }

Bill bill(std::int64_t kronor, std::string_view base, std::string_view due = "2026-11-30") {
  Bill value;
  value.total = kr(kronor);
  value.fees = value.paid = value.credited = kr(0);
  value.due = day(due);
  value.issued = value.due - 30;
  value.reference_scheme = kScheme;
  value.reference = PaymentReference::make(kScheme, base).value().text();
  return value;
}

Debtor anna() {
  Debtor debtor;
  debtor.customer_number = 1'000'234;
  debtor.name = "Anna Lindkvist";
  debtor.bills = {bill(412, "12345670", "2026-10-31"), bill(613, "12345671")};
  debtor.invoice_numbers = {"A100010", "A100011"};
  return debtor;
}

PaymentFacts paid(std::int64_t kronor, std::string text, std::string payer = "") {
  return {.amount = kr(kronor),
          .booked = day("2026-11-25"),
          .text = std::move(text),
          .payer_name = std::move(payer)};
}

// The candidate for these bills of Anna's.
std::optional<PayerCandidate> candidate(const PaymentFacts& payment,
                                        const std::vector<std::size_t>& bills,
                                        const Debtor& debtor = anna()) {
  for (auto& each : candidates_of(payment, debtor, {})) {
    if (each.bills == bills) return std::move(each);
  }
  return {};
}

TEST(PayerNames, AreComparedAsPeopleAndBanksWriteThem) {
  using enum NameLevel;
  struct Row {
    std::string_view payer, customer;
    NameLevel level;
  };
  const Row rows[] = {
      {"Anna Lindkvist", "Anna Lindkvist", kEqual},
      {"LINDKVIST ANNA", "Anna Lindkvist", kEqual},
      {"Aasa Oehman-Mueller", "Åsa Öhman-Müller", kEqual},
      {"Bygg & Fog", "Bygg & Fog AB", kEqual},
      {"A Lindkvist", "Anna Lindkvist", kInitials},
      {"MEIKÄLÄINEN M", "Maija Meikäläinen", kInitials},
      {"Anna Maria Lindkvist", "Anna Lindkvist", kInitials},
      {"LINDKVIST AN", "Anna Lindkvist", kInitials},
      {"Anna Lindqvist", "Anna Lindkvist", kSimilar},
      {"Erik Lindkvist", "Anna Lindkvist", kSurname},
      {"Anna Holm", "Anna Lindkvist", kSurname},
      {"Nils Holm", "Anna Lindkvist", kDiffers},
      {"", "Anna Lindkvist", kNotSaid},
      {"Anna Lindkvist", "", kNotSaid},
      {"A", "Anna Lindkvist", kDiffers},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(compare_payer_names(row.payer, row.customer), row.level)
        << row.payer << " / " << row.customer;
  }
}

TEST(PayerNames, WhoeverIsWrittenAlikeIsLookedUpByTheSameWords) {
  const auto finds = [](std::string_view payer, std::string_view customer) {
    const auto index = payer_index_words(customer);
    return std::ranges::any_of(payer_search_words(payer), [&](const std::string& word) {
      return std::ranges::find(index, word) != index.end();
    });
  };
  EXPECT_TRUE(finds("Lindkvist Anna", "Anna Lindkvist"));
  EXPECT_TRUE(finds("A Karlsson", "Anna Carlson"));
  EXPECT_TRUE(finds("KARLSSON A", "Anna Karlsson"));
  EXPECT_FALSE(finds("Erik Karlsson", "Anna Karlsson"));
  EXPECT_TRUE(payer_index_words("AB").empty());
  EXPECT_EQ(payer_index_words("Telgiro AB").size(), 1U);
}

TEST(NearReferences, AreOneSlipAwayAndValid) {
  const std::string reference = bill(1, "12345671").reference;  // Ten digits.
  const auto meant = [&](const std::string& text) {
    const auto near = near_references(text, kScheme);
    return std::ranges::find(near, reference) != near.end();
  };
  std::string wrong = reference, swapped = reference;
  wrong[4] = wrong[4] == '0' ? '1' : '0';
  std::swap(swapped[2], swapped[3]);
  EXPECT_TRUE(meant(reference));
  EXPECT_TRUE(meant("OCR 000" + reference));
  EXPECT_TRUE(meant(reference.substr(0, 4) + " " + reference.substr(4) + " tack"));
  EXPECT_TRUE(meant(wrong));
  EXPECT_TRUE(meant(swapped));
  EXPECT_TRUE(meant(reference.substr(0, 3) + reference.substr(4)));
  EXPECT_FALSE(meant("1" + reference.substr(0, 5)));
  EXPECT_FALSE(meant(""));
  for (const std::string& near : near_references(wrong, kScheme)) {
    EXPECT_TRUE(PaymentReference::parse(kScheme, near)) << near;
  }
  EXPECT_LE(near_references("1234567890 2345678901 3456789012", "plain").size(),
            kNearReferencesMax);
  EXPECT_EQ(numbers_in("Faktura 0010 42, 7"), (std::vector<std::string>{"10", "1042", "42", "7"}));
}

TEST(PayerEvidence, ANumberSaysWhatItIs) {
  using enum ReferenceLevel;
  const std::string reference = anna().bills[1].reference, last = anna().bills[0].reference;
  std::string wrong = reference;
  wrong[4] = wrong[4] == '0' ? '1' : '0';
  struct Row {
    std::string text;
    ReferenceLevel reference;
    NumberLevel number;
  };
  const Row rows[] = {
      {"", kNone, NumberLevel::kNone},
      {"bredband 2026-11", kNone, NumberLevel::kNone},
      {"OCR " + reference, kWhole, NumberLevel::kNone},
      {wrong, kWrongDigit, NumberLevel::kNone},
      {last, kOfTheirs, NumberLevel::kNone},
      {"99887766554433", kOther, NumberLevel::kNone},
      // A day, a telephone number and a sum are no references.
      {"bredband 2026-11-15", kNone, NumberLevel::kNone},
      {"tel 070-123 45 67", kNone, NumberLevel::kNone},
      {"+46 70 123 45 67 613,00", kNone, NumberLevel::kNone},
      {wrong.substr(0, 4) + " " + wrong.substr(4, 4) + " " + wrong.substr(8), kWrongDigit,
       NumberLevel::kNone},
      // Digits that only stand beside one another are no damaged reference.
      {wrong.substr(0, 4) + "\n" + wrong.substr(4), kNone, NumberLevel::kNone},
      {wrong.substr(0, 4) + ". " + wrong.substr(4), kNone, NumberLevel::kNone},
      {"lgh " + wrong.substr(0, 2) + " " + wrong.substr(2, 5) + " " + wrong.substr(7), kNone,
       NumberLevel::kNone},
      {"Faktura 100011", kNone, NumberLevel::kInvoice},
      {"faktura A100011", kNone, NumberLevel::kInvoice},
      {"A-100011", kNone, NumberLevel::kInvoice},
      {"nr100011", kNone, NumberLevel::kInvoice},
      {"B100011", kNone, NumberLevel::kNone},
      {"faktura A100010", kNone, NumberLevel::kOtherInvoice},
      {"kund 1000234", kNone, NumberLevel::kCustomer},
      {"kund 100 0234", kNone, NumberLevel::kCustomer},
      {"1000 bredband 234", kNone, NumberLevel::kNone},
  };
  for (const Row& row : rows) {
    const auto found = candidate(paid(613, row.text), {1});
    ASSERT_TRUE(found) << row.text;
    EXPECT_EQ(found->levels.reference, row.reference) << row.text;
    EXPECT_EQ(found->levels.number, row.number) << row.text;
  }
}

TEST(PayerEvidence, AnAmountSaysWhatItIs) {
  using enum AmountLevel;
  struct Row {
    std::int64_t kronor;
    AmountLevel level;
  };
  const Row rows[] = {{613, kEqual}, {605, kLess}, {620, kMore}, {412, kLast}, {500, kOther}};
  for (const Row& row : rows) {
    EXPECT_EQ(candidate(paid(row.kronor, ""), {1})->levels.amount, row.level) << row.kronor;
  }
  EXPECT_EQ(candidate(paid(613 + 412, ""), {0, 1})->levels.amount, kSeveral);
  EXPECT_FALSE(candidate(paid(613, ""), {0, 1}));
}

TEST(PayerEvidence, ABillThatIsPaidIsLookedAtWhereTheTextOrTheAmountIsIts) {
  Debtor debtor = anna();
  debtor.bills[0].paid = debtor.bills[0].total;
  debtor.bills[0].state = BillState::kSettled;
  EXPECT_FALSE(candidate(paid(613, ""), {0}, debtor));
  EXPECT_TRUE(candidate(paid(613, debtor.bills[0].reference), {0}, debtor));
  const auto again = candidate(paid(412, ""), {0}, debtor);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_owed);
}

TEST(PayerEvidence, EachReasonIsSaidWithItsValues) {
  const Debtor debtor = anna();
  const PaymentFacts payment = paid(613, "Faktura 100011", "Anna Lindkvist");
  const auto found = candidate(payment, {1});
  ASSERT_TRUE(found);
  std::vector<std::string> keys;
  for (const auto& reason : reasons_for(payment, debtor, {}, *found)) {
    keys.push_back(reason.key);
    if (reason.key == "payer.number.invoice") {
      EXPECT_EQ(reason.number, "A100011");
    }
    if (reason.key == "payer.amount.equal") {
      EXPECT_EQ(reason.amount, kr(613));
    }
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"payer.number.invoice", "payer.name.equal",
                                            "payer.amount.equal", "payer.day.about_due"}));
}

TEST(PayerEvidence, LevelsAreKeptAsText) {
  const PayerLevels levels{.reference = ReferenceLevel::kWrongDigit,
                           .amount = AmountLevel::kEqual,
                           .name = NameLevel::kEqual,
                           .day = DayLevel::kAboutDue};
  EXPECT_EQ(to_text(to_vector(levels)), "505052");
  EXPECT_EQ(parse_levels("505052"), to_vector(levels));
  for (const char* bad : {"", "50505", ":05052", "540052", "50505x"}) {
    EXPECT_FALSE(parse_levels(bad)) << bad;
  }
}

std::int64_t how_sure(const PaymentFacts& payment, const std::vector<Debtor>& debtors,
                      const PayerField& field, const PayerModel& model) {
  std::vector<PayerCandidate> candidates;
  for (std::size_t at = 0; at < debtors.size(); ++at) {
    for (auto& each : candidates_of(payment, debtors[at], {})) {
      each.debtor = at;
      candidates.push_back(std::move(each));
    }
  }
  return millionths(rank(std::move(candidates), field, model), 0);
}

TEST(PayerEvidence, WhatTheBankDeductedIsNoDifference) {
  struct Row {
    const char* what;
    std::int64_t came, charges;
    AmountLevel level;
    const char* reason;
  };
  const Row rows[] = {
      {"it says nothing", 608, 0, AmountLevel::kLess, "payer.amount.less"},
      {"just what is missing", 608, 5, AmountLevel::kCharged, "payer.amount.charged"},
      {"more than a little, and said", 563, 50, AmountLevel::kCharged, "payer.amount.charged"},
      {"more than banks take", 562, 51, AmountLevel::kOther, "payer.amount.other"},
      {"less than what is missing", 608, 4, AmountLevel::kLess, "payer.amount.less"},
      {"the whole came all the same", 613, 5, AmountLevel::kEqual, "payer.amount.equal"},
  };
  for (const Row& row : rows) {
    PaymentFacts payment = paid(row.came, "", "Anna Lindkvist");
    payment.charges = kr(row.charges);
    const auto found = candidate(payment, {1});
    ASSERT_TRUE(found) << row.what;
    EXPECT_EQ(found->levels.amount, row.level) << row.what;
    const auto reasons = reasons_for(payment, anna(), {}, *found);
    EXPECT_TRUE(std::ranges::any_of(reasons, [&](const PayerReason& each) {
      return each.key == row.reason;
    })) << row.what;
  }
  // It is as sure as the whole sum, and is learned as that.
  PaymentFacts less = paid(608, "", "Anna Lindkvist");
  const PayerField field{.bills = 50'000};
  const PayerModel model = PayerModel::learned_from();
  const auto unexplained = how_sure(less, {anna()}, field, model);
  less.charges = kr(5);
  EXPECT_EQ(how_sure(less, {anna()}, field, model),
            how_sure(paid(613, "", "Anna Lindkvist"), {anna()}, field, model));
  EXPECT_GT(how_sure(less, {anna()}, field, model), unexplained);
}

TEST(PayerModel, RareEvidenceWeighsMoreAndTwinsHalf) {
  const PayerModel model = PayerModel::learned_from();
  const PaymentFacts payment = paid(613, "", "Anna Lindkvist");
  const PayerField rare{.bills = 50'000}, common{.bills = 50'000, .same_amount = 9'000};
  const PayerField namesakes{.bills = 50'000, .namesakes = 40};
  const auto sure = how_sure(payment, {anna()}, rare, model);
  EXPECT_GT(sure, 999'000);
  EXPECT_LT(how_sure(payment, {anna()}, common, model), sure);
  EXPECT_LT(how_sure(payment, {anna()}, namesakes, model), sure);
  EXPECT_LT(how_sure(payment, {anna(), anna()}, rare, model), 500'001);
  EXPECT_LT(how_sure(paid(613, ""), {anna()}, common, model), 10'000);
}

// What a clerk would book without a second look is booked, at one wrong in 10,000.
TEST(PayerModel, ClearCasesAreSureAndDoubtfulOnesAreNot) {
  const Debtor us = anna();
  const std::string reference = us.bills[1].reference, last = us.bills[0].reference;
  std::string swapped = reference, wrong = reference;
  std::swap(swapped[7], swapped[8]);
  wrong[4] = wrong[4] == '0' ? '1' : '0';
  const std::string lost = reference.substr(0, 3) + reference.substr(4);
  struct Row {
    const char* what;
    std::int64_t kronor;
    std::string text, payer;
    bool is_sure;
  };
  const std::string name = "Lindkvist Anna";
  const Row rows[] = {
      {"two digits swapped, name, amount", 613, swapped, name, true},
      {"a wrong digit, name, amount", 613, wrong, name, true},
      {"a digit lost, name, amount", 613, lost, name, true},
      {"invoice number, name, amount", 613, "Faktura A100011", name, true},
      {"invoice number, name, an amount of nobody", 500, "Faktura A100011", name, false},
      {"reference in the text, amount, nobody's name", 613, "ref " + reference, "", false},
      {"reference in the text, amount, initials", 613, "ref " + reference, "A Lindkvist", true},
      {"both references, their sum", 613 + 412, last + " " + reference, "", true},
      {"both references, another sum", 900, last + " " + reference, "", false},
      {"name and amount of a price that many pay", 613, "", name, false},
      {"amount alone", 613, "", "", false},
      {"a wrong digit, amount, another name", 613, wrong, "Nils Holm", false},
      {"the name alone", 100, "", name, false},
      {"last month's reference, owed too, and this month's amount", 613, last, name, false},
      {"last month's reference, an amount of nobody", 555, last, "", false},
  };
  const PayerModel model = PayerModel::learned_from();
  const PayerField field{.bills = 50'000, .same_amount = 9'000};  // A price that many pay.
  for (const Row& row : rows) {
    auto candidates = candidates_of(paid(row.kronor, row.text, row.payer), us, {});
    const PayerRanking ranking = rank(std::move(candidates), field, model);
    EXPECT_EQ(is_sure(ranking, 10'000), row.is_sure)
        << row.what << ": " << probability_text(millionths(ranking, 0)) << " "
        << to_text(to_vector(ranking.candidates.front().levels));
  }
}

TEST(PayerModel, AShortInvoiceNumberDoesNotCountAgainstItsBill) {
  Debtor debtor = anna();
  debtor.invoice_numbers = {"A400", "A401"};
  const PayerModel model = PayerModel::learned_from();
  const PayerField field{.bills = 50'000, .same_amount = 400};
  const auto sure = [&](const std::string& text) {
    return how_sure(paid(613, text, "Anna Lindkvist"), {debtor}, field, model);
  };
  EXPECT_GT(sure("A401"), sure("401"));
  EXPECT_GE(sure("401"), sure(""));
  EXPECT_LT(sure("A400"), sure("A401"));
  EXPECT_EQ(candidate(paid(613, "A401"), {1}, debtor)->levels.number, NumberLevel::kInvoice);
  EXPECT_EQ(candidate(paid(613, "B401"), {1}, debtor)->levels.number, NumberLevel::kNone);
}

TEST(PayerModel, OfTwoEqualBillsOfOnePayerTheOldestIsPaid) {
  Debtor debtor = anna();
  debtor.bills[0].total = debtor.bills[1].total;
  const PayerModel model = PayerModel::learned_from();
  const PaymentFacts payment = paid(613, "kund 1000234", "Anna Lindkvist");
  const PayerRanking ranking = rank(candidates_of(payment, debtor, {}), {.bills = 50'000}, model);
  const PayerCandidate& first = ranking.candidates.front();
  EXPECT_EQ(first.bills, (std::vector<std::size_t>{0}));
  EXPECT_EQ(first.alike, 2U);
  EXPECT_TRUE(is_sure(ranking, 10'000)) << probability_text(millionths(ranking, 0));
  const auto reasons = reasons_for(payment, debtor, {}, first);
  EXPECT_TRUE(std::ranges::any_of(reasons, [](const PayerReason& reason) {
    return reason.key == "payer.amount.oldest" && reason.count == 2;
  }));
  // Where the text names one of them it is that one.
  const PaymentFacts named = paid(613, debtor.bills[1].reference, "Anna Lindkvist");
  const PayerRanking told = rank(candidates_of(named, debtor, {}), {.bills = 50'000}, model);
  EXPECT_EQ(told.candidates.front().bills, (std::vector<std::size_t>{1}));
}

TEST(PayerModel, APaidBillIsNoRivalOfOneOfTheSameAmountThatIsOwed) {
  Debtor debtor = anna();
  debtor.bills[0].total = debtor.bills[0].paid = debtor.bills[1].total;
  debtor.bills[0].state = BillState::kSettled;
  const PayerModel model = PayerModel::learned_from();
  const auto first = [&](const std::string& text) {
    const PayerRanking ranking = rank(candidates_of(paid(613, text, "Anna Lindkvist"), debtor, {}),
                                      {.bills = 50'000}, model);
    return std::pair(ranking.candidates.front().bills.front(), is_sure(ranking, 10'000));
  };
  // Last month's reference is what many have saved; an invoice's number is said of that invoice.
  EXPECT_EQ(first(debtor.bills[0].reference), std::pair(std::size_t{1}, true));
  EXPECT_EQ(first("Faktura A100010").second, false);
}

TEST(PayerEvidence, ThePlansNextRowIsAnAmountThatIsAskedFor) {
  Debtor debtor = anna();
  debtor.bills[1].plan = {{day("2026-11-30"), kr(200)}, {day("2026-12-30"), kr(413)}};
  const PaymentFacts payment = paid(200, "", "Anna Lindkvist");
  const auto found = candidate(payment, {1}, debtor);
  EXPECT_EQ(found->levels.amount, AmountLevel::kEqual);
  const auto reasons = reasons_for(payment, debtor, {}, *found);
  EXPECT_TRUE(std::ranges::any_of(reasons, [](const PayerReason& reason) {
    return reason.key == "payer.amount.instalment" && reason.amount == kr(200);
  }));
  EXPECT_EQ(candidate(paid(413, "", ""), {1}, debtor)->levels.amount, AmountLevel::kOther);
}

TEST(PayerModel, WhatIsConfirmedMovesTheWeights) {
  const PayerModel prior = PayerModel::learned_from();
  EXPECT_EQ(prior.confirmed(), 0);
  const LevelCount others_pay[] = {{*parse_levels("005012"), 300}};
  const PayerModel learned = PayerModel::learned_from(others_pay);
  EXPECT_EQ(learned.confirmed(), 300);
  const auto name = std::size_t{4};
  EXPECT_GT(learned.shows(name, 1), prior.shows(name, 1));
  EXPECT_LT(learned.shows(name, 5), prior.shows(name, 5));
  // Where others often pay, a name alone says less of the bill.
  const PaymentFacts payment = paid(613, "", "Anna Lindkvist");
  const PayerField field{.bills = 50'000};
  EXPECT_LT(how_sure(payment, {anna()}, field, learned), how_sure(payment, {anna()}, field, prior));
}

TEST(PayerModel, CertaintyIsNeverSaid) {
  PayerRanking ranking;
  ranking.probabilities = {1.0, 0.25};
  EXPECT_EQ(probability_text(millionths(ranking, 0)), "0.999999");
  EXPECT_EQ(probability_text(millionths(ranking, 1)), "0.250000");
}

}  // namespace
}  // namespace domain::matching
