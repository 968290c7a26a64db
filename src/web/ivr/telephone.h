// Telephone: paying by telephone over HTTP, for Twilio and for platforms that speak VoiceXML.
//
//   POST /ivr/twilio/{start|turn|card|ended}   signed by Twilio over address and parameters
//   GET  /ivr/vxml/start?s=SECRET, POST /ivr/vxml/{start|turn|ended}
//
// Stands before the application, since who speaks is known by a signature and there is no session,
// form or browser; what is not its own it hands on. Each page's addresses carry a token that
// names call and turn: a request that comes again is the same turn. What a caller keys beyond what
// was asked for is dropped unread: a card's number that somebody keys here is neither kept nor
// logged. Where we fail, the caller hears so and is led to a person.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "flows/calls/take_turn.h"
#include "support/crypto/crypto.h"
#include "web/http.h"
#include "web/ivr/call_page.h"
#include "web/request_ids.h"
#include "web/security/rate_limiter.h"

namespace web::ivr {

struct TelephoneSettings {
  flows::CallLine line = {};
  std::string twilio_token = {};  // Empty: Twilio is not answered.
  std::string vxml_secret = {};   // Empty: VoiceXML is not answered.
  std::string public_url = {};    // As Settings::public_url.
  Rate calls_of_caller = {.per_minute = 6, .burst = 10};
  Rate tries_of_code = {.per_minute = 6, .burst = 12};
};

// All outlive it.
struct TelephoneParts {
  ports::Store& store;
  const base::Clock& clock;
  crypto::Random& random;
  const locale::Catalogue& texts;
  const flows::Gateways& gateways;
  const crypto::Key& link_key;
};

class Telephone final : public Handler {
 public:
  Telephone(const TelephoneParts& parts, TelephoneSettings settings, Handler& rest);

  [[nodiscard]] Response handle(const Request& request) override;
  [[nodiscard]] BodyPlan plan_body(const Request& head) override { return rest_.plan_body(head); }
  [[nodiscard]] Response refuse(int status, const base::Error& error) override {
    return rest_.refuse(status, error);
  }

 private:
  enum class Platform { kTwilio, kVxml };

  [[nodiscard]] base::Result<Response> answer(const Request& request, Platform platform,
                                              std::string_view step);
  [[nodiscard]] base::Result<flows::CallRequest> read_twilio(const Request& request,
                                                             std::string_view step,
                                                             const Fields& form) const;
  [[nodiscard]] base::Result<flows::CallRequest> read_vxml(const Request& request,
                                                           std::string_view step,
                                                           const Fields& form) const;
  [[nodiscard]] base::Result<Response> begin_vxml(const Request& request);
  [[nodiscard]] base::Result<Response> speak(flows::CallRequest asked, Platform platform);
  [[nodiscard]] base::Result<CallPage> page_of(const flows::CallAnswer& answer,
                                               Platform platform) const;
  [[nodiscard]] Response sorry(Platform platform) const;

  // "call_....7.MAC": names a turn; nobody else can make one.
  [[nodiscard]] std::string token_of(domain::CallId call, std::int64_t turn) const;
  // Fills in call and turn. Errors: call_token_wrong.
  [[nodiscard]] base::Result<> read_token(const Request& request, flows::CallRequest& asked) const;
  [[nodiscard]] std::string mac_of(std::string_view named) const;
  [[nodiscard]] std::string address(Platform platform, std::string_view step,
                                    const std::string& token, locale::Language language) const;
  [[nodiscard]] domain::CallHeard heard_in(const Fields& form, const Request& request) const;

  TelephoneParts parts_;
  TelephoneSettings settings_;
  Handler& rest_;
  locale::Speakers speakers_;
  crypto::Key key_;
  RateLimiter calls_of_caller_, tries_of_code_;
  flows::CallTools tools_;
  RequestIds request_ids_;
};

// X-Twilio-Signature: base64 of HMAC-SHA1 over the address as it was called, and each parameter's
// name and value, by name. With and without the port that its scheme has anyway.
[[nodiscard]] bool is_twilio_signature(std::string_view token, std::string_view url,
                                       const Fields& form, std::string_view signature);

// "+46701234567" of it, "tel:+46701234567;npdi" or "sip:+46701234567@host"; empty where there is no
// such number, as of who hides theirs.
[[nodiscard]] std::string caller_number(std::string_view said);

}  // namespace web::ivr
