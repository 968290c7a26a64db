// Where a command's bytes go: a file that is either whole or not there, a device or pipe, or
// standard output.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace app::cli {

// Written piece by piece. What was not closed leaves no file behind.
class OutputFile {
 public:
  // Empty or "-" is standard output. Errors: file_not_writable.
  [[nodiscard]] static base::Result<std::unique_ptr<OutputFile>> open(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Errors: file_not_writable, disk_full.
  [[nodiscard]] base::Result<> write(std::string_view bytes);
  [[nodiscard]] base::Result<> close();

 private:
  enum class Kind { kWhole, kSpecial, kStandardOutput };
  OutputFile(std::FILE* file, std::string path, Kind kind)
      : file_(file), path_(std::move(path)), kind_(kind) {}

  std::FILE* file_;  // Null once closed.
  std::string path_;
  Kind kind_;
};

[[nodiscard]] base::Result<> write_output(const std::string& path, std::string_view bytes);

}  // namespace app::cli
