// The reference pages: each rule catches what it should, and the tree obeys.
#include "tests/architecture/documentation_rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/architecture/real_tree.h"

namespace architecture {
namespace {

TEST(Documentation, EveryErrorOfTheTree) { expect_none(undocumented_errors(real_tree())); }

TEST(Documentation, ErrorsAreComparedBothWays) {
  const auto tree = made_up_tree({
      {"src/domain/a.cpp",
       "return base::fail(\n    \"no_day\", \"text\");\n"
       "return base::fail(\"no_month\", \"\");  // base::fail(\"in_comment\")\n"},
      {"src/domain/a_test.cpp", "base::fail(\"only_in_test\", \"\");\n"},
      {"docs/reference/errors/a.md",
       "| code | meaning |\n|---|---|\n| `no_month` | x |\n"
       "| `gone` | x |\n"},
      {"docs/reference/errors/b.md", "| `no_month` | again |\n"},
  });
  EXPECT_EQ(describe(undocumented_errors(tree)),
            "docs/reference/errors/b.md:1: error 'no_month' is documented twice, also at "
            "docs/reference/errors/a.md:3\n"
            "src/domain/a.cpp:2: error 'no_day' is in no page of docs/reference/errors\n"
            "docs/reference/errors/a.md:4: error 'gone' is documented but gone\n");
}

TEST(Documentation, CodesThatAreHandedOnAreFound) {
  const auto tree = made_up_tree({{"src/domain/a.cpp",
                                   "auto refuse(std::string_view code, std::string text) {\n"
                                   "  return base::fail(code, text);\n"
                                   "}\n"
                                   "refuse(\"no_week\",\n  \"there is\" + x);\n"
                                   "lookup(\"no_code\");\n"}});
  EXPECT_EQ(describe(undocumented_errors(tree)),
            "src/domain/a.cpp:4: error 'no_week' is in no page of docs/reference/errors\n");
}

TEST(Documentation, NoErrorCodeOfTheTreeIsHidden) { expect_none(hidden_error_codes(real_tree())); }

TEST(Documentation, HiddenErrorCodesAreFound) {
  const auto tree = made_up_tree({
      {"src/domain/a.cpp", "return base::fail(code, \"text\");\n"},
      {"src/domain/b.cpp", "\nerror = base::Error{\"no_day\", \"text\"};\n"},
      {"src/domain/c.cpp", "return base::fail(\"no_day\", \"text\");\nout.fail();\nfail(own);\n"},
  });
  EXPECT_EQ(describe(hidden_error_codes(tree)),
            "src/domain/a.cpp:1: base::fail() gets a code that no literal here names\n"
            "src/domain/b.cpp:2: errors are made by base::fail()\n");
}

TEST(Documentation, EveryNameOfTheTree) { expect_none(undocumented_names(real_tree())); }

// A tree in which all registries and their pages agree.
SourceTree documented_tree() {
  return made_up_tree({
      {"src/domain/events/registry.cpp", "{\"bill_issued\", Shape{}},\n"},
      {"docs/reference/events.md", "| `bill_issued` | x |\n"},
      {"src/domain/intake/problem_codes.cpp", "    {\"unknown_plan\"},\n"},
      {"src/formats/bank/problem_codes.cpp", "    {\"file_cut\", Severity::kWarning},\n"},
      {"docs/reference/bank-problems.md", "| `file_cut` | x |\n"},
      {"src/domain/bank/order_problem_codes.cpp", "    {\"day_missing\"},\n"},
      {"docs/reference/bank-order-problems.md", "| `day_missing` | x |\n"},
      {"docs/reference/rejects.md", "| `unknown_plan` | x |\n"},
      {"src/support/observe/metrics.h", "counter(kJobs, \"telgiro_jobs_total\", {\"kind\"});\n"},
      {"docs/reference/metrics.md", "| `telgiro_jobs_total` | x |\n"},
      {"src/support/config/keys.cpp", "{\"server.port\", KeyType::kInteger},\n"},
      {"docs/reference/config.md", "| `server.port` | x |\n"},
      {"src/web/routes.cpp",
       "{Method::kGet, \"/b/{token}\", show},\n{Method::kPost, \"/b\", pay},\n"},
      {"docs/reference/routes.md", "| `GET /b/{token}` | x |\n| `POST /b` | y |\n"},
  });
}

TEST(Documentation, NamesAreComparedBothWays) {
  EXPECT_EQ(describe(undocumented_names(documented_tree())), "");
  auto changed = documented_tree();
  for (const auto& [page, text] : std::map<std::string, std::string>{
           {"docs/reference/events.md", "| `bill_lost` | x |\n"},
           {"docs/reference/metrics.md", "telgiro_jobs_total\n"},
           {"docs/reference/config.md", "| `server.prot` | x |\n"},
           {"docs/reference/routes.md", "| `GET /b/{token}` | x |\n"}}) {
    changed[page].text = text;
  }
  EXPECT_EQ(describe(undocumented_names(changed)),
            "src/domain/events/registry.cpp:1: event kind 'bill_issued' is not in "
            "docs/reference/events.md\n"
            "docs/reference/events.md:1: event kind 'bill_lost' is documented but gone\n"
            "src/support/observe/metrics.h:1: metric 'telgiro_jobs_total' is not in "
            "docs/reference/metrics.md\n"
            "src/support/config/keys.cpp:1: configuration key 'server.port' is not in "
            "docs/reference/config.md\n"
            "docs/reference/config.md:1: configuration key 'server.prot' is documented but gone\n"
            "src/web/routes.cpp:2: route 'POST /b' is not in docs/reference/routes.md\n");
}

TEST(Documentation, ARegistryThatIsGoneIsFound) {
  auto tree = documented_tree();
  tree.erase("src/web/routes.cpp");
  tree.erase("docs/reference/config.md");
  EXPECT_EQ(describe(undocumented_names(tree)),
            "docs/reference/config.md: is missing\nsrc/web/routes.cpp: is missing\n");
}

TEST(Documentation, LinksOfTheTreeLeadSomewhere) { expect_none(broken_links(real_tree())); }

TEST(Documentation, BrokenLinksAreFound) {
  const auto tree = made_up_tree({
      {"docs/guides/a.md",
       "[b](b.md) [c](../c.md#part) [web](https://x.example/a.md)\n"
       "[gone](gone.md)\n"},
      {"docs/guides/b.md", ""},
      {"docs/c.md", ""},
  });
  EXPECT_EQ(describe(broken_links(tree)),
            "docs/guides/a.md:2: the link leads nowhere: docs/guides/gone.md\n");
}

TEST(Documentation, PagesThatTheTreeNamesAreThere) { expect_none(missing_pages(real_tree())); }

TEST(Documentation, MissingPagesAreFound) {
  const auto tree = made_up_tree({
      {"src/base/a.h", "// See docs/adr/0001-here.md.\n// See docs/adr/0002-gone.md.\n"},
      {"docs/adr/0001-here.md", "no page: mydocs/a.md, docs/*.md\n"},
  });
  EXPECT_EQ(describe(missing_pages(tree)), "src/base/a.h:2: there is no docs/adr/0002-gone.md\n");
}

// Why money waits: the table of docs/payments.md, in the console's words of every language.
TEST(Documentation, EveryReasonOfSuspenseHasWords) {
  const SourceTree& tree = real_tree();
  const std::string& page = tree.at("docs/payments.md").text;
  std::vector<std::string> reasons;
  std::size_t at = page.find("| reason | why |");
  ASSERT_NE(at, page.npos);
  const std::size_t end = page.find("\n\n", at);
  for (at = page.find("\n| `", at); at < end; at = page.find("\n| `", at + 1)) {
    reasons.push_back(page.substr(at + 4, page.find('`', at + 4) - at - 4));
  }
  EXPECT_GT(reasons.size(), 8U);
  const std::string& filter = tree.at("src/web/console/payments.cpp").text;
  for (const std::string& reason : reasons) {
    EXPECT_NE(filter.find("\"" + reason + "\""), filter.npos) << reason << " has no filter";
    for (const std::string language : {"sv", "fi", "nb", "da", "en", "it", "es", "de"}) {
      const auto texts = tree.find("i18n/" + language + ".txt");
      ASSERT_NE(texts, tree.end()) << language;
      EXPECT_NE(texts->second.text.find("\nconsole.payment.reason." + reason + " = "),
                std::string::npos)
          << language << " has no word for " << reason;
    }
  }
}

}  // namespace
}  // namespace architecture
