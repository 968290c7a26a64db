// bank-read: how fast a large camt.053 is read, against libxml2 alone with nobody listening; and
// what pugixml, which makes a tree of the whole file, takes for the same bytes (bank-read-tree).
//
// The file is that of a biller's day: a batch of credits with a reference, a payer and an address
// each. It is made once and stays in the system's cache, so that the disk hardly counts.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <libxml/parser.h>
#include <pugixml.hpp>

#include "base/result/check.h"
#include "domain/bank/iban.h"
#include "formats/bank/camt/camt.h"
#include "tests/support/process_use.h"
#include "tests/support/temporary_folder.h"

namespace formats::bank::iso20022 {
namespace {

constexpr std::int64_t kEntries = 200'000;
constexpr std::size_t kPieceBytes = 262'144;

std::string padded(std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string iban_of(const std::string& bban) {
  return domain::Iban::from_bban("SE", bban).value().text();
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
         id + "</Nm></Dbtr><DbtrAcct><Id><IBAN>" + iban_of("500000000" + padded(number, 11)) +
         "</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>" + padded(number, 10) +
         "</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>\n";
}

// Its path; written once.
const std::string& file() {
  static const tests::TemporaryFolder kFolder;
  static const std::string kPath = [] {
    const std::string path = kFolder.path() + "/statement.xml";
    std::ofstream out(path, std::ios::binary);
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>"
           "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T06:00:00</CreDtTm></GrpHdr>"
           "<Stmt><Id>S1</Id><CreDtTm>2026-11-20T06:00:00</CreDtTm>"
           "<Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>"
           "<Bal><Tp><CdOrPrtry><Cd>ITBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"SEK\">0.00</Amt>"
           "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>\n";
    for (std::int64_t number = 0; number < kEntries; ++number) out << entry_text(number);
    out << "</Stmt></BkToCstmrStmt></Document>\n";
    CHECK(out.good());
    return path;
  }();
  return kPath;
}

class Pieces final : public ByteSource {
 public:
  [[nodiscard]] base::Result<std::string_view> next() override {
    piece_.resize(kPieceBytes);
    in_.read(piece_.data(), kPieceBytes);
    piece_.resize(static_cast<std::size_t>(in_.gcount()));
    return std::string_view(piece_);
  }

 private:
  std::ifstream in_{file(), std::ios::binary};
  std::string piece_;
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
  bool problem(domain::BankProblem&&) override {
    ++problems;
    return true;
  }
  std::int64_t entries = 0, problems = 0;
};

void report(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(std::filesystem::file_size(file())));
  state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
}

void bank_read(benchmark::State& state) {
  file();
  tests::forget_peak();
  for (auto _ : state) {
    Pieces pieces;
    Counter counter;
    CHECK(camt::read(pieces, counter));
    CHECK(counter.entries == kEntries && counter.problems == 0);
  }
  report(state);
}
BENCHMARK(bank_read)->Name("bank-read/memory")->Unit(benchmark::kMillisecond);

void bank_read_limit(benchmark::State& state) {
  file();
  tests::forget_peak();
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
  report(state);
}
// As in the library's fastest use: the file is read at once, and the tree stands in its bytes.
void bank_read_tree(benchmark::State& state) {
  file();
  tests::forget_peak();
  for (auto _ : state) {
    pugi::xml_document document;
    CHECK(document.load_file(file().c_str(), pugi::parse_minimal));
    CHECK(document.document_element());
  }
  report(state);
}
BENCHMARK(bank_read_tree)->Name("bank-read-tree/memory")->Unit(benchmark::kMillisecond);

BENCHMARK(bank_read_limit)->Name("bank-read/limit")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace formats::bank::iso20022
