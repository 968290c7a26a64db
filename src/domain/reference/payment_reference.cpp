#include "domain/reference/payment_reference.h"

#include "base/result/check.h"
#include "domain/check/characters.h"
#include "domain/reference/registry.h"

namespace domain {
namespace {

base::Result<const ReferenceScheme*> find_payment_scheme(std::string_view name) {
  const ReferenceScheme* scheme = find_reference_scheme(name);
  if (scheme == nullptr) {
    return base::fail("unknown_reference_scheme",
                      "there is no reference scheme '" + std::string(name.substr(0, 40)) + "'");
  }
  if (scheme->use != ReferenceUse::kPayment) {
    return base::fail("not_a_payment_reference",
                      "the scheme " + std::string(name) + " does not make references for bills");
  }
  CHECK(scheme->make != nullptr);
  return scheme;
}

}  // namespace

base::Result<PaymentReference> PaymentReference::make(std::string_view scheme,
                                                      std::string_view base,
                                                      const ReferenceOptions& options) {
  const ReferenceScheme* found = TRY(find_payment_scheme(scheme));
  return PaymentReference(*found, TRY(found->make(base, options)));
}

base::Result<PaymentReference> PaymentReference::parse(std::string_view scheme,
                                                       std::string_view text,
                                                       const ReferenceOptions& options) {
  const ReferenceScheme* found = TRY(find_payment_scheme(scheme));
  return PaymentReference(*found, TRY(found->check(text, options)));
}

std::string PaymentReference::grouped() const {
  const ReferenceGrouping grouping = scheme_->grouping;
  return grouping.from_right ? check::grouped_from_right(text_, grouping.size)
                             : check::grouped_from_left(text_, grouping.size);
}

}  // namespace domain
