// What the web is made of besides code: texts in eight languages and compiled templates, all
// carried by the binary.
#pragma once

#include "base/result/result.h"
#include "formats/document/pdf/paper_fonts.h"
#include "support/locale/catalogue.h"
#include "web/template/template.h"

namespace app {

// Errors: those of Catalogue::load: a missing translation keeps the server from starting.
[[nodiscard]] base::Result<locale::Catalogue> load_texts();
// Errors: those of TemplateSet::compile.
[[nodiscard]] base::Result<web::TemplateSet> load_templates(const locale::Catalogue& texts);
// The fonts of papers. Errors: bad_font.
[[nodiscard]] base::Result<formats::document::pdf::PaperFonts> load_paper_fonts();
// The text of src/web/assets/<name>; empty where there is none.
[[nodiscard]] std::string_view asset(std::string_view name);

}  // namespace app
