// Every vector of data/bank/checkdigits.json through the registry, as `telgiro reference` does it.
//
// The file holds what other people's libraries and the banks' own examples say: each value with
// its scheme and whether it is valid, and inputs with the reference that must come out of them.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>

#include "domain/bank/iban.h"
#include "domain/reference/registry.h"
#include "support/json/parse.h"
#include "tests/support/outcome.h"

namespace domain {
namespace {

using base::Json;
using tests::outcome;

constexpr std::size_t kVectors = 537;

ReferenceOptions options_of(const Json& vector) {
  ReferenceOptions options;
  if (const auto* members = vector["options"].as_object()) {
    for (const auto& [name, value] : *members) {
      options[name] = value.as_bool() ? (*value.as_bool() ? "true" : "false") : *value.as_string();
    }
  }
  return options;
}

void expect_made(const ReferenceScheme& scheme, const Json& vector) {
  ASSERT_NE(scheme.make, nullptr);
  const ReferenceOptions options = options_of(vector);
  const auto made = scheme.make(vector.text("input"), options);
  if (const auto* expected = vector["output"].as_string()) {
    EXPECT_EQ(outcome(made), *expected);
    EXPECT_EQ(outcome(scheme.check(*expected, options)), *expected) << "does not read back";
  } else {
    EXPECT_FALSE(made.has_value()) << "expected: " << vector.text("error");
  }
}

void expect_checked(const ReferenceScheme& scheme, const Json& vector) {
  const std::string value = vector.text("value");
  const auto checked = scheme.check(value, {});
  EXPECT_EQ(checked.has_value(), *vector["valid"].as_bool()) << outcome(checked);
  if (checked) {
    EXPECT_EQ(outcome(scheme.check(*checked, {})), *checked) << "canonical text is not canonical";
  }
  if (const auto* mod97_ok = vector["mod97_ok"].as_bool()) {
    const auto lesser = scheme.name == "iban"
                            ? scheme.check(value, {{"check", "mod97"}})
                            : find_reference_scheme("sepa_creditor_id")->check(value, {});
    EXPECT_EQ(lesser.has_value(), *mod97_ok) << outcome(lesser);
  }
  if (const auto* digit = vector["check_digit"].as_string()) {
    EXPECT_EQ(outcome(scheme.check(value, {{"check_digit", *digit}})), value + *digit);
    EXPECT_EQ(outcome(scheme.make(value, {})), value + *digit);
    EXPECT_EQ(outcome(scheme.check(value, {{"check_digit", *digit == "0" ? "1" : "0"}})),
              "!wrong_check_digit");
  }
  if (const auto* iban = vector["iban"].as_string()) {
    EXPECT_EQ(outcome(Iban::from_bban("NO", value)), outcome(Iban::parse(*iban)));
  }
}

TEST(CheckdigitVectors, AllPass) {
  const std::filesystem::path path = TELGIRO_SOURCE_DIR "/../shared/data/bank/checkdigits.json";
  std::ifstream file(path, std::ios::binary);
  if (!file) GTEST_SKIP() << "no data/bank/checkdigits.json beside this tree";
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto read = json::parse(bytes);
  ASSERT_TRUE(read.has_value()) << base::describe(read.error());
  const auto* vectors = (*read)["vectors"].as_array();
  ASSERT_NE(vectors, nullptr);
  EXPECT_EQ(vectors->size(), kVectors);
  for (const Json& vector : *vectors) {
    SCOPED_TRACE(vector.dump());
    const ReferenceScheme* scheme = find_reference_scheme(vector.text("scheme"));
    ASSERT_NE(scheme, nullptr);
    if (vector["input"].as_string()) {
      expect_made(*scheme, vector);
    } else {
      expect_checked(*scheme, vector);
    }
  }
}

}  // namespace
}  // namespace domain
