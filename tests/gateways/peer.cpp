#include "tests/gateways/peer.h"

#include <cstdlib>
#include <filesystem>
#include <set>

#include "gateways/psp/registry.h"
#include "support/json/parse.h"

namespace tests {
namespace {

constexpr std::chrono::milliseconds kPatience{1500};

base::Json read(const std::string& text) {
  auto json = json::parse(text, json::Fractions::kAsText);
  EXPECT_TRUE(json) << text;
  return json ? *json : base::Json();
}

}  // namespace

std::string contracts_folder() {
  const char* named = std::getenv("TELGIRO_CONTRACTS");
  const std::string folder = named ? named : TELGIRO_SOURCE_DIR "/../shared/data/contracts";
  return std::filesystem::exists(folder + "/prism-ready") ? folder : "";
}

Peer::Peer(const std::string& kind, const std::string& provider)
    : process_(Launch{{"/usr/bin/env", "node",
                       TELGIRO_SOURCE_DIR "/tests/gateways/peers/" + kind + ".mjs",
                       contracts_folder(), provider}}) {
  const std::string port = process_.first_line();
  if (port.empty()) ADD_FAILURE() << kind << " did not start: " << process_.wait().errors;
  url_ = "http://127.0.0.1:" + port;
}

base::Json Peer::ask(const std::string& path, const base::Json& body) const {
  ports::HttpRequest request;
  request.method = body.is_null() ? "GET" : "POST";
  request.url = url_ + path;
  if (!body.is_null()) request.body = body.dump();
  const auto answer = http::CurlClient().send(request);
  EXPECT_TRUE(answer) << path;
  return answer ? read(answer->body) : base::Json();
}

void Peer::next(const std::string& manner) const {
  ask("/_next", base::Json().set("manner", manner));
}

void Peer::next_says(base::Json what) const {
  ask("/_next", base::Json().set("say", std::move(what)));
}

std::vector<ports::Webhook> Peer::webhooks() const {
  const base::Json all = ask("/_webhooks");
  std::vector<ports::Webhook> webhooks;
  for (const base::Json& one : *all.as_array()) {
    ports::Webhook webhook;
    webhook.path = one.text("path");
    webhook.host = one.text("host");
    webhook.body = one.text("body");
    for (const auto& [name, value] : *one["headers"].as_object()) {
      webhook.headers[name] = *value.as_string();
    }
    webhooks.push_back(webhook);
  }
  return webhooks;
}

std::shared_ptr<Peer> peer_for(const std::string& kind, const std::string& provider) {
  static std::map<std::pair<std::string, std::string>, std::shared_ptr<Peer>> started;
  std::shared_ptr<Peer>& peer = started[{kind, provider}];
  if (!peer) peer = std::make_shared<Peer>(kind, provider);
  peer->ask(kind == "fake" ? "/_reset" : "/_report");
  return peer;
}

base::Result<ports::HttpAnswer> ImpatientClient::send(const ports::HttpRequest& request) {
  ports::HttpRequest hurried = request;
  hurried.timeout = std::min(request.timeout, kPatience);
  sent_ += 1;
  return client_.send(hurried);
}

std::unique_ptr<ports::Gateway> gateway_at(const std::string& name, const GatewaySettings& settings,
                                           ports::HttpClient& http, const base::Clock& clock) {
  const auto secret = [](std::string_view where) -> base::Result<std::string> {
    return std::string(where.substr(where.find(':') + 1));
  };
  auto gateway = gateways::make_gateway(name, settings, secret, http, clock);
  EXPECT_TRUE(gateway) << gateway.error().code << " " << gateway.error().place;
  return gateway ? *std::move(gateway) : nullptr;
}

void expect_no_violation(const Peer& contract, const std::vector<std::string>& operations) {
  const base::Json report = contract.ask("/_report");
  std::set<std::string> seen;
  for (const base::Json& one : *report.as_array()) {
    seen.insert(one.text("operation"));
    EXPECT_EQ(one["violations"].dump(), "[]") << one.text("operation");
    EXPECT_EQ(one["unknown"].dump(), "[]") << one.text("operation");
  }
  EXPECT_EQ(seen, std::set(operations.begin(), operations.end()));
}

void expect_canaries_die(const Peer& contract, const std::vector<Canary>& canaries,
                         const std::vector<std::string>& operations) {
  std::set<std::string> dead;
  for (const Canary& canary : canaries) {
    ports::HttpRequest request;
    request.method = canary.operation.substr(0, canary.operation.find(' '));
    std::ranges::transform(request.method, request.method.begin(),
                           [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    request.url = contract.url() + canary.path;
    request.headers = canary.headers;
    const bool has_type = std::ranges::any_of(
        canary.headers, [](const auto& header) { return header.first == "Content-Type"; });
    if (!canary.body.empty() && !has_type) {
      request.headers.emplace_back("Content-Type", "application/json");
    }
    request.body = canary.body;
    EXPECT_TRUE(http::CurlClient().send(request)) << canary.operation;
    const base::Json report = contract.ask("/_report");
    ASSERT_EQ(report.as_array()->size(), 1U);
    const base::Json& one = report.as_array()->front();
    EXPECT_EQ(one.text("operation"), canary.operation);
    const std::string said = one["violations"].dump() + one["unknown"].dump();
    EXPECT_TRUE(said.contains(canary.complaint)) << canary.operation << ": " << said;
    dead.insert(canary.operation);
  }
  EXPECT_EQ(dead, std::set(operations.begin(), operations.end()));
}

}  // namespace tests
