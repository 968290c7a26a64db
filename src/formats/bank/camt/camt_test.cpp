// camt: files that are cut, and files that were made to harm.
#include "formats/bank/camt/camt.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "formats/bank/camt/camt_reader.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank::camt {
namespace {

using tests::BankFileKept;
using tests::read_bank_file;

const std::string kHead =
    "<?xml version=\"1.0\"?>\n"
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>"
    "<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-20T06:00:00</CreDtTm></GrpHdr>\n"
    "<Stmt><Id>S</Id><CreDtTm>2026-11-20T06:00:00</CreDtTm>"
    "<Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>"
    "<Bal><Tp><CdOrPrtry><Cd>ITBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"SEK\">0.00</Amt>"
    "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>\n";
const std::string kEntry =
    "<Ntry><Amt Ccy=\"SEK\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
    "<BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd></Ntry>\n";
const std::string kTail = "</Stmt></BkToCstmrStmt></Document>\n";

// A beginning, a piece that is repeated, and an end: files that are never held.
class Repeated final : public ByteSource {
 public:
  Repeated(std::string head, std::string piece, std::size_t times, std::string tail)
      : head_(std::move(head)), piece_(std::move(piece)), times_(times), tail_(std::move(tail)) {}

  [[nodiscard]] base::Result<std::string_view> next() override {
    if (at_ > times_ + 1) return std::string_view();
    const std::size_t at = at_++;
    if (at == 0) return std::string_view(head_);
    return std::string_view(at <= times_ ? piece_ : tail_);
  }

 private:
  std::string head_, piece_;
  std::size_t times_;
  std::string tail_;
  std::size_t at_ = 0;
};

// The most memory that this process ever held.
std::int64_t peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
  }
  return 0;
}

TEST(Camt, NamesWhatIsHostileAndReadsNoFurther) {
  const std::string laughs =
      "<!DOCTYPE Document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;\">]>\n";
  const std::string external = "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n";
  const std::string remote = "<!DOCTYPE Document SYSTEM \"http://127.0.0.1:9/x.dtd\">\n";
  const std::string parameter =
      "<!DOCTYPE Document [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]>\n";
  const std::string body = kHead.substr(kHead.find("<Document")) + kEntry;
  std::string deep;
  for (int level = 0; level < 200; ++level) deep += "<X>";
  std::string attributes, spaces;  // Comparing each with each would take hours.
  for (int count = 0; count < 200'000; ++count) {
    attributes += " a" + std::to_string(count) + "=''";
    spaces += " xmlns:a" + std::to_string(count) + "='u'";
  }
  struct Row {
    std::string_view what;
    std::string file;
    std::size_t entries;
    std::vector<std::string> codes;
  };
  const Row rows[] = {
      {"a bomb of entities",
       laughs + body + "<Ntry><Amt>&c;</Amt></Ntry>" + kTail,
       0,
       {"entity_not_allowed"}},
      {"a file of ours",
       external + body + "<Ntry><Amt>&x;</Amt></Ntry>" + kTail,
       0,
       {"entity_not_allowed"}},
      {"a declaration elsewhere", remote + body + kTail, 1, {"doctype_not_allowed"}},
      {"a parameter entity", parameter + body + kTail, 0, {"entity_not_allowed"}},
      {"nesting", body + deep, 1, {"xml_too_deep"}},
      {"many attributes",
       body + "<Ntry" + attributes + "/>" + kEntry + kTail,
       1,
       {"xml_tag_too_long"}},
      {"many namespaces", body + "<Ntry" + spaces + "/>" + kEntry + kTail, 1, {"xml_tag_too_long"}},
      {"an element that is not closed",
       body + "<Ntry><Amt></Ntry>" + kEntry + kTail,
       1,
       {"bad_xml"}},
      {"an unknown entity", body + "<Ntry>&hm;</Ntry>" + kTail, 1, {"bad_xml", "missing_value"}},
      {"bytes that are no UTF-8",
       body + "<Ntry><AddtlNtryInf>R\xE5</AddtlNtryInf></Ntry>" + kTail,
       1,
       {"bad_encoding", "missing_value"}},
      {"a second document", body + kTail + body, 1, {"bad_xml"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(row.file);
    EXPECT_EQ(file.format, "camt.053");
    EXPECT_EQ(file.entries.size(), row.entries);
    EXPECT_FALSE(file.control.agrees);
    std::set<std::string> codes;
    for (const auto& problem : file.problems) codes.insert(problem.code);
    for (const std::string& code : row.codes) {
      EXPECT_TRUE(codes.contains(code)) << code;
    }
  }
}

TEST(Camt, SaysWhatBanksTookOnTheWay) {
  const auto amount = [](const std::string& element, const std::string& sum) {
    return "<" + element + " Ccy=\"SEK\">" + sum + "</" + element + ">";
  };
  const auto record = [&](const std::string& sum, const std::string& more) {
    return "<Rcrd>" + amount("Amt", sum) + more + "</Rcrd>";
  };
  const std::string given_back = "<CdtDbtInd>CRDT</CdtDbtInd>";
  const std::string within = "<ChrgInclInd>true</ChrgInclInd>";
  struct Row {
    std::string_view what;
    std::string charges;
    std::string_view taken;  // Empty: nothing.
    bool is_apart;
  };
  const Row rows[] = {
      {"one record", record("5.00", within), "5.00", false},
      {"two are added", record("5.00", within) + record("2.50", ""), "7.50", false},
      {"one taken, some of it given back", record("5.00", within) + record("2.00", given_back),
       "3.00", false},
      {"given back only", record("15.00", given_back), "", false},
      {"a total alone", amount("TtlChrgsAndTaxAmt", "4.00"), "4.00", false},
      {"records count before the total",
       amount("TtlChrgsAndTaxAmt", "9.00") + record("5.00", within), "5.00", false},
      {"the debtor's, whatever else is said", record("5.00", within + "<Br>DEBT</Br>"), "5.00",
       true},
      {"booked apart", record("5.00", "<ChrgInclInd>false</ChrgInclInd>"), "5.00", true},
      {"ours beside the debtor's",
       record("5.00", "<Br>DEBT</Br>") + record("2.00", "<Br>CRED</Br>"), "2.00", false},
      {"no record, as before version 4", amount("Amt", "5.00") + "<Br>DEBT</Br>", "5.00", true},
      {"given back, as before version 4", amount("Amt", "5.00") + given_back, "", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    std::string entry = kEntry;
    entry.insert(entry.find("</Ntry>"), "<Chrgs>" + row.charges + "</Chrgs>");
    const BankFileKept file = read_bank_file(kHead + entry + kTail);
    ASSERT_EQ(file.entries.size(), 1U);
    const auto& read = file.entries.front();
    EXPECT_EQ(read.charges ? read.charges->to_decimal_string() : "", row.taken);
    EXPECT_EQ(read.charges_apart, row.is_apart);
  }
}

TEST(Camt, PassesOverWhatOldProgramsPutBehind) {
  using namespace std::string_literals;
  struct Row {
    std::string_view what;
    std::string behind;
    bool agrees;
    std::string_view code;
  };
  const Row rows[] = {
      {"^Z", "\x1A", true, "padding_after_xml"},
      {"NUL", "\0"s, true, "padding_after_xml"},
      {"a block of NUL", std::string(512, '\0') + "\n", true, "padding_after_xml"},
      {"an end of line", "\n", true, ""},
      {"NUL and then letters", "\0x"s, false, "bad_xml"},
      {"letters", "x", false, "bad_xml"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(kHead + kEntry + kTail + row.behind);
    EXPECT_EQ(file.entries.size(), 1U);
    std::set<std::string> codes;
    for (const auto& problem : file.problems) codes.insert(problem.code);
    EXPECT_EQ(codes.contains("bad_xml"), !row.agrees);
    EXPECT_TRUE(row.code.empty() || codes.contains(std::string(row.code)));
  }
  EXPECT_FALSE(read_bank_file(kHead + "\x1A").control.agrees) << "it ends before its elements";
}

std::string entry_with(const std::string& text) {
  std::string entry = kEntry;
  return entry.insert(entry.find("</Ntry>"), "<AddtlNtryInf>" + text + "</AddtlNtryInf>");
}

// What is forgiven harms no text behind it.
TEST(Camt, ReadsTextsAsTheyAreMeant) {
  struct Row {
    std::string_view what;
    std::string written, read;
    std::vector<std::string> codes;
  };
  const Row rows[] = {
      {"references", "A &amp; B &lt;C&gt; &quot;D&quot; &#38; &#x26;", "A & B <C> \"D\" & &", {}},
      {"an ampersand alone", "A & B &amp; C", "A & B & C", {"bad_xml"}},
      {"an entity that nobody declared", "A &hm;&amp; B", "A &hm;& B", {"bad_xml"}},
      {"an ampersand in CDATA",
       "<![CDATA[A & B &amp; &hm;]]> & C",
       "A & B &amp; &hm; & C",
       {"bad_xml"}},
      {"CDATA alone", "<![CDATA[A & B]]>", "A & B", {}},
      {"brackets in CDATA", "<![CDATA[A]] & B]]]>", "A]] & B]", {}},
      {"a comment", "A<!-- B & C -->", "A", {}},
      {"an instruction", "A<?b & c?>", "A", {}},
      {"a number that is no letter",
       "A &#0;&amp; B &#xFFFF;&amp;",
       "A &#0;& B &#xFFFF;&",
       {"bad_xml", "bad_xml"}},
      {"a number that is none", "&#x;&amp; &#12a;", "&#x;& &#12a;", {"bad_xml", "bad_xml"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const BankFileKept file =
        read_bank_file(kHead + entry_with(row.written) + entry_with("D &amp; E &lt; F") + kTail);
    ASSERT_EQ(file.entries.size(), 2U);
    EXPECT_EQ(file.entries[0].remittance, std::vector{row.read});
    EXPECT_EQ(file.entries[1].remittance, std::vector<std::string>{"D & E < F"});
    std::vector<std::string> codes;
    for (const auto& problem : file.problems) codes.push_back(problem.code);
    EXPECT_EQ(codes, row.codes);
  }
  // Bytes of another encoding are another letter, and no more.
  const BankFileKept file =
      read_bank_file(kHead + entry_with("R\xE5 &amp; B") + entry_with("D &amp; E") + kTail);
  ASSERT_EQ(file.entries.size(), 2U);
  EXPECT_EQ(file.entries[0].remittance, std::vector<std::string>{"Rå & B"});
  EXPECT_EQ(file.entries[1].remittance, std::vector<std::string>{"D & E"});
}

// The parser gets a file in pieces of 65,536 bytes: each of these may end one.
TEST(Camt, TextsAreTheSameWhereverAPieceEnds) {
  const std::string text = "A<![CDATA[ & B]]> &amp; C<!-- & -->";
  const std::string entry = entry_with(text);
  const std::size_t begin = entry.find(text);
  for (std::size_t into = 0; into <= text.size(); ++into) {
    const std::string head = kHead + "<!--";
    const std::size_t padding = 65'536 - head.size() - 3 - begin - into;
    const BankFileKept file =
        read_bank_file(head + std::string(padding, 'x') + "-->" + entry + kTail);
    ASSERT_EQ(file.entries.size(), 1U) << into;
    EXPECT_EQ(file.entries[0].remittance, std::vector<std::string>{"A & B & C"}) << into;
    EXPECT_EQ(file.problem_lines(), std::vector<std::string>{}) << into;
  }
}

// ASCII and a letter of two units, in either order of bytes.
std::string utf16(const std::string& text, bool big, bool mark = true) {
  std::string out;
  const auto put = [&](unsigned unit) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    out += big ? std::string{high, low} : std::string{low, high};
  };
  if (mark) put(0xFEFF);
  for (const char c : text) {
    if (c == '@') {
      put(0xD83D);
      put(0xDE00);
    } else {
      put(static_cast<unsigned char>(c));
    }
  }
  return out;
}

TEST(Camt, ReadsUtf16AsItReadsUtf8) {
  const std::string head =
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n" + kHead.substr(kHead.find("<Document"));
  const std::string text = head + entry_with("R\xE5 @ &amp; B") + kTail;
  const std::string cut = utf16(text, false).substr(0, 2 * text.size() - 1);
  std::string spoiled = utf16(text, true);
  spoiled.replace(spoiled.find("\xD8\x3D"), 2, "\xDC\x3D");
  struct Row {
    std::string_view what;
    std::string bytes, remittance;
    bool agrees;
  };
  const Row rows[] = {
      {"little end first", utf16(text, false), "Rå \xF0\x9F\x98\x80 & B", true},
      {"big end first", utf16(text, true), "Rå \xF0\x9F\x98\x80 & B", true},
      {"without a mark", utf16(text, false, false), "Rå \xF0\x9F\x98\x80 & B", true},
      {"cut in the middle of a letter", cut, "Rå \xF0\x9F\x98\x80 & B", false},
      {"halves that do not belong together", spoiled, "Rå \uFFFD\uFFFD & B", true},
  };
  for (const Row& row : rows) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{65'536}}) {
      SCOPED_TRACE(std::string(row.what) + " " + std::to_string(step));
      const BankFileKept file = read_bank_file(row.bytes, step);
      EXPECT_EQ(file.format, "camt.053");
      ASSERT_EQ(file.entries.size(), 1U);
      EXPECT_EQ(file.entries[0].remittance, std::vector<std::string>{row.remittance});
      EXPECT_EQ(file.control.agrees, row.agrees);
      EXPECT_EQ(file.problems.empty(),
                row.remittance.find("\uFFFD") == std::string::npos && row.agrees);
    }
  }
}

TEST(Camt, EntriesOfSeveralCurrenciesProveNothing) {
  std::string other = kEntry;
  other.replace(other.find("SEK"), 3, "EUR");
  const BankFileKept file = read_bank_file(kHead + kEntry + other + kTail);
  EXPECT_EQ(file.entries.size(), 2U);
  EXPECT_EQ(file.problem_lines(), std::vector<std::string>{"6 Stmt/Ntry/Amt wrong_currency"});
  EXPECT_FALSE(file.control.agrees);
}

TEST(Camt, BalancesOfSeveralCurrenciesProveNothing) {
  const auto balance = [](const std::string& kind, const std::string& currency) {
    return "<Bal><Tp><CdOrPrtry><Cd>" + kind + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"" + currency +
           "\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>";
  };
  struct Row {
    std::string opening, closing, entry;
    std::vector<std::string> problems;
  };
  const Row rows[] = {
      {"SEK", "SEK", "", {"5 Stmt/Bal/Amt balances_do_not_add_up"}},
      {"SEK", "EUR", "", {"5 Stmt/Bal/Amt wrong_currency"}},
      {"SEK", "SEK", "EUR", {"6 Stmt/Bal/Amt wrong_currency"}},
      {"EUR", "EUR", "", {"5 Stmt/Bal/Amt wrong_currency"}},
  };
  for (const Row& row : rows) {
    std::string other = row.entry.empty() ? "" : kEntry;
    if (!other.empty()) other.replace(other.find("SEK"), 3, row.entry);
    const BankFileKept file = read_bank_file(kHead + balance("OPBD", row.opening) +
                                             balance("CLBD", row.closing) + other + kEntry + kTail);
    SCOPED_TRACE(row.opening + row.closing + row.entry);
    EXPECT_EQ(file.problem_lines(), row.problems);
    EXPECT_FALSE(file.control.agrees);
  }
}

// AddressSanitizer keeps what was freed for a while.
#ifdef __SANITIZE_ADDRESS__
constexpr std::int64_t kKilobytesMax = 300'000;
#else
constexpr std::int64_t kKilobytesMax = 50'000;
#endif

TEST(Camt, EndlessPartsCostNoMemory) {
  const std::string megabyte(1U << 20, 'x');
  const std::string entry_open = kHead + kEntry + "<Ntry>";
  struct Row {
    std::string_view what;
    std::string head, tail;
    std::string_view code;
  };
  const Row rows[] = {
      {"a text that is wanted", entry_open + "<AddtlNtryInf>", "</AddtlNtryInf></Ntry>" + kTail,
       "text_too_long"},
      {"a text that is not", entry_open + "<What>", "</What></Ntry>" + kTail, "unknown_element"},
      {"an attribute", entry_open + "<Amt Ccy=\"", "\">1</Amt></Ntry>" + kTail, "xml_tag_too_long"},
      {"a name", entry_open + "<", "/></Ntry>" + kTail, "xml_tag_too_long"},
      {"a comment", entry_open + "<!--", "--></Ntry>" + kTail, "bad_xml"},
      {"an instruction", entry_open + "<?x ", "?></Ntry>" + kTail, "bad_xml"},
      {"a reference", entry_open + "<Amt>&", ";</Amt></Ntry>" + kTail, "bad_xml"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const std::int64_t before = peak_kilobytes();
    const bool first = &row == &rows[0];
    Repeated source(row.head, megabyte, first ? 1'024 : 64, row.tail);
    BankFileKept kept;
    const auto control = read(source, kept);
    ASSERT_TRUE(control);
    EXPECT_EQ(kept.entries.size(), 1U);
    ASSERT_FALSE(kept.problems.empty());
    EXPECT_EQ(kept.problems.front().code, row.code);
    EXPECT_LT(peak_kilobytes() - before, kKilobytesMax);
  }
}

// Counts what it is told, and keeps none of it.
class Counting final : public BankFileSink {
 public:
  bool statement_begins(const domain::BankStatement&) override { return true; }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(domain::BankEntry&& entry) override {
    ++entries;
    details += entry.details.size();
    most = std::max(most, entry.details.size());
    minor += entry.amount.minor();
    std::int64_t sum = 0;
    for (const auto& detail : entry.details) sum += detail.amount ? detail.amount->minor() : 0;
    parts_fit = parts_fit && sum == entry.amount.minor();
    return true;
  }
  bool mandate(domain::BankMandate&&) override { return true; }
  bool status(domain::BankStatus&&) override { return true; }
  bool problem(domain::BankProblem&& problem) override {
    codes.insert(problem.code);
    return true;
  }
  std::size_t entries = 0, details = 0, most = 0;
  std::int64_t minor = 0;
  bool parts_fit = true;
  std::set<std::string> codes;
};

TEST(Camt, AnEntryOfAMillionPartsComesInSeveralAndIsWhole) {
  constexpr std::size_t kParts = 1'200'000;
  const std::string part =
      "<TxDtls><Refs><EndToEndId>E</EndToEndId></Refs><Amt Ccy=\"SEK\">1.50</Amt></TxDtls>\n";
  const std::string silent = "<TxDtls><Refs><EndToEndId>E</EndToEndId></Refs></TxDtls>\n";
  const auto head = [](const std::string& amount) {
    return kHead + "<Ntry><Amt Ccy=\"SEK\">" + amount +
           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><NtryDtls>\n";
  };
  struct Row {
    std::string_view what;
    std::string amount, part;
    std::size_t entries, details;
    bool parts_fit;
    std::string_view code;
  };
  const Row rows[] = {
      {"all of it", "1800000.00", part, kParts / kDetailsOfEntryMax, kParts, true,
       "entry_in_parts"},
      {"more than its parts", "1800000.25", part, kParts / kDetailsOfEntryMax + 1, kParts, false,
       "entry_in_parts"},
      {"less than its parts", "20000.00", part, 2, 2 * kDetailsOfEntryMax, false,
       "section_too_long"},
      {"parts that say no share", "20000.00", silent, 1, kDetailsOfEntryMax, false,
       "section_too_long"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const std::int64_t before = peak_kilobytes();
    Repeated source(head(row.amount), row.part, kParts, "</NtryDtls></Ntry>" + kTail);
    Counting told;
    ASSERT_TRUE(read(source, told));
    EXPECT_EQ(told.entries, row.entries);
    EXPECT_EQ(told.details, row.details);
    EXPECT_LE(told.most, kDetailsOfEntryMax);
    EXPECT_EQ(base::Money(told.minor, base::Currency::parse("SEK").value()).to_decimal_string(),
              row.amount);
    EXPECT_EQ(told.parts_fit, row.parts_fit);
    EXPECT_TRUE(told.codes.contains(std::string(row.code)));
    EXPECT_LT(peak_kilobytes() - before, kKilobytesMax);
  }
}

TEST(Camt, CutAnywhereKeepsWhatWasWhole) {
  const std::string file = kHead + kEntry + kEntry + kTail;
  const std::size_t first = kHead.size() + kEntry.size() - 1, second = first + kEntry.size();
  for (std::size_t size = kHead.size(); size + 2 < file.size(); ++size) {
    const BankFileKept kept = read_bank_file(std::string_view(file).substr(0, size));
    SCOPED_TRACE(size);
    EXPECT_EQ(kept.entries.size(), size < first ? 0U : size < second ? 1U : 2U);
    EXPECT_FALSE(kept.control.agrees);
    ASSERT_FALSE(kept.problems.empty());
    EXPECT_EQ(kept.problems.back().code, "file_cut");
    EXPECT_EQ(kept.begun, kept.statements.size());
  }
}

TEST(Camt, IsKnownByItsMessageOnly) {
  struct Row {
    std::string_view head, format;
  };
  const Row rows[] = {
      {"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.052.001.08\">", "camt.052"},
      {"<x:Document xmlns:x='urn:y'><x:BkToCstmrStmt>", "camt.053"},
      {"<!-- <BkToCstmrStmt> --><Document xmlns='urn:z:camt.054.001.04'>", "camt.054"},
      {"<Envelope><Body><BkToCstmrDbtCdtNtfctn><GrpHdr>", "camt.054"},
      {"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.056.001.08\">",
       "bank_file_not_recognised"},
      {"<Document>camt.053.001.02</Document>", "bank_file_not_recognised"},
      {"BkToCstmrStmt", "bank_file_not_recognised"},
      {" \n", "bank_file_empty"},
      {"", "bank_file_empty"},
  };
  for (const Row& row : rows) EXPECT_EQ(read_bank_file(row.head).format, row.format) << row.head;
}

TEST(Camt, StopsWhenNoMoreIsWanted) {
  BankFileKept kept;
  kept.entries_max = 3;
  Repeated source(kHead, kEntry, 1'000, kTail);
  ASSERT_TRUE(read(source, kept));
  EXPECT_EQ(kept.entries.size(), 3U);
  EXPECT_EQ(kept.statements.size(), 0U);
}

}  // namespace
}  // namespace formats::bank::camt
