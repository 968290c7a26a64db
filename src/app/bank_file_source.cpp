#include "app/bank_file_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace app {
namespace {

constexpr std::size_t kPieceBytes = 262'144;

}  // namespace

base::Result<BankFileSource> BankFileSource::open(const std::string& path) {
  std::error_code error;
  if (path != "-" && !std::filesystem::exists(path, error)) {
    return base::fail("file_not_found", "there is no such file", path);
  }
  if (path != "-" && std::filesystem::is_directory(path, error)) {
    return base::fail("file_not_readable", "it is a folder", path);
  }
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return base::fail("file_not_readable", std::strerror(errno), path);
  BankFileSource source(path, file);
  TRY(source.read());
  source.fresh_ = true;
  return source;
}

std::string_view BankFileSource::head() const {
  return std::string_view(piece_).substr(0, std::min(piece_.size(), formats::bank::kHeadBytes));
}

base::Result<std::string_view> BankFileSource::next() {
  if (!std::exchange(fresh_, false)) TRY(read());
  return std::string_view(piece_);
}

base::Result<> BankFileSource::read() {
  piece_.resize(kPieceBytes);
  piece_.resize(std::fread(piece_.data(), 1, kPieceBytes, file_.get()));
  if (std::ferror(file_.get()) != 0) {
    return base::fail("file_not_readable", std::strerror(errno), path_);
  }
  return {};
}

}  // namespace app
