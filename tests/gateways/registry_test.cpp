// The providers that there are: each is described in full, its settings are those of its page, and
// a secret never stands in the settings.
#include "gateways/psp/registry.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/program.h"

namespace gateways {
namespace {

// The first cells of a page's table of settings: "| `url` | ..." under "| setting |".
std::set<std::string> documented_settings(const std::string& page) {
  std::set<std::string> names;
  bool inside = false;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = std::min(page.find('\n', at), page.size());
    const std::string line = page.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("| setting |")) inside = true;
    if (!line.starts_with("|")) inside = false;
    if (inside && line.starts_with("| `")) names.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

TEST(Gateways, AreDescribedAndDocumented) {
  std::set<std::string_view> names;
  for (const Kind* kind : kinds()) {
    EXPECT_TRUE(names.insert(kind->name).second) << kind->name;
    EXPECT_FALSE(kind->title.empty() || kind->methods.empty() || kind->currencies.empty());
    for (const std::string_view currency : kind->currencies) {
      EXPECT_TRUE(base::Currency::parse(currency)) << kind->name << " " << currency;
    }
    const std::string page = tests::read_file(std::string(TELGIRO_SOURCE_DIR) + "/docs/gateways/" +
                                              std::string(kind->name) + ".md");
    std::set<std::string> settings;
    for (const SettingKey& key : kind->settings) {
      EXPECT_FALSE(key.meaning.empty());
      settings.insert(std::string(key.name));
    }
    EXPECT_EQ(documented_settings(page), settings) << kind->name;
  }
  EXPECT_EQ(find_kind("no such"), nullptr);
}

TEST(Gateways, SettingsAreCompleteAndHoldNoSecret) {
  constexpr SettingKey kKeys[] = {{"url", SettingKind::kText, true, "https://x", "Where"},
                                  {"shop", SettingKind::kText, true, "", "Who"},
                                  {"key", SettingKind::kSecret, false, "", "Secret"}};
  const ReadSecret read = [](std::string_view where) -> base::Result<std::string> {
    if (where == "env:KEY") return "hush";
    return base::fail("secrets_not_readable", "not there", std::string(where));
  };
  struct Row {
    std::map<std::string, std::string> given;
    std::string code;
  };
  const Row rows[] = {{{{"shop", "a"}}, ""},
                      {{{"shop", "a"}, {"key", "env:KEY"}}, ""},
                      {{}, "gateway_setting_missing"},
                      {{{"shop", "a"}, {"url", ""}}, "gateway_setting_missing"},
                      {{{"shop", "a"}, {"shoop", "b"}}, "unknown_gateway_setting"},
                      {{{"shop", "a"}, {"key", "hush"}}, "secret_in_settings"},
                      {{{"shop", "a"}, {"key", "env:OTHER"}}, "secrets_not_readable"}};
  for (const Row& row : rows) {
    const auto settings = Settings::read(kKeys, row.given, read);
    EXPECT_EQ(settings ? "" : settings.error().code, row.code);
    if (!settings) {
      EXPECT_FALSE(settings.error().text.contains("hush"));
    } else {
      EXPECT_EQ(settings->text("url"), "https://x");
      EXPECT_EQ(settings->text("key"), row.given.contains("key") ? "hush" : "");
    }
  }
}

}  // namespace
}  // namespace gateways
