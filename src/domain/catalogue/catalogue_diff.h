// What a catalogue file changes: new items beside those that are there, item by item and member
// by member. What the file does not have stays.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue/catalogue.h"

namespace domain {

// One member of an item, as JSON; empty where it is not there.
struct MemberChange {
  std::string member;
  std::string before, after;
  friend bool operator==(const MemberChange&, const MemberChange&) = default;
};

enum class ItemFate { kAdded, kChanged, kNotInFile };

struct ItemChange {
  std::string code;
  ItemKind kind = ItemKind::kPlan;
  ItemFate fate = ItemFate::kAdded;
  std::vector<MemberChange> members;  // Of a changed one.
};

// Items without any name keep the names that they have.
[[nodiscard]] std::vector<CatalogueItem> keep_names(std::span<const CatalogueItem> stored,
                                                    std::vector<CatalogueItem> items);
// In order of code; items that are equal are left away.
[[nodiscard]] std::vector<ItemChange> diff_catalogue(std::span<const CatalogueItem> stored,
                                                     std::span<const CatalogueItem> items);
// The catalogue after an import: the items, and those stored ones that are not among them.
[[nodiscard]] std::vector<CatalogueItem> merge_catalogue(std::span<const CatalogueItem> stored,
                                                         std::vector<CatalogueItem> items);

[[nodiscard]] std::string_view to_text(ItemFate fate);  // "added"

// Prices whose VAT class has no rate on the day on which they begin: code catalogue_vat_gap,
// place: the item. `rate_on` answers what the law of the operator's country says.
using VatRateOn = std::function<base::Result<base::Percent>(std::string_view, base::Date)>;
[[nodiscard]] std::vector<base::Error> find_vat_gaps(std::span<const CatalogueItem> items,
                                                     const VatRateOn& rate_on);

}  // namespace domain
