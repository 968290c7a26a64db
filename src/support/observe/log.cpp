// The only file that sees spdlog, which keeps lines of several threads whole.
#include "support/observe/log.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "base/text/json.h"

namespace observe {
namespace {

struct Output {
  const base::Clock& clock;
  spdlog::logger logger;
};

// Levels below `least` cost one atomic load. The pointer changes only at start and stop.
constexpr int kNothing = static_cast<int>(Level::kError) + 1;
std::atomic<int> least_level = kNothing;
std::mutex output_mutex;
std::shared_ptr<Output> output;

std::shared_ptr<Output> current_output() {
  const std::lock_guard lock(output_mutex);
  return output;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::kDebug: return "debug";
    case Level::kInfo: return "info";
    case Level::kWarning: return "warning";
    case Level::kError: return "error";
  }
  return "error";
}

}  // namespace

void Field::append_to(std::string& line) const {
  line += ',';
  base::append_json_string(line, name_);
  line += ':';
  if (const auto* text = std::get_if<std::string_view>(&value_)) {
    base::append_json_string(line, *text);
  } else if (const auto* number = std::get_if<std::int64_t>(&value_)) {
    line += std::to_string(*number);
  } else {
    line += std::get<bool>(value_) ? "true" : "false";
  }
}

void start_logging(Level least, const base::Clock& clock, std::ostream& out) {
  auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(out, true);
  auto next = std::make_shared<Output>(clock, spdlog::logger("telgiro", std::move(sink)));
  next->logger.set_pattern("%v");
  const std::lock_guard lock(output_mutex);
  output = std::move(next);
  least_level = static_cast<int>(least);
}

void stop_logging() {
  const std::lock_guard lock(output_mutex);
  least_level = kNothing;
  output.reset();
}

void log(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (static_cast<int>(level) < least_level.load(std::memory_order_relaxed)) return;
  const std::shared_ptr<Output> to = current_output();
  if (!to) return;
  std::string line = R"({"time":")" + to->clock.now().to_string() + R"(","level":")";
  line += name_of(level);
  line += R"(","event":)";
  base::append_json_string(line, event);
  for (const Field& field : fields) field.append_to(line);
  line += '}';
  to->logger.log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace observe
