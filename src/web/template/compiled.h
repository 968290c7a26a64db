// TemplateProgram: what templates become: a flat list of nodes with partials written in place.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/template/template.h"

namespace web {

struct TemplateNode {
  enum class Kind : std::uint8_t {
    kLiteral,  // from, length: of literals.
    kText,     // index: of paths. The same for the next five.
    kWholeUrl,
    kPartOfUrl,
    kRaw,
    kSection,  // Its body ends before the node `end`.
    kInverted,
    kMessage,  // index: of the messages of each language.
  };
  Kind kind = Kind::kLiteral;
  std::uint32_t from = 0;
  std::uint32_t length = 0;
  std::uint32_t index = 0;
  std::uint32_t end = 0;
  std::uint32_t file = 0;
  std::uint32_t line = 0;

  [[nodiscard]] bool is_section() const {
    return kind == Kind::kSection || kind == Kind::kInverted;
  }
};

struct TemplateProgram {
  using Path = std::vector<std::string>;              // Empty: the item itself, {{.}}.
  using Range = std::pair<std::size_t, std::size_t>;  // Of nodes.

  std::vector<TemplateNode> nodes;
  std::string literals;
  std::vector<Path> paths;
  std::vector<std::string> languages;
  std::vector<std::vector<std::string>> messages;  // By language, escaped.
  std::map<std::string, Range, std::less<>> roots;
  std::vector<std::string> files;  // Paths for messages.

  [[nodiscard]] std::string place_of(const TemplateNode& node) const {
    return files[node.file] + ":" + std::to_string(node.line);
  }
  [[nodiscard]] std::string path_text(std::size_t path) const {
    std::string text;
    for (const auto& part : paths[path]) text += text.empty() ? part : "." + part;
    return text.empty() ? "." : text;
  }
};

// Errors: as TemplateSet::compile.
[[nodiscard]] base::Result<TemplateProgram> compile_templates(std::vector<TemplateFile> files,
                                                              std::vector<std::string> languages,
                                                              const MessageText& message_text);

}  // namespace web
