#include "domain/catalogue/catalogue_diff.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/catalogue/catalogue_json.h"

namespace domain {
namespace {

const CatalogueItem* find_item(std::span<const CatalogueItem> items, const std::string& code) {
  const auto found = std::ranges::find(items, code, &CatalogueItem::code);
  return found == items.end() ? nullptr : &*found;
}

std::vector<MemberChange> changed_members(const CatalogueItem& before, const CatalogueItem& after) {
  const base::Json old_json = to_json(before), new_json = to_json(after);
  std::vector<std::string> names;
  for (const base::Json* json : {&old_json, &new_json}) {
    for (const auto& [name, value] : *json->as_object()) {
      if (std::ranges::count(names, name) == 0) names.push_back(name);
    }
  }
  std::vector<MemberChange> changes;
  const auto text = [](const base::Json& value) {
    return value.is_null() ? std::string() : value.dump();
  };
  for (const std::string& name : names) {
    if (old_json[name] == new_json[name]) continue;
    changes.push_back({name, text(old_json[name]), text(new_json[name])});
  }
  return changes;
}

}  // namespace

std::vector<CatalogueItem> keep_names(std::span<const CatalogueItem> stored,
                                      std::vector<CatalogueItem> items) {
  for (CatalogueItem& item : items) {
    if (!item.names.empty()) continue;
    const CatalogueItem* before = find_item(stored, item.code);
    if (before != nullptr) item.names = before->names;
  }
  return items;
}

std::vector<ItemChange> diff_catalogue(std::span<const CatalogueItem> stored,
                                       std::span<const CatalogueItem> items) {
  std::map<std::string, ItemChange> changes;
  for (const CatalogueItem& item : items) {
    const CatalogueItem* before = find_item(stored, item.code);
    if (before != nullptr && *before == item) continue;
    ItemChange& change = changes[item.code];
    change = {item.code, item.kind, before == nullptr ? ItemFate::kAdded : ItemFate::kChanged, {}};
    if (before != nullptr) change.members = changed_members(*before, item);
  }
  for (const CatalogueItem& item : stored) {
    if (find_item(items, item.code) != nullptr) continue;
    changes[item.code] = {item.code, item.kind, ItemFate::kNotInFile, {}};
  }
  std::vector<ItemChange> list;
  for (auto& [code, change] : changes) list.push_back(std::move(change));
  return list;
}

std::vector<CatalogueItem> merge_catalogue(std::span<const CatalogueItem> stored,
                                           std::vector<CatalogueItem> items) {
  std::set<std::string> codes;
  for (const CatalogueItem& item : items) codes.insert(item.code);
  for (const CatalogueItem& item : stored) {
    if (!codes.contains(item.code)) items.push_back(item);
  }
  return items;
}

std::string_view to_text(ItemFate fate) {
  switch (fate) {
    case ItemFate::kAdded: return "added";
    case ItemFate::kChanged: return "changed";
    case ItemFate::kNotInFile: return "not_in_file";
  }
  return {};
}

std::vector<base::Error> find_vat_gaps(std::span<const CatalogueItem> items,
                                       const VatRateOn& rate_on) {
  std::vector<base::Error> gaps;
  std::map<std::pair<std::string, base::Date>, std::string> reasons;  // Empty: there is a rate.
  const auto look = [&](const CatalogueItem& item, const std::string& vat_class, base::Date day) {
    const auto [known, is_new] = reasons.try_emplace({vat_class, day});
    if (is_new) {
      const auto rate = rate_on(vat_class, day);
      if (!rate) known->second = rate.error().text;
    }
    if (known->second.empty()) return;
    gaps.push_back(base::fail("catalogue_vat_gap",
                              "there is no VAT rate '" + vat_class + "' on " + day.to_string() +
                                  ": " + known->second,
                              item.code)
                       .error());
  };
  for (const CatalogueItem& item : items) {
    for (const PriceRow& row : item.prices) look(item, row.vat_class, row.valid_from);
    for (const auto& [brand, rows] : item.brand_prices) {
      for (const PriceRow& row : rows) look(item, row.vat_class, row.valid_from);
    }
  }
  return gaps;
}

}  // namespace domain
