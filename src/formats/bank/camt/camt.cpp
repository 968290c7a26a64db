#include "formats/bank/camt/camt.h"

#include "formats/bank/camt/camt_reader.h"
#include "formats/bank/iso20022/xml_stream.h"

namespace formats::bank::camt {

namespace {

// Missing parts of which the reader says what follows.
constexpr std::string_view kTold[] = {
    "Stmt/Id",     "Rpt/Id",   "Ntfctn/Id", "Stmt/Acct",      "Rpt/Acct",
    "Ntfctn/Acct", "Ntry/Amt", "Ntry/Sts",  "Ntry/CdtDbtInd",
};

}  // namespace

bool claims_052(std::string_view head) { return iso20022::message_of(head) == "camt.052"; }
bool claims_053(std::string_view head) { return iso20022::message_of(head) == "camt.053"; }
bool claims_054(std::string_view head) { return iso20022::message_of(head) == "camt.054"; }

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  CamtReader reader(reading);
  iso20022::XmlStream stream(fields(), reading, kTold);
  TRY(stream.read(source, reader));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::camt
