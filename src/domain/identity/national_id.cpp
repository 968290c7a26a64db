#include "domain/identity/national_id.h"

#include "base/text/beginning.h"
#include "domain/identity/registry.h"

namespace domain {

base::Result<NationalId> NationalId::parse(std::string_view country, NationalIdKind kind,
                                           std::string_view text, base::Date today) {
  const NationalIdScheme* scheme = find_national_id_scheme(country, kind);
  if (scheme == nullptr) {
    return base::fail("unknown_country", "no identity numbers are known of the country '" +
                                             base::beginning(country, 10) + "'");
  }
  NationalNumber number = TRY(scheme->parse(text, today));
  if (number.born && *number.born > today) {
    return base::fail("born_in_the_future",
                      std::string(scheme->title) + " tells a birth date that is still to come");
  }
  return NationalId(*scheme, std::move(number));
}

base::Result<NationalId> NationalId::recognise(std::string_view country, std::string_view text,
                                               base::Date today) {
  auto person = parse(country, NationalIdKind::kPerson, text, today);
  if (person) return person;
  auto organisation = parse(country, NationalIdKind::kOrganisation, text, today);
  if (organisation) return organisation;
  // A number that fails by its check digit alone has the form of its kind.
  return organisation.error().code == "wrong_check_digit" ? organisation : person;
}

std::string_view NationalId::country() const { return scheme_->country; }
NationalIdKind NationalId::kind() const { return scheme_->kind; }
std::string NationalId::formatted() const { return scheme_->format(number_.text); }
std::string NationalId::masked() const { return scheme_->mask(number_.text); }

}  // namespace domain
