#include "formats/bank/autogiro/codes.h"

#include <algorithm>
#include <span>

namespace formats::bank::autogiro {
namespace {

constexpr CodeText kMandateStatuses[] = {
    {"01", "cancelled", "deleted"},
    {"02", "cancelled", "deleted by the payer or the bank"},
    {"03", "rejected", "the account's kind is not allowed"},
    {"04", "rejected", "there is no mandate"},
    {"05", "rejected", "wrong account or identity number"},
    {"06", "cancelled", "deleted"},
    {"07", "cancelled", "deleted"},
    {"09", "rejected", "wrong payer number"},
    {"10", "rejected", "the mandate exists already or is pending"},
    {"20", "rejected", "wrong identity number or payer's bankgiro"},
    {"21", "rejected", "wrong payer number"},
    {"23", "rejected", "wrong bank account"},
    {"29", "rejected", "wrong account"},
    {"30", "rejected", "the payee's bankgiro is not registered"},
    {"32", "created", "a new mandate"},
    {"33", "cancelled", "cancelled"},
    {"98", "cancelled", "the payer's bankgiro is closed"},
};

constexpr CodeText kPaymentStatuses[] = {
    {"0", "accepted", "paid"},
    {"1", "rejected", "insufficient funds"},
    {"2", "rejected", "the account is closed, or no longer in Autogiro"},
    {"9", "pending", "insufficient funds; it is tried again"},
};

constexpr CodeText kRefusals[] = {
    {"01", "rejected", "there is no mandate"},
    {"02", "rejected", "the account is not approved or is closed"},
    {"03", "rejected", "the mandate is stopped"},
    {"04", "rejected", "wrong bankgiro number"},
    {"05", "rejected", "wrong bankgiro number"},
    {"06", "rejected", "wrong interval"},
    {"07", "rejected", "wrong number of repetitions"},
    {"08", "rejected", "the amount is no number"},
    {"09", "rejected", "credits are not allowed"},
    {"10", "rejected", "wrong bankgiro number"},
    {"12", "rejected", "wrong date"},
    {"13", "rejected", "the date has passed"},
    {"15", "rejected", "the bankgiro number is not that of the opening record"},
    {"24", "rejected", "the amount is above the highest allowed"},
};

constexpr CodeText kChangeAnswers[] = {
    {"01", "rejected", "not changed"}, {"02", "rejected", "not changed"},
    {"04", "rejected", "not changed"}, {"05", "rejected", "not changed"},
    {"06", "rejected", "not changed"}, {"10", "rejected", "not changed"},
    {"11", "rejected", "not changed"}, {"12", "accepted", "cancelled"},
    {"13", "rejected", "not changed"}, {"14", "accepted", "the date is changed"},
    {"15", "rejected", "not changed"}, {"18", "accepted", "the date is changed"},
};

constexpr CodeText kRefunds[] = {
    {"01", "", "no mandate"},
    {"02", "", "the mandate was revoked"},
    {"03", "", "the amount is unreasonable"},
};

CodeText find(std::span<const CodeText> rows, std::string_view code) {
  const auto found = std::ranges::find(rows, code, &CodeText::code);
  return found == rows.end() ? CodeText{.code = code, .state = {}, .text = {}} : *found;
}

}  // namespace

CodeText mandate_status(std::string_view code) { return find(kMandateStatuses, code); }
CodeText payment_status(std::string_view code) { return find(kPaymentStatuses, code); }
CodeText refusal(std::string_view code) { return find(kRefusals, code); }
CodeText change_answer(std::string_view code) { return find(kChangeAnswers, code); }
std::string_view refund_text(std::string_view code) { return find(kRefunds, code).text; }

}  // namespace formats::bank::autogiro
