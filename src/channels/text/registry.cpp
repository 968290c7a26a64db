#include "channels/text/registry.h"

#include <algorithm>
#include <array>

#include "channels/text/twilio/twilio.h"

namespace channels {

std::span<const TextKind* const> text_kinds() {
  static const std::array kKinds = {&twilio::kind()};
  return kKinds;
}

base::Result<std::unique_ptr<ports::TextSender>> make_text_sender(std::string_view name,
                                                                  const TextSettings& given,
                                                                  const ReadSecret& read_secret,
                                                                  ports::HttpClient& http) {
  const auto kinds = text_kinds();
  const auto kind = std::ranges::find(kinds, name, [](const TextKind* each) { return each->name; });
  if (kind == kinds.end()) {
    return base::fail("text_sender_unknown", "there is no such sender of text messages",
                      "text." + std::string(name));
  }
  const auto place = [&](std::string_view setting) {
    return "text." + std::string(name) + "." + std::string(setting);
  };
  for (const auto& [setting, value] : given) {
    if (std::ranges::find((*kind)->settings, setting, &TextSetting::name) ==
        (*kind)->settings.end()) {
      return base::fail("bad_text_setting", "there is no such setting", place(setting));
    }
  }
  TextSettings settings;
  for (const TextSetting& row : (*kind)->settings) {
    const auto found = given.find(std::string(row.name));
    std::string value = found == given.end() ? std::string(row.otherwise) : found->second;
    if (value.empty() && row.is_needed) {
      return base::fail("bad_text_setting", "the setting is missing", place(row.name));
    }
    if (row.is_secret && !value.empty()) value = TRY(read_secret(value));
    settings.emplace(row.name, std::move(value));
  }
  return (*kind)->make(settings, http);
}

}  // namespace channels
