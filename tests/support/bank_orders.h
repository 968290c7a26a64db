// The orders of tests/data/bank_orders, and what is written of them.
//
// Each is named after its format. A table of tests changes such an order as text, in one place,
// and says what becomes of it.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bank/writing/order_json.h"
#include "formats/bank/writing/order_writers.h"
#include "support/json/parse.h"

namespace tests {

class KeptBytes final : public formats::bank::ByteSink {
 public:
  [[nodiscard]] base::Result<> write(std::string_view piece) override {
    bytes += piece;
    return {};
  }
  std::string bytes;
};

inline std::string order_text(std::string_view format) {
  const std::string path =
      TELGIRO_SOURCE_DIR "/tests/data/bank_orders/" + std::string(format) + ".json";
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline formats::bank::ReadOrder order_of(std::string_view text) {
  const auto json = json::parse(text);
  if (!json) return {.problems = {json.error()}};
  return formats::bank::read_payment_order(*json);
}

struct Written {
  domain::OrderCheck check;
  std::string bytes;
};

inline Written write_order_file(std::string_view format, const domain::PaymentOrder& order,
                                std::string_view version = "") {
  KeptBytes sink;
  const auto* writer = formats::bank::find_order_writer(format).value();
  auto check = formats::bank::write_order(*writer, version, order, sink).value();
  return {std::move(check), std::move(sink.bytes)};
}

// "collections[0].debits[1].amount amount_too_large", one each.
inline std::vector<std::string> lines_of(const domain::OrderCheck& check) {
  std::vector<std::string> lines;
  for (const auto& problem : check.problems) {
    const bool point = !problem.place.empty() && !problem.field.empty();
    lines.push_back(problem.place + (point ? "." : "") + problem.field + " " + problem.code);
  }
  return lines;
}

}  // namespace tests
