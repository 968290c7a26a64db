#include "web/template/template.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "web/template/compiled.h"

namespace web {
namespace {

// Writes one page. Values are found through a chain of scopes on the stack; nothing is allocated
// but the page itself.
class Renderer {
 public:
  Renderer(const TemplateProgram& program, std::size_t language, std::string& out)
      : program_(program), messages_(program.messages[language]), out_(out) {}

  struct Scope {
    const Value* value;
    const Scope* outer;
  };

  // False where a value is missing: see error().
  [[nodiscard]] bool write(std::size_t from, std::size_t to, const Scope& scope) {
    for (std::size_t at = from; at < to;) {
      const TemplateNode& node = program_.nodes[at];
      if (!write_node(node, at, scope)) return false;
      at = node.is_section() ? node.end : at + 1;
    }
    return true;
  }

  [[nodiscard]] const TemplateNode* failed() const { return failed_; }

 private:
  [[nodiscard]] bool write_node(const TemplateNode& node, std::size_t at, const Scope& scope) {
    switch (node.kind) {
      case TemplateNode::Kind::kLiteral:
        out_.append(program_.literals, node.from, node.length);
        return true;
      case TemplateNode::Kind::kMessage: out_.append(messages_[node.index]); return true;
      case TemplateNode::Kind::kText:
      case TemplateNode::Kind::kWholeUrl:
      case TemplateNode::Kind::kPartOfUrl:
      case TemplateNode::Kind::kRaw: return write_value(node, scope);
      case TemplateNode::Kind::kSection: return write_section(node, at, scope);
      case TemplateNode::Kind::kInverted: {
        const Value* value = find(node, scope);
        if (value != nullptr && value->is_shown()) return true;
        return write(at + 1, node.end, scope);
      }
    }
    return true;
  }

  [[nodiscard]] bool write_value(const TemplateNode& node, const Scope& scope) {
    const Value* value = find(node, scope);
    const bool raw = node.kind == TemplateNode::Kind::kRaw;
    if (value == nullptr || (raw ? value->as_html() == nullptr : !value->is_text())) {
      failed_ = &node;
      return false;
    }
    if (raw) {
      out_.append(value->as_html()->html());
    } else if (node.kind == TemplateNode::Kind::kText) {
      append_escaped(out_, value->text());
    } else if (node.kind == TemplateNode::Kind::kWholeUrl) {
      append_escaped(out_, harmless_url(value->text()));
    } else {
      append_percent_encoded(out_, value->text());
    }
    return true;
  }

  [[nodiscard]] bool write_section(const TemplateNode& node, std::size_t at, const Scope& scope) {
    const Value* value = find(node, scope);
    if (value == nullptr || !value->is_shown()) return true;
    if (const auto* items = value->as_list()) {
      return std::ranges::all_of(
          *items, [&](const Value& item) { return write(at + 1, node.end, Scope{&item, &scope}); });
    }
    return write(at + 1, node.end, Scope{value, &scope});
  }

  [[nodiscard]] const Value* find(const TemplateNode& node, const Scope& scope) const {
    const auto& path = program_.paths[node.index];
    if (path.empty()) return scope.value;
    const Value* value = nullptr;
    for (const Scope* place = &scope; place != nullptr && value == nullptr; place = place->outer) {
      value = place->value->find(path.front());
    }
    for (std::size_t part = 1; part < path.size() && value != nullptr; ++part) {
      value = value->find(path[part]);
    }
    return value;
  }

  const TemplateProgram& program_;
  const std::vector<std::string>& messages_;
  std::string& out_;
  const TemplateNode* failed_ = nullptr;
};

// Most pages are below it; a larger one grows.
constexpr std::size_t kPageReserve = 32 * 1024;

}  // namespace

struct TemplateSet::Compiled {
  TemplateProgram program;
};

TemplateSet::TemplateSet(std::unique_ptr<const Compiled> compiled)
    : compiled_(std::move(compiled)) {}
TemplateSet::TemplateSet(TemplateSet&&) noexcept = default;
TemplateSet& TemplateSet::operator=(TemplateSet&&) noexcept = default;
TemplateSet::~TemplateSet() = default;

base::Result<TemplateSet> TemplateSet::compile(std::vector<TemplateFile> files,
                                               std::vector<std::string> languages,
                                               const MessageText& message_text) {
  auto compiled = std::make_unique<Compiled>();
  compiled->program = TRY(compile_templates(std::move(files), std::move(languages), message_text));
  return TemplateSet(std::move(compiled));
}

base::Result<std::string> TemplateSet::render(std::string_view name, std::string_view language,
                                              const Value& values) const {
  const TemplateProgram& program = compiled_->program;
  const auto root = program.roots.find(name);
  if (root == program.roots.end()) {
    return base::fail("template_not_found", "there is no template '" + std::string(name) + "'");
  }
  const auto spoken = std::ranges::find(program.languages, language);
  if (spoken == program.languages.end()) {
    return base::fail("template_unknown_language",
                      "the templates are not compiled for '" + std::string(language) + "'");
  }
  std::string page;
  page.reserve(kPageReserve);
  Renderer renderer(program, static_cast<std::size_t>(spoken - program.languages.begin()), page);
  const auto [from, to] = root->second;
  if (!renderer.write(from, to, {&values, nullptr})) {
    const TemplateNode& node = *renderer.failed();
    return base::fail("template_missing_value",
                      "no value fits {{" + program.path_text(node.index) + "}}",
                      program.place_of(node));
  }
  return page;
}

}  // namespace web
