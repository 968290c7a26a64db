// The world of one scenario: a fresh database, a clock that is set by the lines, the operator with
// what it sells, the division with its files, and people who start the flows and look.
//
// Nothing here writes rows: customers and orders come in by the import of files, bills by runs.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "domain/law/rule_book.h"
#include "domain/operator/operator.h"
#include "flows/operations/rejects.h"
#include "tests/scenarios/expectations.h"
#include "tests/scenarios/mobile_files.h"
#include "tests/scenarios/payment_verbs.h"
#include "tests/scenarios/scenario.h"
#include "tests/scenarios/source_files.h"
#include "tests/support/stores.h"

namespace scenarios {

class World {
 public:
  // `has_catalogue`: the scenario says itself what is sold; else there is a small default.
  World(storage::sql::Engine engine, bool has_catalogue);

  // Does what the step says and answers in lines. An error of the product is an answer as well:
  // "error CODE". Errors: bad_scenario, without place.
  [[nodiscard]] base::Result<Said> perform(const Step& step);
  // Whether all that is stored agrees with itself. Errors: store_disagrees.
  [[nodiscard]] base::Result<> check_store();

  [[nodiscard]] storage::SqlStore& store() { return test_.store(); }

 private:
  struct SourceFile {
    std::string source;  // "broadband.customers": how it is read.
    std::string name;
    std::string text;
  };

  base::Result<Said> act(const Step& step);
  base::Result<Said> act(const SetCountry& command);
  base::Result<Said> act(const SetOperator& command);
  base::Result<Said> act(const SetPrice& command);
  base::Result<Said> act(const SetUsage& command);
  base::Result<Said> act(const SetTerms& command);
  base::Result<Said> act(const SetCampaign& command);
  base::Result<Said> act(const SellAurora& command);
  base::Result<Said> act(const GivePhone& command);
  base::Result<Said> act(const GiveUsage& command);
  base::Result<Said> act(const CorrectReject& command);
  base::Result<Said> act(const ChooseProfile& command);
  base::Result<Said> act(const RunBilling& command);
  base::Result<Said> act(const ImportAgain& command);
  base::Result<Said> act(const RetakeRejects& command);
  base::Result<Said> act(const CreditInvoice& command);
  base::Result<Said> act(const ChangeService& command);
  base::Result<Said> act(const MoveMoney& command);
  base::Result<Said> act(const ShowCredit& command);
  base::Result<Said> act(const ShowPage& command);
  base::Result<Said> act(const ShowPapers& command);
  base::Result<Said> act(const ShowBalances& command);
  base::Result<Said> act(const ShowRejects& command);
  base::Result<Said> act(const ShowVerification& command);
  base::Result<Said> act(const Calculate& command);

  void advance_clock(const std::optional<base::Date>& day);
  base::Result<> load_operator();
  void set_item(domain::CatalogueItem item);
  base::Result<Said> import_records(const Step& step);
  base::Result<Said> import_file(const SourceFile& file);
  // Keeps the file and imports it. `stem`: what its name begins with.
  base::Result<Said> import_text(std::string source, const std::string& stem, std::string text);
  base::Result<Said> import_text(RecordFile kind, std::string text);
  base::Result<std::vector<domain::AccountId>> accounts_of(const std::string& name);
  base::Result<std::vector<ports::Reject>> rejects_of(const ports::RejectFilter& filter);
  flows::RejectTools reject_tools();

  tests::TestStore test_;
  base::Date today_;
  const domain::RuleBook* law_ = nullptr;
  domain::Operator seller_;
  std::vector<domain::CatalogueItem> items_;
  bool operator_is_loaded_ = false;
  SourceFiles division_;
  MobileFiles mobile_;
  std::vector<SourceFile> files_;
  Bank bank_;
};

}  // namespace scenarios
