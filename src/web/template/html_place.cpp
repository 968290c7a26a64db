#include "web/template/html_place.h"

#include <algorithm>
#include <array>

namespace web {
namespace {

[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

[[nodiscard]] constexpr bool is_letter(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

[[nodiscard]] constexpr char lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] bool holds_url(std::string_view attribute) {
  constexpr std::array<std::string_view, 9> kUrlAttributes = {
      "href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", "ping"};
  return std::ranges::find(kUrlAttributes, attribute) != kUrlAttributes.end();
}

// Attributes whose value is a language of its own, in which HTML escaping protects nothing.
[[nodiscard]] bool holds_code(std::string_view attribute) {
  return attribute == "style" || attribute == "srcdoc" || attribute == "srcset" ||
         attribute.starts_with("on");
}

[[nodiscard]] bool is_raw_text(std::string_view tag) { return tag == "script" || tag == "style"; }

[[nodiscard]] bool is_escapable_text(std::string_view tag) {
  return tag == "title" || tag == "textarea";
}

[[nodiscard]] std::unexpected<base::Error> broken(std::string text) {
  return base::fail("template_broken_html", std::move(text));
}

}  // namespace

base::Result<> HtmlPlace::advance(std::string_view literal) {
  while (!literal.empty()) literal.remove_prefix(TRY(step(literal)));
  return {};
}

base::Result<std::size_t> HtmlPlace::step(std::string_view rest) {
  switch (state_) {
    case State::kText: return step_text(rest);
    case State::kEscapableText:
    case State::kRawText: return step_element_text(rest);
    case State::kComment: {
      const std::size_t end = rest.find("-->");
      if (end == std::string_view::npos) return rest.size();
      state_ = State::kText;
      return end + 3;
    }
    case State::kDeclaration:
      if (rest.front() == '>') state_ = State::kText;
      return 1;
    case State::kTagName:
    case State::kInTag:
    case State::kAttributeName:
    case State::kAfterName: return step_tag(rest.front());
    case State::kBeforeValue:
    case State::kQuotedValue:
    case State::kUnquotedValue: return step_value(rest.front());
  }
  return 1;
}

base::Result<std::size_t> HtmlPlace::step_text(std::string_view rest) {
  const std::size_t open = rest.find('<');
  if (open == std::string_view::npos) return rest.size();
  const std::string_view markup = rest.substr(open);
  if (markup.starts_with("<!--")) {
    state_ = State::kComment;
    return open + 4;
  }
  if (markup.starts_with("<!")) {
    state_ = State::kDeclaration;
    return open + 2;
  }
  closing_ = markup.starts_with("</");
  const std::size_t name = closing_ ? 2 : 1;
  if (markup.size() <= name || !is_letter(markup[name])) {
    return broken("a '<' is not followed by the name of an element; write &lt; for the sign");
  }
  state_ = State::kTagName;
  tag_.clear();
  return open + name;
}

base::Result<std::size_t> HtmlPlace::step_element_text(std::string_view rest) {
  const std::size_t open = rest.find("</");
  if (open == std::string_view::npos) return rest.size();
  const std::string_view name = rest.substr(open + 2, tag_.size());
  if (!std::ranges::equal(name, tag_, {}, lower)) return open + 2;
  state_ = State::kTagName;
  closing_ = true;
  tag_.clear();
  return open + 2;
}

base::Result<std::size_t> HtmlPlace::step_tag(char c) {
  if (c == '<') return broken("a '<' inside a tag: is the tag before it closed?");
  if (c == '>') {
    end_tag();
    return std::size_t{1};
  }
  if (state_ == State::kTagName) {
    if (is_space(c) || c == '/') {
      enter_tag();
    } else {
      tag_.push_back(lower(c));
    }
    return std::size_t{1};
  }
  if (c == '"' || c == '\'') return broken("a quote outside an attribute's value");
  if (c == '=') {
    if (state_ == State::kInTag) return broken("a '=' without an attribute's name before it");
    state_ = State::kBeforeValue;
    value_started_ = false;
  } else if (is_space(c)) {
    if (state_ == State::kAttributeName) state_ = State::kAfterName;
  } else if (c == '/') {
    enter_tag();
  } else if (state_ == State::kAttributeName) {
    attribute_.push_back(lower(c));
  } else {
    begin_attribute(c);
  }
  return std::size_t{1};
}

base::Result<std::size_t> HtmlPlace::step_value(char c) {
  if (state_ == State::kQuotedValue) {
    value_started_ = true;
    if (c == quote_) enter_tag();
    return std::size_t{1};
  }
  if (c == '>') {
    if (state_ == State::kBeforeValue) return broken("an attribute without a value after '='");
    end_tag();
  } else if (is_space(c)) {
    if (state_ == State::kUnquotedValue) enter_tag();
  } else if (state_ == State::kBeforeValue && (c == '"' || c == '\'')) {
    state_ = State::kQuotedValue;
    quote_ = c;
  } else {
    state_ = State::kUnquotedValue;
    value_started_ = true;
  }
  return std::size_t{1};
}

void HtmlPlace::begin_attribute(char c) {
  state_ = State::kAttributeName;
  attribute_.assign(1, lower(c));
}

void HtmlPlace::end_tag() {
  state_ = State::kText;
  if (!closing_ && is_raw_text(tag_)) state_ = State::kRawText;
  if (!closing_ && is_escapable_text(tag_)) state_ = State::kEscapableText;
  if (state_ == State::kText) tag_.clear();
  closing_ = false;
  forget_attribute();
}

void HtmlPlace::enter_tag() {
  state_ = State::kInTag;
  forget_attribute();
}

void HtmlPlace::settle() {
  if (state_ == State::kAfterName) enter_tag();
}

// Two places between attributes, or between elements, are the same whatever came before them.
void HtmlPlace::forget_attribute() {
  value_started_ = false;
  quote_ = '"';
  attribute_.clear();
}

HoleUse HtmlPlace::use() const {
  switch (state_) {
    case State::kText:
    case State::kEscapableText: return HoleUse::kEscaped;
    case State::kRawText: return HoleUse::kRawOnly;
    case State::kQuotedValue:
      if (holds_code(attribute_)) return HoleUse::kNothing;
      if (!holds_url(attribute_)) return HoleUse::kEscaped;
      return value_started_ ? HoleUse::kPartOfUrl : HoleUse::kWholeUrl;
    case State::kTagName:
    case State::kInTag:
    case State::kAttributeName:
    case State::kAfterName:
    case State::kBeforeValue:
    case State::kUnquotedValue:
    case State::kComment:
    case State::kDeclaration: return HoleUse::kNothing;
  }
  return HoleUse::kNothing;
}

std::string HtmlPlace::describe() const {
  switch (state_) {
    case State::kText: return "between elements";
    case State::kEscapableText: return "in the text of <" + tag_ + ">";
    case State::kRawText: return "inside <" + tag_ + ">";
    case State::kQuotedValue: return "in the attribute " + attribute_;
    case State::kBeforeValue:
    case State::kUnquotedValue: return "in the unquoted attribute " + attribute_;
    case State::kTagName:
    case State::kInTag:
    case State::kAttributeName:
    case State::kAfterName: return "inside the tag <" + tag_ + ">";
    case State::kComment: return "in a comment";
    case State::kDeclaration: return "in a declaration";
  }
  return {};
}

}  // namespace web
