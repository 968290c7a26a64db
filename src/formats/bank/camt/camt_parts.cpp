// Entries of very many parts: a batch of a million debits is one entry. It is told as several, each
// of some of its parts and their sum, so that all of them come to the entry and memory is bounded.
#include <utility>

#include "formats/bank/camt/camt_reader.h"

namespace formats::bank::camt {

using base::Money;
using domain::BankEntry;
using domain::BankEntryDetail;
using domain::MoneyDirection;

void CamtReader::too_many(std::string_view field) {
  reading_.problem(entry_line_, field, "section_too_long",
                   "there are more than " + std::to_string(kDetailsOfEntryMax) +
                       " parts; those beyond are left out, and the sum stays whole");
}

// What the details come to, where each says its share and all go the entry's way.
std::optional<std::int64_t> CamtReader::sum_of_details(const BankEntry& entry) const {
  std::int64_t sum = 0;
  for (const BankEntryDetail& detail : details_) {
    const bool fits = detail.amount && detail.amount->currency() == entry.amount.currency() &&
                      detail.direction == entry.direction;
    if (!fits || __builtin_add_overflow(sum, detail.amount->minor(), &sum)) return std::nullopt;
  }
  return sum > 0 && Money::make(sum, entry.amount.currency()) ? std::optional(sum) : std::nullopt;
}

// The entry's head stands before its details. What cannot be taken in parts keeps its sum only.
void CamtReader::make_room() {
  BankEntry entry;
  const bool begun = head_.has_value();
  if (begun) entry = *head_;
  const bool readable = begun || (slots_.has(Field::kAmount) && read_entry(entry));
  const auto sum = readable ? sum_of_details(entry) : std::nullopt;
  std::int64_t told = told_minor_;
  if (!sum || __builtin_add_overflow(told, *sum, &told) || told > entry.amount.minor()) {
    overfull_ = true;
    return too_many("NtryDtls/TxDtls");
  }
  if (!begun) {
    head_ = entry;
    count_entry(entry);
    reading_.problem(entry_line_, "NtryDtls/TxDtls", "entry_in_parts",
                     "the entry has more than " + std::to_string(kDetailsOfEntryMax) +
                         " parts; it is taken as several entries");
  }
  told_minor_ = told;
  entry.details = std::exchange(details_, {});
  tell_part(std::move(entry), *sum);
}

void CamtReader::tell_part(BankEntry entry, std::int64_t minor) {
  entry.amount = Money(minor, entry.amount.currency());
  if (!entry.batch) entry.batch = BankEntry::Batch{.id = slots_.text(Field::kBatchId), .count = {}};
  reading_.entry(std::move(entry));
}

// What is left of the sum, with the last details.
void CamtReader::tell_rest(BankEntry entry) {
  const std::int64_t rest = entry.amount.minor() - told_minor_;
  if (rest == 0 && entry.details.empty()) return;
  entry.amount = Money(rest, entry.amount.currency());
  if (!overfull_) check_details(entry);
  tell_part(std::move(entry), rest);
}

}  // namespace formats::bank::camt
