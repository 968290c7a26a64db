#include "gateways/psp/adyen_terminal/mapping.h"

#include <algorithm>
#include <array>
#include <vector>

namespace gateways::adyen_terminal {
namespace {

using domain::Decline;
using domain::IntentState;
using domain::IntentUpdate;

// Stands in a message for the amount until it is written as a number.
constexpr std::string_view kAmountMark = "\"{amount}\"";

struct Row {
  std::string_view condition;
  Decline decline;
};
constexpr std::array<Row, 17> kConditions = {{
    {"Aborted", Decline::kNeedsCustomer},
    {"Busy", Decline::kRetryLater},
    {"Cancel", Decline::kNeedsCustomer},
    {"DeviceOut", Decline::kRetryLater},
    {"InProgress", Decline::kRetryLater},
    {"InsertedCard", Decline::kNeedsCustomer},
    {"InvalidCard", Decline::kNeedsCustomer},
    {"LoggedOut", Decline::kRetryLater},
    {"MessageFormat", Decline::kOurMistake},
    {"NotAllowed", Decline::kOurMistake},
    {"NotFound", Decline::kRetryLater},
    {"PaymentRestriction", Decline::kNeedsCustomer},
    {"Refusal", Decline::kNeedsCustomer},
    {"UnavailableDevice", Decline::kRetryLater},
    {"UnavailableService", Decline::kRetryLater},
    {"UnreachableHost", Decline::kRetryLater},
    {"WrongPIN", Decline::kNeedsCustomer},
}};

base::Json header_json(const Header& header) {
  base::Json json;
  json.set("ProtocolVersion", "3.0").set("MessageClass", "Service");
  json.set("MessageCategory", header.category).set("MessageType", "Request");
  json.set("ServiceID", header.service).set("SaleID", header.sale);
  return json.set("POIID", header.device);
}

std::string message(const Header& header, base::Json request) {
  base::Json body;
  body.set("MessageHeader", header_json(header));
  body.set(header.category + "Request", std::move(request));
  return base::Json::object().set("SaleToPOIRequest", std::move(body)).dump();
}

std::string with_amount(std::string text, base::Money amount) {
  const auto at = text.find(kAmountMark);
  CHECK(at != text.npos);
  return text.replace(at, kAmountMark.size(), amount.to_decimal_string());
}

std::string mark() { return std::string(kAmountMark.substr(1, kAmountMark.size() - 2)); }

base::Json transaction_json(std::string_view id, std::string_view time) {
  return base::Json::object().set("TransactionID", id).set("TimeStamp", time);
}

base::Json reference_json(const Header& header, const Name& payment) {
  base::Json reference;
  reference.set("MessageCategory", "Payment").set("ServiceID", payment.service);
  return reference.set("SaleID", header.sale).set("POIID", payment.device);
}

// The answer's part of that name, where it answers the message of that name.
const base::Json* part_of(const Answer& answer, std::string_view category,
                          std::string_view service) {
  const base::Json& response = answer.body["SaleToPOIResponse"];
  if (!answer.is_good() || response["MessageHeader"].text("ServiceID") != service) return nullptr;
  const base::Json& part = response[std::string(category) + "Response"];
  return part.is_null() ? nullptr : &part;
}

std::optional<base::Money> amount_of(const base::Json& said, base::Currency currency) {
  std::string text;
  if (const std::int64_t* whole = said.as_integer()) text = std::to_string(*whole);
  if (const std::string* written = said.as_string()) text = *written;
  const auto amount = base::Money::parse(text, currency);
  if (!amount) return std::nullopt;
  return *amount;
}

void take_failure(IntentUpdate& update, const base::Json& response) {
  update.code = response.text("ErrorCondition");
  update.text = response.text("AdditionalResponse");
  if (update.code == "InProgress") return;  // The customer is at it.
  update.decline = classify(update.code);
  const bool given_up = update.code == "Aborted" || update.code == "Cancel";
  update.state = given_up ? IntentState::kCancelled : IntentState::kFailed;
}

// "•••• 9999" of "541333 **** 9999": the last four, and nothing of what stands before them; empty
// where these are not digits.
std::string card_title(std::string_view masked) {
  constexpr std::size_t kShown = 4;
  if (masked.size() <= kShown) return {};
  masked.remove_prefix(masked.size() - kShown);
  const bool are_digits = std::ranges::all_of(masked, [](char c) { return '0' <= c && c <= '9'; });
  return are_digits ? "•••• " + std::string(masked) : std::string();
}

// What a payment's response says, whether it came at once or when asked for again.
IntentUpdate read_response(const base::Json& payment, Name name, base::Currency currency) {
  IntentUpdate update;
  const base::Json& response = payment["Response"];
  const base::Json& transaction = payment["POIData"]["POITransactionID"];
  name.transaction = transaction.text("TransactionID");
  name.time = transaction.text("TimeStamp");
  update.provider_reference = name.to_text();
  const std::string result = response.text("Result");
  const base::Json& said = payment["PaymentResult"]["AmountsResp"];
  if (result == "Success" || result == "Partial") {
    const auto amount = amount_of(said["AuthorizedAmount"], currency);
    const bool right = amount && said.text("Currency") == currency.code();
    if (!right) {
      update.answered = false;
      return update;
    }
    update.state = IntentState::kSettled;
    update.authorised = update.captured = *amount;
    const base::Json& instrument = payment["PaymentResult"]["PaymentInstrumentData"];
    update.stored_title = card_title(instrument["CardData"].text("MaskedPan"));
  } else if (result == "Failure") {
    take_failure(update, response);
  } else {
    update.answered = false;
  }
  return update;
}

}  // namespace

std::string Name::to_text() const {
  std::string text = device + "/" + service;
  if (!transaction.empty()) text += "/" + transaction + "/" + time;
  return text;
}

base::Result<Name> Name::parse(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('/', at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  const bool right = parts.size() == 2 || parts.size() == 4;
  if (!right || std::ranges::any_of(parts, &std::string::empty)) {
    return base::fail("bad_gateway_order", "that names no payment at a terminal",
                      std::string(text));
  }
  Name name{parts[0], parts[1], {}, {}};
  if (parts.size() == 4) {
    name.transaction = parts[2];
    name.time = parts[3];
  }
  return name;
}

std::string payment_message(const Header& header, const ports::PaymentOrder& order,
                            base::Instant now) {
  base::Json sale, amounts, transaction, request;
  sale.set("SaleTransactionID", transaction_json(order.intent, now.to_string()));
  if (order.keep_method && !order.payer.reference.empty()) {
    sale.set("TokenRequestedType", "Customer");
    sale.set("SaleToAcquirerData", "shopperReference=" + url_part(order.payer.reference) +
                                       "&recurringProcessingModel=UnscheduledCardOnFile");
  }
  amounts.set("Currency", order.amount.currency().code()).set("RequestedAmount", mark());
  transaction.set("AmountsReq", std::move(amounts));
  request.set("SaleData", std::move(sale));
  request.set("PaymentTransaction", std::move(transaction));
  return with_amount(message(header, std::move(request)), order.amount);
}

std::string status_message(const Header& header, const Name& payment) {
  base::Json request;
  request.set("MessageReference", reference_json(header, payment));
  return message(header, std::move(request));
}

std::string abort_message(const Header& header, const Name& payment) {
  base::Json request;
  request.set("MessageReference", reference_json(header, payment));
  request.set("AbortReason", "MerchantAbort");
  return message(header, std::move(request));
}

std::string reversal_message(const Header& header, const Name& payment,
                             const ports::PaymentChange& change, base::Instant now) {
  base::Json original, sale, request;
  original.set("POITransactionID", transaction_json(payment.transaction, payment.time));
  sale.set("SaleTransactionID", transaction_json(change.intent, now.to_string()));
  sale.set("SaleToAcquirerData", "currency=" + std::string(change.amount.currency().code()));
  request.set("OriginalPOITransaction", std::move(original));
  request.set("ReversalReason", "MerchantCancel");
  request.set("ReversedAmount", mark());
  request.set("SaleData", std::move(sale));
  return with_amount(message(header, std::move(request)), change.amount);
}

IntentUpdate read_payment(const Answer& answer, const Name& name, base::Currency currency) {
  if (!answer.says_nothing() && !answer.is_good()) {
    IntentUpdate update = refused_order(answer.body.text("errorCode"), answer.body.text("message"));
    update.provider_reference = name.to_text();
    return update;
  }
  const base::Json* payment = part_of(answer, "Payment", name.service);
  if (!payment) return unanswered(answer);
  return read_response(*payment, name, currency);
}

Standing read_status(const Answer& answer, const Header& asked, const Name& name,
                     base::Currency currency) {
  Standing standing;
  const base::Json* status = part_of(answer, "TransactionStatus", asked.service);
  if (!status) {
    standing.update = unanswered(answer, name.to_text());
    return standing;
  }
  const base::Json& response = (*status)["Response"];
  if (response.text("Result") == "Success") {
    const base::Json& repeated = (*status)["RepeatedMessageResponse"];
    // Another payment's outcome is none of this one.
    const std::string whose = repeated["MessageHeader"].text("ServiceID", name.service);
    const base::Json& payment = repeated["RepeatedResponseMessageBody"]["PaymentResponse"];
    standing.update = whose == name.service && !payment.is_null()
                          ? read_response(payment, name, currency)
                          : unanswered(answer, name.to_text());
    return standing;
  }
  standing.update.provider_reference = name.to_text();
  standing.update.code = response.text("ErrorCondition");
  standing.found = standing.update.code != "NotFound";
  standing.update.answered = !standing.found || standing.update.code == "InProgress";
  return standing;
}

IntentUpdate read_reversal(const Answer& answer, const Header& asked, const Name& name) {
  const base::Json* reversal = part_of(answer, "Reversal", asked.service);
  if (!reversal) return unanswered(answer, name.to_text());
  const base::Json& response = (*reversal)["Response"];
  if (response.text("Result") == "Success") return change_taken(name.to_text());
  IntentUpdate update =
      refused_change(response.text("ErrorCondition"), response.text("AdditionalResponse"));
  update.decline = classify(update.code);
  return update;
}

Decline classify(std::string_view code) {
  const auto* found = std::ranges::find(kConditions, code, &Row::condition);
  return found == kConditions.end() ? Decline::kRetryLater : found->decline;
}

}  // namespace gateways::adyen_terminal
