// Counting is a shared lock, a look-up by label values and atomic additions; only the first use
// of a combination of label values takes the lock alone.
#include "support/observe/metrics.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "base/result/check.h"

namespace observe {
namespace {

using LabelValues = std::array<std::string, kLabelsMax>;

// Upper bounds of the histogram's buckets in microseconds: half a millisecond to ten seconds.
constexpr std::int64_t kBoundsMicros[] = {500,       1'000,     2'500,     5'000,     10'000,
                                          25'000,    50'000,    100'000,   250'000,   500'000,
                                          1'000'000, 2'500'000, 5'000'000, 10'000'000};

constexpr bool table_is_in_the_order_of_the_enum() {
  for (std::size_t at = 0; at < std::size(kMetrics); ++at) {
    if (static_cast<std::size_t>(kMetrics[at].metric) != at) return false;
  }
  return true;
}
static_assert(table_is_in_the_order_of_the_enum());

struct Series {
  std::atomic<std::int64_t> value = 0;  // Of a histogram: the sum.
  std::array<std::atomic<std::int64_t>, std::size(kBoundsMicros) + 1> buckets{};
};

std::size_t label_count(const MetricRow& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row.labels, [](std::string_view label) { return !label.empty(); }));
}

void append_escaped(std::string& out, std::string_view value) {
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
}

// 1500000 millionths are "1.5".
std::string millionths(std::int64_t value) {
  const std::int64_t size = value < 0 ? -value : value;
  std::string text = (value < 0 ? "-" : "") + std::to_string(size / 1'000'000);
  if (const std::int64_t rest = size % 1'000'000; rest != 0) {
    std::string places = std::to_string(1'000'000 + rest).substr(1);
    places.erase(places.find_last_not_of('0') + 1);
    text += "." + places;
  }
  return text;
}

std::string written(const MetricRow& row, std::int64_t value) {
  return row.unit == MetricUnit::kMillionth ? millionths(value) : std::to_string(value);
}

std::string_view kind_name(MetricKind kind) {
  switch (kind) {
    case MetricKind::kCounter: return "counter";
    case MetricKind::kGauge: return "gauge";
    case MetricKind::kHistogram: return "histogram";
  }
  return "untyped";
}

}  // namespace

// One metric with its series, a series for each combination of label values.
class Metrics::Family {
 public:
  explicit Family(const MetricRow& row) : row_(row) {
    if (label_count(row_) == 0) series_.try_emplace(LabelValues{});
  }

  Series& at(MetricKind kind, Labels labels) {
    CHECK(row_.kind == kind);
    CHECK(labels.size() == label_count(row_));
    LabelValues values;
    std::ranges::copy(labels, values.begin());
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = series_.find(values); found != series_.end()) return found->second;
    }
    const std::unique_lock lock(mutex_);
    if (series_.size() >= kSeriesMax && !series_.contains(values)) {
      std::fill_n(values.begin(), labels.size(), "other");
    }
    return series_[values];
  }

  void append_to(std::string& out) const {
    const std::string name(row_.name);
    out += "# HELP " + name + " " + std::string(row_.help) + "\n";
    out += "# TYPE " + name + " " + std::string(kind_name(row_.kind)) + "\n";
    const std::shared_lock lock(mutex_);
    for (const auto& [values, series] : series_) {
      if (row_.kind == MetricKind::kHistogram) {
        append_histogram(out, values, series);
      } else {
        append_sample(out, "", values, "", written(row_, series.value));
      }
    }
  }

 private:
  void append_histogram(std::string& out, const LabelValues& values, const Series& series) const {
    std::int64_t count = 0;
    for (std::size_t at = 0; at < std::size(kBoundsMicros); ++at) {
      count += series.buckets[at];
      append_sample(out, "_bucket", values, millionths(kBoundsMicros[at]), std::to_string(count));
    }
    count += series.buckets.back();
    append_sample(out, "_bucket", values, "+Inf", std::to_string(count));
    append_sample(out, "_sum", values, "", written(row_, series.value));
    append_sample(out, "_count", values, "", std::to_string(count));
  }

  void append_sample(std::string& out, std::string_view suffix, const LabelValues& values,
                     std::string_view bound, const std::string& value) const {
    std::string labels;
    const auto add = [&](std::string_view label, std::string_view text) {
      labels += (labels.empty() ? "" : ",") + std::string(label) + "=\"";
      append_escaped(labels, text);
      labels += '"';
    };
    for (std::size_t at = 0; at < label_count(row_); ++at) add(row_.labels[at], values[at]);
    if (!bound.empty()) add("le", bound);
    out += row_.name;
    out += suffix;
    if (!labels.empty()) out += "{" + labels + "}";
    out += " " + value + "\n";
  }

  const MetricRow& row_;
  mutable std::shared_mutex mutex_;
  std::map<LabelValues, Series> series_;  // Nodes stay where they are while others are added.
};

Metrics::Metrics() {
  for (std::size_t at = 0; at < families_.size(); ++at) {
    families_[at] = std::make_unique<Family>(kMetrics[at]);
  }
}

Metrics::~Metrics() = default;

void Metrics::count(Metric metric, Labels labels, std::int64_t by) {
  CHECK(by >= 0);
  families_[static_cast<std::size_t>(metric)]->at(MetricKind::kCounter, labels).value += by;
}

void Metrics::set(Metric metric, Labels labels, std::int64_t value) {
  families_[static_cast<std::size_t>(metric)]->at(MetricKind::kGauge, labels).value = value;
}

void Metrics::record_micros(Metric metric, Labels labels, std::int64_t micros) {
  Series& series = families_[static_cast<std::size_t>(metric)]->at(MetricKind::kHistogram, labels);
  const auto* bound = std::ranges::lower_bound(kBoundsMicros, micros);
  series.value += micros;
  ++series.buckets[static_cast<std::size_t>(bound - std::begin(kBoundsMicros))];
}

std::string Metrics::exposition() const {
  std::string out;
  for (const auto& family : families_) family->append_to(out);
  return out;
}

Metrics& metrics() {
  static Metrics instance;
  return instance;
}

}  // namespace observe
