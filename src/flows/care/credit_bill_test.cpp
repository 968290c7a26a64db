// Crediting a bill on both engines: what is kept, that a preview keeps nothing, that two who
// credit at once do not give back more than there is, and which bills cannot be credited (R13).
#include "flows/care/credit_bill.h"

#include <thread>

#include <gtest/gtest.h>

#include "flows/care/show_bill.h"
#include "flows/operations/verify_store.h"
#include "flows/plans/agree_plan.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/credits.h"
#include "ports/parties.h"
#include "ports/payments.h"
#include "ports/work.h"
#include "tests/flows/aurora.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using tests::code_of;

// The first byte of every id says which bill it belongs to.
template <class IdType>
IdType id(std::uint8_t n) {
  return IdType(base::IdBytes{n});
}

Money kr(std::int64_t kronor) { return Money(kronor * 100, base::Currency()); }

domain::Invoice invoice(std::uint8_t n) {
  domain::InvoiceLine line;
  line.item = line.name = "BB_FIBER_100";
  line.period = base::Month::parse("2026-11").value().period();
  line.net = kr(400);
  line.vat_class = "standard";
  line.vat_rate = {base::Decimal::from_integer(25)};
  domain::Invoice invoice;
  invoice.id = id<domain::DocumentId>(n);
  invoice.bill = id<domain::BillId>(n);
  invoice.series = "A";
  invoice.number = 16 + n;
  invoice.issued = base::Date::parse("2026-11-01").value();
  invoice.due = base::Date::parse("2026-12-01").value();
  invoice.seller.country = "SE";
  invoice.seller.time_zone = "Europe/Stockholm";
  invoice.lines = {line};
  invoice.net = kr(400);
  invoice.vat_total = kr(100);
  invoice.vat = {{line.vat_class, line.vat_rate, invoice.net, invoice.vat_total}};
  invoice.rounding = kr(0);
  invoice.total = kr(500);
  return invoice;
}

class CreditBillTest : public tests::StoreTest {
 protected:
  // One bill of 500 kr, of which so much is paid.
  void add_bill(std::uint8_t n, Money paid, domain::BillState state) {
    tests::load_aurora(store(), clock());
    const auto kept = ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return keep(transaction, n, paid, state);
    });
    ASSERT_OK(kept);
  }
  Result<CreditOutcome> credit(std::uint8_t n, domain::CreditCut cut = domain::CreditWhole{}) {
    return credit_bill(store(), clock(), request(n, std::move(cut)));
  }
  static CreditRequest request(std::uint8_t n, domain::CreditCut cut) {
    return {id<domain::AccountId>(n), id<domain::BillId>(n), std::move(cut), "The fibre was down",
            "user_test"};
  }
  ShownBill shown(std::uint8_t n) {
    return show_bill(store(), clock(), id<domain::AccountId>(n), id<domain::BillId>(n)).value();
  }

 private:
  // To what it is paid.
  static Result<> keep_payment(ports::Transaction& transaction, const domain::Bill& bill) {
    ports::Allocation row;
    row.account = bill.account;
    row.id = domain::AllocationId(bill.id.bytes());
    row.bill = bill.id;
    row.amount = bill.paid;
    row.by = "exact_reference";
    return transaction.payments().add_allocations({&row, 1});
  }

  Result<> keep(ports::Transaction& transaction, std::uint8_t n, Money paid,
                domain::BillState state) {
    const ports::Recording recording{clock().now(), TRY(transaction.work().hold_epoch())};
    domain::Customer customer;
    customer.id = id<domain::CustomerId>(n);
    customer.number = n;
    customer.language = "sv";
    domain::Account account;
    account.id = id<domain::AccountId>(n);
    account.customer = customer.id;
    account.country = "SE";
    TRY(transaction.parties().add_customers({&customer, 1}, recording));
    TRY(transaction.parties().add_accounts({&account, 1}, recording));
    const domain::Invoice paper = invoice(n);
    domain::Bill bill;
    bill.id = paper.bill;
    bill.account = account.id;
    bill.total = paper.total;
    bill.fees = bill.credited = kr(0);
    bill.paid = paid;
    bill.state = state;
    bill.issued = paper.issued;
    bill.due = paper.due;
    bill.recorded = recording.at;
    TRY(transaction.billing().add_bills({&bill, 1}));
    if (!paid.is_zero()) TRY(keep_payment(transaction, bill));
    const ports::StoredDocument document{.account = account.id,
                                         .customer = customer.id,
                                         .id = paper.id,
                                         .bill = bill.id,
                                         .kind = "invoice",
                                         .series = "A",
                                         .number = paper.number,
                                         .issued = paper.issued,
                                         .due = paper.due,
                                         .net = paper.net,
                                         .vat = paper.vat_total,
                                         .rounding = paper.rounding,
                                         .total = paper.total,
                                         .recorded = recording.at,
                                         .content = formats::document::write_invoice_json(paper)};
    return transaction.billing().add_documents({&document, 1});
  }
};

TEST_P(CreditBillTest, StatesAndAmountsOfTheBill) {
  struct Row {
    std::int64_t paid;
    domain::BillState state;
    std::int64_t amount;
    std::string_view told;  // State, paid, credited, rest, to the account.
  };
  using enum domain::BillState;
  const Row rows[] = {
      {0, kOpen, 200, "open 0.00 200.00 300.00 0.00"},
      {0, kOpen, 500, "credited 0.00 500.00 0.00 0.00"},
      {300, kOpen, 200, "credited 300.00 200.00 0.00 0.00"},
      {300, kOpen, 400, "credited 100.00 400.00 0.00 200.00"},
      {500, kSettled, 200, "settled 300.00 200.00 0.00 200.00"},
      {500, kSettled, 500, "credited 0.00 500.00 0.00 500.00"},
      {0, kWrittenOff, 200, "bill_not_creditable"},
      {0, kCeded, 200, "bill_not_creditable"},
  };
  std::uint8_t n = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.told);
    add_bill(++n, kr(row.paid), row.state);
    const auto outcome = credit(n, domain::CreditAmount{kr(row.amount)});
    if (!outcome) {
      EXPECT_EQ(outcome.error().code, row.told);
      continue;
    }
    const ShownBill after = shown(n);
    const domain::Bill& bill = after.bill;
    EXPECT_EQ(std::string(to_text(bill.state)) + " " + bill.paid.to_decimal_string() + " " +
                  bill.credited.to_decimal_string() + " " + bill.rest().to_decimal_string() + " " +
                  after.to_account.to_decimal_string(),
              row.told);
    EXPECT_EQ(bill.version, 2);
    EXPECT_TRUE(verify_store(store()).value().problems.empty());
  }
}

TEST_P(CreditBillTest, APreviewKeepsNothing) {
  add_bill(1, kr(0), domain::BillState::kOpen);
  const auto preview = preview_credit(store(), clock(), request(1, domain::CreditWhole{})).value();
  EXPECT_EQ(preview.note.number, 0);
  EXPECT_EQ(preview.bill.state, domain::BillState::kCredited);
  EXPECT_TRUE(shown(1).credit_notes.empty());
  // What failed took no number either.
  EXPECT_EQ(code_of(credit(1, domain::CreditAmount{kr(501)})), "credit_exceeds_invoice");
  EXPECT_EQ(credit(1).value().note.full_number(), "K1");
}

TEST_P(CreditBillTest, TwoAtOnceGiveBackOnce) {
  add_bill(1, kr(0), domain::BillState::kOpen);
  std::vector<std::string> codes(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& code : codes) {
      threads.emplace_back([&] { code = code_of(credit(1)); });
    }
  }
  EXPECT_EQ(std::ranges::count(codes, "nothing_to_credit"), 3);
  EXPECT_EQ(shown(1).bill.credited, kr(500));
}

TEST_P(CreditBillTest, OfAPlanTheLastPartsGrowLess) {
  add_bill(1, kr(0), domain::BillState::kOpen);
  ASSERT_OK(agree_plan(store(), clock(), formats::law::shipped_book(),
                       {.account = id<domain::AccountId>(1),
                        .bill = id<domain::BillId>(1),
                        .parts = 2,
                        .request_key = "a"}));
  const auto outcome = credit(1, domain::CreditAmount{kr(100)});
  ASSERT_OK(outcome);
  const auto rows = domain::open_rows(shown(1).bill);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].left, kr(250));
  EXPECT_EQ(rows[1].left, kr(150));
  EXPECT_EQ(shown(1).view.face, domain::BillFace::kInstalments);
}

TELGIRO_ON_BOTH_ENGINES(CreditBillTest);

}  // namespace
}  // namespace flows
