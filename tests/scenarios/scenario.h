// A scenario as values: what a text file of this folder says, before anything is done with it.
//
// README.md describes the language. A Scenario that exists is well formed: every verb is known,
// its words make sense, and time never goes back. What the program answers is another matter.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money/decimal.h"
#include "base/time/date.h"
#include "domain/catalogue/catalogue.h"

namespace scenarios {

// --- Settings: who bills and what is sold.

struct SetCountry {
  std::string code;  // "se"
};

// What is absent stays as the country has it.
struct SetOperator {
  std::optional<std::string> reference_scheme;
  std::optional<std::string> grouping;
  std::optional<int> due_days;
  std::optional<int> first_number;
};

struct SetPrice {
  domain::ItemKind kind = domain::ItemKind::kPlan;
  std::string item;
  domain::PriceRow row;
};

struct SetCampaign {
  std::string item;
  domain::CampaignTerms terms;
};

// --- Records: lines of the division's files.

enum class RecordFile { kCustomers, kOrders };

struct GiveRecord {
  RecordFile file = RecordFile::kCustomers;
  std::string key;   // The division's number of it.
  std::string name;  // Whose it is.
  // By the file's own headings. What is absent stays as it was said of this key before.
  std::map<std::string, std::string> fields;
};

// --- What people do.

struct CorrectReject {
  GiveRecord record;  // As it should have been.
};

struct RunBilling {
  std::optional<base::Month> period;  // Absent: the month before the line's day.
  bool dry = false;
  bool with_lines = false;
  int workers = 1;
};

struct ImportAgain {
  bool everything = false;  // All that the division knows as one new file, or the last file anew.
};

struct RetakeRejects {};

// --- What people look at.

struct ShowPage {
  std::string name;
};
struct ShowBalances {};
struct ShowRejects {};
struct ShowVerification {};

using Command = std::variant<SetCountry, SetOperator, SetPrice, SetCampaign, GiveRecord,
                             CorrectReject, RunBilling, ImportAgain, RetakeRejects, ShowPage,
                             ShowBalances, ShowRejects, ShowVerification>;

struct Statement {
  int line = 0;  // From 1.
  std::string text;
  std::optional<base::Date> day;  // Its own or that of the lines above; absent before the first.
  Command command;
};

// An expectation: what stands behind the '>'.
struct ExpectedLine {
  int line = 0;
  std::string text;
};

// What is done at once: a statement, or all records of one file.
struct Step {
  std::vector<Statement> statements;  // Never empty.
  std::vector<ExpectedLine> expected;

  [[nodiscard]] const Statement& first() const { return statements.front(); }
};

struct Scenario {
  std::string file;                // What errors call it.
  std::vector<std::string> lines;  // The whole text, without line ends.
  std::vector<Step> steps;
};

}  // namespace scenarios
