// Aurora's two months counted a second time, by simple code of its own: from the files and the
// prices of katalog.json to what each service owes in each run. Nothing of the product's import,
// catalogue, rating or billing is used, so that a mistake would have to be made twice.
//
// What it knows: months are calendar months on Swedish clocks, shares are actual days, an amount
// is rounded once per item and month, half up; prices with VAT stay as they are (aurora_test.cpp
// takes the VAT out of whole bills).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

namespace scenarios {

enum class AuroraRun { kSeptember, kOctober };  // Which closes that month.

struct FileCount {
  std::int64_t read = 0, accepted = 0, repeated = 0;
  std::map<std::string, std::int64_t> refused;  // By code.
};

// What one service (or the service that an order belongs to) owes for one item in one run.
struct OwedKey {
  AuroraRun run = AuroraRun::kSeptember;
  std::string division, number, item;
  friend auto operator<=>(const OwedKey&, const OwedKey&) = default;
};

// Services by what became of them in a run.
struct ServiceCount {
  std::int64_t billed = 0, ended_before = 0, not_begun = 0;
};

struct OneOffs {
  std::int64_t orders = 0, minor = 0;
};

struct Recount {
  std::map<std::string, FileCount> files;
  std::map<OwedKey, std::int64_t> net;                       // In öre, without VAT.
  std::map<OwedKey, std::int64_t> gross;                     // The same of prices with VAT.
  std::map<std::string, std::map<int, std::int64_t>> usage;  // Records, by file and month.
  std::map<std::pair<AuroraRun, std::string>, ServiceCount> services;  // By division.
  std::map<std::pair<AuroraRun, std::string>, OneOffs> one_offs;       // By way to pay.
};

// `folder` ends with a slash. Whatever cannot be read ends the test: the files are not the
// product's.
[[nodiscard]] Recount recount_aurora(const std::string& folder);

}  // namespace scenarios
