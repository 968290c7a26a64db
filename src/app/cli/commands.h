// The commands behind the command line: each takes values, works on a Workspace and answers.
// How options are written stands in line/; nothing here knows of it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/answer.h"
#include "app/workspace.h"
#include "base/result/result.h"

namespace app::cli {

using Outcome = base::Result<Answer>;

// What every command may use besides its own options.
struct Context {
  Workspace& workspace;
  // A line that replaces the one before it on a terminal; silent elsewhere and with --json.
  std::function<void(const std::string&)> progress;
  std::string command = {};  // As it was given: "refund approve".
};

// --- Bills and runs (commands_billing.cpp).
struct BillRunOptions {
  std::string period;  // Either this
  std::string day;     // or this.
  std::string by = {};
  bool dry_run = false;
  int workers = 0;  // 0: as configured.
  std::int64_t batch = 1000;
};
// Issues, or where bills need approval (billing.approvals) keeps a dry run that waits for it.
[[nodiscard]] Outcome bill_run(const Context& context, const BillRunOptions& options);
// Issues at once, whatever needs approval: what a run had begun, and data that are made up.
[[nodiscard]] Outcome issue_bills(const Context& context, const BillRunOptions& options);

struct BillApproveOptions {
  std::string proposal;  // "job_...", as "bill run" names it.
  std::string by;
};
// Issues what a dry run showed (commands_approve.cpp).
[[nodiscard]] Outcome bill_approve(const Context& context, const BillApproveOptions& options);
struct ProposedDay {
  base::Date day;
  std::string by;
  std::int64_t open_rejects = 0;
};
[[nodiscard]] Outcome propose_bills(const Context& context, const ProposedDay& asked);

struct BillListOptions {
  std::string period;
  std::string state;
  std::string account;
  std::string after;  // "acct_.../bill_..." of the last bill seen.
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome bill_list(const Context& context, const BillListOptions& options);
// `bill` is a bill's id, its payment reference or its invoice's number.
[[nodiscard]] Outcome bill_show(const Context& context, const std::string& bill);
[[nodiscard]] Outcome bill_link(const Context& context, const std::string& bill);
struct BillSendLinkOptions {
  std::string bill;
  std::string by;
};
// As a text message to the customer.
[[nodiscard]] Outcome bill_send_link(const Context& context, const BillSendLinkOptions& options);

struct RunListOptions {
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome run_list(const Context& context, const RunListOptions& options);
[[nodiscard]] Outcome run_show(const Context& context, const std::string& run);

// --- Accounts and how they are billed (commands_account.cpp).
// `account` is an account's id, or the number of a customer who has one.
[[nodiscard]] Outcome account_show(const Context& context, const std::string& account);
[[nodiscard]] Outcome account_profile_show(const Context& context, const std::string& account);

struct AccountListOptions {
  std::string search;
  std::string segment;
  bool chosen = false;
  std::string format;  // csv | json; empty: a table.
  std::string output;
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome account_list(const Context& context, const AccountListOptions& options);

struct AccountProfileOptions {
  std::string account;
  std::string grouping;
  std::string frequency;
  std::optional<int> due_days;
  std::optional<int> due_day;
  std::string minimum;  // An amount in the account's currency.
  std::string detail;
  std::string delivery;
  std::vector<std::string> forget;
  std::string by;
};
[[nodiscard]] Outcome account_profile_set(const Context& context,
                                          const AccountProfileOptions& options);
[[nodiscard]] Outcome account_profile_preview(const Context& context,
                                              const AccountProfileOptions& options);

struct AccountOpenOptions {
  std::int64_t customer = 0;
  std::string by;
};
[[nodiscard]] Outcome account_open(const Context& context, const AccountOpenOptions& options);

struct MoveServiceOptions {
  std::string account;
  std::string service;  // Its id, or its number at its division.
  std::string to;
  std::string by;
};
[[nodiscard]] Outcome account_move_service(const Context& context,
                                           const MoveServiceOptions& options);

struct ServiceUserOptions {
  std::string account;
  std::string service;
  std::int64_t customer = 0;  // 0: who pays.
  std::string by;
};
[[nodiscard]] Outcome service_user(const Context& context, const ServiceUserOptions& options);

struct CustomerSegmentOptions {
  std::int64_t customer = 0;
  std::string segment;
  std::string by;
};
[[nodiscard]] Outcome customer_segment(const Context& context,
                                       const CustomerSegmentOptions& options);

// --- Ledger, documents, events (commands_ledger.cpp).
struct TrialBalanceOptions {
  std::string as_of;     // A day.
  std::string recorded;  // A day or a time.
};
[[nodiscard]] Outcome trial_balance(const Context& context, const TrialBalanceOptions& options);

struct DocumentListOptions {
  std::string kind;
  std::string after;  // "A1000" of the last document seen.
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome document_list(const Context& context, const DocumentListOptions& options);

struct DocumentExportOptions {
  std::string document;  // Id or number.
  std::string format = "json";
  std::string output;  // A file; empty or "-": standard output.
};
[[nodiscard]] Outcome document_export(const Context& context, const DocumentExportOptions& options);

struct EventsOptions {
  std::string account;  // Empty: all, with follow.
  std::int64_t after = 0;
  std::int64_t limit = 100;
  bool follow = false;
  // Told of each event that comes, as JSON and as a line.
  std::function<void(const base::Json&, const std::string&)> on_event = nullptr;
};
[[nodiscard]] Outcome events_list(const Context& context, const EventsOptions& options);
// Event chains, balances and invoices: whether what is stored agrees with itself.
[[nodiscard]] Outcome verify(const Context& context);

// --- References (commands_reference.cpp); no data folder is touched.
struct ReferenceOptions {
  std::string scheme;
  std::string value;
  std::map<std::string, std::string, std::less<>> options;
};
[[nodiscard]] Outcome reference_check(const ReferenceOptions& options);
[[nodiscard]] Outcome reference_make(const ReferenceOptions& options);
[[nodiscard]] Outcome reference_schemes();

// --- Users and tokens (commands_access.cpp).
struct UserAddOptions {
  std::string login;
  std::string name;
  std::string language = "en";
  std::vector<std::string> roles;
  std::string password;  // Empty: one is made and shown once.
};
[[nodiscard]] Outcome user_add(const Context& context, const UserAddOptions& options);
[[nodiscard]] Outcome user_list(const Context& context);

struct UserRolesOptions {
  std::string login;
  std::vector<std::string> roles;
};
[[nodiscard]] Outcome user_roles(const Context& context, const UserRolesOptions& options);

struct UserPasswordOptions {
  std::string login;
  std::string password;  // Empty: one is made and shown once.
};
[[nodiscard]] Outcome user_password(const Context& context, const UserPasswordOptions& options);
[[nodiscard]] Outcome user_activate(const Context& context, const std::string& login);
[[nodiscard]] Outcome user_deactivate(const Context& context, const std::string& login);

struct TokenCreateOptions {
  std::string login;
  std::string name;
  std::vector<std::string> scopes;
  std::string expires;  // A day; empty: never.
};
[[nodiscard]] Outcome token_create(const Context& context, const TokenCreateOptions& options);
[[nodiscard]] Outcome token_list(const Context& context, const std::string& login);
[[nodiscard]] Outcome token_revoke(const Context& context, const std::string& id);

// --- Imports and rejects (commands_import.cpp).
struct ImportOptions {
  std::string operator_code;  // A shipped operator, or a folder with operator.toml.
  std::string mapping;        // Empty: found by the file's name.
  std::vector<std::string> paths;
};
[[nodiscard]] Outcome import_files(const Context& context, const ImportOptions& options);

struct RejectListOptions {
  std::string file;
  std::string code;
  std::string state = "open";
  std::string search;
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome reject_list(const Context& context, const RejectListOptions& options);
[[nodiscard]] Outcome reject_show(const Context& context, const std::string& id);

struct RejectCorrectOptions {
  std::string reject;
  std::string record;
};
[[nodiscard]] Outcome reject_correct(const Context& context, const RejectCorrectOptions& options);

struct RejectRetakeOptions {
  std::string file;
  std::string code;
};
[[nodiscard]] Outcome reject_retake(const Context& context, const RejectRetakeOptions& options);

struct RejectDiscardOptions {
  std::string reject;
  std::string reason;
};
[[nodiscard]] Outcome reject_discard(const Context& context, const RejectDiscardOptions& options);

// --- Usage (commands_usage.cpp).
struct UsageListOptions {
  std::string period;
  std::string division = "mobile";
  std::string service;  // A number of the division: its rows by time.
  std::string account;
  std::string format = "table";
  std::string after;  // "acct_.../use_..." of the last row seen.
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome usage_list(const Context& context, const UsageListOptions& options);

struct UsageRerateOptions {
  std::string period;
  std::string division = "mobile";
  std::string service;
  bool dry_run = false;
};
[[nodiscard]] Outcome usage_rerate(const Context& context, const UsageRerateOptions& options);

struct CustomerLinkOptions {
  std::int64_t keep = 0;
  std::int64_t join = 0;
};
[[nodiscard]] Outcome customer_link(const Context& context, const CustomerLinkOptions& options);

struct CustomerUnlinkOptions {
  std::string division;
  std::string number;
};
[[nodiscard]] Outcome customer_unlink(const Context& context, const CustomerUnlinkOptions& options);

struct LawOptions {
  std::string country;
  std::string day;  // Empty: today.
};
[[nodiscard]] Outcome law_show(const Context& context, const LawOptions& options);

// --- The catalogue (commands_catalogue.cpp); `check` touches no data folder.
struct CatalogueOptions {
  std::vector<std::string> paths;
  std::string operator_code;  // A shipped operator, or a folder with operator.toml.
};
[[nodiscard]] Outcome catalogue_check(const CatalogueOptions& options);
[[nodiscard]] Outcome catalogue_diff(const Context& context, const CatalogueOptions& options);
[[nodiscard]] Outcome catalogue_import(const Context& context, const CatalogueOptions& options);
struct CatalogueListOptions {
  std::string kind;  // Empty: any.
  std::string language;
};
[[nodiscard]] Outcome catalogue_list(const Context& context, const CatalogueListOptions& options);

// --- The whole database (commands_data.cpp).
[[nodiscard]] Outcome dump_canonical(const Context& context, const std::string& output);
[[nodiscard]] Outcome search_rebuild(const Context& context);
[[nodiscard]] Outcome backup(const Context& context, const std::string& file);
[[nodiscard]] Outcome restore(const Context& context, const std::string& file);

// --- Demo and server (commands_demo.cpp, commands_serve.cpp).
struct DemoOptions {
  std::uint64_t seed = 1;
  std::int64_t customers = 700;
  std::string files;  // Where to write the source files; empty: <data>/demo.
};
[[nodiscard]] Outcome demo(const Context& context, const DemoOptions& options);

struct ServeOptions {
  std::string address;  // Empty: as configured.
  std::optional<int> port;
  std::function<void(const base::Json&)> on_listening;  // {"event": "listening", "url": ...}
};
[[nodiscard]] Outcome serve(const Context& context, const ServeOptions& options);

}  // namespace app::cli
