#include "web/ivr/twiml.h"

#include "web/ivr/xml.h"

namespace web::ivr {
namespace {

using domain::CallAsk;

void say(Xml& xml, const CallPage& page) {
  for (const flows::SpokenLine& line : page.lines) {
    xml.leaf("Say", {{"language", voice_of(line.language)}}, line.text);
  }
}

// Said within what listens, so that who knows the way need not wait.
void gather(Xml& xml, const CallPage& page) {
  const std::string_view voice = voice_of(page.language);
  if (page.ask == CallAsk::kAmount) {
    xml.open("Gather", {{"input", "dtmf"},
                        {"finishOnKey", "#"},
                        {"timeout", kSilenceSeconds},
                        {"action", page.next},
                        {"method", "POST"},
                        {"actionOnEmptyResult", "true"}});
  } else {
    xml.open("Gather", {{"input", "dtmf speech"},
                        {"numDigits", page.ask == CallAsk::kCode ? "10" : "1"},
                        {"timeout", kSilenceSeconds},
                        {"speechTimeout", "auto"},
                        {"language", voice},
                        {"action", page.next},
                        {"method", "POST"},
                        {"actionOnEmptyResult", "true"}});
  }
  say(xml, page);
  xml.close();
  xml.leaf("Redirect", {{"method", "POST"}}, page.next);
}

// Whoever asks for the card says so in few languages.
std::string_view voice_of_pay(locale::Language language) {
  switch (language) {
    case locale::Language::kItalian:
    case locale::Language::kSpanish:
    case locale::Language::kGerman: return voice_of(language);
    case locale::Language::kSwedish:
    case locale::Language::kFinnish:
    case locale::Language::kNorwegian:
    case locale::Language::kDanish:
    case locale::Language::kEnglish: break;
  }
  return voice_of(locale::Language::kEnglish);
}

void pay(Xml& xml, const CallPage& page) {
  say(xml, page);
  // No amount: the provider gives a token for the card, and charging it is ours, once.
  xml.open("Pay", {{"paymentConnector", page.connector},
                   {"tokenType", "reusable"},
                   {"currency", page.currency},
                   {"input", "dtmf"},
                   {"maxAttempts", "2"},
                   {"language", voice_of_pay(page.language)},
                   {"action", page.card},
                   {"method", "POST"}});
  xml.leaf("Parameter", {{"name", "shopperReference"}, {"value", page.payer}});
  xml.close();
  xml.leaf("Redirect", {{"method", "POST"}}, page.card);
}

}  // namespace

std::string write_twiml(const CallPage& page) {
  Xml xml;
  xml.open("Response");
  switch (page.ask) {
    case CallAsk::kKey:
    case CallAsk::kCode:
    case CallAsk::kAmount: gather(xml, page); break;
    case CallAsk::kCard: pay(xml, page); break;
    case CallAsk::kWait:
      say(xml, page);
      xml.leaf("Pause", {{"length", kWaitSeconds}});
      xml.leaf("Redirect", {{"method", "POST"}}, page.next + "&w=1");
      break;
    case CallAsk::kAgent:
      say(xml, page);
      xml.leaf("Dial", {}, page.agent);
      xml.leaf("Hangup");
      break;
    case CallAsk::kNothing:
      say(xml, page);
      xml.leaf("Hangup");
      break;
  }
  return xml.take();
}

}  // namespace web::ivr
