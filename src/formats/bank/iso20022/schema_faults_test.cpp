// Faults of camt and pain.002 against their schemas: each is told with its place, and the entries
// are read all the same. A row changes one thing in a message without faults.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "formats/bank/reading.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank::iso20022 {
namespace {

using tests::BankFileKept;
using tests::read_bank_file;

const std::string kMessage = R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><CreDtTm>2026-11-20T06:00:00</CreDtTm>
<Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id><Ccy>SEK</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">0.00</Amt>)"
                             R"(<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">249.00</Amt>)"
                             R"(<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Ntry><NtryRef>1</NtryRef><Amt Ccy="SEK">249.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>Anna Berg</Nm><PstlAdr><Ctry>SE</Ctry></PstlAdr></Dbtr>)"
                             R"(<DbtrAcct><Id><IBAN>FI2112345600000785</IBAN></Id></DbtrAcct>)"
                             R"(</RltdPties>
<RltdAgts><DbtrAgt><FinInstnId><BIC>NDEAFIHH</BIC></FinInstnId></DbtrAgt></RltdAgts>
<RmtInf><Ustrd>Bill 7</Ustrd></RmtInf></TxDtls></NtryDtls>
</Ntry></Stmt></BkToCstmrStmt></Document>
)";

struct Row {
  std::string_view what;
  std::string_view from, to;
  std::vector<std::string> problems;
};

std::string changed(const std::string& message, std::string_view from, std::string_view to) {
  std::string text = message;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

const std::string kLong141 = "<Ustrd>" + std::string(141, 'x') + "</Ustrd>";
const std::string kSwedish140 = [] {
  std::string text = "<Ustrd>";
  for (int letter = 0; letter < 140; ++letter) text += "å";
  return text + "</Ustrd>";
}();
const std::string kName71 = "<Nm>" + std::string(141, 'n') + "</Nm>";

const Row kStructure[] = {
    {"nothing is wrong", "S1", "S1", {}},
    {"an element that no version has",
     "<NtryRef>",
     "<Colour>red</Colour><NtryRef>",
     {"8 Stmt/Ntry/Colour unknown_element"}},
    {"with all that stands in it",
     "<NtryRef>",
     "<Own><Colour>red</Colour></Own><NtryRef>",
     {"8 Stmt/Ntry/Own unknown_element"}},
    {"an element of another place",
     "<NtryRef>",
     "<EndToEndId>E</EndToEndId><NtryRef>",
     {"8 Stmt/Ntry/EndToEndId element_out_of_place"}},
    {"another order",
     "<NtryRef>1</NtryRef><Amt Ccy=\"SEK\">249.00</Amt>",
     "<Amt Ccy=\"SEK\">249.00</Amt><NtryRef>1</NtryRef>",
     {"8 Stmt/Ntry/NtryRef element_out_of_place"}},
    {"twice",
     "<Sts>BOOK</Sts>",
     "<Sts>BOOK</Sts><Sts>BOOK</Sts>",
     {"8 Stmt/Ntry/Sts element_out_of_place"}},
    {"both of a choice",
     "<IBAN>SE45",
     "<Othr><Id>5839</Id></Othr><IBAN>SE45",
     {"5 Stmt/Acct/Id/IBAN element_out_of_place"}},
    {"none of a choice",
     "<Dt>2026-11-20</Dt></BookgDt>",
     "</BookgDt>",
     {"9 Stmt/Ntry/BookgDt missing_value"}},
    {"no head",
     "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T06:00:00</CreDtTm></GrpHdr>",
     "",
     {"2 GrpHdr missing_value"}},
    {"no time",
     "<Id>S1</Id><CreDtTm>2026-11-20T06:00:00</CreDtTm>",
     "<Id>S1</Id>",
     {"4 Stmt/CreDtTm missing_value"}},
    {"no state: the reader says what it takes",
     "<Sts>BOOK</Sts>",
     "",
     {"8 Ntry/Sts missing_value"}},
    {"of a later version",
     "<Nm>Anna Berg</Nm>",
     "<Pty><Nm>Anna Berg</Nm></Pty>",
     {"12 Stmt/Ntry/NtryDtls/TxDtls/RltdPties/Dbtr/Pty element_out_of_place"}},
};

const Row kTexts[] = {
    {"a text of more letters",
     "<Ustrd>Bill 7</Ustrd>",
     kLong141,
     {"14 Stmt/Ntry/NtryDtls/TxDtls/RmtInf/Ustrd text_too_long"}},
    {"letters are no bytes", "<Ustrd>Bill 7</Ustrd>", kSwedish140, {}},
    {"a name",
     "<Nm>Anna Berg</Nm>",
     kName71,
     {"12 Stmt/Ntry/NtryDtls/TxDtls/RltdPties/Dbtr/Nm text_too_long"}},
    {"a reference of 36",
     "<EndToEndId>E1",
     "<EndToEndId>123456789012345678901234567890123456",
     {"11 Stmt/Ntry/NtryDtls/TxDtls/Refs/EndToEndId text_too_long"}},
    {"an empty text",
     "<EndToEndId>E1",
     "<EndToEndId>",
     {"11 Stmt/Ntry/NtryDtls/TxDtls/Refs/EndToEndId missing_value"}},
    {"an IBAN with wrong check digits",
     "FI2112345600000785",
     "FI2112345600000786",
     {"12 Stmt/Ntry/NtryDtls/TxDtls/RltdPties/DbtrAcct/Id/IBAN wrong_check_digits"}},
    {"our own IBAN with wrong check digits",
     "SE45",
     "SE46",
     {"5 Stmt/Acct/Id/IBAN wrong_check_digits"}},
    {"an IBAN in groups of four",
     "FI2112345600000785",
     "FI21 1234 5600 0007 85",
     {"12 Stmt/Ntry/NtryDtls/TxDtls/RltdPties/DbtrAcct/Id/IBAN wrong_form"}},
    {"an IBAN that is none",
     "FI2112345600000785",
     "7654321",
     {"12 Stmt/Ntry/NtryDtls/TxDtls/RltdPties/DbtrAcct/Id/IBAN wrong_form"}},
    {"a BIC of seven letters",
     "NDEAFIHH",
     "NDEAFIH",
     {"13 Stmt/Ntry/NtryDtls/TxDtls/RltdAgts/DbtrAgt/FinInstnId/BIC wrong_form"}},
    {"a BIC of small letters",
     "NDEAFIHH",
     "ndeafihh",
     {"13 Stmt/Ntry/NtryDtls/TxDtls/RltdAgts/DbtrAgt/FinInstnId/BIC wrong_form"}},
    {"a country in words",
     "<Ctry>SE",
     "<Ctry>Sverige",
     {"12 Stmt/Ntry/NtryDtls/TxDtls/RltdPties/Dbtr/PstlAdr/Ctry wrong_form"}},
    {"a time that is none",
     "<CreDtTm>2026-11-20T06:00:00</CreDtTm></GrpHdr>",
     "<CreDtTm>20 Nov</CreDtTm></GrpHdr>",
     {"3 GrpHdr/CreDtTm wrong_form"}},
    {"more places than kronor have",
     "<Amt Ccy=\"SEK\">249.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     "<Amt Ccy=\"SEK\">249.000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     {"8 Ntry/Amt wrong_form"}},
    {"a comma",
     "<Amt Ccy=\"SEK\">249.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     "<Amt Ccy=\"SEK\">249,00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     {"8 Ntry/Amt wrong_form"}},
    {"a currency in small letters",
     "<Amt Ccy=\"SEK\">249.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     "<Amt Ccy=\"sek\">249.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     {"8 Ntry/Amt wrong_form"}},
    {"a direction in small letters",
     "CRDT</CdtDbtInd><Sts>",
     "crdt</CdtDbtInd><Sts>",
     {"8 Stmt/Ntry/CdtDbtInd wrong_form"}},
    {"no direction, but the kind of entry",
     "<CdtDbtInd>CRDT</CdtDbtInd><Sts>",
     "<Sts>",
     {"8 Ntry/CdtDbtInd missing_value"}},
};

const Row kNamespaces[] = {
    {"a version to come", "camt.053.001.02", "camt.053.001.99", {"2 xmlns unknown_version"}},
    {"a national one", "camt.053.001.02", "camt.053.007.02", {"2 xmlns unknown_version"}},
    {"a message that there is not",
     "camt.053.001.02",
     "camt.099.001.02",
     {"2 xmlns wrong_namespace"}},
    {"of another message", "camt.053.001.02", "camt.054.001.02", {"2 xmlns wrong_namespace"}},
    {"none",
     " xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"",
     "",
     {"2 xmlns wrong_namespace"}},
    {"none, but the address of its schema",
     " xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"",
     " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" "
     "i:noNamespaceSchemaLocation=\"camt.053.001.99.xsd\"",
     {"2 xmlns wrong_namespace", "2 xmlns unknown_version"}},
    {"none, and an element that no version has",
     " xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>",
     "><BkToCstmrStmt><Colour>red</Colour><UETR>x</UETR>",
     {"2 xmlns wrong_namespace", "2 Colour unknown_element"}},
    {"a foreign one",
     "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02",
     "http://example.com/x",
     {"2 xmlns wrong_namespace"}},
    {"of an Austrian bank",
     "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02",
     "ISO:camt.053.001.02:APC:STUZZA:payments:003",
     {}},
};

void expect_read(const BankFileKept& file, std::string_view format) {
  EXPECT_EQ(file.format, format);
  EXPECT_TRUE(file.control.agrees);
  ASSERT_EQ(file.entries.size(), 1U);
  EXPECT_EQ(file.entries[0].amount.to_decimal_string(), "249.00");
  EXPECT_EQ(file.entries[0].direction, domain::MoneyDirection::kCredit);
}

TEST(SchemaFaults, OfStructureAreToldAndRead) {
  for (const Row& row : kStructure) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(changed(kMessage, row.from, row.to));
    expect_read(file, "camt.053");
    EXPECT_EQ(file.problem_lines(), row.problems);
  }
}

TEST(SchemaFaults, OfTextsAreToldAndRead) {
  for (const Row& row : kTexts) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(changed(kMessage, row.from, row.to));
    expect_read(file, "camt.053");
    EXPECT_EQ(file.problem_lines(), row.problems);
  }
}

TEST(SchemaFaults, OfNamespacesAreToldAndRead) {
  for (const Row& row : kNamespaces) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(changed(kMessage, row.from, row.to));
    expect_read(file, "camt.053");
    EXPECT_EQ(file.problem_lines(), row.problems);
  }
}

TEST(SchemaFaults, AMessageInAnothersNamespaceIsWhatItsElementsSay) {
  std::string notice = kMessage;
  for (const auto& [from, to] :
       {std::pair{"<BkToCstmrStmt>", "<BkToCstmrDbtCdtNtfctn>"},
        std::pair{"</BkToCstmrStmt>", "</BkToCstmrDbtCdtNtfctn>"}, std::pair{"<Stmt>", "<Ntfctn>"},
        std::pair{"</Stmt>", "</Ntfctn>"}}) {
    notice = changed(notice, from, to);
  }
  const std::size_t first = notice.find("<Bal>"), last = notice.rfind("</Bal>\n") + 7;
  notice.erase(first, last - first);
  const BankFileKept file = read_bank_file(notice);
  expect_read(file, "camt.054");
  EXPECT_EQ(file.problem_lines(), std::vector<std::string>{"2 xmlns wrong_namespace"});
}

TEST(SchemaFaults, ThatRepeatAreCountedNotListed) {
  const std::size_t begin = kMessage.find("<Ntry>"), end = kMessage.find("</Ntry>") + 7;
  const std::string entry =
      changed(kMessage.substr(begin, end - begin), "<NtryRef>", "<Colour>red</Colour><NtryRef>");
  std::string entries;
  for (int count = 0; count < 1'000; ++count) entries += entry + "\n";
  std::string text = kMessage;
  text.replace(begin, end - begin, entries);
  const BankFileKept file = read_bank_file(text);
  EXPECT_EQ(file.entries.size(), 1'000U);
  // The closing balance, those that are told, and how many more there are.
  ASSERT_EQ(file.problems.size(), static_cast<std::size_t>(kAlikeTold) + 2);
  EXPECT_EQ(file.problems.back().code, "unknown_element");
  EXPECT_NE(file.problems.back().text.find("980 more"), std::string::npos);
  EXPECT_NE(file.problems.back().text.find("line 8000"), std::string::npos)
      << file.problems.back().text;
}

TEST(SchemaFaults, ABombHasOneProblem) {
  std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE Document [<!ENTITY l0 \"ha\">\n";
  for (int level = 1; level < 10; ++level) {
    bomb += "<!ENTITY l" + std::to_string(level) + " \"";
    for (int each = 0; each < 10; ++each) bomb += "&l" + std::to_string(level - 1) + ";";
    bomb += "\">\n";
  }
  bomb += "]>\n" + changed(kMessage.substr(kMessage.find("<Document")), "Bill 7", "&l9;");
  const BankFileKept file = read_bank_file(bomb);
  EXPECT_EQ(file.format, "camt.053");
  EXPECT_EQ(file.entries.size(), 0U);
  EXPECT_FALSE(file.control.agrees);
  EXPECT_EQ(file.problem_lines(), std::vector<std::string>{"2 l0 entity_not_allowed"});
}

// What xmllint says of each sample against its schema, so do we: of the first fault the element.
TEST(SchemaFaults, AreThoseThatAValidatorFinds) {
  const std::string root = TELGIRO_SOURCE_DIR "/../shared/data/bank/";
  std::ifstream in(root + "schema_validity.txt");
  if (!in) GTEST_SKIP() << "../shared/data/bank is absent";
  const std::vector<std::string> codes = {"unknown_element", "element_out_of_place",
                                          "text_too_long", "wrong_form", "missing_value"};
  int compared = 0;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string verdict, message, path;
    words >> verdict >> message >> path;
    const bool ours = message.starts_with("camt.05") || message.starts_with("pain.002");
    if (!ours || (verdict != "VALID" && verdict != "INVALID")) continue;
    ++compared;
    SCOPED_TRACE(line);
    std::ifstream sample(root + path, std::ios::binary);
    const BankFileKept file =
        read_bank_file(std::string(std::istreambuf_iterator<char>(sample), {}));
    const auto fault = std::ranges::find_if(file.problems, [&](const auto& problem) {
      return std::ranges::find(codes, problem.code) != codes.end();
    });
    ASSERT_EQ(fault == file.problems.end(), verdict == "VALID")
        << (fault == file.problems.end() ? "" : fault->field);
    if (verdict == "VALID") continue;
    const std::size_t quote = line.find("Element '") + 9;
    const std::string element = line.substr(quote, line.find('\'', quote) - quote);
    EXPECT_NE(fault->field.find(element), std::string::npos) << fault->field;
  }
  EXPECT_EQ(compared, 16);
}

}  // namespace
}  // namespace formats::bank::iso20022
