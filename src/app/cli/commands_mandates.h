// Commands of mandates and the debits under them (commands_mandates.cpp, commands_collections.cpp).
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace app::cli {

struct MandateListOptions {
  std::string account;  // An account's id or a customer's number.
  std::string state, scheme, creditor, reference;
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome mandate_list(const Context& context, const MandateListOptions& options);
// `mandate`: its id, or its reference where only one has it.
[[nodiscard]] Outcome mandate_show(const Context& context, const std::string& mandate);

struct MandateAddOptions {
  std::string account;
  std::string scheme, reference, creditor;
  std::string name, payer_account, identity;
  std::string signed_on;  // Empty: today.
  std::string limit;
  std::int64_t notice_days = 0;  // 0: the scheme's.
  bool one_off = false;
  bool confirmed = false;
  std::string channel = "paper";
  std::string text_version;
  std::string by;
};
[[nodiscard]] Outcome mandate_add(const Context& context, const MandateAddOptions& options);

struct MandateAmendOptions {
  std::string mandate;
  std::string reference, creditor, payer_account, limit;  // Empty: as it is.
  bool no_limit = false;
  std::string by;
};
[[nodiscard]] Outcome mandate_amend(const Context& context, const MandateAmendOptions& options);

struct MandateCancelOptions {
  std::string mandate;
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome mandate_cancel(const Context& context, const MandateCancelOptions& options);

struct MandateImportOptions {
  std::string file;
  bool dry_run = false;
  std::string by;
};
[[nodiscard]] Outcome mandate_import(const Context& context, const MandateImportOptions& options);

struct MandateMigrateOptions {
  std::string from, to;
  bool dry_run = false;  // So it is without `apply`.
  bool apply = false;
  std::string roll_back;  // A migration's id.
  std::string by;
};
[[nodiscard]] Outcome mandate_migrate(const Context& context, const MandateMigrateOptions& options);

// --- Collections.
struct CollectionRunOptions {
  std::string day;  // Empty: today.
  bool dry_run = false;
  bool again = false;
  std::string by;
};
[[nodiscard]] Outcome collection_run(const Context& context, const CollectionRunOptions& options);

struct CollectionListOptions {
  std::string account, state, scheme, file;
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome collection_list(const Context& context, const CollectionListOptions& options);
[[nodiscard]] Outcome collection_show(const Context& context, const std::string& collection);

struct CollectionFileOptions {
  std::string file;
  std::string output;
};
// Writes a file of orders as it goes to the bank.
[[nodiscard]] Outcome collection_file(const Context& context, const CollectionFileOptions& options);

}  // namespace app::cli
