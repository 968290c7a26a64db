// The table of schemas is what the published ones say: it is made anew from ../shared/data/bank/xsd
// and compared, so that a version is added by its file and an update of the table.
//
// Left out: attributes, bounds of numbers, forms that are alternatives letter by letter.
#include "formats/bank/iso20022/schema.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "tests/support/expected_file.h"

namespace formats::bank::iso20022 {
namespace {

namespace fs = std::filesystem;

const std::string kSchemas = TELGIRO_SOURCE_DIR "/../shared/data/bank/xsd/";

std::string attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(" " + std::string(name) + "=\"");
  if (at == tag.npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return std::string(tag.substr(begin, tag.find('"', begin) - begin));
}

// "Id?:Max35Text" without its type.
struct Element {
  std::string name, type;
};
struct Definition {
  std::string kind = "*", base = {}, extended = {};
  std::vector<Element> elements = {};
  std::string least = "1", most = {}, fraction = "18", pattern = {};
  std::string codes = {};
};
using Definitions = std::map<std::string, Definition>;

Element element_of(std::string_view tag, bool one_of_several) {
  const std::string most = attribute(tag, "maxOccurs");
  const std::string least = one_of_several ? "0" : attribute(tag, "minOccurs");
  std::string sign;
  if (most.empty() || most == "1") {
    sign = least == "0" ? "?" : "";
  } else {
    sign = (least == "0" ? "*" : "+") + (most == "unbounded" ? std::string() : most);
  }
  return {.name = attribute(tag, "name") + sign, .type = attribute(tag, "type")};
}

// Whether elements stand before or behind the choice at `at`, in the same sequence.
bool has_more_than_a_choice(std::string_view bytes, std::size_t at) {
  const std::size_t type = bytes.rfind("<xs:complexType", at);
  const std::size_t close = bytes.find("</xs:choice>", at);
  const std::size_t end = bytes.find("</xs:complexType", at);
  const auto has_element = [](std::string_view part) {
    return part.find("<xs:element") != part.npos;
  };
  return has_element(bytes.substr(type, at - type)) ||
         has_element(bytes.substr(close, end - close));
}

// The published schemas are made by one program: a tag for each thing, in one way.
Definitions definitions_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Definitions all;
  Definition* now = nullptr;
  bool choice = false;  // A sequence has one within, of which each may be missing.
  for (std::size_t at = bytes.find("<xs:"); at != bytes.npos; at = bytes.find("<xs:", at + 1)) {
    const std::string_view tag = std::string_view(bytes).substr(at, bytes.find('>', at) - at);
    const std::string_view what = tag.substr(4, tag.find_first_of(" /\n", 4) - 4);
    const std::string value = attribute(tag, "value");
    if (what == "complexType" || what == "simpleType") now = &all[attribute(tag, "name")];
    if (now == nullptr) continue;
    if (what == "sequence") {
      if (now->kind == "*") now->kind = "{";
      choice = false;
    } else if (what == "choice") {
      choice = has_more_than_a_choice(bytes, at);
      if (!choice) now->kind = "|";
    } else if (what == "element") {
      now->elements.push_back(element_of(tag, choice));
    } else if (what == "any") {
      now->kind = "any";
    } else if (what == "restriction") {
      now->base = attribute(tag, "base");
    } else if (what == "extension") {
      now->extended = attribute(tag, "base");
    } else if (what == "minLength") {
      now->least = value;
    } else if (what == "maxLength") {
      now->most = value;
    } else if (what == "fractionDigits") {
      now->fraction = value;
    } else if (what == "pattern") {
      now->pattern = value;
    } else if (what == "enumeration") {
      now->codes += " " + value;
    }
  }
  return all;
}

// One line a type; a type that another schema knows as something else gets a name of its own.
class Table {
 public:
  void add(const std::string& message, const Definitions& definitions) {
    names_.clear();
    const Definition& document = definitions.at("Document");
    lines_[message] = "> " + named(document.elements.back().type, definitions);
  }

  [[nodiscard]] std::string text() const {
    std::string all;
    for (const auto& [name, definition] : lines_) {
      std::string line = name;
      std::string_view rest = definition;
      while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (line.size() + word.size() > 96) {
          all += line + "\n";
          line = " ";
        }
        line += " " + std::string(word);
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
      }
      all += line + "\n";
    }
    return all;
  }

 private:
  std::string named(const std::string& type, const Definitions& definitions) {
    if (const auto known = names_.find(type); known != names_.end()) return known->second;
    const std::string line = line_of(definitions.at(type), definitions);
    std::string name = type;
    for (int next = 2; lines_.contains(name) && lines_.at(name) != line; ++next) {
      name = type + "-" + std::to_string(next);
    }
    lines_[name] = line;
    return names_[type] = name;
  }

  std::string line_of(const Definition& type, const Definitions& definitions) {
    if (!type.extended.empty()) {
      return type.extended.starts_with("xs:") ? "*"
                                              : line_of(definitions.at(type.extended), definitions);
    }
    if (type.kind == "any") return "*";
    if (!type.elements.empty()) {
      std::string line = type.kind;
      for (const Element& element : type.elements) {
        line += " " + element.name + ":" + named(element.type, definitions);
      }
      return line;
    }
    if (!type.codes.empty()) return "=" + type.codes;
    if (!type.pattern.empty() && type.pattern.find('|') == std::string::npos) {
      return "~ " + type.pattern;
    }
    if (type.base == "xs:string" && !type.most.empty()) {
      return "\" " + type.least + " " + type.most;
    }
    if (type.base == "xs:boolean") return "= true false 1 0";
    if (type.base == "xs:decimal") return "# " + type.fraction;
    if (type.base == "xs:date" || type.base == "xs:dateTime") return "@";
    return "*";
  }

  std::map<std::string, std::string> lines_;
  std::map<std::string, std::string> names_;  // Of the schema at hand: as the table calls them.
};

bool is_read(const std::string& message) {
  const std::set<std::string> kRead = {"camt.052", "camt.053", "camt.054", "pain.002"};
  // A Danish choice of its elements, not the schema.
  return kRead.contains(message.substr(0, 8)) && !message.ends_with("-subset");
}

TEST(Schemas, AreWhatIsPublished) {
  if (!fs::exists(kSchemas)) GTEST_SKIP() << "../shared/data/bank is absent";
  Table table;
  std::set<std::string> messages;
  for (const auto& file : fs::directory_iterator(kSchemas)) {
    if (is_read(file.path().stem().string())) messages.insert(file.path().stem().string());
  }
  EXPECT_EQ(messages.size(), 16U);
  for (const std::string& message : messages) {
    table.add(message, definitions_of(kSchemas + message + ".xsd"));
  }
  tests::expect_file("src/formats/bank/iso20022/schema_types.cpp",
                     "// Elements and texts of the ISO 20022 messages that are read, by their "
                     "types:\n"
                     "// \"{\" in this order, \"|\" one of these; a name with ? may be missing, "
                     "with * or + stands\n"
                     "// more than once; \" is a text with its least and most letters, = one of "
                     "codes, ~ a form,\n"
                     "// # a number with its places, @ a day, * anything, > a message. Made by "
                     "schema_test.cpp.\n"
                     "#include \"formats/bank/iso20022/schema.h\"\n\n"
                     "namespace formats::bank::iso20022 {\n\n"
                     "namespace {\n\n"
                     "constexpr std::string_view kTypes = R\"(\n" +
                         table.text() +
                         ")\";\n\n"
                         "}  // namespace\n\n"
                         "std::string_view schema_text() { return kTypes; }\n\n"
                         "}  // namespace formats::bank::iso20022\n");
}

TEST(Schemas, AreFoundByTheirIds) {
  EXPECT_NE(Schema::find("camt.053.001.02"), nullptr);
  EXPECT_NE(Schema::find("pain.002.003.03"), nullptr);
  EXPECT_EQ(Schema::find("camt.053.001.99"), nullptr);
  EXPECT_EQ(Schema::find("Max35Text"), nullptr);
  EXPECT_EQ(Schema::newest_of("camt.053"), "camt.053.001.12");
  EXPECT_EQ(Schema::oldest_of("camt.054"), "camt.054.001.02");
  EXPECT_EQ(Schema::newest_of("pain.002"), "pain.002.001.14");
}

TEST(Schemas, HoldTextsToTheirForms) {
  const Schema& schema = *Schema::find("camt.053.001.08");
  struct Row {
    std::string_view type, text;
    bool fits;
  };
  constexpr Row kRows[] = {
      {"BICFIDec2014Identifier", "ESSESESS", true},
      {"BICFIDec2014Identifier", "ESSESESSXXX", true},
      {"BICFIDec2014Identifier", "ESSESESSXX", false},
      {"BICFIDec2014Identifier", "SEB", false},
      {"CountryCode", "SE", true},
      {"CountryCode", "se", false},
      {"CountryCode", "Sweden", false},
      {"PhoneNumber", "+46-8123", true},
      {"PhoneNumber", "08-123", false},
      {"UUIDv4Identifier", "8a562c67-ca16-48ba-b074-65581be6f001", true},
      {"UUIDv4Identifier", "8a562c67-ca16-58ba-b074-65581be6f001", false},
      {"Max15NumericText", "200000", true},
      {"Max15NumericText", "2,000", false},
  };
  for (const Row& row : kRows) {
    bool found = false;
    for (int type = 0; type < schema.types(); ++type) {
      if (schema.type(type).name != row.type) continue;
      found = true;
      EXPECT_EQ(matches(schema.type(type).pattern, row.text), row.fits) << row.text;
    }
    EXPECT_TRUE(found) << row.type;
  }
}

}  // namespace
}  // namespace formats::bank::iso20022
