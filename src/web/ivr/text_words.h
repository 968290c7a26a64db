// TextWords: POST /texts/{sender}, where a sender of text messages tells what became of one.
//
// Stands before the application, as calls do: who speaks is known by the signature over address and
// form, which names the message and the account. What is not its own it hands on.
#pragma once

#include <string>

#include "flows/calls/send_texts.h"
#include "web/http.h"

namespace web::ivr {

class TextWords final : public Handler {
 public:
  // All outlive it; `sender` null: none is set up.
  TextWords(ports::Store& store, const base::Clock& clock, const ports::TextSender* sender,
            std::string public_url, Handler& rest)
      : store_(store),
        clock_(clock),
        sender_(sender),
        public_url_(std::move(public_url)),
        rest_(rest) {}

  [[nodiscard]] Response handle(const Request& request) override;
  [[nodiscard]] Response refuse(int status, const base::Error& error) override {
    return rest_.refuse(status, error);
  }

 private:
  [[nodiscard]] base::Result<Response> answer(const Request& request) const;

  ports::Store& store_;
  const base::Clock& clock_;
  const ports::TextSender* sender_;
  std::string public_url_;
  Handler& rest_;
};

}  // namespace web::ivr
