// Every way to pay at once, in any order, with the process dying in between: two channels, three
// providers, debits under mandates, and transfers at the bank.
//
// After each life no bill was paid twice without the second going back, every krona stands in one
// account, and what customers were shown was true when they were shown it: the books of the
// providers and of the bank are the truth.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "flows/collections/register_mandate.h"
#include "flows/collections/run_collections.h"
#include "flows/collections/sign_up.h"
#include "flows/collections/take_bank_file.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/intents/take_webhook.h"
#include "flows/operations/load_operator.h"
#include "flows/operations/verify_store.h"
#include "ports/ledger.h"
#include "ports/payments.h"
#include "tests/flows/aurora.h"
#include "tests/flows/autogiro_files.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"
#include "tests/support/faulty_database.h"
#include "tests/support/shipped_rules.h"

namespace {

using base::Date;
using base::Money;
using base::Result;
using domain::CollectionState;
using domain::IntentState;
using formats::law::shipped_book;
using storage::sql::Engine;
using tests::BadProvider;
using tests::kronor;
using Line = BadProvider::Line;

constexpr std::int64_t kHour = 3600 * base::kMicrosPerSecond;
constexpr std::string_view kBankgiro = "50501055";
constexpr int kBillsALife = 3;

// The process: once it has died nothing is begun any more, until it is started again.
class MortalStore final : public ports::Store {
 public:
  explicit MortalStore(ports::Store& store) : store_(store) {}
  Result<std::unique_ptr<ports::Transaction>> begin(ports::TransactionKind kind) override {
    if (is_dead) return base::fail("process_died", "the process has died");
    return store_.begin(kind);
  }
  int writers_max() const override { return store_.writers_max(); }
  bool is_dead = false;

 private:
  ports::Store& store_;
};

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  int up_to(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
  bool one_in(int count) { return up_to(count - 1) == 0; }
  template <class T>
  auto& any(T& items) {
    return items[static_cast<std::size_t>(up_to(static_cast<int>(items.size()) - 1))];
  }

 private:
  std::mt19937_64 random_;
};

// The operator's bank: what it was handed, what it has debited, and what it has said of it.
class DebitBank {
 public:
  struct Debit {
    std::int64_t payer = 0, kronor = 0;
    std::string reference;
    std::string day;  // 20261201
    enum class State { kOrdered, kPaid, kRefused, kReturned } state = State::kOrdered;
  };

  // A file is handed over once, whoever fetches it how often.
  void take(const std::string& id, std::string_view bytes) {
    if (!files_.insert(id).second) return;
    for (std::size_t at = 0; at < bytes.size(); at = bytes.find('\n', at) + 1) {
      const std::string line(bytes.substr(at, bytes.find('\n', at) - at));
      if (!line.starts_with("82")) continue;
      Debit debit;
      debit.day = line.substr(2, 8);
      debit.payer = std::stoll(line.substr(15, 16));
      debit.kronor = std::stoll(line.substr(31, 12)) / 100;
      debit.reference = line.substr(53, 16);
      debit.reference.resize(debit.reference.find_last_not_of(" \r") + 1);
      debits.push_back(std::move(debit));
    }
  }

  // Debits one on its day, or cannot; or gives one back. Its word is kept, to be brought any time.
  void act(Chance& chance, Date today) {
    if (debits.empty()) return;
    Debit& debit = chance.any(debits);
    const std::string day = today.to_string();
    std::string compact = day;
    std::erase(compact, '-');
    const tests::Said said{debit.payer, debit.kronor, debit.reference};
    if (debit.state == Debit::State::kOrdered && debit.day <= compact) {
      const char status = "00012"[chance.up_to(4)];
      debit.state = status == '0' ? Debit::State::kPaid : Debit::State::kRefused;
      words.push_back(
          tests::payment_notice({{said.payer, said.kronor, said.reference, status}}, day));
    } else if (debit.state == Debit::State::kPaid && chance.one_in(3)) {
      debit.state = Debit::State::kReturned;
      words.push_back(tests::payment_notice(
          {}, day, {{said.payer, said.kronor, said.reference, chance.one_in(2) ? '2' : '1'}}));
    }
  }

  [[nodiscard]] std::int64_t holds() const {
    std::int64_t kronor = 0;
    for (const Debit& debit : debits) {
      if (debit.state == Debit::State::kPaid) kronor += debit.kronor;
    }
    return kronor;
  }

  std::vector<Debit> debits;
  std::vector<std::string> words;

 private:
  std::set<std::string> files_;
};

// A few lives in one store, with all that stands around it.
class Town {
 public:
  explicit Town(Engine engine)
      : faults_(std::make_shared<tests::Faults>()),
        test_(engine,
              [this](auto database) {
                return std::make_unique<tests::FaultyDatabase>(std::move(database), faults_);
              }),
        store_(test_.store()) {
    tests::load_aurora(test_.store(), test_.clock);
    domain::Operator seller = tests::aurora().value;
    seller.debit_agreements = {{.scheme = "autogiro",
                                .creditor = std::string(kBankgiro),
                                .iban = "",
                                .bic = "",
                                .customer_number = "471117"}};
    EXPECT_OK(flows::load_operator(test_.store(), test_.clock, seller, tests::aurora_catalogue()));
  }

  void live(std::uint64_t seed);
  // Empty where all that is stored agrees with itself.
  std::string problems();
  std::map<std::string, int> ends;  // How payments and debits ended, and how often we died.

 private:
  struct Bill {
    domain::AccountId account;
    domain::BillId bill;
    int number = 0;
  };

  Date today() const { return *Date::parse(test_.clock.now().to_string().substr(0, 10)); }
  static std::string reference(int number) { return "7000" + std::to_string(number); }
  Result<> add_bill(Chance& chance);
  void step(Chance& chance, const std::string& key);
  void act_at_provider(Chance& chance, BadProvider& provider, const std::string& key);
  void act_at_bank(Chance& chance, const std::string& key);
  void act_under_mandate(Chance& chance);
  void open(Chance& chance, BadProvider& provider, const std::string& key);
  void transfer(Chance& chance, const std::string& key);
  void bring(const std::string& bytes);
  void fetch_files();
  void deliver(BadProvider& provider, std::size_t word);
  void may_die(Chance& chance);
  void start_again();
  void settle_down();
  void look_at_pages();
  void look_at_intent(domain::IntentId id);
  void look_at_bill(const Bill& bill);
  void compare();
  const BadProvider::Payment* truth_of(domain::IntentId id);
  domain::Bill owed(const Bill& bill);
  std::string balance(const std::string& ledger_account);
  std::unique_ptr<ports::Transaction> read() {
    return std::move(test_.store().begin(ports::TransactionKind::kRead).value());
  }

  std::shared_ptr<tests::Faults> faults_;
  tests::TestStore test_;
  MortalStore store_;
  BadProvider card_{"kort"}, wallet_{"plånbok"}, phone_{"mobil"};
  std::vector<BadProvider*> providers_ = {&card_, &wallet_, &phone_};
  flows::Gateways gateways_{{&card_, &wallet_, &phone_}, {}};
  DebitBank bank_;
  std::map<std::string, std::string> bank_files_;  // Brought, by name; to be brought again.
  std::int64_t transferred_ = 0;
  std::vector<Bill> bills_;
  std::vector<domain::IntentId> intents_;
};

// --- What happens.

Result<> Town::add_bill(Chance& chance) {
  const int number = static_cast<int>(bills_.size()) + 1;
  domain::Bill bill;
  bill.reference_scheme = "plain";
  bill.reference = reference(number);
  const Date due = today() + (10 + chance.up_to(20));
  TRY(tests::keep_debt(test_.store(), test_.clock, number,
                       {.kronor = 100 * (1 + chance.up_to(8)),
                        .issued = today().to_string(),
                        .due = due.to_string()},
                       bill));
  ports::BillFilter filter;
  filter.limit = 1'000;
  for (const domain::Bill& each : TRY(read()->billing().list_bills(filter))) {
    if (each.reference == bill.reference) bills_.push_back({each.account, each.id, number});
  }
  if (chance.one_in(3)) return {};
  // Two of three pay by debit.
  flows::SignUp request;
  request.account = bills_.back().account;
  request.scheme = domain::MandateScheme::kAutogiro;
  request.payer_name = "Ebba Ek";
  request.payer_account = "8901-3232323232";
  request.payer_identity = "191212121212";
  request.consent = {.given_by = "Ebba Ek",
                     .channel = "bill_page",
                     .at = {},
                     .text_version = "autogiro/1/sv",
                     .ip = "192.0.2.1"};
  request.actor = "customer";
  TRY(flows::sign_up(test_.store(), shipped_book(), test_.clock, request));
  bring(tests::mandate_notice(number, "32"));
  return {};
}

void Town::may_die(Chance& chance) {
  if (!chance.one_in(5)) return;
  faults_->arm(1 + chance.up_to(25), [this]() -> Result<> {
    // Nothing more is asked of anybody.
    store_.is_dead = true;
    for (BadProvider* provider : providers_) provider->line = Line::kRequestLost;
    return base::fail("process_died", "the process has died");
  });
}

void Town::start_again() {
  faults_->disarm();
  if (!store_.is_dead) return;
  store_.is_dead = false;
  ++ends["died"];
}

void Town::open(Chance& chance, BadProvider& provider, const std::string& key) {
  const Bill& bill = bills_[bills_.size() - 1 - static_cast<std::size_t>(chance.up_to(2))];
  const std::int64_t whole = owed(bill).rest().minor() / 100;
  if (whole < 1) return;
  const Money asked = kronor(chance.one_in(3) ? (whole + 1) / 2 : whole);
  flows::OpenIntent request;
  request.account = bill.account;
  request.parts = {{bill.bill, bill.account, asked}};
  request.gateway = provider.name();
  request.request_key = key;
  request.order.method = "card";
  request.order.channel =
      chance.one_in(2) ? domain::PaymentChannel::kOnline : domain::PaymentChannel::kPhone;
  request.order.description = "Aurora";
  request.order.capture_now = chance.one_in(2);
  // Known before it is asked for: who dies meanwhile has it all the same.
  const auto id = flows::intent_of_request(bill.account, key);
  const auto opened = flows::open_intent(store_, test_.clock, gateways_, request);
  if (opened || read()->intents().find(id).value()) intents_.push_back(id);
}

void Town::deliver(BadProvider& provider, std::size_t word) {
  static_cast<void>(
      flows::take_webhook(store_, test_.clock, gateways_, provider.name(), provider.webhook(word)));
}

void Town::act_at_provider(Chance& chance, BadProvider& provider, const std::string& key) {
  std::vector<std::string> references;
  for (const auto& [reference, payment] : provider.payments()) references.push_back(reference);
  const bool has_any = !references.empty();
  switch (chance.up_to(7)) {
    case 0:
    case 1: return open(chance, provider, key);
    case 2:
      if (has_any) provider.customer_approves(chance.any(references));
      return;
    case 3:
      if (has_any && chance.one_in(2)) provider.customer_declines(chance.any(references));
      if (has_any && chance.one_in(4)) provider.time_runs_out(chance.any(references));
      return;
    case 4:
      if (provider.words() == 0) return;
      return deliver(
          provider, static_cast<std::size_t>(chance.up_to(static_cast<int>(provider.words()) - 1)));
    case 5: static_cast<void>(flows::ask_intents(store_, test_.clock, gateways_, 10)); return;
    case 6:
      if (!intents_.empty() && chance.one_in(2)) {
        static_cast<void>(flows::stop_intent(store_, test_.clock, gateways_, chance.any(intents_)));
      }
      return provider.settle_down();
    case 7:
      if (!intents_.empty()) {
        const Money amount = kronor(1 + chance.up_to(chance.one_in(2) ? 99 : 999));
        static_cast<void>(
            flows::refund_intent(store_, test_.clock, gateways_, chance.any(intents_), amount));
      }
      if (has_any && chance.one_in(3)) provider.bank_takes_back(chance.any(references));
      return;
  }
}

// A bank file reaches us, and is kept to be brought again.
void Town::bring(const std::string& bytes) {
  std::string name;
  for (const auto& [known, content] : bank_files_) {
    if (content == bytes) name = known;
  }
  if (name.empty()) name = "bank-" + std::to_string(bank_files_.size() + 1) + ".txt";
  bank_files_[name] = bytes;
  const auto source = flows::Snapshot::of_text(name, bytes);
  if (!flows::import_bank_file(store_, test_.clock, source, {})) return;
  static_cast<void>(flows::take_debits_of_file(store_, shipped_book(), source, {.actor = "bank"}));
}

void Town::transfer(Chance& chance, const std::string& key) {
  const Bill& bill = bills_[bills_.size() - 1 - static_cast<std::size_t>(chance.up_to(2))];
  const std::int64_t amount = 100 * (1 + chance.up_to(4));
  transferred_ += amount;
  bring(tests::bgmax_file({{.kronor = amount,
                            .reference = reference(bill.number),
                            .bank_reference = key,
                            .day = today().to_string()}}));
}

void Town::act_at_bank(Chance& chance, const std::string& key) {
  switch (chance.up_to(3)) {
    case 0: return transfer(chance, key);
    case 1:
    case 2: {
      const std::size_t before = bank_.words.size();
      bank_.act(chance, today());
      // Late, as often as not.
      if (bank_.words.size() > before && chance.one_in(2)) bring(bank_.words.back());
      return;
    }
    case 3:
      if (!bank_.words.empty()) bring(chance.any(bank_.words));
      return;
  }
}

void Town::act_under_mandate(Chance& chance) {
  if (chance.one_in(8)) {
    const auto mandates = read()->mandates().list({.state = "active"}).value();
    if (mandates.empty()) return;
    static_cast<void>(flows::step_mandate(
        store_, test_.clock, {mandates.front().id.to_string(), "customer", "by_customer"},
        domain::MandateStep::kCancel));
    return;
  }
  static_cast<void>(flows::run_collections(
      store_, shipped_book(), test_.clock,
      {.day = today(), .again = chance.one_in(2), .bills_per_page = 2, .debits_per_file = 2}));
}

// The operator hands every file to the bank that a run has left, also one that died meanwhile.
void Town::fetch_files() {
  const auto transaction = read();
  for (const auto runs = transaction->mandates().list_runs(5).value(); const auto& run : runs) {
    for (const auto files = transaction->mandates().files_of(run.day).value();
         const auto& file : files) {
      std::string bytes;
      EXPECT_OK(transaction->mandates().read_file(file.id, [&](std::string_view piece) -> Result<> {
        bytes += piece;
        return {};
      }));
      bank_.take(file.id.to_string(), bytes);
    }
  }
}

void Town::step(Chance& chance, const std::string& key) {
  BadProvider& provider = *chance.any(providers_);
  provider.line =
      chance.one_in(3) ? (chance.one_in(2) ? Line::kRequestLost : Line::kAnswerLost) : Line::kGood;
  provider.is_slow = chance.one_in(3);
  may_die(chance);
  switch (chance.up_to(3)) {
    case 0:
    case 1: act_at_provider(chance, provider, key); break;
    case 2: act_at_bank(chance, key); break;
    case 3: act_under_mandate(chance); break;
  }
  start_again();
  fetch_files();
  test_.clock.set(
      {test_.clock.now().micros + (chance.one_in(2) ? kHour : (24 + chance.up_to(72)) * kHour)});
}

// The lines are good again, and everybody hears everything.
void Town::settle_down() {
  for (int round = 0; round < 4; ++round) {
    for (BadProvider* provider : providers_) {
      provider->line = Line::kGood;
      provider->is_slow = false;
      provider->settle_down();
    }
    test_.clock.set({test_.clock.now().micros + 48 * kHour});
    EXPECT_OK(flows::ask_intents(store_, test_.clock, gateways_, 1'000));
    for (BadProvider* provider : providers_) {
      for (std::size_t word = provider->words(); word-- > 0;) deliver(*provider, word);
    }
    if (round > 0) continue;
    const auto files = bank_files_;
    for (const auto& [name, bytes] : files) bring(bytes);
    for (const std::string& word : bank_.words) bring(word);
  }
}

void Town::live(std::uint64_t seed) {
  Chance chance(seed);
  for (int n = 0; n < kBillsALife; ++n) ASSERT_OK(add_bill(chance));
  const int steps = 10 + chance.up_to(25);
  for (int at = 0; at < steps && !testing::Test::HasFailure(); ++at) {
    SCOPED_TRACE("step " + std::to_string(at));
    step(chance, std::to_string(seed) + "/" + std::to_string(at));
    look_at_pages();
  }
  settle_down();
  look_at_pages();
  compare();
}

// --- What is true.

domain::Bill Town::owed(const Bill& bill) {
  return read()->billing().find_bill(bill.account, bill.bill).value().value();
}

const BadProvider::Payment* Town::truth_of(domain::IntentId id) {
  for (BadProvider* provider : providers_) {
    for (const auto& [reference, payment] : provider->payments()) {
      if (payment.intent == id.to_string()) return &payment;
    }
  }
  return nullptr;
}

std::string Town::balance(const std::string& ledger_account) {
  for (const auto rows = read()->ledger().trial_balance({}).value(); const auto& row : rows) {
    if (row.ledger_account == ledger_account) return row.balance().to_decimal_string();
  }
  return "0.00";
}

// What the page of payments says: "nothing was drawn", "so much has come", "it went back".
void Town::look_at_intent(domain::IntentId id) {
  const domain::PaymentIntent shown = read()->intents().find(id).value().value().intent;
  const BadProvider::Payment* truth = truth_of(id);
  const Money none(0, shown.amount.currency());
  const Money captured = truth == nullptr ? none : truth->captured;
  const Money refunded = truth == nullptr ? none : truth->refunded;
  switch (shown.state) {
    case IntentState::kFailed:
    case IntentState::kCancelled:
    case IntentState::kExpired:
      EXPECT_TRUE(captured.is_zero()) << "said that nothing was drawn: " << id.to_string();
      return;
    case IntentState::kSettled:
    case IntentState::kReversed:
      EXPECT_GE(captured, shown.captured) << "said that it has come: " << id.to_string();
      EXPECT_GE(refunded, shown.refunded) << "said that it went back: " << id.to_string();
      return;
    case IntentState::kCreated:
    case IntentState::kPending:
    case IntentState::kAuthorised: return;
  }
}

void Town::look_at_bill(const Bill& each) {
  const domain::Bill bill = owed(each);
  EXPECT_LE(bill.paid, bill.total) << "bill " << each.number << " was paid twice";
  const auto transaction = read();
  const ports::Billing::BillKey key{each.account, each.bill};
  int pending = 0;
  for (const auto debits = transaction->mandates().of_bills({&key, 1}).value();
       const auto& debit : debits) {
    pending += debit.is_pending() ? 1 : 0;
  }
  EXPECT_LE(pending, 1) << "bill " << each.number << " is debited twice";
  const auto view = flows::view_debits(*transaction, shipped_book(), test_.clock, bill);
  ASSERT_OK(view);
  if (!view->next || !view->next->is_ordered) return;
  // "The bank has the order": it has, of that sum.
  const bool is_there = std::ranges::any_of(bank_.debits, [&](const DebitBank::Debit& debit) {
    return debit.payer == each.number && kronor(debit.kronor) == view->next->amount;
  });
  EXPECT_TRUE(is_there) << "said that the bank has the order: bill " << each.number;
}

void Town::look_at_pages() {
  for (const domain::IntentId id : intents_) look_at_intent(id);
  for (const Bill& bill : bills_) look_at_bill(bill);
}

void Town::compare() {
  for (BadProvider* provider : providers_) {
    EXPECT_EQ(balance("clearing:" + std::string(provider->name())),
              Money(provider->holds_minor(), base::Currency()).to_decimal_string());
  }
  EXPECT_EQ(balance("bank:" + std::string(kBankgiro)),
            kronor(transferred_ + bank_.holds()).to_decimal_string());
  for (const domain::IntentId id : intents_) {
    const domain::PaymentIntent ours = read()->intents().find(id).value().value().intent;
    const BadProvider::Payment* truth = truth_of(id);
    if (truth != nullptr) {
      EXPECT_EQ(ours.captured, truth->captured) << id.to_string();
      EXPECT_EQ(ours.refunded, truth->refunded) << id.to_string();
    }
  }
  Money receivable(0, base::Currency());
  for (const Bill& each : bills_) receivable += owed(each).rest();
  EXPECT_EQ(balance("receivables"), receivable.to_decimal_string());
  // What came too much by a provider went back; only the bank's is anybody's to decide.
  for (const auto waiting =
           read()->payments().list_payments({.state = "suspense", .limit = 1'000}).value();
       const auto& payment : waiting) {
    EXPECT_FALSE(payment.bank_account.starts_with("clearing:")) << payment.reason;
  }
}

std::string Town::problems() {
  for (const domain::IntentId id : intents_) {
    ++ends[std::string(to_text(read()->intents().find(id).value().value().intent.state))];
  }
  for (const auto debits = read()->mandates().list_collections({.limit = 10'000}).value();
       const auto& debit : debits) {
    ++ends["debit " + std::string(domain::to_text(debit.state))];
  }
  std::string text;
  const auto report = flows::verify_store(test_.store());
  if (!report) return base::describe(report.error());
  for (const base::Error& problem : report->problems) {
    // The bills of these tests have no papers.
    if (problem.code != "bill_differs_from_documents") text += base::describe(problem) + "\n";
  }
  return text;
}

class EveryRail : public testing::TestWithParam<Engine> {};

TEST_P(EveryRail, EveryKronaStandsInOnePlaceAndWhatWasShownWasTrue) {
  constexpr std::uint64_t kLivesATown = 4;
  const bool is_soak = std::getenv("TELGIRO_SOAK") != nullptr;
  const bool is_sqlite = GetParam() == Engine::kSqlite;
  const std::uint64_t lives = is_soak ? (is_sqlite ? 100'000 : 5'000) : (is_sqlite ? 40 : 12);
  const char* const first = std::getenv("TELGIRO_FIRST_SEED");
  const std::uint64_t begin = first == nullptr ? 1 : std::stoull(first);
  std::map<std::string, int> ends;
  for (std::uint64_t seed = begin; seed < begin + lives; seed += kLivesATown) {
    Town town(GetParam());
    for (std::uint64_t life = seed; life < seed + kLivesATown && !HasFailure(); ++life) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", life " + std::to_string(life));
      town.live(life);
    }
    SCOPED_TRACE("seed " + std::to_string(seed));
    EXPECT_EQ(town.problems(), "");
    for (const auto& [end, count] : town.ends) ends[end] += count;
    if (HasFailure()) return;
  }
  // A few lives do not go every way.
  if (is_soak) {
    EXPECT_GT(ends["reversed"], 0);
  }
  for (const char* end : {"settled", "failed", "cancelled", "died", "debit settled"}) {
    EXPECT_GT(ends[end], 0) << end;
  }
}

TELGIRO_ON_BOTH_ENGINES(EveryRail);

}  // namespace
