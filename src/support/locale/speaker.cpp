#include "support/locale/speaker.h"

#include <unicode/dtfmtsym.h>
#include <unicode/rbnf.h>

#include <map>
#include <mutex>
#include <utility>

#include "base/result/check.h"
#include "support/locale/icu_text.h"
#include "support/locale/text.h"

namespace locale {
namespace {

// How a language counts and says days. Names of ICU's rules, which differ by language.
struct Manner {
  const char* locale;
  std::array<const char16_t*, 3> counting;  // By Gender.
  const char16_t* day;                      // Of the month.
  // {w} the weekday, {d} the day, {m} the month within a date, {M} the month by itself.
  std::string_view date;
};

constexpr std::array<Manner, kLanguages.size()> kManners = {{
    {"sv_SE",
     {u"%spellout-cardinal-reale", u"%spellout-cardinal-reale", u"%spellout-cardinal-neuter"},
     u"%spellout-ordinal-reale",
     "{w} den {d} {m}"},
    {"fi_FI",
     {u"%spellout-cardinal", u"%spellout-cardinal", u"%spellout-cardinal"},
     u"%spellout-ordinal-essive",
     "{w} {M}n {d}"},
    {"nb_NO",
     {u"%spellout-cardinal-masculine", u"%spellout-cardinal-feminine",
      u"%spellout-cardinal-neuter"},
     u"%spellout-ordinal-masculine",
     "{w} {d} {m}"},
    {"da_DK",
     {u"%spellout-cardinal-common", u"%spellout-cardinal-common", u"%spellout-cardinal-neuter"},
     u"%spellout-ordinal-common",
     "{w} den {d} {m}"},
    {"en_GB",
     {u"%spellout-cardinal-verbose", u"%spellout-cardinal-verbose", u"%spellout-cardinal-verbose"},
     u"%spellout-ordinal-verbose",
     "{w} the {d} of {m}"},
    {"it_IT",
     {u"%spellout-cardinal-masculine", u"%spellout-cardinal-feminine",
      u"%spellout-cardinal-masculine"},
     u"%spellout-numbering",
     "{w} {d} {m}"},
    {"es_ES",
     {u"%spellout-cardinal-masculine", u"%spellout-cardinal-feminine",
      u"%spellout-cardinal-masculine"},
     u"%spellout-numbering",
     "{w} {d} de {m}"},
    {"de_DE",
     {u"%spellout-cardinal-masculine", u"%spellout-cardinal-feminine",
      u"%spellout-cardinal-neuter"},
     u"%spellout-ordinal-n",
     "{w}, den {d} {m}"},
}};

// The highest number that people say as one word of a code.
constexpr std::int64_t kSaidAtOnceMax = 99;

// ICU marks where long words may be broken; a voice would stumble over it.
constexpr std::string_view kSoftHyphen = "\u00ad";

std::string without(std::string text, std::string_view mark) {
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
    text.erase(at, mark.size());
  }
  return text;
}

// The form in which words are compared: the breaks of ICU and hyphens do not count.
std::string word_form(std::string_view word) {
  return without(without(fold_case(word), kSoftHyphen), "-");
}

bool is_letter_or_digit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || c == '-';
}

}  // namespace

struct Speaker::Parts {
  explicit Parts(Language of)
      : language(of), manner(kManners[index_of(of)]), locale(manner.locale), rules([&] {
          UErrorCode status = U_ZERO_ERROR;
          auto made =
              std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, locale, status);
          CHECK(U_SUCCESS(status));
          return made;
        }()) {
    for (std::int64_t value = 0; value <= kSaidAtOnceMax; ++value) {
      for (const char16_t* rule : manner.counting) {
        words.emplace(word_form(spelled(value, rule)), std::to_string(value));
      }
      words.emplace(word_form(spelled(value, u"%spellout-numbering")), std::to_string(value));
    }
  }

  [[nodiscard]] std::string spelled(std::int64_t value, const char16_t* rule) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    icu::FieldPosition no_matter;
    const std::lock_guard lock(mutex);
    rules->format(value, icu::UnicodeString(rule), text, no_matter, status);
    CHECK(U_SUCCESS(status));
    return without(utf8(text), kSoftHyphen);
  }

  Language language;
  const Manner& manner;
  icu::Locale locale;
  mutable std::mutex mutex;  // Of the rules, which are no more than promised to be const.
  std::unique_ptr<icu::RuleBasedNumberFormat> rules;
  std::map<std::string, std::string, std::less<>> words;  // To digits.
};

Speaker::Speaker(Language language) : parts_(std::make_unique<Parts>(language)) {}
Speaker::~Speaker() = default;
Speaker::Speaker(Speaker&&) noexcept = default;
Speaker& Speaker::operator=(Speaker&&) noexcept = default;

std::string Speaker::number(std::int64_t value, Gender gender) const {
  return parts_->spelled(value, parts_->manner.counting[static_cast<std::size_t>(gender)]);
}

std::string Speaker::date(base::Date date) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(parts_->locale, status);
  CHECK(U_SUCCESS(status));
  int count = 0;
  using Symbols = icu::DateFormatSymbols;
  const auto month = [&](Symbols::DtContextType context) {
    return utf8(symbols.getMonths(count, context, Symbols::WIDE)[date.month() - 1]);
  };
  // ICU's weeks start on Sunday at index 1; ours on Monday.
  const int weekday = static_cast<int>(date.weekday()) % 7 + 1;
  const auto* weekdays = symbols.getWeekdays(count, Symbols::FORMAT, Symbols::WIDE);
  std::string day = parts_->spelled(date.day(), parts_->manner.day);
  const bool first = date.day() == 1;
  if (parts_->language == Language::kItalian && first) day = "primo";
  // ICU says "etogtyvende", which nobody does.
  if (parts_->language == Language::kDanish && day.starts_with("etog")) day[1] = 'n';
  std::string text(parts_->manner.date);
  const std::pair<std::string_view, std::string> values[] = {{"{w}", utf8(weekdays[weekday])},
                                                             {"{d}", day},
                                                             {"{m}", month(Symbols::FORMAT)},
                                                             {"{M}", month(Symbols::STANDALONE)}};
  for (const auto& [mark, value] : values) {
    const std::size_t at = text.find(mark);
    if (at != text.npos) text.replace(at, mark.size(), value);
  }
  return text;
}

std::optional<std::string> Speaker::digits(std::string_view spoken) const {
  const std::string folded = fold_case(spoken);
  std::string digits;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_letter_or_digit(folded[end])) ++end;
    const std::string word = word_form(std::string_view(folded).substr(at, end - at));
    if (!word.empty() && word.find_first_not_of("0123456789") == word.npos) {
      digits += word;
    } else if (const auto known = parts_->words.find(word); known != parts_->words.end()) {
      digits += known->second;
    }
    at = end + 1;
  }
  if (digits.empty()) return std::nullopt;
  return digits;
}

Speakers::Speakers()
    : all_{Speaker(kLanguages[0]), Speaker(kLanguages[1]), Speaker(kLanguages[2]),
           Speaker(kLanguages[3]), Speaker(kLanguages[4]), Speaker(kLanguages[5]),
           Speaker(kLanguages[6]), Speaker(kLanguages[7])} {}

}  // namespace locale
