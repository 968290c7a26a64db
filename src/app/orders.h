// What orders need from an installation: its rules, its providers, and whom it tells.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/gateways.h"
#include "flows/orders/orders.h"
#include "flows/orders/send_tellings.h"
#include "support/http/client.h"

namespace app {

// Errors: bad_config_value for an amount that is none.
[[nodiscard]] base::Result<domain::OrderRules> order_rules(const config::Settings& settings);
// Both outlive it. Errors: those of order_rules.
[[nodiscard]] base::Result<flows::OrderTools> order_tools(Workspace& workspace,
                                                          const PaymentProviders& providers);
// Errors: webhook_without_secret, webhook_not_safe (an address that is neither https nor of this
// machine), those of read_secret.
[[nodiscard]] base::Result<flows::Listener> order_listener(const Workspace& workspace);

// Looks after orders that are not over, tells of those that are ready, and counts each hour what
// became of payments; in a thread of its own. What fails is logged and tried again.
class OrderWorker {
 public:
  // What the tools refer to outlives it.
  OrderWorker(flows::OrderTools tools, flows::Listener listener)
      : tools_(std::move(tools)), listener_(std::move(listener)) {}
  ~OrderWorker() { stop(); }
  OrderWorker(const OrderWorker&) = delete;
  OrderWorker& operator=(const OrderWorker&) = delete;

  void start();
  // Waits for what is being done.
  void stop();

 private:
  void run();

  flows::OrderTools tools_;
  flows::Listener listener_;
  http::CurlClient http_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;  // Under mutex_.
  std::thread thread_;
};

}  // namespace app
