// Every scheme of references and account numbers. To add one: its type beside this file (or in
// domain/bank) and one line here. Order carries no meaning. Names are stable: country data,
// customers' scripts and the vectors of tests use them.
#include "domain/reference/registry.h"

#include <algorithm>

#include "domain/bank/bic.h"
#include "domain/bank/creditor_id.h"
#include "domain/bank/giro.h"
#include "domain/bank/norma43_reference.h"
#include "domain/bank/norwegian_account.h"
#include "domain/reference/danish_payment_id.h"
#include "domain/reference/finnish_reference.h"
#include "domain/reference/plain_reference.h"
#include "domain/reference/rf_reference.h"
#include "domain/reference/scheme_functions.h"
#include "domain/reference/swiss_qr_reference.h"

namespace domain {
namespace {

using namespace schemes;

constexpr auto kPayment = ReferenceUse::kPayment;
constexpr auto kAccount = ReferenceUse::kAccount;
constexpr auto kOther = ReferenceUse::kOther;
constexpr ReferenceGrouping kFours{.size = 4};
constexpr ReferenceGrouping kFives{.size = 5, .from_right = true};
constexpr ReferenceGrouping kWhole{};

constexpr ReferenceScheme kSchemes[] = {
    // name, title, check, make, use, grouping, options
    {"se_ocr_luhn", "Swedish OCR", check_ocr, make_ocr, kPayment, kFours, kOcrOptions},
    {"se_ocr_luhn_length", "Swedish OCR with length digit", check_ocr_length, make_ocr_length,
     kPayment, kFours, kOcrLengthOptions},
    {"fi_viite", "Finnish reference", check<FinnishReference>, make<FinnishReference>, kPayment,
     kFives},
    {"fi_rf_viite", "Finnish reference as RF", check<FinnishRfReference>, make<FinnishRfReference>,
     kPayment, kFours},
    {"iso11649_rf", "RF creditor reference", check<RfReference>, make<RfReference>, kPayment,
     kFours},
    {"no_kid_mod10", "Norwegian KID, mod 10", check_kid<KidControl::kMod10>,
     make_kid<KidControl::kMod10>, kPayment},
    {"no_kid_mod11", "Norwegian KID, mod 11", check_kid<KidControl::kMod11>,
     make_kid<KidControl::kMod11>, kPayment},
    {"dk_fik71", "Danish payment id +71", check<DanishPaymentId>, make<DanishPaymentId>, kPayment},
    {"ch_qrr_esr", "Swiss QR reference", check<SwissQrReference>, make<SwissQrReference>, kPayment,
     kFives},
    {"plain", "Reference without check digit", check<PlainReference>, make<PlainReference>,
     kPayment},

    {"iban", "IBAN", check_iban, make_iban, kAccount, kFours, kIbanOptions},
    {"bic", "BIC", check<Bic>, nullptr, kAccount},
    {"se_bankgiro", "Bankgiro number", check<Bankgiro>, make<Bankgiro>, kAccount},
    {"se_plusgiro", "Plusgiro number", check<Plusgiro>, make<Plusgiro>, kAccount},
    {"no_kontonr", "Norwegian account number", check<NorwegianAccount>, make<NorwegianAccount>,
     kAccount},
    {"sepa_creditor_id", "SEPA creditor identifier", check<CreditorId>, make<CreditorId>, kAccount},
    {"sepa_creditor_id_format", "SEPA creditor identifier, form only", check_creditor_id_form,
     nullptr, kAccount},

    {"luhn", "Any digits with a Luhn digit", check_luhn, make_luhn, kOther},
    {"es_n43_ref1_control_body", "Norma 43 reference 1", check_norma43, make<Norma43Reference>,
     kOther, kWhole, kNorma43Options},
    // Names by which test vectors ask for a new reference.
    {"se_ocr_generate", "Swedish OCR", check_ocr, make_ocr, kOther, kFours, kOcrOptions},
    {"fi_viite_generate", "Finnish reference", check<FinnishReference>, make<FinnishReference>,
     kOther, kFives},
    {"fi_rf_generate", "Finnish reference as RF", check<FinnishRfReference>,
     make<FinnishRfReference>, kOther, kFours},
};

}  // namespace

std::span<const ReferenceScheme> reference_schemes() { return kSchemes; }

const ReferenceScheme* find_reference_scheme(std::string_view name) {
  const auto scheme = std::ranges::find(kSchemes, name, &ReferenceScheme::name);
  return scheme == std::end(kSchemes) ? nullptr : scheme;
}

}  // namespace domain
