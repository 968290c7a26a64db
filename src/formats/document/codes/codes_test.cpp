// Payment codes, byte by byte: published examples, those that the banks' rules refuse, and that
// another program reads what is drawn.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "domain/reference/payment_reference.h"
#include "formats/document/codes/code128.h"
#include "formats/document/codes/registry.h"
#include "formats/document/codes/swiss_qr.h"
#include "formats/document/qr/qr_code.h"
#include "tests/support/scanned_code.h"

namespace formats::document::codes {
namespace {

using domain::PostalAddress;

struct Row {
  std::string_view what;
  std::string_view code;
  std::string account;
  std::string_view amount;
  std::string_view scheme;
  std::string_view reference;
  std::string_view due;
  std::string_view expected;  // The text, or "!code place".
  std::string_view currency = {};
};

// The text of a row's code, or "!code place".
std::string written(const Row& row) {
  const PaymentCode* code = find_payment_code(row.code).value();
  const base::Currency currency =
      *base::Currency::parse(row.currency.empty() ? code->currency : row.currency);
  const PostalAddress payee_address{{"Rue examplaire 22a"}, "1000", "Lausanne", "CH"};
  domain::PayeeAccounts payee;
  switch (code->account) {
    case CodeAccount::kIban: payee.iban = row.account; break;
    case CodeAccount::kGiro:
      (row.account.contains(' ') ? payee.plusgiro : payee.bankgiro) = row.account;
      break;
    case CodeAccount::kDanishCreditor: break;
  }
  PaymentFacts facts{.payee_name = "Thomas LeClaire",
                     .payee_address = payee_address,
                     .payee = payee,
                     .danish_creditor = row.account,
                     .currency = currency,
                     .amount = {},
                     .reference_scheme = row.scheme,
                     .reference = row.reference};
  if (!row.amount.empty()) facts.amount = *base::Money::parse(row.amount, currency);
  if (!row.due.empty()) facts.due = *base::Date::parse(row.due);
  const auto text = code->write(facts);
  return text ? *text : "!" + text.error().code + " " + text.error().place;
}

void expect(std::span<const Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(written(row), row.expected) << row.what;
}

// One fact is wrong at a time, and it is the one that is named. The reference is wrong where the
// code takes any: as it stands in the last column.
TEST(PaymentCodes, NameTheFactThatIsWrong) {
  struct Kind {
    std::string_view code;
    std::string account, wrong_account;
    std::string_view scheme, reference, wrong_reference;
    std::string_view too_large, other_currency;
  };
  const std::string swiss = "CH9300762011623852957", finnish = "FI2112345600000785";
  const Kind kinds[] = {
      {"se-ocr-line", "5050-1055", "5050-1056", "se_ocr_luhn", "118562", "118563", "100000000.00",
       "EUR"},
      {"fi-barcode-4", finnish, "FI2112345600000786", "fi_viite", "1232", "1233", "1000000.00",
       "SEK"},
      {"fi-barcode-5", finnish, "SE4550000000058398257466", "iso11649_rf", "RF06559582243294671",
       "RF06559582243294672", "1000000.00", "SEK"},
      {"no-kid-line", "NO9386011117947", "NO9386011117948", "no_kid_mod10", "2345676", "2345677",
       "100000000.00", "SEK"},
      {"swiss-qr", swiss, "CH9300762011623852958", "iso11649_rf", "RF18539007547034",
       "RF18539007547035", "1000000000.00", "SEK"},
      {"dk-fi-71", "12345678", "1234567", "dk_fik71", "1234567890128", "123456789012",
       "1000000000.00", "EUR"},
  };
  for (const Kind& kind : kinds) {
    SCOPED_TRACE(kind.code);
    Row row{"", kind.code, kind.account, "1.00", kind.scheme, kind.reference, "", ""};
    EXPECT_FALSE(written(row).starts_with('!')) << written(row);
    const auto with = [&](auto member, auto value) {
      Row other = row;
      other.*member = value;
      return written(other);
    };
    EXPECT_EQ(with(&Row::account, kind.wrong_account), "!code_wrong_account account");
    EXPECT_EQ(with(&Row::amount, kind.too_large), "!code_amount_out_of_range amount");
    EXPECT_EQ(with(&Row::currency, kind.other_currency), "!code_wrong_currency currency");
    EXPECT_EQ(with(&Row::reference, kind.wrong_reference), "!code_wrong_reference reference");
    // Also where nobody names the reference's scheme.
    row.scheme = "";
    EXPECT_EQ(with(&Row::account, kind.wrong_account), "!code_wrong_account account");
    EXPECT_EQ(with(&Row::amount, kind.too_large), "!code_amount_out_of_range amount");
    EXPECT_EQ(with(&Row::currency, kind.other_currency), "!code_wrong_currency currency");
  }
}

// The first two are the examples of the Finnish guide.
TEST(PaymentCodes, FinnishBarcodes) {
  const Row rows[] = {
      {"the guide's version 4", "fi-barcode-4", "FI79 4405 2020 0360 82", "4883.15", "fi_viite",
       "86851 62596 19897", "2010-06-12", "479440520200360820048831500000000868516259619897100612"},
      {"the guide's version 5", "fi-barcode-5", "FI58 1017 1000 0001 22", "482.99", "iso11649_rf",
       "RF06 5595 8224 3294 671", "2012-01-31",
       "558101710000001220004829906000000559582243294671120131"},
      {"a viitenumero in version 5", "fi-barcode-5", "FI2112345600000785", "0.01", "fi_viite",
       "1232", "2026-12-01", "521123456000007850000000111000000000000000001232261201"},
      {"no amount and no day are zeros", "fi-barcode-4", "FI2112345600000785", "", "fi_viite",
       "1232", "", "421123456000007850000000000000000000000000001232000000"},
      {"the largest amount", "fi-barcode-4", "FI2112345600000785", "999999.99", "fi_viite", "1232",
       "2026-12-01", "421123456000007859999999900000000000000000001232261201"},
      {"a cent more", "fi-barcode-4", "FI2112345600000785", "1000000.00", "fi_viite", "1232",
       "2026-12-01", "!code_amount_out_of_range amount"},
      {"nothing to pay", "fi-barcode-4", "FI2112345600000785", "0.00", "fi_viite", "1232",
       "2026-12-01", "!code_amount_out_of_range amount"},
      {"another currency", "fi-barcode-4", "FI2112345600000785", "1.00", "fi_viite", "1232", "",
       "!code_wrong_currency currency", "SEK"},
      {"an account abroad", "fi-barcode-4", "DE89370400440532013000", "1.00", "fi_viite", "1232",
       "", "!code_wrong_account account"},
      {"a mistyped account", "fi-barcode-4", "FI2112345600000786", "1.00", "fi_viite", "1232", "",
       "!code_wrong_account account"},
      {"a wrong digit", "fi-barcode-4", "FI2112345600000785", "1.00", "fi_viite", "1233", "",
       "!code_wrong_reference reference"},
      {"an RF reference in version 4", "fi-barcode-4", "FI2112345600000785", "1.00", "iso11649_rf",
       "RF06559582243294671", "", "!code_wrong_reference reference"},
      {"letters in an RF reference", "fi-barcode-5", "FI2112345600000785", "1.00", "iso11649_rf",
       "RF712348231ABC", "", "!code_wrong_reference reference"},
  };
  expect(rows);
}

// Columns: reference to 27, kronor to 37, ore to 40, the check digit at 44, the giro to 70.
TEST(PaymentCodes, SwedishOcrLines) {
  const Row rows[] = {
      {"a bankgiro", "se-ocr-line", "5050-1055", "2847.00", "se_ocr_luhn_length", "1000 1239 2", "",
       "#                 100012392 #    2847 00   2 >                50501055#41#"},
      {"a plusgiro", "se-ocr-line", "410 54 68-5", "1420.50", "se_ocr_luhn", "1230", "",
       "#                      1230 #    1420 50   4 >                41054685 #14#"},
      {"the payer fills the amount in", "se-ocr-line", "5050-1055", "", "se_ocr_luhn", "1230", "",
       "#                      1230 #                >                50501055#41#"},
      {"less than a krona", "se-ocr-line", "5050-1055", "0.05", "se_ocr_luhn", "1230", "",
       "#                      1230 #       0 05   9 >                50501055#41#"},
      {"more than the columns hold", "se-ocr-line", "5050-1055", "100000000.00", "se_ocr_luhn",
       "1230", "", "!code_amount_out_of_range amount"},
      {"a wrong digit", "se-ocr-line", "5050-1055", "1.00", "se_ocr_luhn", "1231", "",
       "!code_wrong_reference reference"},
      {"a Finnish reference", "se-ocr-line", "5050-1055", "1.00", "fi_viite", "1232", "",
       "!code_wrong_reference reference"},
      {"no giro", "se-ocr-line", "FI2112345600000785", "1.00", "se_ocr_luhn", "1230", "",
       "!code_wrong_account account"},
  };
  expect(rows);
}

TEST(PaymentCodes, NorwegianKidLines) {
  const Row rows[] = {
      {"mod 10", "no-kid-line", "NO9386011117947", "1420.00", "no_kid_mod10", "1234567890128", "",
       "H             1234567890128      1420  00  < 9 >  86011117947"},
      {"the payer fills the amount in", "no-kid-line", "NO9386011117947", "", "no_kid_mod10",
       "1234567890128", "", "H             1234567890128                <   >  86011117947"},
      {"a KID of the other control", "no-kid-line", "NO9386011117947", "1.00", "no_kid_mod11",
       "1234567890128", "", "!code_wrong_reference reference"},
      {"an account abroad", "no-kid-line", "FI2112345600000785", "1.00", "no_kid_mod10",
       "1234567890128", "", "!code_wrong_account account"},
  };
  expect(rows);
}

TEST(PaymentCodes, DanishFiLines) {
  const std::string creditor = "8123 4567";
  const Row rows[] = {
      {"71: 15 digits", "dk-fi-71", creditor, "", "dk_fik71", "000000012345674", "",
       "+71<000000012345674+81234567<"},
      {"71 fills up on the left", "dk-fi-71", creditor, "", "", "12345674", "",
       "+71<000000012345674+81234567<"},
      {"73: the payer writes", "dk-fi-73", creditor, "", "", "", "", "+73<+81234567<"},
      {"75: 16 digits", "dk-fi-75", creditor, "", "", "0000000012345674", "",
       "+75<0000000012345674+81234567<"},
      {"01: to a giro", "dk-fi-01", "1234567", "", "", "", "", "+01<+1234567<"},
      {"04: to a giro", "dk-fi-04", "1234567", "", "", "12345674", "",
       "+04<0000000012345674+1234567<"},
      {"15: to a giro", "dk-fi-15", "12345678", "", "", "12345674", "",
       "+15<0000000012345674+12345678<"},
      {"a wrong digit", "dk-fi-71", creditor, "", "", "12345675", "",
       "!code_wrong_reference reference"},
      {"too long for 71", "dk-fi-71", creditor, "", "", "0000000012345674", "",
       "!code_wrong_reference reference"},
      {"an id where there is none", "dk-fi-73", creditor, "", "", "12345674", "",
       "!code_wrong_reference reference"},
      {"another scheme", "dk-fi-71", creditor, "", "no_kid_mod10", "12345674", "",
       "!code_wrong_reference reference"},
      {"a short creditor", "dk-fi-71", "1234567", "", "", "12345674", "",
       "!code_wrong_account account"},
  };
  expect(rows);
}

TEST(PaymentCodes, SwissReferencesGoWithTheirAccounts) {
  const std::string head = "SPC\n0200\n1\n";
  const std::string payee = "S\nThomas LeClaire\nRue examplaire\n22a\n1000\nLausanne\nCH\n";
  const std::string middle = "\n\n\n\n\n\n\n25.90\nCHF\n\n\n\n\n\n\n\n";
  const std::string qrr = domain::PaymentReference::make("ch_qrr_esr", "42").value().text();
  const std::string qr_iban = "CH4431999123000889012", iban = "CH9300762011623852957";
  const std::string with_qrr = head + qr_iban + "\n" + payee + middle + "QRR\n" + qrr + "\n\nEPD";
  const std::string with_scor =
      head + iban + "\n" + payee + middle + "SCOR\nRF18539007547034\n\nEPD";
  const std::string with_none = head + iban + "\n" + payee + middle + "NON\n\n\nEPD";
  const std::string with_plain = head + iban + "\n" + payee + middle + "NON\n\nA1000123\nEPD";
  const Row rows[] = {
      {"QR-IBAN and QR reference", "swiss-qr", qr_iban, "25.90", "ch_qrr_esr", qrr, "", with_qrr},
      {"IBAN and RF", "swiss-qr", iban, "25.90", "iso11649_rf", "RF18539007547034", "", with_scor},
      {"IBAN alone", "swiss-qr", iban, "25.90", "", "", "", with_none},
      {"a QR reference by its form", "swiss-qr", qr_iban, "25.90", "", qrr, "", with_qrr},
      {"an RF by its form", "swiss-qr", iban, "25.90", "", "RF18 5390 0754 7034", "", with_scor},
      {"a reference of no form", "swiss-qr", iban, "25.90", "", "A1000123", "",
       "!code_wrong_reference reference"},
      {"an RF with a wrong digit", "swiss-qr", iban, "25.90", "", "RF19539007547034", "",
       "!code_wrong_reference reference"},
      {"a QR reference without QR-IBAN", "swiss-qr", iban, "25.90", "", qrr, "",
       "!code_wrong_reference reference"},
      {"a plain reference is a message", "swiss-qr", iban, "25.90", "plain", "A1000123", "",
       with_plain},
      {"QR-IBAN and RF", "swiss-qr", qr_iban, "25.90", "iso11649_rf", "RF18539007547034", "",
       "!code_wrong_reference reference"},
      {"QR-IBAN alone", "swiss-qr", qr_iban, "25.90", "", "", "",
       "!code_wrong_reference reference"},
      {"IBAN and QR reference", "swiss-qr", iban, "25.90", "ch_qrr_esr", qrr, "",
       "!code_wrong_reference reference"},
      {"a wrong digit", "swiss-qr", qr_iban, "25.90", "ch_qrr_esr", "000000000000000000000000043",
       "", "!code_wrong_reference reference"},
      {"too much", "swiss-qr", iban, "1000000000.00", "", "", "",
       "!code_amount_out_of_range amount"},
      {"kronor", "swiss-qr", iban, "1.00", "", "", "", "!code_wrong_currency currency", "SEK"},
      {"an account abroad", "swiss-qr", "DE89370400440532013000", "1.00", "", "", "",
       "!code_wrong_account account"},
  };
  expect(rows);
}

TEST(PaymentCodes, SwissTextsAreLatinAndShort) {
  const domain::PayeeAccounts payee{"", "", "CH9300762011623852957", ""};
  const PostalAddress good{{"c/o Meier", "Seeweg"}, "8000", "Zürich", "CH"};
  const PostalAddress nowhere{{"Seeweg"}, "8000", "", "CH"};
  PaymentFacts facts{.payee_name = "Ștefan Müller",
                     .payee_address = good,
                     .payee = payee,
                     .currency = *base::Currency::parse("CHF"),
                     .amount = {}};
  const auto text = write_swiss_qr(facts);
  ASSERT_TRUE(text) << base::describe(text.error());
  EXPECT_TRUE(text->contains("S\nȘtefan Müller\nSeeweg\n\n8000\nZürich\nCH\n")) << *text;
  const auto place_of = [](const PaymentFacts& wrong) {
    const auto refused = write_swiss_qr(wrong);
    return refused ? "nothing" : refused.error().code + " " + refused.error().place;
  };
  const std::string long_message(141, 'x');
  const auto with = [&facts](std::string_view payee_name, std::string_view message,
                             const PostalAddress* payer_address) {
    PaymentFacts wrong = facts;
    wrong.payee_name = payee_name;
    wrong.message = message;
    wrong.payer_name = payer_address == nullptr ? "" : "Elin";
    wrong.payer_address = payer_address;
    return wrong;
  };
  EXPECT_EQ(place_of(with("A", "", &good)), "nothing");
  EXPECT_EQ(place_of(with("漢字", "", nullptr)), "code_wrong_text payee_name");
  EXPECT_EQ(place_of(with("", "", nullptr)), "code_wrong_text payee_name");
  EXPECT_EQ(place_of(with("A", long_message, nullptr)), "code_wrong_text message");
  EXPECT_EQ(place_of(with("A", "two\nlines", nullptr)), "code_wrong_text message");
  EXPECT_EQ(place_of(with("A", "", &nowhere)), "code_wrong_text payer_address");
}

// Payloads of others, where they lie beside the tree: what we write from their facts is theirs.
TEST(PaymentCodes, SwissSamplesOfOthers) {
  const std::string folder = TELGIRO_SOURCE_DIR "/../shared/data/bank/swissqr/";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no samples in ../shared/data/bank";
  const PostalAddress address{{"Rue examplaire 22a"}, "1000", "Lausanne", "CH"};
  const struct {
    std::string_view file, iban, scheme, reference;
  } rows[] = {{"qr-payment-reference-non.txt", "CH9300762011623852957", "", ""},
              {"qr-payment-reference-scor.txt", "CH9300762011623852957", "iso11649_rf",
               "RF18539007547034"}};
  const base::Currency franc = *base::Currency::parse("CHF");
  for (const auto& row : rows) {
    const domain::PayeeAccounts payee{"", "", std::string(row.iban), ""};
    const auto text = write_swiss_qr({.payee_name = "Thomas LeClaire",
                                      .payee_address = address,
                                      .payee = payee,
                                      .currency = franc,
                                      .amount = base::Money(2590, franc),
                                      .reference_scheme = row.scheme,
                                      .reference = row.reference});
    std::ifstream in(folder + std::string(row.file), std::ios::binary);
    const std::string sample(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(text.value_or("nothing"), sample) << row.file;
  }
}

TEST(PaymentCodes, EveryKindHasItsNameAndCountry) {
  EXPECT_EQ(find_payment_code("telepathy").error().code, "unknown_payment_code");
  const domain::PayeeAccounts finnish{"5050-1055", "", "FI2112345600000785", ""};
  const PostalAddress nowhere;
  const base::Currency euro = *base::Currency::parse("EUR");
  const PaymentFacts facts{.payee_name = "Revontuli Oy",
                           .payee_address = nowhere,
                           .payee = finnish,
                           .currency = euro,
                           .amount = base::Money(100, euro),
                           .reference_scheme = "fi_viite",
                           .reference = "1232"};
  const auto names = [&facts](std::string_view country) {
    std::string list;
    for (const auto& [code, text] : codes_for_paper(country, facts)) {
      list += std::string(code->name) + " ";
    }
    return list;
  };
  EXPECT_EQ(names("FI"), "fi-barcode-4 epc-qr ");
  EXPECT_EQ(names("DE"), "epc-qr ");
  EXPECT_EQ(names("SE"), "epc-qr ");  // The line takes kronor only.
  EXPECT_EQ(names("CH"), "");
}

TEST(Code128, TakesPairsOfDigits) {
  for (const std::string_view digits : {"", "1", "123", "1a", "12 4"}) {
    EXPECT_EQ(Code128::encode(digits).error().code, "barcode_not_pairs_of_digits") << digits;
  }
  EXPECT_EQ(Code128::encode(std::string(54, '7'))->modules(), 332);
}

std::string scanned(const Code128& code) {
  constexpr int kScale = 2, kHeight = 60;
  const int quiet = Code128::kQuietModules * kScale;
  tests::Picture picture(code.modules() * kScale + 2 * quiet, kHeight + 2 * quiet);
  int x = quiet;
  bool is_bar = true;
  for (const int width : code.widths()) {
    picture.fill(x, quiet, width * kScale, kHeight, is_bar);
    x += width * kScale;
    is_bar = !is_bar;
  }
  return tests::scan(picture);
}

// Every pair of digits once, then the guide's bar codes.
TEST(Code128, AnotherProgramReadsItBack) {
  ASSERT_TRUE(tests::can_scan()) << "zbar-tools is not installed: ./dev setup";
  for (int first = 0; first < 100; first += 20) {
    std::string digits;
    for (int pair = first; pair < first + 20; ++pair) {
      digits += to_the_right(std::to_string(pair), 2, '0');
    }
    EXPECT_EQ(scanned(*Code128::encode(digits)), "CODE-128:" + digits + "\n");
  }
  for (const std::string digits : {"479440520200360820048831500000000868516259619897100612",
                                   "558101710000001220004829906000000559582243294671120131"}) {
    EXPECT_EQ(scanned(*Code128::encode(digits)), "CODE-128:" + digits + "\n");
  }
}

// The program guesses at letters beyond ASCII, so there are none here.
TEST(SwissCross, LeavesTheSymbolReadable) {
  ASSERT_TRUE(tests::can_scan()) << "zbar-tools is not installed: ./dev setup";
  const PostalAddress address{{"Rue examplaire 22a"}, "1000", "Lausanne", "CH"};
  const domain::PayeeAccounts payee{"", "", "CH9300762011623852957", ""};
  const base::Currency franc = *base::Currency::parse("CHF");
  const PaymentFacts facts{.payee_name = "Thomas LeClaire",
                           .payee_address = address,
                           .payee = payee,
                           .currency = franc,
                           .amount = base::Money(2590, franc),
                           .reference_scheme = "plain",
                           .reference = "A1000123",
                           .payer_name = "Elise Muller-Bachtold",
                           .payer_address = &address};
  const std::string text = write_swiss_qr(facts).value();
  const auto code = QrCode::encode(text, kSwissQrVersionMax).value();
  constexpr int kModule = 4;
  const int quiet = QrCode::kQuietModules * kModule, side = code.size() * kModule;
  tests::Picture picture(side + 2 * quiet, side + 2 * quiet);
  for (int y = 0; y < code.size(); ++y) {
    for (int x = 0; x < code.size(); ++x) {
      picture.fill(quiet + x * kModule, quiet + y * kModule, kModule, kModule, code.is_dark(x, y));
    }
  }
  for (const SwissCrossPart& part : swiss_cross()) {
    const auto scaled = [side](int length) { return length * side / kSwissQrSide; };
    picture.fill(quiet + scaled(part.left), quiet + scaled(part.top), scaled(part.width),
                 scaled(part.height), part.is_dark);
  }
  EXPECT_EQ(tests::scan(picture), "QR-Code:" + text + "\n");
}

}  // namespace
}  // namespace formats::document::codes
