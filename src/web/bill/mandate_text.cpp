#include "web/bill/mandate_text.h"

#include "domain/bank/giro.h"
#include "support/crypto/crypto.h"

namespace web::bill {
namespace {

using domain::MandateScheme;

// Changes whenever a word of bill.debit.text.* does.
constexpr std::string_view kVersion = "2026-11";
constexpr int kDaysAWeek = 7;

}  // namespace

std::string_view scheme_name(MandateScheme scheme) {
  switch (scheme) {
    case MandateScheme::kSepaCore: return "SEPA";
    case MandateScheme::kSepaB2b: return "SEPA B2B";
    case MandateScheme::kAutogiro: return "Autogiro";
    case MandateScheme::kAvtalegiro: return "AvtaleGiro";
  }
  return {};
}

std::string creditor_words(MandateScheme scheme, const std::string& creditor) {
  const auto giro = domain::Bankgiro::parse(creditor);
  return scheme == MandateScheme::kAutogiro && giro ? giro->formatted() : creditor;
}

MandateText mandate_text(const flows::DebitOffer& offer, const std::string& creditor_name,
                         const Words& words, locale::Language language) {
  const domain::CollectionTerms& terms = offer.terms;
  const std::string scheme(domain::to_text(offer.scheme));
  MandateText text;
  text.paragraphs.push_back(words.say(
      "bill.debit.text." + scheme,
      {{"creditor", creditor_name}, {"id", creditor_words(offer.scheme, offer.creditor)}}));
  text.paragraphs.push_back(words.say(
      terms.notice_in_weekdays ? "bill.debit.text.notice_weekdays" : "bill.debit.text.notice_days",
      {{"days", terms.notice_days}}));
  if (terms.refund_days > 0) {
    text.paragraphs.push_back(
        words.say("bill.debit.text.refund", {{"weeks", terms.refund_days / kDaysAWeek}}));
  }
  if (terms.unauthorised_months > 0) {
    text.paragraphs.push_back(
        words.say("bill.debit.text.unauthorised", {{"months", terms.unauthorised_months}}));
  }
  text.paragraphs.push_back(words.say("bill.debit.text.end"));
  text.version = scheme + "/" + std::string(kVersion) + "/" + std::string(locale::code(language));
  std::string all;
  for (const std::string& paragraph : text.paragraphs) all += paragraph + "\n";
  text.sha256 = crypto::to_hex(crypto::sha256(all));
  return text;
}

}  // namespace web::bill
