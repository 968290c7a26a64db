#include "formats/bank/iso20022/schema.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>

#include "base/result/check.h"

namespace formats::bank::iso20022 {
namespace {

// The table by its lines' first words.
const std::map<std::string_view, std::string_view>& lines() {
  static const auto kLines = [] {
    std::map<std::string_view, std::string_view> found;
    std::string_view rest = schema_text();
    while (!rest.empty()) {
      std::size_t end = rest.find('\n');
      while (end != rest.npos && end + 1 < rest.size() && rest[end + 1] == ' ') {
        end = rest.find('\n', end + 1);
      }
      const std::string_view line = rest.substr(0, end);
      const std::size_t name = std::min(line.find(' '), line.size());
      if (name > 0) found[line.substr(0, name)] = line.substr(std::min(name + 1, line.size()));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return found;
  }();
  return kLines;
}

// The next word of a line; empty at its end.
std::string_view take_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(" \n"));
  rest.remove_prefix(word.size());
  return word;
}

std::size_t number_of(std::string_view word) {
  std::size_t value = 0;
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

void add_letter(Schema::Letters& letters, char c) {
  const auto at = static_cast<unsigned char>(c);
  if (at < 128) letters.set[at / 64] |= std::uint64_t{1} << (at % 64);
}

// "[A-Z0-9]", "\+" or a letter.
Schema::Letters take_letters(std::string_view& rest) {
  Schema::Letters letters;
  const auto take = [&rest] {
    if (rest.front() == '\\') rest.remove_prefix(1);
    const char c = rest.front();
    rest.remove_prefix(1);
    return c;
  };
  if (rest.front() != '[') {
    add_letter(letters, take());
    return letters;
  }
  rest.remove_prefix(1);
  while (rest.front() != ']') {
    const char first = take();
    char last = first;
    if (rest.starts_with('-') && rest[1] != ']') {
      rest.remove_prefix(1);
      last = take();
    }
    for (char c = first; c <= last; ++c) add_letter(letters, c);
  }
  rest.remove_prefix(1);
  return letters;
}

// "{4,4}" or "{4}".
void take_count(std::string_view& rest, Schema::Letters& letters) {
  if (!rest.starts_with('{')) return;
  const std::string_view count = rest.substr(1, rest.find('}') - 1);
  const std::size_t comma = std::min(count.find(','), count.size());
  letters.least = static_cast<int>(number_of(count.substr(0, comma)));
  letters.most =
      comma == count.size() ? letters.least : static_cast<int>(number_of(count.substr(comma + 1)));
  rest.remove_prefix(count.size() + 2);
}

// Sets of letters in a row; one group at the end, (...){0,1}, may be missing.
std::vector<Schema::Letters> pattern_of(std::string_view rest) {
  std::vector<Schema::Letters> pattern;
  bool optional = false;
  while (!rest.empty() && rest.front() != ')') {
    if (rest.front() == '(') {
      optional = true;
      rest.remove_prefix(1);
    }
    pattern.push_back(take_letters(rest));
    take_count(rest, pattern.back());
    pattern.back().optional = optional;
  }
  return pattern;
}

}  // namespace

const Schema* Schema::find(std::string_view message) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const Schema>, std::less<>> made;
  const auto line = lines().find(message);
  if (line == lines().end() || !line->second.starts_with('>')) return nullptr;
  const std::scoped_lock lock(mutex);
  auto& schema = made[std::string(message)];
  if (schema == nullptr) schema = std::make_unique<const Schema>(message);
  return schema.get();
}

std::string_view Schema::newest_of(std::string_view message) {
  std::string_view newest;
  for (const auto& [name, line] : lines()) {
    if (line.starts_with('>') && name.starts_with(message) && name[9] == '0' && name[11] == '1') {
      newest = name;
    }
  }
  return newest;
}

std::string_view Schema::oldest_of(std::string_view message) {
  const auto found = lines().lower_bound(message);
  CHECK(found != lines().end());
  return found->first;
}

bool Schema::any_has(std::string_view name) {
  return std::ranges::any_of(lines(), [name](const auto& row) {
    if (!row.second.starts_with('>')) return false;
    const std::vector<std::string>& names = find(row.first)->names();
    return std::ranges::find(names, name) != names.end();
  });
}

Schema::Schema(std::string_view message) {
  std::string_view line = lines().at(message);
  CHECK(take_word(line) == ">");
  type_of(take_word(line));
  steps_.assign(types_.size() * names_.size(), {});
  for (std::size_t type = 0; type < types_.size(); ++type) {
    for (std::size_t at = 0; at < types_[type].children.size(); ++at) {
      const Child& child = types_[type].children[at];
      steps_[type * names_.size() + static_cast<std::size_t>(child.name)] = {
          .child = static_cast<std::uint16_t>(at), .type = static_cast<std::uint16_t>(child.type)};
    }
  }
}

int Schema::name_of(std::string_view name) {
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<int>(found - names_.begin());
  names_.emplace_back(name);
  return static_cast<int>(names_.size()) - 1;
}

int Schema::type_of(std::string_view name) {
  const auto found = std::ranges::find(types_, name, &Type::name);
  if (found != types_.end()) return static_cast<int>(found - types_.begin());
  const int index = static_cast<int>(types_.size());
  types_.push_back({});
  Type type;
  type.name = name;
  std::string_view rest = lines().at(name);
  const std::string_view kind = take_word(rest);
  if (kind == "{" || kind == "|") {
    type.kind = kind == "{" ? Kind::kSequence : Kind::kChoice;
  } else if (kind == "\"") {
    type.kind = Kind::kText;
    type.least = number_of(take_word(rest));
    type.most = number_of(take_word(rest));
  } else if (kind == "=") {
    type.kind = Kind::kCodes;
    for (auto code = take_word(rest); !code.empty(); code = take_word(rest)) {
      type.codes.emplace_back(code);
    }
  } else if (kind == "~") {
    type.kind = name.starts_with("IBAN") ? Kind::kIban : Kind::kPattern;
    type.pattern = pattern_of(take_word(rest));
  } else if (kind == "#") {
    type.kind = Kind::kDecimal;
    type.most = number_of(take_word(rest));
  } else if (kind == "@") {
    type.kind = Kind::kDay;
  }
  // What is behind it is found while it stands in the list.
  types_[static_cast<std::size_t>(index)] = std::move(type);
  if (kind == "{" || kind == "|") add_children(index, rest);
  return index;
}

// "Id:Max35Text Bal+:CashBalance3 Nm?:Max70Text AdrLine*7:Max70Text"
void Schema::add_children(int type, std::string_view rest) {
  std::vector<Child> children;
  std::uint64_t required = 0;
  for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
    const std::size_t colon = word.find(':');
    const std::size_t mark = std::min(word.find_first_of("?*+"), colon);
    const char sign = word[mark];
    Child child{.name = name_of(word.substr(0, mark)), .type = type_of(word.substr(colon + 1))};
    child.required = sign == ':' || sign == '+';
    if (sign == '*' || sign == '+') {
      child.most = static_cast<int>(number_of(word.substr(mark + 1, colon - mark - 1)));
    }
    if (child.required) required |= std::uint64_t{1} << children.size();
    children.push_back(child);
  }
  CHECK(children.size() <= kChildrenMax);
  types_[static_cast<std::size_t>(type)].children = std::move(children);
  types_[static_cast<std::size_t>(type)].required = required;
}

bool matches(const std::vector<Schema::Letters>& pattern, std::string_view text) {
  std::size_t at = 0;
  for (const Schema::Letters& letters : pattern) {
    if (letters.optional && at == text.size()) return true;
    int count = 0;
    for (; at < text.size() && count < letters.most; ++count, ++at) {
      const auto c = static_cast<unsigned char>(text[at]);
      if (c >= 128 || (letters.set[c / 64] >> (c % 64) & 1) == 0) break;
    }
    if (count < letters.least) return false;
  }
  return at == text.size();
}

}  // namespace formats::bank::iso20022
