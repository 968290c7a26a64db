// The providers that there are: one line each in registry.cpp.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "gateways/psp/exchange/settings.h"
#include "ports/gateway.h"

namespace gateways {

[[nodiscard]] std::span<const Kind* const> kinds();
// Null where there is no such provider.
[[nodiscard]] const Kind* find_kind(std::string_view name);

// A gateway that works by these settings; http and clock live as long as it does.
// Errors: unknown_gateway, bad_gateway_setting, those of Settings::read.
[[nodiscard]] base::Result<std::unique_ptr<ports::Gateway>> make_gateway(
    std::string_view name, const std::map<std::string, std::string>& settings,
    const ReadSecret& read_secret, ports::HttpClient& http, const base::Clock& clock);

}  // namespace gateways
