// Templates: HTML files with holes, compiled once at start, rendered for each page.
//
//   {{name}}        The text of a value, escaped for the place where it stands.
//   {{a.b}}  {{.}}  A field of a field; the item itself inside a list of texts.
//   {{&name}}       A SafeHtml value as it is; only between elements, in <style> or <script>.
//   {{#name}}..{{/name}}   Once for each item of a list; once inside a record; once if true or
//                   a text that is not empty. Inside, names are looked up in the item first, then
//                   outwards.
//   {{^name}}..{{/name}}   Where the section above would show nothing.
//   {{>header}}     Another template, as if its text stood here.
//   {{t:bill.help}} The text of a key in the page's language; for keys without arguments. What has
//                   arguments is formatted by the page's model and handed in as a value.
//   {{! words }}    A comment.
// The tag of a section, a partial or a comment that is alone on its line takes the line with it.
//
// The compiler follows the HTML around each hole, so that a template cannot be wrong by accident:
// - Between elements and in quoted attributes {{name}} is escaped for HTML. In attributes that
//   hold an address (href, src, action ...) a value that begins the attribute must be relative or
//   of a harmless scheme (http, https, mailto, tel), else it becomes "#"; one further inside is
//   percent-encoded: href="/b/{{token}}?l={{language}}".
// - Values outside quotes in a tag, in comments, in style="" and on...="", and inside <script> and
//   <style> are refused when the template is compiled.
// - A section or a partial must leave the HTML where it found it: no half tags.
//
// A value that a rendered {{name}} does not find is an error, not an empty text; a section of an
// absent name is just not shown.
//
// Use:
//   auto set = TRY(web::TemplateSet::compile(files, languages, texts));      // Once, at start.
//   web::Value page;
//   page.set("title", title);
//   for (const auto& row : rows) list.push(web::Value::record().set("name", row.name));
//   std::string html = TRY(set.render("console/runs", "en", page));
// A compiled set is constant: any thread may render from it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "web/template/value.h"

namespace web {

struct TemplateFile {
  std::string name;  // What {{>name}} and render() call it: "bill/page", "console/runs".
  std::string path;  // For messages: "src/web/templates/bill/page.html".
  std::string text;
};

// The text of a message key without arguments. An error refuses the template that asks for it.
using MessageText =
    std::function<base::Result<std::string>(std::string_view language, std::string_view key)>;

class TemplateSet {
 public:
  // Errors, each with "path:line" as place: template_bad_tag, template_unclosed_section,
  // template_unopened_section, template_missing_partial, template_endless_partial,
  // template_unknown_message, template_unsafe_place, template_broken_html.
  [[nodiscard]] static base::Result<TemplateSet> compile(std::vector<TemplateFile> files,
                                                         std::vector<std::string> languages,
                                                         const MessageText& message_text);

  // Errors: template_not_found, template_unknown_language, template_missing_value (place:
  // path:line).
  [[nodiscard]] base::Result<std::string> render(std::string_view name, std::string_view language,
                                                 const Value& values) const;

  TemplateSet(TemplateSet&&) noexcept;
  TemplateSet& operator=(TemplateSet&&) noexcept;
  ~TemplateSet();

 private:
  struct Compiled;
  explicit TemplateSet(std::unique_ptr<const Compiled> compiled);
  std::unique_ptr<const Compiled> compiled_;
};

// The text with & < > " ' written so that they are text in HTML and in quoted attributes.
void append_escaped(std::string& out, std::string_view text);
// The text as one component of an address: all but letters, digits and -._~ percent-encoded.
void append_percent_encoded(std::string& out, std::string_view text);
// The address itself where it is relative or of a harmless scheme, else "#".
[[nodiscard]] std::string_view harmless_url(std::string_view url);

}  // namespace web
