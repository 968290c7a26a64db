// Runs of digits, joined with their neighbours, are compared with the reference's digits: whatever
// is joined may be the whole of it, and a damaged one only what is written as one number.
#include "domain/matching/reference_evidence.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "domain/check/characters.h"

namespace domain::matching {
namespace {

constexpr std::size_t kDamagedDigitsMin = 5;
constexpr std::size_t kRfHead = 4;  // "RF" and two check digits.

std::string_view without_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

// "RF18 5390 0754": the head is taken off. Elsewhere every run of digits counts.
std::string without_rf_heads(std::string text) {
  for (std::size_t at = text.find("RF"); at != std::string::npos; at = text.find("RF", at + 1)) {
    const bool begins = at == 0 || !check::is_upper(text[at - 1]);
    if (begins && text.size() >= at + kRfHead &&
        check::all_digits(std::string_view(text).substr(at + 2, 2))) {
      text.replace(at, kRfHead, "  ;;");
    }
  }
  return text;
}

std::vector<DigitRun> runs_of(std::string_view text) {
  std::vector<DigitRun> runs;
  for (std::size_t at = 0; at < text.size();) {
    if (!check::is_digit(text[at])) {
      ++at;
      continue;
    }
    DigitRun run;
    while (at < text.size() && check::is_digit(text[at])) run.digits.push_back(text[at++]);
    const std::size_t next = text.find_first_not_of(" -./\t\r\n", at);
    run.joins_next = next != std::string_view::npos && check::is_digit(text[next]);
    runs.push_back(std::move(run));
  }
  return runs;
}

ReferenceFinding compare(std::string_view found, std::string_view reference) {
  if (found == reference) return ReferenceFinding::kWhole;
  if (reference.size() < kDamagedDigitsMin) return ReferenceFinding::kAbsent;
  const auto differ = std::ranges::mismatch(found, reference);
  const auto at = static_cast<std::size_t>(differ.in1 - found.begin());
  if (found.size() + 1 == reference.size()) {
    const bool lost = found.substr(at) == reference.substr(at + 1);
    return lost ? ReferenceFinding::kLostDigit : ReferenceFinding::kAbsent;
  }
  if (found.size() != reference.size()) return ReferenceFinding::kAbsent;
  if (found.substr(at + 1) == reference.substr(at + 1)) return ReferenceFinding::kWrongDigit;
  const bool swapped = found[at] == reference[at + 1] && found[at + 1] == reference[at] &&
                       found.substr(at + 2) == reference.substr(at + 2);
  return swapped ? ReferenceFinding::kSwappedDigits : ReferenceFinding::kAbsent;
}

// False for schemes under which any digits are a reference.
bool has_witness(const PaymentReference& reference, const ReferenceOptions& options) {
  std::string other = reference.text();
  if (!check::is_digit(other.back())) return true;
  other.back() = check::digit_of((check::value_of(other.back()) + 1) % 10);
  return !PaymentReference::parse(reference.scheme(), other, options);
}

}  // namespace

PayersText::PayersText(std::string_view text) {
  const std::string plain = without_rf_heads(check::upper(std::string(text)));
  runs = runs_of(plain);
  if (!runs.empty()) numbers = written_numbers(plain);
}

bool PayersText::is_written(std::string_view digits) const {
  return std::ranges::any_of(numbers, [&](const WrittenNumber& number) {
    return number.digits == digits && !number.is_other;
  });
}

ReferenceEvidence reference_evidence(const PayersText& text, const PaymentReference& reference,
                                     const ReferenceOptions& options) {
  ReferenceEvidence best;
  if (text.runs.empty()) return best;
  std::string joined;
  for (const DigitRun& run : runs_of(without_rf_heads(reference.text()))) joined += run.digits;
  const std::string_view wanted = without_zeros(joined);
  if (wanted.empty()) return best;
  std::optional<bool> witness;
  for (std::size_t first = 0; first < text.runs.size(); ++first) {
    std::string digits;
    for (std::size_t last = first; last < text.runs.size(); ++last) {
      digits += text.runs[last].digits;
      const std::string_view found = without_zeros(digits);
      if (found.size() > wanted.size()) break;
      ReferenceFinding finding = compare(found, wanted);
      const bool damaged =
          finding != ReferenceFinding::kAbsent && finding != ReferenceFinding::kWhole;
      if (damaged && !text.is_written(found)) {
        finding = ReferenceFinding::kAbsent;
      } else if (damaged) {
        if (!witness) witness = has_witness(reference, options);
        if (*witness && PaymentReference::parse(reference.scheme(), digits, options)) {
          finding = ReferenceFinding::kOtherReference;
        }
      }
      if (finding > best.finding) best = {finding, digits};
      if (!text.runs[last].joins_next) break;
    }
  }
  return best;
}

ReferenceEvidence reference_evidence(std::string_view text, const PaymentReference& reference,
                                     const ReferenceOptions& options) {
  return reference_evidence(PayersText(text), reference, options);
}

}  // namespace domain::matching
