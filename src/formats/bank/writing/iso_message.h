// The parts that pain.001, pain.007 and pain.008 have in common, and the XML they are made of.
//
// Elements stand in the order of the schemas (ISO 20022). Texts are SEPA's letters; a line ends
// after each transaction and nowhere within, so that files are small and yet can be looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/bank/order_check.h"
#include "formats/bank/writing/byte_sink.h"

namespace formats::bank {

class IsoMessage {
 public:
  // `name` as in "pain.008.001.08". Messages since 2013 say BICFI, older ones BIC.
  IsoMessage(std::string name, bool old, ByteSink& sink)
      : name_(std::move(name)), old_(old), out_(sink) {}

  [[nodiscard]] bool old() const { return old_; }
  [[nodiscard]] const base::Result<>& state() const { return out_.state(); }
  // To be put between two transactions: a line end.
  void line() { out_.put("\n"); }

  void begin(std::string_view message);
  [[nodiscard]] base::Result<> end(std::string_view message);

  void open(std::string_view name);
  void close(std::string_view name);
  // The text's letters become SEPA's.
  void leaf(std::string_view name, std::string_view text);
  void leaf_if(std::string_view name, std::string_view text) {
    if (!text.empty()) leaf(name, text);
  }
  void leaf(std::string_view name, const domain::BankId& id) { leaf(name, id.text()); }
  void day(std::string_view name, base::Date day) { leaf(name, day.to_string()); }
  void amount(std::string_view name, base::Money amount);

  // GrpHdr up to InitgPty, which the caller may give an id.
  void header(const domain::PaymentOrder& order, const domain::BatchTotals& totals,
              std::string_view sender_id = {}, bool reversal = false);
  void totals(const domain::BatchTotals& totals);
  // Nm and PstlAdr.
  void party(const domain::AccountHolder& holder);
  void party(std::string_view name, const domain::AccountHolder& holder);
  void account(std::string_view name, const domain::BankAccount& account);
  // FinInstnId; a bank that is not known is NOTPROVIDED.
  void agent(std::string_view name, const std::optional<domain::Bic>& bank);
  void remittance(std::string_view reference, std::string_view words);

  // Of direct debits.
  void payment_type(domain::DebitScheme scheme, std::optional<domain::DebitSequence> sequence);
  void creditor_scheme(std::string_view name, const domain::CreditorId& id,
                       std::string_view creditor = {});
  void mandate(const domain::Debit& debit);

 private:
  void put(std::string_view bytes) { out_.put(bytes); }
  void other_id(std::string_view id, std::string_view scheme = {}, bool proprietary = true);
  void amendment(const domain::MandateAmendment& amendment);

  std::string name_;
  bool old_;
  Gathered out_;
};

}  // namespace formats::bank
