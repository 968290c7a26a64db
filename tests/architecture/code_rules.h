// Rules about what stands in a file: words that are banned where they are, and sizes.
#pragma once

#include "tests/architecture/source_tree.h"

namespace architecture {

// No binary floating point where money is: see the table of exceptions, each with its reason.
[[nodiscard]] Violations floating_point(const SourceTree& tree);
// Clocks, randomness, environment and output come in by the ports made for them.
[[nodiscard]] Violations banned_words(const SourceTree& tree);
// No marks of unfinished work and no paths of one machine, in any text file.
[[nodiscard]] Violations leftovers(const SourceTree& tree);
// A switch over an enum of ours names every value, so that a new value is a compile error.
[[nodiscard]] Violations defaults_in_enum_switches(const SourceTree& tree);
// Lines have at most 100 columns, functions at most 70 lines (tests and their tables aside).
[[nodiscard]] Violations long_lines(const SourceTree& tree);
[[nodiscard]] Violations long_functions(const SourceTree& tree);
// Each header, and each file that has none, opens with what it is; a header is read once.
[[nodiscard]] Violations missing_openings(const SourceTree& tree);
// A Result that is returned cannot be dropped unseen.
[[nodiscard]] Violations droppable_results(const SourceTree& tree);

}  // namespace architecture
