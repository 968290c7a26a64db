#include "app/demo/generate.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "app/demo/broadband.h"
#include "app/demo/mobile.h"
#include "app/demo/streaming.h"
#include "base/result/check.h"

namespace app::demo {
namespace {

namespace fs = std::filesystem;

// The broadband division's files are in ISO-8859-1. Everything that we make up has its letters.
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
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) return failed();
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

base::Result<> generate_broadband(const GenerateRequest& request) {
  auto customers = TRY(OutputFile::open(request.folder, kCustomersFile));
  auto orders = TRY(OutputFile::open(request.folder, kOrdersFile));
  TRY(customers.write(latin1(customers_header())));
  TRY(orders.write(latin1(orders_header())));
  for (std::int64_t number = 0; number < request.customers; ++number) {
    const BroadbandLines lines = broadband_lines(request.seed, number, request.last_month);
    TRY(customers.write(latin1(lines.customer)));
    TRY(orders.write(latin1(lines.order)));
  }
  TRY(customers.write(latin1(customers_junk(request.last_month))));
  TRY(orders.write(latin1(orders_junk(request.last_month))));
  TRY(customers.close());
  return orders.close();
}

base::Result<> generate_mobile(const GenerateRequest& request) {
  const base::Month last = request.last_month;
  auto subscriptions = TRY(OutputFile::open(request.folder, kSubscriptionsFile));
  auto before = TRY(OutputFile::open(request.folder, calls_file(last.previous())));
  auto calls = TRY(OutputFile::open(request.folder, calls_file(last)));
  TRY(before.write(calls_header()));
  TRY(calls.write(calls_header()));
  for (std::int64_t number = 0; number < request.customers; ++number) {
    const MobileLines lines = mobile_lines(request.seed, number, last);
    TRY(subscriptions.write(lines.subscriptions));
    TRY(before.write(lines.calls_before));
    TRY(calls.write(lines.calls_last));
  }
  TRY(subscriptions.write(subscriptions_junk()));
  TRY(before.write(calls_junk(last.previous())));
  TRY(calls.write(calls_junk(last)));
  TRY(subscriptions.close());
  TRY(before.close());
  return calls.close();
}

base::Result<> generate_streaming(const GenerateRequest& request) {
  auto accounts = TRY(OutputFile::open(request.folder, kAccountsFile));
  auto purchases = TRY(OutputFile::open(request.folder, kPurchasesFile));
  TRY(accounts.write(accounts_header()));
  for (std::int64_t number = 0; number < request.customers; ++number) {
    const StreamingLines lines = streaming_lines(request.seed, number, request.last_month);
    TRY(accounts.write(lines.account));
    TRY(purchases.write(lines.purchases));
  }
  TRY(accounts.write(accounts_junk(request.last_month)));
  TRY(purchases.write(purchases_junk(request.last_month)));
  TRY(accounts.close());
  return purchases.close();
}

}  // namespace

base::Result<> generate(const GenerateRequest& request) {
  std::error_code error;
  fs::create_directories(request.folder, error);
  if (error) return base::fail("file_not_writable", error.message(), request.folder);
  TRY(generate_broadband(request));
  TRY(generate_mobile(request));
  return generate_streaming(request);
}

}  // namespace app::demo
