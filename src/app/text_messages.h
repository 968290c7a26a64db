// The sender of text messages that an installation has ([text.NAME] of its configuration), and the
// thread that sends what waits.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "app/gateways.h"
#include "flows/calls/send_texts.h"
#include "support/http/client.h"

namespace app {

class TextMessages {
 public:
  // All outlive it. Errors: bad_config_value (several senders), those of make_text_sender and of
  // read_secret.
  [[nodiscard]] static base::Result<std::unique_ptr<TextMessages>> open(
      Workspace& workspace, const PaymentProviders& providers, const locale::Catalogue& texts);
  ~TextMessages() { stop(); }
  TextMessages(const TextMessages&) = delete;
  TextMessages& operator=(const TextMessages&) = delete;

  // Null: none is set up.
  [[nodiscard]] const ports::TextSender* sender() const { return sender_.get(); }
  void start();
  // Waits for what is being sent.
  void stop();

 private:
  TextMessages(Workspace& workspace, const PaymentProviders& providers,
               const locale::Catalogue& texts);
  void run();

  http::CurlClient http_;
  std::unique_ptr<ports::TextSender> sender_;
  locale::Speakers speakers_;
  flows::CallLine line_;
  flows::CallTools calls_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;  // Under mutex_.
  std::thread thread_;
};

}  // namespace app
