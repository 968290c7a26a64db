// Mandates: found and listed, one with its proof, its changes and its debits; ended and amended
// with a reason; and registered for a customer who agrees by telephone, to words that the agent
// reads.
#include <algorithm>
#include <memory>

#include "flows/care/find_account.h"
#include "flows/collections/register_mandate.h"
#include "flows/collections/sign_up.h"
#include "ports/mandates.h"
#include "ports/parties.h"
#include "web/api/answer.h"
#include "web/bill/mandate_text.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/mandate_rows.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/typed_amount.h"

namespace web::console {
namespace {

using base::Result;
using domain::Mandate;
using domain::MandateScheme;

constexpr std::string_view kPath = "/console/mandates";
constexpr std::string_view kFields[] = {"state", "scheme", "text"};
constexpr std::string_view kStates[] = {"draft",   "pending",   "active",  "suspended",
                                        "dormant", "cancelled", "rejected"};
constexpr std::string_view kSchemes[] = {"autogiro", "avtalegiro", "sepa_core", "sepa_b2b"};
constexpr std::size_t kRowsAPiece = 500;
constexpr std::size_t kDebitsShown = 100;
constexpr std::size_t kFieldMax = 140;

// What somebody typed is a customer's number, or the reference that a bank knows.
Result<ports::MandateFilter> read_filter(ports::Transaction& transaction, const Fields& fields) {
  ports::MandateFilter filter;
  filter.state = fields.text("state");
  filter.scheme = fields.text("scheme");
  const std::string text = fields.text("text");
  if (text.empty()) return filter;
  if (const auto found = flows::find_account(transaction, text)) {
    filter.account = found->account.id;
  } else {
    filter.reference = text;
  }
  return filter;
}

Result<ports::MandateKey> read_after(const std::string& text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  ports::MandateKey key;
  key.account = TRY(domain::AccountId::parse(text.substr(0, slash)));
  key.mandate = TRY(domain::MandateId::parse(text.substr(std::min(slash + 1, text.size()))));
  return key;
}

std::string mandate_path(const std::string& id) { return std::string(kPath) + "/" + id; }

Result<Mandate> load_mandate(const Call& call, ports::Transaction& transaction) {
  const auto id = TRY(call.id<domain::MandateId>("id"));
  return flows::find_mandate(transaction, id.to_string());
}

Value change_rows(const Call& call, const Mandate& mandate) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  for (const domain::MandateChange& change : mandate.changes) {
    const auto before = [&](std::string_view what, const std::optional<std::string>& value) {
      if (!value) return;
      rows.push(Value::record()
                    .set("day", write.date(change.day, locale::DateStyle::kNumeric))
                    .set("what", say(call, "console.mandate." + std::string(what)))
                    .set("before", *value)
                    .set("told", change.told));
    };
    before("reference", change.reference);
    before("creditor", change.creditor);
    before("account", change.payer_account);
  }
  return rows;
}

Value proof_values(const Call& call, const Moments& moments, const Mandate& mandate) {
  const domain::Consent& consent = mandate.consent;
  return Value::record()
      .set("given_by", consent.given_by)
      .set("channel", say_word(call, "console.mandate.channel.", consent.channel))
      .set("at", moments.text(consent.at))
      .set("text_version", consent.text_version)
      .set("text_sha256", consent.text_sha256)
      .set("ip", consent.ip)
      .set("agent", consent.agent)
      .set("identified_by",
           consent.identified_by.empty()
               ? std::string()
               : say_word(call, "console.mandate.identified.", consent.identified_by));
}

bool is_over(const Mandate& mandate) {
  return mandate.state == domain::MandateState::kCancelled ||
         mandate.state == domain::MandateState::kRejected;
}

Result<Response> mandate_page(const Call& call, std::string problem) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Mandate mandate = TRY(load_mandate(call, *transaction));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Page page{.name = "console/mandate",
            .title = say(call, "console.mandate.title",
                         {{"scheme", std::string(bill::scheme_name(mandate.scheme))},
                          {"reference", mandate.reference}}),
            .status = problem.empty() ? 200 : 422};
  auto debits = TRY(transaction->mandates().list_collections(
      {.account = mandate.account, .limit = kDebitsShown}));
  std::erase_if(debits, [&](const auto& each) { return each.mandate != mandate.id; });
  std::ranges::sort(debits, std::greater(), &domain::Collection::day);
  page.values.set("id", mandate.id.to_string())
      .set("problem", std::move(problem))
      .set("rows", TRY(mandate_rows(call, *transaction, {&mandate, 1})))
      .set("payer_account", mandate.payer_account)
      .set("payer_name", mandate.payer_name)
      .set("limit", mandate.limit ? write.money(*mandate.limit) : std::string())
      .set("proof", proof_values(call, moments, mandate))
      .set("changes", change_rows(call, mandate))
      .set("debits", collection_rows(call, debits));
  if (!is_over(mandate) && call.may(domain::Permission::kAccountsChange)) {
    const bool can_amend = mandate.state != domain::MandateState::kDormant;
    page.values.set("forms", Value::record()
                                 .set("key", form_key(call))
                                 .set("second_key", form_key(call))
                                 .set("can_amend", can_amend)
                                 .set("account", call.form.text("account"))
                                 .set("new_limit", call.form.text("limit"))
                                 .set("reason", call.form.text("reason")));
  }
  return render_page(call, std::move(page));
}

bool is_for_the_form(const base::Error& error) {
  constexpr std::string_view kCodes[] = {
      "missing_reason",        "mandate_step_not_allowed",  "mandate_is_over",
      "nothing_to_change",     "bad_payer_account",         "bad_parameter",
      "amount_not_positive",   "missing_payer_account",     "missing_payer_identity",
      "bad_payer_identity",    "bad_mandate_reference",     "mandate_exists",
      "missing_consent",       "no_debit_agreement",        "several_debit_agreements",
      "mandate_made_at_bank",  "unknown_customer",          "several_accounts",
      "payer_account_is_ours", "account_needs_registration"};
  return std::ranges::find(kCodes, error.code) != std::end(kCodes);
}

Result<Response> after_change(const Call& call, const Result<api::OnceAnswer>& done) {
  if (done) return see_other(done->location);
  if (!is_for_the_form(done.error())) return std::unexpected(done.error());
  return mandate_page(call, done.error().text);
}

Result<flows::MandateWork> work_of(const Call& call) {
  const auto id = TRY(call.id<domain::MandateId>("id"));
  flows::MandateWork work{id.to_string(), call.who.actor(), call.form.text("reason")};
  if (work.reason.empty()) return base::fail("missing_reason", "say why, in a few words");
  return work;
}

// --- By telephone.

struct ByPhone {
  flows::FoundAccount found;
  flows::DebitView debits;
};

Result<ByPhone> by_phone(const Call& call, ports::Transaction& transaction,
                         const std::string& account) {
  ByPhone phone;
  phone.found = TRY(flows::find_account(transaction, account));
  phone.debits =
      TRY(flows::view_debits(transaction, call.web.rules(), call.web.clock, phone.found.account));
  return phone;
}

// The customer hears the mandate in their own language.
locale::Language language_of(const ByPhone& phone) {
  return locale::parse_language(phone.found.customer.language).value_or(locale::Language::kEnglish);
}

Result<Response> phone_page(const Call& call, const Fields& typed, std::string problem) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const ByPhone phone = TRY(by_phone(call, *transaction, typed.text("account")));
  Page page{.name = "console/mandate-new",
            .title = say(call, "console.mandate.new"),
            .status = problem.empty() ? 200 : 422};
  const domain::Party& party = phone.found.customer.party;
  page.values.set("problem", std::move(problem))
      .set("customer", phone.found.customer.id.to_string())
      .set("name", party.name)
      .set("number", std::to_string(phone.found.customer.number));
  const auto& offer = phone.debits.offer;
  if (phone.debits.mandate) {
    page.values.set("standing", phone.debits.mandate->id.to_string());
  } else if (!offer || offer->scheme == MandateScheme::kAvtalegiro) {
    page.values.set("closed",
                    say(call, offer ? "console.mandate.at_bank" : "console.mandate.not_offered"));
  } else {
    const auto language = language_of(phone);
    const bill::Words words(call.web.texts, language);
    Value paragraphs = Value::list();
    for (const std::string& text :
         bill::mandate_text(*offer, phone.debits.seller.legal_name, words, language).paragraphs) {
      paragraphs.push(Value::record().set("text", text));
    }
    const std::string name = typed.text("name");
    page.values.set("form", Value::record()
                                .set("key", form_key(call))
                                .set("of_account", phone.found.account.id.to_string())
                                .set("text_language", std::string(locale::code(language)))
                                .set("paragraphs", std::move(paragraphs))
                                .set("payer", name.empty() ? party.name : name)
                                .set("bank_account", typed.text("bank_account"))
                                .set("asks_identity", !domain::is_sepa(offer->scheme))
                                .set("identity", typed.text("identity")));
  }
  return render_page(call, std::move(page));
}

Result<flows::SignUp> read_phone(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const ByPhone phone = TRY(by_phone(call, *transaction, call.form.text("account")));
  const auto& offer = phone.debits.offer;
  if (!offer) return base::fail("no_debit_agreement", "the account cannot be debited");
  if (call.form.text("agreed") != "yes") {
    return base::fail("missing_consent", "read the words to the customer, who must agree to them");
  }
  const auto language = language_of(phone);
  const bill::Words words(call.web.texts, language);
  const auto text = bill::mandate_text(*offer, phone.debits.seller.legal_name, words, language);
  std::string identity = call.form.text("identity");
  std::erase_if(identity, [](char c) { return c == ' ' || c == '-'; });
  const std::string name = call.form.text("name").substr(0, kFieldMax);
  return flows::SignUp{.account = phone.found.account.id,
                       .scheme = offer->scheme,
                       .creditor = offer->creditor,
                       .payer_name = name,
                       .payer_account = call.form.text("bank_account"),
                       .payer_identity = domain::is_sepa(offer->scheme) ? "" : identity,
                       .consent = {.given_by = name,
                                   .channel = "agent",
                                   .at = {},
                                   .text_version = text.version,
                                   .ip = "",
                                   .agent = call.who.actor(),
                                   .text_sha256 = text.sha256,
                                   .identified_by = call.form.text("identified_by")},
                       .actor = call.who.actor()};
}

}  // namespace

Result<Response> list_mandates(const Call& call) {
  Page page{.name = "console/mandates", .title = say(call, "console.nav.mandates")};
  const Fields fields = filter_of(call, kFields);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  ports::MandateFilter filter = TRY(read_filter(*transaction, fields));
  filter.limit = kRowsAPage + 1;
  if (const auto after = call.query.text("after"); !after.empty()) {
    filter.after = TRY(read_after(after));
    page.values.set("first", link_to(kPath, fields));
  }
  auto mandates = TRY(transaction->mandates().list(filter));
  if (api::drop_beyond(mandates, kRowsAPage)) {
    Fields next = fields;
    next.set("after", mandates.back().account.to_string() + "/" + mandates.back().id.to_string());
    page.values.set("next", link_to(kPath, next));
  }
  page.values.set("rows", TRY(mandate_rows(call, *transaction, mandates)))
      .set("export", link_to("/console/mandates.csv", fields))
      .set(
          "filter",
          Value::record()
              .set("states", choices(call, "console.mandate.state.", kStates, fields.text("state")))
              .set("schemes",
                   choices(call, "console.mandate.scheme.", kSchemes, fields.text("scheme")))
              .set("text", fields.text("text")));
  if (!fields.encode().empty()) page.values.set("clear", std::string(kPath));
  return render_page(call, std::move(page));
}

Result<Response> export_mandates(const Call& call) {
  struct State {
    ports::MandateFilter filter;
    bool done = false;
  };
  const auto state = std::make_shared<State>();
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    state->filter = TRY(read_filter(*transaction, filter_of(call, kFields)));
    state->filter.limit = kRowsAPiece;
  }
  ports::Store& store = call.web.store;
  return csv_stream(
      "mandates.csv",
      csv_line({"mandate", "account", "scheme", "reference", "creditor", "state", "reason",
                "ending", "signed_on", "channel", "debits", "last_debit"}),
      [state, &store]() -> Result<std::string> {
        std::string lines;
        if (state->done) return lines;
        const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
        const auto page = TRY(transaction->mandates().list(state->filter));
        for (const Mandate& row : page) {
          lines += csv_line({row.id.to_string(), row.account.to_string(),
                             std::string(domain::to_text(row.scheme)), row.reference, row.creditor,
                             std::string(domain::to_text(row.state)), row.reason,
                             std::string(domain::to_text(row.ending)), row.signed_on.to_string(),
                             row.consent.channel, std::to_string(row.debits),
                             row.last_debit ? row.last_debit->to_string() : ""});
        }
        state->done = page.size() < kRowsAPiece;
        if (!page.empty()) state->filter.after = {page.back().account, page.back().id};
        return lines;
      });
}

Result<Response> show_mandate(const Call& call) { return mandate_page(call, ""); }

Result<Response> cancel_mandate(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    const auto work = TRY(work_of(call));
    TRY(flows::step_mandate(call.web.store, call.web.clock, work, domain::MandateStep::kCancel));
    return api::OnceAnswer{303, {}, mandate_path(work.mandate)};
  });
  return after_change(call, done);
}

Result<Response> amend_mandate(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    const auto work = TRY(work_of(call));
    domain::MandateAmend amend;
    amend.actor = work.actor;
    if (const auto account = call.form.text("account"); !account.empty()) {
      amend.payer_account = account;
    }
    if (const auto limit = call.form.text("limit"); !limit.empty()) {
      const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
      const Mandate mandate = TRY(load_mandate(call, *transaction));
      auto terms = TRY(flows::DebitTerms::load(*transaction, call.web.rules(), mandate.signed_on));
      const auto& scheme = *TRY(terms.of(mandate.scheme));
      amend.limit = std::optional(TRY(typed_amount(limit, scheme.terms.currency)));
    }
    TRY(flows::amend_mandate(call.web.store, call.web.clock, work, amend));
    return api::OnceAnswer{303, {}, mandate_path(work.mandate)};
  });
  return after_change(call, done);
}

Result<Response> show_new_mandate(const Call& call) { return phone_page(call, call.query, ""); }

Result<Response> add_mandate(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    const auto request = TRY(read_phone(call));
    const auto mandate =
        TRY(flows::sign_up(call.web.store, call.web.rules(), call.web.clock, request));
    return api::OnceAnswer{303, {}, mandate_path(mandate.id.to_string())};
  });
  if (done) return see_other(done->location);
  if (!is_for_the_form(done.error())) return std::unexpected(done.error());
  return phone_page(call, call.form, done.error().text);
}

}  // namespace web::console
