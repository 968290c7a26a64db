// The records of a batch that can be read and are not refused for what they say.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/intake/field_reader.h"
#include "flows/operations/import_batch.h"
#include "flows/operations/record_book.h"

namespace flows {

template <class Value>
struct Candidate {
  const formats::source::SourceItem* item = nullptr;
  Value value;
  std::vector<domain::Problem> notices;
};

template <class Value>
using ReadRecord = domain::Intake<Value> (*)(const domain::Record&, const domain::IntakeContext&);

// Reads all; what is refused goes to the outcome.
template <class Value>
[[nodiscard]] std::vector<Candidate<Value>> read_candidates(
    const ImportContext& context, std::span<const formats::source::SourceItem> items,
    ReadRecord<Value> read, BatchOutcome& outcome) {
  std::vector<Candidate<Value>> candidates;
  for (const formats::source::SourceItem& item : items) {
    if (item.unreadable) {
      outcome.reject(item, {&*item.unreadable, 1}, {});
      continue;
    }
    auto intake = read(item.record, context.intake());
    if (intake.value) {
      candidates.push_back({&item, *std::move(intake.value), std::move(intake.notices)});
    } else {
      outcome.reject(item, intake.refusals, intake.notices);
    }
  }
  return candidates;
}

// Under which id a record is known to its source.
template <class Value>
[[nodiscard]] const std::string& record_id_of(const Value& value) {
  return value.number;
}
[[nodiscard]] inline const std::string& record_id_of(const domain::Subscription& value) {
  return value.service;
}

// Their places in the book are theirs in the list.
template <class Value>
[[nodiscard]] base::Result<RecordBook> open_book(ports::Imports& imports,
                                                 const ImportContext& context,
                                                 std::span<const Candidate<Value>> candidates) {
  std::vector<ports::RecordKey> keys;
  for (const Candidate<Value>& candidate : candidates) {
    keys.push_back({record_id_of(candidate.value), candidate.item->record.content()});
  }
  return RecordBook::open(imports, context.mapping.source(), keys);
}

// A problem that we named by our name of the field, as the file heads it.
[[nodiscard]] inline domain::Problem with_heading(domain::Problem problem,
                                                  const domain::Record& record) {
  problem.field = record.heading(problem.field);
  return problem;
}

}  // namespace flows
