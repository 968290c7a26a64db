// Payments, reconciliation and refunds on the command line.

#include "app/cli/commands_payers.h"
#include "app/cli/commands_payments.h"
#include "app/cli/commands_reconcile.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

void add_payment_list_command(const Node& payment, Request& request) {
  auto list = add_command<cli::PaymentListOptions>(payment, "list", "List payments, newest first");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"suspense", "allocated", "returned", "all"}, "Those in a state");
  add_value(list.node, "--reason", list.options->reason, "CODE",
            "Those in suspense with one reason");
  add_value(list.node, "--file", list.options->file, "ID", "Those of a bank file");
  add_value(list.node, "--from", list.options->from, "DAY", "Booked on it or later");
  add_value(list.node, "--to", list.options->to, "DAY", "Booked on it or before");
  add_value(list.node, "--amount", list.options->amount, "AMOUNT", "Of exactly this amount");
  add_value(list.node, "--search", list.options->search, "TEXT", "A reference or a payment's id");
  add_choice(list.node, "--format", list.options->format, "FORMAT", {"table", "csv", "json"},
             "How without --json")
      .show_default();
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::payment_list);
}

void add_payer_commands(const Node& payment, Request& request) {
  auto worklist = add_command<cli::PaymentWorklistOptions>(
      payment, "worklist", "Payments that wait, with what they may be for");
  add_value(worklist.node, "--reason", worklist.options->reason, "CODE",
            "Those that wait for one reason");
  add_value(worklist.node, "--search", worklist.options->search, "TEXT",
            "Words of the payer's name, the text or the reference");
  add_after(worklist.node, worklist.options->after);
  add_limit(worklist.node, worklist.options->limit);
  on_workspace(request, worklist, cli::payment_worklist);
  add_command_on(payment, request, "candidates", "What one payment may be for, and why", "PAYMENT",
                 "Its id", cli::payment_candidates);
  auto accept = add_command<cli::PaymentAcceptOptions>(
      payment, "accept", "Accept a candidate: it is paid, and learned from");
  add_argument(accept.node, "PAYMENT", accept.options->payment, "Its id");
  add_argument(accept.node, "CANDIDATE", accept.options->candidate,
               "As `payment candidates` names it");
  add_value(accept.node, "--reason", accept.options->reason, "TEXT", "Why");
  add_by(accept.node, accept.options->by);
  on_workspace(request, accept, cli::payment_accept);
  auto match = add_command<cli::PaymentMatchOptions>(
      payment, "match", "Look again at what waits, and book what is sure by now");
  add_by(match.node, match.options->by);
  on_workspace(request, match, cli::payment_match);
}

void add_return_command(const Node& payment, Request& request) {
  auto back = add_command<cli::PaymentReturnOptions>(
      payment, "return", "Say which payment a return in suspense gave back");
  add_argument(back.node, "PAYMENT", back.options->payment, "The return's id");
  const Option of = add_value(back.node, "--of", back.options->of, "PAYMENT",
                              "The payment that went back, by id");
  const Option none = add_flag(back.node, "--none-of-ours", back.options->none,
                               "It gave back no payment of ours: the house's account");
  of.excludes(none);
  none.excludes(of);
  add_value(back.node, "--reason", back.options->reason, "TEXT", "Why").required();
  add_by(back.node, back.options->by);
  on_workspace(request, back, cli::payment_return, [](const auto& options) {
    if (options.of.empty() && !options.none) {
      refuse_line("--of or --none-of-ours", "one of them is required");
    }
  });
}

void add_refund_propose_command(const Node& group, Request& request) {
  auto propose = add_command<cli::RefundProposeOptions>(
      group, "propose", "Propose to pay back an account's credit, or money in suspense");
  const Option account = add_value(propose.node, "--account", propose.options->account, "ACCOUNT",
                                   "From its credit; its id or the customer's number");
  add_value(propose.node, "--payment", propose.options->payment, "PAYMENT",
            "Money in suspense, back to its payer")
      .excludes(account);
  add_value(propose.node, "--amount", propose.options->amount, "AMOUNT",
            "So much of it; all that is there without");
  add_value(propose.node, "--to", propose.options->to, "IBAN",
            "IBAN, bankgiro or plusgiro; where the money came from without");
  add_value(propose.node, "--to-name", propose.options->name, "NAME", "Whose account that is");
  add_value(propose.node, "--reason", propose.options->reason, "TEXT", "Why").required();
  add_by(propose.node, propose.options->by);
  on_workspace(request, propose, cli::refund_propose, [](const auto& options) {
    if (options.account.empty() && options.payment.empty()) {
      refuse_line("--account or --payment", "one of them is required");
    }
  });
}

}  // namespace

void add_payment_commands(const Node& app, Request& request) {
  const Node payment = add_group(app, "payment", "Money that came, and for what it was");
  add_payment_list_command(payment, request);
  add_command_on(payment, request, "show", "Show one with what it was assigned to", "PAYMENT",
                 "Its id", cli::payment_show);
  auto assign = add_command<cli::PaymentAssignOptions>(payment, "assign",
                                                       "Say for what money in suspense is");
  add_argument(assign.node, "PAYMENT", assign.options->payment, "Its id");
  const Option bill = add_value(assign.node, "--bill", assign.options->bill, "BILL",
                                "Its id, payment reference or invoice number");
  const Option account = add_value(assign.node, "--account", assign.options->account, "ACCOUNT",
                                   "To the credit of this account, by id or customer number");
  bill.excludes(account);
  account.excludes(bill);
  add_value(assign.node, "--amount", assign.options->amount, "AMOUNT",
            "So much of it; all that is open without");
  add_value(assign.node, "--reason", assign.options->reason, "TEXT", "Why").required();
  add_by(assign.node, assign.options->by);
  on_workspace(request, assign, cli::payment_assign, [](const auto& options) {
    if (options.bill.empty() && options.account.empty()) {
      refuse_line("--bill or --account", "one of them is required");
    }
  });

  add_payer_commands(payment, request);
  add_return_command(payment, request);
  auto undo = add_command<cli::PaymentUndoOptions>(payment, "undo",
                                                   "Take back what a payment was assigned to");
  add_argument(undo.node, "PAYMENT", undo.options->payment, "Its id");
  add_value(undo.node, "--allocation", undo.options->allocation, "ALLOCATION",
            "Only this one; all that stand without");
  add_value(undo.node, "--reason", undo.options->reason, "TEXT", "Why").required();
  add_by(undo.node, undo.options->by);
  on_workspace(request, undo, cli::payment_undo);
  add_plain(payment, request, "totals",
            "Prove that what came is assigned or in suspense, by the ledger", cli::payment_totals);
}

void add_reconcile_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "reconcile", "Hold the books against banks and providers");
  add_command_on(group, request, "month", "Prove that every krona of a month is explained", "MONTH",
                 "Like 2026-11", cli::reconcile_month);
  auto suspense = add_command<cli::ReconcileSuspenseOptions>(
      group, "suspense", "Show by age what waits in suspense, against the ledger");
  add_value(suspense.node, "--as-of", suspense.options->as_of, "DAY",
            "As it was at the end of the day; today without");
  on_workspace(request, suspense, cli::reconcile_suspense);
  auto settlement = add_command<cli::ReconcileSettlementOptions>(
      group, "settlement", "Take in what a provider says that it pays out");
  add_argument(settlement.node, "FILE", settlement.options->file, "The provider's settlement");
  add_flag(settlement.node, "--take-anyway", settlement.options->take_anyway,
           "Though it names payments or a merchant that are not known");
  add_by(settlement.node, settlement.options->by);
  on_workspace(request, settlement, cli::reconcile_settlement);
  auto settlements = add_command<cli::ReconcileSettlementsOptions>(
      group, "settlements", "List settlements, oldest first");
  add_flag(settlements.node, "--waiting", settlements.options->waiting,
           "Only those whose payout is not in the bank");
  add_limit(settlements.node, settlements.options->limit);
  on_workspace(request, settlements, cli::reconcile_settlements);
}

void add_refund_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "refund", "Money that is paid back");
  add_refund_propose_command(group, request);
  auto list = add_command<cli::RefundListOptions>(group, "list", "List refunds, newest first");
  add_value(list.node, "--state", list.options->state, "STATE",
            "proposed, refused, approved, withdrawn, sent, confirmed, rejected or returned");
  add_value(list.node, "--account", list.options->account, "ACCOUNT", kWhichAccount);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::refund_list);
  auto approve = add_command<cli::RefundDecideOptions>(
      group, "approve", "Let one go; above the limit, as somebody else than who proposed it");
  add_argument(approve.node, "REFUND", approve.options->refund, "Its id");
  add_by(approve.node, approve.options->by);
  on_workspace(request, approve, cli::refund_approve);
  auto refuse =
      add_command<cli::RefundDecideOptions>(group, "refuse", "Refuse one that is proposed");
  add_argument(refuse.node, "REFUND", refuse.options->refund, "Its id");
  add_by(refuse.node, refuse.options->by);
  on_workspace(request, refuse, cli::refund_refuse);
  auto withdraw = add_command<cli::RefundWithdrawOptions>(
      group, "withdraw", "Take back one that is approved and in no file yet");
  add_argument(withdraw.node, "REFUND", withdraw.options->refund, "Its id");
  add_value(withdraw.node, "--reason", withdraw.options->reason, "TEXT", "Why").required();
  add_value(withdraw.node, "--by", withdraw.options->by, "LOGIN", "Which user does it").required();
  on_workspace(request, withdraw, cli::refund_withdraw);
  auto send = add_command<cli::RefundSendOptions>(
      group, "send", "Write a pain.001 of all that are approved, for the bank");
  add_value(send.node, "--from", send.options->from, "IBAN",
            "Our account that pays; the operator's without");
  add_value(send.node, "--day", send.options->day, "DAY", "When the bank pays; today without");
  add_value(send.node, "--batch", send.options->batch, "ID", "Write an earlier file again");
  add_output(send.node, send.options->output);
  add_by(send.node, send.options->by);
  on_workspace(request, send, cli::refund_send);
}

}  // namespace app::line
