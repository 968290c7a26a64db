// The dialogue of a telephone call that pays a bill: what is said, what is listened for and what
// follows.
//
// Pure: it knows no texts, telephones or providers. hear() takes what the caller did and answers
// the next state, with at most one deed to be done in between; what came of the deed is told by
// code_known(), payment_known() or link_known(). No card number is ever listened for: what is keyed
// to a provider never passes here. Whoever says nothing or something else is asked again twice, and
// then led to a person; so is who says codes that are none.
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

enum class CallStep {
  kLanguage,  // Which language?
  kCode,      // Which bill?
  kMenu,      // What of it?
  kAmount,    // How much?
  kConfirm,   // Really?
  kCard,      // The provider asks for the card; we hear a token.
  kChecking,  // The payment has no end yet.
  kOver,
};

// How a bill is paid in a call.
enum class CallWay { kNone, kKept, kCard, kLink };

enum class CallEnd { kNone, kPaid, kChecking, kLinkSent, kGoodbye, kAgent, kHungUp };

// One sentence each; the words stand in i18n.
enum class CallPhrase {
  kWelcome,
  kSilence,
  kUnclear,
  kCodeWrong,
  kBill,
  kBillOverdue,
  kUnderWay,
  kDebit,
  kNothingOwed,
  kAmountWrong,
  kAmountTooLarge,
  kElsewhere,
  kPaid,
  kMoment,
  kStillChecking,
  kFailed,
  kCardNotTaken,
  kLinkSent,
  kLinkFailed,
  kAgent,
  kCallUs,
  kGoodbye,
  // Questions.
  kAskLanguage,
  kAskCode,
  kMenuPay,
  kMenuAmount,
  kMenuLink,
  kMenuAgain,
  kMenuAgent,
  kAskAmount,
  kConfirmKept,
  kConfirmCard,
  kConfirmLink,
};

[[nodiscard]] std::string_view to_text(CallStep step);
[[nodiscard]] std::string_view to_text(CallWay way);
[[nodiscard]] std::string_view to_text(CallEnd end);
[[nodiscard]] std::string_view to_text(CallPhrase phrase);
// Errors of these: unknown_value.
[[nodiscard]] base::Result<CallStep> parse_call_step(std::string_view text);
[[nodiscard]] base::Result<CallWay> parse_call_way(std::string_view text);
[[nodiscard]] base::Result<CallEnd> parse_call_end(std::string_view text);
[[nodiscard]] base::Result<CallPhrase> parse_call_phrase(std::string_view text);

struct Call {
  CallId id;
  std::string platform;  // twilio | vxml
  std::string caller;    // The number; empty where it is withheld.
  std::string called;    // Which number of ours.
  std::string language;  // "sv"; empty until it is known.
  CallStep step = CallStep::kLanguage;
  CallEnd end = CallEnd::kNone;
  // What is said before the step's question.
  std::vector<CallPhrase> says;
  AccountId account;  // Nil until a bill is found.
  BillId bill;
  CallWay way = CallWay::kNone;
  std::optional<base::Money> amount;  // What is to be paid with it.
  IntentId intent;                    // The last payment of the call.
  // How often in a row nothing that fits was heard; how many wrong codes, looks at a payment that
  // has no end, and payments that were begun.
  std::int64_t misses = 0, wrong_codes = 0, looks = 0, payments = 0;
  std::int64_t turn = 0;  // How often something was heard: the same request again is no new turn.
  base::Instant began, changed;
};

// What is true of the caller's bill now.
struct CallBill {
  base::Money payable;  // What is left and nobody is paying.
  base::Money under_way;
  base::Date due;
  bool is_overdue = false;
  std::optional<base::Date> debit_day;  // A debit is planned, under a mandate.
  bool has_kept = false;                // A method that the customer let us keep.
  bool takes_card = false;              // The platform can ask for a card without us.
  bool takes_link = false;              // The caller's number is known.

  // The first way that there is: kept, card, link.
  [[nodiscard]] CallWay way() const;
  [[nodiscard]] bool can_pay() const;  // Anything at all, by any way.
};

struct CallTerms {
  std::vector<std::string> languages;  // Offered by key, in this order, where none is known.
  bool has_agent = false;              // There is a number to connect to.
};

inline constexpr std::int64_t kCallMissesMax = 2;
inline constexpr std::int64_t kCallCodesMax = 3;
inline constexpr std::int64_t kCallLooksMax = 4;
inline constexpr std::int64_t kCallPaymentsMax = 3;
// No call is that long; one that is, is a machine's.
inline constexpr std::int64_t kCallTurnsMax = 80;
inline constexpr std::size_t kCallAmountDigitsMax = 9;

enum class CallSign {
  kSilence,
  kKeys,
  kUnclear,  // Something was said that is no answer.
  kCard,     // The provider took a card and gave a token.
  kNoCard,   // It did not.
  kGoneOn,   // A page that waits came to its end.
  kHungUp,
};
struct CallHeard {
  CallSign sign = CallSign::kSilence;
  std::string keys = {};
};

enum class CallDeed { kNone, kFindBill, kPay, kLook, kSendLink };
struct CallTurn {
  Call call;
  CallDeed deed = CallDeed::kNone;
  std::string code = {};  // Of kFindBill.
};

// `language` empty: it is asked for, where there are several.
[[nodiscard]] Call begin_call(const CallTerms& terms, CallId id, std::string_view language,
                              base::Instant now);
// `bill`: of the call, where one is found. A call that is over stays as it is.
[[nodiscard]] CallTurn hear(const CallTerms& terms, Call call, const CallHeard& heard,
                            const std::optional<CallBill>& bill);

enum class CodeFinding { kFound, kWrong, kTooMany };
// With `bill` where it was found; then the call has its account and bill.
[[nodiscard]] Call code_known(const CallTerms& terms, Call call, CodeFinding finding,
                              const std::optional<CallBill>& bill);
// kElsewhere: the bill is being paid, or was paid, in another way.
enum class CallPayment { kPaid, kWaiting, kFailed, kElsewhere };
[[nodiscard]] Call payment_known(const CallTerms& terms, Call call, CallPayment payment);
[[nodiscard]] Call link_known(Call call, bool sent);
// To a person, where there is one to connect to.
[[nodiscard]] Call lead_to_agent(const CallTerms& terms, Call call,
                                 std::vector<CallPhrase> before = {});

// What is listened for.
enum class CallAsk { kKey, kCode, kAmount, kCard, kWait, kAgent, kNothing };
[[nodiscard]] CallAsk ask_of(const Call& call);
// The questions of the step, in order.
[[nodiscard]] std::vector<CallPhrase> questions_of(const CallTerms& terms, const Call& call,
                                                   const std::optional<CallBill>& bill);

// What was keyed: whole units, or with a star, comma or point before the smaller ones: "150*5" is
// 150.50 kronor. Errors: call_amount_unclear.
[[nodiscard]] base::Result<base::Money> keyed_amount(std::string_view keys,
                                                     base::Currency currency);

}  // namespace domain
