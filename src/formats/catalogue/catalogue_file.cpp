#include "formats/catalogue/catalogue_file.h"

#include <string>
#include <vector>

#include "domain/catalogue/catalogue_json.h"
#include "domain/check/members.h"

namespace formats {
namespace {

using base::Result;
using domain::CatalogueItem;
using domain::check::Members;

}  // namespace

Result<std::vector<CatalogueItem>> read_catalogue_items(const base::Json& json,
                                                        std::string_view file) {
  const Members members = TRY(Members::of(json, std::string(file) + ": "));
  TRY(members.allow_only({"prices_include_vat", "vat_class", "items"}));
  domain::PriceDefaults defaults;
  defaults.includes_vat = TRY(members.flag_or("prices_include_vat", false));
  defaults.vat_class = TRY(members.text_or("vat_class", "standard"));
  std::vector<CatalogueItem> items;
  for (const base::Json& item : *TRY(members.list("items"))) {
    const std::string place = members.place_of("items." + std::to_string(items.size()));
    items.push_back(TRY(domain::read_catalogue_item(item, place, defaults)));
  }
  return items;
}

Result<domain::Catalogue> read_catalogue_file(const base::Json& json, std::string_view file) {
  auto catalogue = domain::Catalogue::make(TRY(read_catalogue_items(json, file)));
  if (!catalogue) {
    base::Error error = std::move(catalogue).error();
    error.place = std::string(file) + ": " + error.place;
    return std::unexpected(std::move(error));
  }
  return catalogue;
}

}  // namespace formats
