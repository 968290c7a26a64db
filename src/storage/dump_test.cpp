// The canonical dump is the whole state, the same on both engines, and tells no secrets (D9).
#include "storage/dump.h"

#include <algorithm>
#include <set>

#include "storage/schema.h"
#include "support/json/parse.h"
#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using sql::Engine;

std::vector<std::string> dump(SqlStore& store) {
  std::vector<std::string> lines;
  EXPECT_OK(dump_canonical(store, [&](std::string_view line) -> Result<> {
    lines.emplace_back(line);
    return {};
  }));
  return lines;
}

// The tables that the migrations' texts make, without asking the code that the dump asks.
std::set<std::string> tables_in_scripts() {
  std::set<std::string> tables;
  const auto for_each_name = [](const std::string& sql, std::string_view mark, auto visit) {
    for (auto at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at + 1)) {
      const std::size_t start = at + mark.size();
      visit(sql.substr(start, sql.find_first_of(" ;", start) - start));
    }
  };
  for (const Migration& migration : tests::shipped_migrations()) {
    for_each_name(migration.sql, "CREATE TABLE ", [&](std::string name) { tables.insert(name); });
    for_each_name(migration.sql, "DROP TABLE ", [&](const auto& name) { tables.erase(name); });
  }
  return tables;
}

class DumpTest : public tests::StoreTest {};
TELGIRO_ON_BOTH_ENGINES(DumpTest);

TEST_P(DumpTest, EveryTableOfTheSchemaIsInIt) {
  ASSERT_OK(tests::fill_every_table(store()));
  std::set<std::string> dumped;
  for (const std::string& line : dump(store())) {
    const auto json = json::parse(line);
    ASSERT_OK(json);
    dumped.insert(json->text("table"));
  }
  auto expected = tables_in_scripts();
  // Projections are made from the rest.
  for (const char* projection : {"search_index", "search_progress"}) {
    EXPECT_EQ(expected.erase(projection), 1U);
  }
  EXPECT_EQ(dumped, expected);
  EXPECT_GT(dumped.size(), 30U);
}

TEST_P(DumpTest, RowsComeInOrderAndOnce) {
  ASSERT_OK(tests::fill_every_table(store()));
  const auto lines = dump(store());
  std::vector<std::string> accounts;
  for (const std::string& line : lines) {
    if (!line.starts_with("{\"table\":\"account\",")) continue;
    accounts.push_back(json::parse(line)->text("account_id"));
  }
  EXPECT_EQ(accounts.size(), 1203U);
  EXPECT_TRUE(std::ranges::is_sorted(accounts));
  EXPECT_EQ(std::set<std::string>(accounts.begin(), accounts.end()).size(), accounts.size());
  EXPECT_TRUE(accounts.front().starts_with("acct_"));
}

TEST_P(DumpTest, SecretsAreShownAsSetAndSealedTextIsShown) {
  ASSERT_OK(tests::fill_every_table(store(), {.rows = 3, .many_rows = 3}));
  for (const std::string& line : dump(store())) {
    const auto row = json::parse(line);
    ASSERT_OK(row);
    for (const auto& [name, value] : *row->as_object()) {
      SCOPED_TRACE(row->text("table") + "." + name);
      const bool secret = name == "password_hash" || name == "token_hash" || name == "csrf" ||
                          name == "wrapped_key";
      if (secret && !value.is_null()) {
        EXPECT_EQ(value, base::Json("set"));
      }
      if (name.ends_with("_sealed") && !value.is_null()) {
        const std::string& text = *value.as_string();
        EXPECT_TRUE(text == "erased" || text.starts_with("secret of ") ||
                    text.starts_with("hex:736563726574"))
            << text;
      }
    }
  }
}

TEST_P(DumpTest, ErasedCustomersShowAsErased) {
  ASSERT_OK(tests::fill_every_table(store(), {.rows = 3, .many_rows = 3}));
  const auto lines = dump(store());
  const auto erased = std::ranges::count_if(lines, [](const std::string& line) {
    return line.find("_sealed\":\"erased\"") != std::string::npos;
  });
  // The second row of customer, service, document, import_reject, usage, payment, payment_intent,
  // house_entry, refund, mandate, order_file_part, placed_order, kept_method, till_session,
  // till_entry and phone_call; the event's text is null.
  EXPECT_EQ(erased, 16);
}

TEST_P(DumpTest, ItStopsWhenTheSinkHasEnough) {
  ASSERT_OK(tests::fill_every_table(store(), {.rows = 3, .many_rows = 3}));
  int lines = 0;
  const auto outcome = dump_canonical(store(), [&](std::string_view) -> Result<> {
    if (++lines == 10) return base::fail("pipe_closed", "nobody reads");
    return {};
  });
  EXPECT_EQ(tests::code_of(outcome), "pipe_closed");
  EXPECT_EQ(lines, 10);
}

TEST_P(DumpTest, AWrongMasterKeyIsNamed) {
  ASSERT_OK(tests::fill_every_table(store(), {.rows = 1, .many_rows = 2}));
  crypto::SeededRandom other(99);
  SqlStore stranger(database().open(), crypto::random_key(other, "another master key"), other);
  EXPECT_EQ(tests::code_of(stranger.check_master_key()), "wrong_master_key");
  EXPECT_OK(store().check_master_key());
  EXPECT_EQ(
      tests::code_of(dump_canonical(stranger, [](std::string_view) -> Result<> { return {}; })),
      "wrong_master_key");
}

TEST(Dump, IsTheSameOnBothEngines) {
  tests::TestStore sqlite(Engine::kSqlite), postgres(Engine::kPostgres);
  ASSERT_OK(tests::fill_every_table(sqlite.store()));
  ASSERT_OK(tests::fill_every_table(postgres.store()));
  EXPECT_EQ(dump(sqlite.store()), dump(postgres.store()));
}

TEST(Dump, TheSchemaIsTheSameOnBothEngines) {
  const auto read = [](Engine engine) {
    tests::TestDatabase database(engine);
    return *read_schema(**database.open()->connect());
  };
  EXPECT_EQ(read(Engine::kSqlite), read(Engine::kPostgres));
}

}  // namespace
}  // namespace storage
