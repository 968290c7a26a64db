// The fixture of tests that import broadband files: a store with Aurora loaded, on both engines.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/intake/problem_codes.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/rejects.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/flows/aurora.h"
#include "tests/support/stores.h"

namespace tests {

// The tests' texts are UTF-8; the division's files are Latin-1.
[[nodiscard]] inline std::string latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0xC3) {
      bytes.push_back(static_cast<char>(static_cast<unsigned char>(text[++at]) + 0x40));
    } else {
      bytes.push_back(text[at]);
    }
  }
  return bytes;
}

// A customer's line that differs in what a test is about.
struct Line {
  std::string number = "B1";
  std::string name = "Karin Björk";
  std::string identity = "";
  std::string email = "karin@example.com";
  std::string plan = "FIBER250";
  std::string starts = "2025-05-28";
  std::string ends = "";
  std::string delivery = "epost";

  [[nodiscard]] std::string text() const {
    return latin1(number + ";" + name + ";" + identity + ";Hamngatan 43;903 26;Umeå;" + email +
                  ";;" + plan + ";" + starts + ";" + ends + ";;" + delivery + ";2025-05-28\n");
  }
};

inline constexpr std::string_view kCustomerHeader =
    "kundnr;namn;personnr_orgnr;adress;postnr;ort;epost;telefon;plan;startdatum;slutdatum;kampanj;"
    "faktura_form;skapad\n";
inline constexpr std::string_view kOrderHeader =
    "ordernr;kundnr;datum;artikel;antal;pris_exkl_moms;betalsatt\n";

class ImportFixture : public ::testing::TestWithParam<storage::sql::Engine> {
 protected:
  void SetUp() override { renew(); }

  // Begins anew with a store that holds the operator and the catalogue, and nothing else.
  void renew() {
    test_ = std::make_unique<TestStore>(GetParam());
    load_aurora(store(), clock());
  }
  storage::SqlStore& store() { return test_->store(); }
  base::VirtualClock& clock() { return test_->clock; }

  base::Result<flows::ImportReport> import(std::string_view records,
                                           const flows::Snapshot& source) {
    return flows::import_source_file(
        store(), clock(), source, {.mapping = broadband(records), .operator_code = "aurora"}, {});
  }
  base::Result<flows::ImportReport> import_customers(const std::string& lines) {
    return import("customers",
                  flows::Snapshot::of_text("kunder.csv", std::string(kCustomerHeader) + lines));
  }
  base::Result<flows::ImportReport> import_orders(const std::string& lines) {
    return import("orders",
                  flows::Snapshot::of_text("order.csv", std::string(kOrderHeader) + lines));
  }

  // "accepted/repeated/rejected/notices" or "!code".
  static std::string counts(const base::Result<flows::ImportReport>& report) {
    if (!report) return "!" + report.error().code;
    const auto& file = report->file;
    EXPECT_EQ(file.records, file.accepted + file.repeated + file.rejected);
    std::string text = std::to_string(file.accepted) + "/" + std::to_string(file.repeated) + "/" +
                       std::to_string(file.rejected) + "/" + std::to_string(report->notices);
    return report->was_imported ? text + " before" : text;
  }

  // How many of each code and state, as "code state field: n".
  std::map<std::string, int> rejects() {
    std::map<std::string, int> found;
    const auto page = flows::list_rejects(store(), {}, {}, 10'000);
    for (const ports::Reject& reject : page->rejects) {
      const auto codes = domain::problem_codes();
      EXPECT_NE(std::ranges::find(codes, reject.code), codes.end()) << reject.code;
      ++found[reject.code + " " + reject.state + " " + reject.field];
    }
    return found;
  }

  std::unique_ptr<ports::Transaction> read() {
    return std::move(*store().begin(ports::TransactionKind::kRead));
  }

  std::vector<domain::Account> accounts() {
    std::vector<domain::Account> all;
    EXPECT_OK(read()->parties().for_each_account_in({}, INT64_MAX, [&](const auto& account) {
      all.push_back(account);
      return base::Result<>();
    }));
    return all;
  }
  std::vector<domain::Service> services() {
    std::vector<domain::Service> all;
    EXPECT_OK(read()->parties().load_services({}, INT64_MAX, [&](const auto& service) {
      all.push_back(service);
      return base::Result<>();
    }));
    return all;
  }
  std::vector<domain::Charge> charges() {
    std::vector<domain::Charge> all;
    const ports::ChargeWindow everything{base::Month::from_index(100'000), INT64_MAX};
    EXPECT_OK(read()->parties().load_charges({}, everything, [&](const auto& charge) {
      all.push_back(charge);
      return base::Result<>();
    }));
    return all;
  }
  std::vector<domain::Customer> customers() {
    return *read()->parties().list_customers({}, 10'000);
  }
  std::vector<std::string> event_kinds(domain::AccountId account) {
    std::vector<std::string> kinds;
    const auto events = read()->events().list(account, 0, 1000);
    for (const auto& event : *events) kinds.push_back(event.fact.kind);
    return kinds;
  }

 private:
  std::unique_ptr<TestStore> test_;
};

}  // namespace tests
