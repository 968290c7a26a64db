// The broadband division as the scenarios play it: it keeps a record of each customer and order
// and writes them as its files, in the form that mappings/broadband.toml describes.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "tests/scenarios/scenario.h"

namespace scenarios {

// "broadband.customers" or "broadband.orders".
[[nodiscard]] std::string_view source_of(RecordFile file);

class SourceFiles {
 public:
  // Takes what is said of some records, all of one file, and writes just those as they stand now.
  // Errors: bad_scenario (a letter that the file's encoding lacks).
  [[nodiscard]] base::Result<std::string> write(const std::vector<const GiveRecord*>& records);
  // All records of a kind in the order in which they first came. Empty where there are none.
  [[nodiscard]] base::Result<std::string> write_all(RecordFile file) const;
  // One record as it would stand in the file, in UTF-8 and without header, after what is said.
  [[nodiscard]] std::string line_of(const GiveRecord& record);

 private:
  using Fields = std::map<std::string, std::string>;
  struct Kept {
    std::string key;
    Fields fields;
  };
  [[nodiscard]] std::vector<Kept>& kept(RecordFile file);
  [[nodiscard]] const Fields& keep(const GiveRecord& record);

  std::vector<Kept> customers_;
  std::vector<Kept> orders_;
};

}  // namespace scenarios
