// The demo's files: the same for the same seed, dirty in the ways that they should be, and taken
// by the import to the last record.
#include "app/demo/generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/demo/broadband.h"
#include "app/source_files.h"
#include "domain/identity/national_id.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/load_operator.h"
#include "ports/imports.h"
#include "tests/support/stores.h"

namespace app::demo {
namespace {

const base::Month kMonth = *base::Month::parse("2026-10");

// Every file that is made, how it is read, and how many of its records are junk.
struct Made {
  std::string file, division, records;
  int junk;
};
const Made kFiles[] = {{"bredband_kunder.csv", "broadband", "customers", 1},
                       {"bredband_order.csv", "broadband", "orders", 1},
                       {"mobil_abonnemang.jsonl", "mobile", "subscriptions", 1},
                       {"play_konton.csv", "streaming", "accounts", 1},
                       {"mobil_cdr_2026-09.csv", "mobile", "calls", 2},
                       {"mobil_cdr_2026-10.csv", "mobile", "calls", 2},
                       {"play_kop.jsonl", "streaming", "purchases", 1}};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Generate, TheSameSeedGivesTheSameBytes) {
  const tests::TemporaryFolder folder;
  const auto make = [&](const std::string& name, std::uint64_t seed, std::int64_t customers) {
    EXPECT_TRUE(generate(
        {.folder = folder.file(name), .seed = seed, .customers = customers, .last_month = kMonth}));
    std::string bytes;
    for (const Made& made : kFiles) bytes += bytes_of(folder.file(name) + "/" + made.file);
    return bytes;
  };
  const std::string first = make("a", 1, 300);
  EXPECT_TRUE(make("b", 1, 300) == first);
  EXPECT_FALSE(make("c", 2, 300) == first);
  // Headers and junk alone.
  EXPECT_EQ(std::ranges::count(make("d", 1, 0), '\n'), 14);
}

TEST(Generate, EverybodyIsMadeUp) {
  for (std::int64_t number = 0; number < 500; ++number) {
    const Person person = make_person(7, number);
    SCOPED_TRACE(person.name);
    const auto id = domain::NationalId::recognise("SE", person.identity_number,
                                                  *base::Date::parse("2026-10-31"));
    ASSERT_TRUE(id) << person.identity_number;
    EXPECT_EQ(id->kind() == domain::NationalIdKind::kOrganisation, person.is_company);
    if (!person.is_company) {
      EXPECT_TRUE(person.identity_number.substr(9) >= "980") << person.identity_number;
    }
    EXPECT_TRUE(person.email.contains("@example."));
    EXPECT_TRUE(person.phone.starts_with("07017406"));
  }
}

TEST(Generate, WhereItCannotBeWritten) {
  const auto result = generate({.folder = "/proc/nowhere", .last_month = kMonth});
  EXPECT_EQ(result.error().code, "file_not_writable");
}

TEST(Generate, TheImportTakesAllButTheJunk) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(generate({.folder = folder.path(), .customers = 400, .last_month = kMonth}));
  tests::TestStore test(storage::sql::Engine::kSqlite);
  const auto bundle = load_operator_files("aurora");
  ASSERT_TRUE(bundle) << base::describe(bundle.error());
  ASSERT_OK(flows::load_operator(test.store(), test.clock, bundle->file.value, bundle->catalogue));
  Mappings mappings;
  for (const Made& made : kFiles) {
    SCOPED_TRACE(made.file);
    const auto source = flows::Snapshot::of_file(folder.file(made.file), folder.path());
    ASSERT_OK(source);
    const auto mapping = mappings.find(made.division, made.records);
    ASSERT_OK(mapping);
    const auto report = flows::import_source_file(
        test.store(), test.clock, *source, {.mapping = **mapping, .operator_code = "aurora"}, {});
    ASSERT_OK(report);
    EXPECT_EQ(report->file.rejected, made.junk);
    EXPECT_GT(report->file.accepted, 15);
  }
}

}  // namespace
}  // namespace app::demo
