// Mandates and debits from the first word to the last: given, confirmed by the bank, planned,
// ordered in files, paid, refused, given back; on both engines.
#include <gtest/gtest.h>

#include "flows/collections/debit_rows.h"
#include "flows/collections/import_mandates.h"
#include "flows/collections/migrate_mandates.h"
#include "flows/collections/pending.h"
#include "flows/collections/register_mandate.h"
#include "flows/collections/run_collections.h"
#include "flows/collections/take_bank_file.h"
#include "flows/operations/load_operator.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/flows/aurora.h"
#include "tests/flows/autogiro_files.h"
#include "tests/flows/payment_world.h"
#include "tests/support/shipped_rules.h"

namespace {

using base::Result;
using domain::Collection;
using domain::Mandate;
using domain::MandateScheme;
using formats::law::shipped_book;
using tests::code_of;
using tests::digits;
using tests::mandate_notice;
using tests::padded;
using tests::payment_notice;
using tests::Said;

constexpr std::string_view kBankgiro = "50501055";
constexpr std::string_view kCreditor = "DE98ZZZ09999999999";
constexpr std::string_view kNewCreditor = "ES23ZZZ47690558N";
constexpr std::string_view kOurIban = "DE89370400440532013000";
constexpr std::string_view kPayerIban = "FI2112345600000785";

base::Date day(std::string_view text) { return *base::Date::parse(text); }

class CollectionsTest : public tests::PaymentWorld {
 protected:
  void SetUp() override {
    domain::Operator seller = tests::aurora().value;
    seller.debit_agreements = {{.scheme = "autogiro",
                                .creditor = std::string(kBankgiro),
                                .iban = "",
                                .bic = "",
                                .customer_number = "471117"},
                               {.scheme = "sepa_core",
                                .creditor = std::string(kCreditor),
                                .iban = std::string(kOurIban),
                                .bic = "",
                                .customer_number = ""},
                               {.scheme = "sepa_core",
                                .creditor = std::string(kNewCreditor),
                                .iban = std::string(kOurIban),
                                .bic = "",
                                .customer_number = ""}};
    seller.bank_accounts = {std::string(kOurIban)};
    ASSERT_OK(flows::load_operator(store(), clock(), seller, tests::aurora_catalogue()));
  }

  Result<> write(const std::function<Result<>(ports::Transaction&)>& work) {
    return ports::run_in_transaction(store(), work);
  }

  void cancel(int n) {
    ASSERT_OK(flows::step_mandate(store(), clock(),
                                  {mandate(n).id.to_string(), "anna", "by_customer"},
                                  domain::MandateStep::kCancel));
  }
  std::string ending(int n) { return std::string(domain::to_text(mandate(n).ending)); }

  // By paper, for the customer of the n-th bill.
  Result<Mandate> give(int n, MandateScheme scheme, bool confirmed,
                       std::optional<base::Money> limit = {}) {
    return register_paper(n, [&](flows::NewMandate& ask) {
      ask.is_confirmed = confirmed;
      ask.mandate.scheme = scheme;
      ask.mandate.limit = limit;
      if (scheme == MandateScheme::kAvtalegiro) ask.mandate.payer_account.clear();
      if (!domain::is_sepa(scheme)) return;
      ask.mandate.payer_account = kPayerIban;
      ask.mandate.creditor = kCreditor;
    });
  }
  // The same of an Autogiro mandate, with what is otherwise.
  Result<Mandate> register_paper(int n, const std::function<void(flows::NewMandate&)>& change) {
    Result<Mandate> made = base::fail("not_run", "");
    const auto kept = write([&](ports::Transaction& transaction) -> Result<> {
      const auto context = TRY(flows::debit_context(transaction, clock(), "anna"));
      auto terms = TRY(flows::DebitTerms::load(transaction, shipped_book(), context.day));
      flows::NewMandate ask;
      ask.mandate.account = account(n);
      ask.mandate.scheme = MandateScheme::kAutogiro;
      ask.mandate.payer_name = "Ebba Ek";
      ask.mandate.payer_account = "8901-3232323232";
      ask.mandate.payer_identity = "191212121212";
      ask.mandate.signed_on = day("2026-10-20");
      ask.mandate.consent = {
          .given_by = "Ebba Ek", .channel = "paper", .at = clock().now(), .text_version = ""};
      change(ask);
      made = flows::register_mandate(transaction, terms, std::move(ask), context);
      if (!made) return std::unexpected(made.error());
      return {};
    });
    if (!kept && made) return std::unexpected(kept.error());
    return made;
  }

  // "planned 1 ordered 0 dropped 0 files 1 problems 0", or the error's code.
  std::string run(std::string_view on, bool again = false) {
    const auto report =
        flows::run_collections(store(), shipped_book(), clock(), {.day = day(on), .again = again});
    if (!report) return report.error().code;
    files_ = report->files;
    report_ = *report;
    const auto& run = report->run;
    return "planned " + std::to_string(run.planned) + " ordered " + std::to_string(run.ordered) +
           " dropped " + std::to_string(run.dropped) + " files " + std::to_string(run.files) +
           " problems " + std::to_string(run.problems) + (report->was_done ? " before" : "");
  }

  // The debits of an account in words: "settled 500.00 2026-12-01".
  std::string debits(int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    ports::CollectionFilter filter;
    filter.account = account(n);
    auto found = transaction->mandates().list_collections(filter).value();
    std::ranges::sort(found, {}, &Collection::tries);
    std::string text;
    for (const Collection& each : found) {
      text += (text.empty() ? "" : ", ") + std::string(domain::to_text(each.state)) + " " +
              each.amount.to_decimal_string() + " " + each.day.to_string();
      if (!each.reason.empty()) text += " " + each.reason;
      if (!each.action.empty()) text += " " + each.action;
    }
    return text;
  }

  Collection collection(int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    ports::CollectionFilter filter;
    filter.account = account(n);
    return transaction->mandates().list_collections(filter).value().at(0);
  }
  Mandate mandate(int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    ports::MandateFilter filter;
    filter.account = account(n);
    return transaction->mandates().list(filter).value().at(0);
  }
  std::string state(int n) {
    const Mandate found = mandate(n);
    return std::string(domain::to_text(found.state)) +
           (found.reason.empty() ? "" : " " + found.reason);
  }

  // Imports a bank file and what it says of debits: "paid 1, refused 1; problems: unknown_debit".
  std::string bank_says(const std::string& bytes, const std::string& name = "bank.txt") {
    const auto money = import(bytes, {}, name);
    if (!money) return describe(money.error());
    if (money->file.state != "done") return money->file.state;
    const auto report = flows::take_debits_of_file(
        store(), shipped_book(), flows::Snapshot::of_text(name, bytes), {.actor = "import"});
    if (!report) return describe(report.error());
    std::string text;
    const auto add = [&](const auto& counts) {
      for (const auto& [what, count] : counts) {
        text += (text.empty() ? "" : ", ") + what + " " + std::to_string(count);
      }
    };
    add(report->debits);
    add(report->mandates);
    if (report->repeated > 0) {
      text += (text.empty() ? "" : ", ") + ("repeated " + std::to_string(report->repeated));
    }
    for (const auto& problem : report->problems) text += "; " + problem.code;
    return text;
  }

  std::string content(const ports::OrderFile& file) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string bytes;
    EXPECT_OK(transaction->mandates().read_file(file.id, [&](std::string_view piece) -> Result<> {
      bytes += piece;
      return {};
    }));
    return bytes;
  }

  // The n-th bill, with an active Autogiro mandate, planned on 2 November and ordered on the 30th.
  void order(int n, std::int64_t total) {
    add_bill(n, total);
    ASSERT_OK(give(n, MandateScheme::kAutogiro, true));
  }

  std::vector<ports::OrderFile> files_;
  flows::CollectionReport report_;
};

TEST_P(CollectionsTest, FromPaperToMoney) {
  add_bill(1, 500);
  ASSERT_OK(give(1, MandateScheme::kAutogiro, false));
  EXPECT_EQ(state(1), "draft");
  // The first run tells Bankgirot of the mandate; nothing can be debited yet.
  EXPECT_EQ(run("2026-11-02"), "planned 0 ordered 0 dropped 0 files 1 problems 0");
  EXPECT_EQ(state(1), "pending");
  EXPECT_TRUE(content(files_.at(0)).contains("\n0400505010550000000000000001"))
      << content(files_.at(0));
  EXPECT_EQ(bank_says(mandate_notice(1, "32"), "medavi.txt"), "active 1");
  EXPECT_EQ(bank_says(mandate_notice(1, "32"), "medavi.txt"), "repeated 1");
  EXPECT_EQ(state(1), "active");

  EXPECT_EQ(run("2026-11-04"), "planned 1 ordered 0 dropped 0 files 0 problems 0");
  EXPECT_EQ(debits(1), "planned 500.00 2026-12-01");
  EXPECT_EQ(run("2026-11-27"), "planned 0 ordered 0 dropped 0 files 0 problems 0");
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  EXPECT_EQ(debits(1), "ordered 500.00 2026-12-01");
  const std::string file = content(files_.at(0));
  EXPECT_TRUE(file.contains("82202612010    0000000000000001000000050000005050105570001")) << file;
  EXPECT_EQ(files_.at(0).sum.to_decimal_string(), "500.00");

  EXPECT_EQ(bank_says(payment_notice({{1, 500, "70001"}}, "2026-12-01")), "paid 1");
  EXPECT_EQ(debits(1), "settled 500.00 2026-12-01");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(mandate(1).last_debit, day("2026-12-01"));
  EXPECT_EQ(problems(), "");
}

TEST_P(CollectionsTest, TheSameDayTwiceDoesNothingTwice) {
  order(1, 500);
  EXPECT_EQ(run("2026-11-02"), "planned 1 ordered 0 dropped 0 files 0 problems 0");
  EXPECT_EQ(run("2026-11-02"), "planned 1 ordered 0 dropped 0 files 0 problems 0 before");
  order(2, 300);
  EXPECT_EQ(run("2026-11-02", true), "planned 2 ordered 0 dropped 0 files 0 problems 0");
  EXPECT_EQ(report_.before.planned, 1) << "one of the day's two was there before";
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 2 dropped 0 files 1 problems 0");
  const std::string first = content(files_.at(0));
  EXPECT_EQ(run("2026-11-30", true), "planned 0 ordered 2 dropped 0 files 1 problems 0");
  EXPECT_TRUE(files_.empty());
  EXPECT_EQ(run("2026-11-29"), "run_day_passed");
  EXPECT_EQ(problems(), "");
}

// Killed after any number of steps, whatever the sizes of its pages: the same rows and files.
TEST_P(CollectionsTest, PagesAndFilesOfAnySizeMakeTheSameDebits) {
  for (int n = 1; n <= 5; ++n) order(n, 100 * n);
  const flows::CollectionRequest small{
      .day = day("2026-11-02"), .bills_per_page = 2, .debits_per_file = 2};
  ASSERT_OK(flows::run_collections(store(), shipped_book(), clock(), small));
  flows::CollectionRequest orders = small;
  orders.day = day("2026-11-30");
  const auto report = flows::run_collections(store(), shipped_book(), clock(), orders);
  ASSERT_OK(report);
  EXPECT_EQ(report->run.ordered, 5);
  ASSERT_EQ(report->files.size(), 3u);
  std::int64_t sum = 0;
  for (const auto& file : report->files) sum += file.sum.minor();
  EXPECT_EQ(sum, 150'000);
}

TEST_P(CollectionsTest, ADryRunLeavesNothing) {
  order(1, 500);
  const std::string before = dump();
  const auto report =
      flows::try_collections(store(), shipped_book(), clock(), {.day = day("2026-11-02")});
  ASSERT_OK(report);
  EXPECT_EQ(report->run.planned, 1);
  EXPECT_EQ(dump(), before);
}

TEST_P(CollectionsTest, TheBillIsLookedAtAgainBeforeItIsOrdered) {
  order(1, 500);
  order(2, 500);
  EXPECT_EQ(run("2026-11-02"), "planned 2 ordered 0 dropped 0 files 0 problems 0");
  ASSERT_OK(import(tests::bgmax_file({{500, "70001", "B1"}, {200, "70002", "B2"}})));
  EXPECT_EQ(debits(1), "dropped 500.00 2026-12-01 nothing_owed") << "at once";
  EXPECT_EQ(debits(2), "planned 300.00 2026-12-01");
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  EXPECT_EQ(debits(1), "dropped 500.00 2026-12-01 nothing_owed");
  EXPECT_EQ(debits(2), "ordered 300.00 2026-12-01");
}

// Whatever pays a bill before its debit is with the bank takes the debit's place.
TEST_P(CollectionsTest, WhatIsPaidOtherwiseIsNotDebited) {
  struct Row {
    const char* what;
    std::vector<std::int64_t> paid;
    const char* debits;
  };
  const Row rows[] = {{"all of it", {500}, "dropped 500.00 2026-12-01 nothing_owed"},
                      {"a part", {120}, "planned 380.00 2026-12-01"},
                      {"more than all", {620}, "dropped 500.00 2026-12-01 nothing_owed"},
                      {"in two parts", {120, 380}, "dropped 380.00 2026-12-01 nothing_owed"}};
  for (int n = 1; n <= 4; ++n) order(n, 500);
  EXPECT_EQ(run("2026-11-02"), "planned 4 ordered 0 dropped 0 files 0 problems 0");
  int n = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    ++n;
    int piece = 0;
    for (const std::int64_t paid : row.paid) {
      const std::string name = "B" + std::to_string(n) + std::to_string(++piece);
      ASSERT_OK(
          import(tests::bgmax_file({{paid, "7000" + std::to_string(n), name}}), {}, name + ".txt"));
    }
    EXPECT_EQ(debits(n), row.debits);
  }
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  EXPECT_EQ(debits(2), "ordered 380.00 2026-12-01");
}

// What went to the bank is debited from the account that it was ordered on.
TEST_P(CollectionsTest, AnOrderedDebitTellsTheAccountOfItsOrder) {
  const struct {
    MandateScheme scheme;
    base::Currency currency;
    std::string account, before, after, code;
  } rows[] = {
      {MandateScheme::kSepaCore, *base::Currency::parse("EUR"), "FI4250001510000023", "0785",
       "0785", ""},
      {MandateScheme::kAutogiro, *base::Currency::parse("SEK"), "5084-1234567", "3232", "3232",
       "account_needs_registration"},
  };
  const auto ending = [&](int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto debits = flows::coming_debits(*transaction, bill(n)).value();
    return debits.empty() ? std::string("none") : debits.front().ending;
  };
  int n = 0;
  for (const auto& row : rows) {
    add_bill(++n, 50, row.currency);
    ASSERT_OK(give(n, row.scheme, true));
  }
  run("2026-11-02");
  run("2026-11-30");
  n = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(ending(++n), row.before);
    domain::MandateAmend amend;
    amend.payer_account = row.account;
    const auto amended =
        flows::amend_mandate(store(), clock(), {mandate(n).id.to_string(), "anna", ""}, amend);
    EXPECT_EQ(amended ? "" : amended.error().code, row.code);
    EXPECT_EQ(ending(n), row.after);
  }
}

TEST_P(CollectionsTest, TheCreditorsOwnAccountIsNotDebited) {
  add_bill(1, 500);
  for (const bool is_sepa : {false, true}) {
    const auto made = register_paper(1, [&](flows::NewMandate& ask) {
      ask.mandate.payer_account = is_sepa ? kOurIban : kBankgiro;
      if (!is_sepa) return;
      ask.mandate.scheme = MandateScheme::kSepaCore;
      ask.mandate.creditor = kCreditor;
    });
    EXPECT_EQ(made ? "" : made.error().code, "payer_account_is_ours");
  }
}

TEST_P(CollectionsTest, WhatIsWithTheBankStays) {
  order(1, 500);
  EXPECT_EQ(run("2026-11-02"), "planned 1 ordered 0 dropped 0 files 0 problems 0");
  const auto version = [&](int n) { return bill(n).version; };
  const auto coming = [&] {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto debits = flows::coming_debits(*transaction, bill(1)).value();
    for (const auto& each : debits) {
      text += each.amount.to_decimal_string() + " " + each.day.to_string() + " " + each.ending +
              (each.is_ordered ? " ordered" : "");
    }
    return text;
  };
  EXPECT_EQ(coming(), "500.00 2026-12-01 3232") << "as its payer is told";
  EXPECT_EQ(version(1), 2) << "and no browser keeps the page from before";
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  EXPECT_EQ(coming(), "500.00 2026-12-01 3232 ordered");
  EXPECT_EQ(version(1), 3);
  ASSERT_OK(import(tests::bgmax_file({{500, "70001", "B1"}})));
  EXPECT_EQ(debits(1), "ordered 500.00 2026-12-01") << "the bank debits it; the money goes back";
}

TEST_P(CollectionsTest, WithoutMoneyItIsTriedAgainAfterPayday) {
  order(1, 500);
  EXPECT_EQ(run("2026-11-02").substr(0, 9), "planned 1");
  EXPECT_EQ(run("2026-11-30").substr(0, 19), "planned 0 ordered 1");
  clock().set({clock().now().micros + 30 * 86'400'000'000});
  EXPECT_EQ(bank_says(payment_notice({{1, 500, "70001", '1'}}, "2026-12-01")), "refused 1");
  EXPECT_EQ(debits(1), "failed 500.00 2026-12-01 1 retry, planned 500.00 2026-12-28");
  EXPECT_EQ(state(1), "active");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  // The same word in another file changes nothing.
  EXPECT_EQ(bank_says(payment_notice({{1, 500, "70001", '1'}}, "2026-12-01") + "\n", "again.txt"),
            "repeated 1");
  // The retry is ordered, and paid.
  EXPECT_EQ(run("2026-12-23"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  // What was said of the first try is not said of the second, which has the same name and sum.
  EXPECT_EQ(bank_says(payment_notice({{1, 500, "70001", '1'}}, "2026-12-01")), "repeated 1");
  EXPECT_EQ(bank_says(payment_notice({{1, 500, "70001", '1'}}, "2026-12-01") + "\n\n", "third.txt"),
            "repeated 1");
  EXPECT_EQ(debits(1), "failed 500.00 2026-12-01 1 retry, ordered 500.00 2026-12-28");
  EXPECT_EQ(bank_says(payment_notice({{1, 500, "70001"}}, "2026-12-28"), "paid.txt"), "paid 1");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(CollectionsTest, WhatTheBankSaysDecidesWhatIsDone) {
  struct Row {
    char status;
    std::string debit, mandate;
  };
  const Row rows[] = {
      {'2', "failed 500.00 2026-12-01 2 new_mandate", "suspended 2"},
      {'9', "ordered 500.00 2026-12-01", "active"},
  };
  const int n = static_cast<int>(std::size(rows));
  for (int at = 1; at <= n; ++at) order(at, 500);
  EXPECT_EQ(run("2026-11-02"), "planned 2 ordered 0 dropped 0 files 0 problems 0");
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 2 dropped 0 files 1 problems 0");
  std::vector<Said> said;
  for (int at = 1; at <= n; ++at) said.push_back({at, 500, reference(at), rows[at - 1].status});
  bank_says(payment_notice(said, "2026-12-01"));
  for (int at = 1; at <= n; ++at) {
    EXPECT_EQ(debits(at), rows[at - 1].debit);
    EXPECT_EQ(state(at), rows[at - 1].mandate);
  }
  // Nothing is planned again under a mandate that is suspended, nor while the bank still tries.
  EXPECT_EQ(run("2026-12-02"), "planned 0 ordered 0 dropped 0 files 0 problems 0");
}

TEST_P(CollectionsTest, MoneyThatGoesBackIsOwedAgain) {
  order(1, 500);
  run("2026-11-02");
  run("2026-11-30");
  ASSERT_EQ(bank_says(payment_notice({{1, 500, "70001"}}, "2026-12-01")), "paid 1");
  ASSERT_EQ(told(1), "settled 500.00 0.00");
  const std::string back = payment_notice({}, "2026-12-20", {{1, 500, "70001", '2'}});
  EXPECT_EQ(bank_says(back, "back.txt"), "returned 1");
  EXPECT_EQ(debits(1), "returned 500.00 2026-12-01 02 stop");
  EXPECT_EQ(state(1), "cancelled 02");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(bank_says(back, "back.txt"), "repeated 1");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  // The same debit comes back a second time, as other money: a problem, and no bill changes.
  const std::string twice = payment_notice({}, "2026-12-22", {{1, 500, "70001", '2'}});
  EXPECT_EQ(bank_says(twice, "twice.txt"), "; debit_already_returned");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(CollectionsTest, AWordAboutADebitThatWeDidNotOrder) {
  add_bill(1, 500);
  EXPECT_EQ(bank_says(payment_notice({{9, 500, "99999", '1'}}, "2026-12-01")), "; unknown_debit");
  order(2, 500);
  run("2026-11-02");
  // Planned, and not ordered.
  EXPECT_EQ(bank_says(payment_notice({{2, 500, "70002", '1'}}, "2026-12-01"), "early.txt"),
            "; debit_not_ordered");
  run("2026-11-30");
  EXPECT_EQ(bank_says(payment_notice({{2, 400, "70002", '1'}}, "2026-12-01"), "other.txt"),
            "; debit_amount_differs");
  EXPECT_EQ(debits(2), "ordered 500.00 2026-12-01");
}

// Extracts of Bankgirot's registers, of mandates and of debits that wait.
std::string mandate_register(const std::vector<std::pair<std::int64_t, std::string>>& rows) {
  std::string file;
  for (const auto& [payer, account] : rows) {
    file += padded("0050501055191212121212" + digits(payer, 16) + "1262025011020261031" + "1" +
                   std::string(6, ' ') + account);
  }
  return file;
}
std::string waiting_register(const std::vector<Said>& debits) {
  std::string file =
      padded("0120261130AUTOGIRO9900BEVAKNINGSREG" + std::string(27, ' ') + "4711170050501055");
  std::int64_t sum = 0;
  for (const Said& each : debits) {
    std::string reference = each.reference;
    reference.resize(16, ' ');
    sum += each.kronor * 100;
    file += padded("82202612010    " + digits(each.payer, 16) + digits(each.kronor * 100, 12) +
                   std::string(10, ' ') + reference);
  }
  const auto count = static_cast<std::int64_t>(debits.size());
  return file + padded("09202611309900" + std::string(14, ' ') + digits(0, 12) + digits(0, 6) +
                       digits(count, 6) + "0000" + digits(sum, 12));
}

TEST_P(CollectionsTest, RegistersAreComparedAndChangeNothing) {
  order(1, 500);
  order(2, 300);
  run("2026-11-02");
  run("2026-11-30");
  const std::string ours = "8901003232323232";
  EXPECT_EQ(bank_says(mandate_register({{1, ours}, {2, ours}}), "all.txt"), "");
  EXPECT_EQ(bank_says(mandate_register({{1, "8901009999999999"}, {7, ours}}), "other.txt"),
            "; mandate_account_differs; mandate_only_at_bank; mandate_only_here");
  EXPECT_EQ(bank_says(waiting_register({{1, 500, "70001"}, {2, 300, "70002"}}), "waits.txt"), "");
  EXPECT_EQ(bank_says(waiting_register({{1, 400, "70001"}, {9, 100, "99999"}}), "differs.txt"),
            "; debit_amount_differs; debit_only_at_bank; debit_only_here");
  EXPECT_EQ(state(1), "active");
  EXPECT_EQ(debits(1), "ordered 500.00 2026-12-01");
}

TEST_P(CollectionsTest, ALimitIsHeld) {
  add_bill(1, 500);
  ASSERT_OK(give(1, MandateScheme::kAutogiro, true, tests::kronor(499)));
  EXPECT_EQ(run("2026-11-02"), "planned 0 ordered 0 dropped 0 files 0 problems 1");
  ASSERT_EQ(report_.problems.size(), 1u);
  EXPECT_EQ(report_.problems.at(0).code, "amount_above_mandate");
  EXPECT_EQ(report_.problems.at(0).place, bill_id(1).to_string());
}

// What is wrong with one creditor's file stops no other, and its debits wait.
TEST_P(CollectionsTest, AFileThatCannotBeWrittenWaits) {
  order(1, 500);
  run("2026-11-02");
  domain::Operator seller = tests::aurora().value;
  seller.debit_agreements = {{.scheme = "autogiro",
                              .creditor = std::string(kBankgiro),
                              .iban = "",
                              .bic = "",
                              .customer_number = ""}};
  ASSERT_OK(flows::load_operator(store(), clock(), seller, tests::aurora_catalogue()));
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 0 dropped 0 files 0 problems 1");
  EXPECT_EQ(report_.problems.at(0).code, "order_refused");
  EXPECT_EQ(debits(1), "planned 500.00 2026-12-01");
  SetUp();  // Mended.
  EXPECT_EQ(run("2026-11-30", true), "planned 0 ordered 1 dropped 0 files 1 problems 1");
}

TEST_P(CollectionsTest, MandatesThatCannotBe) {
  add_bill(1, 500);
  ASSERT_OK(give(1, MandateScheme::kAutogiro, true));
  EXPECT_EQ(code_of(give(1, MandateScheme::kAutogiro, true)), "mandate_exists");
  EXPECT_EQ(code_of(give(1, MandateScheme::kAvtalegiro, true)), "no_debit_agreement");
  EXPECT_EQ(code_of(give(7, MandateScheme::kAutogiro, true)), "unknown_account");
  const Mandate first = mandate(1);
  const auto step = [&](domain::MandateStep to) {
    return code_of(
        flows::step_mandate(store(), clock(), {first.id.to_string(), "anna", "by_customer"}, to));
  };
  EXPECT_EQ(step(domain::MandateStep::kResume), "mandate_step_not_allowed");
  EXPECT_EQ(step(domain::MandateStep::kSuspend), "");
  EXPECT_EQ(step(domain::MandateStep::kResume), "");
  EXPECT_EQ(step(domain::MandateStep::kCancel), "");
  EXPECT_EQ(step(domain::MandateStep::kCancel), "mandate_step_not_allowed");
  EXPECT_EQ(state(1), "cancelled by_customer");
  // After it a new one with the same number may be given.
  EXPECT_OK(give(1, MandateScheme::kAutogiro, true));
}

// What Bankgirot would refuse is refused before it is written down.
TEST_P(CollectionsTest, OnPaperBankgirotAsksForTheAccount) {
  struct Row {
    std::string says, account, identity, reference, answer;
    bool confirmed = false;
  };
  const Row rows[] = {
      {"nothing", "", "191212121212", "", "missing_payer_account"},
      {"no holder", "8901-3232323232", "", "", "missing_payer_identity"},
      {"a bankgiro under another number", "991-2346", "", "1", "bad_mandate_reference"},
      {"nothing, and the bank knows it", "", "", "", "draft active", true},
      {"a bankgiro", "991-2346", "", "", "draft 9912346"},
      {"our own bankgiro", "5050-1055", "", "", "payer_account_is_ours"},
  };
  int n = 0;
  for (const Row& row : rows) {
    add_bill(++n, 500);
    SCOPED_TRACE(row.says);
    const auto made = register_paper(n, [&](flows::NewMandate& ask) {
      ask.is_confirmed = row.confirmed;
      ask.mandate.payer_account = row.account;
      ask.mandate.payer_identity = row.identity;
      ask.mandate.reference = row.reference;
    });
    if (row.answer.starts_with("draft")) {
      ASSERT_OK(made);
      EXPECT_TRUE(row.answer.ends_with(made->reference) ||
                  row.answer.ends_with(domain::to_text(made->state)))
          << made->reference;
    } else {
      EXPECT_EQ(code_of(made), row.answer);
    }
  }
}

TEST_P(CollectionsTest, BankgirotHearsThatAMandateIsOver) {
  for (int n = 1; n <= 3; ++n) order(n, 500);
  add_bill(4, 500);
  ASSERT_OK(give(4, MandateScheme::kAutogiro, false));
  for (int n = 1; n <= 4; ++n) cancel(n);
  EXPECT_EQ(ending(1), "to_send");
  EXPECT_EQ(ending(4), "");  // Bankgirot never heard of it.
  // A new one with the same number waits until the end of the old one has gone.
  ASSERT_OK(give(1, MandateScheme::kAutogiro, false));
  EXPECT_EQ(run("2026-11-02"), "planned 0 ordered 0 dropped 0 files 2 problems 0");
  const std::string ends = content(files_.at(0)), begins = content(files_.at(1));
  EXPECT_TRUE(ends.contains("\n0300505010550000000000000001")) << ends;
  EXPECT_TRUE(ends.contains("\n0300505010550000000000000003")) << ends;
  EXPECT_FALSE(ends.contains("\n04")) << ends;
  EXPECT_TRUE(begins.contains("\n0400505010550000000000000001")) << begins;
  EXPECT_EQ(ending(2), "sent");
  EXPECT_EQ(bank_says(mandate_notice(1, "33"), "one.txt"), "ended 1");
  EXPECT_EQ(bank_says(mandate_notice(1, "32"), "new.txt"), "active 1");
  EXPECT_EQ(bank_says(mandate_notice(2, "04"), "two.txt"), "ended 1");
  EXPECT_EQ(bank_says(mandate_notice(2, "04"), "two.txt"), "repeated 1");
  EXPECT_EQ(bank_says(mandate_notice(3, "30"), "three.txt"), "end_refused 1; mandate_end_refused");
  EXPECT_EQ(ending(2), "confirmed");
  EXPECT_EQ(ending(3), "refused");
  EXPECT_EQ(state(2), "cancelled by_customer");
  EXPECT_EQ(problems(), "");
}

// The bank debits what it was sent until it is taken back; what it paid all the same is money.
TEST_P(CollectionsTest, DebitsUnderAnEndedAvtaleGiroAreTakenBack) {
  const auto nok = *base::Currency::parse("NOK");
  domain::Operator seller = tests::aurora().value;
  seller.debit_agreements = {{.scheme = "avtalegiro",
                              .creditor = "86011117947",
                              .iban = "",
                              .bic = "",
                              .customer_number = "00008080"}};
  ASSERT_OK(flows::load_operator(store(), clock(), seller, tests::aurora_catalogue()));
  for (int n = 1; n <= 2; ++n) {
    add_debt(n, {.kronor = 500, .currency = nok});
    const auto made = register_paper(n, [&](flows::NewMandate& ask) {
      ask.is_confirmed = true;
      ask.mandate.scheme = MandateScheme::kAvtalegiro;
      ask.mandate.payer_account.clear();
      ask.mandate.reference = "70" + std::to_string(n);
    });
    ASSERT_OK(made);
  }
  EXPECT_EQ(run("2026-11-02"), "planned 2 ordered 0 dropped 0 files 0 problems 0");
  EXPECT_EQ(run("2026-11-27"), "planned 0 ordered 2 dropped 0 files 1 problems 0");
  cancel(1);
  EXPECT_EQ(run("2026-11-28"), "planned 0 ordered 0 dropped 0 files 1 problems 0");
  const std::string file = content(files_.at(0));
  EXPECT_TRUE(file.contains("\nNY213620")) << file;  // Deletions are batches of their own.
  EXPECT_EQ(debits(1), "failed 500.00 2026-12-01 withdrawn stop");
  EXPECT_EQ(debits(2), "ordered 500.00 2026-12-01");
  EXPECT_EQ(ending(1), "sent");
  EXPECT_EQ(run("2026-11-29"), "planned 0 ordered 0 dropped 0 files 0 problems 0");
}

// An order for a closed day goes to the next bank day; a debit above what the scheme carries is
// named; an account that is closed asks for another mandate.
TEST_P(CollectionsTest, HolidaysLimitsAndClosedAccounts) {
  add_debt(1, {.kronor = 500, .due = "2026-12-25"});
  ASSERT_OK(give(1, MandateScheme::kAutogiro, true));
  order(2, 10'000'000'000);
  EXPECT_EQ(run("2026-11-02"), "planned 1 ordered 0 dropped 0 files 0 problems 1");
  EXPECT_EQ(report_.problems.at(0).code, "amount_above_scheme");
  EXPECT_EQ(debits(1), "planned 500.00 2026-12-28");
  EXPECT_EQ(run("2026-12-23"), "planned 0 ordered 1 dropped 0 files 1 problems 1");
  EXPECT_EQ(bank_says(payment_notice({{1, 500, ocr(1), '2'}}, "2026-12-28")), "refused 1");
  EXPECT_EQ(debits(1), "failed 500.00 2026-12-28 2 new_mandate");
  EXPECT_EQ(state(1), "suspended 2");
}

TEST_P(CollectionsTest, BanksBringMandates) {
  add_bill(1, 500);
  EXPECT_EQ(bank_says(mandate_notice(1, "32"), "new.txt"), "active 1");
  EXPECT_EQ(mandate(1).consent.channel, "bank");
  EXPECT_EQ(bank_says(mandate_notice(1, "33"), "end.txt"), "cancelled 1");
  EXPECT_EQ(state(1), "cancelled 0433");
  EXPECT_EQ(bank_says(mandate_notice(77, "32"), "who.txt"), "; unknown_payer");
  EXPECT_EQ(bank_says(mandate_notice(77, "33"), "what.txt"), "; unknown_mandate");
}

TEST_P(CollectionsTest, ATableOfMandates) {
  add_bill(1, 500);
  add_bill(2, 500);
  const std::string table =
      "customer,scheme,reference,creditor,account,signed_on,limit,debits\n"
      "1,autogiro,1,,8901-3232323232,2024-05-01,,3\n"
      "2,sepa_core,UMR-2," +
      std::string(kCreditor) +
      ",fi21 1234 5600 0007 85,2025-02-03,50.00,1\n"
      "3,autogiro,3,,,2024-05-01,,\n"
      "2,sepa_core,UMR-3," +
      std::string(kCreditor) +
      ",FI00,2025-02-03,,\n"
      "2,cheque,UMR-4,,,2025-02-03,,\n"
      "2,autogiro,2,,,2025-02-30,,\n";
  const auto import = [&](bool dry_run) {
    const auto report =
        flows::import_mandates(store(), shipped_book(), clock(), table, "m.csv",
                               {.actor = "anna", .dry_run = dry_run, .rows_per_batch = 2});
    if (!report) return describe(report.error());
    std::string text =
        std::to_string(report->registered) + " new " + std::to_string(report->known) + " known";
    for (const auto& problem : report->problems) {
      text += ", " + std::to_string(problem.line) + " " + problem.code;
    }
    return text;
  };
  const std::string problems =
      ", 4 unknown_customer, 5 bad_payer_account, 6 unknown_value, "
      "7 no_such_date";
  EXPECT_EQ(import(true), "2 new 0 known" + problems);
  EXPECT_EQ(import(false), "2 new 0 known" + problems);
  EXPECT_EQ(import(false), "0 new 2 known" + problems);
  EXPECT_EQ(mandate(1).debits, 3);
  EXPECT_EQ(mandate(2).payer_account, kPayerIban);
  EXPECT_EQ(code_of(flows::import_mandates(store(), shipped_book(), clock(), "name,colour\n",
                                           "m.csv", {})),
            "csv_head");
}

std::string told_of(const flows::MigrationReport& report) {
  return report.migration.state + " " + std::to_string(report.changed) + " of " +
         std::to_string(report.from_before) + ", there " + std::to_string(report.to_after) +
         (report.adds_up() ? "" : " and it does not add up") +
         (report.conflicts > 0 ? ", conflicts " + std::to_string(report.conflicts) : "");
}

TEST_P(CollectionsTest, MandatesGoToAnotherCreditorAndBack) {
  for (int n = 1; n <= 5; ++n) {
    add_bill(n, 500);
    ASSERT_OK(give(n, MandateScheme::kSepaCore, true));
  }
  const flows::MigrationRequest request{
      .from = std::string(kCreditor), .to = std::string(kNewCreditor), .actor = "anna", .page = 2};
  const std::string before = dump();
  const std::int64_t version = bill(3).version;
  const auto tried = flows::try_migration(store(), shipped_book(), clock(), request);
  ASSERT_OK(tried);
  EXPECT_EQ(told_of(*tried), "applying 5 of 5, there 5");
  EXPECT_EQ(dump(), before);

  const auto done = flows::migrate_mandates(store(), shipped_book(), clock(), request);
  ASSERT_OK(done);
  EXPECT_EQ(told_of(*done), "applied 5 of 5, there 5");
  EXPECT_EQ(mandate(3).creditor, kNewCreditor);
  EXPECT_EQ(bill(3).version, version + 1) << "its page is made anew";
  ASSERT_EQ(mandate(3).changes.size(), 1u);
  EXPECT_EQ(mandate(3).changes[0].creditor, kCreditor);
  // Again: there is nothing left to do.
  const auto again = flows::migrate_mandates(store(), shipped_book(), clock(), request);
  ASSERT_OK(again);
  EXPECT_EQ(told_of(*again), "applied 0 of 0, there 5");

  const auto back = flows::take_back_migration(store(), clock(), done->migration.id, "anna");
  ASSERT_OK(back);
  EXPECT_EQ(told_of(*back), "taken_back 5 of 5, there 5");
  EXPECT_EQ(bill(3).version, version + 2);
  EXPECT_EQ(mandate(3).creditor, kCreditor);
  EXPECT_EQ(code_of(flows::migrate_mandates(store(), shipped_book(), clock(), request)),
            "migration_taken_back");
}

TEST_P(CollectionsTest, MigrationsThatCannotBe) {
  add_bill(1, 500);
  ASSERT_OK(give(1, MandateScheme::kSepaCore, true));
  const auto migrate = [&](std::string_view from, std::string_view to) {
    return code_of(flows::migrate_mandates(store(), shipped_book(), clock(),
                                           {.from = std::string(from), .to = std::string(to)}));
  };
  EXPECT_EQ(migrate(kCreditor, kCreditor), "same_creditor");
  EXPECT_EQ(migrate("5050-1055", "50501055"), "same_creditor") << "written otherwise";
  EXPECT_EQ(migrate(kNewCreditor, kCreditor), "nothing_to_migrate");
  EXPECT_EQ(migrate(kCreditor, "FI1200000000000000"), "no_debit_agreement");
  EXPECT_EQ(code_of(flows::take_back_migration(store(), clock(), {}, "anna")),
            "migration_not_found");
}

// A pain.002 that answers one debit, or with an empty id the whole file.
std::string pain002(const std::string& message, const std::string& debit, std::string_view status,
                    std::string_view code = "") {
  const std::string reason =
      code.empty() ? "" : "<StsRsnInf><Rsn><Cd>" + std::string(code) + "</Cd></Rsn></StsRsnInf>";
  const std::string group = debit.empty() ? std::string(status) : "PART";
  std::string file =
      "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\">"
      "<CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>" +
      message + "</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId><GrpSts>" + group +
      "</GrpSts>" + (debit.empty() ? reason : "") + "</OrgnlGrpInfAndSts>";
  if (!debit.empty()) {
    file += "<OrgnlPmtInfAndSts><OrgnlPmtInfId>" + message +
            "-1</OrgnlPmtInfId><TxInfAndSts>"
            "<OrgnlEndToEndId>" +
            debit + "</OrgnlEndToEndId><TxSts>" + std::string(status) + "</TxSts>" + reason +
            "</TxInfAndSts></OrgnlPmtInfAndSts>";
  }
  return file + "</CstmrPmtStsRpt></Document>\n";
}

std::string camt(std::int64_t euros, const std::string& debit, std::string_view on,
                 const std::string& reference, std::string_view return_code = "") {
  formats::bank::WrittenFile file;
  file.id = "S" + std::string(on);
  file.created = std::string(on) + "T18:00:00";
  auto& part = file.statements.emplace_back();
  part.statement.id = "1";
  part.statement.account = kOurIban;
  part.statement.currency = "EUR";
  domain::BankEntry entry;
  entry.amount = base::Money(euros * 100, *base::Currency::parse("EUR"));
  entry.booking_date = entry.value_date = day(on);
  entry.end_to_end_id = debit;
  entry.reference = reference;
  entry.bank_reference = "R" + std::string(on);
  if (!return_code.empty()) {
    entry.direction = domain::MoneyDirection::kDebit;
    entry.returned = domain::BankReturn{.code = std::string(return_code), .text = ""};
  }
  part.entries.push_back(std::move(entry));
  return formats::bank::write_camt053(file);
}

TEST_P(CollectionsTest, OfSepaThePayersBankMayGiveBack) {
  add_bill(1, 50, *base::Currency::parse("EUR"));
  ASSERT_OK(give(1, MandateScheme::kSepaCore, false));
  EXPECT_EQ(state(1), "active");
  run("2026-11-02");
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  const std::string file = content(files_.at(0));
  for (const std::string_view part :
       {"<SeqTp>FRST</SeqTp>", "<ReqdColltnDt>2026-12-01</ReqdColltnDt>",
        "<DtOfSgntr>2026-10-20</DtOfSgntr>", "<InstdAmt Ccy=\"EUR\">50.00</InstdAmt>"}) {
    EXPECT_TRUE(file.contains(part)) << part << "\n" << file;
  }
  const std::string name = collection(1).wire;
  const std::string message = files_.at(0).id.to_string().substr(6);
  EXPECT_TRUE(file.contains("<EndToEndId>" + name + "</EndToEndId>"));
  EXPECT_EQ(bank_says(pain002(message, name, "ACSP"), "status.xml"), "accepted 1");
  EXPECT_EQ(bank_says(camt(50, name, "2026-12-01", "70001"), "camt1.xml"), "paid 1");
  EXPECT_EQ(told(1), "settled 50.00 0.00");
  EXPECT_EQ(collection(1).refund_until, day("2027-01-26"));
  EXPECT_EQ(collection(1).unauthorised_until, day("2028-01-01"));

  clock().set({clock().now().micros + 39 * 86'400'000'000});  // To 10 December.
  EXPECT_EQ(bank_says(camt(50, name, "2026-12-09", "70001", "AM04"), "camt2.xml"), "returned 1");
  EXPECT_EQ(debits(1), "returned 50.00 2026-12-01 AM04 retry, planned 50.00 2026-12-24");
  EXPECT_EQ(told(1), "open 0.00 50.00");
  // The second debit is a recurrent one, under another name.
  EXPECT_EQ(run("2026-12-23"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  EXPECT_TRUE(content(files_.at(0)).contains("<SeqTp>RCUR</SeqTp>"));
  EXPECT_FALSE(content(files_.at(0)).contains(name));
  EXPECT_EQ(problems(), "");
}

TEST_P(CollectionsTest, AWholeFileIsRefused) {
  for (int n = 1; n <= 2; ++n) {
    add_bill(n, 50, *base::Currency::parse("EUR"));
    ASSERT_OK(give(n, MandateScheme::kSepaCore, false));
  }
  run("2026-11-02");
  run("2026-11-30");
  const std::string message = files_.at(0).id.to_string().substr(6);
  EXPECT_EQ(bank_says(pain002(message, "", "RJCT", "AC04"), "no.xml"), "refused 2");
  for (int n = 1; n <= 2; ++n) {
    EXPECT_EQ(debits(n), "failed 50.00 2026-12-01 AC04 new_mandate");
    EXPECT_EQ(state(n), "suspended AC04");
  }
  // With another account it goes on, and the next debit is a first one.
  domain::MandateAmend amend;
  amend.payer_account = std::string(kOurIban);
  ASSERT_OK(flows::amend_mandate(store(), clock(), {mandate(1).id.to_string(), "anna", ""}, amend));
  EXPECT_EQ(state(1), "active");
  EXPECT_EQ(mandate(1).debits, 0);
  EXPECT_EQ(bank_says(pain002("01jzzzzzzzzzzzzzzzzzzzzzzz", "", "RJCT", "AC04"), "who.xml"),
            "; unknown_debit");
}

// A debit that is planned goes with its mandate, and tells the payer's bank of the new creditor.
TEST_P(CollectionsTest, APlannedDebitGoesToTheNewCreditor) {
  add_bill(1, 50, *base::Currency::parse("EUR"));
  ASSERT_OK(give(1, MandateScheme::kSepaCore, false));
  run("2026-11-02");
  ASSERT_OK(flows::migrate_mandates(
      store(), shipped_book(), clock(),
      {.from = std::string(kCreditor), .to = std::string(kNewCreditor), .actor = "anna"}));
  EXPECT_EQ(run("2026-11-30"), "planned 0 ordered 1 dropped 0 files 1 problems 0");
  EXPECT_EQ(files_.at(0).group.creditor, kNewCreditor);
  EXPECT_TRUE(content(files_.at(0)).contains(kNewCreditor));
}

// Debits that were planned before pages told of them: the next run makes the pages anew, once.
TEST_P(CollectionsTest, APageThatSaysNothingOfItsDebitIsMadeAnew) {
  add_bill(1, 500);
  ASSERT_OK(give(1, MandateScheme::kAutogiro, true));
  const domain::Bill issued = bill(1);
  ASSERT_EQ(issued.version, 1);
  const flows::DebitContext context{day("2026-11-02"), clock().now(), "command"};
  const domain::DebitPlan plan{
      .amount = issued.total, .day = day("2026-12-01"), .hand_in = day("2026-11-27")};
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    flows::DebitRows rows(context);
    rows.announce(flows::planned_debit(issued, mandate(1), plan, 0, context));
    return rows.keep(transaction);
  }));
  ASSERT_EQ(bill(1).version, 1);
  run("2026-11-03");
  EXPECT_EQ(bill(1).version, 2);
  run("2026-11-04");
  EXPECT_EQ(bill(1).version, 2);
}

TELGIRO_ON_BOTH_ENGINES(CollectionsTest);

}  // namespace
