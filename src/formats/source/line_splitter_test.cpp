// Lines out of chunks of any size, in bounded memory.
#include "formats/source/line_splitter.h"

#include <gtest/gtest.h>

#include <vector>

namespace formats::source {
namespace {

// "number@offset-end:bytes", and "!" behind where it was too long.
std::vector<std::string> split(std::string_view text, std::size_t step) {
  std::vector<std::string> lines;
  LineSplitter splitter;
  const auto visit = [&](Line&& line) -> base::Result<> {
    lines.push_back(std::to_string(line.number) + "@" + std::to_string(line.offset) + "-" +
                    std::to_string(line.end) + ":" + line.bytes + (line.too_long ? "!" : ""));
    return {};
  };
  for (std::size_t at = 0; at < text.size(); at += step) {
    EXPECT_TRUE(splitter.feed(text.substr(at, step), visit));
  }
  EXPECT_TRUE(splitter.finish(visit));
  return lines;
}

TEST(LineSplitter, AnyChunksGiveTheSameLines) {
  const std::string long_line(kLineBytesMax + 1, 'x');
  const std::string text = "a\r\nb\n\nc\rd\n" + long_line + "\nend";
  const std::string kept(kLongLineKeptBytes, 'x');
  const std::vector<std::string> expected = {
      "1@0-3:a",          "2@3-5:b", "3@5-6:", "4@6-10:c\rd", "5@10-65548:" + kept + "!",
      "6@65548-65551:end"};
  for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{1000},
                                 std::size_t{65536}, text.size()}) {
    SCOPED_TRACE(step);
    EXPECT_EQ(split(text, step), expected);
  }
}

TEST(LineSplitter, LongestLine) {
  const std::string longest(kLineBytesMax, 'x');
  EXPECT_FALSE(split(longest + "\r\n", 1000).front().ends_with("!"));
  EXPECT_FALSE(split(longest, 1000).front().ends_with("!"));
  EXPECT_TRUE(split(longest + "x\n", 1000).front().ends_with("!"));
  EXPECT_TRUE(split("", 1).empty());
}

TEST(LineSplitter, AnErrorOfTheVisitorIsHandedOn) {
  LineSplitter splitter;
  const auto stop = [](Line&&) -> base::Result<> { return base::fail("stop", "enough"); };
  EXPECT_EQ(splitter.feed("a\nb\n", stop).error().code, "stop");
}

}  // namespace
}  // namespace formats::source
