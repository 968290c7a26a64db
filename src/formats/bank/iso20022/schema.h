// What the schema of an ISO 20022 message says of its elements: which stand in which, in which
// order and how often, and what form their texts have.
//
// Made from the published schemas into one table (schema_types.cpp), where a type that several
// versions share stands once. Readers do not need it: it is there to tell a bank's faults.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace formats::bank::iso20022 {

class Schema {
 public:
  enum class Kind : std::uint8_t {
    kSequence,
    kChoice,
    kText,
    kCodes,
    kPattern,
    kIban,
    kDecimal,
    kDay,
    kAny,  // Not looked into.
  };
  struct Child {
    int name = 0;  // Of names().
    int type = 0;  // Of type().
    bool required = false;
    int most = 1;  // 0: without end.
  };
  // Letters of a pattern: so many of a set. What follows an optional one may be missing with it.
  struct Letters {
    std::array<std::uint64_t, 2> set = {};
    int least = 1, most = 1;
    bool optional = false;
  };
  struct Type {
    std::string name;  // "Max35Text"
    Kind kind = Kind::kAny;
    std::vector<Child> children;      // At most kChildrenMax.
    std::uint64_t required = 0;       // A bit for each child.
    std::size_t least = 0, most = 0;  // Letters of a text; of a decimal `most` places.
    std::vector<std::string> codes;
    std::vector<Letters> pattern;
  };
  static constexpr std::size_t kChildrenMax = 64;
  static constexpr std::uint16_t kNone = 255;

  // By its id: "camt.053.001.02". Null where it is none of ours.
  [[nodiscard]] static const Schema* find(std::string_view message);
  // Of the same message ("camt.053"): the newest, and the oldest.
  [[nodiscard]] static std::string_view newest_of(std::string_view message);
  [[nodiscard]] static std::string_view oldest_of(std::string_view message);

  // Whether any message of ours has an element of this name.
  [[nodiscard]] static bool any_has(std::string_view name);

  // For find() and tests: the message is one of schema_text().
  explicit Schema(std::string_view message);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const Type& type(int index) const {
    return types_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] int types() const { return static_cast<int>(types_.size()); }
  static constexpr int kMessage = 0;  // The type of the message's element.
  // Which child of a type has the name, and its type; kNone: none.
  struct Step {
    std::uint16_t child = kNone, type = 0;
  };
  [[nodiscard]] Step step(int type, int name) const {
    return steps_[static_cast<std::size_t>(type) * names_.size() + static_cast<std::size_t>(name)];
  }

 private:
  int name_of(std::string_view name);
  int type_of(std::string_view name);
  void add_children(int type, std::string_view rest);

  std::vector<std::string> names_;
  std::vector<Type> types_;
  std::vector<Step> steps_;
};

// Whether the whole text is what the pattern describes.
[[nodiscard]] bool matches(const std::vector<Schema::Letters>& pattern, std::string_view text);

// The table: a line a type, those that go on begin with blanks. See schema_test.cpp.
[[nodiscard]] std::string_view schema_text();

}  // namespace formats::bank::iso20022
