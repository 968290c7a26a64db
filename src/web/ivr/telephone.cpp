#include "web/ivr/telephone.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "support/crypto/form_signature.h"
#include "support/crypto/mac.h"
#include "support/observe/log.h"
#include "support/observe/metrics.h"
#include "web/api/problems.h"
#include "web/ivr/twiml.h"
#include "web/ivr/vxml.h"
#include "web/security/csp.h"

namespace web::ivr {
namespace {

using base::Result;
using domain::CallHeard;
using domain::CallSign;
using flows::CallRequest;

constexpr std::string_view kPath = "/ivr/";
constexpr std::size_t kBodyBytesMax = 64U << 10;
constexpr std::size_t kMacBytes = 16;
// An amount with its star and hash; a card's number is longer.
constexpr std::size_t kKeysMax = domain::kCallAmountDigitsMax + 3;
constexpr std::size_t kNumberDigitsMin = 7, kNumberDigitsMax = 15;
// What Twilio calls those who hide their number: "ANONYMOUS" on a keypad.
constexpr std::string_view kHiddenNumber = "+266696687";
constexpr std::string_view kTwilio = "twilio", kVxml = "vxml";

std::unexpected<base::Error> not_found() {
  return base::fail("route_not_found", "a call has no such page");
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// What a form says was heard; more than what was asked for is dropped unread.
CallHeard keys_or_unclear(std::string_view keys, std::string_view allowed) {
  const bool fits =
      !keys.empty() && keys.size() <= kKeysMax && keys.find_first_not_of(allowed) == keys.npos;
  return fits ? CallHeard{CallSign::kKeys, std::string(keys)} : CallHeard{CallSign::kUnclear};
}

std::string_view platform_name(bool is_twilio) { return is_twilio ? kTwilio : kVxml; }

Response xml_response(std::string_view type, std::string body) {
  Response response;
  response.headers.set("Content-Type", std::string(type) + "; charset=utf-8");
  response.body = std::move(body);
  return response;
}

}  // namespace

std::string_view voice_of(locale::Language language) {
  static constexpr std::array<std::string_view, locale::kLanguages.size()> kVoices = {
      "sv-SE", "fi-FI", "nb-NO", "da-DK", "en-GB", "it-IT", "es-ES", "de-DE"};
  return kVoices[locale::index_of(language)];
}

bool is_twilio_signature(std::string_view token, std::string_view url, const Fields& form,
                         std::string_view signature) {
  return crypto::is_form_signature(token, url, form.rows(), signature);
}

std::string caller_number(std::string_view said) {
  const std::size_t plus = said.find('+');
  if (plus == said.npos) return {};
  const std::size_t end = std::min(said.find_first_not_of("0123456789", plus + 1), said.size());
  const std::string_view number = said.substr(plus, end - plus);
  const std::size_t digits = number.size() - 1;
  if (digits < kNumberDigitsMin || digits > kNumberDigitsMax || number == kHiddenNumber) return {};
  return std::string(number);
}

Telephone::Telephone(const TelephoneParts& parts, TelephoneSettings settings, Handler& rest)
    : parts_(parts),
      settings_(std::move(settings)),
      rest_(rest),
      key_(crypto::derive_key(parts.link_key, "telephone")),
      calls_of_caller_(settings_.calls_of_caller),
      tries_of_code_(settings_.tries_of_code),
      tools_{.store = parts_.store,
             .clock = parts_.clock,
             .gateways = parts_.gateways,
             .link_key = parts_.link_key,
             .texts = parts_.texts,
             .speakers = speakers_,
             .line = settings_.line,
             .public_url = settings_.public_url,
             .may_try_code =
                 [this](std::string_view code) {
                   const std::string key = crypto::to_hex(crypto::keyed_hash(key_, code));
                   return tries_of_code_.take(key, parts_.clock.now()) == 0;
                 }},
      request_ids_(parts_.random, "request ids of calls") {}

Response Telephone::handle(const Request& request) {
  if (!request.path.starts_with(kPath)) return rest_.handle(request);
  const std::string_view rest = std::string_view(request.path).substr(kPath.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view name = rest.substr(0, slash);
  const bool is_twilio = name == kTwilio;
  const bool is_set_up =
      is_twilio ? !settings_.twilio_token.empty() : name == kVxml && !settings_.vxml_secret.empty();
  if (!is_set_up || slash == rest.size()) return rest_.handle(request);
  const Platform platform = is_twilio ? Platform::kTwilio : Platform::kVxml;
  const std::string request_id = request_ids_.next();
  auto response = answer(request, platform, rest.substr(slash + 1));
  if (!response) {
    const base::Error& error = response.error();
    const int status = status_of(error.code);
    observe::log(status == 500 || status == 503 ? observe::Level::kError : observe::Level::kWarning,
                 "call_refused",
                 {{"request", request_id},
                  {"platform", platform_name(is_twilio)},
                  {"code", error.code},
                  {"text", error.text}});
    // A caller hears that it is our fault; somebody who is not the platform reads what is wrong.
    response =
        status >= 500 ? sorry(platform) : problem_response(error, {.request_id = request_id});
  }
  observe::metrics().count(
      observe::Metric::kHttpRequests,
      {is_twilio ? "/ivr/twilio/{step}" : "/ivr/vxml/{step}", std::to_string(response->status)});
  response->headers.set("X-Request-Id", request_id);
  add_security_headers(*response, settings_.public_url.starts_with("https://"));
  return *std::move(response);
}

Result<Response> Telephone::answer(const Request& request, Platform platform,
                                   std::string_view step) {
  const bool is_twilio = platform == Platform::kTwilio;
  if (!is_twilio && step == "start" && request.method == Method::kGet) {
    return begin_vxml(request);
  }
  if (request.method != Method::kPost) return base::fail("method_not_allowed", "use POST here");
  if (request.body.size() > kBodyBytesMax) {
    return base::fail("body_too_large", "a request of a call has at most 64 KiB");
  }
  const Fields form = request.body.empty() ? Fields() : TRY(request.form());
  return speak(
      is_twilio ? TRY(read_twilio(request, step, form)) : TRY(read_vxml(request, step, form)),
      platform);
}

Result<CallRequest> Telephone::read_twilio(const Request& request, std::string_view step,
                                           const Fields& form) const {
  std::string url = settings_.public_url;
  if (url.empty()) url = "http://" + std::string(request.headers.get("host"));
  url += request.path + (request.query.empty() ? "" : "?" + request.query);
  const auto signature = request.headers.get("x-twilio-signature");
  if (!is_twilio_signature(settings_.twilio_token, url, form, signature)) {
    return base::fail("call_signature_wrong", "not signed with our token for this address");
  }
  CallRequest asked;
  asked.platform = kTwilio;
  asked.call = flows::call_of(kTwilio, form.text("CallSid"));
  asked.caller = caller_number(form.text("From"));
  asked.called = caller_number(form.text("To"));
  if (step == "start") return asked;
  if (step == "ended") {
    asked.heard.sign = CallSign::kHungUp;
    return asked;
  }
  if (step != "turn" && step != "card") return not_found();
  const domain::CallId named = asked.call;
  TRY(read_token(request, asked));
  if (asked.call != named) {
    return base::fail("call_token_wrong", "this page is of another call");
  }
  asked.heard = heard_in(form, request);
  if (step == "card") {
    asked.card_token = form.text("PaymentToken");
    const bool taken = form.text("Result") == "success" && !asked.card_token.empty();
    asked.heard = {taken ? CallSign::kCard : CallSign::kNoCard};
  }
  return asked;
}

CallHeard Telephone::heard_in(const Fields& form, const Request& request) const {
  const auto query = request.query_fields();
  const Fields asked = query ? *query : Fields();
  if (asked.find("w") != nullptr) return {CallSign::kGoneOn};
  if (const std::string* keys = form.find("Digits"); keys != nullptr && !keys->empty()) {
    return keys_or_unclear(*keys, "0123456789*");
  }
  const std::string spoken = form.text("SpeechResult");
  if (spoken.empty()) return {CallSign::kSilence};
  const auto language = locale::parse_language(asked.text("l"));
  const auto digits = speakers_.of(language.value_or(locale::Language::kEnglish)).digits(spoken);
  return keys_or_unclear(digits.value_or(""), "0123456789");
}

Result<Response> Telephone::begin_vxml(const Request& request) {
  const Fields query = TRY(request.query_fields());
  if (!crypto::equal(query.text("s"), settings_.vxml_secret)) {
    return base::fail("call_signature_wrong", "the address has not our secret");
  }
  const auto call =
      crypto::make_random_id<domain::CallId>(parts_.random, parts_.clock.now(), "telephone call");
  const std::string next =
      address(Platform::kVxml, "start", token_of(call, 0), locale::Language::kEnglish);
  return xml_response("application/voicexml+xml", write_vxml_start(next));
}

Result<CallRequest> Telephone::read_vxml(const Request& request, std::string_view step,
                                         const Fields& form) const {
  CallRequest asked;
  asked.platform = kVxml;
  TRY(read_token(request, asked));
  if (step == "start" && asked.turn == 0) {
    asked.caller = caller_number(form.text("caller"));
    asked.called = caller_number(form.text("called"));
    return asked;
  }
  if (step == "ended") {
    asked.heard.sign = CallSign::kHungUp;
    return asked;
  }
  if (step != "turn") return not_found();
  const std::string how = form.text("how");
  if (how == "silence") asked.heard = {CallSign::kSilence};
  if (how == "unclear") asked.heard = {CallSign::kUnclear};
  if (how == "wait") asked.heard = {CallSign::kGoneOn};
  if (how != "keys") return asked;
  // A built-in currency may begin with its code: "SEK150.50".
  std::string keys = form.text("heard");
  keys.erase(0, std::min(keys.find_first_of("0123456789"), keys.size()));
  asked.heard = keys_or_unclear(keys, "0123456789*.");
  return asked;
}

Result<Response> Telephone::speak(CallRequest asked, Platform platform) {
  if (asked.turn == 0 && asked.heard.sign != CallSign::kHungUp) {
    // Those who hide their number share it; they are held by their wrong codes.
    asked.is_too_often =
        !asked.caller.empty() && calls_of_caller_.take(asked.caller, parts_.clock.now()) > 0;
  }
  const bool is_twilio = platform == Platform::kTwilio;
  const auto taken = flows::take_turn(tools_, asked);
  // Nobody is there to hear of a call that ended before it began.
  const bool is_gone = asked.heard.sign == CallSign::kHungUp;
  if (!taken && !(is_gone && taken.error().code == "call_unknown")) {
    return std::unexpected(taken.error());
  }
  CallPage page;
  if (taken && !is_gone) page = TRY(page_of(*taken, platform));
  return is_twilio ? xml_response("text/xml", write_twiml(page))
                   : xml_response("application/voicexml+xml", write_vxml(page));
}

Result<CallPage> Telephone::page_of(const flows::CallAnswer& answer, Platform platform) const {
  const domain::Call& call = answer.call;
  CallPage page;
  const auto language = locale::parse_language(call.language);
  page.language = language.value_or(locale::Language::kEnglish);
  page.lines = TRY(flows::words_of_call(tools_, answer));
  page.ask = domain::ask_of(call);
  page.agent = settings_.line.agent;
  const std::string token = token_of(call.id, call.turn);
  page.next = address(platform, "turn", token, page.language);
  page.card = address(platform, "card", token, page.language);
  page.ended = address(platform, "ended", token, page.language);
  page.connector = settings_.line.card_connector;
  page.payer = call.account.to_string();
  if (call.amount) {
    page.currency = call.amount->currency().code();
    for (char& c : page.currency) c = static_cast<char>(c - 'A' + 'a');
  }
  return page;
}

Response Telephone::sorry(Platform platform) const {
  CallPage page;
  const auto language = locale::parse_language(settings_.line.languages.front());
  page.language = language.value_or(locale::Language::kEnglish);
  page.lines = {{page.language, std::string(parts_.texts.text(page.language, "call.sorry"))}};
  page.agent = settings_.line.agent;
  page.ask = page.agent.empty() ? domain::CallAsk::kNothing : domain::CallAsk::kAgent;
  return platform == Platform::kTwilio ? xml_response("text/xml", write_twiml(page))
                                       : xml_response("application/voicexml+xml", write_vxml(page));
}

std::string Telephone::mac_of(std::string_view named) const {
  const crypto::Digest digest = crypto::keyed_hash(key_, named);
  return crypto::to_base64url({digest.data(), kMacBytes});
}

std::string Telephone::token_of(domain::CallId call, std::int64_t turn) const {
  const std::string named = call.to_string() + "." + std::to_string(turn);
  return named + "." + mac_of(named);
}

Result<> Telephone::read_token(const Request& request, CallRequest& asked) const {
  const auto wrong = base::fail("call_token_wrong", "this address is not one of ours");
  const Fields query = TRY(request.query_fields());
  const std::string token = query.text("c");
  const std::size_t second = token.rfind('.');
  if (second == token.npos) return wrong;
  const std::string_view named = std::string_view(token).substr(0, second);
  if (!crypto::equal(mac_of(named), std::string_view(token).substr(second + 1))) return wrong;
  const std::size_t first = named.find('.');
  if (first == named.npos || !is_digits(named.substr(first + 1))) return wrong;
  const auto call = domain::CallId::parse(named.substr(0, first));
  if (!call) return wrong;
  asked.call = *call;
  std::from_chars(named.data() + first + 1, named.data() + named.size(), asked.turn);
  return {};
}

std::string Telephone::address(Platform platform, std::string_view step, const std::string& token,
                               locale::Language language) const {
  return settings_.public_url + std::string(kPath) +
         std::string(platform_name(platform == Platform::kTwilio)) + "/" + std::string(step) +
         "?c=" + token + "&l=" + std::string(locale::code(language));
}

}  // namespace web::ivr
