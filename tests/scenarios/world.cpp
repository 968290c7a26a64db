#include "tests/scenarios/world.h"

#include <algorithm>
#include <set>

#include "base/result/check.h"
#include "flows/billing/run_billing.h"
#include "flows/care/change_profile.h"
#include "flows/care/credit_bill.h"
#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/load_operator.h"
#include "flows/operations/verify_store.h"
#include "ports/parties.h"
#include "tests/flows/aurora.h"
#include "tests/scenarios/narrate.h"
#include "tests/scenarios/service_verbs.h"
#include "tests/support/shipped_rules.h"

namespace scenarios {
namespace {

using base::Result;

constexpr const char* kDivision = "broadband";
constexpr std::size_t kRejectsMax = 1'000;
// Small, so that a few customers already are several batches.
constexpr std::int64_t kBatchAccounts = 2;

constexpr std::string_view kMadeUp = "xx";

// What a country settles for an operator that says nothing itself.
struct CountryDefaults {
  std::string_view code, country, currency, time_zone, language, reference_scheme;
  std::string_view organisation_number;  // Nobody real has it.
};
constexpr CountryDefaults kCountries[] = {
    {"se", "SE", "SEK", "Europe/Stockholm", "sv", "se_ocr_luhn_length", "556999-1424"},
    {"de", "DE", "EUR", "Europe/Berlin", "de", "iso11649_rf", "DE136695976"},
    {"fi", "FI", "EUR", "Europe/Helsinki", "fi", "fi_viite", "1234567-1"},
    {"dk", "DK", "DKK", "Europe/Copenhagen", "da", "dk_fik71", "12345674"},
    {"no", "NO", "NOK", "Europe/Oslo", "nb", "no_kid_mod10", "910000004"},
    {"es", "ES", "EUR", "Europe/Madrid", "es", "iso11649_rf", "A12345674"},
    {"it", "IT", "EUR", "Europe/Rome", "it", "iso11649_rf", "12345678903"},
    {kMadeUp, "DE", "EUR", "UTC", "sv", "iso11649_rf", "DE136695976"},
};

// The shipped rules, and those of a country that does not exist: VAT of 25, 20 and 10 % and no
// rounding. Other systems' examples are played there. It is Germany in all else.
const domain::RuleBook& made_up_book() {
  static const domain::RuleBook kBook = [] {
    const auto shipped = formats::law::shipped_book().rules();
    std::vector<domain::CountryRule> rules(shipped.begin(), shipped.end());
    const std::string path = "tests/data/made_up_country.csv";
    auto own = formats::law::read_rules(
        formats::law::read_test_file(std::string(TELGIRO_SOURCE_DIR) + "/" + path), path,
        domain::RuleOrigin::kOperator);
    CHECK(own.problems.empty() && !own.rules.empty());
    for (domain::CountryRule& rule : own.rules) rules.push_back(std::move(rule));
    return domain::RuleBook::make(std::move(rules)).value();
  }();
  return kBook;
}

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
  seller.divisions = {{kDivision, "Bredband"}, {"mobile", "Mobil"}, {"streaming", "Play"}};
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

Said error_said(const base::Error& error) { return {"error " + error.code}; }

}  // namespace

World::World(storage::sql::Engine engine, bool has_catalogue)
    : test_(engine), law_(&formats::law::shipped_book()), seller_(default_operator()) {
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
  law_ = command.code == kMadeUp ? &made_up_book() : &formats::law::shipped_book();
  return Said{};
}

Result<Said> World::act(const SetOperator& command) {
  operator_is_loaded_ = false;
  if (command.reference_scheme) seller_.reference_scheme = *command.reference_scheme;
  if (command.grouping) seller_.default_profile.grouping = *command.grouping;
  if (command.due_days) seller_.default_profile.due_days = *command.due_days;
  if (command.frequency) seller_.default_profile.frequency = *command.frequency;
  if (command.minimum) {
    const auto minimum = TRY(base::Money::parse(command.minimum->to_string(), seller_.currency));
    seller_.default_profile.minimum_minor = minimum.minor();
  }
  if (command.first_number) seller_.first_invoice_number = *command.first_number;
  return Said{};
}

Result<Said> World::act(const SetPrice& command) {
  operator_is_loaded_ = false;
  auto item = std::ranges::find(items_, command.item, &domain::CatalogueItem::code);
  if (item == items_.end()) {
    item = items_.insert(items_.end(), make_item(command.item, command.kind));
    if (!command.division.empty()) item->division = command.division;
  }
  std::erase_if(item->prices, [&](const domain::PriceRow& row) {
    return row.valid_from == command.row.valid_from;
  });
  item->prices.push_back(command.row);
  std::ranges::sort(item->prices, {}, &domain::PriceRow::valid_from);
  return Said{};
}

// In place of one of the same code.
void World::set_item(domain::CatalogueItem item) {
  operator_is_loaded_ = false;
  std::erase_if(items_, [&](const auto& known) { return known.code == item.code; });
  items_.push_back(std::move(item));
}

Result<Said> World::act(const SetUsage& command) {
  domain::CatalogueItem item = make_item(command.item, domain::ItemKind::kUsage);
  item.division = "mobile";
  item.usage = command.usage;
  item.prices = {command.row};
  set_item(std::move(item));
  return Said{};
}

Result<Said> World::act(const SetTerms& command) {
  const auto item = std::ranges::find(items_, command.item, &domain::CatalogueItem::code);
  if (item == items_.end()) {
    return base::fail("bad_scenario", "nothing before this line is called " + command.item);
  }
  operator_is_loaded_ = false;
  item->plan = command.plan;
  for (domain::PriceRow& row : item->prices) {
    if (!command.model) continue;
    row.price = {};
    row.model = command.model;
  }
  return Said{};
}

Result<Said> World::act(const SetCampaign& command) {
  domain::CatalogueItem item = make_item(command.item, domain::ItemKind::kCampaign);
  item.campaign = command.terms;
  set_item(std::move(item));
  return Said{};
}

Result<Said> World::act(const SellAurora&) {
  operator_is_loaded_ = false;
  const auto items = tests::aurora_catalogue().items();
  items_.assign(items.begin(), items.end());
  return Said{};
}

// --- Files of the divisions.

Result<Said> World::import_text(std::string source, const std::string& stem, std::string text) {
  files_.push_back({std::move(source), stem + std::to_string(files_.size() + 1), std::move(text)});
  return import_file(files_.back());
}

Result<Said> World::import_text(RecordFile kind, std::string text) {
  return import_text(std::string(source_of(kind)),
                     kind == RecordFile::kCustomers ? "bredband_kunder_" : "bredband_order_",
                     std::move(text));
}

Result<Said> World::import_records(const Step& step) {
  std::vector<const GiveRecord*> records;
  for (const Statement& statement : step.statements) {
    records.push_back(std::get_if<GiveRecord>(&statement.command));
  }
  std::string text = TRY(division_.write(records));
  return import_text(records.front()->file, std::move(text));
}

// Silent where every record was new and nothing was left out.
Result<Said> World::import_file(const SourceFile& file) {
  TRY(load_operator());
  const flows::ImportRequest request{.mapping = *TRY(tests::find_mapping(file.source)),
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

Result<Said> World::act(const GivePhone& command) {
  return import_text("mobile.subscriptions", "mobil_abonnemang_", mobile_.sim(command, today_));
}

Result<Said> World::act(const GiveUsage& command) {
  std::string text = TRY(mobile_.call(command, today_));
  return import_text("mobile.calls", "mobil_cdr_", std::move(text));
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
    for (std::string& line : TRY(import_text(kind, std::move(text)))) {
      said.push_back(std::move(line));
    }
  }
  return said;
}

Result<std::vector<ports::Reject>> World::rejects_of(const ports::RejectFilter& filter) {
  return TRY(flows::list_rejects(store(), filter, {}, kRejectsMax)).rejects;
}

flows::RejectTools World::reject_tools() {
  return {.store = store(),
          .clock = test_.clock,
          .find_mapping = tests::find_mapping,
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

// --- What accounts choose.

Result<std::vector<domain::AccountId>> World::accounts_of(const std::string& name) {
  const auto transaction = TRY(store().begin(ports::TransactionKind::kRead));
  std::vector<domain::Account> all;
  TRY(transaction->parties().for_each_account_in({}, INT64_MAX,
                                                 [&](const domain::Account& account) -> Result<> {
                                                   all.push_back(account);
                                                   return {};
                                                 }));
  std::vector<domain::AccountId> found;
  for (const domain::Account& account : all) {
    const domain::CustomerId id[] = {account.customer};
    const auto customers = TRY(transaction->parties().find_customers(id));
    if (!customers.empty() && customers.front().party.name == name) found.push_back(account.id);
  }
  return found;
}

Result<Said> World::act(const ChooseProfile& command) {
  TRY(load_operator());
  Said said;
  for (const domain::AccountId account : TRY(accounts_of(command.name))) {
    flows::ProfileWish wish{.account = account, .set = command.set, .actor = "scenario"};
    if (command.minimum) {
      const auto text = command.minimum->to_string();
      wish.set.minimum_minor = TRY(base::Money::parse(text, seller_.currency)).minor();
    }
    TRY(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
      const auto preview = TRY(
          flows::change_profile(transaction, {store(), test_.clock, test_.random}, *law_, wish));
      said.push_back(preview.changes ? "holds from " + preview.holds_from.to_string()
                                     : "is so already");
      return {};
    }));
  }
  if (said.empty()) said.push_back("has no account");
  return said;
}

// --- Runs, and what people look at.

Result<Said> World::act(const RunBilling& command) {
  TRY(load_operator());
  const crypto::Key link_key = tests::test_master_key();
  const flows::BillingTools tools{store(), test_.clock, *law_, link_key};
  const flows::RunRequest request{.day = command.day.value_or(flows::closing_day(
                                      command.period.value_or(base::Month::of(today_).previous()))),
                                  .dry_run = command.dry,
                                  .workers = command.workers,
                                  .batch_accounts = kBatchAccounts,
                                  .actor = "scenario"};
  return tell_run(store(), TRY(flows::run_billing(tools, request, nullptr)), command.with_lines);
}

Result<Said> World::act(const CreditInvoice& command) {
  TRY(load_operator());
  flows::CreditRequest request;
  request.reason = "scenario";
  request.actor = "clerk";
  for (const StoredBill& stored : TRY(load_bills(store(), std::nullopt))) {
    if (std::to_string(stored.invoice.number) != command.number) continue;
    request.account = stored.bill.account;
    request.bill = stored.bill.id;
  }
  if (request.bill.is_nil()) {
    return base::fail("bad_scenario", "there is no invoice " + command.number);
  }
  if (!command.lines.empty()) request.cut = domain::CreditLines{command.lines};
  if (command.service) request.cut = domain::CreditService{*command.service};
  if (command.amount) {
    request.cut = domain::CreditAmount{TRY(base::Money::parse(*command.amount, seller_.currency))};
  }
  const auto outcome = command.dry ? TRY(flows::preview_credit(store(), test_.clock, request))
                                   : TRY(flows::credit_bill(store(), test_.clock, request));
  return tell_credit(outcome, command.with_lines);
}

Result<Said> World::act(const ChangeService& command) {
  TRY(load_operator());
  Said said;
  for (int time = 0; time < command.times; ++time) {
    if (time > 0) test_.clock.set(test_.clock.now() + base::kMicrosPerSecond);
    said = TRY(change_service(store(), test_.clock, command));
  }
  return said;
}

Result<Said> World::act(const MoveMoney& command) {
  TRY(load_operator());
  MoveMoney moved = command;
  moved.currency = seller_.currency;
  return bank_.act(store(), test_.clock, today_, moved);
}

Result<Said> World::act(const ShowCredit& command) {
  Said said;
  std::set<domain::AccountId> told;
  for (const StoredBill& stored : TRY(load_bills(store(), std::nullopt))) {
    if (stored.invoice.buyer.name != command.name) continue;
    if (!told.insert(stored.bill.account).second) continue;
    for (std::string& line : TRY(tell_account_credit(store(), stored.bill.account))) {
      said.push_back(std::move(line));
    }
  }
  return said;
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

Result<Said> World::act(const ShowPapers& command) {
  Said said;
  for (const StoredBill& stored : TRY(load_bills(store(), std::nullopt))) {
    if (stored.invoice.buyer.name == command.name) said.push_back(tell_paper(stored.invoice));
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

Result<Said> World::act(const Calculate& command) { return command.work(); }

Result<> World::check_store() {
  const auto report = TRY(flows::verify_store(store()));
  if (report.problems.empty()) return {};
  std::string text = "what is stored does not agree with itself:";
  for (const std::string& line : tell_verification(report)) text += "\n  " + line;
  return base::fail("store_disagrees", text);
}

}  // namespace scenarios
