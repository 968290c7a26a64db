#include "flows/collections/import_mandates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text/csv.h"
#include "flows/care/find_account.h"
#include "flows/collections/register_mandate.h"

namespace flows {
namespace {

using base::Result;

constexpr std::array<std::string_view, 11> kColumns = {
    "customer", "scheme",    "reference", "creditor",    "name",  "account",
    "identity", "signed_on", "limit",     "notice_days", "debits"};
constexpr std::string_view kRequired[] = {"customer", "scheme", "signed_on"};

// Where each column stands; absent ones nowhere.
using Places = std::array<std::optional<std::size_t>, kColumns.size()>;

Result<Places> read_head(const base::CsvRecord& head, const std::string& name) {
  Places places;
  for (std::size_t at = 0; at < head.fields.size(); ++at) {
    const auto column = std::ranges::find(kColumns, head.fields[at]);
    if (column == kColumns.end()) {
      return base::fail(
          "csv_head",
          "there is no column '" + head.fields[at].substr(0, 40) + "' in a table of mandates",
          name);
    }
    places[static_cast<std::size_t>(column - kColumns.begin())] = at;
  }
  for (const std::string_view required : kRequired) {
    const auto column = std::ranges::find(kColumns, required) - kColumns.begin();
    if (places[static_cast<std::size_t>(column)]) continue;
    return base::fail("csv_head", "the column '" + std::string(required) + "' is missing", name);
  }
  return places;
}

Result<int> whole_number(const std::string& text, std::string_view column) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec == std::errc() && read.ptr == end && value >= 0) return value;
  return base::fail("not_digits", "write a whole number", std::string(column));
}

class Importing {
 public:
  Importing(const domain::RuleBook& rules, const base::Clock& clock,
            const MandateImportRequest& request)
      : rules_(rules), clock_(clock), request_(request) {}

  Result<> run(ports::Transaction& transaction, const Places& places,
               std::span<const base::CsvRecord> records, MandateImportReport& report);

 private:
  Result<NewMandate> read(ports::Transaction& transaction, const base::CsvRecord& record,
                          const Places& places, DebitTerms& terms);
  Result<> read_terms(domain::Mandate& mandate, const base::CsvRecord& record, const Places& places,
                      DebitTerms& terms);
  [[nodiscard]] static std::string field(const base::CsvRecord& record, const Places& places,
                                         std::string_view column) {
    const auto at =
        places[static_cast<std::size_t>(std::ranges::find(kColumns, column) - kColumns.begin())];
    return at && *at < record.fields.size() ? record.fields[*at] : "";
  }

  const domain::RuleBook& rules_;
  const base::Clock& clock_;
  const MandateImportRequest& request_;
};

Result<> Importing::read_terms(domain::Mandate& mandate, const base::CsvRecord& record,
                               const Places& places, DebitTerms& terms) {
  if (const std::string text = field(record, places, "limit"); !text.empty()) {
    const SchemeTerms& scheme = *TRY(terms.of(mandate.scheme));
    mandate.limit = TRY(base::Money::parse(text, scheme.terms.currency));
  }
  if (const std::string text = field(record, places, "notice_days"); !text.empty()) {
    mandate.notice_days = TRY(whole_number(text, "notice_days"));
  }
  if (const std::string text = field(record, places, "debits"); !text.empty()) {
    mandate.debits = TRY(whole_number(text, "debits"));
  }
  return {};
}

Result<NewMandate> Importing::read(ports::Transaction& transaction, const base::CsvRecord& record,
                                   const Places& places, DebitTerms& terms) {
  NewMandate ask;
  ask.is_confirmed = true;
  domain::Mandate& mandate = ask.mandate;
  const auto found = TRY(find_account(transaction, field(record, places, "customer")));
  mandate.account = found.account.id;
  mandate.scheme = TRY(domain::parse_mandate_scheme(field(record, places, "scheme")));
  mandate.reference = field(record, places, "reference");
  mandate.creditor = field(record, places, "creditor");
  mandate.payer_name = field(record, places, "name");
  if (mandate.payer_name.empty()) mandate.payer_name = found.customer.party.name;
  mandate.payer_account = field(record, places, "account");
  mandate.payer_identity = field(record, places, "identity");
  mandate.signed_on = TRY(base::Date::parse(field(record, places, "signed_on")));
  mandate.consent = {
      .given_by = mandate.payer_name, .channel = "import", .at = clock_.now(), .text_version = ""};
  if (mandate.consent.given_by.empty()) mandate.consent.given_by = mandate.reference;
  TRY(read_terms(mandate, record, places, terms));
  return ask;
}

Result<> Importing::run(ports::Transaction& transaction, const Places& places,
                        std::span<const base::CsvRecord> records, MandateImportReport& report) {
  const DebitContext context = TRY(debit_context(transaction, clock_, request_.actor));
  DebitTerms terms = TRY(DebitTerms::load(transaction, rules_, context.day));
  for (const base::CsvRecord& record : records) {
    ++report.rows;
    auto ask = read(transaction, record, places, terms);
    base::Result<domain::Mandate> done =
        ask ? register_mandate(transaction, terms, *std::move(ask), context)
            : base::Result<domain::Mandate>(std::unexpected(ask.error()));
    if (done) {
      ++report.registered;
    } else if (done.error().code == "mandate_exists") {
      ++report.known;
    } else if (done.error().code.starts_with("database_") || done.error().code == "disk_full") {
      return std::unexpected(done.error());
    } else {
      report.problems.push_back(
          {record.line, done.error().place, done.error().code, done.error().text});
    }
  }
  return {};
}

}  // namespace

Result<MandateImportReport> import_mandates(ports::Store& store, const domain::RuleBook& rules,
                                            const base::Clock& clock, std::string_view text,
                                            const std::string& name,
                                            const MandateImportRequest& request) {
  const base::CsvFile table = base::parse_csv(text, name);
  if (table.records.empty()) return base::fail("csv_head", "the table is empty", name);
  const Places places = TRY(read_head(table.records.front(), name));
  MandateImportReport report;
  for (const base::Error& error : table.problems) {
    ++report.rows;
    report.problems.push_back({0, error.place, error.code, error.text});
  }
  std::span<const base::CsvRecord> rest(table.records);
  rest = rest.subspan(1);
  Importing importing(rules, clock, request);
  if (request.dry_run) {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kWrite));
    TRY(importing.run(*transaction, places, rest, report));
    return report;
  }
  while (!rest.empty()) {
    const auto batch = rest.subspan(0, std::min(request.rows_per_batch, rest.size()));
    MandateImportReport next;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
      next = report;
      return importing.run(transaction, places, batch, next);
    }));
    report = std::move(next);
    rest = rest.subspan(batch.size());
  }
  return report;
}

}  // namespace flows
