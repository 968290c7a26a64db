// The command line. Exit codes (D14): 0 done, also with rejects and set-aside accounts, which are
// counted in the output; 1 a negative answer; 2 wrong usage; 3 a file that is not recognised;
// 4 the environment (database, disk, network).
#pragma once

#include "app/wiring.h"

namespace app {

// Runs one command with the machine's own clock, randomness and database engines.
int run_cli(int argc, const char* const* argv);
// The same with others: tests run the product on a virtual clock and on faulty databases.
int run_cli(int argc, const char* const* argv, const Wiring& wiring);

}  // namespace app
