#include "app/web_parts.h"

#include "app/resources.h"
#include "app/source_files.h"

namespace app {
namespace {

constexpr std::string_view kTemplates = "src/web/templates/";
constexpr std::string_view kTemplateEnd = ".html";

}  // namespace

base::Result<locale::Catalogue> load_texts() {
  std::vector<locale::Catalogue::Source> sources;
  for (const locale::Language language : locale::kLanguages) {
    const std::string path = "i18n/" + std::string(locale::code(language)) + ".txt";
    sources.push_back({language, TRY(shipped_file(path)), path});
  }
  return locale::Catalogue::load(sources);
}

base::Result<web::TemplateSet> load_templates(const locale::Catalogue& texts) {
  std::vector<web::TemplateFile> files;
  for (const Resource& resource : all_resources()) {
    if (!resource.path.starts_with(kTemplates) || !resource.path.ends_with(kTemplateEnd)) continue;
    std::string_view name = resource.path.substr(kTemplates.size());
    name.remove_suffix(kTemplateEnd.size());
    files.push_back({std::string(name), std::string(resource.path), std::string(resource.bytes)});
  }
  std::vector<std::string> languages;
  for (const locale::Language language : locale::kLanguages) {
    languages.emplace_back(locale::code(language));
  }
  return web::TemplateSet::compile(
      std::move(files), std::move(languages),
      [&](std::string_view language, std::string_view key) -> base::Result<std::string> {
        return std::string(TRY(texts.find_text(TRY(locale::parse_language(language)), key)));
      });
}

base::Result<formats::document::pdf::PaperFonts> load_paper_fonts() {
  formats::document::pdf::FontBytes fonts;
  fonts.regular = TRY(shipped_file("fonts/Inter-Regular.otf"));
  fonts.bold = TRY(shipped_file("fonts/Inter-SemiBold.otf"));
  fonts.fallback = TRY(shipped_file("fonts/DejaVuSans.ttf"));
  return formats::document::pdf::PaperFonts::load(fonts);
}

std::string_view asset(std::string_view name) {
  const auto found = shipped_file("src/web/assets/" + std::string(name));
  return found ? *found : std::string_view();
}

}  // namespace app
