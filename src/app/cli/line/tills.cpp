// Drawers of cash on the command line.

#include "app/cli/commands_till.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

// What all that changes a drawer is told: which, by which key, and who does it.
template <class Options>
void add_drawer(const Command<Options>& command) {
  add_argument(command.node, "DRAWER", command.options->drawer, "Its name in operator.toml");
  add_value(command.node, "--key", command.options->key, "KEY",
            "A text of your own: asked again with it, the same is answered")
      .required();
  add_by(command.node, command.options->by);
}

void add_till_taking_commands(const Node& group, Request& request) {
  auto take = add_command<cli::TillTakeOptions>(group, "take", "Take cash for bills");
  add_drawer(take);
  add_value(take.node, "--bill", take.options->bills, "BILL",
            "Its id, payment reference or invoice number; several times for several")
      .required()
      .one_each();
  add_value(take.node, "--tendered", take.options->tendered, "AMOUNT",
            "What the customer hands over; exactly what is asked for without");
  add_flag(take.node, "--part", take.options->part, "Less than is asked for is taken as a part");
  add_flag(take.node, "--to-credit", take.options->to_credit,
           "What is more becomes the account's credit; no change");
  on_workspace(request, take, cli::till_take);
  auto undo = add_command<cli::TillUndoOptions>(group, "undo",
                                                "Undo cash that was taken in the open session");
  add_drawer(undo);
  add_argument(undo.node, "ENTRY", undo.options->entry, "Its number in the session");
  add_value(undo.node, "--reason", undo.options->reason, "TEXT", "Why").required();
  on_workspace(request, undo, cli::till_undo);
  auto pay = add_command<cli::TillPayOutOptions>(
      group, "pay-out", "Pay credit back in cash; above the limit when somebody has approved it");
  add_drawer(pay);
  add_value(pay.node, "--account", pay.options->account, "ACCOUNT",
            "From its credit; its id or the customer's number");
  add_value(pay.node, "--amount", pay.options->amount, "AMOUNT",
            "So much of it; all that is there without");
  add_value(pay.node, "--reason", pay.options->reason, "TEXT", "Why");
  add_value(pay.node, "--refund", pay.options->refund, "REFUND",
            "Instead: one that was approved, to be handed out");
  on_workspace(request, pay, cli::till_pay_out);
}

void add_till_receipt_command(const Node& till, Request& request) {
  auto receipt =
      add_command<cli::TillReceiptOptions>(till, "receipt", "One receipt, or its file to print");
  add_argument(receipt.node, "DRAWER", receipt.options->drawer, "Its name in operator.toml");
  add_argument(receipt.node, "RECEIPT", receipt.options->receipt, "Its number");
  add_flag(receipt.node, "--pdf", receipt.options->pdf, "As a PDF file, on the roll of a printer");
  add_choice(receipt.node, "--language", receipt.options->language, "LANGUAGE",
             {"sv", "fi", "nb", "da", "en", "it", "es", "de"},
             "Of the file; the customer's without");
  add_choice(receipt.node, "--width", receipt.options->width, "MM", {"80", "58"},
             "Of the roll, in mm")
      .show_default();
  add_output(receipt.node, receipt.options->output);
  on_workspace(request, receipt, cli::till_receipt);
}

}  // namespace

void add_till_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "till", "Drawers of cash in shops, and codes of bills");
  add_plain(group, request, "drawers", "List the drawers", cli::till_drawers);
  auto open = add_command<cli::TillOpenOptions>(group, "open", "Open a drawer with its float");
  add_drawer(open);
  add_value(open.node, "--float", open.options->count, "COUNT",
            "Pieces, or their sum: \"500x2 100x5\"")
      .required();
  on_workspace(request, open, cli::till_open);
  add_till_taking_commands(group, request);
  auto move =
      add_command<cli::TillMoveOptions>(group, "move", "Take cash from a drawer to its safe");
  add_drawer(move);
  add_argument(move.node, "AMOUNT", move.options->amount, "How much");
  add_flag(move.node, "--from-safe", move.options->from_safe, "The other way round");
  on_workspace(request, move, cli::till_move);
  auto close = add_command<cli::TillCloseOptions>(group, "close", "Close a drawer with its count");
  add_drawer(close);
  add_value(close.node, "--count", close.options->count, "COUNT",
            "Pieces, or their sum: \"500x2 100x5\"")
      .required();
  add_value(close.node, "--reason", close.options->reason, "TEXT",
            "Why it may differ, where that is known");
  on_workspace(request, close, cli::till_close);
  auto deposit =
      add_command<cli::TillDepositOptions>(group, "deposit", "Bring cash from a safe to the bank");
  add_argument(deposit.node, "SAFE", deposit.options->safe, "Its name in operator.toml");
  add_argument(deposit.node, "AMOUNT", deposit.options->amount, "How much");
  add_argument(deposit.node, "REFERENCE", deposit.options->reference,
               "The bag's number, as the bank will say it");
  add_flag(deposit.node, "--fetched", deposit.options->fetched, "The other way round: change");
  add_by(deposit.node, deposit.options->by);
  on_workspace(request, deposit, cli::till_deposit);
  auto sessions =
      add_command<cli::TillSessionsOptions>(group, "sessions", "List sessions, newest first");
  add_value(sessions.node, "--drawer", sessions.options->drawer, "DRAWER", "Only of it");
  add_limit(sessions.node, sessions.options->limit);
  on_workspace(request, sessions, cli::till_sessions);
  auto show = add_command<cli::TillShowOptions>(group, "show", "One session with its entries");
  add_argument(show.node, "DRAWER", show.options->drawer, "Its name in operator.toml");
  add_value(show.node, "--session", show.options->session, "N", "The last without");
  on_workspace(request, show, cli::till_show);
  add_till_receipt_command(group, request);
  add_command_on(group, request, "code", "The code of a bill for telephone and till", "BILL",
                 "Its id, payment reference or invoice number", cli::till_code);
}

}  // namespace app::line
