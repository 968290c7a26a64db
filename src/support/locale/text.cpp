#include "support/locale/text.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>

#include <cstdint>
#include <memory>

#include "base/result/check.h"
#include "support/locale/icu_text.h"

namespace locale {
namespace {

// Made once: parsing its rules takes milliseconds. Transliterating is safe from any thread.
const icu::Transliterator& latin_ascii() {
  static const std::unique_ptr<const icu::Transliterator> kTransliterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    CHECK(U_SUCCESS(status));
    return made;
  }();
  return *kTransliterator;
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace

std::string fold_case(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  CHECK(U_SUCCESS(status));
  const icu::UnicodeString folded = folding->normalize(utf16(text), status);
  CHECK(U_SUCCESS(status));
  return utf8(folded);
}

std::string to_ascii(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  icu::UnicodeString letters = utf16(text);
  latin_ascii().transliterate(letters);
  std::string out;
  for (std::int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const UChar32 letter = letters.char32At(at);
    out.push_back(letter < 0x80 ? static_cast<char>(letter) : '?');
  }
  return out;
}

std::string search_form(std::string_view text) { return fold_case(to_ascii(text)); }

}  // namespace locale
