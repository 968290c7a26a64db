// docs/reference/config.md is written from the table of keys, so that the two agree.
#include <gtest/gtest.h>

#include "support/config/keys.h"
#include "tests/support/expected_file.h"

namespace config {
namespace {

std::string range_of(const Key& key) {
  if (key.type == KeyType::kText) return "text";
  return std::to_string(key.least) + " to " + std::to_string(key.most);
}

TEST(ConfigReference, IsThePageOfTheKeys) {
  std::string page =
      "# Configuration\n"
      "\n"
      "One TOML file: `telgiro.toml` in the data folder, or the one that `--config FILE` names.\n"
      "A key may stand alone (`server.port = 8080`) or below its table (`[server]`). An unknown\n"
      "key, a wrong type or a value out of range stops the program with the file and the line\n"
      "([errors](errors/frame.md)). Changes hold from the next start.\n"
      "\n"
      "Written by `./dev update` from `src/support/config/keys.cpp`.\n"
      "\n"
      "| key | value | default | meaning |\n"
      "|---|---|---|---|\n";
  for (const Key& key : keys()) {
    page += "| `" + std::string(key.name) + "` | " + range_of(key) + " | " +
            (key.otherwise.empty() ? "" : "`" + std::string(key.otherwise) + "`") + " | " +
            std::string(key.meaning) + " |\n";
  }
  page +=
      "\n"
      "Payment providers have tables of their own, `[gateway.NAME]`, with texts by the names of\n"
      "the provider's page ([payment providers](../gateways/index.md)), and `methods`: those that\n"
      "are offered, with a blank between; all of the provider's without it. What its payments\n"
      "cost stands there too, and for money that comes without a provider in `[rail.NAME]`\n"
      "(`bankgiro`, `transfer`, `direct_debit`, `cash`):\n"
      "[orders](../orders.md#what-payments-cost).\n"
      "\n"
      "Who sends text messages has a table of its own, `[text.NAME]`: [text\n"
      "messages](../texts.md).\n"
      "\n"
      "The data folder is the first of: `--data DIR`, the variable `TELGIRO_DATA`, the key\n"
      "`data_dir`, `$XDG_DATA_HOME/telgiro`, `~/.local/share/telgiro`.\n";
  tests::expect_file("docs/reference/config.md", page);
}

}  // namespace
}  // namespace config
