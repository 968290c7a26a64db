// Aurora, the fictional operator of the tests: its files in operators/ and mappings/, as values.
#pragma once

#include <string>
#include <string_view>

#include "base/time/instant.h"
#include "domain/catalogue/catalogue.h"
#include "formats/operator/operator_file.h"
#include "formats/source/mapping.h"
#include "ports/store.h"

namespace tests {

// Failures to read them throw: they are part of the tree.
[[nodiscard]] const formats::OperatorFile& aurora();
[[nodiscard]] const domain::Catalogue& aurora_catalogue();
// "customers", "orders" of mappings/broadband.toml.
[[nodiscard]] const formats::source::RecordMapping& broadband(std::string_view records);
// By "broadband.customers", as rejects name it.
[[nodiscard]] base::Result<const formats::source::RecordMapping*> find_mapping(
    std::string_view source);

// Puts operator and catalogue into a store.
void load_aurora(ports::Store& store, const base::Clock& clock);

// A file of ../shared/data/operator, or empty where the folder is absent.
[[nodiscard]] std::string shared_operator_file(const std::string& name);

}  // namespace tests
