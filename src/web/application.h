// The application: takes a request through every check to its route's handler, and gives the
// answer its headers. It is what the server calls.
//
// In this order: rate of the peer, host, route, who asks, permission, where a form came from, the
// form of the input, the audit trail, the handler. Whatever fails ends as a problem document for
// the API and as a page for people; what is our own fault is logged and told to nobody.
#pragma once

#include <span>
#include <string>

#include "web/call.h"
#include "web/dependencies.h"
#include "web/guards.h"
#include "web/http.h"
#include "web/request_ids.h"
#include "web/route.h"

namespace web {

class Application final : public Handler {
 public:
  explicit Application(Dependencies dependencies, std::span<const Route> table = routes());

  [[nodiscard]] Response handle(const Request& request) override;
  [[nodiscard]] BodyPlan plan_body(const Request& head) override;
  [[nodiscard]] Response refuse(int status, const base::Error& error) override;

 private:
  [[nodiscard]] Response answer(Call& call, Match& match);
  [[nodiscard]] base::Result<Response> dispatch(Call& call, Match& match);
  [[nodiscard]] base::Result<> identify(Call& call) const;
  [[nodiscard]] base::Result<> read_input(Call& call, std::vector<base::Error>& wrong) const;
  [[nodiscard]] base::Result<> read_file(Call& call) const;
  [[nodiscard]] base::Result<> check_form_origin(const Call& call) const;
  [[nodiscard]] base::Result<> check_host(const Call& call) const;
  [[nodiscard]] base::Result<> audit(const Call& call, const Match& match) const;
  // Takes an answer to its end, also where it comes later.
  [[nodiscard]] Response conclude(Response response, Call call, Match match, base::Instant begin);
  void finish(Response& response, const Call& call, const Match& match) const;
  void report(const Call& call, const Match& match, const Response& response,
              base::Instant begin) const;

  Dependencies web_;
  std::span<const Route> table_;
  Guards guards_;
  RequestIds request_ids_;
};

}  // namespace web
