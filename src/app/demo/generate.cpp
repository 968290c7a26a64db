#include "app/demo/generate.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "app/demo/broadband.h"
#include "base/result/check.h"

namespace app::demo {
namespace {

namespace fs = std::filesystem;

// The division's files are in ISO-8859-1. Everything that we make up has its letters.
std::string latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      bytes.push_back(text[at]);
      continue;
    }
    CHECK((lead == 0xC2 || lead == 0xC3) && at + 1 < text.size());
    const auto low = static_cast<unsigned char>(text[++at]);
    bytes.push_back(static_cast<char>(lead == 0xC2 ? low : low + 0x40));
  }
  return bytes;
}

class OutputFile {
 public:
  [[nodiscard]] static base::Result<OutputFile> open(const std::string& folder,
                                                     std::string_view name) {
    OutputFile file;
    file.path_ = (fs::path(folder) / name).string();
    file.file_.reset(std::fopen(file.path_.c_str(), "wb"));
    if (!file.file_) return file.failed();
    return file;
  }

  [[nodiscard]] base::Result<> write(std::string_view text) {
    const std::string bytes = latin1(text);
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) return failed();
    return {};
  }

  // Errors may only show here.
  [[nodiscard]] base::Result<> close() {
    if (std::fclose(file_.release()) != 0) return failed();
    return {};
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };

  [[nodiscard]] std::unexpected<base::Error> failed() const {
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
      return base::fail("disk_full", "no space is left for the demo's files", path_);
    }
    return base::fail("file_not_writable", std::strerror(errno), path_);
  }

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace

base::Result<> generate(const GenerateRequest& request) {
  std::error_code error;
  fs::create_directories(request.folder, error);
  if (error) return base::fail("file_not_writable", error.message(), request.folder);
  auto customers = TRY(OutputFile::open(request.folder, kCustomersFile));
  auto orders = TRY(OutputFile::open(request.folder, kOrdersFile));
  TRY(customers.write(customers_header()));
  TRY(orders.write(orders_header()));
  for (std::int64_t number = 0; number < request.customers; ++number) {
    const BroadbandLines lines = broadband_lines(request.seed, number, request.last_month);
    TRY(customers.write(lines.customer));
    TRY(orders.write(lines.order));
  }
  TRY(customers.write(customers_junk(request.last_month)));
  TRY(orders.write(orders_junk(request.last_month)));
  TRY(customers.close());
  return orders.close();
}

}  // namespace app::demo
