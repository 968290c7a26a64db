// ./dev itself: its help, how it sums up tests, and the skeletons that it makes. What it says last
// is what continuous integration reads.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/bench_line.h"

namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status = 0;
  std::string output;
};

// What a shell command says, on both of its outputs, and how it ends.
Outcome run(const std::string& command) {
  Outcome outcome;
  std::FILE* pipe = popen(("exec 2>&1 </dev/null; " + command).c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe)) outcome.output += buffer.data();
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

class Dev : public testing::Test {
 protected:
  Dev() : folder_(fs::path(testing::TempDir()) / ("telgiro_dev_" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Dev() override { fs::remove_all(folder_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  [[nodiscard]] bool exists(const std::string& path) const { return fs::exists(folder_ / path); }

  // A copy of the script and of what it needs to make skeletons.
  void copy_tree() {
    for (const std::string part : {"dev", "scripts", "countries", "CMakeLists.txt", ".clang-format",
                                   "src/domain/reference"}) {
      fs::create_directories((folder_ / part).parent_path());
      fs::copy(fs::path(TELGIRO_SOURCE_DIR) / part, folder_ / part, fs::copy_options::recursive);
    }
  }

  fs::path folder_;
};

TEST_F(Dev, EveryCommandHasHelp) {
  const Outcome help = run(TELGIRO_SOURCE_DIR "/dev --help");
  EXPECT_EQ(help.status, 0);
  for (const std::string command : {"setup", "build", "demo", "run", "test", "check", "bench",
                                    "soak", "update", "new", "doctor"}) {
    EXPECT_NE(help.output.find("  " + command + " "), std::string::npos) << command;
    const Outcome more = run(TELGIRO_SOURCE_DIR "/dev " + command + " --help");
    EXPECT_EQ(more.status, 0) << command;
    EXPECT_TRUE(more.output.starts_with("usage: ./dev " + command)) << more.output;
  }
  EXPECT_EQ(run(TELGIRO_SOURCE_DIR "/dev no-such-command").status, 2);
  EXPECT_EQ(run(TELGIRO_SOURCE_DIR "/dev build no-such-preset").status, 2);
  EXPECT_EQ(run(TELGIRO_SOURCE_DIR "/dev new no-such-kind name").status, 2);
}

std::string google_test(const std::string& tests) {
  return R"({"testsuites": [{"name": "Suite", "testsuite": [)" + tests + "]}]}";
}
const std::string kPass = R"({"name": "good", "status": "RUN", "result": "COMPLETED"})";
const std::string kSkip = R"({"name": "absent", "status": "RUN", "result": "SKIPPED"})";
const std::string kOff = R"({"name": "DISABLED_x", "status": "NOTRUN", "result": "SUPPRESSED"})";
const std::string kFail = R"({"name": "bad", "status": "RUN", "result": "COMPLETED",
                              "failures": [{"failure": "a.cpp:1\nexpected 1"}]})";

TEST_F(Dev, SumsUpTests) {
  struct Row {
    std::string what, status, json, log, last_line, also;
    int exit = 0;
  };
  const Row rows[] = {
      {"all is well", "0", google_test(kPass + "," + kPass), "", "2 passed, 0 failed", ""},
      {"skipped ones are told", "0", google_test(kPass + "," + kSkip + "," + kOff), "",
       "1 passed, 0 failed, 1 skipped", "skipped in a_test: 1"},
      {"a failure has its name", "1", google_test(kPass + "," + kFail), "", "1 passed, 1 failed",
       "FAILED a_test: Suite.bad\n    a.cpp:1\n    expected 1", 1},
      {"a crash is a failure of the test that ran", "134", "", "[ RUN      ] Suite.crash\nboom",
       "0 passed, 1 failed", "FAILED a_test: Suite.crash (ended with 134)", 1},
      {"so is one that never ends", "124", "", "[ RUN      ] Suite.hang\n", "0 passed, 1 failed",
       "FAILED a_test: Suite.hang (took too long)", 1},
      {"a bad end after good tests", "1", google_test(kPass), "", "1 passed, 1 failed",
       "the program itself (ended with 1)", 1},
      {"browser tests", "1", "",
       "ok 1 - opens\nnot ok 2 - pays\n  at bill.spec.ts\n# pass 1\n# fail 1\n"
       "# skipped 2\n",
       "1 passed, 1 failed, 2 skipped", "FAILED a_test: pays", 1},
      {"no test at all", "0", google_test(""), "", "0 passed, 1 failed", "", 1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    fs::remove_all(folder_);
    write("a_test.status", row.status);
    write("a_test.log", row.log);
    if (!row.json.empty()) write("a_test.json", row.json);
    const Outcome sum =
        run("node " TELGIRO_SOURCE_DIR "/scripts/sum_up_tests.mjs " + folder_.string());
    EXPECT_EQ(sum.status, row.exit);
    EXPECT_TRUE(("\n" + sum.output).ends_with("\n" + row.last_line + "\n")) << sum.output;
    EXPECT_NE(sum.output.find(row.also), std::string::npos) << sum.output;
  }
}

TEST_F(Dev, MakesSkeletons) {
  copy_tree();
  const std::string dev = "cd " + folder_.string() + " && ./dev new ";
  struct Row {
    std::string arguments, file, said;
  };
  const Row rows[] = {
      {"bank-format fi_ktl", "src/formats/bank/fi_ktl/fi_ktl_test.cpp", "registry.cpp"},
      {"einvoice-format finvoice", "src/formats/einvoice/finvoice/samples/README.md", "registry"},
      {"accounting-format sie", "src/formats/accounting/sie/sie.cpp", "registry.cpp"},
      {"channel sftp", "src/channels/sftp/sftp.h", "src/channels/registry.cpp"},
      {"gateway nets", "src/gateways/psp/nets/README.md", "src/gateways/registry.cpp"},
      {"country ee", "countries/ee/rules.csv", "kShippedCountries"},
      {"reference-scheme ee_viide", "src/domain/reference/ee_viide.h", "a row for ee_viide"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.arguments);
    const Outcome made = run(dev + row.arguments);
    EXPECT_EQ(made.status, 0) << made.output;
    EXPECT_TRUE(exists(row.file)) << made.output;
    EXPECT_NE(made.output.find(row.said), std::string::npos) << made.output;
    EXPECT_NE(run(dev + row.arguments).status, 0) << "twice";
  }
  const Outcome registry =
      run("grep EeViide " + folder_.string() + "/src/domain/reference/registry.cpp");
  EXPECT_EQ(registry.output,
            "    {\"ee_viide\", \"EeViide\", check<EeViide>, make<EeViide>, kPayment},\n");
}

TEST_F(Dev, BenchmarksStandBesideTheirLimits) {
  const auto measured = [](std::string_view benchmark, double value, std::string unit) {
    tests::BenchLine line = tests::named_line(benchmark);
    line.value = value;
    line.unit = std::move(unit);
    line.peak_mb = 85;
    return line;
  };
  const std::vector<tests::BenchLine> run = {
      measured("bill-run/sqlite", 15'600, "bills/s"),
      measured("bill-run/limit/sqlite", 24'000, "1/s"),
      measured("bill-run/postgres", 8'700.5, "bills/s"),
      measured("bill-run/limit/postgres", 20'000, "1/s"),
      measured("rating/memory", 10'300'000, "records/s"),
      measured("pdf/memory", 5'000, "pages/s"),
      measured("pdf/limit", 20'000, "1/s"),
  };
  std::string lines;
  for (const auto& line : tests::with_limits(run)) lines += tests::to_json(line) + "\n";
  EXPECT_EQ(
      lines,
      R"({"name":"bill-run","storage":"sqlite","value":15600,"unit":"bills/s","limit":24000,)"
      R"("ratio":0.65,"peak_mb":85})"
      "\n"
      R"({"name":"bill-run","storage":"postgres","value":8700.5,"unit":"bills/s","limit":20000,)"
      R"("ratio":0.435025,"peak_mb":85})"
      "\n"
      R"({"name":"rating","storage":"memory","value":10300000,"unit":"records/s","limit":null,)"
      R"("ratio":null,"peak_mb":85})"
      "\n"
      R"({"name":"pdf","storage":"memory","value":5000,"unit":"pages/s","limit":20000,)"
      R"("ratio":0.25,"peak_mb":85})"
      "\n");
}

}  // namespace
