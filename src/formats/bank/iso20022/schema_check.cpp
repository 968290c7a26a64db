#include "formats/bank/iso20022/schema_check.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/text/beginning.h"
#include "formats/bank/iso20022/values.h"

namespace formats::bank::iso20022 {
namespace {

constexpr std::size_t kShown = 40;
constexpr std::size_t kIdLength = 15;  // "camt.053.001.02"

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "camt.053.001.02" in any namespace; empty where none names a message.
std::string_view id_in(std::string_view space) {
  for (std::size_t at = 0; at + kIdLength <= space.size(); ++at) {
    const std::string_view id = space.substr(at, kIdLength);
    bool fits = true;
    for (std::size_t each = 0; each < kIdLength && fits; ++each) {
      const bool point = each == 4 || each == 8 || each == 12;
      const char c = id[each];
      fits = point ? c == '.' : each < 4 ? c >= 'a' && c <= 'z' : is_digit(c);
    }
    if (fits) return id;
  }
  return {};
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Two letters, two digits, letters and digits; and by ISO 7064 mod 97-10 the first four behind the
// others give one.
enum class IbanFault { kNone, kForm, kCheckDigits };
IbanFault fault_of_iban(std::string_view iban) {
  constexpr std::uint64_t kRoom = UINT64_MAX / 1'000;
  constexpr std::size_t kLengthMax = 34;
  if (iban.size() < 5 || iban.size() > kLengthMax) return IbanFault::kForm;
  std::uint64_t rest = 0;
  for (std::size_t at = 4; at < iban.size() + 4; ++at) {
    const std::size_t here = at < iban.size() ? at : at - iban.size();
    const char c = iban[here];
    if (is_digit(c) && here > 1) {
      rest = rest * 10 + static_cast<std::uint64_t>(c - '0');
    } else if ((c >= 'A' && c <= 'Z' && (here < 2 || here > 3)) ||
               (c >= 'a' && c <= 'z' && here > 3)) {
      rest = rest * 100 + static_cast<std::uint64_t>((c | 0x20) - 'a' + 10);
    } else {
      return IbanFault::kForm;
    }
    if (rest > kRoom) rest %= 97;
  }
  return rest % 97 == 1 ? IbanFault::kNone : IbanFault::kCheckDigits;
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_decimal(std::string_view text, std::size_t places) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  return !text.empty() && std::ranges::all_of(text.substr(0, point), is_digit) &&
         std::ranges::all_of(fraction, is_digit) && fraction.size() <= places &&
         point + fraction.size() > 0;
}

}  // namespace

const Schema* SchemaCheck::start(std::string_view message, std::string_view space,
                                 std::string_view location, std::int64_t line) {
  std::string_view id = id_in(space);
  bool agrees = id.starts_with(message);
  if (!agrees) {
    const std::string what = space.empty() ? "the message has no namespace"
                                           : "the namespace \"" + base::beginning(space, 100) +
                                                 "\" is not of " + std::string(message);
    const std::string_view other = id_in(location);
    agrees = other.starts_with(message);
    if (agrees) id = other;
    reading_.problem(
        line, "xmlns", "wrong_namespace",
        what + (agrees ? "; it is taken for " + std::string(id) + ", as its schema's address says"
                       : "; elements are read by their names"));
  }
  const std::string same = std::string(message) +
                           std::string(id.substr(std::min<std::size_t>(id.size(), message.size())));
  schema_ = Schema::find(same);
  strict_ = schema_ != nullptr;
  message_ = same;
  if (!strict_) {
    const std::string_view newest = Schema::newest_of(message), oldest = Schema::oldest_of(message);
    const bool later = same > newest && same.starts_with(newest.substr(0, kIdLength - 2));
    const bool national = !id.empty() && !same.starts_with(newest.substr(0, kIdLength - 2));
    message_ = later ? newest : oldest;
    schema_ = Schema::find(message_);
    if (agrees && (later || national)) {
      reading_.problem(line, "xmlns", "unknown_version",
                       std::string(id) + " is not known, the newest is " + std::string(newest) +
                           "; elements are read by their names");
    }
  }
  is_named_ = !id.empty();
  if (std::exchange(prepared_, schema_) != schema_) prepare(*schema_);
  frames_[0] = {.type = Schema::kMessage, .last = -1, .name = -1, .line = line, .seen = 0};
  depth_ = 1;
  unknown_ = 0;
  return schema_;
}

void SchemaCheck::prepare(const Schema& schema) {
  kinds_.clear();
  for (int index = 0; index < schema.types(); ++index) {
    const Schema::Type& type = schema.type(index);
    const bool parts = type.kind == Schema::Kind::kSequence || type.kind == Schema::Kind::kChoice;
    const bool choice = type.kind == Schema::Kind::kChoice;
    kinds_.push_back({.text = !parts && type.kind != Schema::Kind::kAny,
                      .choice = choice,
                      .required = choice ? 0 : type.required});
  }
  leave_out_told();
}

// The reader says what follows from it.
void SchemaCheck::leave_out_told() {
  for (const std::string_view path : told_) {
    const std::size_t slash = path.find('/');
    for (int index = 0; index < schema_->types(); ++index) {
      for (const Schema::Child& parent : schema_->type(index).children) {
        if (name_of(parent) != path.substr(0, slash)) continue;
        const auto& children = schema_->type(parent.type).children;
        for (std::size_t at = 0; at < children.size(); ++at) {
          if (name_of(children[at]) != path.substr(slash + 1)) continue;
          kinds_[static_cast<std::size_t>(parent.type)].required &= ~(std::uint64_t{1} << at);
        }
      }
    }
  }
}

void SchemaCheck::begin_unknown(int name, std::string_view written, std::int64_t line) {
  unknown_ = 1;
  if (schema_->type(frames_[depth_ - 1].type).kind == Schema::Kind::kAny) return;
  const std::string element = base::beginning(written, kShown);
  if (!strict_) {
    if (is_named_ || name >= 0 || Schema::any_has(element)) return;
    return reading_.problem(line, path(element), "unknown_element",
                            "no version of the message has an element " + element);
  }
  reading_.problem(line, path(element), name < 0 ? "unknown_element" : "element_out_of_place",
                   name < 0 ? message_ + " has no element " + element
                            : message_ + " has no " + element + " here");
}

void SchemaCheck::look_at_order(const Frame& frame, int child, std::int64_t line) {
  if (!strict_) return;
  const Schema::Type& type = schema_->type(frame.type);
  const Schema::Child& element = type.children[static_cast<std::size_t>(child)];
  const std::string name(name_of(element));
  if (child < frame.last && type.kind == Schema::Kind::kSequence) {
    const Schema::Child& last = type.children[static_cast<std::size_t>(frame.last)];
    reading_.problem(line, path(name), "element_out_of_place",
                     name + " stands behind " + std::string(name_of(last)));
  } else if ((frame.seen >> child & 1) == 0) {
    reading_.problem(line, path(name), "element_out_of_place",
                     name + " stands beside another, of which " + message_ + " takes one");
  } else if (element.most == 1) {
    reading_.problem(line, path(name), "element_out_of_place", name + " stands there twice");
  }
}

void SchemaCheck::tell_missing(const Frame& frame, std::uint64_t missing) {
  const Schema::Type& type = schema_->type(frame.type);
  if (type.kind == Schema::Kind::kChoice) {
    std::string names;
    for (const Schema::Child& child : type.children) {
      names += (names.empty() ? "" : ", ") + std::string(name_of(child));
    }
    reading_.problem(frame.line, path(), "missing_value", "one of these is demanded: " + names);
    return;
  }
  for (; missing != 0; missing &= missing - 1) {
    const auto at = static_cast<std::size_t>(std::countr_zero(missing));
    const std::string name(name_of(type.children[at]));
    reading_.problem(frame.line, path(name), "missing_value", message_ + " demands " + name);
  }
}

void SchemaCheck::look_at_text(const Schema::Type& type, std::string_view written, bool is_read,
                               std::int64_t line) {
  using Kind = Schema::Kind;
  const std::string_view text = trimmed(written);
  const auto tell = [&](std::string_view code, std::string what) {
    reading_.problem(line, path(), code, std::move(what));
  };
  const auto wrong_form = [&](std::string_view what) {
    tell("wrong_form", "\"" + base::beginning(text, kShown) + "\" is no " + std::string(what));
  };
  if (text.empty()) {
    if (!is_read || type.kind == Kind::kText) tell("missing_value", "the element is empty");
    return;
  }
  if (type.kind == Kind::kText) {
    if (text.size() <= type.most) return;
    if (const std::size_t letters = letters_in(text); letters > type.most) {
      tell("text_too_long", "it has " + std::to_string(letters) + " letters, " + type.name +
                                " has " + std::to_string(type.most) + " at most; all are kept");
    }
  } else if (type.kind == Kind::kCodes) {
    if (std::ranges::find(type.codes, text) == type.codes.end()) wrong_form(type.name);
  } else if (type.kind == Kind::kPattern) {
    if (!matches(type.pattern, text)) wrong_form(type.name);
  } else if (type.kind == Kind::kIban) {
    const IbanFault fault = fault_of_iban(text);
    if (fault == IbanFault::kForm) wrong_form("IBAN as files write it");
    if (fault == IbanFault::kCheckDigits) {
      tell("wrong_check_digits",
           "\"" + std::string(text) + "\" is mistyped: its check digits are those of another IBAN");
    }
  } else if (!is_read) {
    if (type.kind == Kind::kDecimal && !is_decimal(text, type.most)) wrong_form("number");
    if (type.kind == Kind::kDay && !parse_day(text)) wrong_form("day");
  }
}

std::string SchemaCheck::path(std::string_view below) const {
  std::string path;
  for (const Frame& frame : std::span(frames_).first(depth_)) {
    if (frame.name < 0) continue;
    if (!path.empty()) path += '/';
    path += schema_->names()[static_cast<std::size_t>(frame.name)];
  }
  if (!below.empty() && !path.empty()) path += '/';
  return path + std::string(below);
}

}  // namespace formats::bank::iso20022
