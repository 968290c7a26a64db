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

CatalogueItems read_catalogue_items(const base::Json& json, std::string_view file) {
  CatalogueItems read;
  const auto members = Members::of(json, std::string(file) + ": ");
  if (!members) {
    read.problems.push_back(members.error());
    return read;
  }
  const auto take = [&](auto value, auto otherwise) {
    if (value) return decltype(otherwise)(*std::move(value));
    read.problems.push_back(std::move(value).error());
    return otherwise;
  };
  read.problems = members->unknown({"prices_include_vat", "vat_class", "items"});
  domain::PriceDefaults defaults;
  defaults.includes_vat = take(members->flag_or("prices_include_vat", false), false);
  defaults.vat_class = take(members->text_or("vat_class", "standard"), std::string("standard"));
  static const base::Json::Array kNone;
  std::size_t number = 0;
  for (const base::Json& json_item : *take(members->list("items"), &kNone)) {
    const std::size_t problems_before = read.problems.size();
    const std::string place = members->place_of("items." + std::to_string(number++));
    CatalogueItem item = domain::read_catalogue_item(json_item, place, defaults, read.problems);
    const bool is_whole = read.problems.size() == problems_before;
    (is_whole ? read.items : read.broken).push_back(std::move(item));
  }
  return read;
}

Result<domain::Catalogue> read_catalogue_file(const base::Json& json, std::string_view file) {
  CatalogueItems read = read_catalogue_items(json, file);
  if (!read.problems.empty()) return std::unexpected(std::move(read.problems.front()));
  auto catalogue = domain::Catalogue::make(std::move(read.items));
  if (!catalogue) {
    base::Error error = std::move(catalogue).error();
    error.place = std::string(file) + ": " + error.place;
    return std::unexpected(std::move(error));
  }
  return catalogue;
}

}  // namespace formats
