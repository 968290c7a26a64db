// Every pair of colours that the bill page sets on one another is readable: WCAG 2.2, 1.4.3 and
// 1.4.11. The tokens are read from the style sheet itself, light and dark.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

namespace web {
namespace {

using Tokens = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] std::string style_sheet() {
  std::ifstream file(TELGIRO_SOURCE_DIR "/src/web/assets/bill.css");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Adds "--name: #RRGGBB;" of the block that begins at `start`, in place of what is there.
void read_block(std::string_view css, std::size_t start, Tokens& tokens) {
  const std::string_view block = css.substr(start, css.find('}', start) - start);
  for (std::size_t at = block.find("--"); at != std::string_view::npos;
       at = block.find("--", at + 2)) {
    const std::size_t colon = block.find(':', at);
    const std::size_t end = block.find(';', at);
    if (colon == std::string_view::npos || end == std::string_view::npos || end < colon) break;
    const std::string_view value = block.substr(colon + 2, end - colon - 2);
    if (value.size() != 7 || value.front() != '#') continue;
    tokens[std::string(block.substr(at + 2, colon - at - 2))] = value;
  }
}

[[nodiscard]] Tokens light_tokens() {
  const std::string css = style_sheet();
  Tokens tokens;
  read_block(css, css.find(":root {"), tokens);
  return tokens;
}

[[nodiscard]] Tokens dark_tokens() {
  const std::string css = style_sheet();
  Tokens tokens = light_tokens();
  read_block(css, css.find(":root {", css.find("prefers-color-scheme: dark")), tokens);
  return tokens;
}

[[nodiscard]] double luminance(std::string_view colour) {
  const auto channel = [&](std::size_t at) {
    const double value = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

[[nodiscard]] double contrast(std::string_view a, std::string_view b) {
  // In braces: values, not references to what is gone.
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

constexpr double kText = 4.5;
constexpr double kShape = 3.0;

struct Pair {
  std::string_view front;
  std::string_view behind;
  double least;
};

constexpr Pair kPairs[] = {
    {"ink", "bg", kText},
    {"ink", "surface", kText},
    {"ink", "sunken", kText},
    {"ink-2", "bg", kText},
    {"ink-2", "surface", kText},
    {"ink-2", "sunken", kText},
    {"control", "surface", kShape},
    {"control", "bg", kShape},
    {"brand", "surface", kText},
    {"brand", "bg", kText},
    {"on-brand", "brand", kText},
    {"brand", "brand-soft", kText},
    {"ink", "brand-soft", kText},
    {"hero-ink", "hero", kText},
    {"hero-ink", "hero-glow", kText},
    {"hero-ink-2", "hero", kText},
    {"hero-ink-2", "hero-glow", kText},
    {"on-pay", "pay", kText},
    {"pay", "hero", kShape},
    {"pay", "hero-glow", kShape},
    {"ok", "ok-soft", kText},
    {"warn", "warn-soft", kText},
    {"bad", "bad-soft", kText},
    {"info", "info-soft", kText},
    {"ok", "surface", kText},
    {"warn", "surface", kText},
    {"bad", "surface", kText},
    {"info", "surface", kText},
    {"focus", "bg", kShape},
    {"focus", "surface", kShape},
    {"hero-focus", "hero", kShape},
    {"hero-focus", "hero-glow", kShape},
};

void expect_readable(const Tokens& tokens) {
  for (const Pair& pair : kPairs) {
    const auto front = tokens.find(pair.front);
    const auto behind = tokens.find(pair.behind);
    ASSERT_TRUE(front != tokens.end()) << pair.front;
    ASSERT_TRUE(behind != tokens.end()) << pair.behind;
    EXPECT_GE(contrast(front->second, behind->second), pair.least)
        << pair.front << ' ' << front->second << " on " << pair.behind << ' ' << behind->second;
  }
}

TEST(BillColours, AreReadableInLight) { expect_readable(light_tokens()); }

TEST(BillColours, AreReadableInDark) {
  const Tokens dark = dark_tokens();
  EXPECT_EQ(dark.at("surface"), "#162026");  // The block was found.
  EXPECT_EQ(dark.at("pay"), light_tokens().at("pay"));
  expect_readable(dark);
}

// The measure itself: values known from WCAG's own examples.
TEST(BillColours, AreMeasuredAsWcagDoes) {
  EXPECT_NEAR(contrast("#000000", "#FFFFFF"), 21.0, 0.001);
  EXPECT_NEAR(contrast("#777777", "#FFFFFF"), 4.48, 0.01);
}

// A layout that can be turned round has no left and right.
TEST(BillStyle, HasLogicalPropertiesOnly) {
  const std::string css = style_sheet();
  for (const std::string_view word :
       {"margin-left", "margin-right", "padding-left", "padding-right", "border-left",
        "border-right", "text-align: left", "text-align: right", "float:", " left:", " right:"}) {
    EXPECT_EQ(css.find(word), std::string::npos) << word;
  }
}

// Motion only where the reader's settings allow it.
TEST(BillStyle, MovesOnlyWhereAllowed) {
  const std::string css = style_sheet();
  const std::size_t allowed = css.find("prefers-reduced-motion: no-preference");
  ASSERT_NE(allowed, std::string::npos);
  for (const std::string_view word : {"transition", "animation", "scroll-behavior"}) {
    const std::size_t at = css.find(word);
    EXPECT_TRUE(at == std::string::npos || at > allowed) << word;
  }
}

}  // namespace
}  // namespace web
