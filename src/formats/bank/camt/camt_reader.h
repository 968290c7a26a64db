// The elements of a camt message to statements, entries and details.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "formats/bank/camt/slots.h"
#include "formats/bank/reading.h"

namespace formats::bank::camt {

// A sum of entries; not known any more once it does not fit.
struct Tally {
  std::int64_t count = 0;
  std::int64_t minor = 0;
  bool known = true;

  void add(std::int64_t more) {
    ++count;
    known = known && !__builtin_add_overflow(minor, more, &minor);
  }
};

// An entry of more parts is told as several entries, so that memory does not grow with it.
inline constexpr std::size_t kDetailsOfEntryMax = 10'000;
// Of one part: bills it names, and lines.
inline constexpr std::size_t kDocumentsMax = 10'000;
inline constexpr std::size_t kLinesMax = 1'000;

class CamtReader final : public iso20022::XmlEvents {
 public:
  explicit CamtReader(Reading& reading) : reading_(reading) {}

  void begins(int field, std::int64_t line) override;
  void ends(int field, const iso20022::XmlValue& value) override;
  // After the last element: a statement that was cut ends here.
  void finish();

 private:
  struct Party {
    domain::BankParty value;
    std::string street, building, postcode, town, country;
    std::vector<std::string> lines;
    void clear();
    // Address lines as given, or made from the parts.
    void finish();
  };

  // What banks took, record by record: what the amount lacks, and what it does not.
  struct Charges {
    std::optional<base::Money> deducted, apart;
    bool said = false;
    // What the file says it comes to, where its records do not.
    std::optional<base::Money> total;

    // Nothing where more was given back than taken.
    [[nodiscard]] std::optional<base::Money> taken() const;
    [[nodiscard]] bool are_apart() const { return !deducted && apart; }
  };

  void end_group(Field field, std::int64_t line);
  void keep(Field field, const iso20022::XmlValue& value);
  void keep_party_field(Field field, std::string_view text);
  // Statements (camt_statement.cpp).
  void begin_statement(std::int64_t line);
  void tell_statement();
  void end_statement(std::int64_t line);
  void end_balance();
  void check_statement(std::int64_t line);
  void check_total(Field count, Field sum, const Tally& all, const Tally& booked);
  void check_balances(std::int64_t line);
  void add_to_control();
  [[nodiscard]] std::optional<std::int64_t> minor_of(Field field, base::Currency currency);
  // Entries (camt_entry.cpp).
  void begin_entry(std::int64_t line);
  void end_entry(std::int64_t line);
  [[nodiscard]] bool read_entry(domain::BankEntry& entry);
  [[nodiscard]] std::optional<domain::MoneyDirection> direction_of_entry();
  void count_entry(const domain::BankEntry& entry);
  void read_batch(domain::BankEntry& entry);
  void add_details(domain::BankEntry& entry);
  void check_details(const domain::BankEntry& entry);
  // Entries of very many parts (camt_parts.cpp).
  void make_room();
  [[nodiscard]] std::optional<std::int64_t> sum_of_details(const domain::BankEntry& entry) const;
  void tell_part(domain::BankEntry entry, std::int64_t minor);
  void tell_rest(domain::BankEntry entry);
  void too_many(std::string_view field);
  void begin_detail();
  void end_detail();
  void end_document();
  void split_by_references(domain::BankEntryDetail& detail);
  void choose_payer(domain::BankEntryDetail& detail);
  // Values.
  // Of what an entry cannot be without, a fault is an error.
  enum class Need { kMuch, kLittle };
  void tell(Need need, std::int64_t line, std::string_view path, std::string_view code,
            std::string text);
  [[nodiscard]] std::optional<base::Currency> currency_of(const Slots::Slot& slot,
                                                          std::string_view path,
                                                          Need need = Need::kLittle);
  [[nodiscard]] std::optional<base::Money> amount_of(Field field, std::string_view path,
                                                     Need need = Need::kLittle);
  [[nodiscard]] std::optional<base::Date> day_of(Field field, std::string_view path);
  void end_charges(Field group);
  void add_charge(Field amount, Charges& charges);
  [[nodiscard]] std::string code_of(Field domain_code, Field own) const;

  Reading& reading_;
  Slots slots_;
  std::string currency_code_;  // The last one that was read, and what it is.
  base::Currency currency_;

  // Of the statement at hand.
  bool in_statement_ = false, told_ = false, mixed_ = false;
  std::int64_t statement_line_ = 0;
  domain::BankStatement statement_;
  std::optional<base::Currency> entry_currency_;
  Tally credits_, debits_, booked_credits_, booked_debits_;
  std::int64_t left_out_ = 0;  // Entries that could not be read.
  std::set<std::string> ids_;
  std::int64_t statements_ = 0;
  bool every_count_said_ = true, every_sum_said_ = true;

  // Of the entry at hand.
  std::int64_t entry_line_ = 0;
  bool entry_in_debit_ = false;
  std::optional<std::int64_t> batch_count_;
  Charges entry_charges_;
  std::vector<domain::BankEntryDetail> details_;
  std::int64_t detail_elements_ = 0;
  std::optional<domain::BankEntry> head_;  // Once parts of it are told.
  bool overfull_ = false;  // Its details say no sum: those beyond the most are left out.
  std::int64_t told_minor_ = 0;
  bool parts_credit_ = false, parts_debit_ = false;  // What they say of their direction.

  // Of the detail at hand.
  Party parties_[4];  // Debtor, creditor, and the ultimate ones.
  Party* party_ = nullptr;
  std::vector<std::string> remittance_;
  std::vector<domain::BankDocument> documents_;
  bool documents_left_out_ = false;
  std::string return_text_;
  Charges detail_charges_;
};

}  // namespace formats::bank::camt
