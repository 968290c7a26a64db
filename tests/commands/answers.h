// What commands say of themselves and what they answered, for the tests of this folder.
#pragma once

#include <string>
#include <vector>

#include "base/text/json.h"
#include "tests/support/installation.h"

namespace tests {

// The one line that a command printed with --json; fails the test where it is not one line.
[[nodiscard]] base::Json answer_of(const Ended& ended);
// "exit code place" of the error that a command ended with; "exit" where there was none.
[[nodiscard]] std::string error_of(const Ended& ended);

// Every command, as `telgiro help --json` lists them: "bill run", without the program's name.
[[nodiscard]] const std::vector<std::string>& all_commands();
// The words of a command line that needs no quotes.
[[nodiscard]] std::vector<std::string> words(const std::string& text);

[[nodiscard]] std::string product();  // The path of the program itself.
// Customers and orders of a made-up operator, complete to 2026-10, made once.
[[nodiscard]] const std::string& source_folder();

}  // namespace tests
