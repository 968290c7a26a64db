#include "app/text_messages.h"

#include <chrono>

#include "channels/text/registry.h"
#include "support/observe/log.h"

namespace app {
namespace {

using base::Result;

constexpr std::chrono::seconds kPause{2};
constexpr std::size_t kAtOnce = 50;

}  // namespace

TextMessages::TextMessages(Workspace& workspace, const PaymentProviders& providers,
                           const locale::Catalogue& texts)
    : calls_{.store = workspace.store(),
             .clock = workspace.clock(),
             .gateways = providers.gateways(),
             .link_key = workspace.link_key(),
             .texts = texts,
             .speakers = speakers_,
             .line = line_,
             .public_url = workspace.public_url()} {}

Result<std::unique_ptr<TextMessages>> TextMessages::open(Workspace& workspace,
                                                         const PaymentProviders& providers,
                                                         const locale::Catalogue& texts) {
  std::unique_ptr<TextMessages> opened(new TextMessages(workspace, providers, texts));
  const auto& named = workspace.settings().texts;
  if (named.size() > 1) {
    return base::fail("bad_config_value", "one sender of text messages is enough",
                      "text." + named.rbegin()->first);
  }
  for (const auto& [name, settings] : named) {
    const auto secrets = [&](std::string_view where) {
      const auto at =
          std::ranges::find_if(settings, [&](const auto& row) { return row.second == where; });
      const std::string key = at == settings.end() ? "" : "." + at->first;
      return read_secret(workspace, "text." + name + key, where);
    };
    opened->sender_ = TRY(channels::make_text_sender(name, settings, secrets, opened->http_));
  }
  return opened;
}

void TextMessages::start() {
  if (sender_) thread_ = std::thread([this] { run(); });
}

void TextMessages::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void TextMessages::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (woken_.wait_for(lock, kPause, [this] { return stopping_; })) return;
    }
    const auto sent = flows::send_texts({calls_, *sender_}, kAtOnce);
    if (sent) continue;
    observe::log(observe::Level::kWarning, "texts_not_sent",
                 {{"code", sent.error().code}, {"text", sent.error().text}});
  }
}

}  // namespace app
