// Any bytes as a source file, read by the reader that TELGIRO_FUZZ_READER names (cmake/fuzz.cmake):
// the chunks they come in make no difference, records stand one behind the other within the file,
// and what is kept of them is UTF-8.
#include "formats/source/registry.h"
#include "support/json/parse.h"
#include "tests/fuzz/fault.h"
#include "tests/support/bank_file_fault.h"

namespace {

using formats::source::RecordMapping;
using formats::source::SourceItem;

constexpr std::string_view kCsvMapping = R"({"division":"fuzz","records":[{"name":"records",
  "kind":"order","encoding":"utf-8","delimiter":";","decimal_mark":",",
  "dates":["yyyy-mm-dd","dd.mm.yyyy"],"ignored":["note"],
  "columns":{"id":"number","customer":"customer_number","day":"date","what":"item",
    "price":{"field":"unit_price","optional":true}},
  "constants":{"quantity":"1"}}]})";
constexpr std::string_view kJsonMapping = R"({"division":"fuzz","records":[{"name":"records",
  "kind":"subscription","reader":"json_lines","encoding":"utf-8","ignored":["extra"],
  "columns":{"id":"service","customer.id":"number","customer.name":"name",
    "customer.address.city":"city","plan":"plan","from":"starts","add_ons":"add_ons",
    "changes":{"field":"plan_changes","members":{"day":"at","code":"to"}}}}]})";

const RecordMapping& mapping() {
  static const formats::source::Mapping kRead = [] {
    const bool is_csv = std::string_view(TELGIRO_FUZZ_READER) == "csv";
    const auto json = json::parse(is_csv ? kCsvMapping : kJsonMapping);
    auto read = formats::source::read_mapping(json.value(), "fuzz");
    if (!read) tests::fuzz::stop_at(base::describe(read.error()));
    return *std::move(read);
  }();
  return **kRead.find("records");
}

struct Reading {
  std::string text;
  std::int64_t end = 0;
  std::string fault;
};

std::string described(const SourceItem& item) {
  std::string text = std::to_string(item.line) + "@" + std::to_string(item.offset) + "-" +
                     std::to_string(item.end) + " " + item.raw;
  if (item.unreadable) text += "!" + item.unreadable->code + "|" + item.unreadable->text;
  for (const auto& field : item.record.fields) text += "|" + field.name + "=" + field.text;
  for (const auto& problem : item.record.problems) {
    text += "?" + problem.field + ":" + problem.code + "|" + problem.text;
  }
  return text;
}

Reading read(std::string_view bytes, std::size_t chunk) {
  const auto reader = formats::source::make_reader(mapping());
  Reading reading;
  const auto visit = [&](SourceItem&& item) -> base::Result<> {
    const std::string text = described(item);
    if (!tests::is_utf8(text)) reading.fault = "no UTF-8: " + text;
    if (item.offset < reading.end || item.end < item.offset ||
        item.end > static_cast<std::int64_t>(bytes.size())) {
      reading.fault = "out of its place: " + text;
    }
    reading.end = item.end;
    reading.text += text + "\n";
    return {};
  };
  base::Result<> answer;
  for (std::size_t at = 0; answer && at < bytes.size(); at += chunk) {
    answer = reader->feed(bytes.substr(at, chunk), visit);
  }
  if (answer) answer = reader->finish(visit);
  if (!answer) reading.text += "!" + answer.error().code;
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = tests::fuzz::text_of(data, size);
  const Reading whole = read(bytes, 65'536);
  tests::fuzz::stop_at(whole.fault);
  const std::size_t chunk = 1 + (size == 0 ? 0U : data[size / 2]) % 90U;
  if (read(bytes, chunk).text != whole.text) {
    tests::fuzz::stop_at("chunks of " + std::to_string(chunk) + " are read in another way");
  }
  return 0;
}
