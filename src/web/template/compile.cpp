// From template text to a program: reads the tags, follows the HTML around them, writes partials
// in place and looks up the messages once for each language.
#include <algorithm>
#include <optional>

#include "base/text/beginning.h"
#include "web/template/compiled.h"
#include "web/template/html_place.h"

namespace web {
namespace {

// Partials within partials; deeper is a circle.
constexpr int kPartialDepthMax = 16;

struct Tag {
  enum class Kind { kValue, kRaw, kSection, kInverted, kClose, kPartial, kMessage, kComment };
  Kind kind = Kind::kValue;
  std::string name;
  std::uint32_t line = 0;
};

[[nodiscard]] std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

[[nodiscard]] bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '.';
  });
}

[[nodiscard]] bool is_partial_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '-' || c == '/';
  });
}

[[nodiscard]] TemplateProgram::Path split_path(std::string_view name) {
  TemplateProgram::Path path;
  if (name == ".") return path;
  for (;;) {
    const std::size_t dot = name.find('.');
    path.emplace_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return path;
    name.remove_prefix(dot + 1);
  }
}

// Cuts a template's text into literals and tags.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  // The literal up to the next tag, or to the end.
  [[nodiscard]] std::string_view take_literal() {
    const std::size_t start = position_;
    open_ = std::min(text_.find("{{", start), text_.size());
    std::size_t end = open_;
    close_ = open_ == text_.size() ? open_ : text_.find("}}", open_);
    if (close_ != std::string_view::npos && open_ < text_.size() && stands_alone()) {
      end = line_start();
    }
    line_ +=
        static_cast<std::uint32_t>(std::ranges::count(text_.substr(start, open_ - start), '\n'));
    position_ = open_;
    return text_.substr(start, end - start);
  }

  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  [[nodiscard]] std::uint32_t line() const { return line_; }

  // The tag that the last literal ended at. Errors: template_bad_tag.
  [[nodiscard]] base::Result<Tag> take_tag() {
    if (close_ == std::string_view::npos) {
      return base::fail("template_bad_tag", "a {{ is never closed by }}");
    }
    const std::string_view content = text_.substr(open_ + 2, close_ - open_ - 2);
    const std::uint32_t line = line_;
    const std::size_t next = stands_alone() ? next_line() : close_ + 2;
    line_ +=
        static_cast<std::uint32_t>(std::ranges::count(text_.substr(open_, next - open_), '\n'));
    position_ = next;
    Tag tag = TRY(read_tag(content));
    tag.line = line;
    return tag;
  }

 private:
  [[nodiscard]] static base::Result<Tag> read_tag(std::string_view content) {
    const std::string_view inside = trim(content);
    if (inside.starts_with("t:")) {
      return make_tag(Tag::Kind::kMessage, inside.substr(2), is_name);
    }
    const std::string_view rest = inside.empty() ? inside : trim(inside.substr(1));
    switch (inside.empty() ? '\0' : inside.front()) {
      case '!': return Tag{.kind = Tag::Kind::kComment, .name = {}};
      case '#': return make_tag(Tag::Kind::kSection, rest, is_name);
      case '^': return make_tag(Tag::Kind::kInverted, rest, is_name);
      case '/': return make_tag(Tag::Kind::kClose, rest, is_name);
      case '&': return make_tag(Tag::Kind::kRaw, rest, is_name);
      case '>': return make_tag(Tag::Kind::kPartial, rest, is_partial_name);
      default: return make_tag(Tag::Kind::kValue, inside, is_name);
    }
  }

  [[nodiscard]] static base::Result<Tag> make_tag(Tag::Kind kind, std::string_view name,
                                                  bool (*fits)(std::string_view)) {
    if (!fits(name)) {
      return base::fail("template_bad_tag", "'" + base::beginning(name, 60) +
                                                "' is no name: small letters, digits, _ and .");
    }
    return Tag{.kind = kind, .name = std::string(name)};
  }

  // Whether the tag at open_ is a section's, a partial's or a comment's with only space around
  // it on its line.
  [[nodiscard]] bool stands_alone() const {
    if (close_ - open_ < 3 ||
        std::string_view("#^/>!").find(text_[open_ + 2]) == std::string_view::npos) {
      return false;
    }
    const auto is_blank = [](std::string_view text) {
      return text.find_first_not_of(" \t\r") == std::string_view::npos;
    };
    const std::size_t start = line_start();
    const std::size_t end = std::min(text_.find('\n', close_), text_.size());
    return is_blank(text_.substr(start, open_ - start)) &&
           is_blank(text_.substr(close_ + 2, end - close_ - 2));
  }
  [[nodiscard]] std::size_t line_start() const {
    const std::size_t before = text_.substr(0, open_).rfind('\n');
    return before == std::string_view::npos ? 0 : before + 1;
  }
  [[nodiscard]] std::size_t next_line() const {
    const std::size_t end = text_.find('\n', close_);
    return end == std::string_view::npos ? text_.size() : end + 1;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t open_ = 0;
  std::size_t close_ = 0;
  std::uint32_t line_ = 1;
};

class Compiler {
 public:
  Compiler(std::vector<TemplateFile> files, std::vector<std::string> languages,
           const MessageText& message_text)
      : files_(std::move(files)), message_text_(message_text) {
    program_.languages = std::move(languages);
    program_.messages.resize(program_.languages.size());
    for (const auto& file : files_) program_.files.push_back(file.path);
  }

  [[nodiscard]] base::Result<TemplateProgram> run() && {
    for (std::size_t file = 0; file < files_.size(); ++file) {
      const std::size_t from = program_.nodes.size();
      HtmlPlace place;
      TRY(compile_file(file, place, 0));
      if (!place.is_between_elements()) {
        return base::fail("template_broken_html", "the template ends " + place.describe(),
                          files_[file].path);
      }
      program_.roots[files_[file].name] = {from, program_.nodes.size()};
    }
    return std::move(program_);
  }

 private:
  using Kind = TemplateNode::Kind;

  // One file being read: where it is, and where in the HTML.
  struct Reading {
    std::size_t file;
    Cursor cursor;
    HtmlPlace& place;
    int depth;
  };

  [[nodiscard]] base::Result<> compile_file(std::size_t file, HtmlPlace& place, int depth) {
    Reading reading{file, Cursor(files_[file].text), place, depth};
    const auto closed = TRY(compile_body(reading));
    if (closed) {
      return at(reading, closed->line,
                base::fail("template_unopened_section",
                           "{{/" + closed->name + "}} closes a section that is not open"));
    }
    return {};
  }

  // Up to the end of the text, or to a closing tag, which is returned.
  [[nodiscard]] base::Result<std::optional<Tag>> compile_body(Reading& reading) {
    for (;;) {
      const std::string_view literal = reading.cursor.take_literal();
      if (auto moved = reading.place.advance(literal); !moved) {
        return at(reading, reading.cursor.line(), std::unexpected(moved.error()));
      }
      add_literal(literal);
      if (reading.cursor.at_end()) return std::nullopt;
      auto tag = reading.cursor.take_tag();
      if (!tag) return at(reading, reading.cursor.line(), std::unexpected(tag.error()));
      if (tag->kind == Tag::Kind::kClose) return *tag;
      TRY(compile_tag(reading, *tag));
    }
  }

  [[nodiscard]] base::Result<> compile_tag(Reading& reading, const Tag& tag) {
    switch (tag.kind) {
      case Tag::Kind::kValue:
      case Tag::Kind::kRaw: return compile_value(reading, tag);
      case Tag::Kind::kSection:
      case Tag::Kind::kInverted: return compile_section(reading, tag);
      case Tag::Kind::kPartial: return compile_partial(reading, tag);
      case Tag::Kind::kMessage: return compile_message(reading, tag);
      case Tag::Kind::kClose:
      case Tag::Kind::kComment: return {};
    }
    return {};
  }

  [[nodiscard]] base::Result<> compile_value(Reading& reading, const Tag& tag) {
    const HoleUse use = reading.place.use();
    const bool raw = tag.kind == Tag::Kind::kRaw;
    const bool raw_fits = reading.place.is_between_elements() || use == HoleUse::kRawOnly;
    if (use == HoleUse::kNothing || (raw ? !raw_fits : use == HoleUse::kRawOnly)) {
      return unsafe(reading, tag);
    }
    Kind kind = raw ? Kind::kRaw : Kind::kText;
    if (use == HoleUse::kWholeUrl) kind = Kind::kWholeUrl;
    if (use == HoleUse::kPartOfUrl) kind = Kind::kPartOfUrl;
    add_node(reading, tag, kind).index = path(tag.name);
    reading.place.pass_hole();
    return {};
  }

  [[nodiscard]] base::Result<> compile_section(Reading& reading, const Tag& tag) {
    reading.place.settle();
    const HtmlPlace before = reading.place;
    const std::size_t node = program_.nodes.size();
    add_node(reading, tag, tag.kind == Tag::Kind::kSection ? Kind::kSection : Kind::kInverted)
        .index = path(tag.name);
    const auto closed = TRY(compile_body(reading));
    if (!closed || closed->name != tag.name) {
      return at(reading, tag.line,
                base::fail("template_unclosed_section",
                           "the section " + tag.name + " is not closed" +
                               (closed ? ": {{/" + closed->name + "}} comes first" : "")));
    }
    reading.place.settle();
    if (!(reading.place == before)) {
      return at(reading, tag.line, moved_html("the section " + tag.name, before, reading.place));
    }
    program_.nodes[node].end = static_cast<std::uint32_t>(program_.nodes.size());
    return {};
  }

  [[nodiscard]] base::Result<> compile_partial(Reading& reading, const Tag& tag) {
    const auto file = std::ranges::find(files_, tag.name, &TemplateFile::name);
    if (file == files_.end()) {
      return at(reading, tag.line,
                base::fail("template_missing_partial", "there is no template '" + tag.name + "'"));
    }
    if (reading.depth >= kPartialDepthMax) {
      return at(reading, tag.line,
                base::fail("template_endless_partial",
                           "'" + tag.name + "' contains itself, or too many others"));
    }
    const HtmlPlace before = reading.place;
    TRY(compile_file(static_cast<std::size_t>(file - files_.begin()), reading.place,
                     reading.depth + 1));
    if (!(reading.place == before)) {
      return at(reading, tag.line, moved_html("'" + tag.name + "'", before, reading.place));
    }
    return {};
  }

  [[nodiscard]] base::Result<> compile_message(Reading& reading, const Tag& tag) {
    if (reading.place.use() != HoleUse::kEscaped) return unsafe(reading, tag);
    const auto known = messages_.find(tag.name);
    if (known != messages_.end()) {
      add_node(reading, tag, Kind::kMessage).index = known->second;
      reading.place.pass_hole();
      return {};
    }
    const auto index = static_cast<std::uint32_t>(messages_.size());
    for (std::size_t language = 0; language < program_.languages.size(); ++language) {
      const auto text = message_text_(program_.languages[language], tag.name);
      if (!text) {
        return at(reading, tag.line,
                  base::fail("template_unknown_message",
                             "the message '" + tag.name + "' cannot be written in '" +
                                 program_.languages[language] + "': " + text.error().text));
      }
      append_escaped(program_.messages[language].emplace_back(), *text);
    }
    messages_.emplace(tag.name, index);
    add_node(reading, tag, Kind::kMessage).index = index;
    reading.place.pass_hole();
    return {};
  }

  void add_literal(std::string_view literal) {
    if (literal.empty()) return;
    TemplateNode node;
    node.from = static_cast<std::uint32_t>(program_.literals.size());
    node.length = static_cast<std::uint32_t>(literal.size());
    program_.literals.append(literal);
    program_.nodes.push_back(node);
  }

  TemplateNode& add_node(const Reading& reading, const Tag& tag, Kind kind) {
    TemplateNode node;
    node.kind = kind;
    node.file = static_cast<std::uint32_t>(reading.file);
    node.line = tag.line;
    return program_.nodes.emplace_back(node);
  }

  [[nodiscard]] std::uint32_t path(std::string_view name) {
    program_.paths.push_back(split_path(name));
    return static_cast<std::uint32_t>(program_.paths.size() - 1);
  }

  [[nodiscard]] std::unexpected<base::Error> unsafe(const Reading& reading, const Tag& tag) const {
    return at(
        reading, tag.line,
        base::fail("template_unsafe_place", "nothing may be written " + reading.place.describe() +
                                                " by '" + tag.name + "'"));
  }

  [[nodiscard]] static std::unexpected<base::Error> moved_html(const std::string& what,
                                                               const HtmlPlace& before,
                                                               const HtmlPlace& after) {
    return base::fail("template_broken_html",
                      what + " begins " + before.describe() + " and ends " + after.describe());
  }

  // The same failure with the line of the template as its place.
  [[nodiscard]] std::unexpected<base::Error> at(const Reading& reading, std::uint32_t line,
                                                std::unexpected<base::Error> failure) const {
    base::Error error = std::move(failure).error();
    error.place = files_[reading.file].path + ":" + std::to_string(line);
    return std::unexpected(std::move(error));
  }

  std::vector<TemplateFile> files_;
  const MessageText& message_text_;
  std::map<std::string, std::uint32_t, std::less<>> messages_;
  TemplateProgram program_;
};

}  // namespace

base::Result<TemplateProgram> compile_templates(std::vector<TemplateFile> files,
                                                std::vector<std::string> languages,
                                                const MessageText& message_text) {
  return Compiler(std::move(files), std::move(languages), message_text).run();
}

}  // namespace web
