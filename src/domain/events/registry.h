// Every kind of event, with the shape of its data. To add one: one line in registry.cpp and one
// row in docs/reference/events.md.
#pragma once

#include <span>
#include <string_view>

namespace domain {

struct EventKind {
  std::string_view name;
  std::string_view data;  // Its members, in order: "bill, total, currency, due".
};

[[nodiscard]] std::span<const EventKind> event_kinds();
// Null where there is none of this name.
[[nodiscard]] const EventKind* find_event_kind(std::string_view name);

}  // namespace domain
