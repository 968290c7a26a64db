// Mandates move from one creditor to another, all at once (MOON13): a merger, a new legal entity,
// another bank. What is seen in a dry run is what is done; what was done can be taken back.
//
// Each becomes an amendment: the next debit tells the payer's bank, so that no payer has to sign
// again. A page of mandates a transaction: killed and called again it goes on where it was. The
// proof counts what stands under either creditor before and after.
#pragma once

#include <string>

#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "ports/mandates.h"
#include "ports/store.h"

namespace flows {

struct MigrationRequest {
  std::string from, to;
  std::string actor = "command";
  std::size_t page = 500;
};

struct MigrationReport {
  ports::MandateMigration migration;
  // Mandates that are not over.
  std::int64_t from_before = 0, to_before = 0, from_after = 0, to_after = 0;
  std::int64_t changed = 0;                    // By this call.
  std::int64_t conflicts = 0;                  // Their reference is taken at the new creditor.
  std::vector<domain::MandateId> conflicting;  // The first of them.
  // No mandate was lost or doubled, and all that were to move have moved.
  [[nodiscard]] bool adds_up() const {
    return from_before + to_before == from_after + to_after && from_after == from_before - changed;
  }
};

// Nothing is kept. Errors: same_creditor, nothing_to_migrate, no_debit_agreement (the new
// creditor's), bad_creditor.
[[nodiscard]] base::Result<MigrationReport> try_migration(ports::Store& store,
                                                          const domain::RuleBook& rules,
                                                          const base::Clock& clock,
                                                          const MigrationRequest& request);
[[nodiscard]] base::Result<MigrationReport> migrate_mandates(ports::Store& store,
                                                             const domain::RuleBook& rules,
                                                             const base::Clock& clock,
                                                             const MigrationRequest& request);
// Errors: migration_not_found.
[[nodiscard]] base::Result<MigrationReport> take_back_migration(ports::Store& store,
                                                                const base::Clock& clock,
                                                                domain::MandateMigrationId id,
                                                                const std::string& actor);

}  // namespace flows
