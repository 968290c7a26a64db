// bank-read: how fast a large camt.053 is read, against libxml2 alone with nobody listening.
//
// The file is that of a biller's day: a batch of credits with a reference, a payer and an address
// each. It is made once and held, so that the disk does not count.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <string>

#include <libxml/parser.h>

#include "base/result/check.h"
#include "formats/bank/camt/camt.h"

namespace formats::bank::iso20022 {
namespace {

constexpr std::int64_t kEntries = 200'000;
constexpr std::size_t kPieceBytes = 262'144;

std::string padded(std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string entry_text(std::int64_t number) {
  const std::string id = padded(number, 12);
  const std::string amount = std::to_string(100 + number % 900) + "." + padded(number % 100, 2);
  return "<Ntry><Amt Ccy=\"SEK\">" + amount +
         "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>"
         "<AcctSvcrRef>" +
         id +
         "</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
         "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><RltdPties><Dbtr>"
         "<Nm>Customer " +
         id + "</Nm></Dbtr><DbtrAcct><Id><IBAN>SE45500000000" + padded(number, 11) +
         "</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>" + padded(number, 10) +
         "</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>\n";
}

const std::string& file() {
  static const std::string kFile = [] {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>"
        "<Stmt><Id>S1</Id><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>\n";
    for (std::int64_t number = 0; number < kEntries; ++number) text += entry_text(number);
    return text + "</Stmt></BkToCstmrStmt></Document>\n";
  }();
  return kFile;
}

class Pieces final : public ByteSource {
 public:
  [[nodiscard]] base::Result<std::string_view> next() override {
    const std::string_view piece = std::string_view(file()).substr(at_, kPieceBytes);
    at_ += piece.size();
    return piece;
  }

 private:
  std::size_t at_ = 0;
};

class Counter final : public BankFileSink {
 public:
  bool statement_begins(const domain::BankStatement&) override { return true; }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(domain::BankEntry&& entry) override {
    benchmark::DoNotOptimize(entry.amount);
    ++entries;
    return true;
  }
  bool mandate(domain::BankMandate&&) override { return true; }
  bool status(domain::BankStatus&&) override { return true; }
  bool problem(domain::BankProblem&&) override { return true; }
  std::int64_t entries = 0;
};

std::int64_t kilobytes_held(std::string_view which) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(which)) return std::stoll(line.substr(which.size()));
  }
  return 0;
}

// Megabytes of the file a second, and what reading held at its most beside the file itself.
void report(benchmark::State& state, std::int64_t before) {
  const std::int64_t grown = kilobytes_held("VmHWM:") - before;
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file().size()));
  state.counters["peak_mb"] = static_cast<double>(std::max<std::int64_t>(grown, 0)) / 1'000;
}

void bank_read(benchmark::State& state) {
  file();
  const std::int64_t before = kilobytes_held("VmHWM:");
  for (auto _ : state) {
    Pieces pieces;
    Counter counter;
    CHECK(camt::read(pieces, counter));
    CHECK(counter.entries == kEntries);
  }
  report(state, before);
}
BENCHMARK(bank_read)->Name("bank-read/memory")->Unit(benchmark::kMillisecond);

void bank_read_limit(benchmark::State& state) {
  file();
  const std::int64_t before = kilobytes_held("VmHWM:");
  for (auto _ : state) {
    xmlSAXHandler deaf = {};
    deaf.initialized = XML_SAX2_MAGIC;
    deaf.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int,
                             const xmlChar**, int, int, const xmlChar**) {};
    deaf.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
    deaf.characters = [](void*, const xmlChar*, int) {};
    deaf.ignorableWhitespace = deaf.characters;
    const auto parser = xmlCreatePushParserCtxt(&deaf, nullptr, nullptr, 0, nullptr);
    Pieces pieces;
    for (auto piece = pieces.next(); !piece->empty(); piece = pieces.next()) {
      xmlParseChunk(parser, piece->data(), static_cast<int>(piece->size()), 0);
    }
    CHECK(xmlParseChunk(parser, nullptr, 0, 1) == XML_ERR_OK);
    xmlFreeParserCtxt(parser);
  }
  report(state, before);
}
BENCHMARK(bank_read_limit)->Name("bank-read/limit")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace formats::bank::iso20022
