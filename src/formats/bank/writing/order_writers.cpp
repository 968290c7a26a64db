#include "formats/bank/writing/order_writers.h"

#include <algorithm>
#include <string>

#include "base/result/check.h"

namespace formats::bank {
namespace {

constexpr std::string_view kPain001[] = {"001.09", "001.03", "001.10", "001.11", "001.12"};
constexpr std::string_view kPain007[] = {"001.09", "001.02", "001.10", "001.12"};
constexpr std::string_view kPain008[] = {"001.08", "001.02", "001.09", "001.10", "001.11"};
constexpr std::string_view kNorma1914[] = {"001.08", "001.02"};
// Of these, addresses are lines and a country.
constexpr std::string_view kOf2009[] = {"001.02", "001.03"};

constexpr OrderWriter kWriters[] = {
    {"pain.008", kPain008, write_pain008},
    {"pain.001", kPain001, write_pain001},
    {"pain.007", kPain007, write_pain007},
    {"norma19.14", kNorma1914, write_norma1914},
    {"autogiro", {}, write_autogiro},
    {"avtalegiro", {}, write_avtalegiro},
    {"lb", {}, write_lb},
};

std::string joined(const auto& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

base::Result<std::string_view> version_of(const OrderWriter& writer, std::string_view asked) {
  if (writer.versions.empty() && asked.empty()) return std::string_view();
  if (writer.versions.empty()) {
    return base::fail("unknown_value", std::string(writer.format) + " has no versions", "version");
  }
  if (asked.empty()) return writer.versions.front();
  const auto found = std::ranges::find(writer.versions, asked);
  if (found != writer.versions.end()) return *found;
  return base::fail("unknown_value",
                    std::string(writer.format) + " is written as " + joined(writer.versions),
                    "version");
}

}  // namespace

std::span<const OrderWriter> order_writers() { return kWriters; }

base::Result<const OrderWriter*> find_order_writer(std::string_view format) {
  const auto found = std::ranges::find(kWriters, format, &OrderWriter::format);
  if (found != std::end(kWriters)) return &*found;
  std::vector<std::string_view> names;
  for (const OrderWriter& writer : kWriters) names.push_back(writer.format);
  return base::fail("unknown_value", "orders are written as: " + joined(names), "format");
}

base::Result<domain::OrderCheck> write_order(const OrderWriter& writer, std::string_view version,
                                             const domain::PaymentOrder& order, ByteSink& sink) {
  const std::string_view chosen = TRY(version_of(writer, version));
  const domain::OrderRules* found = domain::find_order_rules(writer.format);
  CHECK(found != nullptr);
  domain::OrderRules rules = *found;
  rules.town_in_lines = std::ranges::find(kOf2009, chosen) != std::end(kOf2009);
  auto check = TRY(domain::check_order(order, rules));
  if (!check.refused) TRY(writer.write(order, check, chosen, sink));
  return check;
}

}  // namespace formats::bank
