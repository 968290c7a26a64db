// Whether a payment reference stands within what somebody wrote, and how damaged it is.
//
// Spaces and signs between digits, zeros on the left and the RF form of a national reference are no
// damage. A damaged number whose own check digit holds is another reference (a neighbour's, last
// month's), and is told so: the scheme's check digit is the witness.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/matching/written_numbers.h"
#include "domain/reference/payment_reference.h"

namespace domain::matching {

enum class ReferenceFinding {
  kAbsent,
  kOtherReference,  // One digit away, but valid by itself: it speaks against.
  kLostDigit,
  kWrongDigit,
  kSwappedDigits,  // Two neighbours.
  kWhole,
};

struct ReferenceEvidence {
  ReferenceFinding finding = ReferenceFinding::kAbsent;
  std::string found;  // The digits in the text; empty where absent.

  friend bool operator==(const ReferenceEvidence&, const ReferenceEvidence&) = default;
};

struct DigitRun {
  std::string digits;
  bool joins_next = false;  // Nothing but a space or a sign stands before the next one.
};

// A text that many references are looked for in.
struct PayersText {
  explicit PayersText(std::string_view text);
  // Whether these digits, without zeros on the left, are written as one number.
  [[nodiscard]] bool is_written(std::string_view digits) const;

  std::vector<DigitRun> runs;
  std::vector<WrittenNumber> numbers;
};

// The best finding in the text. References of fewer than five digits are found whole only.
[[nodiscard]] ReferenceEvidence reference_evidence(const PayersText& text,
                                                   const PaymentReference& reference,
                                                   const ReferenceOptions& options = {});
[[nodiscard]] ReferenceEvidence reference_evidence(std::string_view text,
                                                   const PaymentReference& reference,
                                                   const ReferenceOptions& options = {});

}  // namespace domain::matching
