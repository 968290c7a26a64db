#include "formats/document/codes/swiss_qr.h"

#include <algorithm>

#include "domain/bank/iban.h"
#include "domain/check/characters.h"
#include "formats/document/pdf/pdf_syntax.h"

namespace formats::document::codes {
namespace {

constexpr std::int64_t kMinorMax = 99'999'999'999;
constexpr std::size_t kNameMax = 70, kStreetMax = 70, kNumberMax = 16, kPostalCodeMax = 16;
constexpr std::size_t kTownMax = 35, kMessageMax = 140;
constexpr std::size_t kQrReferenceDigits = 27;
constexpr int kQrInstitutionFirst = 30'000, kQrInstitutionLast = 31'999;

// Latin letters with what stands beside them, and no controls.
bool is_taken(char32_t c) {
  constexpr std::u32string_view kBeyond = U"ȘșȚț€";
  return (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0x17F) || kBeyond.find(c) != kBeyond.npos;
}

base::Result<std::string> field(std::string_view text, std::size_t characters_max, bool is_optional,
                                const char* place) {
  if (text.empty() && !is_optional) {
    return base::fail("code_wrong_text", "the Swiss QR code needs this", place);
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (!is_taken(pdf::next_character(text, at))) {
      return base::fail("code_wrong_text", "the Swiss QR code takes Latin letters only", place);
    }
  }
  if (count > characters_max) {
    return base::fail(
        "code_wrong_text",
        "the Swiss QR code takes " + std::to_string(characters_max) + " characters here", place);
  }
  return std::string(text) + "\n";
}

struct Street {
  std::string_view name, number;
};

// "Rue du Lac 22a" apart: the last word, where it begins with a digit, is the number.
Street street_of(const domain::PostalAddress& address) {
  const auto line = std::ranges::find_if(address.lines, [](const std::string& each) {
    return !each.starts_with("c/o") && !each.starts_with("C/o");
  });
  if (line == address.lines.end()) return {};
  const std::string_view text = *line;
  const std::size_t blank = text.rfind(' ');
  const bool has_number =
      blank != text.npos && blank + 1 < text.size() && domain::check::is_digit(text[blank + 1]);
  if (!has_number || text.size() - blank - 1 > kNumberMax) return {text, {}};
  return {text.substr(0, blank), text.substr(blank + 1)};
}

base::Result<std::string> party(std::string_view name, const domain::PostalAddress& address,
                                const char* name_place, const char* address_place) {
  const Street street = street_of(address);
  std::string lines = "S\n";
  lines += TRY(field(name, kNameMax, false, name_place));
  lines += TRY(field(street.name, kStreetMax, true, address_place));
  lines += TRY(field(street.number, kNumberMax, true, address_place));
  lines += TRY(field(address.postal_code, kPostalCodeMax, false, address_place));
  lines += TRY(field(address.city, kTownMax, false, address_place));
  lines += TRY(field(address.country, 2, false, address_place));
  return lines;
}

// What the reference is by its form, where nobody says: an RF, or the 27 digits of a QR reference.
base::Result<PaymentFacts> with_scheme(const PaymentFacts& facts) {
  if (!facts.reference_scheme.empty() || facts.reference.empty()) return facts;
  PaymentFacts named = facts;
  const std::string text = domain::check::without(facts.reference, " ");
  if (text.starts_with("RF") || text.starts_with("rf")) {
    named.reference_scheme = "iso11649_rf";
  } else if (text.size() == kQrReferenceDigits && domain::check::all_digits(text)) {
    named.reference_scheme = "ch_qrr_esr";
  } else {
    return base::fail("code_wrong_reference",
                      "a reference in the Swiss QR code is an RF or has 27 digits; of another say "
                      "the scheme (plain: it becomes the message)",
                      "reference");
  }
  return named;
}

struct Reference {
  std::string_view type;
  std::string text;
};

base::Result<Reference> reference_for(const PaymentFacts& given, const domain::Iban& iban) {
  const PaymentFacts facts = TRY(with_scheme(given));
  const int institution = domain::check::number_of(iban.bban().substr(0, 5));
  const bool is_qr_iban = institution >= kQrInstitutionFirst && institution <= kQrInstitutionLast;
  const std::string_view scheme = facts.reference_scheme;
  if (is_qr_iban != (scheme == "ch_qrr_esr")) {
    return base::fail("code_wrong_reference",
                      is_qr_iban ? "a QR-IBAN goes with a QR reference (ch_qrr_esr) only"
                                 : "a QR reference goes with a QR-IBAN only",
                      "reference");
  }
  if (scheme.empty()) return Reference{"NON", ""};
  const std::string text = TRY(reference_of(facts, {"ch_qrr_esr", "iso11649_rf", "plain"}));
  if (scheme == "plain") return Reference{"NON", ""};
  return Reference{is_qr_iban ? "QRR" : "SCOR", text};
}

}  // namespace

base::Result<std::string> write_swiss_qr(const PaymentFacts& facts) {
  const auto iban = domain::Iban::parse(facts.payee.iban);
  if (!iban) return base::fail("code_wrong_account", iban.error().text, "account");
  if (iban->country() != "CH" && iban->country() != "LI") {
    return base::fail("code_wrong_account", "the Swiss QR code pays to an IBAN of CH or LI",
                      "account");
  }
  const std::string_view currency = facts.currency.code() == "EUR" ? "EUR" : "CHF";
  const auto minor = TRY(amount_of(facts, currency, kMinorMax));
  const Reference reference = TRY(reference_for(facts, *iban));
  const bool says_reference = facts.message.empty() && facts.reference_scheme == "plain";
  const std::string_view message = says_reference ? facts.reference : facts.message;

  std::string text = "SPC\n0200\n1\n" + iban->text() + "\n";
  text += TRY(party(facts.payee_name, facts.payee_address, "payee_name", "payee_address"));
  text += "\n\n\n\n\n\n\n";  // The last creditor: for later use.
  text += (minor ? facts.amount->to_decimal_string() : "") + "\n" + std::string(currency) + "\n";
  if (facts.payer_name.empty() || facts.payer_address == nullptr) {
    text += "\n\n\n\n\n\n\n";
  } else {
    text += TRY(party(facts.payer_name, *facts.payer_address, "payer_name", "payer_address"));
  }
  text += std::string(reference.type) + "\n" + reference.text + "\n";
  text += TRY(field(message, kMessageMax, true, "message"));
  return text + "EPD";
}

std::array<SwissCrossPart, 4> swiss_cross() {
  const auto middle = [](int width, int height, bool is_dark) {
    return SwissCrossPart{(kSwissQrSide - width) / 2, (kSwissQrSide - height) / 2, width, height,
                          is_dark};
  };
  return {middle(700, 700, false), middle(600, 600, true), middle(116, 390, false),
          middle(390, 116, false)};
}

}  // namespace formats::document::codes
