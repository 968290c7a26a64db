// Files in which providers say what they pay out: one row a format in registry.cpp. Providers' own
// formats come with their gateways; the neutral one is what an operator can make of any of them.
//
// Known by their content, never by their name. A settlement that contradicts itself is read all
// the same: domain::check_settlement says so.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result/result.h"
#include "domain/reconcile/settlement.h"

namespace formats::settlement {

struct SettlementFormat {
  std::string_view name;
  std::string_view title;
  bool (*claims)(std::string_view bytes);
  std::add_pointer_t<base::Result<std::vector<domain::ProviderSettlement>>(std::string_view)> read;
};

[[nodiscard]] std::span<const SettlementFormat> settlement_formats();
// Errors: settlement_not_recognised.
[[nodiscard]] base::Result<const SettlementFormat*> recognise(std::string_view bytes);

}  // namespace formats::settlement
