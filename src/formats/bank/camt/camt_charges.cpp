// What banks took of the money on its way: of each record how much, which way, who bears it, and
// whether the amount lacks it. Messages before version 4 have a Chrgs for each record; later ones
// have records within it, and a total that counts where no record tells an amount.
#include "formats/bank/camt/camt_reader.h"
#include "formats/bank/iso20022/values.h"

namespace formats::bank::camt {
namespace {

using base::Money;

// Charges of several currencies are no sum: the first one's are kept.
void add_to(std::optional<Money>& sum, Money more) {
  if (sum && sum->currency() != more.currency()) return;
  const auto both = Money::make(more.minor() + (sum ? sum->minor() : 0), more.currency());
  if (both) sum = *both;
}

std::optional<Money> amount_in(const Slots::Slot& slot) {
  const auto currency = base::Currency::parse(slot.currency);
  if (!currency) return std::nullopt;
  const auto amount = iso20022::parse_amount(slot.text, *currency);
  return amount ? std::optional(*amount) : std::nullopt;
}

}  // namespace

std::optional<Money> CamtReader::Charges::taken() const {
  const auto& sum = said ? (deducted ? deducted : apart) : total;
  return sum && !sum->is_negative() ? sum : std::nullopt;
}

// A record has ended, or the element around them; of this one the record's texts are cleared.
void CamtReader::end_charges(Field group) {
  const bool is_entry = group == Field::kEntryCharges;
  Charges& charges = is_entry ? entry_charges_ : detail_charges_;
  const Field total = is_entry ? Field::kEntryChargesTotal : Field::kDetailChargesTotal;
  if (slots_.has(total)) charges.total = amount_in(slots_[total]);
  const Field first = is_entry ? Field::kEntryCharge : Field::kDetailCharge;
  if (!slots_.has(first)) return;
  add_charge(first, charges);
  slots_.clear(first, is_entry ? Field::kEntryChargeIncluded : Field::kDetailChargeIncluded);
}

// The fields of a record stand in a row. What its payer bears is not deducted from what comes,
// whatever ChrgInclInd says; else that does, where it stands.
void CamtReader::add_charge(Field amount, Charges& charges) {
  const auto text = [&](int places) -> const std::string& {
    return slots_.text(static_cast<Field>(static_cast<int>(amount) + places));
  };
  const auto taken = amount_in(slots_[amount]);
  if (!taken) return;
  charges.said = true;
  const std::string& direction = text(1);
  const std::string& bearer = text(2);
  const std::string& included = text(3);
  const bool is_within = included.empty() || included == "true" || included == "1";
  const bool is_apart = bearer == "DEBT" || !is_within;
  const bool is_given_back = direction == "CRDT" || direction == "crdt";
  add_to(is_apart ? charges.apart : charges.deducted, is_given_back ? -*taken : *taken);
}

}  // namespace formats::bank::camt
