// Metrics: a fixed table of them, counted from any thread, written in Prometheus' text form.
//
// The table below is the registry: what is not in it cannot be counted, and a test holds
// docs/reference/metrics.md to it. Values are whole numbers; metrics in seconds and ratios are
// kept in millionths, so that nothing is lost to binary fractions on the way.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace observe {

enum class Metric {
  kHttpRequests,
  kHttpRequestSeconds,
  kImportRecords,
  kBankFiles,
  kBankPayments,
  kWebhooks,
  kBillCodesRefused,
  kBillsIssued,
  kRunAccounts,
  kRunProgressRatio,
  kOutboxPending,
  kJobs,
  kStorageTransactions,
  kStorageRetries,
  kBuildInfo,
};

enum class MetricKind { kCounter, kGauge, kHistogram };
enum class MetricUnit { kOne, kMillionth };

inline constexpr std::size_t kLabelsMax = 2;

struct MetricRow {
  Metric metric;
  std::string_view name;
  MetricKind kind;
  MetricUnit unit;
  std::array<std::string_view, kLabelsMax> labels;  // Empty where there are fewer.
  std::string_view help;
};

namespace rows {

using Labels = std::array<std::string_view, kLabelsMax>;

constexpr MetricRow counter(Metric metric, std::string_view name, Labels labels,
                            std::string_view help) {
  return {metric, name, MetricKind::kCounter, MetricUnit::kOne, labels, help};
}
constexpr MetricRow gauge(Metric metric, std::string_view name, MetricUnit unit, Labels labels,
                          std::string_view help) {
  return {metric, name, MetricKind::kGauge, unit, labels, help};
}
constexpr MetricRow seconds(Metric metric, std::string_view name, Labels labels,
                            std::string_view help) {
  return {metric, name, MetricKind::kHistogram, MetricUnit::kMillionth, labels, help};
}

}  // namespace rows

// In the order of the enum.
inline constexpr MetricRow kMetrics[] = {
    rows::counter(Metric::kHttpRequests, "telgiro_http_requests_total", {"route", "status"},
                  "Requests answered."),
    rows::seconds(Metric::kHttpRequestSeconds, "telgiro_http_request_seconds", {"route"},
                  "Time from the end of a request to its answer."),
    rows::counter(Metric::kImportRecords, "telgiro_import_records_total", {"division", "outcome"},
                  "Records read from source files."),
    rows::counter(Metric::kBankFiles, "telgiro_bank_files_total", {"outcome"},
                  "Bank files imported: done or refused."),
    rows::counter(Metric::kBankPayments, "telgiro_bank_payments_total", {"outcome"},
                  "Payments in bank files: new, repeated or left_out."),
    rows::counter(Metric::kWebhooks, "telgiro_webhooks_total", {"gateway", "outcome"},
                  "Webhooks of payment providers: taken, refused or failed."),
    rows::counter(Metric::kBillCodesRefused, "telgiro_bill_codes_refused_total", {"reason"},
                  "Codes of bills that were said wrongly, are unknown, or were tried too often."),
    rows::counter(Metric::kBillsIssued, "telgiro_bills_issued_total", {}, "Bills issued."),
    rows::counter(Metric::kRunAccounts, "telgiro_run_accounts_total", {"outcome"},
                  "Accounts that bill runs have handled."),
    rows::gauge(Metric::kRunProgressRatio, "telgiro_run_progress_ratio", MetricUnit::kMillionth, {},
                "Share of the current bill run that is done, 0 to 1."),
    rows::gauge(Metric::kOutboxPending, "telgiro_outbox_pending", MetricUnit::kOne, {"topic"},
                "Messages that wait to be sent; of a topic that nothing sends they grow."),
    rows::counter(Metric::kJobs, "telgiro_jobs_total", {"kind", "outcome"},
                  "Jobs that have ended."),
    rows::counter(Metric::kStorageTransactions, "telgiro_storage_transactions_total", {"outcome"},
                  "Database transactions that have ended."),
    rows::counter(Metric::kStorageRetries, "telgiro_storage_retries_total", {},
                  "Transactions begun again after a conflict or a lost connection."),
    rows::gauge(Metric::kBuildInfo, "telgiro_build_info", MetricUnit::kOne, {"version"},
                "Always 1; the label tells which version runs."),
};

// Combinations of label values a metric keeps apart. Further ones are counted together under the
// value "other", so that no input can fill the memory.
inline constexpr std::size_t kSeriesMax = 1000;

class Metrics {
 public:
  using Labels = std::initializer_list<std::string_view>;

  Metrics();
  ~Metrics();

  // As many label values as the metric's row has labels. CHECKs that, and the metric's kind.
  void count(Metric metric, Labels labels = {}, std::int64_t by = 1);
  // Sets a gauge; one of kMillionth is set in millionths.
  void set(Metric metric, Labels labels, std::int64_t value);
  // Adds one observation to a histogram.
  void record_micros(Metric metric, Labels labels, std::int64_t micros);

  // Everything, as text/plain; version=0.0.4. Metrics without labels are there from the start.
  [[nodiscard]] std::string exposition() const;

 private:
  class Family;
  std::array<std::unique_ptr<Family>, std::size(kMetrics)> families_;
};

// The metrics of this process.
[[nodiscard]] Metrics& metrics();

}  // namespace observe
