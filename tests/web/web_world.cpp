#include "tests/web/web_world.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "flows/access/api_tokens.h"
#include "flows/access/create_user.h"
#include "flows/operations/import_source_file.h"
#include "tests/flows/aurora.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/support/shipped_fonts.h"
#include "tests/support/shipped_rules.h"
#include "web/console/page.h"

namespace tests {
namespace {

constexpr std::string_view kCustomers =
    "kundnr;namn;personnr_orgnr;adress;postnr;ort;epost;telefon;plan;startdatum;slutdatum;kampanj;"
    "faktura_form;skapad\n"
    "70001;Elin Berg;;Storgatan 1;111 22;Stockholm;elin@example.se;;FIBER100;2024-01-01;;;epost;\n"
    "70002;Olle Dahl;;Storgatan 2;111 22;Stockholm;olle@example.se;;FIBER100;2024-01-01;;;epost;\n"
    "70003;Siv Ek;;Storgatan 3;111 22;Stockholm;siv@example.se;;FIBER100;2024-01-01;;;epost;\n"
    "70004;Nils Gran;;Storgatan 4;111 22;Stockholm;nils@example.se;;NOPLAN;2024-01-01;;;epost;\n"
    "70005;Eva Hed;;Storgatan 5;111 22;Stockholm;eva@example.se;;FIBER100;2026-13-45;;;epost;\n";

template <class T>
T value_of(base::Result<T> result) {
  if (!result) throw std::runtime_error(base::describe(result.error()));
  return *std::move(result);
}

void expect_done(const base::Result<>& result) {
  if (!result) throw std::runtime_error(base::describe(result.error()));
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

flows::BillingTools billing_tools(TestStore& store) {
  static const crypto::Key kLinkKey = test_master_key();
  return {store.store(), store.clock, formats::law::shipped_book(), kLinkKey};
}

}  // namespace

std::string shipped_asset(std::string_view name) {
  return read_file(std::string(TELGIRO_SOURCE_DIR "/src/web/assets/") + std::string(name));
}

const web::TemplateSet& shipped_templates() {
  static const web::TemplateSet kTemplates = [] {
    const std::filesystem::path folder = TELGIRO_SOURCE_DIR "/src/web/templates";
    std::vector<web::TemplateFile> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".html") continue;
      auto name = std::filesystem::relative(entry.path(), folder).replace_extension();
      files.push_back({name.generic_string(), entry.path().string(), read_file(entry.path())});
    }
    std::vector<std::string> languages;
    for (const auto language : locale::kLanguages) languages.emplace_back(locale::code(language));
    return value_of(web::TemplateSet::compile(
        std::move(files), std::move(languages),
        [](std::string_view language, std::string_view key) -> base::Result<std::string> {
          return std::string(TRY(
              locale::shipped_catalogue().find_text(TRY(locale::parse_language(language)), key)));
        }));
  }();
  return kTemplates;
}

WebWorld::WebWorld(const WebOptions& options) : store_(options.engine, options.wrap) {
  add_users();
  if (options.with_bills) add_bills();
  jobs_ = std::make_unique<flows::JobRunner>(flows::JobTools{billing_tools(store_), 1},
                                             flows::job_kinds(), flows::JobOptions{});
  const auto style =
      web::console_style_sheet(shipped_asset("bill.css"), shipped_asset("console.css"));
  application_ = std::make_unique<web::Application>(web::Dependencies{
      .store = switchable_,
      .clock = store_.clock,
      .random = random_,
      .texts = locale::shipped_catalogue(),
      .templates = shipped_templates(),
      .console_style = style,
      .console_live = web::bill::make_live_script(shipped_asset("console_live.js"), style),
      .bill = {.store = switchable_,
               .clock = store_.clock,
               .catalogue = locale::shipped_catalogue(),
               .templates = shipped_templates(),
               .style = web::bill::make_style_sheet(shipped_asset("bill.css")),
               .seller = nullptr,
               .public_url = options.settings.public_url,
               .build = "test",
               .report = nullptr,
               .fonts = &formats::document::pdf::shipped_fonts()},
      .find_mapping = find_mapping,
      .check_health = [this]() -> base::Result<> {
        TRY(switchable_.begin(ports::TransactionKind::kRead));
        return {};
      },
      .job_added = [this] { ++jobs_added_; },
      .settings = options.settings,
      .rule_book = &formats::law::shipped_book(),
      .link_key = &billing_tools(store_).link_key,
      .gateways = options.gateways});
  server_.emplace(value_of(web::Server::start(*application_, {.threads = 4})));
}

flows::AccessPorts WebWorld::access() { return {store_.store(), store_.clock, random_}; }

std::string WebWorld::login_of(domain::Role role) { return std::string(domain::to_text(role)); }

void WebWorld::add_users() {
  // One hash for all: to make one takes a tenth of a second, on purpose.
  static const std::string kHash = value_of(crypto::hash_password(kPassword));
  expect_done(ports::run_in_transaction(
      store_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        for (const domain::RoleRow& row : domain::roles()) {
          ports::User user;
          user.login = row.name;
          user.id =
              crypto::make_random_id<domain::UserId>(store_.random, store_.clock.now(), user.login);
          user.name = std::string(row.name) + " <b>";
          user.language = "sv";
          user.password_hash = kHash;
          user.recorded = store_.clock.now();
          TRY(transaction.access().add_user(user));
          TRY(transaction.access().set_roles(user.id, {row.role}));
        }
        return {};
      }));
}

void WebWorld::add_bills() {
  load_aurora(store_.store(), store_.clock);
  value_of(flows::import_source_file(
      store_.store(), store_.clock, flows::Snapshot::of_text("kunder.csv", std::string(kCustomers)),
      {.mapping = broadband("customers"), .operator_code = "aurora"}, {}));
  flows::RunRequest request;
  request.day = flows::closing_day(value_of(base::Month::parse("2026-10")));
  value_of(flows::run_billing(billing_tools(store_), request, nullptr));
}

std::string WebWorld::token(domain::Role role, domain::PermissionSet scopes) {
  flows::NewApiToken wanted;
  wanted.login = login_of(role);
  wanted.name = "token " + std::to_string(++tokens_made_);
  for (const domain::PermissionRow& row : domain::permissions()) {
    const bool has = domain::permissions_of({role}).has(row.permission);
    if (scopes.is_empty() ? has : scopes.has(row.permission)) wanted.scopes.add(row.permission);
  }
  return value_of(flows::create_api_token(access(), wanted, "test")).secret;
}

std::unique_ptr<HttpClient> WebWorld::anybody() const {
  return std::make_unique<HttpClient>(port());
}

std::unique_ptr<HttpClient> WebWorld::api(domain::Role role) {
  auto client = anybody();
  client->set_header("Authorization", "Bearer " + token(role));
  return client;
}

std::unique_ptr<HttpClient> WebWorld::console(domain::Role role) {
  auto client = anybody();
  if (sign_in(*client, login_of(role), kPassword).status != 303) {
    throw std::runtime_error("cannot sign in");
  }
  return client;
}

HttpAnswer WebWorld::sign_in(HttpClient& client, std::string_view login,
                             std::string_view password) const {
  const HttpAnswer form = client.get("/console/sign-in");
  client.set_header("Cookie", form.cookie("telgiro_form"));
  HttpAnswer answer =
      client.post_form("/console/sign-in", {{"form_token", field_of(form, "form_token")},
                                            {"login", std::string(login)},
                                            {"password", std::string(password)}});
  if (const std::string session = answer.cookie("telgiro_session"); !session.empty()) {
    client.set_header("Cookie", session);
  }
  return answer;
}

void WebWorld::advance_seconds(std::int64_t seconds) {
  clock().set(clock().now() + seconds * base::kMicrosPerSecond);
}

std::vector<std::string> WebWorld::audit() {
  const auto transaction = value_of(store().begin(ports::TransactionKind::kRead));
  std::vector<std::string> rows;
  for (const ports::AuditRow& row : value_of(transaction->access().list_audit(1000))) {
    rows.push_back(row.actor + " " + row.action + " " + row.subject);
  }
  return rows;
}

std::string field_of(const HttpAnswer& page, std::string_view name) {
  const std::string mark = "name=\"" + std::string(name) + "\" value=\"";
  const std::size_t at = page.body.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t from = at + mark.size();
  return page.body.substr(from, page.body.find('"', from) - from);
}

}  // namespace tests
