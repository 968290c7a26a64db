// Written bank files are read back as what they were made of, the same bytes each time, and the
// camt ones fit ISO 20022's schemas where xmllint and the schemas are there.
#include "formats/bank/writing/bank_writers.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/read_bank_file.h"

namespace formats::bank {
namespace {

using base::Money;
using domain::MoneyDirection;

Money kr(std::int64_t kronor) { return Money(kronor * 100, base::Currency()); }

domain::BankEntryDetail detail(std::string reference, std::int64_t kronor) {
  domain::BankEntryDetail detail;
  detail.reference = std::move(reference);
  detail.amount = kr(kronor);
  return detail;
}

WrittenFile sample(std::string account) {
  WrittenFile file{.id = "M1", .created = "2026-11-20T18:00:00", .statements = {}};
  auto& part = file.statements.emplace_back();
  part.statement.id = "S1";
  part.statement.account = std::move(account);
  part.statement.currency = "SEK";
  part.statement.to = base::Date::parse("2026-11-20").value();
  part.statement.opening = domain::BankBalance{kr(-5), part.statement.to};
  part.statement.closing = domain::BankBalance{kr(1'795), part.statement.to};
  domain::BankEntry entry;
  entry.amount = kr(1'000);
  entry.booking_date = entry.value_date = part.statement.to;
  entry.reference = "1000117";
  entry.bank_reference = "000000000001";
  entry.payer.name = "Åsa & Öberg <AB>";
  part.entries.push_back(entry);
  entry.amount = kr(900);
  entry.bank_reference = "000000000002";
  entry.reference.clear();
  entry.details = {detail("1000125", 500), detail("1000133", 400)};
  part.entries.push_back(entry);
  entry.details.clear();
  entry.amount = kr(100);
  entry.bank_reference = "000000000003";
  entry.direction = MoneyDirection::kDebit;
  entry.reversal = true;
  entry.remittance = {"Återtagen"};
  part.entries.push_back(entry);
  return file;
}

TEST(BankWriters, WhatIsWrittenIsReadBack) {
  for (const BankWriter& writer : bank_writers()) {
    SCOPED_TRACE(writer.format);
    const bool giro = writer.format == "bgmax";
    const WrittenFile file = sample(giro ? "50501055" : "SE4550000000058398257466");
    const std::string bytes = writer.write(file);
    EXPECT_EQ(bytes, writer.write(file));
    const auto read = tests::read_bank_file(bytes);
    EXPECT_EQ(read.format, writer.format);
    EXPECT_TRUE(read.control.agrees);
    EXPECT_EQ(read.problem_lines(), std::vector<std::string>{});
    ASSERT_EQ(read.entries.size(), 3U);
    EXPECT_EQ(read.entries[0].account, file.statements[0].statement.account);
    EXPECT_EQ(read.entries[0].amount, kr(1'000));
    EXPECT_EQ(read.entries[0].bank_reference, "000000000001");
    EXPECT_EQ(read.entries[0].booking_date, file.statements[0].statement.to);
    ASSERT_EQ(read.entries[1].details.size(), 2U);
    EXPECT_EQ(read.entries[1].details[1].reference, "1000133");
    EXPECT_EQ(read.entries[1].details[1].amount, kr(400));
    EXPECT_EQ(read.entries[2].direction, MoneyDirection::kDebit);
    const auto& first = read.entries[0];
    const bool in_detail = !first.details.empty();
    EXPECT_EQ(in_detail ? first.details[0].reference : first.reference, "1000117");
    EXPECT_EQ(in_detail ? first.details[0].payer.name : first.payer.name, "Åsa & Öberg <AB>");
  }
}

TEST(BankWriters, TheyAreNamed) {
  EXPECT_EQ(find_bank_writer("camt.053").value()->format, "camt.053");
  EXPECT_EQ(find_bank_writer("mt940").error().code, "unknown_value");
}

TEST(BankWriters, CamtFitsItsSchema) {
  namespace fs = std::filesystem;
  const fs::path schemas = fs::path(TELGIRO_SOURCE_DIR).parent_path() / "shared/data/bank/xsd";
  if (!fs::exists(schemas) || std::system("command -v xmllint > /dev/null") != 0) {
    GTEST_SKIP() << "needs ../shared/data/bank/xsd and xmllint";
  }
  for (const BankWriter& writer : bank_writers()) {
    if (writer.format == "bgmax") continue;
    const fs::path file = fs::temp_directory_path() / ("telgiro-" + std::string(writer.format));
    std::ofstream(file, std::ios::binary) << writer.write(sample("SE4550000000058398257466"));
    const std::string command = "xmllint --noout --schema " + schemas.string() + "/" +
                                std::string(writer.format) + ".001.08.xsd " + file.string() +
                                " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0) << writer.format;
    fs::remove(file);
  }
}

}  // namespace
}  // namespace formats::bank
