// Compares what was made with a file of the tree that holds what is expected: reference pages,
// samples, transcripts. With TELGIRO_UPDATE=1 (./dev update) the file is rewritten instead, to be
// read in the difference before it is committed.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace tests {

// `path` from the root of the tree.
inline void expect_file(const std::string& path, const std::string& made) {
  const std::filesystem::path file = std::filesystem::path(TELGIRO_SOURCE_DIR) / path;
  const char* update = std::getenv("TELGIRO_UPDATE");
  if (update && std::string(update) == "1") {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << made;
    return;
  }
  std::ostringstream expected;
  expected << std::ifstream(file, std::ios::binary).rdbuf();
  EXPECT_EQ(expected.str(), made) << path << " differs: ./dev update rewrites it";
}

}  // namespace tests
