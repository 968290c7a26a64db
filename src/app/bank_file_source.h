// The bytes of a bank file from disk or from standard input, in pieces.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "formats/bank/bank_format.h"

namespace app {

class BankFileSource final : public formats::bank::ByteSource {
 public:
  // "-" is standard input. Errors: file_not_found, file_not_readable.
  [[nodiscard]] static base::Result<BankFileSource> open(const std::string& path);

  // What it begins with, as far as `recognise` wants it; next() hands it out once more.
  [[nodiscard]] std::string_view head() const;
  // Errors: file_not_readable.
  [[nodiscard]] base::Result<std::string_view> next() override;

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };
  BankFileSource(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  [[nodiscard]] base::Result<> read();

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string piece_;
  bool fresh_ = false;  // `piece_` was read and not handed out.
};

}  // namespace app
