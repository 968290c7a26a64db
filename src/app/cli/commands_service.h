// What the command line does to services (commands_service.cpp).
#pragma once

#include <optional>
#include <string>

#include "app/cli/commands.h"

namespace app::cli {

// `service` is its id, or its division's number; also of one that has ended.
struct ServiceShowOptions {
  std::string account;
  std::string service;
};
[[nodiscard]] Outcome service_show(const Context& context, const ServiceShowOptions& options);

struct ServiceChangeOptions {
  std::string account;
  std::string service;
  std::string action;  // add | remove, of an add-on.
  std::string code;    // Of the plan or the add-on.
  std::optional<std::string> campaign;
  std::string from;
  std::string last_day;
  bool take_back = false;  // The end.
  bool dry_run = false;
  std::string by;
};
[[nodiscard]] Outcome service_plan(const Context& context, const ServiceChangeOptions& options);
[[nodiscard]] Outcome service_pause(const Context& context, const ServiceChangeOptions& options);
[[nodiscard]] Outcome service_resume(const Context& context, const ServiceChangeOptions& options);
[[nodiscard]] Outcome service_end(const Context& context, const ServiceChangeOptions& options);
[[nodiscard]] Outcome service_add_on(const Context& context, const ServiceChangeOptions& options);

}  // namespace app::cli
