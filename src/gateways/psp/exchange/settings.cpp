#include "gateways/psp/exchange/settings.h"

#include <algorithm>

namespace gateways {

base::Result<Settings> Settings::read(std::span<const SettingKey> keys,
                                      const std::map<std::string, std::string>& given,
                                      const ReadSecret& read_secret) {
  for (const auto& [name, value] : given) {
    if (std::ranges::find(keys, name, &SettingKey::name) == keys.end()) {
      return base::fail("unknown_gateway_setting", "the provider has no such setting", name);
    }
  }
  Settings settings;
  for (const SettingKey& key : keys) {
    const std::string name(key.name);
    const auto found = given.find(name);
    std::string value = found == given.end() ? std::string(key.otherwise) : found->second;
    if (value.empty() && key.needed) {
      return base::fail("gateway_setting_missing", "the provider needs this setting", name);
    }
    if (key.kind == SettingKind::kSecret && !value.empty()) {
      if (!value.starts_with("env:") && !value.starts_with("file:")) {
        return base::fail("secret_in_settings",
                          "settings say where a secret is kept: env:NAME or file:/path", name);
      }
      value = TRY(read_secret(value));
    }
    settings.values_[name] = std::move(value);
  }
  return settings;
}

const std::string& Settings::text(std::string_view name) const {
  static const std::string kNone;
  const auto found = values_.find(name);
  return found == values_.end() ? kNone : found->second;
}

}  // namespace gateways
