// Form is made one; content stays.
#include "domain/intake/text_form.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(TextForm, WithoutShouting) {
  const struct {
    std::string_view text, quiet;
  } rows[] = {
      {"VÄXJÖ", "Växjö"},
      {"SÖDRA SANDBY", "Södra Sandby"},
      {"UPPLANDS-BRO", "Upplands-Bro"},
      {"ÄLVSJÖ", "Älvsjö"},
      {"ŁÓDŹ", "Łódź"},
      {"Växjö", "Växjö"},
      {"MALMö", "MALMö"},  // Not all of it is shouted: somebody's own way of writing.
      {"Å", "Å"},          // A place in Norway.
      {"111 22", "111 22"},
      {"", ""},
      {"ÅRE 2", "Åre 2"},
      {"АБ", "АБ"},  // No Latin letters: left alone.
  };
  for (const auto& row : rows) EXPECT_EQ(without_shouting(row.text), row.quiet);
}

TEST(TextForm, PostalCodes) {
  const struct {
    std::string_view country, text, tidy;
  } rows[] = {
      {"SE", "90326", "903 26"},
      {"SE", "903 26", "903 26"},
      {"SE", "SE-903 26", "903 26"},
      {"SE", "se90326", "903 26"},
      {"FI", "00100", "00100"},
      {"NO", "0150", "0150"},
      {"DK", "DK-1050", "1050"},
      {"SE", "9032", "!bad_postal_code"},
      {"SE", "9O326", "!bad_postal_code"},
      {"NO", "90326", "!bad_postal_code"},
      {"GB", "SW1A 1AA", "!unknown_country"},
  };
  for (const auto& row : rows) {
    const auto got = tidy_postal_code(row.country, row.text);
    EXPECT_EQ(got ? *got : "!" + got.error().code, row.tidy) << row.country << " " << row.text;
  }
}

}  // namespace
}  // namespace domain
