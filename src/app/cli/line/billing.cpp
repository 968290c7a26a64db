// Bills, runs, the ledger and papers on the command line.
#include <string>

#include "app/cli/commands.h"
#include "app/cli/commands_papers.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

void add_credit_command(const Node& bill, Request& request) {
  auto credit =
      add_command<cli::BillCreditOptions>(bill, "credit", "Give back a bill, or a part of it");
  add_argument(credit.node, "BILL", credit.options->bill,
               "Its id, payment reference or invoice number");
  add_value(credit.node, "--lines", credit.options->lines, "N,N",
            "Only these lines of the invoice, counted from 1")
      .split_at_commas();
  add_value(credit.node, "--amount", credit.options->amount, "AMOUNT",
            "Only so much with VAT, from all lines in proportion");
  add_value(credit.node, "--service", credit.options->service, "NUMBER",
            "Only the lines of a service, by the division's number for it");
  add_value(credit.node, "--reason", credit.options->reason, "TEXT", "Why").required();
  add_flag(credit.node, "--dry-run", credit.options->dry_run,
           "Show what would be credited, keep nothing");
  on_workspace(request, credit, cli::bill_credit);
}

}  // namespace

void add_bill_commands(const Node& app, Request& request) {
  const Node bill = add_group(app, "bill", "Bills, and the run that makes them");
  auto run = add_command<cli::BillRunOptions>(bill, "run",
                                              "Bill all accounts: close a month, or by a day");
  add_value(run.node, "--period", run.options->period, "MONTH", "The month to close, like 2026-10");
  add_value(run.node, "--day", run.options->day, "DAY",
            "Instead: close each account's cycle that ended by this day");
  add_flag(run.node, "--dry-run", run.options->dry_run, "Show what would be billed, keep nothing");
  add_number(run.node, "--workers", run.options->workers, 0, 64,
             "Threads; 0 takes as many as the configuration says");
  add_number(run.node, "--batch", run.options->batch, 1, 100'000, "Accounts in one transaction")
      .show_default();
  add_by(run.node, run.options->by);
  on_workspace(request, run, cli::bill_run);

  auto approve = add_command<cli::BillApproveOptions>(
      bill, "approve", "Issue what a dry run showed: by another person than who asked for it");
  add_argument(approve.node, "PROPOSAL", approve.options->proposal, "As 'bill run' named it");
  add_by(approve.node, approve.options->by);
  on_workspace(request, approve, cli::bill_approve);

  auto list = add_command<cli::BillListOptions>(bill, "list", "List bills");
  add_value(list.node, "--period", list.options->period, "MONTH", "Those of a month, like 2026-10");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"open", "settled", "credited", "written_off", "ceded"}, "Those in a state");
  add_value(list.node, "--account", list.options->account, "ACCOUNT", "Those of an account, by id");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::bill_list);

  const std::string which = "Its id, payment reference or invoice number";
  add_command_on(bill, request, "show", "Show one bill", "BILL", which, cli::bill_show);
  add_command_on(bill, request, "link", "Print the link that opens a bill", "BILL", which,
                 cli::bill_link);
  auto send = add_command<cli::BillSendLinkOptions>(
      bill, "send-link", "Send the customer a link to the bill as a text message");
  add_argument(send.node, "BILL", send.options->bill, which);
  add_by(send.node, send.options->by);
  on_workspace(request, send, cli::bill_send_link);
  add_credit_command(bill, request);
}

void add_run_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "run", "Billing runs, as they went");
  auto list = add_command<cli::RunListOptions>(group, "list", "List runs, newest first");
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::run_list);
  add_command_on(group, request, "show", "Show one run and the accounts that it set aside", "RUN",
                 "Its id", cli::run_show);
}

void add_ledger_commands(const Node& app, Request& request) {
  const Node ledger = add_group(app, "ledger", "The double-entry ledger");
  auto balance = add_command<cli::TrialBalanceOptions>(
      ledger, "trial-balance", "Print the closing balances of all accounts");
  add_value(balance.node, "--as-of", balance.options->as_of, "DAY",
            "Only what is effective until the end of this day");
  add_value(balance.node, "--recorded", balance.options->recorded, "TIME",
            "Only what was recorded by then: a day or a time");
  on_workspace(request, balance, cli::trial_balance);
  auto revenue = add_command<cli::RevenueOptions>(
      ledger, "revenue", "Print revenue by product, and VAT by country and rate");
  add_value(revenue.node, "--period", revenue.options->period, "MONTH",
            "What is booked on the days of this month, like 2026-11")
      .required();
  add_value(revenue.node, "--recorded", revenue.options->recorded, "TIME",
            "Only what was recorded by then: a day or a time");
  on_workspace(request, revenue, cli::ledger_revenue);

  const Node document = add_group(app, "document", "Invoices and other papers");
  auto list = add_command<cli::DocumentListOptions>(document, "list", "List documents by number");
  add_choice(list.node, "--kind", list.options->kind, "KIND", {"invoice", "credit_note"},
             "Those of a kind");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::document_list);
  auto write = add_command<cli::DocumentExportOptions>(document, "export", "Write one document");
  add_argument(write.node, "DOCUMENT", write.options->document, "Its id or number");
  add_choice(write.node, "--format", write.options->format, "FORMAT", {"json", "html", "pdf"},
             "In which form")
      .show_default();
  add_output(write.node, write.options->output);
  on_workspace(request, write, cli::document_export);
}

void add_statement_commands(const Node& app, Request& request) {
  const Node account = find_or_add_group(app, "account", "Who pays, and how they are billed");
  auto statement = add_command<cli::StatementOptions>(
      account, "statement", "Print what an account owed, was billed, paid and was credited");
  add_argument(statement.node, "NUMBER", statement.options->account,
               "The customer's number, or the account's id");
  add_value(statement.node, "--from", statement.options->from, "DAY", "The first day shown");
  add_value(statement.node, "--to", statement.options->to, "DAY", "The last day shown");
  add_flag(statement.node, "--csv", statement.options->csv, "As comma-separated values");
  on_workspace(request, statement, cli::account_statement);
  add_command_on(app, request, "tab", "Print what an account's next bill would be as of now",
                 "NUMBER", "The customer's number, or the account's id", cli::tab);
}

}  // namespace app::line
