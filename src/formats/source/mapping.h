// A mapping: how the files of a division are to be read. Written as TOML by the operator
// (mappings/<division>.toml, docs/guides/import.md), read here from its parsed form.
//
// A Mapping is valid by construction: read_mapping names the first member that makes no sense.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/intake/record_kind.h"
#include "formats/source/encoding.h"

namespace formats::source {

// A column of a file and the field that it fills.
struct ColumnMapping {
  std::string heading;  // Or, in JSON, the path of the member: "customer.address.city".
  const domain::FieldSpec* field = nullptr;
  bool optional = false;  // The file may lack the column.
  // What stands in the file and what we call it; empty: the text itself.
  std::vector<std::pair<std::string, std::string>> values;
  // In JSON, of a list of objects: the members that hold the day and the code.
  std::string day_member = {}, code_member = {};
};

struct ConstantField {
  const domain::FieldSpec* field = nullptr;
  std::string text;
};

// A way to write a day: "yyyy-mm-dd", "dd.mm.yyyy", "yyyymmdd".
class DateForm {
 public:
  // Errors: bad_date_form.
  [[nodiscard]] static base::Result<DateForm> parse(std::string_view pattern);
  // The same day as "yyyy-mm-dd", whether it exists or not; nothing where the form is another.
  [[nodiscard]] std::optional<std::string> to_iso(std::string_view text) const;

 private:
  explicit DateForm(std::string_view pattern) : pattern_(pattern) {}
  std::string pattern_;
};

// What a time without an offset means: nothing, or the operator's clocks; then, which of the two is
// meant where an hour exists twice.
enum class LocalTimes { kRefused, kEarlier, kLater };

// One kind of file of a division.
struct RecordMapping {
  std::string division;  // "broadband"
  std::string name;      // "customers"
  const domain::RecordKind* kind = nullptr;
  std::string reader;  // formats/source/registry.cpp: "csv"
  Encoding encoding = Encoding::kUtf8;
  char delimiter = ',';
  std::optional<char> quote;
  char decimal_mark = '.';
  std::vector<DateForm> date_forms;
  LocalTimes local_times = LocalTimes::kRefused;
  std::vector<ColumnMapping> columns;
  std::vector<std::string> ignored;  // Headings that may be there and say nothing to us.
  std::vector<ConstantField> constants;

  // "broadband.customers": where its records come from.
  [[nodiscard]] std::string source() const { return division + "." + name; }
};

struct Mapping {
  std::string division;
  std::vector<RecordMapping> records;

  // Errors: unknown_mapping, which lists those that there are.
  [[nodiscard]] base::Result<const RecordMapping*> find(std::string_view name) const;
};

// `file` is what errors call the mapping. Errors, place "file: member": missing_member,
// unknown_member, bad_member, mapping_unknown_field, mapping_field_not_filled,
// mapping_field_filled_twice.
[[nodiscard]] base::Result<Mapping> read_mapping(const base::Json& json, std::string_view file);

}  // namespace formats::source
