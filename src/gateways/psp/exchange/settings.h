// Settings of a provider: what each one asks for, and what was given for it.
//
// Settings that exist are complete: nothing that is needed is missing and nothing is unknown. What
// is secret is never written into the configuration: its setting names where it is kept ("env:NAME"
// or "file:/path"), and reading it is handed in.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/gateway.h"
#include "ports/http.h"

namespace gateways {

enum class SettingKind { kText, kFile, kSecret };

struct SettingKey {
  std::string_view name;
  SettingKind kind = SettingKind::kText;
  bool needed = true;
  std::string_view otherwise;  // What holds where it is not given.
  std::string_view meaning;
};

// What "env:NAME" or "file:/path" holds, without the line's end. Its errors are handed on.
using ReadSecret = std::function<base::Result<std::string>(std::string_view where)>;

class Settings {
 public:
  // Errors: gateway_setting_missing, unknown_gateway_setting, secret_in_settings (the secret itself
  // where its place should stand), and those of read_secret.
  [[nodiscard]] static base::Result<Settings> read(std::span<const SettingKey> keys,
                                                   const std::map<std::string, std::string>& given,
                                                   const ReadSecret& read_secret);
  // "" where it is not given and nothing holds otherwise.
  [[nodiscard]] const std::string& text(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// What a gateway is made of. The references live as long as it does.
struct Parts {
  Settings settings;
  ports::HttpClient& http;
  const base::Clock& clock;
};

using MakeGateway = base::Result<std::unique_ptr<ports::Gateway>> (*)(Parts parts);

// One provider: the row of the registry.
struct Kind {
  std::string_view name;   // "adyen"
  std::string_view title;  // "Adyen"
  std::span<const std::string_view> methods;
  std::span<const std::string_view> currencies;
  std::span<const SettingKey> settings;
  // Errors: bad_gateway_setting.
  MakeGateway make;
};

}  // namespace gateways
