// Commands that try a part of the product on files, to measure it; no data folder is touched.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app::cli {

struct LabRemittanceOptions {
  std::string origin;
  std::string destination;
  std::string truth;  // A file of confirmed pairs; empty: the model is fitted to the two files.
  std::string out;
};

// Writes the pairs that matching would book. Errors: file_not_readable,
// source_header_missing_column, amount_not_in_cents, no_confirmed_pair, those of parse_csv, Date,
// Decimal and write_output.
[[nodiscard]] Outcome lab_remittance(const LabRemittanceOptions& options);

}  // namespace app::cli
