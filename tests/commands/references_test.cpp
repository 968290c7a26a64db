// Reference numbers through the command line: of each scheme of the shared vectors a valid and an
// invalid one, and one that can be made. All vectors are tested where the schemes are (domain).
#include <map>

#include "support/json/parse.h"
#include "tests/commands/answers.h"

namespace tests {
namespace {

constexpr std::string_view kVectors = TELGIRO_SOURCE_DIR "/../shared/data/bank/checkdigits.json";

std::optional<base::Json> read_vectors() {
  const std::string text = read_file(std::string(kVectors));
  if (text.empty()) return std::nullopt;
  auto vectors = json::parse(text);
  EXPECT_TRUE(vectors) << base::describe(vectors.error());
  return vectors ? std::optional(*std::move(vectors)) : std::nullopt;
}

// The options of a vector, as the command line takes them.
std::vector<std::string> options_of(const base::Json& vector) {
  std::vector<std::string> words;
  const auto* members = vector["options"].as_object();
  if (members == nullptr) return words;
  for (const auto& [name, value] : *members) {
    const bool* flag = value.as_bool();
    const std::string text = flag != nullptr ? (*flag ? "true" : "false") : *value.as_string();
    words.insert(words.end(), {"--option", name + "=" + text});
  }
  return words;
}

Ended reference(const std::string& verb, const std::string& scheme, const std::string& value,
                const std::vector<std::string>& options = {}) {
  std::vector<std::string> command = {product(), "--json", "reference", verb, "--scheme", scheme};
  command.insert(command.end(), options.begin(), options.end());
  command.insert(command.end(), {"--", value});
  return run_program({command});
}

TEST(References, OneOfEachSchemeAndVerdict) {
  const auto vectors = read_vectors();
  if (!vectors) GTEST_SKIP() << "the shared test vectors are not there: " << kVectors;
  std::map<std::pair<std::string, bool>, std::string> samples;
  for (const base::Json& vector : *(*vectors)["vectors"].as_array()) {
    const std::string scheme = vector.text("scheme");
    if (vector["valid"].as_bool() == nullptr) continue;  // One that is made.
    samples.emplace(std::pair(scheme, *vector["valid"].as_bool()), vector.text("value"));
  }
  ASSERT_GT(samples.size(), 20U);
  for (const auto& [key, value] : samples) {
    const auto& [scheme, valid] = key;
    SCOPED_TRACE(scheme + " " + value);
    const Ended ended = reference("check", scheme, value);
    EXPECT_EQ(ended.exit_code, valid ? 0 : 1) << ended.output;
    const bool* said = answer_of(ended)["valid"].as_bool();
    ASSERT_NE(said, nullptr);
    EXPECT_EQ(*said, valid) << ended.output;
  }
}

TEST(References, EveryOneThatIsMade) {
  const auto vectors = read_vectors();
  if (!vectors) GTEST_SKIP() << "the shared test vectors are not there: " << kVectors;
  int made = 0;
  for (const base::Json& vector : *(*vectors)["vectors"].as_array()) {
    if (vector["input"].as_string() == nullptr) continue;
    SCOPED_TRACE(vector.dump());
    const Ended ended =
        reference("make", vector.text("scheme"), vector.text("input"), options_of(vector));
    const std::string expected = vector.text("output");
    EXPECT_EQ(ended.exit_code, expected.empty() ? 1 : 0) << ended.output;
    EXPECT_EQ(answer_of(ended).text("reference"), expected);
    ++made;
  }
  EXPECT_GT(made, 10);
}

}  // namespace
}  // namespace tests
