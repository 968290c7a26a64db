// An import that is broken off anywhere and begun again ends as one that was left in peace.
#include <memory>

#include "flows/operations/import_source_file.h"
#include "storage/dump.h"
#include "tests/flows/aurora.h"
#include "tests/flows/import_fixture.h"
#include "tests/support/faulty_database.h"

namespace flows {
namespace {

using tests::Line;

// Customers in many batches, with everything in them that an import does.
std::string customers() {
  std::string text(tests::kCustomerHeader);
  for (int at = 0; at < 200; ++at) {
    const std::string number = std::to_string(at);
    text += Line{.number = "B" + number,
                 .identity = at % 7 == 0 ? "19520720-9809" : "",
                 .email = at % 50 == 0 ? "nobody" : "",
                 .plan = at % 19 == 0 ? "NO-SUCH" : "FIBER100"}
                .text();
    if (at % 30 == 29) text += Line{.number = "B" + number, .plan = "DSL24"}.text();
  }
  return text;
}

std::string orders() {
  std::string text(tests::kOrderHeader);
  for (int at = 0; at < 60; ++at) {
    text += std::to_string(70'000 + at) + ";B" + std::to_string(at) +
            ";2026-10-30;ROUTER-AX;1;796,00;faktura\n";
  }
  return text;
}

class Imports {
 public:
  explicit Imports(storage::sql::Engine engine)
      : test_(engine, [this](auto database) {
          return std::make_unique<tests::FaultyDatabase>(std::move(database), faults_);
        }) {
    tests::load_aurora(test_.store(), test_.clock);
  }

  base::Result<> run() {
    for (const auto& [records, text] :
         {std::pair{"customers", customers()}, std::pair{"orders", orders()}}) {
      const auto report = import_source_file(test_.store(), test_.clock,
                                             Snapshot::of_text(std::string(records) + ".csv", text),
                                             {.mapping = tests::broadband(records),
                                              .operator_code = "aurora",
                                              .batch_records_max = 40},
                                             {});
      if (!report) return std::unexpected(report.error());
    }
    return {};
  }

  std::string dump() {
    std::string text;
    EXPECT_OK(storage::dump_canonical(test_.store(), [&](std::string_view line) -> base::Result<> {
      text += line;
      return {};
    }));
    return text;
  }

  tests::Faults& faults() { return *faults_; }

 private:
  std::shared_ptr<tests::Faults> faults_ = std::make_shared<tests::Faults>();
  tests::TestStore test_;
};

class ImportResumeTest : public ::testing::TestWithParam<storage::sql::Engine> {};
TELGIRO_ON_BOTH_ENGINES(ImportResumeTest);

TEST_P(ImportResumeTest, D9BrokenOffAnywhereIsTheSame) {
  std::string expected;
  std::int64_t points = 0;
  {
    Imports undisturbed(GetParam());
    undisturbed.faults().arm(INT64_MAX, tests::answer_error("database_unavailable"));
    ASSERT_OK(undisturbed.run());
    points = undisturbed.faults().count();
    expected = undisturbed.dump();
  }
  ASSERT_GT(points, 1'000);
  constexpr std::int64_t kBreaks = 6;
  for (std::int64_t nth = 0; nth < kBreaks; ++nth) {
    const std::int64_t at = 1 + nth * (points - 1) / (kBreaks - 1);
    SCOPED_TRACE(at);
    Imports disturbed(GetParam());
    disturbed.faults().arm(at, tests::answer_error("database_unavailable"));
    EXPECT_EQ(tests::code_of(disturbed.run()), "database_unavailable");
    disturbed.faults().disarm();
    ASSERT_OK(disturbed.run());
    EXPECT_TRUE(disturbed.dump() == expected);
  }
}

}  // namespace
}  // namespace flows
