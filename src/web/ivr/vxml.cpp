#include "web/ivr/vxml.h"

#include "web/ivr/xml.h"

namespace web::ivr {
namespace {

using domain::CallAsk;

void open_document(Xml& xml, std::string_view voice) {
  xml.open("vxml",
           {{"version", "2.1"}, {"xmlns", "http://www.w3.org/2001/vxml"}, {"xml:lang", voice}});
  xml.leaf("var", {{"name", "how"}, {"expr", "'keys'"}});
}

void say(Xml& xml, const CallPage& page) {
  for (const flows::SpokenLine& line : page.lines) {
    xml.leaf("prompt", {{"xml:lang", voice_of(line.language)}}, line.text);
  }
}

void submit(Xml& xml, std::string_view next, std::string_view names) {
  xml.leaf("submit", {{"next", next}, {"method", "post"}, {"namelist", names}});
}

void submit_as(Xml& xml, std::string_view how, std::string_view next) {
  xml.leaf("assign", {{"name", "how"}, {"expr", how}});
  submit(xml, next, "how");
}

// "digits?length=1", and for amounts "currency", where the star stands before the smaller units.
std::string_view grammar_of(CallAsk ask) {
  if (ask == CallAsk::kAmount) return "currency";
  return ask == CallAsk::kCode ? "digits?length=10" : "digits?length=1";
}

void listen(Xml& xml, const CallPage& page) {
  xml.open("form", {{"id", "turn"}});
  xml.open("field", {{"name", "heard"}, {"type", grammar_of(page.ask)}});
  xml.leaf("property", {{"name", "timeout"}, {"value", std::string(kSilenceSeconds) + "s"}});
  const std::string_view ears = page.ask == CallAsk::kAmount ? "dtmf" : "dtmf voice";
  xml.leaf("property", {{"name", "inputmodes"}, {"value", ears}});
  say(xml, page);
  xml.open("noinput");
  submit_as(xml, "'silence'", page.next);
  xml.close();
  xml.open("nomatch");
  submit_as(xml, "'unclear'", page.next);
  xml.close();
  xml.open("filled");
  submit(xml, page.next, "how heard");
  xml.close();
}

void open_block(Xml& xml) {
  xml.open("form", {{"id", "turn"}});
  xml.open("block");
}

}  // namespace

std::string write_vxml(const CallPage& page) {
  Xml xml;
  open_document(xml, voice_of(page.language));
  if (!page.ended.empty()) {
    xml.open("catch", {{"event", "connection.disconnect"}});
    submit_as(xml, "'gone'", page.ended);
    xml.close();
  }
  switch (page.ask) {
    case CallAsk::kKey:
    case CallAsk::kCode:
    case CallAsk::kAmount: listen(xml, page); break;
    // Asked by a platform that takes cards; where there is none, the way on is the next look.
    case CallAsk::kCard:
    case CallAsk::kWait:
      open_block(xml);
      say(xml, page);
      xml.open("prompt");
      xml.leaf("break", {{"time", std::string(kWaitSeconds) + "s"}});
      xml.close();
      submit_as(xml, "'wait'", page.next);
      break;
    case CallAsk::kAgent:
      open_block(xml);
      say(xml, page);
      xml.close();
      xml.leaf("transfer", {{"name", "agent"}, {"dest", "tel:" + page.agent}, {"bridge", "false"}});
      xml.open("block");
      xml.leaf("disconnect");
      break;
    case CallAsk::kNothing:
      open_block(xml);
      say(xml, page);
      xml.leaf("disconnect");
      break;
  }
  return xml.take();
}

std::string write_vxml_start(std::string_view next) {
  Xml xml;
  open_document(xml, voice_of(locale::Language::kEnglish));
  xml.leaf("var", {{"name", "caller"}, {"expr", "session.connection.remote.uri"}});
  xml.leaf("var", {{"name", "called"}, {"expr", "session.connection.local.uri"}});
  open_block(xml);
  submit(xml, next, "caller called");
  return xml.take();
}

}  // namespace web::ivr
