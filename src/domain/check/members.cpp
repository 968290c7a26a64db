#include "domain/check/members.h"

#include <algorithm>

namespace domain::check {

using base::Json;
using base::Result;

Result<Members> Members::of(const Json& json, std::string place) {
  if (!json.as_object()) return base::fail("bad_member", "must be a table", std::move(place));
  return Members(json, std::move(place));
}

std::string Members::place_of(std::string_view name) const {
  if (place_.empty()) return std::string(name);
  // A file is followed by a colon, a table by a full stop.
  return place_ + (place_.ends_with(' ') ? "" : ".") + std::string(name);
}

std::unexpected<base::Error> Members::refuse(std::string_view name, std::string text) const {
  return base::fail("bad_member", std::move(text), place_of(name));
}

std::vector<base::Error> Members::unknown(std::initializer_list<std::string_view> names) const {
  std::vector<base::Error> unknown;
  for (const auto& [name, value] : *json_->as_object()) {
    if (std::ranges::find(names, std::string_view(name)) != names.end()) continue;
    unknown.push_back(
        base::fail("unknown_member", "there is no setting of this name here", place_of(name))
            .error());
  }
  return unknown;
}

Result<> Members::allow_only(std::initializer_list<std::string_view> names) const {
  auto others = unknown(names);
  if (others.empty()) return {};
  return std::unexpected(std::move(others.front()));
}

Result<std::string> Members::text(std::string_view name) const {
  if (value(name).is_null()) {
    return base::fail("missing_member", "this setting must be there", place_of(name));
  }
  std::string text = TRY(text_or(name, ""));
  if (text.empty()) return refuse(name, "must not be empty");
  return text;
}

Result<std::string> Members::text_or(std::string_view name, std::string_view otherwise) const {
  if (value(name).is_null()) return std::string(otherwise);
  if (!value(name).as_string()) return refuse(name, "must be a text");
  return *value(name).as_string();
}

Result<std::int64_t> Members::integer_or(std::string_view name, std::int64_t otherwise) const {
  if (value(name).is_null()) return otherwise;
  if (!value(name).as_integer()) return refuse(name, "must be a whole number");
  return *value(name).as_integer();
}

Result<bool> Members::flag_or(std::string_view name, bool otherwise) const {
  if (value(name).is_null()) return otherwise;
  if (!value(name).as_bool()) return refuse(name, "must be true or false");
  return *value(name).as_bool();
}

Result<std::vector<std::string>> Members::texts(std::string_view name) const {
  std::vector<std::string> texts;
  for (const Json& item : *TRY(list(name))) {
    if (!item.as_string()) return refuse(name, "must be a list of texts");
    texts.push_back(*item.as_string());
  }
  return texts;
}

Result<const Json::Array*> Members::list(std::string_view name) const {
  static const Json::Array kNone;
  if (value(name).is_null()) return &kNone;
  if (!value(name).as_array()) return refuse(name, "must be a list");
  return value(name).as_array();
}

Result<const Json::Object*> Members::table(std::string_view name) const {
  static const Json::Object kNone;
  if (value(name).is_null()) return &kNone;
  if (!value(name).as_object()) return refuse(name, "must be a table");
  return value(name).as_object();
}

}  // namespace domain::check
