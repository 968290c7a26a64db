// Catalogue: every text that a customer or an agent reads, in all eight languages.
//
// Read from i18n/<language>.txt: lines "key = message" (i18n/README.md). A catalogue exists only
// whole: each language has the same keys, each message takes the same arguments in all of them.
// Immutable; safe from any thread.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result/result.h"
#include "support/locale/formatter.h"
#include "support/locale/language.h"
#include "support/locale/message.h"

namespace locale {

class Catalogue {
 public:
  // The file of one language; `place` is its name in errors.
  struct Source {
    Language language;
    std::string_view text;
    std::string place;
  };

  // Everything wrong with the files, in their order. Codes: language_missing, not_utf8,
  // bad_message_line, doubled_message, bad_message, missing_translation,
  // message_arguments_differ.
  [[nodiscard]] static std::vector<base::Error> problems(std::span<const Source> sources);
  // Errors: the first of problems().
  [[nodiscard]] static base::Result<Catalogue> load(std::span<const Source> sources);

  [[nodiscard]] bool has(std::string_view key) const { return indexes_.contains(key); }
  // All keys, in the order of the first source.
  [[nodiscard]] std::span<const std::string> keys() const { return keys_; }
  [[nodiscard]] std::span<const Parameter> parameters(std::string_view key) const;
  [[nodiscard]] const Formatter& formatter(Language language) const;

  // The text of a key that a template asks for. Errors: unknown_message,
  // message_takes_arguments.
  [[nodiscard]] base::Result<std::string_view> find_text(Language language,
                                                         std::string_view key) const;

  // All below CHECK that the key exists and that exactly its arguments are given.

  // A message without arguments. The view lives as long as the catalogue.
  [[nodiscard]] std::string_view text(Language language, std::string_view key) const;
  // As plain text, to be escaped by whoever puts it into a page: render(language,
  // "bill.hero.open.due", {{"due", date}, {"days", 9}}).
  [[nodiscard]] std::string render(Language language, std::string_view key,
                                   std::span<const Arg> args) const;
  [[nodiscard]] std::string render(Language language, std::string_view key,
                                   std::initializer_list<Arg> args = {}) const;
  // As HTML: values and text escaped, <b> kept where the message has it.
  [[nodiscard]] std::string html(Language language, std::string_view key,
                                 std::span<const Arg> args) const;
  [[nodiscard]] std::string html(Language language, std::string_view key,
                                 std::initializer_list<Arg> args = {}) const;

 private:
  class Reader;
  Catalogue() = default;
  [[nodiscard]] const Message& message(Language language, std::string_view key) const;

  std::vector<std::string> keys_;
  std::unordered_map<std::string_view, std::size_t> indexes_;     // Views into keys_.
  std::array<std::vector<Message>, kLanguages.size()> messages_;  // By index of the key.
  std::vector<Formatter> formatters_;                             // By index of the language.
};

}  // namespace locale
