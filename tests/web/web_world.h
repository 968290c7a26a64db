// The whole web on a fresh store with a clock that stands: Aurora with a few customers, one of
// their records refused, a month billed, a user a role, and a server on a port of its own.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/access/roles.h"
#include "flows/operations/run_jobs.h"
#include "tests/support/http_client.h"
#include "tests/support/stores.h"
#include "web/application.h"
#include "web/server/server.h"

namespace tests {

struct WebOptions {
  web::Settings settings = {};
  // A decorator of the database, as in faulty_database.h.
  TestStore::Wrap wrap = nullptr;
  storage::sql::Engine engine = storage::sql::Engine::kSqlite;
  // Whether customers, rejects and bills are there; users always are.
  bool with_bills = true;
  const flows::Gateways* gateways = nullptr;
};

// The texts, templates and styles of the tree, read once a process.
[[nodiscard]] const web::TemplateSet& shipped_templates();
[[nodiscard]] std::string shipped_asset(std::string_view name);

// A store that can be taken away and given back.
class SwitchableStore final : public ports::Store {
 public:
  explicit SwitchableStore(ports::Store& store) : store_(store) {}

  void set_away(bool away) { away_ = away; }
  [[nodiscard]] base::Result<std::unique_ptr<ports::Transaction>> begin(
      ports::TransactionKind kind) override {
    if (away_) return base::fail("database_unavailable", "the database does not answer");
    return store_.begin(kind);
  }
  [[nodiscard]] int writers_max() const override { return store_.writers_max(); }

 private:
  ports::Store& store_;
  std::atomic<bool> away_ = false;
};

class WebWorld {
 public:
  static constexpr std::string_view kPassword = "fyra gröna båtar";

  // Failures to make it throw.
  explicit WebWorld(const WebOptions& options = {});

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] storage::SqlStore& store() { return store_.store(); }
  [[nodiscard]] base::VirtualClock& clock() { return store_.clock; }
  [[nodiscard]] web::Server& server() { return *server_; }
  [[nodiscard]] flows::AccessPorts access();
  [[nodiscard]] flows::JobRunner& jobs() { return *jobs_; }
  [[nodiscard]] int jobs_added() const { return jobs_added_; }

  // The login of the user who has just this role: its name.
  [[nodiscard]] static std::string login_of(domain::Role role);
  // The secret of a token of that user, with these scopes; all that the role has where empty.
  [[nodiscard]] std::string token(domain::Role role, domain::PermissionSet scopes = {});
  // A client that sends such a token.
  [[nodiscard]] std::unique_ptr<HttpClient> api(domain::Role role);
  // A client that has signed in to the console.
  [[nodiscard]] std::unique_ptr<HttpClient> console(domain::Role role);
  [[nodiscard]] std::unique_ptr<HttpClient> anybody() const;

  // Signs in by the form; the answer to it. The client keeps the cookie.
  HttpAnswer sign_in(HttpClient& client, std::string_view login, std::string_view password) const;

  // The web loses its database, or has it back.
  void set_database_away(bool away) { switchable_.set_away(away); }
  void advance_seconds(std::int64_t seconds);
  // The rows of the audit trail, newest first, as "actor action subject".
  [[nodiscard]] std::vector<std::string> audit();

 private:
  void add_users();
  void add_bills();

  TestStore store_;
  SwitchableStore switchable_{store_.store()};
  // As in production: with seeded randomness and a clock that stands, what is random by time and
  // name would come twice.
  crypto::SystemRandom random_;
  std::unique_ptr<web::Application> application_;
  std::optional<web::Server> server_;
  std::unique_ptr<flows::JobRunner> jobs_;
  std::atomic<int> jobs_added_ = 0;
  int tokens_made_ = 0;
};

// The value of the field of this name in the first form of a page, unescaped of nothing.
[[nodiscard]] std::string field_of(const HttpAnswer& page, std::string_view name);

}  // namespace tests
