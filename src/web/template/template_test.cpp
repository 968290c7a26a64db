// The template engine: what it writes, what it escapes and where, and what it refuses.
#include "web/template/template.h"

#include <gtest/gtest.h>

namespace web {
namespace {

[[nodiscard]] base::Result<std::string> text_of(std::string_view language, std::string_view key) {
  if (key == "pay") return language == "sv" ? std::string("Betala & spara") : std::string("Pay");
  return base::fail("unknown_key", "no such key");
}

[[nodiscard]] base::Result<TemplateSet> compile(std::vector<TemplateFile> files) {
  for (auto& file : files) file.path = file.name + ".html";
  return TemplateSet::compile(std::move(files), {"en", "sv"}, text_of);
}

[[nodiscard]] std::string render(std::string text, const Value& values,
                                 std::string_view language = "en") {
  auto set = compile({{"page", "", std::move(text)}, {"name", "", "<b>{{name}}</b>"}});
  if (!set) return base::describe(set.error());
  auto page = set->render("page", language, values);
  return page ? *page : base::describe(page.error());
}

[[nodiscard]] Value example() {
  Value value;
  value.set("name", "Åsa <\"&'>").set("yes", true).set("no", false).set("empty", "");
  value.set("person", Value::record().set("name", "Elin"));
  Value rows;
  rows.push(Value::record().set("label", "one"));
  rows.push(Value::record().set("label", "two").set("name", "Noah"));
  value.set("rows", std::move(rows)).set("none", Value::list());
  Value words;
  words.push("a").push("b");
  value.set("words", std::move(words));
  value.set("mark", SafeHtml::trusted("<i>!</i>"));
  value.set("script", "javascript:alert(1)").set("site", "https://x.example/?a=1&b=2");
  value.set("css", SafeHtml::trusted("b{color:red}"));
  value.set("count", 7);
  return value;
}

struct Row {
  std::string_view text;
  std::string_view expected;
};

TEST(Template, Writes) {
  const Row rows[] = {
      {"<p>{{name}}</p>", "<p>Åsa &lt;&quot;&amp;&#39;&gt;</p>"},
      {"<p title=\"{{name}}\">", "<p title=\"Åsa &lt;&quot;&amp;&#39;&gt;\">"},
      {"{{count}}", "7"},
      {"{{person.name}}", "Elin"},
      {"{{&mark}}", "<i>!</i>"},
      {"{{#person}}{{name}}{{/person}}", "Elin"},
      {"{{#rows}}{{label}}:{{name}};{{/rows}}",
       "one:Åsa &lt;&quot;&amp;&#39;&gt;;two:Noah;"},  // Outwards where the row has none.
      {"{{#words}}{{.}},{{/words}}", "a,b,"},
      {"{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{#unknown}}u{{/unknown}}", "y"},
      {"{{^yes}}y{{/yes}}{{^no}}n{{/no}}{{^unknown}}u{{/unknown}}", "nu"},
      {"{{^none}}nothing{{/none}}{{#empty}}e{{/empty}}", "nothing"},
      {"{{#name}}[{{.}}]{{/name}}", "[Åsa &lt;&quot;&amp;&#39;&gt;]"},
      {"{{#person}}{{>name}}{{/person}}", "<b>Elin</b>"},
      {"a{{! words }}b", "ab"},
      {"<ul>\n  {{#words}}\n  <li>{{.}}\n  {{/words}}\n</ul>\n",
       "<ul>\n  <li>a\n  <li>b\n</ul>\n"},  // Tags alone on a line take it along.
      {"<title>{{name}}</title>", "<title>Åsa &lt;&quot;&amp;&#39;&gt;</title>"},
      {"<style>{{&css}}</style>", "<style>b{color:red}</style>"},
      {"<input {{#yes}}checked {{/yes}}{{#no}}disabled {{/no}}>", "<input checked >"},
      {"<li class=\"row{{#yes}} now{{/yes}}\"{{#yes}} aria-current=\"true\"{{/yes}}>",
       "<li class=\"row now\" aria-current=\"true\">"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(render(std::string(row.text), example()), row.expected) << row.text;
  }
}

TEST(Template, MessagesFollowTheLanguageAndAreEscaped) {
  EXPECT_EQ(render("<b title=\"{{t:pay}}\">{{t:pay}}</b>", {}, "sv"),
            "<b title=\"Betala &amp; spara\">Betala &amp; spara</b>");
  EXPECT_EQ(render("{{t:pay}}", {}, "en"), "Pay");
  EXPECT_EQ(render("{{t:pay}}", {}, "fi"),
            "the templates are not compiled for 'fi' (template_unknown_language)");
}

TEST(Template, AddressesAreEncodedAndHarmless) {
  const Row rows[] = {
      {"<a href=\"{{site}}\">", "<a href=\"https://x.example/?a=1&amp;b=2\">"},
      {"<a href=\"{{script}}\">", "<a href=\"#\">"},
      {"<form action='{{script}}'>", "<form action='#'>"},
      {"<a href=\"?q={{script}}\">", "<a href=\"?q=javascript%3Aalert%281%29\">"},
      {"<a href=\"/b/{{name}}/{{count}}\">", "<a href=\"/b/%C3%85sa%20%3C%22%26%27%3E/7\">"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(render(std::string(row.text), example()), row.expected) << row.text;
  }
  const std::pair<std::string_view, std::string_view> urls[] = {
      {"/b/x", "/b/x"},         {"?l=sv", "?l=sv"},
      {"tel:+468", "tel:+468"}, {"MAILTO:a@b", "MAILTO:a@b"},
      {"a/b:c", "a/b:c"},       {"data:text/html,x", "#"},
      {" javascript:x", "#"},   {"java\tscript:x", "#"},
      {"/\\evil.example", "#"}, {"vbscript:x", "#"},
  };
  for (const auto& [url, expected] : urls) EXPECT_EQ(harmless_url(url), expected) << url;
}

TEST(Template, RefusesWithFileAndLine) {
  const Row rows[] = {
      {"a\n{{#rows}}\n", "page.html:2: the section rows is not closed (template_unclosed_section)"},
      {"{{#a}}{{/b}}",
       "page.html:1: the section a is not closed: {{/b}} comes first (template_unclosed_section)"},
      {"\n\n{{/a}}",
       "page.html:3: {{/a}} closes a section that is not open "
       "(template_unopened_section)"},
      {"{{>nowhere}}", "page.html:1: there is no template 'nowhere' (template_missing_partial)"},
      {"{{>page}}",
       "page.html:1: 'page' contains itself, or too many others (template_endless_partial)"},
      {"\n{{t:unknown}}",
       "page.html:2: the message 'unknown' cannot be written in 'en': no such "
       "key (template_unknown_message)"},
      {"{{Name}}",
       "page.html:1: 'Name' is no name: small letters, digits, _ and . "
       "(template_bad_tag)"},
      {"{{}}", "page.html:1: '' is no name: small letters, digits, _ and . (template_bad_tag)"},
      {"{{name", "page.html:1: a {{ is never closed by }} (template_bad_tag)"},
      {"<p class={{name}}>",
       "page.html:1: nothing may be written in the unquoted attribute "
       "class by 'name' (template_unsafe_place)"},
      {"<p {{name}}>",
       "page.html:1: nothing may be written inside the tag <p> by 'name' "
       "(template_unsafe_place)"},
      {"<p style=\"{{name}}\">",
       "page.html:1: nothing may be written in the attribute style by "
       "'name' (template_unsafe_place)"},
      {"<p onclick='{{name}}'>",
       "page.html:1: nothing may be written in the attribute onclick "
       "by 'name' (template_unsafe_place)"},
      {"<p title=\"{{&mark}}\">",
       "page.html:1: nothing may be written in the attribute title by "
       "'mark' (template_unsafe_place)"},
      {"<script>{{name}}</script>",
       "page.html:1: nothing may be written inside <script> by "
       "'name' (template_unsafe_place)"},
      {"<!-- {{name}} -->",
       "page.html:1: nothing may be written in a comment by 'name' "
       "(template_unsafe_place)"},
      {"<a href=\"{{t:pay}}\">",
       "page.html:1: nothing may be written in the attribute href by "
       "'pay' (template_unsafe_place)"},
      {"{{#yes}}<p {{/yes}}>",
       "page.html:1: the section yes begins between elements and ends "
       "inside the tag <p> (template_broken_html)"},
      {"a < b",
       "page.html:1: a '<' is not followed by the name of an element; write &lt; for "
       "the sign (template_broken_html)"},
      {"<p <b>",
       "page.html:1: a '<' inside a tag: is the tag before it closed? "
       "(template_broken_html)"},
      {"<p title=\"x",
       "page.html: the template ends in the attribute title "
       "(template_broken_html)"},
      {"{{#yes}}checked{{/yes}}{{missing}}",
       "page.html:1: no value fits {{missing}} (template_missing_value)"},
      {"\n{{person}}", "page.html:2: no value fits {{person}} (template_missing_value)"},
      {"{{&name}}", "page.html:1: no value fits {{name}} (template_missing_value)"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(render(std::string(row.text), example()), row.expected) << row.text;
  }
}

TEST(Template, NamesTheTemplateThatIsNotThere) {
  auto set = compile({});
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->render("page", "en", {}).error().code, "template_not_found");
}

// Whatever bytes a value holds, the page has no tag, quote or entity more than the template.
TEST(Template, NoByteOfAValueIsMarkup) {
  for (int byte = 0; byte < 256; ++byte) {
    Value value;
    value.set("x", std::string(3, static_cast<char>(byte)));
    const std::string text = render("{{x}}", value);
    EXPECT_EQ(text.find_first_of("<>\"'"), std::string::npos) << byte;
    const std::string url = render("<a href=\"/{{x}}\">", value).substr(10);
    EXPECT_EQ(url.find_first_of("<'& :?#"), std::string::npos) << byte;
  }
}

}  // namespace
}  // namespace web
