// Payment references and account numbers on the command line; no data folder is touched.
#include "app/cli/commands.h"
#include "domain/reference/registry.h"

namespace app::cli {
namespace {

base::Result<const domain::ReferenceScheme*> scheme_of(const std::string& name) {
  const domain::ReferenceScheme* scheme = domain::find_reference_scheme(name);
  if (scheme == nullptr) {
    return base::fail("unknown_reference_scheme",
                      "there is no such scheme; see: telgiro reference schemes", name);
  }
  return scheme;
}

// Options are ours to get right; about the number itself every answer is an answer.
bool is_about_options(const base::Error& error) {
  return error.code == "unknown_option" || error.code == "bad_option";
}

base::Json question(const ReferenceOptions& options) {
  base::Json json;
  json.set("scheme", options.scheme).set("value", options.value);
  return json;
}

}  // namespace

Outcome reference_check(const ReferenceOptions& options) {
  const auto* scheme = TRY(scheme_of(options.scheme));
  const auto checked = scheme->check(options.value, options.options);
  if (!checked && is_about_options(checked.error())) TRY(of_option("--option", checked));
  base::Json json = question(options);
  json.set("valid", checked.has_value());
  if (checked) {
    json.set("normalised", *checked);
    return Answer{json, "valid: " + *checked + "\n"};
  }
  json.set("code", checked.error().code).set("text", checked.error().text);
  return Answer{json, "not valid: " + base::describe(checked.error()) + "\n", Exit::kNegative};
}

Outcome reference_make(const ReferenceOptions& options) {
  const auto* scheme = TRY(scheme_of(options.scheme));
  if (scheme->make == nullptr) {
    return base::fail("scheme_cannot_make", "references of this scheme are not ours to make",
                      options.scheme);
  }
  const auto made = scheme->make(options.value, options.options);
  if (!made && is_about_options(made.error())) TRY(of_option("--option", made));
  base::Json json = question(options);
  json.set("made", made.has_value());
  if (made) {
    json.set("reference", *made);
    return Answer{json, *made + "\n"};
  }
  json.set("code", made.error().code).set("text", made.error().text);
  return Answer{json, "not made: " + base::describe(made.error()) + "\n", Exit::kNegative};
}

Outcome reference_schemes() {
  base::Json schemes = base::Json::array();
  TextTable table({"scheme", "makes", "title", "options"});
  for (const auto& scheme : domain::reference_schemes()) {
    base::Json row;
    row.set("name", scheme.name)
        .set("title", scheme.title)
        .set("makes", scheme.make != nullptr)
        .set("options", scheme.options);
    schemes.push(std::move(row));
    table.add({std::string(scheme.name), scheme.make != nullptr ? "yes" : "no",
               std::string(scheme.title), std::string(scheme.options)});
  }
  return Answer{base::Json::object().set("schemes", std::move(schemes)), table.to_text()};
}

}  // namespace app::cli
