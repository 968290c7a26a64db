#include "flows/operations/record_book.h"

namespace flows {

using ports::RecordState;

base::Result<RecordBook> RecordBook::open(ports::Imports& imports, std::string source,
                                          std::span<const ports::RecordKey> keys) {
  RecordBook book;
  book.source_ = std::move(source);
  book.keys_.assign(keys.begin(), keys.end());
  book.stored_ = TRY(imports.compare_records(book.source_, keys));
  return book;
}

RecordState RecordBook::state_of(std::size_t at) const {
  const auto taken = taken_.find(keys_[at].record_id);
  if (taken == taken_.end()) return stored_[at];
  return taken->second.content == keys_[at].content ? RecordState::kRepeated
                                                    : RecordState::kChanged;
}

void RecordBook::take(std::size_t at, domain::FileId file, std::int64_t line) {
  taken_[keys_[at].record_id] = {.source = source_,
                                 .record_id = keys_[at].record_id,
                                 .content = keys_[at].content,
                                 .file = file,
                                 .line = line};
}

base::Result<> RecordBook::save(ports::Imports& imports) const {
  std::vector<ports::RecordMark> marks;
  for (const auto& [id, mark] : taken_) marks.push_back(mark);
  return imports.save_records(marks);
}

}  // namespace flows
