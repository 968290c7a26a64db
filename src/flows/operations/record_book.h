// Which records were taken before, so that none counts twice: those in the database and those
// earlier in the same batch.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "ports/imports.h"

namespace flows {

class RecordBook {
 public:
  // Looks up all keys of a batch at once.
  [[nodiscard]] static base::Result<RecordBook> open(ports::Imports& imports, std::string source,
                                                     std::span<const ports::RecordKey> keys);

  // Of the key at that place, after what was taken so far.
  [[nodiscard]] ports::RecordState state_of(std::size_t at) const;
  void take(std::size_t at, domain::FileId file, std::int64_t line);
  // Writes what was taken; the last content of each record.
  [[nodiscard]] base::Result<> save(ports::Imports& imports) const;

 private:
  std::string source_;
  std::vector<ports::RecordKey> keys_;
  std::vector<ports::RecordState> stored_;
  std::map<std::string, ports::RecordMark> taken_;  // By record id.
};

}  // namespace flows
