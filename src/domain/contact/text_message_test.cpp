// How long text messages are, and how long one is tried.
#include <gtest/gtest.h>

#include "base/time/instant.h"
#include "domain/contact/text_message.h"

namespace domain {
namespace {

std::string times(int n, const std::string& text) {
  std::string all;
  for (int i = 0; i < n; ++i) all += text;
  return all;
}

TEST(TextMessage, HowManyPlacesAndParts) {
  struct Row {
    std::string text;
    bool is_gsm;
    std::int64_t places, parts;
  };
  const Row rows[] = {{"", true, 0, 0},
                      {"Betala räkningen på 420 kr", true, 26, 1},
                      {times(160, "a"), true, 160, 1},
                      {times(161, "a"), true, 161, 2},
                      {times(153, "a") + times(153, "b"), true, 306, 2},
                      {times(307, "a"), true, 307, 3},
                      {"100 € [1]", true, 12, 1},
                      // A euro sign is not divided: the first part holds 152 places.
                      {times(152, "a") + "€" + times(10, "b"), true, 164, 2},
                      {times(152, "a") + "€" + times(152, "b"), true, 306, 3},
                      {"aquí", false, 4, 1},
                      {"420\u00a0kr", false, 6, 1},
                      {"`", false, 1, 1},
                      {"😀", false, 2, 1},
                      {times(70, "ш"), false, 70, 1},
                      {times(71, "ш"), false, 71, 2},
                      {times(66, "ш") + "😀" + times(66, "ш"), false, 134, 3},
                      {"\xff\xc3", false, 2, 1}};
  for (const Row& row : rows) {
    const TextLength length = text_length(row.text);
    EXPECT_EQ(length.is_gsm, row.is_gsm) << row.text;
    EXPECT_EQ(length.places, row.places) << row.text;
    EXPECT_EQ(length.parts, row.parts) << row.text;
  }
}

TEST(TextMessage, WhatATelephoneShowsTheSameIsWrittenPlainly) {
  EXPECT_EQ(plain_text("1\u202f420,00\u00a0kr – d’Aurora…"), "1 420,00 kr - d'Aurora...");
  EXPECT_TRUE(text_length(plain_text("1\u00a0420,00\u00a0kr")).is_gsm);
}

TEST(TextMessage, TriedForLessThanAnHour) {
  const auto seconds = [](std::int64_t tries, std::int64_t asked) {
    const auto gap = text_gap_micros(tries, asked);
    return gap ? *gap / base::kMicrosPerSecond : -1;
  };
  EXPECT_EQ(seconds(1, 0), 5);
  EXPECT_EQ(seconds(1, 30), 30) << "as long as the provider asks for";
  EXPECT_EQ(seconds(4, 30), 300);
  EXPECT_EQ(seconds(6, 0), 1'800);
  EXPECT_EQ(seconds(7, 0), -1);
  EXPECT_EQ(seconds(1, 86'400), -1) << "tomorrow nobody wants it any more";
}

}  // namespace
}  // namespace domain
