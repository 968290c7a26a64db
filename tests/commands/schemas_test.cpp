// D14: what a command answers with --json is one line of the shape that is published for it in
// docs/reference/cli/. A command without a schema fails, as does a schema without a command.
#include <filesystem>
#include <fstream>
#include <set>

#include "support/json/parse.h"
#include "tests/commands/answers.h"
#include "tests/support/json_schema.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

using base::Json;
using storage::sql::Engine;

constexpr std::string_view kEnd = ".schema.json";
// Schemas that belong to no command: what all errors look like, and what others refer to.
const std::set<std::string> kWithoutCommand = {"error", "common"};

// "bill run" is described by bill-run.schema.json.
std::string name_of(std::string command) {
  std::ranges::replace(command, ' ', '-');
  return command;
}

std::vector<std::string> published_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(TELGIRO_SOURCE_DIR "/docs/reference/cli")) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(kEnd)) names.push_back(file.substr(0, file.size() - kEnd.size()));
  }
  std::ranges::sort(names);
  return names;
}

const SchemaSet& published() {
  static const SchemaSet set = [] {
    SchemaSet made;
    for (const std::string& name : published_names()) {
      const std::string file = name + std::string(kEnd);
      const auto schema = json::parse(read_file(TELGIRO_SOURCE_DIR "/docs/reference/cli/" + file));
      EXPECT_TRUE(schema) << file;
      if (schema) made.add(file, *schema);
    }
    return made;
  }();
  return set;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void expect_fits(const std::string& name, const Json& answer) {
  EXPECT_EQ(joined(published().misfits(name + std::string(kEnd), answer)), "")
      << name << ": " << answer.dump().substr(0, 2000);
}

TEST(Schemas, EveryCommandHasOneAndEveryOneHasACommand) {
  std::set<std::string> wanted = kWithoutCommand;
  for (const std::string& command : all_commands()) wanted.insert(name_of(command));
  const auto names = published_names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()), wanted);
}

TEST(Schemas, AllAreStrict) {
  for (const std::string& name : published_names()) {
    EXPECT_EQ(joined(published().defects(name + std::string(kEnd))), "") << name;
  }
}

TEST(Schemas, TheCheckFindsWhatDoesNotFit) {
  struct Row {
    std::string_view name;
    std::string_view answer;
    std::string_view misfits;
  };
  const Row rows[] = {
      {"reject-discard", R"({"reject":"rej_4ykyc18v56gx9r6wj32fp0sk9v"})", ""},
      {"reject-discard", R"({"reject":7})", "/reject: is of type integer\n"},
      {"reject-discard", R"({})", "/reject: is missing\n"},
      {"reject-discard", R"({"reject":"rej_4ykyc18v56gx9r6wj32fp0sk9v","more":1})",
       "/more: is not in the schema\n"},
      {"reject-discard", R"({"reject":"bill_1"})",
       "/reject: does not match ^rej_[0-9a-z]{26}$: bill_1\n"},
      {"user-activate", R"({"login":"anna","active":false})", "/active: is another value\n"},
      {"dump", R"({"file":"x","rows":-1})", "/rows: is less than the minimum\n"},
      {"token-list", R"({"tokens":[7]})", "/tokens/0: is of type integer\n"},
      {"no-such", "{}", "there is no schema no-such.schema.json\n"},
  };
  for (const Row& row : rows) {
    const auto answer = json::parse(row.answer);
    ASSERT_OK(answer);
    EXPECT_EQ(joined(published().misfits(std::string(row.name) + std::string(kEnd), *answer)),
              row.misfits);
  }
}

// One life of an installation in which every command is used.
class StoryTest : public ::testing::Test {
 protected:
  // Runs a command, checks its answer against its schema, and returns it.
  Json tell(const std::string& command, const std::vector<std::string>& arguments = {},
            int exit_code = 0) {
    std::vector<std::string> line = words(command);
    std::ranges::copy(arguments, std::back_inserter(line));
    // The clock stands still: what the same command does twice differs by its random numbers.
    const std::string seed = std::to_string(++commands_);
    const Ended ended = installation_.run(line, {{"TELGIRO_TEST_SEED", seed}});
    EXPECT_EQ(ended.exit_code, exit_code) << command << "\n" << ended.output << ended.errors;
    const Json answer = answer_of(ended);
    expect_fits(answer["error"].is_null() ? name_of(command) : "error", answer);
    told_.insert(command);
    return answer;
  }

  void take_in_and_bill();
  void look_at_bills();
  void look_at_credit(const Json& bill);
  void use_the_till();
  void take_payments();
  void reconcile(const std::string& account);
  void look_at_intents();
  void order_things();
  void pay_in_parts();
  void debit_accounts();
  void look_at_worklist(const std::string& but_account);
  void settle_a_return();
  void treat_rejects();
  void join_and_part_customers();
  void choose_and_arrange();
  void change_a_service(const Json& first);
  // The number of the account's broadband; empty where it has none.
  std::string broadband_of(const Json& account) {
    const Json shown = tell("account show", {account.text("id")});
    for (const Json& service : *shown["services"].as_array()) {
      if (service.text("division") == "broadband") return service.text("number");
    }
    return {};
  }
  void manage_access();
  void keep_the_catalogue();
  void try_the_lab();
  void look_at_everything();
  void serve_and_stop();
  void restore_and_demo();

  Installation installation_{Engine::kSqlite};
  std::set<std::string> told_;
  int commands_ = 0;
};

void StoryTest::take_in_and_bill() {
  tell("import", {"--operator", "aurora", source_folder()});
  tell("import", {source_folder()});
  tell("import", {TELGIRO_SOURCE_DIR "/README.md"}, 3);
  tell("usage list", {"--period", "2026-09"});
  tell("usage list", {"--period", "2026-99"}, 2);
  tell("usage rerate", {"--period", "2026-09", "--dry-run"});
  tell("usage alert", {"--period", "2026-09"});
  tell("bill run", {"--period", "2026-09", "--dry-run"});
  tell("bill run", {"--period", "2026-09"});
  tell("bill run", {"--period", "2026-09"});
  tell("bill run", {"--period", "2026-99"}, 2);
  tell("bill approve", {"job_2jmc0xc9fzwwrt867a4eq2x7m7"}, 2);
}

void StoryTest::look_at_bills() {
  const Json bill = (*tell("bill list", {"--limit", "1"})["bills"].as_array())[0];
  tell("bill list", {"--state", "settled"});
  tell("bill show", {bill.text("id")});
  tell("bill link", {bill.text("reference")});
  tell("bill send-link", {bill.text("reference")}, 2);
  const std::string settings = read_file(installation_.file("telgiro.toml"));
  write_file(installation_.file("telgiro.toml"),
             settings + "[text.twilio]\naccount = 'AC1'\ntoken = 'env:T'\nfrom = 'Aurora'\n");
  tell("bill send-link", {bill.text("reference")});
  write_file(installation_.file("telgiro.toml"), settings);
  const Json run = (*tell("run list")["runs"].as_array())[0];
  tell("run show", {run.text("id")});
  tell("events", {bill.text("account")});
  tell("document list", {"--limit", "1"});
  tell("document export", {"A1", "-o", installation_.file("a1.json")});
  tell("document export", {"A1", "--format", "pdf", "-o", installation_.file("a1.pdf")});
  EXPECT_TRUE(read_file(installation_.file("a1.pdf")).ends_with("%%EOF\n"));
  tell("ledger trial-balance");
  tell("ledger revenue", {"--period", "2026-10"});
  look_at_credit(bill);
}

// A bill is credited in part, then whole; what is left of it is told by every command.
void StoryTest::look_at_credit(const Json& bill) {
  const std::string id = bill.text("id");
  const std::string total = bill.text("total");
  tell("bill credit", {id, "--amount", "10.00", "--reason", "a test", "--dry-run"});
  EXPECT_EQ(tell("bill credit", {id, "--amount", "10.00", "--reason", "a test"}).text("number"),
            "K1");
  tell("bill credit", {id, "--lines", "1", "--service", "x", "--reason", "a test"}, 2);
  tell("bill credit", {id, "--amount", "1000000.00", "--reason", "a test"}, 1);
  EXPECT_EQ(tell("bill credit", {id, "--reason", "a test"}).text("rest"), "0.00");
  EXPECT_EQ(tell("bill show", {id}).text("credited"), total);
  EXPECT_EQ(tell("document list", {"--kind", "credit_note"})["documents"].as_array()->size(), 2U);
  tell("document export", {"K2", "--format", "html", "-o", installation_.file("k2.html")});
  EXPECT_TRUE(read_file(installation_.file("k2.html")).contains("K2"));
  const Json statement = tell("account statement", {bill.text("account")});
  EXPECT_EQ(statement["rows"].as_array()->size(), bill.text("paid") == "0.00" ? 3U : 4U);
  tell("account statement", {bill.text("account"), "--from", "2026-10-01", "--to", "2026-10-31"});
  tell("account statement", {"1"}, 1);
  tell("tab", {bill.text("account")});
  tell("tab", {"0"}, 1);
}

// A drawer of a shop, from its float to the bank.
void StoryTest::use_the_till() {
  const std::string drawer = "kungsgatan-1";
  const std::string bill =
      (*tell("bill list", {"--state", "open", "--limit", "1"})["bills"].as_array())[0].text("id");
  EXPECT_EQ(tell("till drawers")["drawers"].as_array()->size(), 3U);
  tell("till take", {drawer, "--bill", bill, "--key", "t"}, 1);
  tell("till open", {drawer, "--float", "500x2", "--key", "o"});
  tell("till open", {drawer, "--float", "30x2", "--key", "p"}, 2);
  const auto take = [&] {
    return tell("till take", {drawer, "--bill", bill, "--tendered", "1", "--part", "--key", "t"});
  };
  EXPECT_EQ(take().integer("receipt"), 1);
  EXPECT_EQ(take().integer("receipt"), 1);
  EXPECT_EQ(tell("till receipt", {drawer, "1"}).text("tendered"), "1.00");
  const std::string receipt = installation_.file("receipt.pdf");
  tell("till receipt", {drawer, "1", "--pdf", "--language", "fi", "-o", receipt});
  EXPECT_TRUE(read_file(receipt).contains("/MediaBox[0 ")) << "as long as it is";
  EXPECT_TRUE(read_file(receipt).ends_with("%%EOF\n"));
  tell("till receipt", {drawer, "2", "--pdf"}, 1);
  EXPECT_EQ(tell("till undo", {drawer, "2", "--reason", "a test", "--key", "u"}).text("cash"),
            "-1.00");
  tell("till move", {drawer, "100", "--key", "m"});
  tell("till pay-out",
       {drawer, "--account", tell("bill show", {bill}).text("account"), "--amount", "999999",
        "--reason", "a test", "--key", "y"},
       1);
  EXPECT_EQ(tell("till show", {drawer})["entries"].as_array()->size(), 4U);
  // The first count is off and is asked for again; the second one is final.
  tell("till close", {drawer, "--count", "899", "--key", "c"}, 1);
  EXPECT_EQ(tell("till close", {drawer, "--count", "899", "--reason", "a test", "--key", "d"})
                .text("difference"),
            "-1.00");
  EXPECT_EQ(tell("till sessions")["sessions"].as_array()->size(), 1U);
  tell("till deposit", {"main", "999", "BAG1"}, 1);  // It is not there.
  tell("till deposit", {"main", "1000", "CHANGE1", "--fetched"});
  tell("till deposit", {"main", "999", "BAG1"});
  tell("till deposit", {"cellar", "999", "BAG1"}, 1);
  EXPECT_EQ(tell("till code", {bill}).text("code").size(), 10U);
}

// The open bills are paid by a bank file; what waits is assigned, taken back and assigned again.
void StoryTest::take_payments() {
  const std::string file = installation_.file("bank.txt");
  EXPECT_GT(tell("bank simulate", {"-o", file}).integer("entries"), 0);
  tell("bank simulate", {"--day", "2026-99-01", "-o", file}, 2);
  const Json report = tell("bank import", {file});
  EXPECT_EQ((*report["files"].as_array())[0].text("state"), "done");
  tell("bank import", {file});
  tell("bank import", {TELGIRO_SOURCE_DIR "/README.md"}, 3);
  const Json files = tell("bank files");
  tell("bank file show", {(*files["files"].as_array())[0].text("id")});
  tell("payment totals");
  tell("payment list", {"--state", "allocated", "--limit", "1"});
  const Json list = tell("payment list", {"--state", "suspense"});
  const auto waiting = *list["payments"].as_array();
  ASSERT_FALSE(waiting.empty());
  const std::string payment = waiting[0].text("id");
  tell("payment show", {payment});
  const Json bill = (*tell("bill list", {"--limit", "1"})["bills"].as_array())[0];
  tell("payment assign", {payment, "--bill", bill.text("id"), "--reason", "a test"});
  EXPECT_EQ(tell("payment undo", {payment, "--reason", "a test"}).text("open"),
            waiting[0].text("open"));
  tell("payment undo", {payment, "--reason", "a test"}, 1);
  look_at_worklist(bill.text("account"));
  settle_a_return();
  tell("payment assign", {payment, "--account", bill.text("account"), "--reason", "a test"});
  tell("payment assign", {payment, "--reason", "a test"}, 2);
  reconcile(bill.text("account"));
  EXPECT_EQ(tell("verify")["problems"].as_array()->size(), 0U);
}

// Money goes back of which nobody knows what it was; a person says that it is none of ours.
void StoryTest::settle_a_return() {
  const std::string file = installation_.file("back.xml");
  std::ofstream(file) << R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M9</MsgId><CreDtTm>2026-11-24T06:00:00</CreDtTm></GrpHdr>
<Ntfctn><Id>N9</Id><Acct><Id><Othr><Id>50501055</Id></Othr></Id><Ccy>SEK</Ccy></Acct>
<Ntry><Amt Ccy="SEK">12.34</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-30</Dt></BookgDt><AcctSvcrRef>GONE9</AcctSvcrRef>
</Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>)";
  tell("bank import", {file});
  const Json list = tell("payment worklist", {"--reason", "return_not_found"});
  ASSERT_EQ(list["payments"].as_array()->size(), 1U);
  const std::string back = (*list["payments"].as_array())[0].text("id");
  tell("payment candidates", {back});
  tell("payment return", {back, "--reason", "a test"}, 2);
  tell("payment return", {back, "--of", back, "--reason", "a test"}, 1);
  EXPECT_EQ(tell("payment return", {back, "--none-of-ours", "--reason", "a test"}).text("open"),
            "0.00");
  EXPECT_EQ(tell("payment undo", {back, "--reason", "a test"}).text("open"), "-12.34");
  tell("payment return", {back, "--none-of-ours", "--reason", "a test"});
}

// The month is explained; an account's credit goes back to its owner, with four eyes.
void StoryTest::reconcile(const std::string& account) {
  EXPECT_GT(tell("reconcile suspense")["payments"].as_array()->size(), 0U);
  const std::string settlement = installation_.file("settlement.json");
  std::ofstream(settlement) << R"({"settlements": [{"provider": "card", "payout": "po_1",
    "currency": "SEK", "amount": "95.00", "day": "2026-11-01", "lines": [{"kind": "payment",
    "gross": "100.00", "fee": "5.00", "net": "95.00", "day": "2026-11-01"}]}]})";
  tell("reconcile settlement", {settlement}, 1);  // It names no payment of ours.
  tell("reconcile settlement", {settlement, "--take-anyway"});
  tell("reconcile settlement", {TELGIRO_SOURCE_DIR "/README.md"}, 3);
  tell("reconcile settlements", {"--waiting"});
  const std::string iban = "SE3550000000054910000003";
  tell("user add", {"rita", "--role", "finance"});
  tell("user add", {"olle", "--role", "finance"});
  tell("user add", {"agda", "--role", "agent"});
  const auto propose = [&](const std::string& amount) {
    return tell("refund propose", {"--account", account, "--amount", amount, "--to", iban,
                                   "--to-name", "Ebba Ek", "--reason", "a test", "--by", "olle"})
        .text("id");
  };
  const std::string refund = propose("1.00");
  tell("refund propose",
       {"--account", account, "--amount", "1.00", "--to", iban, "--reason", "a test"}, 2);
  tell("refund approve", {refund}, 2);
  tell("refund approve", {refund, "--by", "olle"}, 1);
  tell("refund approve", {refund, "--by", "agda"}, 1);
  tell("refund approve", {refund, "--by", "nobody"}, 1);
  tell("refund withdraw", {refund, "--reason", "a test", "--by", "olle"}, 1);
  tell("refund refuse", {refund});
  tell("refund propose", {"--account", account, "--amount", "999999.00", "--reason", "a test"}, 1);
  const std::string third = propose("3.00");
  tell("refund approve", {third, "--by", "rita"});
  tell("refund withdraw", {third, "--reason", "a test"}, 2);
  EXPECT_EQ(tell("refund withdraw", {third, "--reason", "a test", "--by", "olle"}).text("state"),
            "withdrawn");
  const std::string second = propose("2.00");
  tell("refund approve", {second, "--by", "rita"});
  tell("refund send", {"--from", iban, "-o", installation_.file("refunds.xml")});
  tell("refund send", {"-o", installation_.file("none.xml")}, 1);
  tell("refund withdraw", {second, "--reason", "a test", "--by", "rita"}, 1);
  EXPECT_EQ((*tell("refund list", {"--state", "sent"})["refunds"].as_array())[0].text("id"),
            second);
  tell("reconcile month", {"2026-13"}, 2);
  EXPECT_EQ(tell("reconcile month", {"2026-11"})["problems"].as_array()->size(), 0U);
}

// Nobody pays by a command; what there is, is begun on the page of a bill.
void StoryTest::order_things() {
  const std::string account = tell("account list")["accounts"].as_array()->front().text("id");
  const auto order = [&](const std::string& how, const std::string& key) {
    return std::vector<std::string>{"--account",    account, "--item", "ROUTER-AX:1", "--item",
                                    "MESH-2:2:300", "--how", how,      "--key",       key};
  };
  tell("order create", {"--account", account, "--item", "NOTHING", "--dry-run"}, 1);
  tell("order create", {"--account", account, "--item", "ROUTER-AX", "--dry-run"});
  const base::Json paid = tell("order create", order("now", "a"));
  EXPECT_EQ(paid.text("state"), "awaiting_payment");
  EXPECT_FALSE(paid.text("pay_link").empty());
  EXPECT_EQ(tell("order create", order("now", "a")).text("id"), paid.text("id"));
  const base::Json billed = tell("order create", order("bill", "b"));
  EXPECT_EQ(billed.text("state"), "ready");
  EXPECT_EQ(tell("order list", {"--state", "ready"})["orders"].as_array()->size(), 1U);
  tell("order show", {paid.text("id")});
  tell("order hand-over", {paid.text("id")}, 1);
  EXPECT_EQ(tell("order hand-over", {billed.text("id")}).text("state"), "handed_over");
  EXPECT_EQ(tell("order cancel", {paid.text("id"), "--reason", "no stock"}).text("state"),
            "cancelled");
  tell("order cancel", {billed.text("id"), "--reason", "too late"}, 1);
  tell("report rail-costs", {}, 2);
  tell("report rail-costs", {"--year", "2026"});
}

// A bill is paid in parts as long as that is agreed; no way to pay is kept yet.
void StoryTest::pay_in_parts() {
  const auto bills = *tell("bill list", {"--state", "open", "--limit", "50"})["bills"].as_array();
  ASSERT_FALSE(bills.empty());
  const std::string bill = bills.front().text("id");
  const std::string account = bills.front().text("account");
  tell("plan agree", {bill, "--parts", "1"}, 1);
  const Json shown = tell("plan agree", {bill, "--parts", "2", "--dry-run"});
  EXPECT_EQ(shown["rows"].as_array()->size(), 2U);
  EXPECT_TRUE(tell("plan list")["plans"].as_array()->empty());
  const Json agreed = tell("plan agree", {bill, "--parts", "2", "--key", "a"});
  EXPECT_EQ(tell("plan agree", {bill, "--parts", "2", "--key", "a"}).text("id"), agreed.text("id"));
  EXPECT_EQ(tell("plan list", {"--account", account})["plans"].as_array()->size(), 1U);
  tell("plan show", {bill});
  tell("plan follow", {"--dry-run"});
  tell("plan follow");
  EXPECT_EQ(tell("plan end", {bill}).text("state"), "ended");
  tell("plan end", {bill}, 1);
  EXPECT_TRUE(tell("method list", {account})["methods"].as_array()->empty());
  tell("method forget", {account, "meth_2jmc0xc9fzwwrt867a4eq2x7m7"}, 1);
  tell("method charge", {"--dry-run"});
  tell("method charge");
}

void StoryTest::look_at_intents() {
  const std::string none = "intent_2jmc0xc9fzwwrt867a4eq2x7m7";
  EXPECT_TRUE(tell("intent list", {"--state", "settled"})["intents"].as_array()->empty());
  tell("intent list", {"--account", "x"}, 2);
  tell("intent show", {none}, 1);
  EXPECT_EQ(tell("intent ask").integer("asked"), 0);
  tell("intent ask", {"--intent", none}, 1);
  tell("intent stop", {none}, 1);
  tell("intent refund", {none, "--amount", "1.00"}, 1);
  tell("intent rename", {none, "--reference", "P1", "--reason", "Looked there"}, 1);
}

// Mandates are given, changed and ended; a run plans debits and writes a file for the bank.
void StoryTest::debit_accounts() {
  const auto bills = *tell("bill list", {"--state", "open", "--limit", "50"})["bills"].as_array();
  ASSERT_GE(bills.size(), 2U);
  const std::string account = bills.front().text("account");
  const std::string other = bills.back().text("account");
  const Json given = tell("mandate add", {account, "--scheme", "autogiro", "--confirmed"});
  EXPECT_EQ(given.text("state"), "active");
  const std::string mandate = given.text("id");
  tell("mandate add", {account, "--scheme", "autogiro"}, 1);
  tell("mandate add", {account, "--scheme", "cheque"}, 2);
  EXPECT_EQ(tell("mandate add", {other, "--scheme", "autogiro", "--payer-account",
                                 "8901-3232323232", "--identity", "191212121212"})
                .text("state"),
            "draft");
  EXPECT_EQ(tell("mandate show", {given.text("reference")}).text("id"), mandate);
  EXPECT_EQ(tell("mandate amend", {mandate, "--limit", "100000.00"}).text("limit"), "100000.00");
  tell("mandate amend", {mandate}, 1);
  tell("mandate list", {"--scheme", "autogiro", "--limit", "1"});
  const std::string table = installation_.file("mandates.csv");
  std::ofstream(table) << "customer,scheme,signed_on\n1,autogiro,2026-01-01\n";
  EXPECT_EQ(tell("mandate import", {table, "--dry-run"})["problems"].as_array()->size(), 1U);
  tell("mandate migrate", {"--from", "50501055", "--to", "50501055"}, 1);
  tell("mandate migrate", {"--apply"}, 2);

  const Json tried = tell("collection run", {"--dry-run"});
  EXPECT_GT(tried.integer("planned"), 0);
  const Json run = tell("collection run");
  EXPECT_EQ(run.integer("planned"), tried.integer("planned"));
  const std::string file = (*run["files"].as_array())[0].text("id");
  tell("collection run");
  tell("collection file", {file, "-o", installation_.file("orders.txt")});
  EXPECT_TRUE(read_file(installation_.file("orders.txt")).contains("AUTOGIRO"));
  const Json list = tell("collection list", {"--account", account});
  tell("collection show", {(*list["collections"].as_array())[0].text("id")});
  EXPECT_EQ(tell("mandate cancel", {mandate, "--reason", "by_customer"}).text("state"),
            "cancelled");
}

// What waits is suggested for; what is not for this account is accepted and taken back.
void StoryTest::look_at_worklist(const std::string& but_account) {
  EXPECT_EQ(tell("payment match").integer("matched"), 0);
  tell("payment worklist", {"--search", "nobody is called so"});
  tell("payment worklist", {"--limit", "0"}, 2);
  std::string payment, candidate;
  const Json list = tell("payment worklist");
  for (const Json& row : *list["payments"].as_array()) {
    for (const Json& each : *row["candidates"].as_array()) {
      if (each.text("account") == but_account || !candidate.empty()) continue;
      payment = row.text("id");
      candidate = each.text("candidate");
    }
  }
  ASSERT_FALSE(candidate.empty());
  tell("payment candidates", {payment});
  tell("payment accept", {payment, "0000000000"}, 1);
  EXPECT_EQ(tell("payment accept", {payment, candidate}).text("open"), "0.00");
  EXPECT_EQ(tell("payment candidates", {payment}).integer("confirmed"), 1);
  tell("payment undo", {payment, "--reason", "a test"});
  EXPECT_EQ(tell("payment candidates", {payment}).integer("confirmed"), 0);
}

void StoryTest::treat_rejects() {
  const auto rejects = *tell("reject list")["rejects"].as_array();
  ASSERT_GE(rejects.size(), 2U);
  const std::string raw = tell("reject show", {rejects[0].text("id")}).text("raw");
  tell("reject correct", {rejects[0].text("id"), "--record", raw}, 1);
  EXPECT_EQ(tell("reject retake", {"--code", rejects[0].text("code")}).integer("taken"), 0);
  tell("reject discard", {rejects[0].text("id"), "--reason", "a test record"});
  tell("reject list", {"--state", "all", "--limit", "1"});
}

// Two customers of one division become one, and two again.
void StoryTest::join_and_part_customers() {
  std::vector<std::pair<std::string, std::string>> customers;  // Number, and the division's.
  const Json page = tell("account list", {"--limit", "50"});
  for (const Json& row : *page["accounts"].as_array()) {
    const Json account = tell("account show", {row.text("id")});
    const std::string service = broadband_of(row);
    if (service.empty() || account["services"].as_array()->size() != 1) continue;
    customers.emplace_back(std::to_string(row.integer("number")), service);
  }
  ASSERT_GE(customers.size(), 2U);
  const auto& [keep, keeps] = customers[0];
  const auto& [join, joins] = customers[1];
  tell("customer link", {keep, keep}, 2);
  EXPECT_EQ(tell("customer link", {keep, join}).integer("numbers"), 1);
  tell("customer unlink", {"broadband", joins});
}

// What an account chooses; a second account of the customer; a service that moves to it.
void StoryTest::choose_and_arrange() {
  std::vector<Json> accounts;
  const Json page = tell("account list", {"--limit", "50"});
  for (const Json& row : *page["accounts"].as_array()) {
    if (!broadband_of(row).empty()) accounts.push_back(row);
  }
  ASSERT_GE(accounts.size(), 2U);
  const Json first = accounts[0];
  const Json second = accounts[1];
  const std::string account = first.text("id");
  tell("account list", {"--search", first.text("name"), "--segment", first.text("segment")});
  tell("account list", {"--format", "csv", "-o", installation_.file("accounts.csv")});
  tell("account profile preview", {account, "--grouping", "one_off:each, all", "--due-day", "25"});
  tell("account profile set", {account, "--grouping", "service", "--minimum", "50.00"});
  tell("account profile set", {account, "--grouping", "some"}, 2);
  tell("account profile set", {account, "--default", "grouping", "--due-day", "32"}, 2);
  EXPECT_EQ(tell("account profile show", {account})["chosen"].integer("minimum_minor"), 5000);
  EXPECT_EQ(tell("account list", {"--chosen"})["accounts"].as_array()->size(), 0U)
      << "it holds from the next bill day";

  const std::string customer = std::to_string(second.integer("number"));
  const std::string opened = tell("account open", {"--customer", customer}).text("account");
  const std::string service = broadband_of(second);
  tell("service user", {second.text("id"), service, "--customer", customer});
  tell("service user", {second.text("id"), service, "--by", "anna"});
  tell("service user", {second.text("id"), "X9"}, 1);
  tell("account show", {customer}, 1);
  tell("account move-service", {second.text("id"), service, "--to", second.text("id")}, 2);
  tell("account move-service", {second.text("id"), service, "--to", opened});
  tell("customer segment", {customer, "business"});
  change_a_service(first);
}

// Another plan, a pause, an add-on that its division does not sell, an end and none again.
void StoryTest::change_a_service(const Json& first) {
  const std::string account = first.text("id");
  tell("usage levels", {account, "--period", "2026-10"});
  tell("usage levels", {account, "--period", "soon"}, 2);
  const std::string service = broadband_of(first);
  const Json shown = tell("service show", {account, service});
  const std::string id = shown.text("id");
  const std::string plan = shown["timeline"].as_array()->back().text("plan");
  const std::string other = plan == "FIBER100" ? "FIBER250" : "FIBER100";
  tell("service plan", {account, id, other, "--from", "2026-10-15", "--dry-run"});
  EXPECT_EQ(tell("service show", {account, id}).integer("revision"), shown.integer("revision"));
  tell("service plan", {account, id, other, "--from", "2026-10-15", "--by", "anna"});
  tell("service plan", {account, id, "NONE", "--from", "2026-10-15"}, 1);
  tell("service plan", {account, id, plan, "--from", "soon"}, 2);
  tell("service pause", {account, id, "--from", "2026-12-01"});
  tell("service pause", {account, id, "--from", "2026-12-01"}, 1);
  tell("service resume", {account, id, "--from", "2026-12-10"});
  tell("service add-on", {account, id, "add", "NONE", "--from", "2026-12-01"}, 1);
  tell("service add-on", {account, id, "remove", "NONE", "--from", "2026-12-01"}, 1);
  tell("service end", {account, id, "--last-day", "2026-12-31"});
  EXPECT_EQ(tell("service show", {account, id}).text("ends"), "2027-01-01");
  tell("service end", {account, id, "--take-back"});
  tell("service end", {account, id, "--take-back"}, 1);
  tell("service end", {account, id}, 2);
}

void StoryTest::manage_access() {
  tell("user add", {"anna", "--role", "admin", "--role", "finance"});
  tell("user add", {"bertil", "--role", "agent", "--password", "ett långt lösenord"});
  tell("user list");
  tell("user roles", {"bertil", "--role", "auditor"});
  tell("user password", {"bertil"});
  tell("user deactivate", {"bertil"});
  tell("user activate", {"bertil"});
  const Json token = tell(
      "token create", {"anna", "--name", "x", "--scope", "bills:read", "--expires", "2027-01-01"});
  tell("token list", {"anna"});
  tell("token revoke", {token.text("token")});
  tell("token list", {"anna"});
}

void StoryTest::keep_the_catalogue() {
  const std::string aurora = TELGIRO_SOURCE_DIR "/operators/aurora";
  const std::string file = installation_.file("catalogue.toml");
  std::string text = read_file(aurora + "/catalogue.toml");
  text.replace(text.find("319.20"), 6, "329.20");
  std::ofstream(file) << text;
  tell("catalogue check", {aurora});
  EXPECT_GT(tell("catalogue list")["items"].as_array()->size(),
            tell("catalogue list", {"--kind", "one_off"})["items"].as_array()->size());
  tell("catalogue check", {file, "--operator", aurora});
  tell("catalogue check", {TELGIRO_SOURCE_DIR "/README.md"}, 3);
  tell("catalogue check", {file + ".absent"}, 4);
  EXPECT_EQ(tell("catalogue diff", {file})["changes"].as_array()->size(), 1U);
  EXPECT_EQ(tell("catalogue import", {file}).integer("prices_changed"), 1);
  EXPECT_EQ(tell("catalogue import", {file}).integer("prices_changed"), 0);
  EXPECT_EQ(tell("catalogue diff", {file})["changes"].as_array()->size(), 0U);
  text.replace(text.find("329.20"), 6, "much");
  std::ofstream(file) << text;
  tell("catalogue check", {file}, 1);
  tell("catalogue diff", {file}, 1);
  tell("catalogue import", {file}, 1);
}

void StoryTest::try_the_lab() {
  const std::string sent = installation_.file("sent.csv");
  const std::string came = installation_.file("came.csv");
  const std::string known = installation_.file("known.csv");
  const std::string out = installation_.file("pairs.csv");
  std::ofstream(sent) << "unique_id,memo,transaction_date,amount\n"
                         "1,Anna Svensson,2026-03-01,199\n2,Erik Dahl,2026-03-02,249.50\n";
  std::ofstream(came) << "unique_id,memo,transaction_date,amount\n"
                         "b,ERIK DAHL,2026-03-04,249.5\na,ANNA SVENSSON,2026-03-02,199.00\n";
  std::ofstream(known) << "origin_id,destination_id\n1,a\n";
  EXPECT_EQ(tell("lab remittance", {"--origin", sent, "--destination", came, "--out", out})
                .integer("pairs"),
            2);
  std::ifstream file(out);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "origin_id,destination_id,probability");
  std::getline(file, line);
  EXPECT_TRUE(line.starts_with("1,a,0.9")) << line;
  EXPECT_EQ(tell("lab remittance",
                 {"--origin", sent, "--destination", came, "--out", out, "--truth-train", known})
                .integer("confirmed"),
            1);
  tell("lab remittance",
       {"--origin", sent, "--destination", came, "--out", out, "--truth-train", sent}, 3);
  std::ofstream(came) << "unique_id,memo,transaction_date,amount\na,ANNA,2026-03-02,199.001\n";
  tell("lab remittance", {"--origin", sent, "--destination", came, "--out", out}, 1);
}

void StoryTest::look_at_everything() {
  tell("law", {"SE"});
  tell("law", {"SE", "--day", "2015-06-01"});
  tell("verify");
  EXPECT_GT(tell("search rebuild").integer("customers"), 0);
  tell("dump", {"--canonical", "-o", installation_.file("dump")});
  tell("reference check", {"--scheme", "se_bankgiro", "5050-1055"});
  tell("reference check", {"--scheme", "se_bankgiro", "5050-1056"}, 1);
  tell("reference make", {"--scheme", "se_ocr_luhn", "123"});
  tell("reference make", {"--scheme", "se_ocr_luhn", "x"}, 1);
  tell("reference schemes");
  tell("bank formats");
  tell("bank code", {"--kind", "fi-barcode-4", "--account", "FI7944052020036082", "--amount",
                     "4883.15", "--scheme", "fi_viite", "--reference", "868516259619897"});
  EXPECT_EQ(tell("bank code", {"--kind", "fi-barcode-4", "--account", "FI7944052020036082",
                               "--amount", "4883.15", "--reference", "868516259619897"})
                .text("scheme"),
            "fi_viite");
  tell("bank code",
       {"--kind", "fi-barcode-4", "--account", "FI7944052020036082", "--scheme", "nosuch",
        "--reference", "1"},
       2);
  tell("bank code", {"--kind", "dk-fi-71", "--account", "1", "--reference", "12345674"}, 1);
  const std::string bank_files = TELGIRO_SOURCE_DIR "/tests/data/bank/";
  tell("bank read", {bank_files + "camt/batch_and_return.xml"});
  tell("bank read", {bank_files + "bgmax/deposits.txt"});
  tell("bank read", {bank_files + "bgmax/wrong_sum_trimmed_lines.txt"}, 1);
  tell("bank read", {TELGIRO_SOURCE_DIR "/README.md"}, 3);
  const std::string order = TELGIRO_SOURCE_DIR "/tests/data/bank_orders/pain.008.json";
  tell("bank write", {order, "--format", "pain.008", "-o", installation_.file("debits.xml")});
  tell("bank write", {order, "--format", "lb", "-o", installation_.file("debits.xml")}, 1);
  try_the_lab();
  tell("help");
  tell("routes");
}

void StoryTest::serve_and_stop() {
  Process server = installation_.start({"serve", "--port", "0"});
  const auto listening = json::parse(server.first_line());
  ASSERT_OK(listening);
  expect_fits("serve", *listening);
  server.send(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  const auto stopped = json::parse(ended.output.substr(ended.output.find('\n') + 1));
  ASSERT_OK(stopped);
  expect_fits("serve", *stopped);
  told_.insert("serve");
}

void StoryTest::restore_and_demo() {
  const std::string file = installation_.file("backup");
  tell("backup", {file});
  Installation other(Engine::kSqlite);
  fs::copy_file(installation_.file("secrets.toml"), other.file("secrets.toml"));
  expect_fits("restore", answer_of(other.run({"restore", file})));
  EXPECT_EQ(first_difference(other.dump(), installation_.dump()), "none");
  Installation demo(Engine::kSqlite);
  const auto made = answer_of(demo.run({"demo", "--customers", "5"}));
  expect_fits("demo", made);
  // Two accounts, by a giro's file and a statement: every krona of each month is explained.
  const auto last = base::Month::parse(made.text("last_month")).value();
  for (const base::Month month : {last.previous(), last, last.next()}) {
    EXPECT_TRUE(*answer_of(demo.run({"reconcile", "month", month.to_string()}))["holds"].as_bool())
        << month.to_string();
  }
  // The bank tells of two more days: its balances follow from the last one that is known.
  for (const std::string seed : {"5", "5"}) {
    const std::string told = demo.file("camt.xml");
    EXPECT_EQ(demo.run({"bank", "simulate", "--format", "camt.053", "--seed", seed, "--bills", "2",
                        "-o", told})
                  .exit_code,
              0);
    EXPECT_EQ(demo.run({"bank", "import", told}).exit_code, 0);
  }
  for (const base::Month month : {last.previous(), last, last.next(), last.next().next()}) {
    const auto proof = answer_of(demo.run({"reconcile", "month", month.to_string()}));
    EXPECT_TRUE(*proof["holds"].as_bool()) << month.to_string() << proof.dump();
  }
  told_.insert({"restore", "demo"});
}

TEST_F(StoryTest, EveryCommandAnswersAsPublished) {
  take_in_and_bill();
  look_at_bills();
  use_the_till();
  debit_accounts();
  take_payments();
  look_at_intents();
  order_things();
  pay_in_parts();
  treat_rejects();
  join_and_part_customers();
  manage_access();
  keep_the_catalogue();
  choose_and_arrange();
  look_at_everything();
  serve_and_stop();
  restore_and_demo();
  for (const std::string& command : all_commands()) {
    EXPECT_TRUE(told_.contains(command)) << command << " is not part of the story";
  }
}

}  // namespace
}  // namespace tests
