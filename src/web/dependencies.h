// What the web needs from the rest of the product, handed in by app/.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "domain/ledger/chart.h"
#include "domain/order/order_rules.h"
#include "flows/intents/gateways.h"
#include "flows/operations/rejects.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"
#include "support/locale/catalogue.h"
#include "web/bill/bill_page.h"
#include "web/bill/style_sheet.h"
#include "web/security/rate_limiter.h"
#include "web/template/template.h"

namespace web {

struct Limits {
  // Of one peer, over all routes. Generous: a mobile network shows thousands of subscribers, who
  // all got their bill this minute, under one address.
  Rate requests = {.per_minute = 12'000, .burst = 2'000};
  Rate sign_ins_of_peer = {.per_minute = 20, .burst = 20};
  // Of one login, known or not, from wherever.
  Rate sign_ins_of_login = {.per_minute = 6, .burst = 8};
  // Forms sent with one bill's link, previews included.
  Rate choices_of_link = {.per_minute = 10, .burst = 20};
  // Payments begun, stopped or come back to with one bill's link: each asks a provider.
  Rate payments_of_link = {.per_minute = 10, .burst = 20};
  // Mandates agreed to or ended with one bill's link: each keeps a proof.
  Rate mandates_of_link = {.per_minute = 6, .burst = 10};
  // Words for /hooks of one peer that were refused: wrong signature, unreadable, unknown name. A
  // provider whose words are good sends as many as it has, from one address.
  Rate bad_hooks = {.per_minute = 60, .burst = 120};
};

// What an account of the ledger is called in the operator's books.
using NameInBooks = std::function<domain::ChartAccount(const std::string& ledger_account)>;

struct Settings {
  // How the server is reached from outside: "https://pay.aurora.example". An https address makes
  // cookies Secure and browsers stay on https; its host is the only one that is answered. Empty:
  // any host, http.
  std::string public_url = {};
  std::int64_t session_micros = 12 * 3600 * base::kMicrosPerSecond;
  // Addresses of proxies in front of us: for them the peer is the last entry of X-Forwarded-For.
  std::vector<std::string> proxies = {};
  // Whether bills are issued only when somebody else than who asked for the dry run approves it.
  bool runs_need_approval = false;
  // Files that people and programs send, and where they are kept meanwhile.
  std::int64_t upload_bytes_max = std::int64_t{512} << 20;
  std::string upload_folder = "/tmp";
  // A drawer's count that is further off is asked for a second time.
  base::Decimal till_recount_above = {};
  Limits limits = {};

  [[nodiscard]] bool is_https() const { return public_url.starts_with("https://"); }
};

// References to what outlives the application. Everything in here is safe from any thread.
struct Dependencies {
  ports::Store& store;
  const base::Clock& clock;
  crypto::Random& random;
  const locale::Catalogue& texts;
  // Compiled from all files below src/web/templates.
  const TemplateSet& templates;
  bill::StyleSheet console_style;  // console_style_sheet() of console/page.h.
  bill::LiveScript console_live;   // Of pages of the console that wait for something.
  bill::Deps bill;                 // Of the page that subscribers see.
  flows::FindMapping find_mapping;
  // Whether the database answers and its schema is the one that we were built for.
  std::function<base::Result<>()> check_health;
  // Told when a job was added, so that a worker need not find it by itself.
  std::function<void()> job_added;
  Settings settings = {};
  // The rows of law; null where nothing asks for them.
  const domain::RuleBook* rule_book = nullptr;
  // Of the links that a bill is opened by; null where nobody is shown one.
  const crypto::Key* link_key = nullptr;
  // The chart of accounts; empty where the ledger's own names will do.
  std::function<base::Result<NameInBooks>(ports::Transaction&)> load_chart = {};
  // Providers of payments and the methods that customers are offered; null: none.
  const flows::Gateways* gateways = nullptr;
  // Takes a payment at a terminal to its provider while the page waits; empty: before the answer.
  std::function<void(domain::IntentId)> drive_later = {};
  // What may be ordered before it is paid.
  domain::OrderRules order_rules = {};

  [[nodiscard]] const domain::RuleBook& rules() const {
    static const domain::RuleBook kNone;
    return rule_book == nullptr ? kNone : *rule_book;
  }
};

}  // namespace web
