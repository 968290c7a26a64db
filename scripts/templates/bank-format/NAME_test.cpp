// NAME: what is wrong with a file. What is right is in tests/data/bank/NAME.
#include "FOLDER/NAME.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/read_bank_file.h"

namespace NAMESPACE {
namespace {

TEST(TYPE, HasFilesToProveIt) {
  EXPECT_TRUE(std::filesystem::exists(TELGIRO_SOURCE_DIR "/tests/data/bank/NAME"))
      << "put files into tests/data/bank/NAME";
}

TEST(TYPE, ACutFileDoesNotAgree) {
  const tests::BankFileKept file = tests::read_bank_file("what a NAME file begins with");
  EXPECT_EQ(file.format, "NAME");
  EXPECT_FALSE(file.control.agrees);
}

}  // namespace
}  // namespace NAMESPACE
