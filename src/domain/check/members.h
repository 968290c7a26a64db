// Reads the members of a JSON object that a person wrote: configuration, mappings, catalogues.
//
// Every answer is either the member in its type or an error that names its place. Members that
// nobody asked for are mistakes of typing and refused by allow_only().
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"

namespace domain::check {

class Members {
 public:
  // `place` is what errors call the object; both are only looked at. Errors: bad_member where the
  // value is no object.
  [[nodiscard]] static base::Result<Members> of(const base::Json& json, std::string place);

  // Members of other names, each an unknown_member.
  [[nodiscard]] std::vector<base::Error> unknown(
      std::initializer_list<std::string_view> names) const;
  // Errors: unknown_member, of the first.
  [[nodiscard]] base::Result<> allow_only(std::initializer_list<std::string_view> names) const;

  // Errors of the following: missing_member where it must be there, bad_member where its type is
  // another.
  [[nodiscard]] base::Result<std::string> text(std::string_view name) const;
  [[nodiscard]] base::Result<std::string> text_or(std::string_view name,
                                                  std::string_view otherwise) const;
  [[nodiscard]] base::Result<std::int64_t> integer_or(std::string_view name,
                                                      std::int64_t otherwise) const;
  [[nodiscard]] base::Result<bool> flag_or(std::string_view name, bool otherwise) const;
  // Empty where it is absent.
  [[nodiscard]] base::Result<std::vector<std::string>> texts(std::string_view name) const;
  [[nodiscard]] base::Result<const base::Json::Array*> list(std::string_view name) const;
  [[nodiscard]] base::Result<const base::Json::Object*> table(std::string_view name) const;

  [[nodiscard]] const base::Json& value(std::string_view name) const { return (*json_)[name]; }
  [[nodiscard]] std::string place_of(std::string_view name) const;
  // Errors: bad_member, at that member.
  [[nodiscard]] std::unexpected<base::Error> refuse(std::string_view name, std::string text) const;

 private:
  Members(const base::Json& json, std::string place) : json_(&json), place_(std::move(place)) {}

  const base::Json* json_;
  std::string place_;
};

}  // namespace domain::check
