#include "app/cli/output.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace app::cli {
namespace {

std::unexpected<base::Error> write_error(const std::string& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  const std::string text = std::string("writing failed: ") + std::strerror(errno);
  if (full) return base::fail("disk_full", text, path);
  return base::fail("file_not_writable", text, path);
}

std::string part_of(const std::string& path) { return path + ".part"; }

// Devices and pipes are written to; a file of that name in their place is nobody's wish.
bool is_special(const std::string& path) {
  std::error_code absent;
  const auto status = std::filesystem::status(path, absent);
  return std::filesystem::exists(status) && std::filesystem::is_other(status);
}

}  // namespace

base::Result<std::unique_ptr<OutputFile>> OutputFile::open(const std::string& path) {
  if (path.empty() || path == "-") {
    return std::unique_ptr<OutputFile>(
        new OutputFile(stdout, "standard output", Kind::kStandardOutput));
  }
  const Kind kind = is_special(path) ? Kind::kSpecial : Kind::kWhole;
  std::FILE* file = std::fopen(kind == Kind::kWhole ? part_of(path).c_str() : path.c_str(), "wb");
  if (file == nullptr) return write_error(path);
  return std::unique_ptr<OutputFile>(new OutputFile(file, path, kind));
}

OutputFile::~OutputFile() {
  if (file_ == nullptr || kind_ == Kind::kStandardOutput) return;
  std::fclose(file_);
  if (kind_ == Kind::kWhole) std::remove(part_of(path_).c_str());
}

base::Result<> OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) return write_error(path_);
  return {};
}

base::Result<> OutputFile::close() {
  if (kind_ == Kind::kStandardOutput) {
    if (std::fflush(file_) != 0) return write_error(path_);
    return {};
  }
  bool done = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (kind_ == Kind::kSpecial) return done ? base::Result<>() : write_error(path_);
  if (done) done = std::rename(part_of(path_).c_str(), path_.c_str()) == 0;
  if (done) return {};
  const auto error = write_error(path_);
  std::remove(part_of(path_).c_str());
  return error;
}

base::Result<> write_output(const std::string& path, std::string_view bytes) {
  const auto file = TRY(OutputFile::open(path));
  TRY(file->write(bytes));
  return file->close();
}

}  // namespace app::cli
