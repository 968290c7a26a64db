#include "app/chart.h"

#include "app/source_files.h"
#include "domain/catalogue/catalogue.h"
#include "domain/operator/operator.h"
#include "ports/catalogue.h"
#include "support/config/toml.h"

namespace app {
namespace {

constexpr std::string_view kShipped = "operators/chart.toml";

}  // namespace

base::Result<ChartOfAccounts> ChartOfAccounts::load(ports::Transaction& transaction) {
  ChartOfAccounts loaded;
  std::string language;
  const auto operators = TRY(transaction.catalogue().list_operators());
  if (!operators.empty()) {
    loaded.chart_ = operators.front().chart;
    language = operators.front().language;
  }
  if (loaded.chart_.rows().empty()) {
    const auto toml = TRY(config::Toml::parse(TRY(shipped_file(kShipped)), std::string(kShipped)));
    loaded.chart_ = TRY(domain::read_chart(toml.root()["chart"]));
  }
  const auto catalogue = TRY(transaction.catalogue().load_catalogue());
  for (const domain::CatalogueItem& item : catalogue.items()) {
    loaded.items_[item.code] = {item.division, item.name(language)};
  }
  return loaded;
}

domain::ChartAccount ChartOfAccounts::account_of(const std::string& ledger_account) const {
  const std::string item(domain::revenue_item(ledger_account));
  return chart_.account_of(ledger_account, division_of(item));
}

std::string ChartOfAccounts::division_of(const std::string& item) const {
  const auto found = items_.find(item);
  return found == items_.end() ? "" : found->second.division;
}

std::string ChartOfAccounts::item_name(const std::string& item) const {
  const auto found = items_.find(item);
  return found == items_.end() ? item : found->second.name;
}

}  // namespace app
