// bank-write: direct debits written as pain.008, in debits a second, against the same bytes put
// into a file by fwrite alone.
//
// The debits are made as they are asked for, twice: once to check and to add up, once to write.
// So the peak is that of the writing, whether there are 100,000 of them or a million (-large).
#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>

#include "base/result/check.h"
#include "formats/bank/writing/order_writers.h"
#include "tests/support/process_use.h"
#include "tests/support/temporary_folder.h"

namespace formats::bank {
namespace {

constexpr std::int64_t kDebits = 100'000;
constexpr std::int64_t kDebitsLarge = 1'000'000;

using domain::BankId;
using domain::Debit;

base::Currency euro() { return base::Currency::parse("EUR").value(); }

// Debit `number` of a biller: a name, an amount and an identification of its own each.
Debit debit(std::int64_t number, const domain::Iban& account, base::Date signed_on) {
  const std::string text = std::to_string(1'000'000 + number);
  Debit::Parts parts{.end_to_end_id = BankId::parse("BILL-" + text).value(),
                     .amount = {100 + number % 90'000, euro()},
                     .mandate = BankId::parse("M-" + text).value()};
  parts.signed_on = signed_on;
  parts.debtor.name = "Customer " + text;
  parts.debtor.account = account;
  parts.remittance = "Bill " + text + " of November 2026";
  return Debit::make(std::move(parts)).value();
}

domain::PaymentOrder order(std::int64_t debits) {
  const auto day = base::Date::make(2026, 11, 27).value();
  const auto account = domain::Iban::parse("FI2112345600000785").value();
  domain::PaymentOrder order{.id = BankId::parse("MSG-1").value(),
                             .created = base::Instant::at_start_of(day - 7),
                             .day = day - 7,
                             .sender_name = "Aurora Telekom AB"};
  domain::CollectionBatch batch{.id = BankId::parse("BATCH-1").value()};
  batch.creditor.holder.name = order.sender_name;
  batch.creditor.holder.account = account;
  batch.creditor.id = domain::CreditorId::parse("DE98ZZZ09999999999").value();
  batch.day = day;
  batch.sequence = domain::DebitSequence::kRecurrent;
  batch.debits = domain::OrderItems<Debit>::from(
      [debits, account, day](const domain::OrderItems<Debit>::Visitor& visit) -> base::Result<> {
        for (std::int64_t number = 0; number < debits; ++number) {
          TRY(visit(debit(number, account, day - 400)));
        }
        return {};
      });
  order.collections.push_back(std::move(batch));
  return order;
}

// A file of the benchmark's folder, written by fwrite.
class File final : public ByteSink {
 public:
  File() : file_(std::fopen(path().c_str(), "wb")) {
    CHECK(file_ != nullptr);
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }
  ~File() override { std::fclose(file_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] base::Result<> write(std::string_view bytes) override {
    CHECK(std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size());
    written += static_cast<std::int64_t>(bytes.size());
    return {};
  }

  std::int64_t written = 0;

 private:
  static const std::string& path() {
    static const tests::TemporaryFolder kFolder;
    static const std::string kPath = kFolder.path() + "/debits.xml";
    return kPath;
  }
  std::FILE* file_;
};

void report(benchmark::State& state, std::int64_t debits) {
  state.SetItemsProcessed(state.iterations() * debits);
  state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
}

void bank_write(benchmark::State& state) {
  const std::int64_t debits = state.range(0);
  const auto made = order(debits);
  const OrderWriter* writer = find_order_writer("pain.008").value();
  tests::forget_peak();
  for (auto _ : state) {
    File file;
    const auto check = write_order(*writer, "", made, file).value();
    CHECK(!check.refused && check.all.count == debits);
  }
  report(state, debits);
}

// As many bytes in pieces of the same size.
void bank_write_limit(benchmark::State& state) {
  const std::int64_t debits = state.range(0);
  const OrderWriter* writer = find_order_writer("pain.008").value();
  File sample;
  CHECK(write_order(*writer, "", order(1'000), sample));
  const std::int64_t bytes = sample.written / 1'000 * debits;
  const std::string piece(65'536, 'x');
  tests::forget_peak();
  for (auto _ : state) {
    File file;
    while (file.written < bytes) CHECK(file.write(piece));
  }
  report(state, debits);
}

// clang-format off
BENCHMARK(bank_write)
    ->Name("bank-write/memory")->Arg(kDebits)->Unit(benchmark::kMillisecond);
BENCHMARK(bank_write_limit)
    ->Name("bank-write/limit")->Arg(kDebits)->Unit(benchmark::kMillisecond);
BENCHMARK(bank_write)
    ->Name("bank-write-large/memory")->Arg(kDebitsLarge)->Unit(benchmark::kMillisecond);
BENCHMARK(bank_write_limit)
    ->Name("bank-write-large/limit")->Arg(kDebitsLarge)->Unit(benchmark::kMillisecond);
// clang-format on

}  // namespace
}  // namespace formats::bank
