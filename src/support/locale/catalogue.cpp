#include "support/locale/catalogue.h"

#include <algorithm>
#include <utility>

#include "base/result/check.h"
#include "base/text/beginning.h"
#include "support/locale/icu_text.h"

namespace locale {
namespace {

struct Line {
  int number = 0;
  std::string_view message;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_key(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
}

std::string written(std::span<const Parameter> parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) text += " {" + parameter.name + "}";
  return text.empty() ? " none" : text;
}

}  // namespace

// Reads all sources and notes all that is wrong; what it makes is good only without problems.
class Catalogue::Reader {
 public:
  void read(std::span<const Source> sources) {
    for (const Source& source : sources) read_lines(source);
    for (const Language language : kLanguages) {
      const auto found = std::ranges::find(sources, language, &Source::language);
      if (found == sources.end()) {
        report(base::fail("language_missing",
                          "there is no text for '" + std::string(code(language)) + "'",
                          std::string(code(language))));
      } else {
        compile(*found);
      }
    }
    compare_arguments();
    for (std::size_t at = 0; at < made.keys_.size(); ++at) made.indexes_[made.keys_[at]] = at;
  }

  std::vector<base::Error> problems;
  Catalogue made;

 private:
  using Lines = std::unordered_map<std::string_view, Line>;

  void read_lines(const Source& source) {
    if (utf8(utf16(source.text)) != source.text) {
      report(base::fail("not_utf8", "the file is not UTF-8; save it as UTF-8", source.place));
    }
    Lines& lines = lines_[index_of(source.language)];
    std::string_view rest = source.text;
    for (int number = 1; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = trimmed(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (line.empty() || line.starts_with('#')) continue;
      const std::string place = source.place + ":" + std::to_string(number);
      const std::size_t equals = line.find('=');
      const std::string_view key = trimmed(line.substr(0, equals));
      if (equals == std::string_view::npos || !is_key(key)) {
        report(base::fail("bad_message_line",
                          "a line is 'key = message', with a key like bill.hero.title", place));
      } else if (!lines.try_emplace(key, number, trimmed(line.substr(equals + 1))).second) {
        report(base::fail("doubled_message", "'" + std::string(key) + "' is there twice", place));
      } else if (known_.try_emplace(key, made.keys_.size()).second) {
        made.keys_.emplace_back(key);
      }
    }
  }

  void compile(const Source& source) {
    const Lines& lines = lines_[index_of(source.language)];
    for (const std::string& key : made.keys_) {
      const auto line = lines.find(key);
      const bool missing = line == lines.end() || line->second.message.empty();
      std::string place = source.place;
      if (line != lines.end()) place += ":" + std::to_string(line->second.number);
      if (missing) {
        report(base::fail("missing_translation",
                          "'" + key + "' has no text in " + std::string(code(source.language)),
                          place));
      }
      auto message = Message::compile(missing ? std::string_view(key) : line->second.message,
                                      std::move(place));
      if (!message) {
        problems.push_back(std::move(message).error());
        message = Message::compile(key, {});
      }
      made.messages_[index_of(source.language)].push_back(*std::move(message));
    }
  }

  // The first language that has a message says what it takes.
  void compare_arguments() {
    if (!problems.empty()) return;
    for (std::size_t at = 0; at < made.keys_.size(); ++at) {
      const auto expected = made.messages_.front()[at].parameters();
      for (const Language language : kLanguages) {
        const auto got = made.messages_[index_of(language)][at].parameters();
        if (std::ranges::equal(got, expected)) continue;
        report(base::fail("message_arguments_differ",
                          "'" + made.keys_[at] + "' takes" + written(got) + " in " +
                              std::string(code(language)) + ", but" + written(expected) + " in " +
                              std::string(code(kLanguages.front())) +
                              "; names and types must be equal",
                          std::string(code(language))));
      }
    }
  }

  void report(std::unexpected<base::Error> problem) {
    problems.push_back(std::move(problem).error());
  }

  std::array<Lines, kLanguages.size()> lines_;
  std::unordered_map<std::string_view, std::size_t> known_;
};

std::vector<base::Error> Catalogue::problems(std::span<const Source> sources) {
  Reader reader;
  reader.read(sources);
  return std::move(reader.problems);
}

base::Result<Catalogue> Catalogue::load(std::span<const Source> sources) {
  Reader reader;
  reader.read(sources);
  if (!reader.problems.empty()) return std::unexpected(std::move(reader.problems.front()));
  for (const Language language : kLanguages) reader.made.formatters_.emplace_back(language);
  return std::move(reader.made);
}

const Message& Catalogue::message(Language language, std::string_view key) const {
  const auto found = indexes_.find(key);
  CHECK(found != indexes_.end());
  return messages_[index_of(language)][found->second];
}

std::span<const Parameter> Catalogue::parameters(std::string_view key) const {
  return message(kLanguages.front(), key).parameters();
}

const Formatter& Catalogue::formatter(Language language) const {
  return formatters_[index_of(language)];
}

base::Result<std::string_view> Catalogue::find_text(Language language, std::string_view key) const {
  if (!has(key)) {
    return base::fail("unknown_message", "there is no message '" + base::beginning(key, 60) +
                                             "'; add it to every file in i18n/");
  }
  const Message& found = message(language, key);
  if (!found.parameters().empty()) {
    return base::fail("message_takes_arguments", "'" + std::string(key) + "' takes" +
                                                     written(found.parameters()) +
                                                     "; render it and hand in the result");
  }
  return found.fixed();
}

std::string_view Catalogue::text(Language language, std::string_view key) const {
  return message(language, key).fixed();
}

std::string Catalogue::render(Language language, std::string_view key,
                              std::span<const Arg> args) const {
  return message(language, key).plain(formatter(language), args);
}

std::string Catalogue::render(Language language, std::string_view key,
                              std::initializer_list<Arg> args) const {
  return render(language, key, std::span(args.begin(), args.size()));
}

std::string Catalogue::html(Language language, std::string_view key,
                            std::span<const Arg> args) const {
  return message(language, key).html(formatter(language), args);
}

std::string Catalogue::html(Language language, std::string_view key,
                            std::initializer_list<Arg> args) const {
  return html(language, key, std::span(args.begin(), args.size()));
}

}  // namespace locale
