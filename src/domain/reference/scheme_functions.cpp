#include "domain/reference/scheme_functions.h"

#include <algorithm>

#include "domain/bank/creditor_id.h"
#include "domain/bank/iban.h"
#include "domain/bank/norma43_reference.h"
#include "domain/check/characters.h"
#include "domain/check/digits.h"
#include "domain/reference/swedish_ocr.h"

namespace domain::schemes {
namespace {

// The option's value, or empty.
std::string_view value_of(const ReferenceOptions& options, std::string_view name) {
  const auto option = options.find(name);
  return option == options.end() ? std::string_view() : option->second;
}

base::Result<OcrControl> parse_control(std::string_view level) {
  if (level == "soft") return OcrControl::kSoft;
  if (level == "hard") return OcrControl::kHard;
  if (level == "length_digit") return OcrControl::kLengthDigit;
  if (level == "fixed_length") return OcrControl::kFixedLength;
  return base::fail("bad_option", "level is one of soft, hard, length_digit, fixed_length");
}

// "8" or "8,10".
base::Result<std::vector<std::size_t>> parse_lengths(std::string_view list) {
  std::vector<std::size_t> lengths;
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find(','));
    if (one.empty() || one.size() > 2 || !check::all_digits(one)) {
      return base::fail("bad_option", "length is a number, or numbers with commas between");
    }
    lengths.push_back(static_cast<std::size_t>(check::number_of(one)));
    list.remove_prefix(std::min(list.size(), one.size() + 1));
  }
  return lengths;
}

base::Result<OcrAgreement> parse_agreement(const ReferenceOptions& options, OcrControl control) {
  OcrAgreement agreement;
  agreement.lengths = TRY(parse_lengths(value_of(options, "length")));
  agreement.pad = value_of(options, "pad");
  agreement.control = control;
  return agreement;
}

// The level, or what the other options say of it where it is not named.
base::Result<OcrControl> parse_ocr_level(const ReferenceOptions& options) {
  const std::string_view length_digit = value_of(options, "length_digit");
  if (!length_digit.empty() && length_digit != "true" && length_digit != "false") {
    return base::fail("bad_option", "length_digit is true or false");
  }
  if (const auto level = value_of(options, "level"); !level.empty()) return parse_control(level);
  if (length_digit == "true") return OcrControl::kLengthDigit;
  if (options.contains("length")) return OcrControl::kFixedLength;
  return OcrControl::kHard;
}

base::Result<OcrAgreement> parse_ocr_options(const ReferenceOptions& options) {
  TRY(expect_options(options, kOcrOptions));
  const OcrControl control = TRY(parse_ocr_level(options));
  return parse_agreement(options, control);
}

base::Result<OcrAgreement> parse_ocr_length_options(const ReferenceOptions& options) {
  TRY(expect_options(options, kOcrLengthOptions));
  return parse_agreement(options, OcrControl::kLengthDigit);
}

}  // namespace

base::Result<> expect_options(const ReferenceOptions& options, std::string_view known) {
  const std::string names = " " + std::string(known);
  for (const auto& [name, value] : options) {
    if (names.find(" " + name + "=") != std::string::npos) continue;
    return base::fail("unknown_option",
                      "the scheme has no option '" + name.substr(0, 40) + "'" +
                          (known.empty() ? std::string(": it takes none") : "; it takes" + names));
  }
  return {};
}

base::Result<std::string> check_ocr(std::string_view text, const ReferenceOptions& options) {
  const OcrAgreement agreement = TRY(parse_ocr_options(options));
  return TRY(SwedishOcr::parse(text, agreement)).text();
}

base::Result<std::string> make_ocr(std::string_view base, const ReferenceOptions& options) {
  const OcrAgreement agreement = TRY(parse_ocr_options(options));
  return TRY(SwedishOcr::from_base(base, agreement)).text();
}

base::Result<std::string> check_ocr_length(std::string_view text, const ReferenceOptions& options) {
  const OcrAgreement agreement = TRY(parse_ocr_length_options(options));
  return TRY(SwedishOcr::parse(text, agreement)).text();
}

base::Result<std::string> make_ocr_length(std::string_view base, const ReferenceOptions& options) {
  const OcrAgreement agreement = TRY(parse_ocr_length_options(options));
  return TRY(SwedishOcr::from_base(base, agreement)).text();
}

base::Result<std::string> check_iban(std::string_view text, const ReferenceOptions& options) {
  TRY(expect_options(options, kIbanOptions));
  const std::string_view how = value_of(options, "check");
  if (how == "mod97") return check_iban_digits(text);
  if (!how.empty() && how != "full") {
    return base::fail("bad_option", "check is full or mod97");
  }
  return TRY(Iban::parse(text)).text();
}

base::Result<std::string> make_iban(std::string_view base, const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  const std::string cleaned = check::without(base, " -.");
  if (cleaned.size() < 2) return base::fail("too_short", "an IBAN begins with its country");
  const std::string_view view = cleaned;
  return TRY(Iban::from_bban(view.substr(0, 2), view.substr(2))).text();
}

base::Result<std::string> check_creditor_id_form(std::string_view text,
                                                 const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  return check_creditor_id_format(text);
}

base::Result<std::string> check_norma43(std::string_view text, const ReferenceOptions& options) {
  TRY(expect_options(options, kNorma43Options));
  const std::string digits = check::without(text, " ");
  const std::string with_control = digits + std::string(value_of(options, "check_digit"));
  if (with_control.size() == 11) return TRY(Norma43Reference::from_base(with_control)).text();
  return TRY(Norma43Reference::parse(with_control)).text();
}

base::Result<std::string> check_luhn(std::string_view text, const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  const std::string digits = check::without(text, " -");
  if (!check::all_digits(digits)) return base::fail("not_digits", "the number has digits only");
  if (digits.size() < 2) return base::fail("too_short", "the number has at least 2 digits");
  if (!check::ends_with_luhn_digit(digits)) {
    return base::fail("wrong_check_digit",
                      "the last digit does not fit the others: a digit is mistyped");
  }
  return digits;
}

base::Result<std::string> make_luhn(std::string_view base, const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  const std::string digits = check::without(base, " -");
  if (!check::all_digits(digits)) return base::fail("not_digits", "the number has digits only");
  if (digits.empty()) return base::fail("too_short", "the number needs a digit to start from");
  return digits + check::luhn_digit(digits);
}

}  // namespace domain::schemes
