// Ids as people see them: prefix, 26 letters, and nothing else.
#include "base/id/id.h"

#include <unordered_set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/outcome.h"

namespace base {
namespace {

using tests::outcome;

struct ThingTag {
  static constexpr std::string_view kPrefix = "thing";
};
using ThingId = Id<ThingTag>;

IdBytes some_bytes() { return *rc::gen::container<IdBytes>(rc::gen::arbitrary<std::uint8_t>()); }

TEST(Id, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"thing_00000000000000000000000000", "thing_00000000000000000000000000"},
      {"thing_7zzzzzzzzzzzzzzzzzzzzzzzzz", "thing_7zzzzzzzzzzzzzzzzzzzzzzzzz"},
      {"thing_0123456789abcdefghjkmnpqrs", "thing_0123456789abcdefghjkmnpqrs"},
      {"thing_8zzzzzzzzzzzzzzzzzzzzzzzzz", "!not_an_id"},  // More than 128 bits.
      {"other_00000000000000000000000000", "!not_an_id"},  // The id of something else.
      {"thing-00000000000000000000000000", "!not_an_id"},
      {"thing_0000000000000000000000000", "!not_an_id"},
      {"thing_000000000000000000000000000", "!not_an_id"},
      {"thing_0000000000000000000000000I", "!not_an_id"},  // No I, L, O, U: they are misread.
      {"thing_0000000000000000000000000A", "!not_an_id"},
      {"thing_", "!not_an_id"},
      {"", "!not_an_id"},
  };
  for (const Row& row : rows) EXPECT_EQ(outcome(ThingId::parse(row.text)), row.outcome) << row.text;
}

TEST(Id, PrintedAndReadBackIsTheSame) {
  EXPECT_TRUE(rc::check([] {
    const ThingId id(some_bytes());
    RC_ASSERT(*ThingId::parse(id.to_string()) == id);
  }));
}

// Property: printed ids sort as their bytes do, so that time-ordered ids are so on paper, too.
TEST(Id, PrintedIdsSortAsTheirBytes) {
  EXPECT_TRUE(rc::check([] {
    const ThingId a(some_bytes()), b(some_bytes());
    RC_ASSERT((a < b) == (a.to_string() < b.to_string()));
    RC_ASSERT((a == b) == (a.to_string() == b.to_string()));
  }));
}

TEST(Id, NilAndHash) {
  EXPECT_TRUE(ThingId().is_nil());
  IdBytes bytes{};
  std::unordered_set<ThingId> ids;
  for (int number = 0; number < 256; ++number) {
    bytes[15] = static_cast<std::uint8_t>(number);
    ids.insert(ThingId(bytes));
  }
  EXPECT_EQ(ids.size(), 256U);
  EXPECT_FALSE(ThingId(bytes).is_nil());
}

}  // namespace
}  // namespace base
