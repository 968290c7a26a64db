#include "support/locale/language.h"
#include "base/text/beginning.h"

#include <string>

namespace locale {
namespace {

struct Listed {
  std::string_view code;
  std::string_view native_name;
};

// In the order of the enum.
constexpr std::array<Listed, kLanguages.size()> kListed = {{{"sv", "Svenska"},
                                                            {"fi", "Suomi"},
                                                            {"nb", "Norsk"},
                                                            {"da", "Dansk"},
                                                            {"en", "English"},
                                                            {"it", "Italiano"},
                                                            {"es", "Español"},
                                                            {"de", "Deutsch"}}};

}  // namespace

std::string_view code(Language language) { return kListed[index_of(language)].code; }

std::string_view native_name(Language language) { return kListed[index_of(language)].native_name; }

base::Result<Language> parse_language(std::string_view text) {
  for (const Language language : kLanguages) {
    if (code(language) == text) return language;
  }
  if (text == "no") return Language::kNorwegian;
  return base::fail("unknown_language",
                    "'" + base::beginning(text, 20) + "' is not one of sv fi nb da en it es de");
}

}  // namespace locale
