// Somebody who calls, on the telephone of Twilio or a VoiceXML platform: follows the addresses of
// the pages over HTTP, hears what is said, presses keys, speaks, is silent, and hangs up.
//
// Stands where the platform stands: it reads each page strictly (call_xml.h), gives it no more keys
// than it asked for, signs what it sends as the platform does, and sends the same request again
// where it is told to. What is wrong with a page is kept in `problems`.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/http_client.h"
#include "tests/web/call_xml.h"

namespace tests {

struct CallerOptions {
  bool by_vxml = false;
  std::string from = "+46701234567", to = "+4686001000";
  std::string twilio_token = "12345", vxml_secret = "geheim";
  std::string name = "CA1";  // Of the call at Twilio.
};

class Caller {
 public:
  Caller(std::uint16_t port, CallerOptions options);

  void dial();
  // What the page asks for of it: no more digits than it takes, and none where it does not listen.
  void press(std::string_view keys);
  void say(std::string_view words);
  void be_silent();
  void wait();  // Until the page goes on by itself.
  // The platform took a card and got a token for it, or did not.
  void give_card(std::string_view token);
  void hang_up();
  // The last request once more: its answer was lost.
  void repeat();

  // All that was said on the last page, and what is listened for: "key", "code", "amount", "card",
  // "wait", or "" where the call is over.
  [[nodiscard]] const std::string& heard() const { return heard_; }
  [[nodiscard]] const std::string& asked() const { return asked_; }
  [[nodiscard]] const std::string& connected_to() const { return agent_; }
  [[nodiscard]] const std::string& last_page() const { return page_; }
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] bool is_over() const { return asked_.empty(); }

  std::vector<std::string> problems;

 private:
  using Form = std::vector<std::pair<std::string, std::string>>;
  void send(const std::string& method, const std::string& target, Form form);
  void answer(Form form, const std::string& to);
  void listen(const std::string& page);
  void listen_to_twiml(const XmlNode& root);
  void listen_to_vxml(const XmlNode& root);
  [[nodiscard]] std::string sign(const std::string& target, Form form) const;

  HttpClient http_;
  CallerOptions options_;
  std::string heard_, asked_, agent_, page_, next_, ended_;
  std::size_t digits_ = 0;
  int status_ = 0;
  std::string method_, target_;  // Of the last request.
  Form form_;
};

}  // namespace tests
