#include "tests/scenarios/parse.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "tests/scenarios/verbs.h"

namespace scenarios {
namespace {

using base::Result;

struct Word {
  std::string text;
  bool quoted = false;
};

std::unexpected<base::Error> refuse(std::string text) {
  return base::fail("bad_scenario", std::move(text));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Words are apart by spaces; quotes hold several as one; '#' begins a remark.
Result<std::vector<Word>> words_of(std::string_view line) {
  std::vector<Word> words;
  for (std::string_view rest = trimmed(line); !rest.empty() && rest.front() != '#';
       rest = trimmed(rest)) {
    if (rest.front() == '"') {
      const std::size_t close = rest.find('"', 1);
      if (close == rest.npos) return refuse("a quote is not closed");
      words.push_back({std::string(rest.substr(1, close - 1)), true});
      rest.remove_prefix(close + 1);
      continue;
    }
    const std::size_t end = std::min(rest.find_first_of(" \t\""), rest.size());
    words.push_back({std::string(rest.substr(0, end)), false});
    rest.remove_prefix(end);
  }
  return words;
}

// The verb that the words begin with; it takes them away.
Result<const Verb*> take_verb(std::vector<Word>& words) {
  for (const Verb& verb : verbs()) {
    const std::size_t space = verb.name.find(' ');
    const std::size_t count = space == verb.name.npos ? 1 : 2;
    if (words.size() < count) continue;
    std::string said = words[0].text;
    if (count == 2) said += " " + words[1].text;
    if (said != verb.name) continue;
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
    return &verb;
  }
  std::string known;
  for (const Verb& verb : verbs()) known += (known.empty() ? "" : ", ") + std::string(verb.name);
  return refuse("there is no verb '" + words[0].text + "'; there are " + known);
}

// Whether the word is one of those that stand in `names` with spaces between.
bool is_among(std::string_view names, std::string_view word) {
  return std::ranges::any_of(std::views::split(names, ' '), [&](const auto& name) {
    return std::string_view(name.begin(), name.end()) == word;
  });
}

// Places come first, then options with their values and flags, in any order.
Result<Given> read_words(const Verb& verb, const std::vector<Word>& words) {
  Given given;
  bool places_over = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const Word& word = words[at];
    const bool is_flag = !word.quoted && is_among(verb.flags, word.text);
    const bool is_option = !word.quoted && is_among(verb.options, word.text);
    if (!is_flag && !is_option) {
      if (places_over || given.places.size() == verb.places_max) {
        return refuse("'" + word.text + "' is not understood here");
      }
      given.places.push_back(word.text);
      continue;
    }
    places_over = true;
    if (given.has(word.text)) return refuse("'" + word.text + "' stands twice");
    if (is_flag) {
      given.options[word.text];
    } else if (at + 1 == words.size()) {
      return refuse("'" + word.text + "' needs a value behind it");
    } else {
      given.options[word.text] = words[++at].text;
    }
  }
  if (given.places.size() < verb.places_min) return refuse("something is missing");
  return given;
}

Result<Command> read_command(const Verb& verb, const std::vector<Word>& words) {
  const auto given = read_words(verb, words);
  auto command = given ? verb.make(*given) : std::unexpected(given.error());
  if (!command) return refuse(command.error().text + ". The form is: " + std::string(verb.form));
  return command;
}

// Who has been spoken of, under which of the division's numbers. Records that give no number get
// the next one, so that people can be called by their names.
class Cast {
 public:
  Result<> settle(GiveRecord& record, bool is_new, const base::Date& day) {
    if (record.file == RecordFile::kOrders) return settle_order(record, day);
    const auto known = std::ranges::find(people_, record.name, &Person::name);
    if (is_new) {
      if (record.key.empty() && known != people_.end()) {
        return refuse(record.name + " is there already: say 'change', or give another number");
      }
      if (record.key.empty()) record.key = "B" + std::to_string(next_customer_++);
      if (std::ranges::count(people_, record.key, &Person::number) > 0) {
        return refuse("the number " + record.key + " is taken");
      }
      people_.push_back({record.name, record.key});
      record.fields.try_emplace("startdatum", day.to_string());
    } else if (known == people_.end()) {
      return refuse("nobody is called " + record.name);
    } else if (record.key.empty()) {
      record.key = known->number;
    }
    return {};
  }

  [[nodiscard]] bool knows(const std::string& name) const {
    return std::ranges::count(people_, name, &Person::name) > 0;
  }

 private:
  struct Person {
    std::string name;
    std::string number;
  };

  Result<> settle_order(GiveRecord& record, const base::Date& day) {
    const auto known = std::ranges::find(people_, record.name, &Person::name);
    if (known == people_.end()) {
      return refuse("nobody is called " + record.name + " above this line");
    }
    record.fields["kundnr"] = known->number;
    record.fields.try_emplace("datum", day.to_string());
    if (record.key.empty()) record.key = std::to_string(next_order_++);
    return {};
  }

  std::vector<Person> people_;
  int next_customer_ = 100001;
  int next_order_ = 70001;
};

class Parser {
 public:
  explicit Parser(std::string_view file) { scenario_.file = file; }

  Result<Scenario> parse(std::string_view text) {
    for (int number = 1; !text.empty(); ++number) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      scenario_.lines.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (auto read = read_line(number); !read) {
        auto error = std::move(read).error();
        error.place = scenario_.file + ":" + std::to_string(number);
        return std::unexpected(std::move(error));
      }
    }
    return std::move(scenario_);
  }

 private:
  Result<> read_line(int number) {
    const std::string_view line = trimmed(scenario_.lines.back());
    if (number == 1 && !line.starts_with("# ")) {
      return refuse("the first line says what the scenario proves: # ...");
    }
    if (line.empty() || line.front() == '#') return {};
    if (line.front() == '>') return expect(number, line.substr(1));
    return read_statement(number, line);
  }

  Result<> expect(int number, std::string_view text) {
    if (scenario_.steps.empty()) return refuse("nothing stands above that could answer this");
    scenario_.steps.back().expected.push_back({number, std::string(trimmed(text))});
    return {};
  }

  Result<> read_statement(int number, std::string_view line) {
    Statement statement{.line = number, .text = std::string(line), .day = {}, .command = {}};
    std::vector<Word> words = TRY(words_of(line));
    if ('0' <= line.front() && line.front() <= '9') {
      now_ = TRY(take_day(words));
    }
    statement.day = now_;
    if (words.empty()) return refuse("a day alone says nothing");
    const Verb* verb = TRY(take_verb(words));
    if (!now_ && verb->timing == Timing::kNeedsDay) {
      return refuse("'" + std::string(verb->name) + "' needs a day before it");
    }
    statement.command = TRY(read_command(*verb, words));
    TRY(settle(statement, verb->name == "customer"));
    add(std::move(statement));
    return {};
  }

  Result<base::Date> take_day(std::vector<Word>& words) {
    const auto day = base::Date::parse(words.front().text);
    if (!day) return refuse("'" + words.front().text + "' is no day; write it as 2026-11-01");
    if (now_ && *day < *now_) {
      return refuse("time never goes back: the lines above are of " + now_->to_string());
    }
    words.erase(words.begin());
    return *day;
  }

  Result<> settle(Statement& statement, bool is_new) {
    if (auto* record = std::get_if<GiveRecord>(&statement.command)) {
      return cast_.settle(*record, is_new, *statement.day);
    }
    if (auto* correction = std::get_if<CorrectReject>(&statement.command)) {
      return cast_.settle(correction->record, false, *statement.day);
    }
    const auto* page = std::get_if<ShowPage>(&statement.command);
    if (page && !cast_.knows(page->name)) return refuse("nobody is called " + page->name);
    const auto* papers = std::get_if<ShowPapers>(&statement.command);
    if (papers && !cast_.knows(papers->name)) return refuse("nobody is called " + papers->name);
    return {};
  }

  // Records of one day and file that stand together come in one file.
  void add(Statement statement) {
    auto& steps = scenario_.steps;
    const auto* record = std::get_if<GiveRecord>(&statement.command);
    if (record && !steps.empty() && steps.back().expected.empty()) {
      const auto* before = std::get_if<GiveRecord>(&steps.back().first().command);
      const bool together =
          before && before->file == record->file && steps.back().first().day == statement.day;
      if (together) {
        steps.back().statements.push_back(std::move(statement));
        return;
      }
    }
    steps.push_back({{std::move(statement)}, {}});
  }

  Scenario scenario_;
  Cast cast_;
  std::optional<base::Date> now_;
};

}  // namespace

Result<Scenario> parse_scenario(std::string_view file, std::string_view text) {
  return Parser(file).parse(text);
}

}  // namespace scenarios
