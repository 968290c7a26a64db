// Papers as files, read back by other programs: qpdf says whether they are right, pdftotext what
// stands on them and where.
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

#include "flows/compose/paper_texts.h"
#include "formats/document/pdf/paper_printer.h"
#include "tests/support/program.h"
#include "tests/support/sample_papers.h"
#include "tests/support/scanned_code.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/support/shipped_fonts.h"

namespace flows::compose {
namespace {

namespace pdf = formats::document::pdf;
using locale::Language;

constexpr std::string_view kAddress = "https://faktura.example/b/3q2-7wAbCdEfGhIjKlMnOpQrStU";

[[nodiscard]] pdf::PrintedPaper print(const domain::Invoice& paper, Language language,
                                      std::string_view url = kAddress) {
  auto printed = pdf::PaperPrinter(pdf::shipped_fonts())
                     .print(paper_texts(paper, locale::shipped_catalogue(), language, {url}));
  EXPECT_TRUE(printed.has_value());
  return printed ? *std::move(printed) : pdf::PrintedPaper();
}
[[nodiscard]] pdf::PrintedPaper print(const domain::Invoice& paper) {
  return print(paper, paper_language(paper));
}

// What a program says of a file with these bytes.
[[nodiscard]] std::string ask(std::vector<std::string> command, std::string_view bytes,
                              std::vector<std::string> after = {}) {
  const tests::TemporaryFolder folder;
  tests::write_file(folder.file("paper.pdf"), bytes);
  command.push_back(folder.file("paper.pdf"));
  command.insert(command.end(), after.begin(), after.end());
  const tests::Ended ended = tests::run_program({command});
  return ended.exit_code == 0 ? ended.output + ended.errors
                              : "exit " + std::to_string(ended.exit_code) + ended.errors;
}

// No-break spaces as usual ones.
[[nodiscard]] std::string plain(std::string text) {
  for (const std::string_view space : {"\u00A0", "\u202F"}) {
    for (std::size_t at; (at = text.find(space)) != text.npos;) text.replace(at, space.size(), " ");
  }
  return text;
}

[[nodiscard]] std::string text_of(const pdf::PrintedPaper& paper) {
  return plain(ask({"/usr/bin/pdftotext", "-layout"}, paper.bytes, {"-"}));
}

// The amount at the end of the line that begins so; one for each page that has it.
[[nodiscard]] std::vector<std::string> amounts_after(const std::string& text,
                                                     const std::string& label) {
  std::vector<std::string> amounts;
  for (std::size_t at = 0; (at = text.find(label, at)) != text.npos; at += label.size()) {
    const std::size_t first = text.find_first_not_of(' ', at + label.size());
    amounts.push_back(text.substr(first, text.find('\n', first) - first));
  }
  return amounts;
}

TEST(Paper, EverySampleIsAFileWithoutFault) {
  for (const auto& [name, paper] : fixture::sample_papers()) {
    const std::string said = ask({"/usr/bin/qpdf", "--check"}, print(paper).bytes);
    EXPECT_TRUE(said.contains("No syntax or stream encoding errors found")) << name << said;
    EXPECT_FALSE(said.contains("WARNING")) << name << said;
  }
}

TEST(Paper, SameDocumentSameBytes) {
  pdf::PaperPrinter used(pdf::shipped_fonts());
  for (const auto& [name, paper] : fixture::sample_papers()) {
    const auto texts =
        paper_texts(paper, locale::shipped_catalogue(), paper_language(paper), {kAddress});
    const auto first = used.print(texts);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->bytes, print(paper).bytes) << name;
    EXPECT_FALSE(first->bytes.contains("/URI")) << "nothing outside the file";
  }
}

TEST(Paper, OnePageIsSmall) {
  for (const auto& paper :
       {fixture::household_paper("sv"), fixture::household_paper("fi"), fixture::euro_paper()}) {
    const auto printed = print(paper);
    EXPECT_EQ(printed.pages, 1);
    EXPECT_LT(printed.bytes.size(), 30'000U);
  }
}

TEST(Paper, SaysWhatALawfulInvoiceSays) {
  struct Row {
    domain::Invoice paper;
    std::vector<std::string> says;
  };
  const Row rows[] = {
      {fixture::household_paper("sv"),
       {"Faktura",
        "A1000123",
        "1 november 2026",
        "1004817",
        "Elin Öhrström",
        "Björkvägen 14",
        "907 36",
        "Aurora Telekom AB",
        "Box 1204, 411 23 Göteborg",
        "556000-4615",
        "SE556000461501",
        "2 847,00 kr",
        "1 december 2026",
        "1000 1239 2",
        "5050-1055",
        "2 277,23",
        "569,31",
        "0,46 kr",
        "25 %",
        "Halva priset i tre månader",
        "−249,50",
        "19 av 30 dagar",
        "Sida 1 av 1"}},
      {fixture::euro_paper(),
       {"Lasku", "Aino Mäkelä", "00100", "63,42 €", "1. joulukuuta 2026", "100 01235",
        "FI21 1234 5600 0007 85", "NDEAFIHH", "FI01120389", "25,5 %", "50,53", "12,89", "12,5 min",
        "0,84 Gt", "sisältyy hintaan", "Sivu 1/1"}},
      {fixture::business_paper("en", 4),
       {"Invoice", "Måsens Bygg & Måleri AB", "Sum without VAT", "VAT total", "6%", "25%", "12.75",
        "42.50", "Handbook", "Page 1 of 1"}},
      {fixture::credit_paper(),
       {"Kreditfaktura", "K1042", "20 november 2026", "Avser faktura", "A1000123, 1 november 2026",
        "Tillgodo", "2 847,00 kr"}},
      {fixture::plan_paper(), {"237,00 kr", "Del 12 av 12", "1 november 2027", "240,00"}},
  };
  for (const Row& row : rows) {
    const std::string text = text_of(print(row.paper));
    for (const std::string& said : row.says) EXPECT_TRUE(text.contains(said)) << said << text;
  }
}

// What a scanner reads in a picture of the page: of each country its own code.
TEST(Paper, CodesAreReadFromAPictureOfThePage) {
  ASSERT_TRUE(tests::can_scan()) << "zbar-tools is not installed: ./dev setup";
  const struct {
    domain::Invoice paper;
    std::vector<std::string> reads;
  } rows[] = {
      {fixture::euro_paper(),
       {"CODE-128:421123456000007850000634200000000000000010001235261201", "EUR63.42",
        "\nRF1210001235"}},
      {fixture::finnish_rf_paper(), {"CODE-128:521123456000007850000", "261201", "EUR"}},
      {fixture::german_paper(), {"QR-Code:BCD\n002\n1\nSCT", "DE89370400440532013000"}},
  };
  for (const auto& row : rows) {
    const tests::TemporaryFolder folder;
    tests::write_file(folder.file("paper.pdf"), print(row.paper).bytes);
    const tests::Ended drawn =
        tests::run_program({{"/usr/bin/pdftoppm", "-r", "200", "-gray", "-singlefile",
                             folder.file("paper.pdf"), folder.file("page")}});
    ASSERT_EQ(drawn.exit_code, 0) << drawn.errors;
    const std::string read = tests::scan_bytes(tests::read_file(folder.file("page.pgm")));
    for (const std::string& said : row.reads) EXPECT_TRUE(read.contains(said)) << said << read;
  }
}

TEST(Paper, LinesForMachinesStandInTheirColumns) {
  const auto without_blanks = [](std::string text) {
    std::erase(text, ' ');
    return text;
  };
  const auto said = [&](const domain::Invoice& paper) {
    return without_blanks(text_of(print(paper)));
  };
  EXPECT_TRUE(said(fixture::household_paper("sv")).contains("#100012392#2847002>50501055#41#"));
  EXPECT_TRUE(said(fixture::norwegian_paper()).contains("H12345678901284988<2>86011117947"));
  EXPECT_TRUE(said(fixture::danish_paper()).contains("+71<000000012345674+81234567<"));
}

// A credit note asks for nothing; nor does an invoice of nothing.
TEST(Paper, ASlipOnlyWhereThereIsSomethingToPay) {
  EXPECT_TRUE(text_of(print(fixture::household_paper("sv"))).contains("Så betalar du"));
  EXPECT_FALSE(text_of(print(fixture::credit_paper())).contains("Så betalar du"));
  auto nothing = fixture::household_paper("sv");
  nothing.total = fixture::kronor(0);
  EXPECT_FALSE(text_of(print(nothing)).contains("Så betalar du"));
}

// In euro the banks' apps read a transfer; elsewhere the code is the bill's page or none.
TEST(Paper, CodesFollowTheLinkAndTheCurrency) {
  const auto codes = [](const domain::Invoice& paper, std::string_view url) {
    const auto texts = paper_texts(paper, locale::shipped_catalogue(), Language::kEnglish, {url});
    return texts.slip ? texts.slip->codes.size() : std::size_t{99};
  };
  EXPECT_EQ(codes(fixture::household_paper("sv"), kAddress), 1U);
  EXPECT_EQ(codes(fixture::household_paper("sv"), ""), 0U);
  EXPECT_EQ(codes(fixture::euro_paper(), kAddress), 2U);
  EXPECT_EQ(codes(fixture::euro_paper(), ""), 1U);
  EXPECT_EQ(codes(fixture::credit_paper(), kAddress), 99U);
}

TEST(Paper, SubtotalsAreCarriedFromPageToPage) {
  const auto paper = fixture::business_paper("sv", 300);
  const auto printed = print(paper);
  ASSERT_GT(printed.pages, 3);
  const std::string text = text_of(printed);
  const auto sent = amounts_after(text, "Transport till nästa sida");
  const auto received = amounts_after(text, "Transport från föregående sida");
  EXPECT_EQ(sent.size(), static_cast<std::size_t>(printed.pages - 1));
  EXPECT_EQ(sent, received);
  for (int page = 1; page <= printed.pages; ++page) {
    EXPECT_TRUE(
        text.contains("Sida " + std::to_string(page) + " av " + std::to_string(printed.pages)));
  }
  // Each carried subtotal is the one before and the lines of its page: told by the page's text.
  const auto minor = [](std::string amount) {
    std::erase_if(amount, [](char c) { return c < '0' || c > '9'; });
    std::int64_t value = 0;
    std::from_chars(amount.data(), amount.data() + amount.size(), value);
    return value;
  };
  std::vector<std::string> pages;
  for (std::size_t at = 0, end; (end = text.find('\f', at)) != text.npos; at = end + 1) {
    pages.push_back(text.substr(at, end - at));
  }
  ASSERT_EQ(pages.size(), static_cast<std::size_t>(printed.pages));
  for (std::size_t page = 1; page + 1 < pages.size(); ++page) {
    const auto count = [&](const std::string& what) {
      return static_cast<std::int64_t>(amounts_after(pages[page], what).size());
    };
    const std::int64_t lines =
        count("Mobil Företag 20 GB") * 23'920 - count("Halva priset i tre månader") * 11'960;
    EXPECT_EQ(minor(sent[page]), minor(sent[page - 1]) + lines) << page;
  }
}

TEST(Paper, AllEightLanguages) {
  for (const Language language : locale::kLanguages) {
    const auto printed = print(fixture::household_paper("sv"), language);
    const std::string text = text_of(printed);
    const auto& catalogue = locale::shipped_catalogue();
    for (const std::string_view key : {"document.to_pay", "document.due", "bill.pay.how",
                                       "document.customer_number", "bill.reference.ocr"}) {
      EXPECT_TRUE(text.contains(plain(std::string(catalogue.text(language, key))))) << key << text;
    }
    EXPECT_TRUE(printed.bytes.contains("/Lang(" + std::string(locale::code(language)) + ")"));
    EXPECT_EQ(printed.missing, "") << locale::code(language);
  }
  auto unknown = fixture::household_paper("xx");
  EXPECT_EQ(paper_language(unknown), Language::kEnglish);
}

// Names of every script can be read, copied and searched; what no font has is said.
TEST(Paper, MixedScriptsCanBeCopied) {
  const auto printed = print(fixture::scripts_paper());
  EXPECT_EQ(printed.missing, "漢字");
  const std::string text = text_of(printed);
  for (const std::string_view name :
       {"Łódź-Śródmieście", "Żółkiewskiego", "Dvořáková & Růžička", "Ксения Щербакова",
        "Γιώργος Παπαδόπουλος", "Αθήνα", "Київ", "Đặng Thị Mỹ", "ქართული", "漢", "😀"}) {
    EXPECT_TRUE(text.contains(name)) << name << text;
  }
  for (const std::string_view word : {"فاطمة", "الزهراء", "محمد", "شارع"}) {
    EXPECT_TRUE(text.contains(word)) << word << text;
  }
}

// Every word of every sample stands between the margins, the foot and the head.
TEST(Paper, NothingLeavesThePaper) {
  for (const auto& [name, paper] : fixture::sample_papers()) {
    const std::string boxes =
        ask({"/usr/bin/pdftotext", "-bbox"}, print(paper, Language::kGerman).bytes, {"-"});
    std::size_t words = 0;
    for (std::size_t at = 0; (at = boxes.find("<word ", at)) != boxes.npos; ++at, ++words) {
      const auto edge = [&](const std::string& attribute) {
        const std::size_t begin = boxes.find(attribute + "=\"", at) + attribute.size() + 2;
        int points = 0;
        std::from_chars(boxes.data() + begin, boxes.data() + boxes.size(), points);
        return points;
      };
      const std::string word = boxes.substr(at, boxes.find("</word>", at) - at);
      EXPECT_GE(edge("xMin"), 56) << name << word;
      EXPECT_LE(edge("xMax"), 540) << name << word;
      EXPECT_LE(edge("yMax"), 830) << name << word;
    }
    EXPECT_GT(words, 50U) << name;
  }
}

TEST(Paper, HostileTextsStayTexts) {
  const auto printed = print(fixture::hostile_paper());
  const std::string text = text_of(printed);
  EXPECT_TRUE(text.contains("Brand ) Tj (\\")) << text;
  EXPECT_TRUE(text.contains("\\) Tj ET endstream (")) << text;
  EXPECT_TRUE(text.contains("((((((((")) << text;
  EXPECT_TRUE(text.contains("reversed zero width")) << text;
  EXPECT_TRUE(text.contains("…")) << "a text that is too long is seen to be";
}

// Bounded: the paper of a large company. Its size grows with its lines and with nothing else.
TEST(Paper, ThousandsOfLinesAreOnePaper) {
  const auto small = print(fixture::business_paper("sv", 2'000));
  const auto large = print(fixture::business_paper("sv", 20'000));
  EXPECT_GT(large.pages, 500);
  EXPECT_LT(large.bytes.size(), 11 * small.bytes.size());
  EXPECT_TRUE(ask({"/usr/bin/qpdf", "--check"}, large.bytes).contains("No syntax"));
}

}  // namespace
}  // namespace flows::compose
