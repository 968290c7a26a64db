#include "storage/tables/catalogue.h"

#include <algorithm>
#include <map>

#include "domain/catalogue/catalogue_json.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Result;
using domain::CatalogueItem;
using domain::PriceRow;
using sql::Row;

// Rows that stand in catalogue_price; the others are kept whole in the item's definition.
bool is_plain(const PriceRow& row) { return !row.model && !row.valid_to; }

std::string write_definition(CatalogueItem item) {
  std::erase_if(item.prices, is_plain);
  return domain::to_json(item).dump();
}

// The columns win over what the definition says of them: older ones say nothing.
Result<CatalogueItem> read_item(const Row& row) {
  Json definition = TRY(json::parse(row.text(3)));
  definition.set("code", row.text(0)).set("kind", row.text(1)).set("division", row.text(2));
  const bool has_name = !definition["names"][""].is_null();
  if (!has_name) definition.set("name", row.text(0));
  auto item = TRY(domain::read_catalogue_item(definition, std::string(row.text(0)), {}));
  if (!has_name) item.names.erase("");
  return item;
}

const PriceRow* find_price(const CatalogueItem* item, base::Date day) {
  if (!item) return nullptr;
  const auto found = std::ranges::find(item->prices, day, &PriceRow::valid_from);
  return found == item->prices.end() ? nullptr : &*found;
}

}  // namespace

Result<bool> SqlCatalogue::save_operator(const domain::Operator& value, base::Instant recorded) {
  const auto before = TRY(find_operator(value.code));
  if (before && *before == value) return false;
  TRY(connection_.execute(
      "INSERT INTO operator_definition (code, definition, recorded) VALUES ($1, $2, $3) "
      "ON CONFLICT (code) DO UPDATE SET definition = EXCLUDED.definition, "
      "recorded = EXCLUDED.recorded",
      {value.code, domain::to_json(value).dump(), recorded.micros}));
  for (const domain::OperatorDivision& division : value.divisions) {
    TRY(
        connection_.execute("INSERT INTO division (code, name) VALUES ($1, $2) "
                            "ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name",
                            {division.code, division.name}));
  }
  return true;
}

Result<std::optional<domain::Operator>> SqlCatalogue::find_operator(std::string_view code) {
  std::optional<domain::Operator> found;
  TRY(connection_.query("SELECT definition FROM operator_definition WHERE code = $1",
                        {to_column(code)}, [&](const Row& row) -> Result<> {
                          found = TRY(domain::read_operator(TRY(json::parse(row.text(0)))));
                          return {};
                        }));
  return found;
}

Result<std::vector<domain::Operator>> SqlCatalogue::list_operators() {
  std::vector<domain::Operator> operators;
  TRY(connection_.query("SELECT definition FROM operator_definition ORDER BY code", {},
                        [&](const Row& row) -> Result<> {
                          operators.push_back(
                              TRY(domain::read_operator(TRY(json::parse(row.text(0))))));
                          return {};
                        }));
  return operators;
}

Result<ports::CatalogueChange> SqlCatalogue::save_catalogue(const domain::Catalogue& catalogue,
                                                            base::Instant recorded) {
  const domain::Catalogue stored = TRY(load_catalogue());
  ports::CatalogueChange change;
  for (const CatalogueItem& item : catalogue.items()) {
    const auto before = std::ranges::find(stored.items(), item.code, &CatalogueItem::code);
    const bool is_new = before == stored.items().end();
    if (!is_new && *before == item) continue;
    ++(is_new ? change.items_added : change.items_changed);
    TRY(save_item(item, recorded));
    TRY(save_prices(item, is_new ? nullptr : &*before, recorded, change));
  }
  return change;
}

Result<> SqlCatalogue::save_item(const CatalogueItem& item, base::Instant recorded) {
  TRY(connection_.execute(
      "INSERT INTO catalogue_item (code, kind, division, definition, recorded) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (code) DO UPDATE SET kind = EXCLUDED.kind, "
      "division = EXCLUDED.division, definition = EXCLUDED.definition, "
      "recorded = EXCLUDED.recorded",
      {item.code, to_column(domain::to_text(item.kind)), item.division, write_definition(item),
       recorded.micros}));
  return {};
}

Result<> SqlCatalogue::save_prices(const CatalogueItem& item, const CatalogueItem* before,
                                   base::Instant recorded, ports::CatalogueChange& change) {
  for (const PriceRow& price : item.prices) {
    const PriceRow* old = find_price(before, price.valid_from);
    if (old && *old == price) continue;
    ++(old ? change.prices_changed : change.prices_added);
    if (!is_plain(price)) continue;
    TRY(connection_.execute(
        "INSERT INTO catalogue_price (item, valid_from, price, includes_vat, vat_class, recorded) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (item, valid_from) DO UPDATE SET "
        "price = EXCLUDED.price, includes_vat = EXCLUDED.includes_vat, "
        "vat_class = EXCLUDED.vat_class, recorded = EXCLUDED.recorded",
        {item.code, to_column(price.valid_from), price.price.amount.to_string(),
         std::int64_t{price.includes_vat}, price.vat_class, recorded.micros}));
  }
  if (!before) return {};
  for (const PriceRow& old : before->prices) {
    const PriceRow* now = find_price(&item, old.valid_from);
    if (now == nullptr) ++change.prices_changed;
    if (!is_plain(old) || (now && is_plain(*now))) continue;
    TRY(connection_.execute("DELETE FROM catalogue_price WHERE item = $1 AND valid_from = $2",
                            {item.code, to_column(old.valid_from)}));
  }
  return {};
}

Result<domain::Catalogue> SqlCatalogue::load_catalogue() {
  std::map<std::string, CatalogueItem, std::less<>> items;
  TRY(connection_.query("SELECT code, kind, division, definition FROM catalogue_item ORDER BY code",
                        {}, [&](const Row& row) -> Result<> {
                          auto item = TRY(read_item(row));
                          items.emplace(item.code, std::move(item));
                          return {};
                        }));
  TRY(connection_.query(
      "SELECT item, valid_from, price, includes_vat, vat_class FROM catalogue_price "
      "ORDER BY item, valid_from",
      {}, [&](const Row& row) -> Result<> {
        const auto item = items.find(row.text(0));
        if (item == items.end()) return {};
        item->second.prices.push_back({.valid_from = day(row, 1),
                                       .price = {TRY(base::Decimal::parse(row.text(2)))},
                                       .includes_vat = row.integer(3) != 0,
                                       .vat_class = std::string(row.text(4))});
        return {};
      }));
  std::vector<CatalogueItem> list;
  for (auto& [code, item] : items) {
    std::ranges::sort(item.prices, {}, &PriceRow::valid_from);
    list.push_back(std::move(item));
  }
  return domain::Catalogue::make(std::move(list));
}

}  // namespace storage
