// The functions behind the registry's lines: they read options and call the type that knows.
//
// Only registry.cpp includes this.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/reference/norwegian_kid.h"
#include "domain/reference/reference_scheme.h"

namespace domain::schemes {

// Errors: unknown_option, naming the first option that is not among `known`.
[[nodiscard]] base::Result<> expect_options(const ReferenceOptions& options,
                                            std::string_view known);

// For types that need no options: T::parse(text) and T::from_base(text).
template <class T>
[[nodiscard]] base::Result<std::string> check(std::string_view text,
                                              const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  return TRY(T::parse(text)).text();
}

template <class T>
[[nodiscard]] base::Result<std::string> make(std::string_view base,
                                             const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  return TRY(T::from_base(base)).text();
}

template <KidControl kControl>
[[nodiscard]] base::Result<std::string> check_kid(std::string_view text,
                                                  const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  return TRY(NorwegianKid::parse(text, kControl)).text();
}

template <KidControl kControl>
[[nodiscard]] base::Result<std::string> make_kid(std::string_view base,
                                                 const ReferenceOptions& options) {
  TRY(expect_options(options, ""));
  return TRY(NorwegianKid::from_base(base, kControl)).text();
}

inline constexpr std::string_view kOcrOptions =
    "level=soft|hard|length_digit|fixed_length length=N[,N...] length_digit=true|false pad=DIGITS";
[[nodiscard]] base::Result<std::string> check_ocr(std::string_view text,
                                                  const ReferenceOptions& options);
[[nodiscard]] base::Result<std::string> make_ocr(std::string_view base,
                                                 const ReferenceOptions& options);

inline constexpr std::string_view kOcrLengthOptions = "length=N[,N...] pad=DIGITS";
[[nodiscard]] base::Result<std::string> check_ocr_length(std::string_view text,
                                                         const ReferenceOptions& options);
[[nodiscard]] base::Result<std::string> make_ocr_length(std::string_view base,
                                                        const ReferenceOptions& options);

inline constexpr std::string_view kIbanOptions = "check=full|mod97";
[[nodiscard]] base::Result<std::string> check_iban(std::string_view text,
                                                   const ReferenceOptions& options);
// From the country and the account part: "NO86011117947".
[[nodiscard]] base::Result<std::string> make_iban(std::string_view base,
                                                  const ReferenceOptions& options);

[[nodiscard]] base::Result<std::string> check_creditor_id_form(std::string_view text,
                                                               const ReferenceOptions& options);

// The eleven digits before the control are right by themselves, because any control can follow;
// with the option, or as the twelfth digit, the control is held.
inline constexpr std::string_view kNorma43Options = "check_digit=DIGIT";
[[nodiscard]] base::Result<std::string> check_norma43(std::string_view text,
                                                      const ReferenceOptions& options);

// Any digits with their Luhn digit last.
[[nodiscard]] base::Result<std::string> check_luhn(std::string_view text,
                                                   const ReferenceOptions& options);
[[nodiscard]] base::Result<std::string> make_luhn(std::string_view base,
                                                  const ReferenceOptions& options);

}  // namespace domain::schemes
