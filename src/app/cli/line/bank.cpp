// Bank files, payment codes and references on the command line.
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/commands_bank.h"
#include "app/cli/commands_codes.h"
#include "app/cli/commands_lab.h"
#include "app/cli/commands_payments.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

void add_reference_command(const Node& group, Request& request, const std::string& name,
                           const std::string& meaning, const std::string& number,
                           Outcome (*run)(const cli::ReferenceOptions&)) {
  auto command = add_command<cli::ReferenceOptions>(group, name, meaning);
  add_value(command.node, "--scheme", command.options->scheme, "NAME",
            "One of `telgiro reference schemes`")
      .required();
  auto pairs = std::make_shared<std::vector<std::string>>();
  add_values(command.node, "--option", *pairs, "NAME=VALUE", "An option of the scheme");
  add_argument(command.node, "NUMBER", command.options->value, number);
  on_parsed(command.node, [&request, options = command.options, pairs, run] {
    for (const std::string& pair : *pairs) {
      const auto equals = pair.find('=');
      if (equals == std::string::npos) refuse_line("--option", "write NAME=VALUE");
      options->options[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    request.without_workspace = [options, run] { return run(*options); };
  });
}

}  // namespace

void add_reference_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "reference", "Payment references and account numbers");
  add_reference_command(group, request, "check", "Say whether a number is valid", "The number",
                        cli::reference_check);
  add_reference_command(group, request, "make", "Complete a number with its check digits",
                        "The number without them", cli::reference_make);
  add_plain(group, request, "schemes", "List the schemes", cli::reference_schemes);
}

void add_bank_commands(const Node& app, Request& request) {
  const Node bank = add_group(app, "bank", "Bank files");
  auto read = add_command<cli::BankReadOptions>(
      bank, "read", "Print what a bank file says, in one form for all formats");
  add_argument(read.node, "FILE", read.options->file, "The file; - reads standard input");
  on_parsed(read.node, [&request, options = read.options] {
    request.without_workspace = [&request, options] {
      return cli::bank_read(*options, request.json);
    };
  });
  auto write = add_command<cli::BankWriteOptions>(
      bank, "write", "Write a file that tells a bank what to do, from an order as JSON");
  add_argument(write.node, "FILE", write.options->file, "The order; - reads standard input");
  add_choice(write.node, "--format", write.options->format, "FORMAT",
             {"pain.008", "pain.001", "pain.007", "norma19.14", "autogiro", "avtalegiro", "lb"},
             "As what")
      .required();
  add_value(write.node, "--version", write.options->version, "VERSION",
            "Which one of a message, like 001.02; the usual one without");
  add_output(write.node, write.options->output);
  without_workspace(request, write, cli::bank_write);
  add_plain(bank, request, "formats", "List the formats of bank files", cli::bank_formats);
}

void add_bank_code_command(const Node& app, Request& request) {
  const Node bank = find_or_add_group(app, "bank", "Bank files");
  auto code = add_command<cli::BankCodeOptions>(
      bank, "code", "Print the text of a payment code: QR, bar code or line of a slip");
  cli::BankCodeOptions& options = *code.options;
  add_value(code.node, "--kind", options.kind, "NAME",
            "epc-qr, swiss-qr, fi-barcode-4, fi-barcode-5, se-ocr-line, no-kid-line, dk-fi-71 ...")
      .required();
  add_value(code.node, "--account", options.account, "NUMBER",
            "Where it is paid to: IBAN, giro number, creditor number")
      .required();
  add_value(code.node, "--bic", options.bic, "BIC", "Of the payee's bank; epc-qr can do without");
  add_value(code.node, "--amount", options.amount, "AMOUNT",
            "1420.00; without it the payer fills it in");
  add_value(code.node, "--currency", options.currency, "CODE", "That of the code's country");
  add_value(code.node, "--scheme", options.scheme, "NAME",
            "One of `telgiro reference schemes`; without it the code's own that fits");
  add_value(code.node, "--reference", options.reference, "REFERENCE", "What the payer states");
  add_value(code.node, "--due", options.due, "DAY", "The last day");
  add_value(code.node, "--message", options.message, "TEXT", "For the payee, in a swiss-qr");
  const auto add_named = [&code](const std::string& who, cli::BankCodeOptions::Named& named) {
    add_value(code.node, "--" + who, named.name, "NAME", "The " + who + "'s name");
    add_value(code.node, "--" + who + "-street", named.street, "TEXT", "Street and number");
    add_value(code.node, "--" + who + "-postal-code", named.postal_code, "CODE", "Postal code");
    add_value(code.node, "--" + who + "-city", named.city, "NAME", "Town");
    add_value(code.node, "--" + who + "-country", named.country, "CC", "Country, as in ISO 3166");
  };
  add_named("payee", options.payee);
  add_named("payer", options.payer);
  without_workspace(request, code, cli::bank_code);
}

void add_lab_commands(const Node& app, Request& request) {
  const Node lab = add_group(app, "lab", "Try a part of the product on files");
  auto remittance = add_command<cli::LabRemittanceOptions>(
      lab, "remittance", "Match two files of payments and write the pairs that would be booked");
  add_value(remittance.node, "--origin", remittance.options->origin, "FILE",
            "CSV: unique_id, memo, transaction_date, amount")
      .required();
  add_value(remittance.node, "--destination", remittance.options->destination, "FILE",
            "The other side, with the same columns")
      .required();
  add_value(remittance.node, "--truth-train", remittance.options->truth, "FILE",
            "CSV of confirmed pairs to learn from: origin_id, destination_id; without it the "
            "model is fitted to the two files");
  add_value(remittance.node, "--out", remittance.options->out, "FILE",
            "Where the pairs go: origin_id, destination_id, probability")
      .required();
  without_workspace(request, remittance, cli::lab_remittance);
}

void add_bank_import_commands(const Node& app, Request& request) {
  const Node bank = find_or_add_group(app, "bank", "Bank files");
  auto import = add_command<cli::BankImportOptions>(
      bank, "import", "Take in bank files: money that came is booked and assigned to bills");
  add_argument(import.node, "FILE", import.options->files, "Files, of any known format");
  add_flag(import.node, "--take-anyway", import.options->take_anyway,
           "Though it contradicts itself or was imported before; "
           "look at its problems first");
  add_number(import.node, "--batch", import.options->batch, 1, 100'000, "Entries a transaction")
      .show_default();
  add_by(import.node, import.options->by);
  on_workspace(request, import, cli::bank_import);

  auto files = add_command<cli::BankFilesOptions>(bank, "files", "List imported bank files");
  add_limit(files.node, files.options->limit);
  on_workspace(request, files, cli::bank_files);
  const Node file = find_or_add_group(bank, "file", "One imported bank file");
  add_command_on(file, request, "show", "Show one with its problems", "FILE", "Its id",
                 cli::bank_file_show);

  auto simulate = add_command<cli::BankSimulateOptions>(
      bank, "simulate", "Write a bank file that pays the open bills, most of them rightly");
  add_choice(simulate.node, "--format", simulate.options->format, "FORMAT",
             {"bgmax", "camt.053", "camt.054"}, "As what")
      .show_default();
  add_value(simulate.node, "--seed", simulate.options->seed, "N", "Another seed, other oddities")
      .show_default();
  add_value(simulate.node, "--day", simulate.options->day, "DAY",
            "All on this day; some days before each bill is due without");
  add_number(simulate.node, "--bills", simulate.options->bills, 1, 1'000'000,
             "Of how many bills at the most")
      .show_default();
  add_output(simulate.node, simulate.options->output);
  on_workspace(request, simulate, cli::bank_simulate);
}

}  // namespace app::line
