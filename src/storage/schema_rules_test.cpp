// The schema and the queries keep to what a distributed PostgreSQL takes (design.md part 4), and
// the check that says so notices each kind of breach.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/schema_rules.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

namespace fs = std::filesystem;
using tests::SchemaRules;

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

SchemaRules shipped_schema() {
  SchemaRules rules;
  for (const Migration& migration : tests::shipped_migrations()) rules.read_script(migration.sql);
  return rules;
}

TEST(SchemaRules, TheMigrationsKeepThem) {
  const SchemaRules rules = shipped_schema();
  EXPECT_EQ(join(rules.violations()), "");
  EXPECT_GT(rules.tables().size(), 30U);
  EXPECT_EQ(rules.tables().at("bill").distributed_by, "account_id");
  EXPECT_EQ(rules.tables().at("payment_reference").distributed_by, "reference");
  EXPECT_EQ(rules.tables().at("job").placement, "local");
  EXPECT_EQ(rules.tables().at("law_rule").placement, "reference");
}

TEST(SchemaRules, TheQueriesKeepThem) {
  SchemaRules rules = shipped_schema();
  int files = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(std::string(TELGIRO_SOURCE_DIR) + "/src/storage")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".cpp" || name.ends_with("_test.cpp")) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    rules.read_source(name, std::string(std::istreambuf_iterator<char>(file), {}));
    ++files;
  }
  EXPECT_EQ(join(rules.violations()), "");
  EXPECT_GT(files, 15);
}

TEST(SchemaRules, EachBreachOfAScriptIsNoticed) {
  struct Case {
    std::string_view script;
    std::string_view violation;
  };
  const Case cases[] = {
      {"CREATE TABLE t (\n  id BIGINT NOT NULL,\n  PRIMARY KEY (id)\n);",
       "t: does not say where it is placed"},
      {"-- placement: somewhere\nCREATE TABLE t (id BIGINT NOT NULL, PRIMARY KEY (id));",
       "t: does not say where it is placed"},
      {"-- placement: distributed by account_id\n"
       "CREATE TABLE t (account_id {bytes} NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (id));",
       "t: has a unique key without the column that it is distributed by"},
      {"-- placement: distributed by account_id\n"
       "CREATE TABLE t (account_id {bytes} NOT NULL, id BIGINT NOT NULL, "
       "PRIMARY KEY (id, account_id));",
       "t: has a primary key that does not start with account_id"},
      {"-- placement: distributed by account_id\n"
       "CREATE TABLE t (account_id {bytes} NOT NULL, number BIGINT NOT NULL, "
       "PRIMARY KEY (account_id), UNIQUE (number));",
       "t: has a unique key without the column that it is distributed by"},
      {"-- placement: distributed by account_id\n"
       "CREATE TABLE t (account_id {bytes} NOT NULL, number BIGINT NOT NULL, "
       "PRIMARY KEY (account_id));\nCREATE UNIQUE INDEX t_by_number ON t (number);",
       "t: has a unique key without the column that it is distributed by"},
      {"-- placement: distributed by account_id\n"
       "CREATE TABLE t (id BIGINT NOT NULL, PRIMARY KEY (account_id));",
       "t: is distributed by a column that it lacks"},
      {"-- placement: distributed by account_id\n"
       "CREATE TABLE t (account_id {bytes}, PRIMARY KEY (account_id));",
       "t: is distributed by a column that may be null"},
      {"-- placement: local\nCREATE TABLE t (id BIGINT NOT NULL);", "t: has no primary key"},
      {"-- placement: local\nCREATE TABLE t (id SERIAL, PRIMARY KEY (id));",
       "CREATE TABLE t : lets the engine make numbers"},
      {"-- placement: local\n"
       "CREATE TABLE t (id BIGINT NOT NULL REFERENCES u (id), PRIMARY KEY (id));",
       "CREATE TABLE t : has a foreign key"},
      {"-- placement: local\n"
       "CREATE TABLE t (id BIGINT NOT NULL, amount NUMERIC NOT NULL, PRIMARY KEY (id));",
       "t: has a column of no portable form: amount NUMERIC NOT NULL"},
      {"-- placement: local\n"
       "CREATE TABLE t (id BIGINT NOT NULL, at TEXT DEFAULT 'x', PRIMARY KEY (id));",
       "t: has a column of no portable form: at TEXT DEFAULT 'x'"},
      {"CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END;",
       "CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END;: keeps logic in the database"},
      {"CREATE INDEX i ON nowhere (id);", "i: is an index on a table of no script"},
      {"CREATE INDEX i ON t USING gin (id);",
       "CREATE INDEX i ON t USING gin : is an index of no portable form"},
      {"CREATE SEQUENCE s;", "CREATE SEQUENCE s;: lets the engine make numbers"},
      {"-- placement: local\nCREATE TABLE t (id BIGINT NOT NULL, PRIMARY KEY (id))",
       "CREATE TABLE t (id BIGINT NOT NULL, PRIMARY KEY (id)): has no semicolon at its end"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.script);
    SchemaRules rules;
    rules.read_script(each.script);
    ASSERT_FALSE(rules.violations().empty());
    EXPECT_EQ(rules.violations().front(), each.violation);
  }
}

TEST(SchemaRules, EachBreachOfAQueryIsNoticed) {
  struct Case {
    std::string_view source;
    std::string_view violations;
  };
  const Case cases[] = {
      {R"("SELECT 1")", ""},
      {R"("WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t")", "f: asks recursively\n"},
      {"\"SELECT kind FROM t GROUP BY \"\n    \"ROLLUP (kind)\"", "f: asks for subtotals\n"},
      {R"("MERGE INTO bill USING t")", "f: merges\n"},
      {R"("SELECT json_extract(data, '$.a') FROM event")", "f: uses JSON functions\n"},
      {R"("UPDATE bill SET recorded = NOW() WHERE bill_id = $1")",
       "f: takes time or chance itself\n"},
      {"\"INSERT INTO bill (bill_id) VALUES ($1) \"\n  \"ON CONFLICT (bill_id) DO NOTHING\"",
       "f: has an ON CONFLICT of bill without its column account_id\n"},
      {R"("INSERT INTO bill (a) VALUES ($1) ON CONFLICT (account_id, bill_id) DO NOTHING")", ""},
      {R"("INSERT INTO counter (a) VALUES ($1) ON CONFLICT (name) DO NOTHING")", ""},
      {R"("UPDATE bill SET version = 1, account_id = $1 WHERE bill_id = $2")",
       "f: changes the column by which bill is distributed\n"},
      {R"("UPDATE bill SET version = 1 WHERE account_id = $1")", ""},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.source);
    SchemaRules rules = shipped_schema();
    rules.read_source("f", each.source);
    EXPECT_EQ(join(rules.violations()), each.violations);
  }
}

}  // namespace
}  // namespace storage
