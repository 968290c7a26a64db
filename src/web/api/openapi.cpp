#include "web/api/openapi.h"

#include <string>

#include "web/api/schemas.h"

namespace web {
namespace {

using base::Json;

Json reference_to(std::string_view schema) {
  return Json::object().set("$ref", "#/components/schemas/" + std::string(schema));
}

Json text_type(std::string_view format = {}) {
  Json type = Json::object().set("type", "string");
  if (!format.empty()) type.set("format", format);
  return type;
}

Json pattern_type(std::string_view pattern) {
  return Json::object().set("type", "string").set("pattern", pattern);
}

constexpr std::string_view kMonthPattern = "^[0-9]{4}-(0[1-9]|1[0-2])$";

std::string id_pattern(std::string_view prefix) {
  return "^" + std::string(prefix) + "_[0-7][0-9a-hjkmnp-tv-z]{25}$";
}

Json type_of(const SchemaField& field) {
  switch (field.type) {
    case FieldType::kText: return text_type();
    case FieldType::kInteger: return Json::object().set("type", "integer").set("format", "int64");
    case FieldType::kBoolean: return Json::object().set("type", "boolean");
    case FieldType::kDate: return text_type("date");
    case FieldType::kTime: return text_type("date-time");
    case FieldType::kMonth: return pattern_type(kMonthPattern);
    case FieldType::kAmount: return pattern_type("^-?[0-9]+(\\.[0-9]+)?$");
    case FieldType::kId: return pattern_type(id_pattern(field.of));
    case FieldType::kObject: return reference_to(field.of);
    case FieldType::kList:
      return Json::object().set("type", "array").set("items", reference_to(field.of));
    case FieldType::kTexts: return Json::object().set("type", "array").set("items", text_type());
    case FieldType::kAnything: return Json::object().set("type", "object");
  }
  __builtin_unreachable();
}

Json schema_of(const Schema& schema) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const SchemaField& field : schema.fields) {
    Json type = type_of(field);
    type.set("description", field.meaning);
    properties.set(field.name, std::move(type));
    if (!field.is_optional) required.push(field.name);
  }
  Json object = Json::object()
                    .set("type", "object")
                    .set("description", schema.meaning)
                    .set("properties", std::move(properties));
  if (!required.as_array()->empty()) object.set("required", std::move(required));
  return object.set("additionalProperties", false);
}

Json type_of(ParameterType type) {
  switch (type) {
    case ParameterType::kText: return text_type();
    case ParameterType::kId: return text_type();
    case ParameterType::kInteger: return Json::object().set("type", "integer");
    case ParameterType::kBoolean: return Json::object().set("type", "boolean");
    case ParameterType::kDate: return text_type("date");
    case ParameterType::kTime: return text_type("date-time");
    case ParameterType::kMonth: return pattern_type(kMonthPattern);
  }
  __builtin_unreachable();
}

Json parameter(std::string_view name, std::string_view place, std::string_view meaning, Json type) {
  return Json::object()
      .set("name", name)
      .set("in", place)
      .set("required", place != "query")
      .set("description", meaning)
      .set("schema", std::move(type));
}

Json parameters_of(const Route& route) {
  Json list = Json::array();
  std::string_view path = route.path;
  for (std::size_t open = path.find('{'); open != path.npos; open = path.find('{')) {
    path.remove_prefix(open + 1);
    list.push(parameter(path.substr(0, path.find('}')), "path", "Which one.", text_type()));
  }
  for (const Parameter& query : route.options.query) {
    list.push(parameter(query.name, "query", query.meaning, type_of(query.type)));
  }
  if (route.options.repeats == Repeats::kByKey) {
    list.push(parameter("Idempotency-Key", "header",
                        "A text of your own, 1 to 200 characters. The same request with the same "
                        "key is done once and answered as the first time.",
                        text_type()));
  }
  return list;
}

Json content(std::string_view media_type, std::string_view schema) {
  return Json::object().set(media_type, Json::object().set("schema", reference_to(schema)));
}

Json operation(const Route& route) {
  Json answers = Json::object();
  Json success = Json::object().set("description", reason_phrase(route.options.status));
  if (!route.options.answer.empty())
    success.set("content", content("application/json", route.options.answer));
  answers.set(std::to_string(route.options.status), std::move(success));
  answers.set("default", Json::object()
                             .set("description", "A problem (RFC 9457).")
                             .set("content", content("application/problem+json", "Problem")));
  Json described = Json::object().set("summary", route.summary);
  const Json parameters = parameters_of(route);
  if (!parameters.as_array()->empty()) described.set("parameters", parameters);
  if (!route.options.request.empty()) {
    described.set("requestBody",
                  Json::object()
                      .set("required", true)
                      .set("content", content("application/json", route.options.request)));
  }
  if (route.options.takes_file) {
    Json bytes = Json::object().set("type", "string").set("format", "binary");
    described.set(
        "requestBody",
        Json::object()
            .set("required", true)
            .set("content", Json::object().set("application/octet-stream",
                                               Json::object().set("schema", std::move(bytes)))));
  }
  described.set("responses", std::move(answers));
  if (route.permission == domain::Permission::kPublic) {
    described.set("security", Json::array());
  } else {
    described.set("security", Json::array().push(Json::object().set("token", Json::array())));
    described.set("x-permission", to_text(route.permission));
  }
  return described;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lowered;
}

}  // namespace

Json openapi_document(std::span<const Route> table) {
  Json paths = Json::object();
  for (const Route& route : table) {
    if (surface_of(route.path) != Surface::kApi) continue;
    Json operations = paths[route.path].is_null() ? Json::object() : paths[route.path];
    operations.set(lower(to_text(route.method)), operation(route));
    paths.set(route.path, std::move(operations));
  }
  Json shapes = Json::object();
  for (const Schema& schema : schemas()) shapes.set(schema.name, schema_of(schema));
  Json token = Json::object()
                   .set("type", "http")
                   .set("scheme", "bearer")
                   .set("description",
                        "An API token; each route names the scope that it asks for "
                        "as x-permission.");
  return Json::object()
      .set("openapi", "3.1.0")
      .set("info", Json::object().set("title", "Telgiro").set("version", "1"))
      .set("paths", std::move(paths))
      .set("components",
           Json::object()
               .set("schemas", std::move(shapes))
               .set("securitySchemes", Json::object().set("token", std::move(token))));
}

}  // namespace web
