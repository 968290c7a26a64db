// Importing the broadband division's files, on both engines.
#include "flows/operations/import_source_file.h"

#include "domain/intake/plan_subscriptions.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/rejects.h"
#include "tests/flows/import_fixture.h"

namespace flows {
namespace {

using base::Date;
using tests::kCustomerHeader;
using tests::latin1;
using tests::Line;

using ImportTest = tests::ImportFixture;
TELGIRO_ON_BOTH_ENGINES(ImportTest);

// The fictional operator's own files, to the last record.
TEST_P(ImportTest, R03AuroraBroadband) {
  const std::string customer_file = tests::shared_operator_file("bredband_kunder.csv");
  const std::string order_file = tests::shared_operator_file("bredband_order.csv");
  if (customer_file.empty()) GTEST_SKIP() << "../shared/data/operator is absent";
  const auto customer_source = Snapshot::of_file(customer_file, "/tmp");
  const auto order_source = Snapshot::of_file(order_file, "/tmp");
  ASSERT_OK(customer_source);
  ASSERT_OK(order_source);

  EXPECT_EQ(counts(import("customers", *customer_source)), "718/0/1/34");
  EXPECT_EQ(counts(import("orders", *order_source)), "60/0/0/34");
  const std::map<std::string, int> expected = {
      {"unknown_plan open plan", 1},
      {"bad_email notice epost", 34},
      {"price_differs notice pris_exkl_moms", 33},
      {"ordered_after_service_end notice datum", 1},
  };
  EXPECT_EQ(rejects(), expected);
  EXPECT_EQ(accounts().size(), 718U);
  EXPECT_EQ(services().size(), 718U);
  EXPECT_EQ(charges().size(), 60U);
  // Both files again: nothing changes.
  EXPECT_EQ(counts(import("customers", *customer_source)), "718/0/1/34 before");
  EXPECT_EQ(counts(import("orders", *order_source)), "60/0/0/34 before");
  EXPECT_EQ(rejects(), expected);
}

constexpr std::string_view kKarin =
    "B1;Karin Björk;19520720-9809;Hamngatan 43;90326;UMEÅ;karin@example.com;0700990000;FIBER250;"
    "2025-05-28;;;epost;2025-05-28\n";

TEST_P(ImportTest, R08CustomerAccountAndService) {
  ASSERT_EQ(counts(import_customers(latin1(kKarin))), "1/0/0/0");
  ASSERT_EQ(customers().size(), 1U);
  const domain::Customer karin = customers().front();
  EXPECT_EQ(karin.number, 1000009);
  EXPECT_EQ(karin.language, "sv");
  EXPECT_EQ(karin.segment, domain::Segment::kConsumer);
  const domain::Party party = {
      .kind = domain::PartyKind::kPerson,
      .name = "Karin Björk",
      .national_id = "195207209809",
      .email = "karin@example.com",
      .phone = "+46700990000",
      .address = {{"Hamngatan 43"}, "903 26", "Umeå", "SE"},
  };
  EXPECT_EQ(karin.party, party);

  const domain::Account account = accounts().front();
  EXPECT_EQ(account.customer, karin.id);
  EXPECT_EQ(account.country, "SE");
  EXPECT_EQ(account.currency.code(), "SEK");
  EXPECT_EQ(account.profile.delivery, "email");
  EXPECT_EQ(account.profile.due_days, 30);

  const domain::Service service = services().front();
  EXPECT_EQ(service.account, account.id);
  EXPECT_EQ(service.plan, "FIBER250");
  EXPECT_EQ(service.starts, *Date::make(2025, 5, 28));
  EXPECT_FALSE(service.ends);
  EXPECT_EQ(service.label, "Hamngatan 43, Umeå");
  const std::vector<std::string> kinds = {"customer_created", "account_opened", "service_started"};
  EXPECT_EQ(event_kinds(account.id), kinds);
  EXPECT_OK(read()->events().verify(account.id));
}

// D13: the same person twice, by number; a namesake without one stays apart.
TEST_P(ImportTest, D13EqualIdentityNumbersJoin) {
  const std::string id = "19520720-9809";
  ASSERT_EQ(counts(import_customers(Line{.number = "B1", .identity = id}.text() +
                                    Line{.number = "B2", .identity = "195207209809"}.text() +
                                    Line{.number = "B3"}.text())),
            "3/0/0/0");
  EXPECT_EQ(customers().size(), 2U);
  EXPECT_EQ(accounts().size(), 2U);
  EXPECT_EQ(services().size(), 3U);
  // In another file, too.
  ASSERT_EQ(counts(import_customers(Line{.number = "B4", .identity = id}.text())), "1/0/0/0");
  EXPECT_EQ(customers().size(), 2U);
  const auto sources = *read()->parties().sources_of(customer_id("broadband", "B1"));
  ASSERT_EQ(sources.size(), 3U);
  EXPECT_EQ(sources[0].joined_by, domain::kJoinedAsOwn);
  EXPECT_EQ(sources[1].joined_by, domain::kJoinedByIdentity);
  EXPECT_EQ(sources[2].number, "B4");
  EXPECT_EQ(sources[2].account, account_id("broadband", "B1"));  // R03: all on one invoice.
}

TEST_P(ImportTest, OrderBecomesCharge) {
  ASSERT_EQ(counts(import_customers(Line{}.text())), "1/0/0/0");
  ASSERT_EQ(counts(import_orders("70001;B1;2026-10-30;ROUTER-AX;2;796,00;delbetalning12\n")),
            "1/0/0/0");
  ASSERT_EQ(charges().size(), 1U);
  const domain::Charge charge = charges().front();
  EXPECT_EQ(charge.account, account_id("broadband", "B1"));
  EXPECT_EQ(charge.service, service_id("broadband", "B1"));
  EXPECT_EQ(charge.item, "ROUTER-AX");
  EXPECT_EQ(charge.net.to_decimal_string(), "1592.00");
  EXPECT_EQ(charge.vat_class, "standard");
  EXPECT_EQ(charge.payment, domain::ChargePayment::kInstalments12);
  EXPECT_EQ(charge.period.to_string(), "2026-10");
  EXPECT_EQ(charge.source + " " + charge.record_id, "broadband.orders 70001");
  EXPECT_EQ(event_kinds(charge.account).back(), "charge_added");
}

// The same records in another file: those that say the same are counted as repeated, changes of
// customers are taken, changes of orders are not.
TEST_P(ImportTest, RecordsAgain) {
  ASSERT_EQ(counts(import_customers(Line{}.text())), "1/0/0/0");
  const auto account = account_id("broadband", "B1");
  EXPECT_EQ(counts(import_customers(Line{}.text() + Line{.number = "B2"}.text())), "1/1/0/0");

  const std::string ended = Line{.plan = "FIBER1000", .ends = "2026-11-30"}.text();
  EXPECT_EQ(counts(import_customers(ended)), "1/0/0/0");
  const auto all = services();
  std::vector<domain::Service> of_first;
  for (const auto& service : all) {
    if (service.account == account) of_first.push_back(service);
  }
  ASSERT_EQ(of_first.size(), 2U);
  EXPECT_EQ(of_first[1].revision, 2);
  EXPECT_EQ(of_first[1].plan, "FIBER1000");
  EXPECT_EQ(of_first[1].ends, *Date::make(2026, 12, 1));  // The file names the last day.
  EXPECT_EQ(event_kinds(account).back(), "service_changed");

  EXPECT_EQ(counts(import_customers(Line{.name = "Karin Berg"}.text())), "1/0/0/0");
  EXPECT_EQ(event_kinds(account).back(), "customer_changed");
  // The start of a service that has begun is history.
  EXPECT_EQ(counts(import_customers(Line{.starts = "2025-06-01"}.text())), "0/0/1/0");

  const std::string order = "70001;B1;2026-10-30;ROUTER-AX;1;796,00;faktura\n";
  EXPECT_EQ(counts(import_orders(order)), "1/0/0/0");
  EXPECT_EQ(counts(import_orders(order + order)), "0/2/0/0");
  EXPECT_EQ(counts(import_orders("70001;B1;2026-10-30;ROUTER-AX;3;796,00;faktura\n")), "0/0/1/0");
  EXPECT_EQ(charges().size(), 1U);
  const std::map<std::string, int> expected = {{"start_changed open startdatum", 1},
                                               {"record_changed open ordernr", 1}};
  EXPECT_EQ(rejects(), expected);
}

// Each refused record is listed with its place; the others are taken.
TEST_P(ImportTest, BadRecordsAreListed) {
  const std::string lines =
      Line{.number = "B1", .starts = "2026-13-45"}.text() +
      Line{.number = "B2", .plan = "FIBER9999"}.text() + "B3;only three;fields\n" +
      std::string("B4;N\0L\n", 7) + Line{.number = "B5", .email = "nobody"}.text() +
      Line{.number = "B6", .starts = "2026-05-01", .ends = "2026-04-01"}.text() +
      Line{.number = "B7"}.text();
  EXPECT_EQ(counts(import_customers(lines)), "2/0/5/1");
  const std::map<std::string, int> expected = {
      {"no_such_date open startdatum", 1}, {"unknown_plan open plan", 1},
      {"wrong_field_count open ", 1},      {"nul_byte open ", 1},
      {"bad_email notice epost", 1},       {"service_ends_before_start open slutdatum", 1},
  };
  EXPECT_EQ(rejects(), expected);
  const RejectPage page = *list_rejects(store(), {.state = "open"}, {}, 100);
  ASSERT_EQ(page.rejects.size(), 5U);
  EXPECT_EQ(page.rejects[0].line, 2);
  EXPECT_EQ(page.rejects[0].file_name, "kunder.csv");
  EXPECT_EQ(page.rejects[0].mapping, "broadband.customers");
  EXPECT_EQ(page.rejects[2].raw, "B3;only three;fields");
  EXPECT_EQ(page.rejects[2].context + "\n", kCustomerHeader);
}

TEST_P(ImportTest, AllThatIsWrongWithARecordIsSaid) {
  ASSERT_EQ(counts(import_customers(
                "B9;Trasig Rad;19990230-9999;;;;inte-en-adress;12;FIBER9999;2026-13-45;;;;\n")),
            "0/0/1/0");
  const auto reject = list_rejects(store(), {}, {}, 1)->rejects.front();
  EXPECT_EQ(reject.code, "unknown_plan");
  for (const std::string_view part :
       {"plan:", "startdatum:", "personnr_orgnr:", "epost:", "telefon:"}) {
    EXPECT_TRUE(reject.reason.contains(part)) << part << " in " << reject.reason;
  }
  EXPECT_FALSE(reject.reason.contains("19990230")) << "what is personal stays sealed";
}

// A file that is not what its mapping says is refused before anything is stored.
TEST_P(ImportTest, WrongFilesLeaveNoTrace) {
  const std::string header(kCustomerHeader);
  const struct {
    std::string text;
    std::string code;
  } rows[] = {
      {"", "!source_is_empty"},
      {"kundnr;namn\nB1;Karin\n", "!source_header_missing_column"},
      {"ny;" + header, "!source_header_unknown_column"},
      {"kundnr;" + header, "!source_header_doubled_column"},
      {header + std::string(kKarin), "!wrong_encoding"},  // UTF-8 for Latin-1.
      {"\xEF\xBB\xBF" + header, "!wrong_encoding"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.code);
    EXPECT_EQ(counts(import("customers", Snapshot::of_text("kunder.csv", row.text))), row.code);
  }
  EXPECT_TRUE(read()->imports().list_files(10)->empty());
  EXPECT_TRUE(customers().empty());
}

TEST_P(ImportTest, WithoutOperatorNothingIsImported) {
  const auto report = import_source_file(
      store(), clock(), Snapshot::of_text("kunder.csv", std::string(kCustomerHeader)),
      {.mapping = tests::broadband("customers"), .operator_code = "nobody"}, {});
  EXPECT_EQ(tests::code_of(report), "operator_not_loaded");
}

TEST_P(ImportTest, RejectIsCorrected) {
  ASSERT_EQ(counts(import_orders("70001;B1;2026-10-30;ROUTER-AX;1;796,00;faktura\n")), "0/0/1/0");
  const RejectTools tools{store(), clock(), tests::find_mapping, ""};
  const auto reject = list_rejects(store(), {}, {}, 1)->rejects.front();
  EXPECT_EQ(reject.code, "unknown_customer");

  // Still unknown: nothing changes, and why is said.
  auto correction = correct_reject(tools, reject.id, reject.raw, "user_anna");
  ASSERT_OK(correction);
  EXPECT_FALSE(correction->taken);
  EXPECT_EQ(correction->remarks.front().code, "unknown_customer");
  EXPECT_EQ(tests::code_of(correct_reject(tools, reject.id, "one\ntwo\n", "user_anna")),
            "not_one_record");
  EXPECT_EQ(find_reject(store(), reject.id)->state, "open");

  // The customer comes in later; then the record is good as it was.
  ASSERT_EQ(counts(import_customers(Line{}.text())), "1/0/0/0");
  clock().set(clock().now() + base::kMicrosPerDay);
  const auto retaken = retake_rejects(tools, {.code = "unknown_customer"}, "user_anna");
  ASSERT_OK(retaken);
  EXPECT_EQ(retaken->tried, 1);
  EXPECT_EQ(retaken->taken, 1);
  EXPECT_EQ(charges().size(), 1U);
  const auto closed = *find_reject(store(), reject.id);
  EXPECT_EQ(closed.state, "corrected");
  EXPECT_EQ(closed.closed_by, "user_anna");
  EXPECT_EQ(closed.closed, clock().now());
  EXPECT_EQ(tests::code_of(correct_reject(tools, reject.id, reject.raw, "user_anna")),
            "reject_closed");
}

// A correction is written as UTF-8, whatever the division's files are in.
TEST_P(ImportTest, NoticeIsCorrected) {
  ASSERT_EQ(counts(import_customers(Line{.email = "nobody"}.text())), "1/0/0/1");
  EXPECT_EQ(customers().front().party.email, "");
  const auto notice = list_rejects(store(), {.state = "notice"}, {}, 1)->rejects.front();
  std::string record = notice.raw;
  EXPECT_TRUE(record.contains("Björk"));
  record.replace(record.find("nobody"), 6, "karin@example.com");
  const RejectTools tools{store(), clock(), tests::find_mapping, ""};
  const auto correction = correct_reject(tools, notice.id, record, "user_anna");
  ASSERT_OK(correction);
  EXPECT_TRUE(correction->taken);
  EXPECT_EQ(customers().front().party.email, "karin@example.com");
  EXPECT_EQ(customers().front().party.name, "Karin Björk");
}

TEST_P(ImportTest, RejectIsDiscardedSearchedAndExported) {
  ASSERT_EQ(counts(import_orders("70001;B1;2026-10-30;ROUTER-AX;1;796,00;faktura\n"
                                 "70002;B2;2026-10-30;INSTALL;1;796,00;faktura\n"
                                 "70003;\"a\"\"b\";2026-10-30;MESH-2;1;796,00;faktura\n")),
            "0/0/3/0");
  const auto found = *list_rejects(store(), {.text = "install"}, {}, 10);
  ASSERT_EQ(found.rejects.size(), 1U);
  EXPECT_EQ(found.rejects.front().line, 3);

  const auto id = found.rejects.front().id;
  EXPECT_EQ(tests::code_of(discard_reject(store(), clock(), id, "  ", "user_anna")),
            "missing_reason");
  EXPECT_OK(discard_reject(store(), clock(), id, "test order", "user_anna"));
  EXPECT_EQ(find_reject(store(), id)->closed_by, "user_anna: test order");
  EXPECT_EQ(tests::code_of(discard_reject(store(), clock(), id, "again", "user_anna")),
            "reject_closed");
  EXPECT_EQ(tests::code_of(discard_reject(store(), clock(), {}, "what", "user_anna")),
            "unknown_reject");

  // Page by page.
  const auto first = *list_rejects(store(), {}, {}, 2);
  ASSERT_TRUE(first.next);
  EXPECT_EQ(first.rejects.size(), 2U);
  const auto second = *list_rejects(store(), {}, *first.next, 2);
  EXPECT_EQ(second.rejects.size(), 1U);
  EXPECT_FALSE(second.next);

  std::string csv, json;
  const auto to = [](std::string& text) {
    return [&text](std::string_view piece) {
      text += piece;
      return base::Result<>();
    };
  };
  EXPECT_OK(export_rejects(store(), {.state = "open"}, ExportForm::kCsv, to(csv)));
  EXPECT_EQ(std::ranges::count(csv, '\n'), 3);
  EXPECT_TRUE(csv.contains("\"70003;\"\"a\"\"\"\"b\"\";2026-10-30"));
  EXPECT_OK(export_rejects(store(), {}, ExportForm::kJson, to(json)));
  EXPECT_TRUE(json.starts_with("[\n{\"id\":\"rej_"));
  EXPECT_TRUE(json.contains("\"state\":\"discarded\""));
  EXPECT_TRUE(json.ends_with("\n]\n"));
}

// Orders before their customers in one batch, thousands of records over several batches.
TEST_P(ImportTest, ManyBatches) {
  std::string lines;
  for (int at = 0; at < 2'500; ++at) {
    lines += Line{.number = "C" + std::to_string(at), .email = at % 100 == 0 ? "bad" : ""}.text();
  }
  std::vector<std::int64_t> seen;
  const auto source = Snapshot::of_text("kunder.csv", std::string(kCustomerHeader) + lines);
  const auto report =
      import_source_file(store(), clock(), source,
                         {.mapping = tests::broadband("customers"), .operator_code = "aurora"},
                         [&](const ImportProgress& progress) { seen.push_back(progress.records); });
  EXPECT_EQ(counts(report), "2500/0/0/25");
  const std::vector<std::int64_t> batches = {1000, 2000, 2500};
  EXPECT_EQ(seen, batches);
  EXPECT_EQ(report->file.next_offset, report->file.size);
  EXPECT_EQ(read()->parties().count_accounts(INT64_MAX).value(), 2500);
  // Ranges that cover all accounts without gaps, whatever their size.
  for (const std::int64_t size : {1, 7, 1000, 2500, 9999}) {
    const auto ranges = *read()->parties().account_bounds(INT64_MAX, size);
    EXPECT_EQ(static_cast<std::int64_t>(ranges.size()), (2500 + size - 1) / size);
    EXPECT_TRUE(ranges.front().from.is_nil());
    EXPECT_TRUE(ranges.back().to.is_nil());
    for (std::size_t at = 1; at < ranges.size(); ++at) {
      EXPECT_EQ(ranges[at].from, ranges[at - 1].to);
    }
  }
}

}  // namespace
}  // namespace flows
