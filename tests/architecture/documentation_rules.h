// Rules that hold docs/reference/ to the code: what exists is documented, what is documented
// exists. Command-line options are held to docs/reference/cli/ by the tests of app/cli.
#pragma once

#include "tests/architecture/source_tree.h"

namespace architecture {

// Every code of base::fail("code", ...) has a row in docs/reference/errors/*.md, and the reverse.
[[nodiscard]] Violations undocumented_errors(const SourceTree& tree);
// Errors are made by base::fail(), and their codes are literals in the same file: else the rule
// above could not see them.
[[nodiscard]] Violations hidden_error_codes(const SourceTree& tree);
// Event kinds, metrics, configuration keys and routes: the rows of their registry are those of
// their page. A registry or page that is missing is a violation.
[[nodiscard]] Violations undocumented_names(const SourceTree& tree);
// Links between our own pages lead somewhere.
[[nodiscard]] Violations broken_links(const SourceTree& tree);
// A page that a comment or a text names (docs/...) is there.
[[nodiscard]] Violations missing_pages(const SourceTree& tree);

}  // namespace architecture
