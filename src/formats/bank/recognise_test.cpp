// How a file is known: by its first bytes, and by no more than one format.
#include <gtest/gtest.h>

#include "formats/bank/bank_format.h"

namespace formats::bank {
namespace {

TEST(Recognise, WhatTwoFormatsClaimIsNeither) {
  const std::string_view bgmax = "01BGMAX               0120261120173035010331P\n";
  const std::string_view statement = ":20:START\n:25:DE89370400440532013000\n:60F:C261101EUR1,00\n";
  const std::string head_of_norma43 =
      "110081539800014144521803181803202000000003005009783DUNDER MIFFLIN\n";
  const struct {
    std::string_view what;
    std::string head;
    std::string_view expected;  // The format, or the error's code.
  } rows[] = {
      {"a bankgiro file", std::string(bgmax), "bgmax"},
      {"a statement", std::string(statement), "mt940"},
      {"one behind the other", std::string(bgmax) + std::string(statement),
       "bank_file_not_recognised"},
      {"a head of Norma 43 before another file", head_of_norma43 + std::string(bgmax),
       "bank_file_not_recognised"},
      {"the same with its sum", head_of_norma43 + "33" + head_of_norma43.substr(2), "norma43"},
      {"nothing", "", "bank_file_empty"},
      {"blanks", " \r\n\t", "bank_file_empty"},
      {"words", "Dear bank", "bank_file_not_recognised"},
  };
  for (const auto& row : rows) {
    const auto format = recognise(row.head);
    EXPECT_EQ(format ? (*format)->name : std::string_view(format.error().code), row.expected)
        << row.what;
  }
}

// What else it is stands in the error: another message by its name.
TEST(Recognise, NamesAMessageThatIsNotRead) {
  const auto format = recognise(
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.055.001.09\"><CstmrPmtCxlReq/>");
  ASSERT_FALSE(format);
  EXPECT_EQ(format.error().code, "bank_file_not_recognised");
  EXPECT_NE(format.error().text.find("camt.055.001.09"), std::string::npos);
}

}  // namespace
}  // namespace formats::bank
