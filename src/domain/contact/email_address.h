// EmailAddress: an address to which a bill can be sent, by a practical part of RFC 5321.
//
// The local part is a dot-atom of ASCII; quoted local parts, comments and addresses without a
// domain name are refused, because in customer data they are typing mistakes. The domain may be
// written in its own letters as UTF-8 (IDN) or as xn--. Whether it receives mail only mail tells.
//
// The domain is case-insensitive and is kept in small letters (ASCII); the local part belongs to
// the receiver and is kept as written.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class EmailAddress {
 public:
  // Spaces at the ends are dropped.
  // Errors: no_at_sign, too_long, wrong_local_part, wrong_domain.
  [[nodiscard]] static base::Result<EmailAddress> parse(std::string_view text);

  [[nodiscard]] std::string text() const { return local_part_ + "@" + domain_; }
  [[nodiscard]] const std::string& local_part() const { return local_part_; }
  [[nodiscard]] const std::string& domain() const { return domain_; }

  friend auto operator<=>(const EmailAddress&, const EmailAddress&) = default;

 private:
  EmailAddress(std::string local_part, std::string domain)
      : local_part_(std::move(local_part)), domain_(std::move(domain)) {}
  std::string local_part_, domain_;
};

}  // namespace domain
