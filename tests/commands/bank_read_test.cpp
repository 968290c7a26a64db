// `telgiro bank read` and `bank import`: the exit code says whether a file was read whole, and each
// problem how bad it is.
#include <algorithm>

#include "tests/commands/answers.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using base::Json;

const std::string kFiles = TELGIRO_SOURCE_DIR "/tests/data/bank/";

std::string bomb() {
  return "<?xml version=\"1.0\"?><!DOCTYPE D [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n" +
         read_file(kFiles + "camt/no_namespace.xml").substr(39);
}

TEST(BankRead, TheExitCodeSaysWhetherTheFileIsWhole) {
  TemporaryFolder folder;
  const auto kept = [&folder](const std::string& name, const std::string& bytes) {
    write_file(folder.file(name), bytes);
    return folder.file(name);
  };
  const std::string deposits = read_file(kFiles + "bgmax/deposits.txt");
  struct Row {
    std::string_view what;
    std::string file;
    int exit_code;
    std::string_view worst;  // The severity of the worst problem; empty: there is none.
  };
  const Row rows[] = {
      {"whole", kFiles + "bgmax/deposits.txt", 0, ""},
      {"notes only: letters of DOS", kFiles + "mt940/hungarian_dos_letters.sta", 0, "note"},
      {"notes only: no namespace", kFiles + "camt/no_namespace.xml", 0, "note"},
      {"wrong sums", kFiles + "bgmax/wrong_sum_trimmed_lines.txt", 1, "error"},
      {"cut", kept("cut.txt", deposits.substr(0, deposits.size() - 100)), 1, "error"},
      {"entities", kept("bomb.xml", bomb()), 1, "error"},
      {"a document type", kFiles + "camt/document_type_elsewhere.xml", 1, "error"},
      {"no bank file", kept("words.txt", "Dear bank"), 3, ""},
      {"not there", folder.file("nothing"), 4, ""},
  };
  const auto rank = [](std::string_view severity) {
    constexpr std::string_view kOrder[] = {"", "note", "warning", "error"};
    return std::ranges::find(kOrder, severity) - std::begin(kOrder);
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Ended ended = run_program({{product(), "bank", "read", row.file, "--json"}});
    EXPECT_EQ(ended.exit_code, row.exit_code) << ended.output << ended.errors;
    const Ended table = run_program({{product(), "bank", "read", row.file}});
    EXPECT_EQ(table.exit_code, row.exit_code);
    if (row.exit_code > 1) continue;
    std::string worst;
    const Json answer = answer_of(ended);
    for (const Json& problem : *answer["problems"].as_array()) {
      if (rank(problem.text("severity")) > rank(worst)) worst = problem.text("severity");
    }
    EXPECT_EQ(worst, row.worst);
    // The last line sums up.
    const std::string last = table.output.substr(table.output.rfind('\n', table.output.size() - 2));
    EXPECT_EQ(last.contains("; 0 errors, "), row.exit_code == 0) << last;
  }
}

}  // namespace
}  // namespace tests
