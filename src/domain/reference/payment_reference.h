// The reference that stands on a bill, whatever its scheme: what the payer types and what finds
// the bill again.
//
// A PaymentReference that exists was valid under its scheme when it was made. Which scheme an
// account uses is country data; the scheme's name is stored beside the text, because the same
// digits may be valid under several.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"
#include "domain/reference/reference_scheme.h"

namespace domain {

class PaymentReference {
 public:
  // Completes `base` (a number that we choose) to a reference.
  // Errors: unknown_reference_scheme, not_a_payment_reference, those of the scheme.
  [[nodiscard]] static base::Result<PaymentReference> make(std::string_view scheme,
                                                           std::string_view base,
                                                           const ReferenceOptions& options = {});
  // Reads one that a payer, a bank or our own storage gives. Errors: as make().
  [[nodiscard]] static base::Result<PaymentReference> parse(std::string_view scheme,
                                                            std::string_view text,
                                                            const ReferenceOptions& options = {});

  [[nodiscard]] std::string_view scheme() const { return scheme_->name; }
  // The one form to store, compare and put on the wire.
  [[nodiscard]] const std::string& text() const { return text_; }
  // For people: an OCR number in groups of four, a Finnish reference in groups of five.
  [[nodiscard]] std::string grouped() const;

  friend bool operator==(const PaymentReference&, const PaymentReference&) = default;

 private:
  PaymentReference(const ReferenceScheme& scheme, std::string text)
      : scheme_(&scheme), text_(std::move(text)) {}

  const ReferenceScheme* scheme_;  // A line of the registry, which lives as long as the program.
  std::string text_;
};

}  // namespace domain
