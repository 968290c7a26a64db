// A bank's file by the browser: it is sent, shown as it was understood, and imported when somebody
// says so; a large one shows how far it is. All of it works without scripts.
#include <algorithm>

#include "flows/payments/check_bank_file.h"
#include "formats/bank/bank_format.h"
#include "web/bank_uploads.h"
#include "web/console/bank_rows.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Result;
using State = BankUploads::State;

constexpr std::string_view kPath = "/console/bank-files/uploads/";
constexpr std::string_view kFilesPath = "/console/bank-files/";
// An import that is done by then needs no page of its own.
constexpr std::chrono::milliseconds kPatience{1500};
constexpr std::string_view kRefreshSeconds = "2";
// What another file, or the same one sent again, can mend.
constexpr std::string_view kForTheForm[] = {"bank_file_not_recognised", "bank_file_empty",
                                            "upload_gone", "no_file"};

std::string owner_of(const Call& call) { return call.who.user.to_string(); }

// In the clerk's language: "camt.053" is a name, and what it is for is words.
std::string title_of(const Call& call, std::string_view format) {
  std::string name(format);
  std::ranges::replace_if(name, [](char c) { return c == '.' || c == '-'; }, '_');
  return say(call, "console.bank_format." + name);
}

// What the form takes, each with its name.
std::string readable_formats(const Call& call) {
  std::string list;
  for (const auto& format : formats::bank::bank_formats()) {
    if (!format.reads) continue;
    list += (list.empty() ? "" : "; ") + std::string(format.name) + " – ";
    list += title_of(call, format.name);
  }
  return say(call, "console.bank_file.can_be_read", {{"formats", list}});
}

// It is made as an attack is: nobody may have it imported.
bool is_forbidden(const flows::BankFilePreview& preview) {
  return std::ranges::any_of(preview.check.problems, [](const ports::BankFileProblem& each) {
    return flows::forbids_reading(each.code);
  });
}

Result<Response> form_page(const Call& call, const base::Error* error) {
  Page page{.name = "console/bank-file-new",
            .title = say(call, "console.bank_file.new"),
            .status = error == nullptr ? 200 : 422};
  Value problem;
  if (error != nullptr) {
    problem = Value::record()
                  .set("text", say(call, "console.bank_file.error." + error->code))
                  .set("detail", error->code == "no_file" ? std::string() : error->text)
                  .set("formats", error->code == "bank_file_not_recognised" ? readable_formats(call)
                                                                            : std::string());
  }
  page.values.set("problem", std::move(problem))
      .set("limit", say(call, "console.bank_file.limit",
                        {{"megabytes", call.web.settings.upload_bytes_max >> 20}}));
  return render_page(call, std::move(page));
}

// The form once more where the error is its own; else as everywhere.
Result<Response> form_or_error(const Call& call, const base::Error& error) {
  if (std::ranges::find(kForTheForm, error.code) != std::end(kForTheForm)) {
    return form_page(call, &error);
  }
  return std::unexpected(error);
}

Value account_rows(const Call& call, const flows::BankFilePreview& preview) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto sum = [&](const std::optional<base::Money>& amount) {
    return amount ? write.money(*amount, locale::MoneyStyle::kBare) : std::string("…");
  };
  const auto day = [&](base::Date date) { return write.date(date, locale::DateStyle::kNumeric); };
  Value list = Value::list();
  for (const flows::BankAccountPreview& each : preview.accounts) {
    std::string days;
    if (each.from) days = day(*each.from);
    if (each.to && each.to != each.from) days += " – " + day(*each.to);
    list.push(Value::record()
                  .set("account", each.account)
                  .set("is_foreign", !each.is_ours)
                  .set("currency", std::string(each.currency.code()))
                  .set("days", days)
                  .set("entries", write.integer(each.entries))
                  .set("came", sum(each.came))
                  .set("went", sum(each.went)));
  }
  return list;
}

Value facts_of(const Call& call, const flows::BankFilePreview& preview) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("format", preview.format)
      .set("format_title", title_of(call, preview.format))
      .set("bytes", write.integer((preview.size + 1023) / 1024))
      .set("entries", write.integer(preview.entries))
      .set("mandates", preview.mandates == 0 ? std::string() : write.integer(preview.mandates))
      .set("statuses", preview.statuses == 0 ? std::string() : write.integer(preview.statuses))
      .set("agrees", preview.check.agrees)
      .set("is_forbidden", is_forbidden(preview))
      .set("differs", !preview.check.agrees && !is_forbidden(preview))
      .set("accounts", account_rows(call, preview));
}

Result<Value> known_of(const Call& call, const ports::BankFileRow& known) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const std::string key = "console.bank_file.known." + known.state;
  return Value::record()
      .set("text", say(call, key,
                       {{"name", known.name},
                        {"when", moments.text(known.recorded)},
                        {"who", TRY(actor_name(*transaction, known.imported_by))}}))
      .set("id", known.id.to_string());
}

Value progress_of(const Call& call, const BankUploads::Standing& standing) {
  return Value::record()
      .set("text", say(call, "console.bank_file.importing",
                       {{"done", standing.entries_done}, {"all", standing.preview->entries}}))
      .set("done", standing.entries_done)
      .set("all", std::max<std::int64_t>(standing.preview->entries, 1));
}

Result<Response> upload_page(const Call& call, const BankUploads::Standing& standing) {
  const flows::BankFilePreview& preview = *standing.preview;
  Page page{.name = "console/bank-upload", .title = preview.name};
  page.values.set("id", call.value("id")).set("facts", facts_of(call, preview));
  if (preview.known) page.values.set("known", TRY(known_of(call, *preview.known)));
  const bool is_waiting = standing.state == State::kWaiting || standing.state == State::kImporting;
  if (is_waiting) {
    page.refresh = kRefreshSeconds;
    page.values.set("progress", progress_of(call, standing));
  } else if (!is_forbidden(preview)) {
    const bool is_done = preview.known && preview.known->state == "done";
    page.values.set("import", Value::record().set("ask_anyway", !preview.check.agrees && !is_done));
  }
  if (standing.error) {
    page.values.set("failed", Value::record()
                                  .set("text", say(call, "console.bank_file.failed"))
                                  .set("detail", base::describe(*standing.error)));
  }
  add_bank_problems(call, std::string(kPath) + call.value("id"), preview.check.problems,
                    page.values);
  return render_page(call, std::move(page));
}

std::string file_page(const BankUploads::Standing& standing) {
  return std::string(kFilesPath) + standing.taken->money.file.id.to_string();
}

}  // namespace

Result<Response> show_new_bank_file(const Call& call) { return form_page(call, nullptr); }

Result<Response> look_at_bank_file(const Call& call) {
  if (!call.file) {
    return form_or_error(call, base::fail("no_file", "choose a file first").error());
  }
  auto preview = flows::preview_bank_file(call.web.store, *call.file);
  if (!preview) return form_or_error(call, preview.error());
  const std::string id = crypto::random_token(call.web.random, "upload:" + call.request_id);
  call.guards.bank_uploads.add(id, owner_of(call), call.file, *std::move(preview),
                               call.web.clock.now());
  return see_other(std::string(kPath) + id);
}

Result<Response> show_upload(const Call& call) {
  const auto standing = call.guards.bank_uploads.find(call.value("id"), owner_of(call));
  if (!standing) return form_or_error(call, standing.error());
  if (standing->state == State::kDone) return see_other(file_page(*standing));
  return upload_page(call, *standing);
}

Result<Response> import_upload(const Call& call) {
  flows::BankImportRequest request;
  request.actor = call.who.actor();
  request.take_anyway = call.form.text("take_anyway") == "yes";
  const Dependencies& web = call.web;
  const auto standing = call.guards.bank_uploads.begin(
      call.value("id"), owner_of(call),
      [&web, request](const flows::Snapshot& file, const flows::OnBankImportProgress& progress) {
        return flows::take_in_bank_file(web.store, web.clock, web.rules(), file, request, progress);
      },
      kPatience);
  if (!standing) return form_or_error(call, standing.error());
  if (standing->state == State::kDone) return see_other(file_page(*standing));
  return see_other(std::string(kPath) + call.value("id"));
}

Result<Response> export_upload_problems(const Call& call) {
  const auto standing = TRY(call.guards.bank_uploads.find(call.value("id"), owner_of(call)));
  return bank_problems_csv(call, standing.preview->check.problems);
}

}  // namespace web::console
