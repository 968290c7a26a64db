// Every code by which a bill can be paid from paper or a screen, by the name that commands use,
// and which of them stand on the papers of a country.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "formats/document/codes/payment_facts.h"

namespace formats::document::codes {

enum class CodeShape { kQr, kSwissQr, kBarcode, kLine };
// What account a code pays to.
enum class CodeAccount { kIban, kGiro, kDanishCreditor };

struct PaymentCode {
  std::string_view name;  // "fi-barcode-4"
  std::string_view title;
  CodeShape shape = CodeShape::kLine;
  CodeAccount account = CodeAccount::kIban;
  std::string_view currency = {};  // Where nobody says another.
  std::add_pointer_t<base::Result<std::string>(const PaymentFacts& facts)> write = nullptr;
};

[[nodiscard]] std::span<const PaymentCode> payment_codes();
// Errors: unknown_payment_code, which names those that there are.
[[nodiscard]] base::Result<const PaymentCode*> find_payment_code(std::string_view name);

struct WrittenCode {
  const PaymentCode* code;
  std::string text;
};
// Those of the seller's country that can carry these facts, of each shape the first that can.
// Where none can, a paper says in words how to pay, as always.
[[nodiscard]] std::vector<WrittenCode> codes_for_paper(std::string_view country,
                                                       const PaymentFacts& facts);

}  // namespace formats::document::codes
