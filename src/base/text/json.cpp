#include "base/text/json.h"

#include <algorithm>

namespace base {
namespace {

constexpr int kOneLine = -1;

void new_line(std::string& out, int indent) {
  if (indent == kOneLine) return;
  out.push_back('\n');
  out.append(static_cast<std::size_t>(indent) * 2, ' ');
}

int deeper(int indent) { return indent == kOneLine ? kOneLine : indent + 1; }

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  // Most texts hold nothing to escape: whole runs are copied.
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, copied, at - copied);
    copied = at + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out.push_back(kHex[c >> 4]);
        out.push_back(kHex[c & 15]);
    }
  }
  out.append(text, copied);
  out.push_back('"');
}

const Json& Json::operator[](std::string_view name) const {
  static const Json kNull;
  if (const auto* object = as_object()) {
    const auto member = std::ranges::find(*object, name, &Member::first);
    if (member != object->end()) return member->second;
  }
  return kNull;
}

std::string Json::text(std::string_view name, std::string_view otherwise) const {
  const auto* value = (*this)[name].as_string();
  return value ? *value : std::string(otherwise);
}

std::int64_t Json::integer(std::string_view name, std::int64_t otherwise) const {
  const auto* value = (*this)[name].as_integer();
  return value ? *value : otherwise;
}

Json& Json::set(std::string_view name, Json value) {
  if (is_null()) value_ = Object{};
  auto& object = std::get<Object>(value_);
  const auto member = std::ranges::find(object, name, &Member::first);
  if (member != object.end()) {
    member->second = std::move(value);
  } else {
    object.emplace_back(std::string(name), std::move(value));
  }
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  std::get<Array>(value_).push_back(std::move(value));
  return *this;
}

void Json::write(std::string& out, int indent) const {
  if (is_null()) {
    out += "null";
  } else if (const auto* boolean = as_bool()) {
    out += *boolean ? "true" : "false";
  } else if (const auto* integer = as_integer()) {
    out += std::to_string(*integer);
  } else if (const auto* string = as_string()) {
    append_json_string(out, *string);
  } else if (const auto* array = as_array()) {
    out.push_back('[');
    for (std::size_t at = 0; at < array->size(); ++at) {
      if (at > 0) out.push_back(',');
      new_line(out, deeper(indent));
      (*array)[at].write(out, deeper(indent));
    }
    if (!array->empty()) new_line(out, indent);
    out.push_back(']');
  } else if (const auto* object = as_object()) {
    out.push_back('{');
    for (std::size_t at = 0; at < object->size(); ++at) {
      if (at > 0) out.push_back(',');
      new_line(out, deeper(indent));
      append_json_string(out, (*object)[at].first);
      out += indent == kOneLine ? ":" : ": ";
      (*object)[at].second.write(out, deeper(indent));
    }
    if (!object->empty()) new_line(out, indent);
    out.push_back('}');
  }
}

std::string Json::dump() const {
  std::string out;
  write(out, kOneLine);
  return out;
}

std::string Json::pretty() const {
  std::string out;
  write(out, 0);
  return out;
}

}  // namespace base
