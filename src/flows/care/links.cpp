#include "flows/care/links.h"

#include "base/time/date.h"
#include "ports/events.h"

namespace flows {
namespace {

constexpr std::size_t kTokenBytes = 20;

base::Date utc_date(base::Instant at) { return base::TimeZone().local_date(at); }

}  // namespace

std::string link_token(const crypto::Key& link_key, domain::BillId bill, std::string_view attempt) {
  const std::string name = bill.to_string() + "/" + std::string(attempt);
  const crypto::Digest digest = crypto::keyed_hash(link_key, name);
  return crypto::to_base64url({digest.data(), kTokenBytes});
}

std::string link_token_hash(std::string_view token) {
  const crypto::Digest digest = crypto::sha256(token);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

base::Result<std::string> create_link(ports::Store& store, const base::Clock& clock,
                                      const crypto::Key& link_key, const LinkRequest& request) {
  const std::string token = link_token(link_key, request.bill, request.attempt);
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> base::Result<> {
    auto& billing = transaction.billing();
    if (!TRY(billing.find_bill(request.account, request.bill))) {
      return base::fail("bill_not_found", "there is no such bill", request.bill.to_string());
    }
    const std::string hash = link_token_hash(token);
    if (TRY(billing.find_link(hash))) return {};
    const base::Instant now = clock.now();
    const ports::Link links[] = {{.token_hash = hash,
                                  .account = request.account,
                                  .bill = request.bill,
                                  .attempt = request.attempt,
                                  .recorded = now}};
    TRY(billing.add_links(links));
    base::Json data;
    data.set("bill", request.bill.to_string()).set("attempt", request.attempt);
    const ports::NewEvent events[] = {{.account = request.account,
                                       .kind = "link_created",
                                       .effective = utc_date(now),
                                       .recorded = now,
                                       .actor = request.actor,
                                       .data = std::move(data)}};
    return transaction.events().append(events);
  }));
  return token;
}

}  // namespace flows
