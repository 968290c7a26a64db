// What is packed comes back, smaller on the way; what is damaged is refused.
#include "support/pack/pack.h"

#include <gtest/gtest.h>

namespace pack {
namespace {

constexpr std::string_view kWords = R"({"item":"","name":"","net":0})";

std::string lines(int count) {
  std::string text;
  for (int number = 0; number < count; ++number) {
    text += R"({"item":"FIBER","name":"Fiber 100","net":)" + std::to_string(number) + "}";
  }
  return text;
}

TEST(Pack, GivesBackWhatItTook) {
  for (const std::string& text : {std::string(), std::string("x"), lines(1), lines(10'000),
                                  std::string("\x01 begins like a packed one")}) {
    const std::string packed = pack(text, kWords);
    EXPECT_EQ(packed.front(), kMark);
    EXPECT_EQ(unpack(packed, kWords).value(), text);
    EXPECT_EQ(pack(text, kWords), packed) << "the same bytes each time";
  }
}

TEST(Pack, MakesSmaller) {
  EXPECT_LT(pack(lines(8), kWords).size(), lines(8).size() / 2);
  EXPECT_LT(pack(lines(1), kWords).size(), pack(lines(1), "").size());
}

TEST(Pack, LeavesWhatWasNeverPacked) {
  EXPECT_EQ(unpack(R"({"version":1})", kWords).value(), R"({"version":1})");
  EXPECT_EQ(unpack("", kWords).value(), "");
}

TEST(Pack, RefusesWhatIsDamaged) {
  const std::string packed = pack(lines(8), kWords);
  for (std::size_t size = 1; size < packed.size(); ++size) {
    const auto opened = unpack(packed.substr(0, size), kWords);
    ASSERT_FALSE(opened) << size;
    EXPECT_EQ(opened.error().code, "bad_packing");
  }
  std::string longer = packed;
  longer[1] = '\x7F';
  EXPECT_EQ(unpack(longer, kWords).error().code, "bad_packing");
  EXPECT_NE(unpack(packed, R"({"other":"words"})").value_or("refused"), lines(8));
}

}  // namespace
}  // namespace pack
