// Writes the canonical JSON of json.h straight into a string, without a tree in between.
//
// For what is written a million times: documents. The bytes are those of Json::dump() of the same
// members in the same order. The caller keeps the order of calls: a name before each value of an
// object, an end for each begin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace base {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  // A name of ours: of letters, digits and _ only.
  JsonWriter& name(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& null();

  // A name and its value.
  JsonWriter& member(std::string_view label, std::string_view value) {
    return name(label).text(value);
  }
  JsonWriter& member(std::string_view label, std::int64_t value) {
    return name(label).integer(value);
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool follows_ = false;  // Whether the next value or name stands after another one.
};

}  // namespace base
