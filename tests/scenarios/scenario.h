// A scenario as values: what a text file of this folder says, before anything is done with it.
//
// README.md describes the language. A Scenario that exists is well formed: every verb is known,
// its words make sense, and time never goes back. What the program answers is another matter.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/billing/service_change.h"
#include "domain/catalogue/catalogue.h"
#include "domain/party/party.h"

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
  std::optional<std::string> frequency;
  std::optional<base::Decimal> minimum;
};

// Everything that Aurora sells (operators/aurora), in three divisions.
struct SellAurora {};

struct SetPrice {
  domain::ItemKind kind = domain::ItemKind::kPlan;
  std::string item;
  domain::PriceRow row;
  std::string division = {};  // Empty: broadband.
};

// Something that phones are used for, priced by itself.
struct SetUsage {
  std::string item;
  domain::UsageDefinition usage;
  domain::PriceRow row;
};

// What comes with a plan or an add-on that was named before, and how it is priced.
struct SetTerms {
  std::string item;
  domain::PlanTerms plan;
  std::optional<domain::PriceModel> model;  // In place of its price.
};

struct SetCampaign {
  std::string item;
  domain::CampaignTerms terms;
};

// --- What is worked out without anybody who is billed: rules of prices (pricing_verbs.h).

struct Calculate {
  std::function<base::Result<std::vector<std::string>>()> work;
};

// --- Records: lines of the division's files.

enum class RecordFile { kCustomers, kOrders };

// A SIM of the mobile division. What is absent stays as it was said of the same person before.
struct GivePhone {
  std::string name;
  std::map<std::string, std::string> fields;  // plan, from, to, adds, identity, changes
};

// One record of what a SIM was used for.
struct GiveUsage {
  std::string name;
  std::string kind;      // data | voice | sms | mms | premium
  std::string quantity;  // MB, seconds, or a price with VAT.
  std::string zone = "SE";
  std::string called;
  std::optional<base::Date> day;  // Absent: the line's.
  std::string record;             // Empty: the next number.
  bool again = false;             // The file repeats the record before.
};

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

struct ChooseProfile {
  std::string name;
  domain::ProfileChoice set;
  std::optional<base::Decimal> minimum;  // In the currency of the operator.
};

struct RunBilling {
  std::optional<base::Month> period;  // Absent: the month before the line's day.
  std::optional<base::Date> day;      // Instead: what ended by then.
  bool dry = false;
  bool with_lines = false;
  int workers = 1;
};

struct ImportAgain {
  bool everything = false;  // All that the division knows as one new file, or the last file anew.
};

struct RetakeRejects {};

struct CreditInvoice {
  std::string number;  // "1001"
  std::vector<std::int64_t> lines;
  std::optional<std::string> amount;
  std::optional<std::string> service;
  bool dry = false;
  bool with_lines = false;
};

struct ChangeService {
  std::string name;
  domain::ServiceChange change;
  int times = 1;  // So often, as many changes.
  bool dry = false;
};

// Money that comes by the bank, and what a clerk does with it (payment_verbs.h).
struct MoveMoney {
  enum class Kind { kPaid, kWentBack, kAgain, kEverything, kAssign, kUndo };
  Kind kind = Kind::kPaid;
  std::string amount = {};
  std::optional<std::string> invoice = {};
  std::optional<std::string> reference = {};
  std::optional<std::string> number = {};  // The bank's own.
  base::Currency currency = {};            // The operator's; the world knows it.
};

// --- What people look at.

struct ShowPage {
  std::string name;
};
struct ShowPapers {
  std::string name;
};
struct ShowCredit {
  std::string name;
};
struct ShowBalances {};
struct ShowRejects {};
struct ShowVerification {};

using Command =
    std::variant<SetCountry, SetOperator, SetPrice, SetUsage, SetTerms, SetCampaign, SellAurora,
                 Calculate, GiveRecord, GivePhone, GiveUsage, CorrectReject, ChooseProfile,
                 RunBilling, ImportAgain, RetakeRejects, CreditInvoice, ChangeService, MoveMoney,
                 ShowPage, ShowPapers, ShowCredit, ShowBalances, ShowRejects, ShowVerification>;

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
