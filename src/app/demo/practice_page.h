// GET and POST /practice/{payment}: the page of the practice provider, where a customer of a demo
// approves, declines or goes away. It says plainly that it is practice.
//
// Stands in front of the application only where the data folder is a demo's, as a provider's page
// stands elsewhere; what is not its own it hands on.
#pragma once

#include "app/demo/practice_gateway.h"
#include "web/bill/bill_page.h"
#include "web/http.h"

namespace app::demo {

class PracticePage final : public web::Handler {
 public:
  // All outlive it. `gateway` null: everything is handed on.
  PracticePage(PracticeGateway* gateway, const web::bill::Deps& deps, web::Handler& rest)
      : gateway_(gateway), deps_(deps), rest_(rest) {}

  web::Response handle(const web::Request& request) override;
  web::BodyPlan plan_body(const web::Request& head) override { return rest_.plan_body(head); }
  web::Response refuse(int status, const base::Error& error) override {
    return rest_.refuse(status, error);
  }

 private:
  [[nodiscard]] base::Result<web::Response> show(const web::Request& request,
                                                 std::string_view intent);
  [[nodiscard]] base::Result<web::Response> decide(const web::Request& request,
                                                   std::string_view intent);

  PracticeGateway* gateway_;
  web::bill::Deps deps_;
  web::Handler& rest_;
};

}  // namespace app::demo
