// The catalogue is whole or it is not: the same keys and arguments in all eight languages.
#include "support/locale/catalogue.h"

#include <gtest/gtest.h>

#include "tests/support/shipped_catalogue.h"

namespace locale {
namespace {

// The same text in all languages, but for one.
std::vector<Catalogue::Source> sources(std::string_view text, Language other,
                                       std::string_view other_text) {
  std::vector<Catalogue::Source> made;
  for (const Language language : kLanguages) {
    made.push_back(
        {language, language == other ? other_text : text, std::string(code(language)) + ".txt"});
  }
  return made;
}

std::vector<std::string> problems(std::string_view text, std::string_view finnish) {
  std::vector<std::string> lines;
  for (const base::Error& problem :
       Catalogue::problems(sources(text, Language::kFinnish, finnish))) {
    lines.push_back(problem.place + " " + problem.code);
  }
  return lines;
}

TEST(Catalogue, WhatIsWrongAndWhere) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(problems("a = x\n", "a = y\n"), Lines{});
  EXPECT_EQ(problems("a = x\n", "# only a comment\n"), Lines{"fi.txt missing_translation"});
  EXPECT_EQ(problems("a = x\n", "a =\n"), Lines{"fi.txt:1 missing_translation"});
  EXPECT_EQ(problems("a = x\n", "\na = {name\n"), Lines{"fi.txt:2 bad_message"});
  EXPECT_EQ(problems("a = x\n", "a = y\na = z\n"), Lines{"fi.txt:2 doubled_message"});
  EXPECT_EQ(problems("a = x\n", "a = y\nB = z\n"), Lines{"fi.txt:2 bad_message_line"});
  EXPECT_EQ(problems("a = x\n", "a = y\njust words\n"), Lines{"fi.txt:2 bad_message_line"});
  EXPECT_EQ(problems("a = x\n", "a = \xE4\n"), Lines{"fi.txt not_utf8"});
  EXPECT_EQ(problems("a = {n}\n", "a = {m}\n"), Lines{"fi message_arguments_differ"});
  EXPECT_EQ(problems("a = {n, number}\n", "a = {n}\n"), Lines{"fi message_arguments_differ"});
  EXPECT_EQ(problems("a = {n, number}\n", "a = {n, plural, other {#}}\n"), Lines{});
  EXPECT_EQ(problems("a = x\n", "a = y\nb = z\n").size(), 7u);  // The other seven lack b.
}

TEST(Catalogue, AMissingLanguageIsNamed) {
  const std::vector<Catalogue::Source> one = {{Language::kSwedish, "a = x\n", "sv.txt"}};
  const auto loaded = Catalogue::load(one);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, "language_missing");
  EXPECT_EQ(loaded.error().place, "fi");
}

TEST(Catalogue, RendersByLanguageAndKey) {
  const auto loaded =
      Catalogue::load(sources("greet = Hi <b>{name}</b>\r\n  plain =  some = text  \n",
                              Language::kFinnish, "plain=tekstiä\ngreet=Hei {name}\n"));
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->render(Language::kEnglish, "greet", {{"name", "Elin & Co"}}), "Hi Elin & Co");
  EXPECT_EQ(loaded->html(Language::kEnglish, "greet", {{"name", "Elin & Co"}}),
            "Hi <b>Elin &amp; Co</b>");
  EXPECT_EQ(loaded->render(Language::kFinnish, "greet", {{"name", "Elin"}}), "Hei Elin");
  EXPECT_EQ(loaded->text(Language::kEnglish, "plain"), "some = text");
  EXPECT_EQ(loaded->render(Language::kFinnish, "plain"), "tekstiä");
  EXPECT_TRUE(loaded->has("greet"));
  EXPECT_FALSE(loaded->has("greeting"));
  EXPECT_EQ(loaded->parameters("greet").front().name, "name");
  EXPECT_EQ(loaded->keys().front(), "greet");
  EXPECT_EQ(loaded->find_text(Language::kEnglish, "plain"), "some = text");
  EXPECT_EQ(loaded->find_text(Language::kEnglish, "x").error().code, "unknown_message");
  EXPECT_EQ(loaded->find_text(Language::kEnglish, "greet").error().code, "message_takes_arguments");
}

TEST(CatalogueDeathTest, UnknownKey) {
  EXPECT_DEATH(static_cast<void>(shipped_catalogue().text(Language::kEnglish, "no.such.key")),
               "broken invariant");
}

// R80: everything is there in all eight languages; a text that is missing fails here.
TEST(ShippedCatalogue, IsWhole) {
  for (const base::Error& problem : Catalogue::problems(shipped_sources())) {
    ADD_FAILURE() << base::describe(problem);
  }
  EXPECT_GT(shipped_catalogue().keys().size(), 250u);
}

// Every message renders with values of its own types, and none is the same word for word in
// Swedish and Finnish unless it is a name or has no words.
TEST(ShippedCatalogue, EveryMessageRenders) {
  const base::Money sum = *base::Money::parse("1420.00", *base::Currency::parse("SEK"));
  const base::Date date = *base::Date::parse("2026-12-01");
  const std::array<Value, 7> values = {std::string_view("Elin"),
                                       std::int64_t{3},
                                       *base::Decimal::parse("12.4"),
                                       base::Percent{*base::Decimal::parse("25")},
                                       sum,
                                       date,
                                       base::Month::of(date)};
  for (const std::string& key : shipped_catalogue().keys()) {
    std::vector<Arg> args;
    for (const Parameter& parameter : shipped_catalogue().parameters(key)) {
      args.emplace_back(parameter.name, values[static_cast<std::size_t>(parameter.type)]);
    }
    for (const Language language : kLanguages) {
      const std::string text = shipped_catalogue().render(language, key, args);
      SCOPED_TRACE(key + " " + std::string(code(language)) + ": " + text);
      EXPECT_FALSE(text.empty());
      EXPECT_EQ(text.find("  "), std::string::npos);
      EXPECT_EQ(text.find_first_of("{}<>'\""), std::string::npos);
    }
  }
}

// Bold is part of the meaning: where one language has it, all have.
TEST(ShippedCatalogue, BoldInAllLanguages) {
  for (const std::string& key : shipped_catalogue().keys()) {
    if (!shipped_catalogue().parameters(key).empty()) continue;
    const auto bold = [&](Language language) {
      return shipped_catalogue().html(language, key).find("<b>") != std::string::npos;
    };
    for (const Language language : kLanguages) {
      EXPECT_EQ(bold(language), bold(Language::kSwedish)) << key << " " << code(language);
    }
  }
}

// A translator's slip, whatever it is, is a problem with a name and never a crash.
TEST(ShippedCatalogue, EveryMessageCutOffAnywhere) {
  std::string_view rest = shipped_text(Language::kSwedish);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    for (std::size_t length = 0; length < line.size(); ++length) {
      const auto message = Message::compile(line.substr(0, length), "test");
      EXPECT_EQ(message ? "bad_message" : message.error().code, "bad_message");
    }
  }
}

// The headlines of the brief, word for word.
TEST(ShippedCatalogue, HeadlinesOfTheBrief) {
  struct Row {
    std::string_view key, swedish, english;
  };
  const Row rows[] = {
      {"bill.hero.overdue.title", "Vi har inte fått din betalning",
       "We have not received your payment"},
      {"bill.hero.partly_paid.title", "Kvar att betala", "Left to pay"},
      {"bill.hero.processing.title", "Betalningen är på väg", "Your payment is on its way"},
      {"bill.hero.paid.title", "Betald", "Paid"},
      {"bill.hero.credited.title", "Fakturan är rättad", "We corrected this bill"},
      {"bill.hero.disputed.title", "Vi tittar på en rad", "We are checking one line"},
      {"bill.hero.respite.title", "Du har fått mer tid", "You have more time"},
      {"bill.hero.instalments.title", "Nästa del att betala", "Next part to pay"},
      {"bill.hero.direct_debit.title", "Dras automatiskt", "Will be paid automatically"},
      {"bill.lines.title", "Det här betalar du för", "What you pay for"},
      {"bill.lines.fixed", "Fast varje månad", "Fixed every month"},
      {"bill.pay.no_fees", "Inga avgifter, hur du än betalar.", "No fees, however you pay."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(shipped_catalogue().text(Language::kSwedish, row.key), row.swedish);
    EXPECT_EQ(shipped_catalogue().text(Language::kEnglish, row.key), row.english);
  }
  const base::Month november = *base::Month::parse("2026-11");
  const auto& texts = shipped_catalogue();
  EXPECT_EQ(texts.render(Language::kSwedish, "bill.hero.open.title", {{"period", november}}),
            "Att betala för november");
  EXPECT_EQ(texts.render(Language::kEnglish, "bill.hero.open.title", {{"period", november}}),
            "To pay for November");
  EXPECT_EQ(texts.render(Language::kFinnish, "bill.hero.open.title", {{"period", november}}),
            "Maksettavaa marraskuulta");
  EXPECT_EQ(texts.render(Language::kSwedish, "bill.hero.due_soon.title", {{"days", 1}}),
            "I morgon är sista dagen");
  EXPECT_EQ(texts.render(Language::kEnglish, "bill.hero.due_soon.title", {{"days", 1}}),
            "Tomorrow is the last day");
  EXPECT_EQ(texts.render(Language::kEnglish, "bill.hero.in_collection.title", {{"agency", "X"}}),
            "This bill is with X");
}

}  // namespace
}  // namespace locale
