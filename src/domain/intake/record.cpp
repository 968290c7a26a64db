#include "domain/intake/record.h"

#include <algorithm>

namespace domain {
namespace {

const RecordField* find_field(const Record& record, std::string_view name) {
  const auto found = std::ranges::find(record.fields, name, &RecordField::name);
  return found == record.fields.end() ? nullptr : &*found;
}

}  // namespace

std::string_view Record::text(std::string_view name) const {
  const auto* field = find_field(*this, name);
  return field ? std::string_view(field->text) : std::string_view();
}

std::string_view Record::heading(std::string_view name) const {
  const auto* field = find_field(*this, name);
  return field && !field->heading.empty() ? std::string_view(field->heading) : name;
}

std::string Record::content() const {
  std::vector<const RecordField*> sorted;
  for (const RecordField& field : fields) {
    if (!field.text.empty()) sorted.push_back(&field);
  }
  std::ranges::sort(sorted, {}, [](const RecordField* field) { return field->name; });
  std::string content;
  for (const RecordField* field : sorted) {
    content += field->name;
    content.push_back('\0');
    content += field->text;
    content.push_back('\0');
  }
  return content;
}

}  // namespace domain
