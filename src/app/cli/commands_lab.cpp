// `lab remittance`: two CSV files, the engine of domain/matching, a CSV file of pairs.
//
// Columns are found by name and others are left alone: a column of true answers is never read,
// except in the file that is given as confirmed pairs.
#include "app/cli/commands_lab.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "app/cli/output.h"
#include "base/money/decimal.h"
#include "base/text/csv.h"
#include "domain/matching/match.h"

namespace app::cli {
namespace {

using base::Result;
using domain::matching::KnownPair;
using domain::matching::Remittance;

constexpr std::int64_t kMillion = 1'000'000;

Result<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return base::fail("file_not_readable", "the file cannot be read", path);
  return text;
}

// As it is where that is possible: a program compares ids byte by byte.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field.push_back('"');
    field.push_back(c);
  }
  return field + '"';
}

// A CSV file of which some columns are wanted; the first record names them.
class Table {
 public:
  static Result<Table> read(const std::string& path) {
    const std::string text = TRY(read_text(path));
    Table table;
    table.path_ = path;
    table.file_ = base::parse_csv(text, path);
    if (!table.file_.problems.empty()) return std::unexpected(table.file_.problems.front());
    return table;
  }

  // The first of the names that the header has.
  Result<std::size_t> column(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      if (file_.records.empty()) break;
      const auto& header = file_.records.front().fields;
      const auto found = std::ranges::find(header, name);
      if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    }
    return base::fail("source_header_missing_column",
                      "the header lacks the column " + std::string(*names.begin()), path_);
  }

  [[nodiscard]] std::size_t rows() const {
    return file_.records.empty() ? 0 : file_.records.size() - 1;
  }
  // Empty where the record is too short.
  [[nodiscard]] std::string_view at(std::size_t row, std::size_t column) const {
    const auto& fields = file_.records[row + 1].fields;
    return column < fields.size() ? std::string_view(fields[column]) : std::string_view();
  }
  [[nodiscard]] std::string place(std::size_t row) const {
    return path_ + ":" + std::to_string(file_.records[row + 1].line);
  }

 private:
  std::string path_;
  base::CsvFile file_;
};

struct Side {
  std::vector<std::string> ids;
  std::vector<Remittance> rows;
};

template <class T>
Result<T> at_place(Result<T> value, const std::string& place) {
  if (!value) value.error().place = place;
  return value;
}

Result<std::int64_t> cents_of(std::string_view text, const std::string& place) {
  const base::Decimal amount = TRY(at_place(base::Decimal::parse(text), place));
  const base::Int128 unit = base::Decimal::from_integer(1).scaled() / 100;
  const base::Int128 cents = amount.scaled() / unit;
  if (cents * unit != amount.scaled() || cents != static_cast<std::int64_t>(cents)) {
    return base::fail("amount_not_in_cents", "an amount has at most two decimals", place);
  }
  return static_cast<std::int64_t>(cents);
}

Result<Side> read_side(const std::string& path) {
  const Table table = TRY(Table::read(path));
  const std::size_t id = TRY(table.column({"unique_id"}));
  const std::size_t memo = TRY(table.column({"memo"}));
  const std::size_t day = TRY(table.column({"transaction_date"}));
  const std::size_t amount = TRY(table.column({"amount"}));
  Side side;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string place = table.place(row);
    const base::Date date = TRY(at_place(base::Date::parse(table.at(row, day)), place));
    const std::int64_t cents = TRY(cents_of(table.at(row, amount), place));
    side.ids.emplace_back(table.at(row, id));
    side.rows.push_back({std::string(table.at(row, memo)), date, cents});
  }
  return side;
}

std::map<std::string_view, std::uint32_t> places_of(const std::vector<std::string>& ids) {
  std::map<std::string_view, std::uint32_t> places;
  for (std::uint32_t at = 0; at < ids.size(); ++at) places.emplace(ids[at], at);
  return places;
}

// Pairs whose rows are not in the two files teach nothing here.
Result<std::vector<KnownPair>> read_confirmed(const std::string& path, const Side& origins,
                                              const Side& destinations) {
  std::vector<KnownPair> pairs;
  if (path.empty()) return pairs;
  const Table table = TRY(Table::read(path));
  const std::size_t origin = TRY(table.column({"origin_id", "unique_id"}));
  const std::size_t destination = TRY(table.column({"destination_id", "ground_truth"}));
  const auto places_of_origins = places_of(origins.ids);
  const auto places_of_destinations = places_of(destinations.ids);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto a = places_of_origins.find(table.at(row, origin));
    const auto b = places_of_destinations.find(table.at(row, destination));
    if (a == places_of_origins.end() || b == places_of_destinations.end()) continue;
    pairs.push_back({a->second, b->second});
  }
  if (pairs.empty()) {
    return base::fail("no_confirmed_pair", "no confirmed pair has its rows in the two files", path);
  }
  return pairs;
}

// 0.999986: never rounded up to certainty.
std::string probability_text(double probability) {
  const auto millionths = std::min(
      kMillion - 1, static_cast<std::int64_t>(probability * static_cast<double>(kMillion)));
  return "0." + std::to_string(kMillion + millionths).substr(1);
}

}  // namespace

Outcome lab_remittance(const LabRemittanceOptions& options) {
  const Side origins = TRY(read_side(options.origin));
  const Side destinations = TRY(read_side(options.destination));
  const auto confirmed = TRY(read_confirmed(options.truth, origins, destinations));
  const auto matching = domain::matching::match(origins.rows, destinations.rows, confirmed);
  std::string csv = "origin_id,destination_id,probability\n";
  for (const auto& pair : matching.booked) {
    csv += csv_field(origins.ids[pair.origin]) + ',' +
           csv_field(destinations.ids[pair.destination]) + ',' +
           probability_text(pair.probability) + '\n';
  }
  TRY(write_output(options.out, csv));
  base::Json json;
  json.set("origins", origins.ids.size())
      .set("destinations", destinations.ids.size())
      .set("confirmed", confirmed.size())
      .set("candidates", matching.candidates)
      .set("pairs", matching.booked.size())
      .set("out", options.out);
  return Answer{json, std::to_string(matching.booked.size()) + " pairs of " +
                          std::to_string(origins.ids.size()) + " and " +
                          std::to_string(destinations.ids.size()) + " rows: " + options.out + "\n"};
}

}  // namespace app::cli
