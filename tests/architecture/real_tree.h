// The tree that this test was built from, read once.
#pragma once

#include <gtest/gtest.h>

#include "tests/architecture/source_tree.h"

namespace architecture {

inline const SourceTree& real_tree() {
  static const SourceTree kTree = read_tree(TELGIRO_SOURCE_DIR);
  return kTree;
}

// Fails with one line for each violation.
inline void expect_none(const Violations& violations) {
  EXPECT_TRUE(violations.empty()) << describe(violations);
}

}  // namespace architecture
