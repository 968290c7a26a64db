// Every kind of identity number. To add a country: a file beside this one and two lines here.
// Order carries no meaning. Organisations' numbers are public: their mask is their form.
#include "domain/identity/registry.h"

#include <algorithm>

#include "domain/identity/denmark.h"
#include "domain/identity/finland.h"
#include "domain/identity/germany.h"
#include "domain/identity/italy.h"
#include "domain/identity/norway.h"
#include "domain/identity/spain.h"
#include "domain/identity/sweden.h"

namespace domain {
namespace {

constexpr auto kPerson = NationalIdKind::kPerson;
constexpr auto kOrganisation = NationalIdKind::kOrganisation;

constexpr NationalIdScheme kSchemes[] = {
    // country, kind, title, parse, format, mask
    {"SE", kPerson, "a personnummer", sweden::parse_person, sweden::format_person,
     sweden::mask_person},
    {"SE", kOrganisation, "an organisationsnummer", sweden::parse_organisation,
     sweden::format_organisation, sweden::format_organisation},
    {"FI", kPerson, "a henkilötunnus", finland::parse_person, finland::format_person,
     finland::mask_person},
    {"FI", kOrganisation, "a Y-tunnus", finland::parse_organisation, finland::format_organisation,
     finland::format_organisation},
    {"NO", kPerson, "a fødselsnummer", norway::parse_person, norway::format_person,
     norway::mask_person},
    {"NO", kOrganisation, "an organisasjonsnummer", norway::parse_organisation,
     norway::format_organisation, norway::format_organisation},
    {"DK", kPerson, "a CPR number", denmark::parse_person, denmark::format_person,
     denmark::mask_person},
    {"DK", kOrganisation, "a CVR number", denmark::parse_organisation, denmark::format_organisation,
     denmark::format_organisation},
    {"IT", kPerson, "a codice fiscale", italy::parse_person, italy::format_person,
     italy::mask_person},
    {"IT", kOrganisation, "a partita IVA", italy::parse_organisation, italy::format_organisation,
     italy::format_organisation},
    {"ES", kPerson, "a DNI or NIE", spain::parse_person, spain::format_person, spain::mask_person},
    {"ES", kOrganisation, "a CIF", spain::parse_organisation, spain::format_organisation,
     spain::format_organisation},
    {"DE", kPerson, "a Steuer-ID", germany::parse_person, germany::format_person,
     germany::mask_person},
    {"DE", kOrganisation, "a USt-IdNr.", germany::parse_organisation, germany::format_organisation,
     germany::format_organisation},
};

}  // namespace

std::span<const NationalIdScheme> national_id_schemes() { return kSchemes; }

const NationalIdScheme* find_national_id_scheme(std::string_view country, NationalIdKind kind) {
  const auto scheme = std::ranges::find_if(kSchemes, [&](const NationalIdScheme& one) {
    return one.country == country && one.kind == kind;
  });
  return scheme == std::end(kSchemes) ? nullptr : scheme;
}

}  // namespace domain
