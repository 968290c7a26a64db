// Call: one request on its way to a route's handler, with everything that was found out about it.
//
// When a handler is called, whoever asks has the route's permission, the form's or the query's
// fields are decoded, a JSON body fits the route's schema, and a form came from a page of ours.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "flows/access/identify.h"
#include "flows/operations/snapshot.h"
#include "support/locale/language.h"
#include "web/dependencies.h"
#include "web/guards.h"
#include "web/http.h"
#include "web/route.h"

namespace web {

struct Call {
  const Request& request;
  const Dependencies& web;
  Guards& guards;
  std::string request_id;
  std::string peer;  // Whom it is from, seen through our proxies.
  const Route* route = nullptr;
  PathValues values = {};
  flows::Identity who = {};
  locale::Language language = locale::Language::kEnglish;
  Fields query = {};
  Fields form = {};
  base::Json body = {};
  std::shared_ptr<flows::Snapshot> file = {};  // Of a route that takes one; null: none was chosen.
  // How long to wait before the next try; 0: not said.
  std::int64_t retry_after_seconds = 0;

  // The part of the path in the braces of this name; CHECKs that the route has it.
  [[nodiscard]] const std::string& value(std::string_view name) const;
  // As an id. Errors: not_an_id.
  template <class IdType>
  [[nodiscard]] base::Result<IdType> id(std::string_view name) const {
    return IdType::parse(value(name));
  }
  [[nodiscard]] bool may(domain::Permission permission) const { return who.may.has(permission); }
  [[nodiscard]] flows::AccessPorts access() const { return {web.store, web.clock, web.random}; }
};

}  // namespace web
