// The only file that sees toml11: it is a template library and costs seconds to compile.
#include "support/config/toml.h"

#include <algorithm>
#include <limits>
#include <sstream>
#include <toml.hpp>
#include <tuple>
#include <utility>
#include <vector>

namespace config {
namespace {

using base::Json;
using Value = toml::basic_value<toml::discard_comments, std::map, std::vector>;
using Lines = std::map<std::string, std::size_t, std::less<>>;

std::string place_at(std::string_view name, std::size_t line) {
  return std::string(name) + ":" + std::to_string(line);
}

// The bytes of the UTF-8 character at the start of the text; 0 where there is none that TOML
// allows: not UTF-8, or a control character other than tab and the ends of lines.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) {
    const bool control = (first < 0x20 && text[0] != '\t' && text[0] != '\n') || first == 0x7f;
    return control && !text.starts_with("\r\n") ? 0 : 1;
  }
  const std::size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xc0U) != 0x80) return 0;
  }
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool beyond = first > 0xf4 || (first == 0xf4 && second >= 0x90);
  return overlong || surrogate || beyond ? 0 : length;
}

// toml11 reads past the end of some texts that are not UTF-8, so they never reach it.
base::Result<> check_characters(std::string_view text, std::string_view name) {
  std::size_t line = 1;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      return base::fail("toml_syntax",
                        "a byte that is neither UTF-8 text nor a tab or the end of a line: "
                        "save the file as UTF-8",
                        place_at(name, line));
    }
    if (text[0] == '\n') ++line;
    text.remove_prefix(length);
  }
  return {};
}

// toml11 reads by recursion, so the depth is bounded before it sees the text. What looks like a
// bracket within a string of several lines counts too; no honest file comes near the limit.
base::Result<> check_depth(std::string_view text, std::string_view name) {
  int brackets = 0, dots = 0;
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (c == '"' || c == '\'') {
      const std::string_view stops = c == '"' ? "\"\\\n" : "'\n";
      at = text.find_first_of(stops, at + 1);
      while (at < text.size() && text[at] == '\\') at = text.find_first_of(stops, at + 2);
      if (at >= text.size()) break;
      if (text[at] == '\n') ++line;
    } else if (c == '[' || c == '{') {
      ++brackets;
    } else if (c == ']' || c == '}') {
      brackets = std::max(brackets - 1, 0);
    } else if (c == '.') {
      ++dots;
    } else if (c == '\n' || c == ',' || c == '=') {
      dots = 0;
    }
    if (brackets + dots > kTomlDepthMax) {
      return base::fail("toml_too_deep",
                        "more than " + std::to_string(kTomlDepthMax) +
                            " levels of tables and arrays: make the file flatter",
                        place_at(name, line));
    }
  }
  return {};
}

// "[error] toml::parse_table: what is wrong\n --> file ..." becomes "what is wrong".
std::string reason(std::string_view what) {
  what = what.substr(0, what.find('\n'));
  for (const std::string_view prefix : {"[error] ", "toml::"}) {
    if (what.starts_with(prefix)) what.remove_prefix(prefix.size());
  }
  if (const auto colon = what.find(": "); colon != what.npos) what.remove_prefix(colon + 2);
  return what.empty() ? "this is not TOML" : std::string(what);
}

template <class Time>
Json written(const Time& time) {
  std::ostringstream out;
  out << time;
  return Json(std::move(out).str());
}

// Turns toml11's values into ours and notes their lines.
class Converter {
 public:
  Converter(std::string_view name, Lines& lines) : name_(name), lines_(lines) {}

  base::Result<Json> convert(const Value& value, const std::string& path) {
    const std::size_t line = value.location().line();
    lines_.emplace(path, line);
    switch (value.type()) {
      case toml::value_t::boolean: return Json(value.as_boolean());
      case toml::value_t::integer: return integer(value.as_integer(), line);
      case toml::value_t::string: return Json(value.as_string().str);
      case toml::value_t::offset_datetime: return written(value.as_offset_datetime());
      case toml::value_t::local_datetime: return written(value.as_local_datetime());
      case toml::value_t::local_date: return written(value.as_local_date());
      case toml::value_t::local_time: return written(value.as_local_time());
      case toml::value_t::array: return array(value.as_array(), path);
      case toml::value_t::table: return table(value.as_table(), path);
      case toml::value_t::floating:
        return base::fail("toml_float",
                          "a number with decimals is written as a string, like \"25.5\"",
                          place_at(name_, line));
      case toml::value_t::empty: break;
    }
    return Json();
  }

 private:
  // toml11 reads a number that does not fit as the nearest one that does.
  base::Result<Json> integer(std::int64_t value, std::size_t line) const {
    using Limits = std::numeric_limits<std::int64_t>;
    if (value == Limits::max() || value == Limits::min()) {
      return base::fail("toml_integer_range", "the number is too large: write it as a string",
                        place_at(name_, line));
    }
    return Json(value);
  }

  base::Result<Json> array(const Value::array_type& items, const std::string& path) {
    Json result = Json::array();
    std::size_t at = 0;
    for (const Value& item : items) {
      result.push(TRY(convert(item, below(path, std::to_string(at++)))));
    }
    return result;
  }

  // toml11 keeps members by name; the order of the file comes back from their places.
  base::Result<Json> table(const Value::table_type& members, const std::string& path) {
    std::vector<std::tuple<std::size_t, std::size_t, std::string>> order;
    for (const auto& [key, value] : members) {
      const auto location = value.location();
      order.emplace_back(location.line(), location.column(), key);
    }
    std::ranges::sort(order);
    Json result = Json::object();
    for (const auto& [line, column, key] : order) {
      result.set(key, TRY(convert(members.at(key), below(path, key))));
    }
    return result;
  }

  static std::string below(const std::string& path, const std::string& part) {
    return path.empty() ? part : path + "." + part;
  }

  std::string_view name_;
  Lines& lines_;
};

base::Result<Value> parse_value(std::string_view text, std::string_view name) {
  try {
    std::istringstream in{std::string(text)};
    return toml::parse<toml::discard_comments, std::map, std::vector>(in, std::string(name));
  } catch (const toml::exception& error) {
    return base::fail("toml_syntax", reason(error.what()), place_at(name, error.location().line()));
  } catch (const std::exception& error) {
    return base::fail("toml_syntax", reason(error.what()), std::string(name));
  }
}

}  // namespace

base::Result<Toml> Toml::parse(std::string_view text, std::string_view name) {
  if (text.size() > kTomlBytesMax) {
    return base::fail("toml_too_large",
                      "the file has more than " + std::to_string(kTomlBytesMax) + " bytes",
                      std::string(name));
  }
  TRY(check_characters(text, name));
  TRY(check_depth(text, name));
  const Value value = TRY(parse_value(text, name));
  Toml result;
  result.name_ = name;
  result.root_ = TRY(Converter(name, result.lines_).convert(value, ""));
  return result;
}

std::string Toml::place(std::string_view path) const {
  for (;;) {
    if (const auto found = lines_.find(path); found != lines_.end()) {
      return place_at(name_, found->second);
    }
    const auto dot = path.rfind('.');
    if (dot == path.npos) return name_;
    path = path.substr(0, dot);
  }
}

base::Result<Json> parse_toml(std::string_view text, std::string_view name) {
  return TRY(Toml::parse(text, name)).root();
}

}  // namespace config
