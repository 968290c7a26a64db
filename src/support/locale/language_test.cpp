// The eight languages and their names.
#include "support/locale/language.h"

#include <gtest/gtest.h>

namespace locale {
namespace {

TEST(Language, CodesAndNames) {
  std::string links;
  for (const Language language : kLanguages) {
    links += std::string(code(language)) + " " + std::string(native_name(language)) + ", ";
    EXPECT_EQ(parse_language(code(language)), language);
  }
  EXPECT_EQ(links,
            "sv Svenska, fi Suomi, nb Norsk, da Dansk, en English, it Italiano, es Español, "
            "de Deutsch, ");
}

TEST(Language, Parse) {
  EXPECT_EQ(parse_language("no"), Language::kNorwegian);  // As sources write it.
  for (const std::string_view unknown : {"", "SV", "fr", "sv-SE", "svenska"}) {
    EXPECT_EQ(parse_language(unknown).error().code, "unknown_language") << unknown;
  }
}

}  // namespace
}  // namespace locale
