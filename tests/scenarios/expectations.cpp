#include "tests/scenarios/expectations.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/result/check.h"

namespace scenarios {
namespace {

constexpr std::string_view kIndent = "            ";

// One space where there are several, none at the ends.
std::string tidy(std::string_view text) {
  std::string tidied;
  for (const char letter : text) {
    if (letter != ' ') {
      tidied += letter;
    } else if (!tidied.empty() && tidied.back() != ' ') {
      tidied += ' ';
    }
  }
  if (tidied.ends_with(' ')) tidied.pop_back();
  return tidied;
}

bool holds(const Step& step, const Said& said) {
  return std::ranges::equal(step.expected, said, [](const ExpectedLine& line, const auto& text) {
    return tidy(line.text) == tidy(text);
  });
}

// How many lines the rest of the two have in common, from each pair of places on.
std::vector<std::vector<std::size_t>> common_lines(const Step& step, const Said& said) {
  const std::size_t rows = step.expected.size(), columns = said.size();
  std::vector<std::vector<std::size_t>> common(rows + 1, std::vector<std::size_t>(columns + 1));
  for (std::size_t row = rows; row-- > 0;) {
    for (std::size_t column = columns; column-- > 0;) {
      const bool same = tidy(step.expected[row].text) == tidy(said[column]);
      common[row][column] = same ? common[row + 1][column + 1] + 1
                                 : std::max(common[row + 1][column], common[row][column + 1]);
    }
  }
  return common;
}

std::string difference_of(const Step& step, const Said& said) {
  const auto common = common_lines(step, said);
  std::string text;
  std::size_t row = 0, column = 0;
  while (row < step.expected.size() || column < said.size()) {
    const bool more_expected = row < step.expected.size(), more_said = column < said.size();
    if (more_expected && more_said && tidy(step.expected[row].text) == tidy(said[column])) {
      text += "    " + said[column] + "\n";
      ++row, ++column;
    } else if (more_expected &&
               (!more_said || common[row + 1][column] >= common[row][column + 1])) {
      text += "  - " + step.expected[row++].text + "\n";
    } else {
      text += "  + " + said[column++] + "\n";
    }
  }
  return text;
}

// The line behind which new expectations of a step go: its statement, or the remarks under it.
int last_line_above(const Scenario& scenario, const Step& step) {
  if (!step.expected.empty()) return step.expected.front().line - 1;
  int line = step.statements.back().line;
  const auto is_remark = [&](int number) {
    if (number > static_cast<int>(scenario.lines.size())) return false;
    const std::string& text = scenario.lines[static_cast<std::size_t>(number - 1)];
    return text.starts_with(' ') && tidy(text).starts_with('#');
  };
  while (is_remark(line + 1)) ++line;
  return line;
}

// Lines that still hold stay as they are written, with their spaces.
std::vector<std::string> new_lines(const Scenario& scenario, const Step& step, const Said& said) {
  const auto written = [&](const ExpectedLine& line) {
    return scenario.lines[static_cast<std::size_t>(line.line - 1)];
  };
  std::string indent(kIndent);
  std::map<std::string, std::string> kept;
  for (const ExpectedLine& line : step.expected) kept.emplace(tidy(line.text), written(line));
  if (!step.expected.empty()) {
    const std::string first = written(step.expected.front());
    indent = first.substr(0, first.find('>'));
  }
  std::vector<std::string> lines;
  for (const std::string& text : said) {
    const auto old = kept.find(tidy(text));
    lines.push_back(old == kept.end() ? indent + "> " + text : old->second);
  }
  return lines;
}

}  // namespace

std::string difference(const Scenario& scenario, const std::vector<Said>& said) {
  CHECK(said.size() == scenario.steps.size());
  std::string text;
  for (std::size_t at = 0; at < said.size(); ++at) {
    const Step& step = scenario.steps[at];
    if (holds(step, said[at])) continue;
    text += scenario.file + ":" + std::to_string(step.first().line) + ": " + step.first().text +
            "\n" + difference_of(step, said[at]);
  }
  return text;
}

std::string rewritten(const Scenario& scenario, const std::vector<Said>& said) {
  CHECK(said.size() == scenario.steps.size());
  std::set<int> dropped;
  std::map<int, std::vector<std::string>> added;  // By the line that they go behind.
  for (std::size_t at = 0; at < said.size(); ++at) {
    const Step& step = scenario.steps[at];
    if (holds(step, said[at])) continue;
    for (const ExpectedLine& line : step.expected) dropped.insert(line.line);
    added[last_line_above(scenario, step)] = new_lines(scenario, step, said[at]);
  }
  std::string text;
  for (int number = 1; number <= static_cast<int>(scenario.lines.size()); ++number) {
    if (!dropped.contains(number)) {
      text += scenario.lines[static_cast<std::size_t>(number - 1)] + "\n";
    }
    for (const std::string& line : added[number]) text += line + "\n";
  }
  return text;
}

}  // namespace scenarios
