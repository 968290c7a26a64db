#include "tests/scenarios/world.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/result/check.h"
#include "flows/billing/run_billing.h"
#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/load_operator.h"
#include "flows/operations/verify_store.h"
#include "formats/source/mapping.h"
#include "support/config/toml.h"
#include "tests/scenarios/narrate.h"
#include "tests/support/shipped_rules.h"

namespace scenarios {
namespace {

using base::Result;

constexpr std::string_view kDivision = "broadband";
constexpr std::size_t kRejectsMax = 1'000;
// Small, so that a few customers already are several batches.
constexpr std::int64_t kBatchAccounts = 2;

// What a country settles for an operator that says nothing itself.
struct CountryDefaults {
  std::string_view code, country, currency, time_zone, language, reference_scheme;
  std::string_view organisation_number;  // Nobody real has it.
};
constexpr CountryDefaults kCountries[] = {
    {"se", "SE", "SEK", "Europe/Stockholm", "sv", "se_ocr_luhn_length", "556999-1424"},
    {"fi", "FI", "EUR", "Europe/Helsinki", "fi", "fi_viite", "1234567-1"},
};

Result<> set_country(domain::Operator& seller, std::string_view code) {
  const auto found = std::ranges::find(kCountries, code, &CountryDefaults::code);
  if (found == std::end(kCountries)) {
    return base::fail("bad_scenario", "there is no country '" + std::string(code) + "' here");
  }
  seller.country = found->country;
  seller.currency = TRY(base::Currency::parse(found->currency));
  seller.time_zone = found->time_zone;
  seller.language = found->language;
  seller.reference_scheme = found->reference_scheme;
  seller.organisation_number = found->organisation_number;
  seller.address.country = found->country;
  return {};
}

domain::Operator default_operator() {
  domain::Operator seller;
  seller.code = "scenario";
  seller.legal_name = "Norrskenet AB";
  seller.brand = "Norrskenet";
  seller.address = {{"Storgatan 1"}, "111 22", "Stockholm", "SE"};
  seller.payee.bankgiro = "5050-1055";
  seller.invoice_series = "A";
  seller.first_invoice_number = 1001;
  seller.divisions = {{std::string(kDivision), "Bredband"}};
  CHECK(set_country(seller, kCountries[0].code).has_value());
  return seller;
}

domain::CatalogueItem make_item(const std::string& code, domain::ItemKind kind) {
  return {.code = code,
          .kind = kind,
          .division = std::string(kDivision),
          .names = {{"", code}},
          .prices = {},
          .campaign = {}};
}

std::vector<domain::CatalogueItem> default_catalogue() {
  const auto priced = [](const char* code, domain::ItemKind kind, const char* price) {
    domain::CatalogueItem item = make_item(code, kind);
    item.prices.push_back({.valid_from = base::Date::parse("2020-01-01").value(),
                           .price = {base::Decimal::parse(price).value()},
                           .includes_vat = false,
                           .vat_class = "standard"});
    return item;
  };
  return {priced("FIBER100", domain::ItemKind::kPlan, "319.20"),
          priced("FIBER250", domain::ItemKind::kPlan, "399.20"),
          priced("ROUTER", domain::ItemKind::kOneOff, "796.00")};
}

const formats::source::Mapping& broadband() {
  static const formats::source::Mapping kMapping = [] {
    const std::string path = "mappings/broadband.toml";
    std::ifstream file(TELGIRO_SOURCE_DIR "/" + path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return formats::source::read_mapping(config::parse_toml(text, path).value(), path).value();
  }();
  return kMapping;
}

Result<const formats::source::RecordMapping*> find_mapping(std::string_view source) {
  return broadband().find(source.substr(source.find('.') + 1));
}

Said error_said(const base::Error& error) { return {"error " + error.code}; }

}  // namespace

World::World(storage::sql::Engine engine, bool has_catalogue)
    : test_(engine), seller_(default_operator()) {
  if (!has_catalogue) items_ = default_catalogue();
}

Result<Said> World::perform(const Step& step) {
  advance_clock(step.first().day);
  auto said = act(step);
  if (said || said.error().code == "bad_scenario") return said;
  return error_said(said.error());
}

// Noon, so that it is the same day in every zone; then a minute a step, so that no two facts are
// of one instant.
void World::advance_clock(const std::optional<base::Date>& day) {
  constexpr std::int64_t kMinute = 60 * base::kMicrosPerSecond;
  if (day && *day != today_) {
    today_ = *day;
    test_.clock.set(base::Instant::at_start_of(today_) + 12 * 60 * kMinute);
  } else {
    test_.clock.set(test_.clock.now() + kMinute);
  }
}

Result<Said> World::act(const Step& step) {
  if (std::holds_alternative<GiveRecord>(step.first().command)) return import_records(step);
  return std::visit(
      [this](const auto& command) -> Result<Said> {
        if constexpr (std::is_same_v<std::decay_t<decltype(command)>, GiveRecord>) {
          return Said{};
        } else {
          return act(command);
        }
      },
      step.first().command);
}

// --- Settings. They are loaded when something first needs them, and again when they change.

Result<> World::load_operator() {
  if (operator_is_loaded_) return {};
  auto catalogue = domain::Catalogue::make(items_);
  if (!catalogue) return base::fail("bad_scenario", base::describe(catalogue.error()));
  TRY(flows::load_operator(store(), test_.clock, seller_, *catalogue));
  operator_is_loaded_ = true;
  return {};
}

Result<Said> World::act(const SetCountry& command) {
  operator_is_loaded_ = false;
  TRY(set_country(seller_, command.code));
  return Said{};
}

Result<Said> World::act(const SetOperator& command) {
  operator_is_loaded_ = false;
  if (command.reference_scheme) seller_.reference_scheme = *command.reference_scheme;
  if (command.grouping) seller_.default_profile.grouping = *command.grouping;
  if (command.due_days) seller_.default_profile.due_days = *command.due_days;
  if (command.first_number) seller_.first_invoice_number = *command.first_number;
  return Said{};
}

Result<Said> World::act(const SetPrice& command) {
  operator_is_loaded_ = false;
  auto item = std::ranges::find(items_, command.item, &domain::CatalogueItem::code);
  if (item == items_.end()) {
    item = items_.insert(items_.end(), make_item(command.item, command.kind));
  }
  std::erase_if(item->prices, [&](const domain::PriceRow& row) {
    return row.valid_from == command.row.valid_from;
  });
  item->prices.push_back(command.row);
  std::ranges::sort(item->prices, {}, &domain::PriceRow::valid_from);
  return Said{};
}

Result<Said> World::act(const SetCampaign& command) {
  operator_is_loaded_ = false;
  domain::CatalogueItem item = make_item(command.item, domain::ItemKind::kCampaign);
  item.campaign = command.terms;
  std::erase_if(items_, [&](const auto& known) { return known.code == command.item; });
  items_.push_back(std::move(item));
  return Said{};
}

// --- Files of the division.

World::SourceFile World::new_file(RecordFile kind, std::string text) {
  const std::string stem = kind == RecordFile::kCustomers ? "bredband_kunder_" : "bredband_order_";
  return {kind, stem + std::to_string(files_.size() + 1) + ".csv", std::move(text)};
}

Result<Said> World::import_records(const Step& step) {
  std::vector<const GiveRecord*> records;
  for (const Statement& statement : step.statements) {
    records.push_back(std::get_if<GiveRecord>(&statement.command));
  }
  std::string text = TRY(division_.write(records));
  files_.push_back(new_file(records.front()->file, std::move(text)));
  return import_file(files_.back());
}

// Silent where every record was new and nothing was left out.
Result<Said> World::import_file(const SourceFile& file) {
  TRY(load_operator());
  const flows::ImportRequest request{.mapping = *TRY(find_mapping(source_of(file.kind))),
                                     .operator_code = seller_.code};
  const auto report = TRY(flows::import_source_file(
      store(), test_.clock, flows::Snapshot::of_text(file.name, file.text), request, nullptr));
  if (report.was_imported) return Said{"was imported before"};
  Said said;
  if (report.file.repeated > 0) {
    said.push_back(std::to_string(report.file.repeated) + " of " +
                   std::to_string(report.file.records) + " repeated");
  }
  ports::RejectFilter filter;
  filter.file = report.file.id;
  for (const ports::Reject& reject : TRY(rejects_of(filter))) said.push_back(tell_reject(reject));
  return said;
}

Result<Said> World::act(const ImportAgain& command) {
  if (!command.everything) {
    if (files_.empty()) return base::fail("bad_scenario", "no file came before this line");
    return import_file(files_.back());
  }
  Said said;
  for (const RecordFile kind : {RecordFile::kCustomers, RecordFile::kOrders}) {
    std::string text = TRY(division_.write_all(kind));
    if (text.empty()) continue;
    files_.push_back(new_file(kind, std::move(text)));
    for (std::string& line : TRY(import_file(files_.back()))) said.push_back(std::move(line));
  }
  return said;
}

Result<std::vector<ports::Reject>> World::rejects_of(const ports::RejectFilter& filter) {
  return TRY(flows::list_rejects(store(), filter, {}, kRejectsMax)).rejects;
}

flows::RejectTools World::reject_tools() {
  return {.store = store(),
          .clock = test_.clock,
          .find_mapping = find_mapping,
          .operator_code = seller_.code};
}

Result<Said> World::act(const CorrectReject& command) {
  TRY(load_operator());
  ports::RejectFilter filter;
  filter.state = "open";
  filter.mapping = source_of(command.record.file);
  const auto open = TRY(rejects_of(filter));
  const auto reject = std::ranges::find_if(open, [&](const ports::Reject& each) {
    return each.raw.starts_with(command.record.key + ";");
  });
  if (reject == open.end()) {
    return base::fail("bad_scenario", "no record of " + command.record.name + " is rejected");
  }
  const auto correction = TRY(flows::correct_reject(reject_tools(), reject->id,
                                                    division_.line_of(command.record), "clerk"));
  Said said;
  for (const ports::Reject& remark : correction.remarks) said.push_back(tell_reject(remark));
  if (correction.taken) said.emplace_back("taken");
  return said;
}

Result<Said> World::act(const RetakeRejects&) {
  TRY(load_operator());
  const auto report = TRY(flows::retake_rejects(reject_tools(), {}, "clerk"));
  return Said{std::to_string(report.taken) + " of " + std::to_string(report.tried) + " taken"};
}

// --- Runs, and what people look at.

Result<Said> World::act(const RunBilling& command) {
  TRY(load_operator());
  const crypto::Key link_key = tests::test_master_key();
  const flows::BillingTools tools{store(), test_.clock, formats::law::shipped_book(), link_key};
  const flows::RunRequest request{
      .day = flows::closing_day(command.period.value_or(base::Month::of(today_).previous())),
      .dry_run = command.dry,
      .workers = command.workers,
      .batch_accounts = kBatchAccounts,
      .actor = "scenario"};
  return tell_run(store(), TRY(flows::run_billing(tools, request, nullptr)), command.with_lines);
}

Result<Said> World::act(const ShowPage& command) {
  Said said;
  for (const StoredBill& stored : TRY(load_bills(store(), std::nullopt))) {
    if (stored.invoice.buyer.name != command.name) continue;
    const auto token =
        flows::link_token(tests::test_master_key(), stored.bill.id, flows::kIssueAttempt);
    const auto shown = TRY(flows::show_bill_by_link(store(), test_.clock, token));
    said.push_back(tell_bill_face(stored, shown.view));
  }
  return said;
}

Result<Said> World::act(const ShowBalances&) { return tell_balances(store()); }

Result<Said> World::act(const ShowRejects&) {
  Said said;
  for (const ports::Reject& reject : TRY(rejects_of({}))) {
    said.push_back(tell_reject(reject) + (reject.state == "notice" ? "" : "  " + reject.state));
  }
  return said;
}

Result<Said> World::act(const ShowVerification&) {
  return tell_verification(TRY(flows::verify_store(store())));
}

Result<> World::check_store() {
  const auto report = TRY(flows::verify_store(store()));
  if (report.problems.empty()) return {};
  std::string text = "what is stored does not agree with itself:";
  for (const std::string& line : tell_verification(report)) text += "\n  " + line;
  return base::fail("store_disagrees", text);
}

}  // namespace scenarios
