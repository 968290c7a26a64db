#include "flows/calls/call_words.h"

#include <algorithm>

#include "flows/compose/words.h"
#include "ports/catalogue.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::CallPhrase;
using locale::Gender;
using locale::Language;
using enum domain::CallPhrase;

// A currency as it is counted aloud: its message, and whether its units are crowns.
struct Counted {
  std::string_view code, key;
  bool is_crown;
};
constexpr Counted kCounted[] = {
    {"SEK", "call.sum.krona", true},
    {"NOK", "call.sum.krone", true},
    {"DKK", "call.sum.krone", true},
    {"EUR", "call.sum.euro", false},
};

Gender gender_of_whole(Language language, bool is_crown) {
  const bool has_feminine = language == Language::kItalian || language == Language::kSpanish ||
                            language == Language::kGerman;
  return is_crown && has_feminine ? Gender::kFeminine : Gender::kCommon;
}

Gender gender_of_part(Language language, bool is_crown) {
  const bool has_neuter = language == Language::kSwedish || language == Language::kNorwegian ||
                          language == Language::kGerman;
  return is_crown && has_neuter ? Gender::kNeuter : Gender::kCommon;
}

constexpr std::size_t kEndingDigits = 4;

// "42 42" of "•••• 4242": pairs are said more clearly. Empty where the title has no such digits.
std::string ending_of(std::string_view title) {
  std::string digits;
  for (const char c : title) {
    if ('0' <= c && c <= '9') digits.push_back(c);
  }
  if (digits.size() < kEndingDigits) return {};
  digits.erase(0, digits.size() - kEndingDigits);
  return digits.substr(0, 2) + " " + digits.substr(2);
}

class Speech {
 public:
  Speech(const CallTools& tools, const CallAnswer& answer, Language language, std::string brand)
      : tools_(tools), answer_(answer), language_(language), brand_(std::move(brand)) {}

  [[nodiscard]] std::string say(CallPhrase phrase) const {
    const compose::Words words(tools_.texts, language_);
    const std::string key = "call." + std::string(to_text(phrase));
    switch (phrase) {
      case kWelcome: return words.say(key, {{"brand", brand_}});
      case kBill:
      case kBillOverdue:
        if (is_all_under_way()) {
          return words.say("call.bill_under_way",
                           {{"brand", facts().brand}, {"sum", money(facts().bill.under_way)}});
        }
        return words.say(key, {{"brand", facts().brand},
                               {"sum", money(facts().bill.payable)},
                               {"day", day(facts().bill.due)}});
      // What was so when the turn was taken, and may not be so where its page is asked for again.
      case kUnderWay:
        if (facts().bill.under_way.is_zero() || is_all_under_way()) return {};
        return words.say(key, {{"sum", money(facts().bill.under_way)}});
      case kDebit:
        if (!facts().bill.debit_day) return {};
        return words.say(key, {{"day", day(*facts().bill.debit_day)}});
      case kAmountTooLarge: return words.say(key, {{"sum", money(facts().bill.payable)}});
      case kPaid:
      case kConfirmCard: return words.say(key, {{"sum", money(*answer_.call.amount)}});
      case kConfirmKept: return confirm_kept(words);
      case kSilence:
      case kUnclear:
      case kCodeWrong:
      case kNothingOwed:
      case kAmountWrong:
      case kElsewhere:
      case kMoment:
      case kStillChecking:
      case kFailed:
      case kCardNotTaken:
      case kLinkSent:
      case kLinkFailed:
      case kAgent:
      case kCallUs:
      case kGoodbye:
      case kAskCode:
      case kMenuPay:
      case kMenuAmount:
      case kMenuLink:
      case kMenuAgain:
      case kMenuAgent:
      case kAskAmount:
      case kConfirmLink: return words.say(key);
      case kAskLanguage: break;  // Said in another language each time.
    }
    return {};
  }

 private:
  [[nodiscard]] const CallFacts& facts() const {
    CHECK(answer_.facts.has_value());
    return *answer_.facts;
  }
  // Nothing is left to pay, and some of it has not come yet.
  [[nodiscard]] bool is_all_under_way() const {
    return facts().bill.payable.is_zero() && !facts().bill.under_way.is_zero();
  }
  [[nodiscard]] std::string money(Money amount) const {
    return spoken_money(tools_.texts, tools_.speakers, language_, amount);
  }
  [[nodiscard]] std::string day(base::Date date) const {
    return tools_.speakers.of(language_).date(date);
  }
  [[nodiscard]] std::string confirm_kept(const compose::Words& words) const {
    const std::string sum = money(*answer_.call.amount);
    const std::string ending = facts().kept ? ending_of(facts().kept->title) : std::string();
    if (ending.empty()) return words.say("call.confirm_other", {{"sum", sum}});
    return words.say("call.confirm_kept", {{"sum", sum}, {"ending", ending}});
  }

  const CallTools& tools_;
  const CallAnswer& answer_;
  Language language_;
  std::string brand_;
};

Result<std::string> brand_of(const CallTools& tools, const std::string& called) {
  const auto number = tools.line.numbers.find(called);
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  const auto operators = TRY(transaction->catalogue().list_operators());
  for (const domain::Operator& each : operators) {
    const bool named = number != tools.line.numbers.end() && !number->second.operator_code.empty();
    if (!named || each.code == number->second.operator_code) return each.brand;
  }
  return operators.empty() ? std::string() : operators.front().brand;
}

}  // namespace

std::string spoken_money(const locale::Catalogue& texts, const locale::Speakers& speakers,
                         Language language, Money amount) {
  const compose::Words words(texts, language);
  const auto counted = std::ranges::find(kCounted, amount.currency().code(), &Counted::code);
  if (counted == std::end(kCounted)) return words.say("call.sum.other", {{"sum", amount}});
  const std::int64_t unit = amount.currency().minor_per_unit();
  const std::int64_t whole = amount.minor() / unit, part = amount.minor() % unit;
  const locale::Speaker& speaker = speakers.of(language);
  const std::string whole_words =
      speaker.number(whole, gender_of_whole(language, counted->is_crown));
  const std::string part_words = speaker.number(part, gender_of_part(language, counted->is_crown));
  return words.say(
      counted->key,
      {{"whole", whole}, {"whole_words", whole_words}, {"part", part}, {"part_words", part_words}});
}

Result<std::vector<SpokenLine>> words_of_call(const CallTools& tools, const CallAnswer& answer) {
  const domain::CallTerms terms = tools.line.terms();
  const auto own = locale::parse_language(answer.call.language);
  const Language language = own.value_or(Language::kEnglish);
  std::string brand = TRY(brand_of(tools, answer.call.called));
  const Speech speech(tools, answer, language, std::move(brand));
  std::vector<SpokenLine> lines;
  for (const CallPhrase phrase : answer.call.says) {
    std::string text = speech.say(phrase);
    if (!text.empty()) lines.push_back({language, std::move(text)});
  }
  const auto bill = answer.facts ? std::optional(answer.facts->bill) : std::nullopt;
  std::size_t asked = 0;
  for (const CallPhrase phrase : questions_of(terms, answer.call, bill)) {
    if (phrase != kAskLanguage) {
      lines.push_back({language, speech.say(phrase)});
      continue;
    }
    // Each language asks for itself.
    const Language each = TRY(locale::parse_language(terms.languages[asked]));
    const compose::Words words(tools.texts, each);
    ++asked;
    lines.push_back({each, words.say("call.ask_language", {{"key", asked}})});
  }
  return lines;
}

}  // namespace flows
