// Rules about who may include whom: the layers of ARCHITECTURE.md, and where each third-party
// library may be seen.
#pragma once

#include "tests/architecture/source_tree.h"

namespace architecture {

// A part of src/ includes only the parts that its row of the table allows.
[[nodiscard]] Violations forbidden_includes(const SourceTree& tree);
// No header reaches itself by its includes.
[[nodiscard]] Violations include_cycles(const SourceTree& tree);
// Adapters beside one another in a folder do not know of each other.
[[nodiscard]] Violations sibling_includes(const SourceTree& tree);
// A library's headers stand in the one folder that wraps it; those that are expensive to compile
// in one file. What is neither ours, the standard's nor in the table is a violation.
[[nodiscard]] Violations stray_third_party_headers(const SourceTree& tree);
// Every include in quotes names a file of the tree, from src/ or from the root.
[[nodiscard]] Violations unknown_includes(const SourceTree& tree);

}  // namespace architecture
