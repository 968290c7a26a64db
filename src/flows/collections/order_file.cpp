#include "flows/collections/order_file.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

#include "domain/mandate/mandate_changes.h"
#include "formats/bank/writing/order_writers.h"
#include "support/crypto/crypto.h"

namespace flows {
namespace {

using base::Result;
using domain::BankId;
using domain::MandateScheme;

struct SchemeFormat {
  MandateScheme scheme;
  std::string_view format, ending;
};
constexpr SchemeFormat kFormats[] = {{MandateScheme::kSepaCore, "pain.008", ".xml"},
                                     {MandateScheme::kSepaB2b, "pain.008", ".xml"},
                                     {MandateScheme::kAutogiro, "autogiro", ".txt"},
                                     {MandateScheme::kAvtalegiro, "avtalegiro", ".txt"}};

class TextSink final : public formats::bank::ByteSink {
 public:
  Result<> write(std::string_view bytes) override {
    text += bytes;
    return {};
  }
  std::string text;
};

// Debits of one day and sequence are one batch.
using BatchKey = std::tuple<base::Date, domain::DebitSequence>;
using Batches = std::map<BatchKey, std::vector<const OrderDebit*>>;

std::string id_text(const ports::OrderFile& file) {
  const std::string id = file.id.to_string();
  return id.substr(id.find('_') + 1);
}

class Order {
 public:
  Order(const DebitTerms& terms, const OrderAsk& ask) : terms_(terms), ask_(ask) {}

  Result<OrderBytes> run();

 private:
  Result<bool> write_once();
  Result<domain::PaymentOrder> make(const Batches& batches);
  Result<domain::Creditor> creditor() const;
  Result<domain::CollectionBatch> batch(const BatchKey& key, const BankId& id,
                                        std::span<const OrderDebit* const> debits) const;
  Result<domain::Debit> debit(const OrderDebit& each) const;
  Result<domain::MandateOrder> mandate_order(const domain::Mandate& mandate, bool is_over) const;
  Result<domain::Claim> claim(const OrderDebit& each) const;
  Result<> add_claims(domain::PaymentOrder& order, const Batches& batches) const;
  Result<> add_claim_batch(domain::PaymentOrder& order, std::vector<domain::Claim> claims,
                           bool withdrawn) const;
  Result<> add_mandates(domain::PaymentOrder& order);
  Result<bool> drop_refused(const domain::OrderCheck& check, const Batches& batches);
  void describe_file();

  [[nodiscard]] bool is_claim() const {
    return ask_.file.group.scheme == MandateScheme::kAvtalegiro;
  }

  const DebitTerms& terms_;
  const OrderAsk& ask_;
  const domain::DebitAgreement* agreement_ = nullptr;
  std::vector<const domain::Mandate*> mandates_;  // Those of this writing, in order.
  OrderBytes result_;
};

// --- The values of the order.

Result<domain::Creditor> Order::creditor() const {
  domain::Creditor creditor;
  creditor.holder.name = terms_.seller().legal_name;
  creditor.holder.country = terms_.seller().country;
  creditor.customer_number = agreement_->customer_number;
  const std::string& id = agreement_->creditor;
  switch (ask_.file.group.scheme) {
    case MandateScheme::kSepaCore:
    case MandateScheme::kSepaB2b:
      creditor.id = TRY(domain::CreditorId::parse(id));
      creditor.holder.account = TRY(domain::Iban::parse(agreement_->iban));
      if (!agreement_->bic.empty()) creditor.holder.bank = TRY(domain::Bic::parse(agreement_->bic));
      break;
    case MandateScheme::kAutogiro: creditor.bankgiro = TRY(domain::Bankgiro::parse(id)); break;
    case MandateScheme::kAvtalegiro:
      creditor.norwegian = TRY(domain::NorwegianAccount::parse(id));
      break;
  }
  return creditor;
}

Result<domain::Debit> Order::debit(const OrderDebit& each) const {
  const domain::Mandate& mandate = *each.mandate;
  const bool sepa = domain::is_sepa(mandate.scheme);
  auto end_to_end = TRY(BankId::parse(each.collection->wire));
  auto reference = TRY(BankId::parse(mandate.reference));
  domain::Debit::Parts parts{.end_to_end_id = std::move(end_to_end),
                             .amount = each.collection->amount,
                             .mandate = std::move(reference)};
  parts.signed_on = mandate.signed_on;
  parts.debtor.name = mandate.payer_name;
  if (sepa) parts.debtor.account = TRY(domain::Iban::parse(mandate.payer_account));
  parts.reference = each.bill_reference;
  if (sepa) parts.amendment = TRY(domain::amendment_to_tell(mandate));
  return domain::Debit::make(std::move(parts));
}

Result<domain::CollectionBatch> Order::batch(const BatchKey& key, const BankId& id,
                                             std::span<const OrderDebit* const> debits) const {
  domain::CollectionBatch batch{.id = id};
  batch.creditor = TRY(creditor());
  batch.day = std::get<0>(key);
  batch.scheme = ask_.file.group.scheme == MandateScheme::kSepaB2b ? domain::DebitScheme::kB2b
                 : ask_.file.group.scheme == MandateScheme::kSepaCore
                     ? domain::DebitScheme::kCore
                     : domain::DebitScheme::kNational;
  if (batch.scheme != domain::DebitScheme::kNational) batch.sequence = std::get<1>(key);
  std::vector<domain::Debit> made;
  made.reserve(debits.size());
  for (const OrderDebit* each : debits) made.push_back(TRY(debit(*each)));
  batch.debits = domain::OrderItems<domain::Debit>(std::move(made));
  return batch;
}

Result<domain::Claim> Order::claim(const OrderDebit& each) const {
  domain::Claim::Parts parts;
  parts.kid = each.bill_reference;
  parts.amount = each.collection->amount;
  parts.due = each.collection->day;
  parts.payer_name = each.mandate->payer_name;
  return domain::Claim::make(std::move(parts));
}

Result<> Order::add_claim_batch(domain::PaymentOrder& order, std::vector<domain::Claim> claims,
                                bool withdrawn) const {
  if (claims.empty()) return {};
  domain::ClaimBatch batch;
  // Of the day and the number within it, two of each file: not again within a year.
  const std::string number = std::to_string(ask_.file.day.days() % 10'000 * 100 +
                                            ask_.file.ordinal % 50 * 2 + (withdrawn ? 1 : 0));
  batch.number = std::string(7 - std::min<std::size_t>(7, number.size()), '0') + number;
  batch.creditor = TRY(creditor());
  batch.withdrawn = withdrawn;
  batch.claims = domain::OrderItems<domain::Claim>(std::move(claims));
  order.claims.push_back(std::move(batch));
  return {};
}

Result<> Order::add_claims(domain::PaymentOrder& order, const Batches& batches) const {
  std::vector<domain::Claim> claims, withdrawn;
  for (const auto& [key, debits] : batches) {
    for (const OrderDebit* each : debits) claims.push_back(TRY(claim(*each)));
  }
  for (const OrderDebit& each : ask_.withdrawn) withdrawn.push_back(TRY(claim(each)));
  TRY(add_claim_batch(order, std::move(claims), false));
  return add_claim_batch(order, std::move(withdrawn), true);
}

Result<domain::MandateOrder> Order::mandate_order(const domain::Mandate& mandate,
                                                  bool is_over) const {
  auto number = TRY(BankId::parse(mandate.reference));
  domain::MandateOrder::Parts parts{.payer_number = std::move(number)};
  if (is_over) {
    parts.action = domain::MandateAction::kCancel;
    return domain::MandateOrder::make(std::move(parts));
  }
  // What the payer asked for at the bank is accepted; else the bank hears of it from us. A payer's
  // bankgiro number is the payer number itself.
  if (mandate.consent.channel == "bank") {
    parts.action = domain::MandateAction::kAccept;
  } else if (auto account = domain::SwedishAccount::parse(mandate.payer_account)) {
    parts.account = *account;
    parts.identity = mandate.payer_identity;
  }
  return domain::MandateOrder::make(std::move(parts));
}

Result<> Order::add_mandates(domain::PaymentOrder& order) {
  std::vector<domain::MandateOrder> orders;
  mandates_.clear();
  const auto add = [&](const domain::Mandate& mandate, bool is_over) {
    if (result_.refused_mandates.contains(mandate.id)) return;
    auto made = mandate_order(mandate, is_over);
    if (!made) {
      result_.refused_mandates.emplace(mandate.id, made.error().code);
      return;
    }
    orders.push_back(*std::move(made));
    mandates_.push_back(&mandate);
  };
  for (const domain::Mandate& mandate : ask_.ended) add(mandate, true);
  for (const domain::Mandate& mandate : ask_.new_mandates) add(mandate, false);
  if (orders.empty()) return {};
  domain::MandateBatch batch;
  batch.creditor = TRY(creditor());
  batch.mandates = domain::OrderItems<domain::MandateOrder>(std::move(orders));
  order.mandates.push_back(std::move(batch));
  return {};
}

Result<domain::PaymentOrder> Order::make(const Batches& batches) {
  const std::string id = id_text(ask_.file);
  auto message = TRY(BankId::parse(id));
  domain::PaymentOrder order{.id = std::move(message),
                             .created = ask_.created,
                             .day = ask_.file.day,
                             .sender_name = terms_.seller().legal_name,
                             .sender_number = agreement_->customer_number};
  // Nets counts the files of a sender.
  order.transmission = ask_.file.day.days() % 100'000 * 100 + ask_.file.ordinal % 100;
  TRY(add_mandates(order));
  if (is_claim()) {
    TRY(add_claims(order, batches));
    return order;
  }
  std::size_t number = 0;
  for (const auto& [key, debits] : batches) {
    const std::string batch_id = id + "-" + std::to_string(++number);
    for (const OrderDebit* each : debits) each->collection->batch = batch_id;
    auto batch_name = TRY(BankId::parse(batch_id));
    order.collections.push_back(TRY(batch(key, batch_name, debits)));
  }
  return order;
}

// --- Writing, and leaving out what cannot be written.

// The number after `head` in "collections[0].debits[12]"; nothing where it is not there.
std::optional<std::size_t> number_after(std::string_view place, std::string_view head) {
  const std::size_t at = place.find(head);
  if (at == std::string_view::npos) return std::nullopt;
  std::size_t value = 0;
  const char* const begin = place.data() + at + head.size();
  const auto read = std::from_chars(begin, place.data() + place.size(), value);
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

// The debit that a problem speaks of.
const OrderDebit* debit_at(std::string_view place, const Batches& batches) {
  if (const auto claim = number_after(place, "claims[0].claims[")) {
    std::size_t left = *claim;
    for (const auto& [key, debits] : batches) {
      if (left < debits.size()) return debits[left];
      left -= debits.size();
    }
    return nullptr;
  }
  const auto batch = number_after(place, "collections[");
  const auto debit = number_after(place, ".debits[");
  if (!batch || !debit || *batch >= batches.size()) return nullptr;
  const auto& debits = std::next(batches.begin(), static_cast<std::ptrdiff_t>(*batch))->second;
  return *debit < debits.size() ? debits[*debit] : nullptr;
}

// Whether anything was left out; errors where the file itself is wrong.
Result<bool> Order::drop_refused(const domain::OrderCheck& check, const Batches& batches) {
  bool dropped = false;
  for (const domain::OrderProblem& problem : check.problems) {
    if (!problem.refused) continue;
    if (const OrderDebit* debit = debit_at(problem.place, batches)) {
      dropped |= result_.refused.emplace(debit->collection->id, problem.code).second;
      continue;
    }
    const auto mandate = number_after(problem.place, "mandates[0].mandates[");
    if (mandate && *mandate < mandates_.size()) {
      dropped |= result_.refused_mandates.emplace(mandates_[*mandate]->id, problem.code).second;
      continue;
    }
    return base::fail("order_refused", problem.field + ": " + problem.text, problem.place);
  }
  return dropped;
}

// False: something was left out, write again.
Result<bool> Order::write_once() {
  Batches batches;
  for (const OrderDebit& each : ask_.debits) {
    if (result_.refused.contains(each.collection->id)) continue;
    batches[{each.collection->day, each.collection->sequence}].push_back(&each);
  }
  const domain::PaymentOrder order = TRY(make(batches));
  if (batches.empty() && mandates_.empty() && ask_.withdrawn.empty()) return true;
  const auto* writer = TRY(formats::bank::find_order_writer(ask_.file.format));
  TextSink sink;
  const auto check = TRY(formats::bank::write_order(*writer, "", order, sink));
  if (check.refused) {
    if (TRY(drop_refused(check, batches))) return false;
    return base::fail("order_refused", "the order cannot be written", ask_.file.format);
  }
  result_.bytes = std::move(sink.text);
  return true;
}

void Order::describe_file() {
  ports::OrderFile& file = ask_.file;
  for (const OrderDebit& each : ask_.debits) {
    if (result_.refused.contains(each.collection->id)) continue;
    ++file.debits;
    file.sum += each.collection->amount;
  }
  file.mandates = static_cast<std::int64_t>(mandates_.size());
  file.size = static_cast<std::int64_t>(result_.bytes.size());
  const auto digest = crypto::sha256(result_.bytes);
  file.sha256.assign(reinterpret_cast<const char*>(digest.data()), digest.size());
}

Result<OrderBytes> Order::run() {
  const auto& group = ask_.file.group;
  const SchemeFormat& format = *std::ranges::find(kFormats, group.scheme, &SchemeFormat::scheme);
  ask_.file.format = format.format;
  ask_.file.name = std::string(domain::to_text(group.scheme)) + "-" + ask_.file.day.to_string() +
                   "-" + std::to_string(ask_.file.ordinal) + std::string(format.ending);
  agreement_ = TRY(terms_.agreement(group.scheme, group.creditor));
  // What no value can be made of is left out before the writer sees it.
  for (const OrderDebit& each : ask_.debits) {
    std::string why;
    if (is_claim()) {
      if (const auto made = claim(each); !made) why = made.error().code;
    } else {
      if (const auto made = debit(each); !made) why = made.error().code;
    }
    if (!why.empty()) result_.refused.emplace(each.collection->id, why);
  }
  while (!TRY(write_once())) continue;
  describe_file();
  return std::move(result_);
}

}  // namespace

Result<OrderBytes> write_order_file(const DebitTerms& terms, const OrderAsk& ask) {
  return Order(terms, ask).run();
}

}  // namespace flows
