// What both engines promise behind the seam: the same tests, word for word, on each.
#include "storage/sql/connection.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "storage/sql/portable.h"
#include "tests/support/stores.h"

namespace storage::sql {
namespace {

using namespace std::string_literals;
using base::Result;
using tests::code_of;

constexpr std::string_view kAllKinds =
    "CREATE TABLE thing (id BIGINT NOT NULL, word TEXT, data {bytes}, amount BIGINT, "
    "PRIMARY KEY (id));";
constexpr std::string_view kColumns[] = {"id", "word", "data", "amount"};

class SqlConnection : public ::testing::TestWithParam<Engine> {
 protected:
  SqlConnection() {
    const auto connection = connect();
    EXPECT_OK(connection->execute_script(expand_macros(kAllKinds, GetParam())));
  }
  [[nodiscard]] std::unique_ptr<Connection> connect() {
    auto connection = database_->connect();
    EXPECT_OK(connection);
    return std::move(*connection);
  }
  [[nodiscard]] static Result<> add(Connection& connection, std::int64_t id, Value word = {},
                                    Value data = {}, Value amount = {}) {
    TRY(connection.execute("INSERT INTO thing (id, word, data, amount) VALUES ($1, $2, $3, $4)",
                           {id, std::move(word), std::move(data), std::move(amount)}));
    return {};
  }
  [[nodiscard]] static std::int64_t count(Connection& connection) {
    std::int64_t rows = -1;
    EXPECT_OK(connection.query("SELECT COUNT(*) FROM thing", {}, [&](const Row& row) -> Result<> {
      rows = row.integer(0);
      return {};
    }));
    return rows;
  }
  // Words in the order that the database gives, with commas.
  [[nodiscard]] static std::string words(Connection& connection) {
    std::string all;
    EXPECT_OK(connection.query("SELECT word FROM thing ORDER BY word", {},
                               [&](const Row& row) -> Result<> {
                                 all += (all.empty() ? "" : ",") + std::string(row.text(0));
                                 return {};
                               }));
    return all;
  }
  tests::TestDatabase place_{GetParam(), tests::Schema::kEmpty};
  std::unique_ptr<Database> database_ = place_.open();
};
TELGIRO_ON_BOTH_ENGINES(SqlConnection);

TEST_P(SqlConnection, ValuesComeBackAsTheyWere) {
  struct Case {
    Value word;
    Value data;
    Value amount;
  };
  const Case cases[] = {
      {"plain"s, Bytes{"bytes"}, std::int64_t{42}},
      {Value(), Value(), Value()},
      {""s, Bytes{""}, std::int64_t{0}},
      {"åäö \U0001F4A1 \U0010FFFF"s, Bytes{"\0\1\xff\0"s}, INT64_MAX},
      {"it's $1 \"quoted\" \\ %s\n\t"s, Bytes{std::string(300'000, '\0')}, INT64_MIN},
      {std::string(300'000, 'x'), Bytes{"\xc3\x28"}, std::int64_t{-1}},
  };
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  auto rows = connection->bulk_insert("thing", kColumns);
  ASSERT_OK(rows);
  std::int64_t id = 0;
  for (const Case& each : cases) {
    ASSERT_OK(add(*connection, ++id, each.word, each.data, each.amount));
    const Value row[] = {100 + id, each.word, each.data, each.amount};
    ASSERT_OK((*rows)->add(row));
  }
  ASSERT_OK((*rows)->finish());
  ASSERT_OK(connection->commit());

  std::size_t seen = 0;
  ASSERT_OK(connection->query(
      "SELECT word, data, amount FROM thing ORDER BY id", {}, [&](const Row& row) -> Result<> {
        const Case& expected = cases[seen++ % std::size(cases)];
        const bool null = row.is_null(0);
        EXPECT_EQ(null ? Value() : Value(std::string(row.text(0))), expected.word);
        EXPECT_EQ(null ? Value() : Value(Bytes{std::string(row.bytes(1))}), expected.data);
        EXPECT_EQ(null ? Value() : Value(row.integer(2)), expected.amount);
        EXPECT_EQ(row.columns(), 3);
        return {};
      }));
  EXPECT_EQ(seen, 2 * std::size(cases));
}

TEST_P(SqlConnection, OptionalColumnsAreNullOrNot) {
  const auto connection = connect();
  ASSERT_OK(add(*connection, 1));
  ASSERT_OK(
      connection->query("SELECT id, amount, word FROM thing", {}, [](const Row& row) -> Result<> {
        EXPECT_EQ(row.optional_integer(0), 1);
        EXPECT_EQ(row.optional_integer(1), std::nullopt);
        EXPECT_EQ(row.optional_text(2), std::nullopt);
        return {};
      }));
}

TEST_P(SqlConnection, TextThatIsNotUtf8OrHoldsNulIsRefusedBeforeItIsSent) {
  struct Case {
    std::string text;
    std::string code;
  };
  const Case cases[] = {
      {"a\0b"s, "bad_text"},             // PostgreSQL cannot keep NUL in a text.
      {"\xff", "bad_text"},              // Latin-1.
      {"\xc0\x80", "bad_text"},          // NUL in a form that is too long.
      {"\xe0\x80\x80", "bad_text"},      // Too long.
      {"\xed\xa0\x80", "bad_text"},      // Half of a pair of UTF-16.
      {"\xf4\x90\x80\x80", "bad_text"},  // Beyond U+10FFFF.
      {"\xf0\x9f\x92", "bad_text"},      // Cut short.
      {"\xf0\x9f\x92\xa1", ""},
      {"\xed\x9f\xbf\xee\x80\x80", ""},  // The neighbours of the surrogates.
  };
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  auto rows = connection->bulk_insert("thing", kColumns);
  ASSERT_OK(rows);
  std::int64_t id = 0;
  for (const Case& each : cases) {
    SCOPED_TRACE(id);
    EXPECT_EQ(code_of(add(*connection, ++id, each.text)), each.code);
    const Value row[] = {100 + id, each.text, Value(), Value()};
    EXPECT_EQ(code_of((*rows)->add(row)), each.code);
  }
  // Nothing was sent, so the transaction goes on.
  ASSERT_OK((*rows)->finish());
  ASSERT_OK(connection->commit());
  EXPECT_EQ(count(*connection), 4);
}

TEST_P(SqlConnection, TextsSortByTheirBytes) {
  // As Swedish has it, å comes after z and case does not count: the server would say a,B,z,å.
  const auto connection = connect();
  std::int64_t id = 0;
  for (const char* word : {"z", "B", "å", "a", "Z", "10", "9"}) {
    ASSERT_OK(add(*connection, ++id, std::string(word)));
  }
  EXPECT_EQ(words(*connection), "10,9,B,Z,a,z,å");
}

TEST_P(SqlConnection, ParametersAreNumberedNotCounted) {
  const auto connection = connect();
  ASSERT_OK(connection->execute("INSERT INTO thing (id, amount, word) VALUES ($3, $1, $2)",
                                {std::int64_t{7}, "word"s, std::int64_t{1}}));
  std::string seen;
  ASSERT_OK(
      connection->query("SELECT word || $1 || $1, amount FROM thing WHERE id = $2 AND word <> '$3'",
                        {"!"s, std::int64_t{1}}, [&](const Row& row) -> Result<> {
                          seen = std::string(row.text(0)) + std::to_string(row.integer(1));
                          return {};
                        }));
  EXPECT_EQ(seen, "word!!7");
}

TEST_P(SqlConnection, CountsSumsAndConstantsReadAsIntegers) {
  const auto connection = connect();
  const std::int64_t amounts[] = {9'000'000'000'000'000'000, -4, 100'000'000, 20'000};
  std::int64_t id = 0;
  for (const std::int64_t amount : amounts) {
    ASSERT_OK(add(*connection, ++id, "x"s, {}, amount));
  }
  const auto read = [&](std::string_view sql) {
    std::int64_t value = -1;
    EXPECT_OK(connection->query(sql, {}, [&](const Row& row) -> Result<> {
      value = row.integer(0);
      return {};
    }));
    return value;
  };
  EXPECT_EQ(read("SELECT 1"), 1);
  EXPECT_EQ(read("SELECT COUNT(*) FROM thing"), 4);
  EXPECT_EQ(read("SELECT SUM(amount) FROM thing"), 9'000'000'000'100'019'996);
  EXPECT_EQ(read("SELECT SUM(amount) FROM thing WHERE id >= 2"), 100'019'996);
  EXPECT_EQ(read("SELECT SUM(amount) FROM thing WHERE id = 3"), 100'000'000);
  EXPECT_EQ(read("SELECT SUM(amount) FROM thing WHERE id = 2"), -4);
  EXPECT_EQ(read("SELECT SUM(amount - amount) FROM thing"), 0);
  EXPECT_EQ(read("SELECT MAX(amount) FROM thing"), 9'000'000'000'000'000'000);
}

TEST_P(SqlConnection, ChangesAreCounted) {
  const auto connection = connect();
  for (std::int64_t id = 1; id <= 3; ++id) ASSERT_OK(add(*connection, id));
  const auto changed = [&](std::string_view sql) {
    const auto outcome = connection->execute(sql);
    EXPECT_OK(outcome);
    return outcome.value_or(-1);
  };
  EXPECT_EQ(changed("UPDATE thing SET amount = 1 WHERE id > 1"), 2);
  EXPECT_EQ(changed("UPDATE thing SET amount = 1 WHERE id > 9"), 0);
  EXPECT_EQ(changed("DELETE FROM thing"), 3);
}

TEST_P(SqlConnection, QueriesMayRunInsideTheRowsOfAnother) {
  const auto connection = connect();
  for (std::int64_t id = 1; id <= 3; ++id) ASSERT_OK(add(*connection, id));
  std::string seen;
  const std::string_view sql = "SELECT id FROM thing ORDER BY id";
  ASSERT_OK(connection->query(sql, {}, [&](const Row& outer) -> Result<> {
    return connection->query(sql, {}, [&](const Row& inner) -> Result<> {
      seen += std::to_string(outer.integer(0)) + std::to_string(inner.integer(0)) + " ";
      return {};
    });
  }));
  EXPECT_EQ(seen, "11 12 13 21 22 23 31 32 33 ");
}

TEST_P(SqlConnection, AnErrorOfTheRowsReaderEndsTheQueryAndNothingElse) {
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  for (std::int64_t id = 1; id <= 3; ++id) ASSERT_OK(add(*connection, id));
  int rows = 0;
  const auto outcome = connection->query("SELECT id FROM thing", {}, [&](const Row&) -> Result<> {
    ++rows;
    return base::fail("enough", "the reader has had enough");
  });
  EXPECT_EQ(code_of(outcome), "enough");
  EXPECT_EQ(rows, 1);
  EXPECT_OK(connection->commit());
  EXPECT_EQ(count(*connection), 3);
}

TEST_P(SqlConnection, WhatIsNotCommittedLeavesNoTrace) {
  {
    const auto connection = connect();
    ASSERT_OK(connection->begin(TransactionMode::kWrite));
    ASSERT_OK(add(*connection, 1));
    connection->rollback();
    EXPECT_EQ(count(*connection), 0);
    ASSERT_OK(connection->begin(TransactionMode::kWrite));
    ASSERT_OK(add(*connection, 2));
    // The connection goes without a word.
  }
  EXPECT_EQ(count(*connect()), 0);
}

// Twice, for the statements of the second are prepared; and after each way to end.
TEST_P(SqlConnection, AReaderSeesTheMomentItFirstAskedAt) {
  const auto writer = connect(), reader = connect();
  std::int64_t rows = 0;
  for (const bool commits : {true, false, true}) {
    SCOPED_TRACE(rows);
    ASSERT_OK(add(*writer, ++rows));
    ASSERT_OK(reader->begin(TransactionMode::kRead));
    EXPECT_EQ(count(*reader), rows);
    ASSERT_OK(add(*writer, rows + 1));
    EXPECT_EQ(count(*reader), rows);
    EXPECT_EQ(count(*reader), rows);
    if (commits) {
      ASSERT_OK(reader->commit());
    } else {
      reader->rollback();
    }
    EXPECT_EQ(count(*reader), ++rows);
  }
}

// Neither asked for anything: nothing stays behind for the next transaction.
TEST_P(SqlConnection, AReaderThatAsksNothingEnds) {
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kRead));
  ASSERT_OK(connection->commit());
  ASSERT_OK(connection->begin(TransactionMode::kRead));
  connection->rollback();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  EXPECT_OK(add(*connection, 1));
  EXPECT_OK(connection->commit());
  EXPECT_EQ(count(*connection), 1);
}

// The same statement, prepared before, as a reader's first: its error is the reader's.
TEST_P(SqlConnection, AReaderWhoseFirstStatementFailsIsDeadAndTheNextIsNot) {
  const auto connection = connect();
  const auto size_of = [&](std::int64_t number) {
    return connection->query("SELECT ABS($1)", {number}, [](const Row&) -> Result<> { return {}; });
  };
  ASSERT_OK(size_of(1));
  for (int times = 0; times < 2; ++times) {
    ASSERT_OK(connection->begin(TransactionMode::kRead));
    EXPECT_EQ(code_of(size_of(INT64_MIN)), "database_error");
    EXPECT_EQ(code_of(size_of(1)), "database_error");
    connection->rollback();
    ASSERT_OK(connection->begin(TransactionMode::kRead));
    EXPECT_OK(size_of(1));
    EXPECT_OK(connection->commit());
  }
  EXPECT_TRUE(connection->usable());
}

TEST_P(SqlConnection, ReadersSeeNothingUncommittedAndWaitForNobody) {
  const auto writer = connect(), reader = connect();
  ASSERT_OK(writer->begin(TransactionMode::kWrite));
  ASSERT_OK(add(*writer, 1));
  ASSERT_OK(reader->begin(TransactionMode::kRead));
  EXPECT_EQ(count(*reader), 0);
  ASSERT_OK(writer->commit());
  EXPECT_EQ(count(*reader), 0);
  reader->rollback();
  EXPECT_EQ(count(*reader), 1);
}

TEST_P(SqlConnection, AReadTransactionCannotWrite) {
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kRead));
  EXPECT_EQ(code_of(add(*connection, 1)), "read_only_transaction");
  connection->rollback();
  // Nor by a script, which has no statements that are prepared.
  ASSERT_OK(connection->begin(TransactionMode::kRead));
  EXPECT_EQ(code_of(connection->execute_script("DELETE FROM thing")), "read_only_transaction");
  connection->rollback();
  ASSERT_OK(connection->begin(TransactionMode::kRead));
  EXPECT_EQ(code_of(connection->query("DELETE FROM thing RETURNING 1", {},
                                      [](const Row&) -> Result<> { return {}; })),
            "read_only_transaction");
  connection->rollback();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  EXPECT_OK(add(*connection, 1));
  EXPECT_OK(connection->commit());
}

TEST_P(SqlConnection, AfterAnErrorTheTransactionIsDead) {
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  ASSERT_OK(add(*connection, 1));
  const auto twice = add(*connection, 1);
  ASSERT_EQ(code_of(twice), "constraint_violated");
  EXPECT_EQ(twice.error().place, "thing");
  EXPECT_EQ(code_of(add(*connection, 2)), "constraint_violated");
  EXPECT_EQ(code_of(connection->query("SELECT 1", {}, [](const Row&) -> Result<> { return {}; })),
            "constraint_violated");
  EXPECT_EQ(code_of(connection->bulk_insert("thing", kColumns)), "constraint_violated");
  EXPECT_EQ(code_of(connection->commit()), "constraint_violated");
  EXPECT_TRUE(connection->usable());
  // And begins again as if nothing had been.
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  ASSERT_OK(add(*connection, 1));
  ASSERT_OK(connection->commit());
  EXPECT_EQ(count(*connection), 1);
}

TEST_P(SqlConnection, ConstraintsNameTheirTable) {
  const auto connection = connect();
  ASSERT_OK(add(*connection, 1));
  const auto rows_twice = [&]() -> Result<> {
    TRY(connection->begin(TransactionMode::kWrite));
    auto rows = TRY(connection->bulk_insert("thing", kColumns));
    const Value row[] = {std::int64_t{1}, Value(), Value(), Value()};
    TRY(rows->add(row));
    return rows->finish();
  };
  const auto bulk = rows_twice();
  ASSERT_EQ(code_of(bulk), "constraint_violated");
  EXPECT_EQ(bulk.error().place, "thing");
  connection->rollback();
  const auto null = connection->execute("INSERT INTO thing (word) VALUES ('no id')");
  ASSERT_EQ(code_of(null), "constraint_violated");
  EXPECT_EQ(null.error().place, "thing");
}

TEST_P(SqlConnection, WrongSqlIsADatabaseError) {
  const auto connection = connect();
  EXPECT_EQ(code_of(connection->execute("SELEKT 1")), "database_error");
  EXPECT_EQ(code_of(connection->execute("DELETE FROM nowhere")), "database_error");
  EXPECT_EQ(code_of(connection->execute_script("CREATE TABLE thing (id BIGINT)")),
            "database_error");
  EXPECT_EQ(code_of(connection->bulk_insert("nowhere", kColumns)), "database_error");
  EXPECT_EQ(count(*connection), 0);
}

TEST_P(SqlConnection, BulkRowsThatAreGivenUpLeaveNoTrace) {
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  {
    auto things = connection->bulk_insert("thing", kColumns);
    ASSERT_OK(things);
    const std::string filling(2'000, 'x');
    for (std::int64_t id = 1; id <= 300; ++id) {  // Some of them are on their way.
      const Value thing[] = {id, filling, Bytes{"b"}, id};
      ASSERT_OK((*things)->add(thing));
    }
  }
  connection->rollback();
  ASSERT_OK(connection->begin(TransactionMode::kRead));
  std::int64_t count = -1;
  ASSERT_OK(connection->query("SELECT COUNT(*) FROM thing", {}, [&](const Row& row) -> Result<> {
    count = row.integer(0);
    return {};
  }));
  EXPECT_EQ(count, 0);
}

// Rows may go in pieces of some number or size: none is lost or changed where a piece ends.
TEST_P(SqlConnection, BulkRowsAreWholeHoweverManyAndLarge) {
  const auto connection = connect();
  std::int64_t id = 0;
  for (const std::size_t size : {0U, 5U, 3'000U, 70'000U}) {
    for (const int rows : {0, 1, 31, 32, 33, 70}) {
      ASSERT_OK(connection->begin(TransactionMode::kWrite));
      auto things = connection->bulk_insert("thing", kColumns);
      ASSERT_OK(things);
      const std::int64_t first = id + 1;
      for (int row = 0; row < rows; ++row) {
        const std::string filling(size, static_cast<char>('a' + row % 26));
        const bool is_empty = row % 3 == 0;
        const Value thing[] = {++id, is_empty ? Value() : Value(filling), Bytes{filling}, id * 2};
        ASSERT_OK((*things)->add(thing));
      }
      ASSERT_OK((*things)->finish());
      ASSERT_OK(connection->commit());
      std::int64_t seen = first;
      ASSERT_OK(
          connection->query("SELECT id, word, data, amount FROM thing WHERE id >= $1 ORDER BY id",
                            {first}, [&](const Row& row) -> Result<> {
                              const auto at = static_cast<int>(seen - first);
                              const std::string filling(size, static_cast<char>('a' + at % 26));
                              EXPECT_EQ(row.integer(0), seen);
                              const auto word = row.optional_text(1);
                              EXPECT_EQ(word, at % 3 == 0 ? std::nullopt : std::optional(filling));
                              EXPECT_EQ(row.bytes(2), filling);
                              EXPECT_EQ(row.integer(3), seen++ * 2);
                              return {};
                            }));
      EXPECT_EQ(seen, id + 1) << rows << " rows of " << size;
    }
  }
}

// Whichever row of a piece it is, the transaction is over and leaves nothing.
TEST_P(SqlConnection, ABulkRowThatIsThereAlreadyEndsTheTransaction) {
  const auto connection = connect();
  for (const std::int64_t known : {1, 32, 33, 64, 70}) {
    ASSERT_OK(add(*connection, known));
    ASSERT_OK(connection->begin(TransactionMode::kWrite));
    auto things = connection->bulk_insert("thing", kColumns);
    ASSERT_OK(things);
    Result<> outcome;
    for (std::int64_t id = 1; outcome && id <= 70; ++id) {
      const Value thing[] = {id, Value(), Value(), Value()};
      outcome = (*things)->add(thing);
    }
    if (outcome) outcome = (*things)->finish();
    ASSERT_EQ(code_of(outcome), "constraint_violated") << known;
    EXPECT_EQ(outcome.error().place, "thing");
    EXPECT_EQ(code_of(connection->commit()), "constraint_violated");
    EXPECT_EQ(count(*connection), 1) << known;
    ASSERT_OK(connection->execute("DELETE FROM thing"));
  }
}

TEST_P(SqlConnection, BulkRowsOfTwoTablesAndOtherStatementsMayAlternate) {
  const auto connection = connect();
  ASSERT_OK(connection->execute_script("CREATE TABLE other (id BIGINT NOT NULL)"));
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  auto things = connection->bulk_insert("thing", kColumns);
  const std::string_view only_id[] = {"id"};
  auto others = connection->bulk_insert("other", only_id);
  ASSERT_OK(things);
  ASSERT_OK(others);
  const std::string filling(2'000, 'x');
  for (std::int64_t id = 1; id <= 3'000; ++id) {  // More than one piece of COPY.
    const Value thing[] = {id, filling, Bytes{"b"}, id * 2};
    const Value other[] = {id};
    ASSERT_OK((*things)->add(thing));
    ASSERT_OK((*others)->add(other));
    if (id % 1'000 == 0) {
      ASSERT_OK(connection->execute("UPDATE other SET id = id WHERE id < 10"));
    }
  }
  ASSERT_OK((*things)->finish());
  ASSERT_OK((*others)->finish());
  ASSERT_OK(connection->commit());
  std::int64_t sum = 0;
  ASSERT_OK(
      connection->query("SELECT SUM(t.amount + o.id) FROM thing t JOIN other o ON o.id = t.id", {},
                        [&](const Row& row) -> Result<> {
                          sum = row.integer(0);
                          return {};
                        }));
  EXPECT_EQ(sum, 3 * 3'000 * 3'001 / 2);
}

TEST_P(SqlConnection, KeysAreAskedInPieces) {
  const auto connection = connect();
  ASSERT_OK(connection->begin(TransactionMode::kWrite));
  for (std::int64_t id = 1; id <= 700; ++id) ASSERT_OK(add(*connection, id));
  ASSERT_OK(connection->commit());
  for (const std::size_t asked : {0U, 1U, 3U, 256U, 257U, 700U, 900U}) {
    std::vector<Value> keys;
    for (std::size_t at = 1; at <= asked; ++at) keys.push_back(static_cast<std::int64_t>(at));
    std::size_t found = 0;
    ASSERT_OK(query_keys(*connection, "SELECT id FROM thing WHERE id IN ({keys})", keys,
                         [&](const Row&) -> Result<> {
                           ++found;
                           return {};
                         }));
    EXPECT_EQ(found, std::min<std::size_t>(asked, 700));
  }
}

// Few go as parameters, many as arrays: texts come to no harm in either.
TEST_P(SqlConnection, ManyRowsAreFoundAndChangedByTheirKeys) {
  const auto connection = connect();
  ASSERT_OK(connection->execute_script(expand_macros(
      "CREATE TABLE pair (a {bytes} NOT NULL, b TEXT NOT NULL, n BIGINT NOT NULL, t TEXT, "
      "PRIMARY KEY (a, b))",
      connection->engine())));
  constexpr std::string_view kTexts[] = {"",   "NULL",  "a,b", "{x}",     "\"q\"",
                                         "\\", "\\x41", "åäö", " blank ", "it's"};
  constexpr std::string_view kKey[] = {"a", "b"}, kChanged[] = {"n", "t"};
  for (const std::size_t count : {1U, 3U, 127U, 128U, 300U, 5'000U}) {
    ASSERT_OK(connection->begin(TransactionMode::kWrite));
    ASSERT_OK(connection->execute("DELETE FROM pair"));
    std::vector<std::vector<Value>> keys, rows;
    std::vector<Value> texts;
    for (std::size_t at = 0; at < count; ++at) {
      const auto number = static_cast<std::int64_t>(at);
      const Value a = Bytes{std::string("\\\0\xff", 3) + std::to_string(at / 7)};
      const Value b = std::string(kTexts[at % std::size(kTexts)]) + std::to_string(at);
      ASSERT_OK(connection->execute("INSERT INTO pair (a, b, n) VALUES ($1, $2, 0)", {a, b}));
      keys.push_back({a, b});
      texts.push_back(b);
      const Value text = std::string(kTexts[at % std::size(kTexts)]);
      rows.push_back({a, b, number + 1, at % 5 == 1 ? Value() : text});
    }
    const auto changed = sql::update_rows(*connection, {"pair", kKey, kChanged}, rows);
    ASSERT_OK(changed);
    EXPECT_EQ(*changed, static_cast<std::int64_t>(count));
    std::size_t found = 0, wrong = 0;
    const auto look = [&](const Row& row) -> Result<> {
      const auto at = static_cast<std::size_t>(row.integer(1) - 1);
      const Value t = row.is_null(2) ? Value() : Value(std::string(row.text(2)));
      ++found;
      if (Value(std::string(row.text(0))) != texts[at] || t != rows[at][3]) ++wrong;
      return {};
    };
    ASSERT_OK(sql::query_key_rows(
        *connection, "SELECT b, n, t FROM pair WHERE (a, b) IN (VALUES {keys})", keys, look));
    const Value fixed[] = {std::int64_t{0}};
    ASSERT_OK(sql::query_keys(*connection,
                              "SELECT b, n, t FROM pair WHERE n > $1 AND b IN ({keys})", texts,
                              look, fixed));
    EXPECT_EQ(found, 2 * count);
    EXPECT_EQ(wrong, 0U);
    // One value in all rows, and nothing in all of them.
    for (auto& row : rows) {
      row[2] = std::int64_t{7};
      row[3] = Value();
    }
    const auto alike = sql::update_rows(*connection, {"pair", kKey, kChanged}, rows);
    ASSERT_OK(alike);
    EXPECT_EQ(*alike, static_cast<std::int64_t>(count));
    std::size_t sevens = 0;
    ASSERT_OK(sql::query_key_rows(*connection,
                                  "SELECT n, t FROM pair WHERE (a, b) IN (VALUES {keys})", keys,
                                  [&](const Row& row) -> Result<> {
                                    if (row.integer(0) == 7 && row.is_null(1)) ++sevens;
                                    return {};
                                  }));
    EXPECT_EQ(sevens, count);
    ASSERT_OK(connection->commit());
  }
}

TEST_P(SqlConnection, TheSecondWriterOfARowWaitsAndThenIsToldToTryAgain) {
  const auto first = connect(), second = connect();
  ASSERT_OK(add(*first, 1));
  ASSERT_OK(first->begin(TransactionMode::kWrite));
  ASSERT_OK(first->execute("UPDATE thing SET amount = 1 WHERE id = 1"));
  // SQLite has one writer; PostgreSQL lets the second in and stops it at the row.
  auto outcome = second->begin(TransactionMode::kWrite);
  if (outcome) {
    const auto changed = second->execute("UPDATE thing SET amount = 2 WHERE id = 1");
    if (!changed) outcome = std::unexpected(changed.error());
  }
  EXPECT_EQ(code_of(outcome), "database_busy");
  second->rollback();
  EXPECT_TRUE(second->usable());
  ASSERT_OK(first->commit());
  ASSERT_OK(second->begin(TransactionMode::kWrite));
  ASSERT_OK(second->execute("UPDATE thing SET amount = amount + 1 WHERE id = 1"));
  ASSERT_OK(second->commit());
  ASSERT_OK(first->query("SELECT amount FROM thing", {}, [](const Row& row) -> Result<> {
    EXPECT_EQ(row.integer(0), 2);
    return {};
  }));
}

TEST_P(SqlConnection, RowsReadForUpdateAreNotLost) {
  ASSERT_OK(add(*connect(), 1, {}, {}, std::int64_t{0}));
  constexpr int kThreads = 4, kRounds = 25;
  const auto raise = [&](Connection& connection) -> Result<> {
    TRY(connection.begin(TransactionMode::kWrite));
    std::int64_t amount = 0;
    TRY(connection.query(
        "SELECT amount FROM thing WHERE id = 1" + std::string(for_update(connection)), {},
        [&](const Row& row) -> Result<> {
          amount = row.integer(0);
          return {};
        }));
    TRY(connection.execute("UPDATE thing SET amount = $1 WHERE id = 1", {amount + 1}));
    return connection.commit();
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      const auto connection = connect();
      for (int round = 0; round < kRounds; ++round) EXPECT_OK(raise(*connection));
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_OK(connect()->query("SELECT amount FROM thing", {}, [](const Row& row) -> Result<> {
    EXPECT_EQ(row.integer(0), kThreads * kRounds);
    return {};
  }));
}

TEST_P(SqlConnection, ANamedLockIsHeldUntilTheTransactionEnds) {
  std::atomic<bool> inside = false;
  std::atomic<int> done = 0;
  const auto work = [&] {
    const auto connection = connect();
    for (int round = 0; round < 10; ++round) {
      ASSERT_OK(connection->begin(TransactionMode::kWrite));
      ASSERT_OK(connection->lock("the lock"));
      EXPECT_FALSE(inside.exchange(true));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      inside = false;
      if (round % 2 == 0) {
        ASSERT_OK(connection->commit());
      } else {
        connection->rollback();
      }
      ++done;
    }
  };
  std::thread first(work), second(work), third(work);
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(done, 30);
}

}  // namespace
}  // namespace storage::sql
