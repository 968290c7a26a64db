// What a message may hold, how it is written, and what is refused when it is read.
#include "support/locale/message.h"

#include <gtest/gtest.h>

namespace locale {
namespace {

std::string plain(std::string_view text, std::vector<Arg> args) {
  static const Formatter kSwedish(Language::kSwedish);
  auto message = Message::compile(text, "test");
  return message ? message->plain(kSwedish, args) : base::describe(message.error());
}

std::string html(std::string_view text, std::vector<Arg> args) {
  static const Formatter kSwedish(Language::kSwedish);
  return Message::compile(text, "test")->html(kSwedish, args);
}

TEST(Message, ValuesByType) {
  const base::Money sum = *base::Money::parse("1420.00", *base::Currency::parse("SEK"));
  const base::Date due = *base::Date::parse("2026-12-01");
  EXPECT_EQ(plain("Hej {name}!", {{"name", "Elin"}}), "Hej Elin!");
  EXPECT_EQ(plain("{n, number} st", {{"n", 1234}}), "1\u00A0234 st");
  EXPECT_EQ(plain("{q, decimal}", {{"q", *base::Decimal::parse("12.4")}}), "12,4");
  EXPECT_EQ(plain("{r, percent}", {{"r", base::Percent{*base::Decimal::parse("25")}}}),
            "25\u00A0%");
  EXPECT_EQ(
      plain("{s, money}, {s, money, short}, {s, money, signed}, {s, money, bare}", {{"s", sum}}),
      "1\u00A0420,00\u00A0kr, 1\u00A0420\u00A0kr, +1\u00A0420,00\u00A0kr, 1\u00A0420,00");
  EXPECT_EQ(plain("{d, date}; {d, date, day}; {d, date, weekday}; {d,date,short}; "
                  "{d, date, numeric}",
                  {{"d", due}}),
            "1\u00A0december 2026; 1\u00A0december; tisdag 1\u00A0december; "
            "1\u00A0dec. 2026; 2026-12-01");
  EXPECT_EQ(plain("{m, month} {m, month, short} {m, month, year}", {{"m", base::Month::of(due)}}),
            "december dec. december 2026");
}

TEST(Message, Plural) {
  constexpr std::string_view kText =
      "{days, plural, =0 {i dag} =1 {i morgon} one {om # dag} other {om # dagar}}";
  EXPECT_EQ(plain(kText, {{"days", 0}}), "i dag");
  EXPECT_EQ(plain(kText, {{"days", 1}}), "i morgon");
  EXPECT_EQ(plain(kText, {{"days", 9}}), "om 9 dagar");
  EXPECT_EQ(plain(kText, {{"days", 1000}}), "om 1\u00A0000 dagar");
  EXPECT_EQ(plain("{n, plural, one {# rad} other {# rader}}", {{"n", 1}}), "1 rad");
  EXPECT_EQ(plain("#{n, number}", {{"n", 1}}), "#1");  // Outside a plural # is itself.
}

TEST(Message, Select) {
  constexpr std::string_view kText =
      "{kind, select, sms {SMS till {to}} email {E-post till {to}} other {Till {to}}}";
  EXPECT_EQ(plain(kText, {{"kind", "sms"}, {"to", "070"}}), "SMS till 070");
  EXPECT_EQ(plain(kText, {{"kind", "carrier pigeon"}, {"to", "070"}}), "Till 070");
}

// As in ICU, # is the number only directly within its plural.
TEST(Message, Nested) {
  constexpr std::string_view kText =
      "{n, plural, one {# bok} other {{size, select, big {{n, number} stora} other {{n, number} "
      "små}} böcker}}";
  EXPECT_EQ(plain(kText, {{"n", 3}, {"size", "big"}}), "3 stora böcker");
  EXPECT_EQ(plain(kText, {{"size", "x"}, {"n", 1}}), "1 bok");
}

TEST(Message, BracesAreQuoted) {
  EXPECT_EQ(plain("l'importo '{'x'}' {n, number}", {{"n", 1}}), "l'importo {x} 1");
}

TEST(Message, HtmlEscapesAllButBold) {
  EXPECT_EQ(html("<b>{name}</b> & \"co\"", {{"name", "<script>'x'</script>"}}),
            "<b>&lt;script&gt;&#39;x&#39;&lt;/script&gt;</b> &amp; &quot;co&quot;");
  EXPECT_EQ(plain("<b>{name}</b> & co", {{"name", "<b>"}}), "<b> & co");
  EXPECT_EQ(html("{n, plural, one {<b>#</b> rad} other {<b>#</b> rader}}", {{"n", 2}}),
            "<b>2</b> rader");
}

TEST(Message, FixedTexts) {
  const auto message = Message::compile("<b>Ingen</b> avgift & inget krångel", "test");
  ASSERT_TRUE(message.has_value());
  EXPECT_TRUE(message->has_markup());
  EXPECT_EQ(message->fixed(), "Ingen avgift & inget krångel");
  EXPECT_EQ(message->fixed_html(), "<b>Ingen</b> avgift &amp; inget krångel");
}

TEST(Message, Parameters) {
  const auto message = Message::compile(
      "{z, money} {a} {n, plural, other {{a} {d, date}}} {k, select, other {}}", "test");
  ASSERT_TRUE(message.has_value());
  const std::vector<Parameter> expected = {{"a", ValueType::kText},
                                           {"d", ValueType::kDate},
                                           {"k", ValueType::kText},
                                           {"n", ValueType::kInteger},
                                           {"z", ValueType::kMoney}};
  EXPECT_TRUE(std::ranges::equal(message->parameters(), expected));
}

TEST(Message, Refused) {
  const std::string_view texts[] = {
      "{",
      "{name",
      "{0}",                   // Numbers say nothing to a translator.
      "{n, plural, one {#}}",  // No "other".
      "{n, plural, offset:1 other {#}}",
      "{n, selectordinal, other {#}}",
      "{n, choice, 0#none|1#one}",
      "{d, day}",             // No such type.
      "{d, date, medium}",    // No such style.
      "{s, money, weekday}",  // A style of another type.
      "{x} {x, money}",       // One name, two types.
      "<b>bold",
      "bold</b>",
      "<i>italic</i>",
      "<a href=x>link</a>",
      "{n, plural, one {<b>#} other {#</b>}}",
      "{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}{n}{o}{p}{q}",
  };
  for (const std::string_view text : texts) {
    const auto message = Message::compile(text, "i18n/sv.txt:7");
    ASSERT_FALSE(message.has_value()) << text;
    EXPECT_EQ(message.error().code, "bad_message") << text;
    EXPECT_EQ(message.error().place, "i18n/sv.txt:7");
  }
}

using MessageDeathTest = ::testing::Test;

// Our own code hands in the arguments: a wrong one is a broken invariant.
TEST(MessageDeathTest, WrongArguments) {
  EXPECT_DEATH(static_cast<void>(plain("{name}", {})), "broken invariant");
  EXPECT_DEATH(static_cast<void>(plain("{name}", {{"nome", "x"}})), "broken invariant");
  EXPECT_DEATH(static_cast<void>(plain("{name}", {{"name", 3}})), "broken invariant");
}

}  // namespace
}  // namespace locale
