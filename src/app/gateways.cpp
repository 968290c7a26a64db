#include "app/gateways.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ranges>

#include "app/rail_terms.h"
#include "gateways/psp/registry.h"

namespace app {
namespace {

namespace fs = std::filesystem;

using base::Result;

constexpr std::string_view kMethods = "methods";
// Used at a desk, by its own commands, and never offered on a page.
constexpr std::string_view kTerminals = "adyen_terminal";

Result<std::string> read_secret_file(const std::string& path) {
  std::error_code failed;
  const fs::perms others = fs::perms::group_all | fs::perms::others_all;
  const fs::file_status status = fs::status(path, failed);
  std::ifstream in(path, std::ios::binary);
  if (failed || !fs::is_regular_file(status) || !in) {
    return base::fail("secret_not_readable", "there is no file that can be read", path);
  }
  if ((status.permissions() & others) != fs::perms::none) {
    return base::fail("secrets_not_private", "others may read it; chmod 600", path);
  }
  std::string text{std::istreambuf_iterator<char>(in), {}};
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

// What of the provider's methods is offered: those that are named, or all.
Result<std::vector<std::string>> offered(const gateways::Kind& kind, std::string_view named) {
  std::vector<std::string> methods;
  for (const auto word : std::views::split(named, ' ')) {
    const std::string method(word.begin(), word.end());
    if (method.empty()) continue;
    if (std::ranges::find(kind.methods, method) == kind.methods.end()) {
      return base::fail("unknown_gateway_method", "the provider has no method '" + method + "'",
                        "gateway." + std::string(kind.name) + ".methods");
    }
    methods.push_back(method);
  }
  if (methods.empty()) methods.assign(kind.methods.begin(), kind.methods.end());
  return methods;
}

Result<std::string> find_secret(const Wiring& wiring, std::string_view where) {
  constexpr std::string_view kVariable = "env:", kFile = "file:";
  if (where.starts_with(kFile)) return read_secret_file(std::string(where.substr(kFile.size())));
  if (!where.starts_with(kVariable)) {
    // What stands there may be the secret itself: it is not repeated.
    return base::fail("secret_not_readable",
                      "a secret is named as env:VARIABLE or file:PATH, never written here");
  }
  if (auto value = wiring.environment(where.substr(kVariable.size()))) return *std::move(value);
  return base::fail("secret_not_readable", "there is no such variable", std::string(where));
}

}  // namespace

Result<std::string> read_secret(const Workspace& workspace, const std::string& key,
                                std::string_view where) {
  auto secret = find_secret(workspace.wiring(), where);
  if (secret) return secret;
  base::Error& error = secret.error();
  error.text =
      "'" + key + "'" + (error.place.empty() ? "" : " names " + error.place) + ": " + error.text;
  error.place = workspace.place_of(key);
  return secret;
}

Result<std::unique_ptr<PaymentProviders>> PaymentProviders::open(const Workspace& workspace) {
  std::unique_ptr<PaymentProviders> providers(new PaymentProviders);
  std::vector<ports::Gateway*> gateways;
  std::vector<flows::OfferedMethod> methods;
  std::vector<domain::RailTerms> terms;
  for (const auto& [name, given] : workspace.settings().gateways) {
    auto settings = given;
    const auto secrets = [&](std::string_view where) {
      const auto at =
          std::ranges::find_if(given, [&](const auto& row) { return row.second == where; });
      const std::string key = at == given.end() ? "" : "." + at->first;
      return read_secret(workspace, "gateway." + name + key, where);
    };
    const std::string named = settings[std::string(kMethods)];
    settings.erase(std::string(kMethods));
    TRY(take_rail_terms(name, settings, terms));
    providers->owned_.push_back(
        TRY(gateways::make_gateway(name, settings, secrets, providers->http_, workspace.clock())));
    gateways.push_back(providers->owned_.back().get());
    const gateways::Kind& kind = *gateways::find_kind(name);
    for (const std::string& method : TRY(offered(kind, named))) {
      if (kind.name == kTerminals) break;
      for (const std::string_view currency : kind.currencies) {
        methods.push_back({method, name, std::string(currency)});
      }
    }
  }
  if (demo::PracticeGateway::is_demo(workspace.data_dir())) {
    providers->practice_ = std::make_unique<demo::PracticeGateway>(
        demo::PracticeGateway::folder_of(workspace.data_dir()), workspace.clock(),
        workspace.public_url());
    gateways.push_back(providers->practice_.get());
    methods.push_back({"practice", std::string(demo::kPracticeName), ""});
  }
  for (const auto& [name, given] : workspace.settings().rails) {
    TRY(take_own_rail(name, given, terms));
  }
  providers->gateways_ = flows::Gateways(std::move(gateways), std::move(methods), std::move(terms));
  return providers;
}

}  // namespace app
