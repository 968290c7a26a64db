// Peers of the gateways' tests, each in a process of its own: a provider that keeps state and has
// bad manners (peers/fake.mjs), and one that holds every request to the provider's published
// description (peers/contract.mjs).
//
// The descriptions are not ours to pass on: they are read from ../shared/data/contracts, or from
// the folder that TELGIRO_CONTRACTS names. Where they are absent a test skips itself.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.h"
#include "base/time/instant.h"
#include "ports/gateway.h"
#include "ports/http.h"
#include "support/http/client.h"
#include "tests/support/program.h"

namespace tests {

[[nodiscard]] std::string contracts_folder();

class Peer {
 public:
  // kind: "fake" or "contract".
  Peer(const std::string& kind, const std::string& provider);

  [[nodiscard]] const std::string& url() const { return url_; }
  // A question to the peer itself, as JSON.
  base::Json ask(const std::string& path, const base::Json& body = {}) const;
  // How the next request is treated.
  void next(const std::string& manner) const;
  void next_says(base::Json what) const;
  // Its webhooks: each twice, the newest first.
  [[nodiscard]] std::vector<ports::Webhook> webhooks() const;

 private:
  Process process_;
  std::string url_;
};

// The one of that kind, started on first use, since it takes seconds: as if it were new.
[[nodiscard]] std::shared_ptr<Peer> peer_for(const std::string& kind, const std::string& provider);

using GatewaySettings = std::map<std::string, std::string>;

// Counts what is sent, and has the patience of a test.
class ImpatientClient final : public ports::HttpClient {
 public:
  [[nodiscard]] base::Result<ports::HttpAnswer> send(const ports::HttpRequest& request) override;
  [[nodiscard]] int sent() const { return sent_; }

 private:
  http::CurlClient client_;
  int sent_ = 0;
};

// Where "env:X" stands for the secret "X".
[[nodiscard]] std::unique_ptr<ports::Gateway> gateway_at(const std::string& name,
                                                         const GatewaySettings& settings,
                                                         ports::HttpClient& http,
                                                         const base::Clock& clock);

// A request that the provider's description refuses, and a part of what Prism says of it.
struct Canary {
  std::string operation;  // "post /payments"
  std::string path;       // As it is sent.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string complaint;
};

// Everything that came since the last call fitted, and came to exactly these operations.
void expect_no_violation(const Peer& contract, const std::vector<std::string>& operations);
// Each canary is refused, and each of the operations has one.
void expect_canaries_die(const Peer& contract, const std::vector<Canary>& canaries,
                         const std::vector<std::string>& operations);

}  // namespace tests

#define NEEDS_CONTRACTS() \
  if (tests::contracts_folder().empty()) GTEST_SKIP() << "../shared/data/contracts is absent"
