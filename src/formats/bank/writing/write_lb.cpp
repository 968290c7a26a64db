// LB, supplier payments through Bankgirot ("Leverantörsbetalningar, teknisk manual"): money to a
// bankgiro or plusgiro number, to an account, or to a name and address, in ISO-8859-1.
//
// Whoever has no giro number gets a number within the file, by which the records of account or
// address and of payment belong together. Seals (records 00 and 99) are the transport's to add.
#include "domain/check/digits.h"
#include "formats/bank/writing/fixed_record.h"
#include "formats/bank/writing/order_writers.h"

namespace formats::bank {
namespace {

using base::Result;
using domain::Bankgiro;
using domain::CreditTransfer;
using domain::SwedishAccount;
using domain::TransferBatch;

constexpr std::string_view kAtOnce = "GENAST";
constexpr std::size_t kNumberDigits = 5;

class Writer {
 public:
  explicit Writer(ByteSink& sink) : out_(sink) {}

  Result<> write(const domain::PaymentOrder& order) {
    for (const TransferBatch& batch : order.transfers) TRY(write_batch(order, batch));
    return out_.finish();
  }

 private:
  Result<> write_batch(const domain::PaymentOrder& order, const TransferBatch& batch) {
    const std::string& payer = std::get<Bankgiro>(*batch.payer.account).text();
    count_ = minor_ = numbered_ = 0;
    FixedRecord opening;
    opening.text(1, 2, "11")
        .number(3, 12, payer)
        .text(13, 18, short_day(order.day))
        .text(19, 40, "LEVERANTÖRSBETALNINGAR")
        .text(60, 62, "SEK");
    if (batch.day) opening.text(41, 46, short_day(*batch.day));
    out_.put(opening.line());
    if (!batch.list_heading.empty()) {
      out_.put(FixedRecord().text(1, 2, "13").text(3, 39, batch.list_heading).line());
    }
    TRY(batch.transfers.for_each([&](const CreditTransfer& transfer) -> Result<> {
      write_transfer(batch, transfer);
      return out_.state();
    }));
    out_.put(FixedRecord()
                 .text(1, 2, "29")
                 .number(3, 12, payer)
                 .number(13, 20, count_)
                 .number(21, 32, minor_ < 0 ? -minor_ : minor_)
                 .text(33, 33, minor_ < 0 ? "-" : "")
                 .line());
    return {};
  }

  void write_transfer(const TransferBatch& batch, const CreditTransfer& transfer) {
    const auto& account = transfer->payee.account;
    const bool credit_note = transfer->kind == domain::TransferKind::kCreditNote;
    std::string_view code = credit_note ? "16" : "14";
    std::string payee;
    if (account && std::holds_alternative<domain::Plusgiro>(*account)) code = "54";
    if (account && !std::holds_alternative<SwedishAccount>(*account)) {
      payee = right(domain::text_of(*account), 10, '0');
    } else {
      payee = next_number();
      account ? write_account(payee, transfer) : write_address(payee, transfer);
    }
    ++count_;
    minor_ += credit_note ? -transfer->amount.minor() : transfer->amount.minor();
    const auto day = transfer->day ? transfer->day : batch.day;
    const auto& words = transfer->reference.empty() ? transfer->remittance : transfer->reference;
    out_.put(FixedRecord()
                 .text(1, 2, code)
                 .text(3, 12, payee)
                 .text(13, 37, words)
                 .number(38, 49, transfer->amount.minor())
                 .text(50, 55, day ? short_day(*day) : std::string(kAtOnce))
                 .text(61, 80, transfer->own_note)
                 .line());
  }

  std::string next_number() {
    const std::string number = zeros(++numbered_, kNumberDigits);
    return "0000" + number + domain::check::luhn_digit(number);
  }

  void write_account(std::string_view payee, const CreditTransfer& transfer) {
    const auto& account = std::get<SwedishAccount>(*transfer->payee.account);
    out_.put(FixedRecord()
                 .text(1, 2, "40")
                 .text(3, 12, payee)
                 .text(13, 16, account.clearing())
                 .number(17, 28, account.number())
                 .text(29, 40, transfer->statement_text)
                 .text(41, 41, transfer->salary ? "L" : "")
                 .line());
    // Whose account it is, so that people find the payment; salaries name nobody.
    if (!transfer->salary) write_name(payee, transfer);
  }

  void write_name(std::string_view payee, const CreditTransfer& transfer) {
    if (transfer->payee.name.empty()) return;
    out_.put(FixedRecord()
                 .text(1, 2, "26")
                 .text(3, 12, payee)
                 .text(13, 47, transfer->payee.name)
                 .line());
  }

  void write_address(std::string_view payee, const CreditTransfer& transfer) {
    write_name(payee, transfer);
    out_.put(FixedRecord()
                 .text(1, 2, "27")
                 .text(3, 12, payee)
                 .text(13, 47, transfer->payee.address.front())
                 .text(48, 52, transfer->payee.postal_code)
                 .text(53, 72, transfer->payee.town)
                 .line());
  }

  Gathered out_;
  std::int64_t count_ = 0, minor_ = 0, numbered_ = 0;
};

}  // namespace

Result<> write_lb(const domain::PaymentOrder& order, const domain::OrderCheck&, std::string_view,
                  ByteSink& sink) {
  return Writer(sink).write(order);
}

}  // namespace formats::bank
