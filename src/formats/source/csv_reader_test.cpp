// Records out of delimited text: good ones, bad ones, and hostile ones.
#include "formats/source/csv_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "formats/source/line_splitter.h"
#include "formats/source/registry.h"
#include "support/config/toml.h"

namespace formats::source {
namespace {

constexpr std::string_view kMapping = R"(
division = "broadband"
[[records]]
name = "orders"
kind = "order"
encoding = "utf-8"
delimiter = ";"
decimal_mark = ","
dates = ["yyyy-mm-dd", "dd.mm.yyyy"]
ignored = ["note"]
[records.columns]
id = "number"
customer = "customer_number"
day = "date"
what = "item"
price = { field = "unit_price", optional = true }
[records.columns.pay]
field = "payment"
optional = true
values = { invoice = "on_bill", card = "direct" }
[records.constants]
quantity = "1"
)";

const RecordMapping& orders() {
  static const Mapping kOrders = *read_mapping(*config::parse_toml(kMapping, "test"), "test");
  return **kOrders.find("orders");
}

// A line an item: "line: field=text ...", "?code" behind problems of form, "line: !code" where it
// is unreadable. An error of the whole file is "!code".
struct Outcome {
  std::vector<std::string> items;
  std::vector<SourceItem> raw;
};

std::string describe(const SourceItem& item) {
  std::string text = std::to_string(item.line) + ":";
  if (item.unreadable) return text + " !" + item.unreadable->code;
  for (const auto& field : item.record.fields) {
    if (!field.text.empty()) text += " " + field.name + "=" + field.text;
  }
  for (const auto& problem : item.record.problems)
    text += " ?" + problem.field + ":" + problem.code;
  return text;
}

Outcome read(std::string_view text, std::size_t step) {
  Outcome outcome;
  const auto reader = make_reader(orders());
  const auto visit = [&](SourceItem&& item) -> base::Result<> {
    outcome.items.push_back(describe(item));
    outcome.raw.push_back(std::move(item));
    return {};
  };
  base::Result<> result;
  for (std::size_t at = 0; result && at < text.size(); at += step) {
    result = reader->feed(text.substr(at, step), visit);
  }
  if (result) result = reader->finish(visit);
  if (!result) outcome.items.push_back("!" + result.error().code);
  return outcome;
}

using Items = std::vector<std::string>;

Items items_of(std::string_view text) { return read(text, text.size() + 1).items; }

constexpr std::string_view kHeader = "id;customer;day;what\n";

TEST(CsvReader, Records) {
  const struct {
    std::string about;
    std::string text;
    Items items;
  } rows[] = {
      {"plain",
       "1;C1;2026-10-01;X\n",
       {"2: number=1 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"no line end at the end",
       "1;C1;2026-10-01;X",
       {"2: number=1 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"spaces that mean nothing",
       " 1 ;\tC1;2026-10-01;X  Y\r\n",
       {"2: number=1 customer_number=C1 date=2026-10-01 item=X Y quantity=1"}},
      {"empty lines",
       "\n\r\n  \n1;C1;2026-10-01;X\n\n",
       {"5: number=1 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"quotes",
       "1;\"C;1\";2026-10-01;\"a \"\"b\"\"\"\n",
       {"2: number=1 customer_number=C;1 date=2026-10-01 item=a \"b\" quantity=1"}},
      {"a quote inside is a letter",
       "1;C1;2026-10-01;19\" rack\n",
       {"2: number=1 customer_number=C1 date=2026-10-01 item=19\" rack quantity=1"}},
      {"a field over lines",
       "1;C1;2026-10-01;\"a\nb\"\n2;C1;2026-10-01;X\n",
       {"2: number=1 customer_number=C1 date=2026-10-01 item=a b quantity=1",
        "4: number=2 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"another form of date",
       "1;C1;01.10.2026;X\n",
       {"2: number=1 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"no date",
       "1;C1;tomorrow;X\n",
       {"2: number=1 customer_number=C1 item=X quantity=1 ?day:not_a_date"}},
      {"too few", "1;C1;2026-10-01\n", {"2: !wrong_field_count"}},
      {"too many", "1;C1;2026-10-01;X;\n", {"2: !wrong_field_count"}},
      {"only delimiters", ";;;\n", {"2: quantity=1"}},
      {"NUL", std::string("1;C\0;2026-10-01;X\n", 18), {"2: !nul_byte"}},
      {"control character", "1;C\x1B;2026-10-01;X\n", {"2: !control_character"}},
      {"Latin-1 in between",
       "1;C\xE5;2026-10-01;X\n2;C1;2026-10-01;X\n",
       {"2: !bad_encoding", "3: number=2 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"text behind a quote",
       "1;\"C\"1;2026-10-01;X\n2;C1;2026-10-01;X\n",
       {"2: !text_after_quote",
        "3: number=2 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
      {"a quote never closed costs its own line",
       "1;\"C1;2026-10-01;X\n2;C1;2026-10-01;X\n",
       {"2: !quote_not_closed",
        "3: number=2 customer_number=C1 date=2026-10-01 item=X quantity=1"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.about);
    EXPECT_EQ(items_of(std::string(kHeader) + row.text), row.items);
  }
}

TEST(CsvReader, NumbersAndValues) {
  const std::string header = "id;customer;day;what;price;pay\n";
  const struct {
    std::string fields;
    std::string tail;  // What follows the item.
  } rows[] = {
      {"796,00;invoice", " unit_price=796.00 payment=on_bill quantity=1"},
      {"1 272,80;card", " unit_price=1272.80 payment=direct quantity=1"},
      {"1\xC2\xA0"
       "272,80;",
       " unit_price=1272.80 quantity=1"},
      {"-5;", " unit_price=-5 quantity=1"},
      {",5;", " unit_price=0.5 quantity=1"},
      {"5,;", " quantity=1 ?price:not_a_number"},
      {"1.272,80;", " quantity=1 ?price:not_a_number"},
      {"ten;", " quantity=1 ?price:not_a_number"},
      {"5;cash", " unit_price=5 quantity=1 ?pay:unknown_value"},
      {std::string(5000, '1') + ";", " quantity=1 ?price:field_too_long"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.fields.substr(0, 40));
    const auto items = items_of(header + "1;C1;2026-10-01;X;" + row.fields + "\n");
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0], "2: number=1 customer_number=C1 date=2026-10-01 item=X" + row.tail);
  }
}

TEST(CsvReader, Headers) {
  const struct {
    std::string header;
    std::string code;  // Empty: it will do.
  } rows[] = {
      {"id;customer;day;what", ""},
      {"what;day;customer;id", ""},
      {"\xEF\xBB\xBFid;customer;day;what", ""},
      {"ID; Customer ;day;\"what\"", ""},
      {"id;customer;day;what;note;pay", ""},
      {"id;customer;what", "!source_header_missing_column"},
      {"id;customer;day;what;colour", "!source_header_unknown_column"},
      {"id;customer;day;what;ID", "!source_header_doubled_column"},
      {"id,customer,day,what", "!source_header_missing_column"},
      {"id;customer;day;\"what", "!source_header_unreadable"},
      {"id;custo\xE5mer;day;what", "!source_header_unreadable"},
      {std::string(70'000, 'x'), "!source_header_unreadable"},
      {"", "!source_is_empty"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.header.substr(0, 60));
    EXPECT_EQ(items_of(row.header + "\n"), row.code.empty() ? Items() : Items{row.code});
  }
}

TEST(CsvReader, AHeadersMistakesAreSaidTogether) {
  const auto reader = make_reader(orders());
  const auto result =
      reader->feed("id;customer;colour;id\n", [](SourceItem&&) { return base::Result<>(); });
  ASSERT_FALSE(result);
  for (const std::string_view part : {"lacks 'day', 'what'", "know 'colour'", "twice 'id'"}) {
    EXPECT_TRUE(result.error().text.contains(part)) << result.error().text;
  }
}

TEST(CsvReader, PlacesAndRaw) {
  const std::string text = std::string(kHeader) + "1;C1;2026-10-01;\"a\nb\"\r\n2;C\xE5;;\n";
  const auto raw = read(text, 7).raw;
  ASSERT_EQ(raw.size(), 2U);
  EXPECT_EQ(raw[0].offset, 21);
  EXPECT_EQ(raw[0].raw, "1;C1;2026-10-01;\"a\nb\"");
  EXPECT_EQ(raw[0].end, raw[1].offset);
  EXPECT_EQ(text[static_cast<std::size_t>(raw[1].offset)], '2');
  EXPECT_EQ(raw[1].end, static_cast<std::int64_t>(text.size()));
  EXPECT_EQ(raw[1].raw, "2;Cå;;");  // Readable for people, though it is refused.
}

// A line of a gigabyte in a stream: refused with its line, and never in memory at once.
TEST(CsvReader, GigabyteLine) {
  const auto reader = make_reader(orders());
  std::vector<std::string> items;
  std::size_t longest = 0;
  const auto visit = [&](SourceItem&& item) -> base::Result<> {
    longest = std::max(longest, item.raw.size());
    items.push_back(describe(item));
    return {};
  };
  ASSERT_TRUE(reader->feed(kHeader, visit));
  ASSERT_TRUE(reader->feed("1;", visit));
  const std::string chunk(1U << 20, 'x');
  for (int at = 0; at < 1024; ++at) ASSERT_TRUE(reader->feed(chunk, visit));
  ASSERT_TRUE(reader->feed("\n2;C1;2026-10-01;X\n", visit));
  ASSERT_TRUE(reader->finish(visit));
  const Items expected = {"2: !line_too_long",
                          "3: number=2 customer_number=C1 date=2026-10-01 item=X quantity=1"};
  EXPECT_EQ(items, expected);
  EXPECT_LE(longest, kLongLineKeptBytes + 3);
}

// Quotes that open and never close, in a file of many lines: bounded, and nothing else is lost.
TEST(CsvReader, OpenQuotesAreBounded) {
  std::string text(kHeader);
  for (int at = 0; at < 3000; ++at) {
    text += at % 100 == 50 ? "9;\"open;2026-10-01;X\n" : "1;C1;2026-10-01;X\n";
  }
  const auto items = items_of(text);
  EXPECT_EQ(items.size(), 3000U);
  const auto bad = std::ranges::count_if(
      items, [](const std::string& item) { return item.ends_with("!quote_not_closed"); });
  EXPECT_EQ(bad, 30);
}

// Property: however a stream is cut into chunks, the records are the same.
TEST(CsvReader, AnyChunksGiveTheSameRecords) {
  const std::string text =
      "\xEF\xBB\xBF" + std::string(kHeader) +
      "1;C1;2026-10-01;X\r\n2;\"C\n1\";2026-10-01;\"a\"\"b\"\n3;\"open;2026-10-01;X\n"
      "4;Växjö;2026-10-01;€\n5;V\xE4;x;y\n\n6;a;b\n7;\"a\"b;c;d\n8;" +
      std::string(70'000, 'z') + "\n9;\"last";
  const Items whole = items_of(text);
  EXPECT_EQ(whole.size(), 9U);
  for (std::size_t step = 1; step < 200; step += step < 20 ? 1 : 17) {
    SCOPED_TRACE(step);
    EXPECT_EQ(read(text, step).items, whole);
  }
}

// Property: no bytes at all make the reader fail or lose count of its lines.
TEST(CsvReader, AnyBytesAreRead) {
  std::uint32_t seed = 12345;
  const auto next = [&] { return seed = seed * 1664525 + 1013904223, seed >> 24; };
  for (int round = 0; round < 300; ++round) {
    std::string text(kHeader);
    for (int at = 0; at < 400; ++at) {
      constexpr std::string_view kLikely = "\"\";;\n\n\r1a";
      const unsigned byte = next();
      text.push_back(byte < 200 ? kLikely[byte % kLikely.size()] : static_cast<char>(byte));
    }
    const auto lines = std::ranges::count(text, '\n');
    for (const auto& item : read(text, 64).raw) EXPECT_LE(item.line, lines + 1);
  }
}

}  // namespace
}  // namespace formats::source
