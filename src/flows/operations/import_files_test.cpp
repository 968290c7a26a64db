// Every file of tests/data/import: what was taken, what was refused and why, to the last line.
#include <algorithm>
#include <filesystem>

#include "flows/operations/rejects.h"
#include "tests/flows/import_fixture.h"
#include "tests/support/expected_file.h"

namespace flows {
namespace {

using tests::Line;

constexpr std::string_view kFolder = "tests/data/import";

class ImportFilesTest : public tests::ImportFixture {
 protected:
  // The counts, then a line for each reject: line, field, code, state and reasons.
  std::string outcome_of(const std::string& path) {
    const bool orders = std::filesystem::path(path).filename().string().starts_with("orders");
    if (orders) EXPECT_OK(import_customers(Line{}.text()));
    const auto source = Snapshot::of_file(path, "/tmp");
    if (!source) return base::describe(source.error()) + "\n";
    const auto report = import(orders ? "orders" : "customers", *source);
    if (!report) return base::describe(report.error()) + "\n";
    const auto& file = report->file;
    std::string text = std::to_string(file.accepted) + " accepted, " +
                       std::to_string(file.repeated) + " repeated, " +
                       std::to_string(file.rejected) + " refused\n";
    static_cast<void>(rejects());  // Holds the codes against the registry.
    const auto page = list_rejects(store(), {}, {}, 1000);
    for (const ports::Reject& reject : page->rejects) {
      text += std::to_string(reject.line) + " " + reject.code + " " + reject.state + "\n    " +
              (reject.field.empty() ? "" : "[" + reject.field + "] ") + reject.reason + "\n";
    }
    return text + what_there_is();
  }

  // Customers with their numbers and services, by number.
  std::string what_there_is() {
    std::vector<std::string> lines;
    for (const domain::Customer& customer : customers()) {
      const auto& party = customer.party;
      std::string line = std::to_string(customer.number) + " " + party.name + ", " +
                         std::string(to_text(customer.segment)) + ", " + party.address.postal_code +
                         " " + party.address.city + ", " + party.email + ", " + party.phone;
      const auto sources = read()->parties().sources_of(customer.id);
      for (const auto& source : *sources) line += "; " + source.number + " " + source.joined_by;
      lines.push_back(line + "\n");
    }
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines) text += line;
    for (const domain::Charge& charge : charges()) {
      text += charge.record_id + " " + charge.item + " " + charge.quantity.to_string() + " x " +
              charge.unit_price.amount.to_string() + " = " + charge.net.to_decimal_string() + " " +
              std::string(to_text(charge.payment)) + "\n";
    }
    return text;
  }
};

std::vector<std::string> files() {
  std::vector<std::string> names;
  const std::filesystem::path folder =
      std::filesystem::path(TELGIRO_SOURCE_DIR) / std::string(kFolder);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

TEST_P(ImportFilesTest, EveryFile) {
  const std::vector<std::string> names = files();
  ASSERT_FALSE(names.empty());
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const std::string path = std::string(kFolder) + "/" + name;
    renew();
    std::string outcome = outcome_of(std::string(TELGIRO_SOURCE_DIR) + "/" + path);
    tests::expect_file(path.substr(0, path.rfind('.')) + ".expected", outcome);
  }
}
// What engines do with them is import_source_file_test's matter.
INSTANTIATE_TEST_SUITE_P(, ImportFilesTest, ::testing::Values(storage::sql::Engine::kSqlite));

}  // namespace
}  // namespace flows
