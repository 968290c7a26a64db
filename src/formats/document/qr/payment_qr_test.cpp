// What the code of a bill says, line by line, and that a symbol can be read back from a drawing.
#include "formats/document/qr/payment_qr.h"

#include <gtest/gtest.h>

#include "formats/document/qr/qr_code.h"
#include "tests/support/scanned_code.h"

namespace formats::document {
namespace {

using base::Currency;
using base::Money;

[[nodiscard]] Currency euro() { return *Currency::parse("EUR"); }

struct Row {
  std::string_view what;
  std::string_view name;
  domain::PayeeAccounts payee;
  Money amount;
  std::string_view scheme;
  std::string_view reference;
  std::string_view expected;
};

// EPC069-12: one field a line; the structured reference or, one line further, free text.
TEST(PaymentQr, WritesEuroTransfers) {
  const domain::PayeeAccounts finnish{"", "", "FI21 1234 5600 0007 85", "NDEAFIHH"};
  const domain::PayeeAccounts german{"", "", "DE89370400440532013000", ""};
  const Row rows[] = {
      {"viite as RF",
       "Revontuli Oy",
       finnish,
       {142000, euro()},
       "fi_viite",
       "1232",
       "BCD\n002\n1\nSCT\nNDEAFIHH\nRevontuli Oy\nFI2112345600000785\nEUR1420.00\n\nRF111232"},
      {"RF",
       "Revontuli Oy",
       finnish,
       {5, euro()},
       "iso11649_rf",
       "RF18539007547034",
       "BCD\n002\n1\nSCT\nNDEAFIHH\nRevontuli Oy\nFI2112345600000785\nEUR0.05\n\n"
       "RF18539007547034"},
      {"plain",
       "Löwe & Söhne GmbH",
       german,
       {1999, euro()},
       "plain",
       "A1000123",
       "BCD\n002\n1\nSCT\n\nLöwe & Söhne GmbH\nDE89370400440532013000\nEUR19.99\n\n\nA1000123"},
      {"a line end in the name",
       "A\nB",
       german,
       {1999, euro()},
       "plain",
       "1",
       "BCD\n002\n1\nSCT\n\nA B\nDE89370400440532013000\nEUR19.99\n\n\n1"},
  };
  for (const Row& row : rows) {
    const auto code = payment_qr({row.name, row.payee, row.amount, row.scheme, row.reference, ""});
    ASSERT_TRUE(code.has_value()) << row.what;
    EXPECT_EQ(code->kind, PaymentQrKind::kEuroTransfer) << row.what;
    EXPECT_EQ(code->text, row.expected) << row.what;
  }
}

// EPC069-12: 70 letters of a name, 140 of a text, 331 bytes in all.
TEST(PaymentQr, CutsNothing) {
  const domain::PayeeAccounts german{"", "", "DE89370400440532013000", ""};
  const auto letters = [](std::size_t count, std::string_view letter) {
    std::string text;
    while (count-- > 0) text += letter;
    return text;
  };
  struct Long {
    std::string name, reference;
    std::string_view refused;  // The place; "-" where it is written.
  };
  const Long rows[] = {
      {letters(70, "ä"), "1", "-"},
      {letters(71, "x"), "1", "name"},
      {"A", letters(140, "x"), "-"},
      {"A", letters(141, "x"), "reference"},
      {letters(70, "x"), letters(140, "x"), "-"},
      {letters(70, "ä"), letters(140, "ä"), ""},
  };
  for (const Long& row : rows) {
    const PayableBill bill{row.name, german, {1, euro()}, "plain", row.reference, ""};
    const auto text = write_euro_transfer(bill);
    EXPECT_EQ(text ? "-" : text.error().place, row.refused);
    if (text) {
      EXPECT_TRUE(text->contains("\n" + row.name + "\n"));
    }
    // A page has its own address instead, a paper nothing.
    EXPECT_EQ(payment_qr(bill).has_value(), row.refused == "-");
  }
}

TEST(PaymentQr, SwedishBillsCarryTheirOwnAddress) {
  const domain::PayeeAccounts payee{"5050-1055", "", "", ""};
  const Money amount(142000, Currency());
  const auto code = payment_qr(
      {"Aurora", payee, amount, "se_ocr_luhn_length", "26110048", "https://faktura.example/b/abc"});
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(code->kind, PaymentQrKind::kPageLink);
  EXPECT_EQ(code->text, "https://faktura.example/b/abc");
  EXPECT_FALSE(payment_qr({"Aurora", payee, amount, "se_ocr_luhn", "18", ""}).has_value());
}

TEST(PaymentQr, SaysWhyThereIsNoTransfer) {
  const domain::PayeeAccounts good{"", "", "DE89370400440532013000", ""};
  const domain::PayeeAccounts bad{"", "", "DE88370400440532013000", ""};
  EXPECT_EQ(write_euro_transfer({"A", good, {1, Currency()}, "plain", "1", ""}).error().place,
            "amount");
  EXPECT_EQ(write_euro_transfer({"A", good, {0, euro()}, "plain", "1", ""}).error().place,
            "amount");
  EXPECT_EQ(write_euro_transfer({"A", bad, {1, euro()}, "plain", "1", ""}).error().place, "iban");
  EXPECT_EQ(write_euro_transfer({"", good, {1, euro()}, "plain", "1", ""}).error().place, "name");
}

TEST(QrCode, HasFindersTimingAndAQuietZone) {
  const auto code = QrCode::encode("https://faktura.example/b/abcdefghijklmnopqrstuvwxyz");
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(code->size() % 4, 1);
  const int last = code->size() - 7;
  for (const auto& [left, top] : {std::pair{0, 0}, {last, 0}, {0, last}}) {
    for (int step = 0; step < 7; ++step) {
      EXPECT_TRUE(code->is_dark(left + step, top));
      EXPECT_TRUE(code->is_dark(left, top + step));
    }
    EXPECT_FALSE(code->is_dark(left + 1, top + 1));
    EXPECT_TRUE(code->is_dark(left + 3, top + 3));
  }
  for (int x = 8; x < code->size() - 8; ++x) EXPECT_EQ(code->is_dark(x, 6), x % 2 == 0);
  const std::string svg = code->to_svg();
  const std::string side = std::to_string(code->size() + 8);
  EXPECT_NE(svg.find("viewBox=\"0 0 " + side + " " + side + "\""), std::string::npos);
  EXPECT_NE(svg.find("M4 4.5h7m"), std::string::npos);  // The first finder's upper edge.
}

// Lengths that are asked for often are drawn in another way: the symbols are the same.
TEST(QrCode, IsTheSameHoweverOftenItsLengthIsAskedFor) {
  for (const std::size_t length : {1U, 27U, 75U}) {
    SCOPED_TRACE(length);
    std::vector<std::string> texts, before;
    for (std::size_t at = 0; at < 8; ++at) {
      std::string text;
      while (text.size() < length) {
        text += static_cast<char>(' ' + (text.size() * 37 + at * 11) % 95);
      }
      if (at == 7) text.assign(length, '\xff');
      before.push_back(QrCode::encode(text)->to_svg());
      texts.push_back(std::move(text));
    }
    for (int times = 0; times < 300; ++times) {
      ASSERT_TRUE(QrCode::encode(texts.front()).has_value());
    }
    for (std::size_t at = 0; at < texts.size(); ++at) {
      EXPECT_EQ(QrCode::encode(texts[at])->to_svg(), before[at]) << at;
    }
  }
}

TEST(QrCode, RefusesWhatDoesNotFit) {
  EXPECT_TRUE(QrCode::encode(std::string(331, 'x')).has_value());
  EXPECT_EQ(QrCode::encode(std::string(332, 'x')).error().code, "qr_too_long");
}

TEST(QrCode, AnotherProgramReadsItBack) {
  ASSERT_TRUE(tests::can_scan()) << "zbar-tools is not installed: ./dev setup";
  const domain::PayeeAccounts payee{"", "", "FI2112345600000785", "NDEAFIHH"};
  const std::string texts[] = {
      "https://faktura.example/b/3q2-7wAbCdEfGhIjKlMnOp",
      *write_euro_transfer({"Revontuli Oy", payee, {142000, euro()}, "fi_viite", "1232", ""}),
      std::string(331, 'z')};
  for (const std::string& text : texts) {
    const auto code = QrCode::encode(text);
    ASSERT_TRUE(code.has_value());
    constexpr int kScale = 4, kQuiet = QrCode::kQuietModules;
    const int side = (code->size() + 2 * kQuiet) * kScale;
    tests::Picture picture(side, side);
    for (int y = 0; y < code->size(); ++y) {
      for (int x = 0; x < code->size(); ++x) {
        picture.fill((x + kQuiet) * kScale, (y + kQuiet) * kScale, kScale, kScale,
                     code->is_dark(x, y));
      }
    }
    EXPECT_EQ(tests::scan(picture), "QR-Code:" + text + "\n");
  }
}

}  // namespace
}  // namespace formats::document
