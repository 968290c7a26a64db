// NAME against its samples: files as they come from the outside, beside this test.
#include "FOLDER/NAME.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace NAMESPACE {
namespace {

constexpr std::size_t kHeadSize = 1024;

TEST(TYPE, ClaimsItsSamples) {
  const std::filesystem::path samples = TELGIRO_SOURCE_DIR "/src/FOLDER/samples";
  int count = 0;
  for (const auto& sample : std::filesystem::directory_iterator(samples)) {
    if (sample.path().filename() == "README.md") continue;
    std::ifstream in(sample.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(claims(std::string_view(text).substr(0, kHeadSize))) << sample.path();
    ++count;
  }
  EXPECT_GT(count, 0) << "put a real file into src/FOLDER/samples";
}

}  // namespace
}  // namespace NAMESPACE
