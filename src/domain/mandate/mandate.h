// Mandate: a payer's permission to debit an account, with the proof that it was given.
//
// A value that cannot be mis-built by what comes from outside: check() says what a scheme asks of
// its references and accounts. Who gave it, when, how, from where and which words were shown is
// kept with it; so is every amendment, because the next debit must tell the payer's bank of it.
// States and steps: mandate_states.h. Amendments and sequences: mandate_changes.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace domain {

enum class MandateScheme { kSepaCore, kSepaB2b, kAutogiro, kAvtalegiro };

// draft: written down, not yet with a bank. pending: a bank is to confirm it. suspended: no debit
// until somebody has mended it. dormant: too long without a debit; a new one is needed.
enum class MandateState { kDraft, kPending, kActive, kSuspended, kDormant, kCancelled, kRejected };

// Whether the bank is told that a mandate is over: where it was ended here, and a bank knew of it.
// refused: the bank says no, and a person looks at it.
enum class MandateEnding { kNone, kToSend, kSent, kConfirmed, kRefused };

// For one debit only, or until further notice (R25: also for charges besides the bills).
enum class MandateUse { kRecurrent, kOneOff };

// The proof that the payer agreed.
struct Consent {
  std::string given_by;            // Whose name stands under it.
  std::string channel;             // bill_page | agent | paper | bank | import
  base::Instant at;                // When; of a paper the day on which it was signed.
  std::string text_version;        // Which words were shown: "sepa-core/2026-11/sv".
  std::string ip = {};             // Where it was given on a page.
  std::string agent = {};          // With which program.
  std::string text_sha256 = {};    // Of the words themselves, hex; a version makes them again.
  std::string identified_by = {};  // How it was known who it is: "bill_link", "call_back" ...

  friend bool operator==(const Consent&, const Consent&) = default;
};

// What was before an amendment; what did not change is absent.
struct MandateChange {
  base::Date day;
  std::string actor;
  std::string migration = {};  // The bulk migration that made it, where one did.
  std::optional<std::string> reference = {};
  std::optional<std::string> creditor = {};
  std::optional<std::string> creditor_name = {};
  std::optional<std::string> payer_account = {};
  bool told = false;  // A debit has told the payer's bank.

  friend bool operator==(const MandateChange&, const MandateChange&) = default;
};

struct Mandate {
  MandateId id;
  AccountId account;
  CustomerId customer;  // Under whose key what is personal is sealed.
  MandateScheme scheme = MandateScheme::kSepaCore;
  MandateState state = MandateState::kDraft;
  MandateUse use = MandateUse::kRecurrent;
  std::string reference;  // Unique for its creditor: UMR, payer number, fixed part of the KID.
  std::string creditor;   // Creditor id, bankgiro number, or Norwegian account.
  std::string payer_name;
  std::string payer_account;   // IBAN, or clearing and account number; may be unknown.
  std::string payer_identity;  // Personal or organisation number, where the scheme asks for it.
  base::Date signed_on;
  std::optional<base::Money> limit = {};  // The highest single debit.
  std::optional<int> notice_days = {};    // Agreed with the payer, in calendar days.
  std::optional<base::Date> last_debit = {};
  std::int64_t debits = 0;  // That were paid, and the first one from when it was ordered.
  std::string reason;       // Why it is in this state, a code; empty where there is none.
  MandateEnding ending = MandateEnding::kNone;
  Consent consent;
  std::vector<MandateChange> changes;  // Oldest first.
  std::int64_t version = 1;
  base::Instant recorded;

  friend bool operator==(const Mandate&, const Mandate&) = default;
};

// Makes reference, creditor and account what the scheme writes, and says what is wrong.
// Errors: bad_mandate_reference, bad_creditor, bad_payer_account, bad_payer_identity,
// missing_consent, amount_not_positive (the limit), out_of_range (the notice), signed_in_future.
[[nodiscard]] base::Result<Mandate> checked(Mandate mandate, base::Date today);

// What the bank asks for when we tell it of the mandate is there; nothing is asked where nobody is
// told. Autogiro has an account and its holder's number, or a bankgiro that is the payer number.
// Errors: missing_payer_account, missing_payer_identity, bad_mandate_reference.
[[nodiscard]] base::Result<> check_for_bank(const Mandate& mandate);

[[nodiscard]] std::string_view to_text(MandateScheme scheme);  // sepa_core
[[nodiscard]] std::string_view to_text(MandateState state);
[[nodiscard]] std::string_view to_text(MandateUse use);        // recurrent | one_off
[[nodiscard]] std::string_view to_text(MandateEnding ending);  // "", to_send, sent ...
// Errors of these: unknown_value, naming those that there are.
[[nodiscard]] base::Result<MandateScheme> parse_mandate_scheme(std::string_view text);
[[nodiscard]] base::Result<MandateState> parse_mandate_state(std::string_view text);
[[nodiscard]] base::Result<MandateUse> parse_mandate_use(std::string_view text);
[[nodiscard]] base::Result<MandateEnding> parse_mandate_ending(std::string_view text);

[[nodiscard]] inline bool is_sepa(MandateScheme scheme) {
  return scheme == MandateScheme::kSepaCore || scheme == MandateScheme::kSepaB2b;
}

}  // namespace domain
