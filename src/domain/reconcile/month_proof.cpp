#include "domain/reconcile/month_proof.h"

#include <algorithm>

namespace domain {
namespace {

std::string words(base::Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

}  // namespace

bool MonthProof::holds() const { return problems.empty(); }

void add_line(MonthProof& proof, ProofLine line) {
  if (!line.holds()) {
    proof.problems.push_back(base::fail("proof_line_differs",
                                        "the ledger says " + words(line.ledger) + ", " +
                                            line.made_of + " come to " + words(line.rows) +
                                            " (difference " + words(line.ledger - line.rows) + ")",
                                        line.name)
                                 .error());
  }
  proof.lines.push_back(std::move(line));
}

}  // namespace domain
