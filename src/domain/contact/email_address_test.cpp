// E-mail addresses that customers have, and what stands in their place when nobody looked.
#include "domain/contact/email_address.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain {
namespace {

using tests::outcome;

TEST(EmailAddress, Parse) {
  struct Row {
    std::string text;
    std::string_view outcome;
  };
  const std::string l64(64, 'l'), label63(63, 'd');
  const Row rows[] = {
      {"karin.bjork72@example.com", "karin.bjork72@example.com"},
      {" Karin.Bjork@Example.COM ", "Karin.Bjork@example.com"},
      {"a+tag@sub.example.se", "a+tag@sub.example.se"},
      {"o'brien@example.ie", "o'brien@example.ie"},
      {"info@blåbär.se", "info@blåbär.se"},
      {"info@xn--blbr-roa4j.se", "info@xn--blbr-roa4j.se"},
      {"info@例え.jp", "info@例え.jp"},
      {l64 + "@example.com", ""},
      {"a@" + label63 + ".com", ""},
      {"inte-en-adress", "!no_at_sign"},  // The last row of Aurora's customers.
      {"", "!no_at_sign"},
      {"@example.com", "!wrong_local_part"},
      {"a@@example.com", "!wrong_local_part"},
      {".a@example.com", "!wrong_local_part"},
      {"a.@example.com", "!wrong_local_part"},
      {"a..b@example.com", "!wrong_local_part"},
      {"a b@example.com", "!wrong_local_part"},
      {"\"a b\"@example.com", "!wrong_local_part"},  // Legal, and never meant.
      {"göran@example.com", "!wrong_local_part"},
      {"a\r\nBcc:x@example.com", "!wrong_local_part"},
      {"a@", "!wrong_domain"},
      {"a@localhost", "!wrong_domain"},
      {"a@example.com.", "!wrong_domain"},
      {"a@.example.com", "!wrong_domain"},
      {"a@example..com", "!wrong_domain"},
      {"a@-example.com", "!wrong_domain"},
      {"a@example-.com", "!wrong_domain"},
      {"a@exam_ple.com", "!wrong_domain"},
      {"a@192.168.0.1", "!wrong_domain"},
      {"a@[192.168.0.1]", "!wrong_domain"},
      {"a@exam ple.com", "!wrong_domain"},
      {"a@ex\u00A0ample.com", "!wrong_domain"},   // A no-break space.
      {"a@ex\u202Eample.com", "!wrong_domain"},   // Turns the direction of writing.
      {"a@ｅxample.com", "!wrong_domain"},        // A full-width e.
      {"a@ex\xC3.com", "!wrong_domain"},          // Cut off UTF-8.
      {"a@ex\xC0\xAE.com", "!wrong_domain"},      // An overlong full stop.
      {"a@ex\xED\xA0\x80.com", "!wrong_domain"},  // Half a surrogate pair.
      {l64 + "l@example.com", "!too_long"},
      {"a@d" + label63 + ".com", "!wrong_domain"},
      {"a@" + label63 + "." + label63 + "." + label63 + "." + label63 + ".com", "!too_long"},
  };
  for (const Row& row : rows) {
    const auto expected = row.outcome.empty() ? row.text : row.outcome;
    EXPECT_EQ(outcome(EmailAddress::parse(row.text)), expected) << row.text;
  }
}

TEST(EmailAddress, Parts) {
  const auto address = EmailAddress::parse("Karin@Example.com");
  EXPECT_EQ(address->local_part(), "Karin");
  EXPECT_EQ(address->domain(), "example.com");
}

// Property: no byte added anywhere makes an address that could end a header line or hide text.
TEST(EmailAddress, NoControlByteEverPasses) {
  const std::string good = "karin@example.com";
  for (std::size_t at = 1; at < good.size(); ++at) {
    for (int byte = 0; byte < 0x21; ++byte) {
      std::string bad = good;
      bad.insert(at, 1, static_cast<char>(byte));
      EXPECT_FALSE(EmailAddress::parse(bad).has_value()) << at << " " << byte;
    }
  }
}

}  // namespace
}  // namespace domain
