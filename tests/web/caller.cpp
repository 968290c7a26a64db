#include "tests/web/caller.h"

#include <algorithm>

#include "support/crypto/mac.h"
#include "support/crypto/sha1.h"

namespace tests {
namespace {

std::string encoded(const std::vector<std::pair<std::string, std::string>>& form) {
  std::string body;
  for (const auto& [name, value] : form) {
    if (!body.empty()) body += "&";
    body += percent_encoded(name) + "=" + percent_encoded(value);
  }
  return body;
}

// "'keys'" of <assign name="how" expr="'keys'"/> before a <submit>.
const XmlNode* submit_in(const XmlNode& node) { return node.child("submit"); }

}  // namespace

Caller::Caller(std::uint16_t port, CallerOptions options)
    : http_(port), options_(std::move(options)) {}

std::string Caller::sign(const std::string& target, Form form) const {
  std::string text = "http://localhost" + target;
  std::ranges::sort(form);
  for (const auto& [name, value] : form) text += name + value;
  return crypto::to_base64(
      std::span<const std::uint8_t>(crypto::hmac_sha1(options_.twilio_token, text)));
}

void Caller::send(const std::string& method, const std::string& target, Form form) {
  method_ = method;
  target_ = target;
  form_ = form;
  const std::string body = encoded(form);
  const std::string signature = options_.by_vxml ? "" : sign(target, form);
  const HttpAnswer answer =
      http_.request(method, target, body,
                    {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"X-Twilio-Signature", signature.empty() ? "none" : signature}});
  status_ = answer.status;
  if (answer.status != 200) {
    problems.push_back(target + " answers " + std::to_string(answer.status) + " " + answer.body);
    asked_.clear();
    return;
  }
  listen(answer.body);
}

void Caller::listen(const std::string& page) {
  page_ = page;
  heard_.clear();
  asked_.clear();
  agent_.clear();
  std::string why;
  const auto root = read_xml(page, why);
  if (!root) {
    problems.push_back(why + ": " + page);
    return;
  }
  why = options_.by_vxml ? wrong_vxml(*root) : wrong_twiml(*root);
  if (!why.empty()) problems.push_back(why + ": " + page);
  if (options_.by_vxml) {
    listen_to_vxml(*root);
  } else {
    listen_to_twiml(*root);
  }
}

void Caller::listen_to_twiml(const XmlNode& root) {
  const auto hear = [&](const XmlNode& node) {
    for (const XmlNode& each : node.children) {
      if (each.name == "Say") heard_ += (heard_.empty() ? "" : " ") + each.text;
    }
  };
  hear(root);
  for (const XmlNode& verb : root.children) {
    if (verb.name == "Gather") {
      hear(verb);
      next_ = verb.attribute("action");
      const std::string digits = verb.attribute("numDigits");
      digits_ = digits.empty() ? 0 : static_cast<std::size_t>(std::stoi(digits));
      asked_ = digits.empty() ? "amount" : digits == "1" ? "key" : "code";
      return;
    }
    if (verb.name == "Pay") {
      next_ = verb.attribute("action");
      asked_ = "card";
      return;
    }
    if (verb.name == "Dial") agent_ = verb.text;
    if (verb.name == "Redirect") {
      next_ = verb.text;
      asked_ = "wait";
    }
  }
}

void Caller::listen_to_vxml(const XmlNode& root) {
  if (const XmlNode* gone = root.child("catch")) ended_ = submit_in(*gone)->attribute("next");
  const XmlNode& form = *root.child("form");
  const auto hear = [&](const XmlNode& item) {
    for (const XmlNode& each : item.children) {
      if (each.name == "prompt" && !each.text.empty()) {
        heard_ += (heard_.empty() ? "" : " ") + each.text;
      }
    }
  };
  for (const XmlNode& item : form.children) {
    hear(item);
    if (item.name == "transfer") agent_ = item.attribute("dest").substr(4);
    if (item.name == "block" && submit_in(item) != nullptr) {
      next_ = submit_in(item)->attribute("next");
      asked_ = "wait";
    }
    if (item.name != "field") continue;
    next_ = submit_in(*item.child("filled"))->attribute("next");
    const std::string type = item.attribute("type");
    asked_ = type == "currency" ? "amount" : type == "digits?length=1" ? "key" : "code";
    digits_ = asked_ == "key" ? 1 : asked_ == "code" ? 10 : 0;
  }
}

void Caller::answer(Form form, const std::string& to) {
  if (!options_.by_vxml) {
    form.insert(form.end(),
                {{"CallSid", options_.name}, {"From", options_.from}, {"To", options_.to}});
  }
  send("POST", to, std::move(form));
}

void Caller::dial() {
  if (!options_.by_vxml) return answer({}, "/ivr/twilio/start");
  send("GET", "/ivr/vxml/start?s=" + options_.vxml_secret, {});
  if (status_ != 200) return;
  const std::string caller =
      options_.from.empty() ? "sip:anonymous@invalid" : "tel:" + options_.from;
  answer({{"caller", caller}, {"called", "sip:" + options_.to + "@ivr.example"}}, next_);
}

void Caller::press(std::string_view keys) {
  if (asked_ != "key" && asked_ != "code" && asked_ != "amount") return;
  std::string taken(keys.substr(0, keys.find('#')));
  if (digits_ > 0) taken = taken.substr(0, digits_);
  if (taken.empty()) return be_silent();
  if (options_.by_vxml) {
    // Its built-in currency hears the star as the point, and tells of the currency.
    if (asked_ == "amount") {
      std::ranges::replace(taken, '*', '.');
      taken = "SEK" + taken;
    }
    const bool fits = asked_ == "amount" || taken.size() == digits_;
    if (fits) return answer({{"how", "keys"}, {"heard", taken}}, next_);
    return answer({{"how", "unclear"}}, next_);
  }
  answer({{"Digits", taken}}, next_);
}

void Caller::say(std::string_view words) {
  if (asked_ != "key" && asked_ != "code") return;
  answer({{"SpeechResult", std::string(words)}, {"Confidence", "0.9"}}, next_);
}

void Caller::be_silent() {
  if (asked_ != "key" && asked_ != "code" && asked_ != "amount") return;
  answer(options_.by_vxml ? Form{{"how", "silence"}} : Form{{"Digits", ""}}, next_);
}

void Caller::wait() {
  if (asked_ != "wait") return;
  answer(options_.by_vxml ? Form{{"how", "wait"}} : Form{}, next_);
}

void Caller::give_card(std::string_view token) {
  if (asked_ != "card") return;
  answer(token.empty() ? Form{{"Result", "payment-connector-error"}}
                       : Form{{"Result", "success"},
                              {"PaymentToken", std::string(token)},
                              {"PaymentCardNumber", "xxxxxxxxxxxx4242"}},
         next_);
}

void Caller::hang_up() {
  if (options_.by_vxml) {
    if (!ended_.empty()) answer({{"how", "gone"}}, ended_);
  } else {
    answer({{"CallStatus", "completed"}}, "/ivr/twilio/ended");
  }
  asked_.clear();
}

void Caller::repeat() {
  const auto form = form_;
  send(method_, target_, form);
}

}  // namespace tests
