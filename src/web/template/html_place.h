// HtmlPlace: where in the HTML a template stands, followed over its literal text.
//
// A small part of the HTML tokenizer: enough to tell text from tags, names from values, and what
// is never text (comments, scripts, style sheets). Not a validator: markup that it cannot follow
// is refused, because a hole in it could not be judged.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"

namespace web {

// What may be written into a hole, and how it is escaped.
enum class HoleUse {
  kEscaped,    // Text, or a quoted attribute: & < > " '.
  kWholeUrl,   // The beginning of an attribute that holds an address.
  kPartOfUrl,  // Further inside one.
  kRawOnly,    // In <style> or <script>: markup that we made ourselves, nothing else.
  kNothing,    // A name, an unquoted value, a comment, a style or event attribute.
};

class HtmlPlace {
 public:
  // Moves over literal text. Errors: template_broken_html.
  [[nodiscard]] base::Result<> advance(std::string_view literal);
  // Ends what a space has ended, so that a section may hold an attribute without a value:
  // <input {{#chosen}}checked {{/chosen}}>.
  void settle();
  // Moves over a hole that is filled when the page is rendered.
  void pass_hole() { value_started_ |= state_ == State::kQuotedValue; }

  [[nodiscard]] HoleUse use() const;
  [[nodiscard]] bool is_between_elements() const { return state_ == State::kText; }
  // "in the attribute href", for messages.
  [[nodiscard]] std::string describe() const;

  friend bool operator==(const HtmlPlace&, const HtmlPlace&) = default;

 private:
  enum class State {
    kText,
    kTagName,
    kInTag,  // Between attributes.
    kAttributeName,
    kAfterName,
    kBeforeValue,
    kQuotedValue,
    kUnquotedValue,
    kComment,
    kDeclaration,    // <!doctype ...>
    kEscapableText,  // <title>, <textarea>: text without tags until the end tag.
    kRawText,        // <script>, <style>.
  };

  [[nodiscard]] base::Result<std::size_t> step(std::string_view rest);
  [[nodiscard]] base::Result<std::size_t> step_text(std::string_view rest);
  [[nodiscard]] base::Result<std::size_t> step_element_text(std::string_view rest);
  [[nodiscard]] base::Result<std::size_t> step_tag(char c);
  [[nodiscard]] base::Result<std::size_t> step_value(char c);
  void end_tag();
  void enter_tag();
  void forget_attribute();
  void begin_attribute(char c);

  State state_ = State::kText;
  bool closing_ = false;        // In an end tag.
  bool value_started_ = false;  // Something of the attribute's value has been seen.
  char quote_ = '"';
  std::string tag_;        // Lower case; while in it, and while in its raw text.
  std::string attribute_;  // Lower case.
};

}  // namespace web
