// The data files that the binary carries: country rows, mappings, texts, templates, migrations.
#pragma once

#include <span>
#include <string_view>

namespace app {

struct Resource {
  std::string_view path;  // As in the source tree: "countries/se/rules.csv".
  std::string_view bytes;
};

[[nodiscard]] std::span<const Resource> all_resources();

}  // namespace app
