#include "formats/bank/pain002/pain002.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/beginning.h"
#include "formats/bank/iso20022/values.h"
#include "formats/bank/iso20022/xml_stream.h"

namespace formats::bank::pain002 {
namespace {

using domain::BankStatus;
using iso20022::PathRow;

enum Field {
  kMessage = 1,
  kMessageId,
  kBatch,
  kBatchId,
  kTransaction,
  kEndToEndId,
  kAmount,
  kState,
  kReason,
  kReasonText,
};

struct StateName {
  std::string_view code, state;
};
constexpr StateName kStates[] = {
    {"ACCC", "accepted"}, {"ACCP", "accepted"}, {"ACSC", "accepted"}, {"ACSP", "accepted"},
    {"ACTC", "accepted"}, {"ACWC", "accepted"}, {"ACWP", "accepted"}, {"RCVD", "pending"},
    {"PDNG", "pending"},  {"RCVC", "accepted"}, {"RVNM", "pending"},  {"RVMC", "pending"},
    {"RVNA", "pending"},  {"RJCT", "rejected"}, {"CANC", "rejected"}, {"PART", "partly"},
    {"ACFC", "accepted"}, {"PATC", "pending"},
};

constexpr std::string_view kMessages[] = {"CstmrPmtStsRpt"};
constexpr std::string_view kTransparent[] = {"Pty"};

const iso20022::PathTable& fields() {
  static const iso20022::PathTable kTable = [] {
    const std::string group = "OrgnlGrpInfAndSts", batch = "OrgnlPmtInfAndSts";
    const std::string transaction = batch + "/TxInfAndSts";
    std::vector<PathRow> rows = {
        {group, kMessage, true},
        {group + "/OrgnlMsgId", kMessageId},
        {group + "/GrpSts", kState},
        {batch, kBatch, true},
        {batch + "/OrgnlPmtInfId", kBatchId},
        {batch + "/PmtInfSts", kState},
        {transaction, kTransaction, true},
        {transaction + "/OrgnlEndToEndId", kEndToEndId},
        {transaction + "/TxSts", kState},
        {transaction + "/OrgnlTxRef/Amt/InstdAmt", kAmount},
        {transaction + "/OrgnlTxRef/IntrBkSttlmAmt", kAmount},
    };
    for (const std::string& level : {group, batch, transaction}) {
      rows.push_back({level + "/StsRsnInf/Rsn/Cd", kReason});
      rows.push_back({level + "/StsRsnInf/Rsn/Prtry", kReason});
      rows.push_back({level + "/StsRsnInf/AddtlInf", kReasonText});
    }
    return iso20022::PathTable(kMessages, rows, kTransparent);
  }();
  return kTable;
}

class Pain002Reader final : public iso20022::XmlEvents {
 public:
  explicit Pain002Reader(Reading& reading) : reading_(reading) {}

  void begins(int field, std::int64_t line) override {
    if (field == kTransaction) tell(levels_[kBatchLevel]);
    level_ = field == kMessage ? kMessageLevel : field == kBatch ? kBatchLevel : kTransactionLevel;
    levels_[level_] = {};
    levels_[level_].status.line = line;
  }

  void ends(int field, const iso20022::XmlValue& value) override {
    if (field == kMessage || field == kBatch || field == kTransaction) {
      tell(levels_[level_]);
      level_ = field == kTransaction ? kBatchLevel : kMessageLevel;
      return;
    }
    if (value.text.empty()) return;
    Level& level = levels_[level_];
    if (field == kMessageId) {
      message_id_ = value.text;
    } else if (field == kBatchId) {
      level.status.batch_id = value.text;
    } else if (field == kEndToEndId) {
      level.status.end_to_end_id = value.text == "NOTPROVIDED" ? "" : value.text;
    } else if (field == kAmount) {
      read_amount(value, level.status);
    } else if (field == kState) {
      level.code = value.text;
    } else if (field == kReason) {
      if (level.status.code.empty()) level.status.code = value.text;
    } else if (level.status.text.size() < iso20022::kTextBytesMax) {
      if (!level.status.text.empty()) level.status.text += ' ';
      level.status.text += value.text;
    }
  }

  void finish() {
    if (!told_any_) {
      reading_.disagrees(0, "", "missing_value", "the file says of nothing what became of it");
    }
  }

 private:
  static constexpr std::size_t kMessageLevel = 0, kBatchLevel = 1, kTransactionLevel = 2;

  struct Level {
    BankStatus status;
    std::string code;  // As the bank writes its state.
    bool told = false;
  };

  void read_amount(const iso20022::XmlValue& value, BankStatus& status) {
    const auto currency = base::Currency::parse(value.currency);
    if (!currency) {
      reading_.problem(value.line, "OrgnlTxRef/Amt", "unknown_currency",
                       "\"" + base::beginning(value.currency, 10) + "\" is no known currency");
      return;
    }
    const auto amount = iso20022::parse_amount(value.text, *currency);
    if (amount) {
      status.amount = *amount;
    } else {
      reading_.problem(value.line, "OrgnlTxRef/Amt", amount.error().code, amount.error().text);
    }
  }

  // What has no state of its own says nothing: its parts do, or what it is a part of.
  void tell(Level& level) {
    if (level.code.empty() || std::exchange(level.told, true)) return;
    BankStatus status = level.status;
    status.message_id = message_id_;
    if (level_ == kTransactionLevel) status.batch_id = levels_[kBatchLevel].status.batch_id;
    const auto known = std::ranges::find(kStates, level.code, &StateName::code);
    if (known == std::end(kStates)) {
      reading_.disagrees(status.line, "Sts", "unknown_code",
                         "\"" + base::beginning(level.code, 40) + "\" is no known state");
      // Whoever follows it up sees the bank's own word before its reason.
      if (!status.code.empty() && !status.text.empty()) status.code += ' ';
      status.text.insert(0, status.code);
      status.code = base::beginning(level.code, 40);
      status.state = "unknown";
    } else {
      status.state = known->state;
      if (status.code.empty()) status.code = level.code;
    }
    told_any_ = true;
    reading_.status(std::move(status));
  }

  Reading& reading_;
  std::string message_id_;
  std::size_t level_ = kMessageLevel;
  std::array<Level, 3> levels_;
  bool told_any_ = false;
};

}  // namespace

bool claims(std::string_view head) { return iso20022::message_of(head) == "pain.002"; }

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  Pain002Reader reader(reading);
  iso20022::XmlStream stream(fields(), reading);
  TRY(stream.read(source, reader));
  reader.finish();
  return reading.finish();
}

}  // namespace formats::bank::pain002
