#include "flows/compose/paper_texts.h"

#include "flows/compose/paper_rows.h"
#include "flows/compose/payment_words.h"
#include "formats/document/codes/registry.h"
#include "formats/document/codes/swiss_qr.h"

namespace flows::compose {
namespace {

namespace codes = formats::document::codes;
using base::Money;
using domain::DocumentKind;
using domain::Invoice;
using formats::document::QrCode;
using formats::document::pdf::LabelledText;
using formats::document::pdf::PaperTexts;
using formats::document::pdf::PaymentSlip;
using formats::document::pdf::QrText;
using formats::document::pdf::WindowSide;

// What is to pay, and when: the whole on the due day, or the first part of a plan.
struct Asked {
  Money amount;
  base::Date due;
};

[[nodiscard]] Asked asked_of(const Invoice& paper) {
  if (paper.plan.empty()) return {paper.total, paper.due};
  return {paper.plan.front().amount, paper.plan.front().due};
}

[[nodiscard]] bool asks_for_money(const Invoice& paper) {
  return paper.kind == DocumentKind::kInvoice && paper.total.minor() > 0;
}

[[nodiscard]] std::string hex_of(const base::IdBytes& bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : bytes) hex.append({kHex[byte >> 4], kHex[byte & 0xF]});
  return hex;
}

[[nodiscard]] std::string compact_day(base::Date day) {
  std::string text = day.to_string();
  std::erase(text, '-');
  return text;
}

// Sweden's envelopes have their window at the right, those of the others at the left.
[[nodiscard]] WindowSide window_of(std::string_view country) {
  return country == "SE" ? WindowSide::kRight : WindowSide::kLeft;
}

[[nodiscard]] std::string city_line(const domain::PostalAddress& address) {
  std::string line = address.postal_code;
  if (!line.empty() && !address.city.empty()) line += "  ";
  return line + address.city;
}

[[nodiscard]] std::vector<std::string> receiver_of(const Invoice& paper) {
  std::vector<std::string> lines = {paper.buyer.name};
  const domain::PostalAddress& address = paper.buyer.address;
  for (const std::string& line : address.lines) lines.push_back(line);
  lines.push_back(city_line(address));
  // Abroad, the post looks for the country first.
  if (!address.country.empty() && address.country != paper.seller.country) {
    lines.push_back(address.country);
  }
  std::erase_if(lines, [](const std::string& line) { return line.empty(); });
  return lines;
}

void add_head(PaperTexts& texts, const Invoice& paper, const Words& words) {
  const bool is_note = paper.kind == DocumentKind::kCreditNote;
  const std::string number = paper.full_number();
  texts.id = hex_of(paper.id.bytes());
  texts.day = compact_day(paper.issued);
  texts.language = locale::code(words.language());
  texts.brand = paper.seller.brand;
  texts.kind = words.say(is_note ? "document.credit_note" : "document.invoice");
  texts.number = number;
  texts.title = words.say("bill.title_state",
                          {{"state", texts.kind + " " + number}, {"brand", paper.seller.brand}});
  texts.author = paper.seller.legal_name;
  texts.sender = paper.seller.legal_name + ", " + one_line(paper.seller.address);
  texts.receiver = receiver_of(paper);
  texts.window = window_of(paper.seller.country);
  const auto day = [&words](base::Date date) { return words.date(date, locale::DateStyle::kLong); };
  texts.facts = {
      {words.say(is_note ? "document.credit_number" : "document.number"), number},
      {words.say(is_note ? "document.credit_issued" : "document.issued"), day(paper.issued)},
      {words.say("document.customer_number"), std::to_string(paper.buyer.customer_number)}};
  if (paper.credits) {
    texts.facts.push_back({words.say("document.credited_invoice"),
                           words.say("document.number_and_day", {{"number", paper.credits->number},
                                                                 {"day", paper.credits->issued}})});
  }
}

void add_hero(PaperTexts& texts, const Invoice& paper, const Words& words) {
  const Asked asked = asked_of(paper);
  if (paper.kind == DocumentKind::kCreditNote) {
    texts.hero = {{words.say("document.credit_sum"), words.money(paper.total)}};
    return;
  }
  texts.hero = {{words.say("document.to_pay"), words.money(asked.amount)}};
  if (!asks_for_money(paper)) return;
  const auto reference = reference_text(paper.reference_scheme, paper.reference, words);
  texts.hero.push_back(
      {words.say("document.due"), words.date(asked.due, locale::DateStyle::kLong)});
  texts.hero.push_back({reference.label, reference.value});
  if (!paper.plan.empty()) {
    texts.hero_note =
        words.say("bill.hero.instalments.part", {{"part", 1}, {"parts", paper.plan.size()}});
  }
}

void add_sums(PaperTexts& texts, const Invoice& paper, bool with_vat, const Words& words) {
  texts.vat_headings = {words.say("document.vat_rate"), words.say("document.net"),
                        words.say("document.vat"), words.say("document.gross")};
  for (const domain::VatSum& sum : paper.vat) {
    texts.vat_rows.push_back({words.percent(sum.rate), words.bare_money(sum.net),
                              words.bare_money(sum.vat), words.bare_money(sum.net + sum.vat)});
  }
  if (!with_vat) {
    texts.totals.push_back({words.say("document.subtotal"), words.money(paper.net)});
    texts.totals.push_back({words.say("document.vat_total"), words.money(paper.vat_total)});
  }
  if (!paper.rounding.is_zero()) {
    texts.totals.push_back({words.say("document.rounding"), words.money(paper.rounding)});
  }
  texts.totals.push_back({words.say("document.total"), words.money(paper.total), true});
  if (paper.plan.empty()) return;
  texts.plan_title = words.say("bill.plan.title");
  for (std::size_t part = 0; part < paper.plan.size(); ++part) {
    const domain::PlanRow& row = paper.plan[part];
    texts.plan_rows.push_back(
        {words.say("bill.plan.part", {{"part", part + 1}, {"parts", paper.plan.size()}}),
         words.date(row.due, locale::DateStyle::kLong), words.bare_money(row.amount)});
  }
}

void add_code(PaymentSlip& slip, std::string_view content, std::string label) {
  // An address too long for a code is still in the message that brought the paper.
  if (auto code = QrCode::encode(content)) slip.codes.push_back({*std::move(code), label});
}

// The codes of the seller's country: a bar code, a line for machines, a code for bank apps.
void add_payment_codes(PaymentSlip& slip, const Invoice& paper, const Asked& asked,
                       const Words& words) {
  const codes::PaymentFacts facts = {.payee_name = paper.seller.legal_name,
                                     .payee_address = paper.seller.address,
                                     .payee = paper.seller.payee,
                                     .danish_creditor = paper.seller.payee.fi_creditor,
                                     .currency = asked.amount.currency(),
                                     .amount = asked.amount,
                                     .reference_scheme = paper.reference_scheme,
                                     .reference = paper.reference,
                                     .due = asked.due,
                                     .payer_name = paper.buyer.name,
                                     .payer_address = &paper.buyer.address};
  for (auto& [code, text] : codes::codes_for_paper(paper.seller.country, facts)) {
    switch (code->shape) {
      case codes::CodeShape::kQr: add_code(slip, text, words.say("bill.pay.qr.label")); break;
      case codes::CodeShape::kSwissQr:
        if (auto symbol = QrCode::encode(text, codes::kSwissQrVersionMax)) {
          slip.codes.push_back({*std::move(symbol), words.say("bill.pay.qr.label"), true});
        }
        break;
      case codes::CodeShape::kBarcode:
        if (auto bars = codes::Code128::encode(text)) {
          slip.barcode = {*std::move(bars), text, words.say("document.virtual_barcode")};
        }
        break;
      case codes::CodeShape::kLine: slip.machine_line = std::move(text); break;
    }
  }
}

[[nodiscard]] PaymentSlip slip_of(const Invoice& paper, const PaperDoors& doors,
                                  const Words& words) {
  const Asked asked = asked_of(paper);
  PaymentSlip slip;
  slip.title = words.say("bill.pay.how");
  slip.rows.push_back({words.say("bill.pay.recipient"), paper.seller.legal_name});
  for (const PaymentText& account : account_texts(paper.seller.payee, words)) {
    slip.rows.push_back({account.label, account.value});
  }
  const auto reference = reference_text(paper.reference_scheme, paper.reference, words);
  slip.rows.push_back({reference.label, reference.value});
  slip.rows.push_back({words.say("bill.pay.amount"), words.money(asked.amount)});
  slip.rows.push_back(
      {words.say("bill.pay.last_day"), words.date(asked.due, locale::DateStyle::kLong)});
  if (!doors.spoken.empty()) {
    slip.rows.push_back({words.say("document.bill_code"), std::string(doors.spoken)});
  }
  slip.hint = words.say("bill.reference.hint");
  if (!doors.page_url.empty()) add_code(slip, doors.page_url, words.say("document.scan_page"));
  add_payment_codes(slip, paper, asked, words);
  return slip;
}

[[nodiscard]] std::vector<std::vector<std::string>> foot_of(const domain::Seller& seller,
                                                            const Words& words) {
  const auto numbered = [&words](std::string_view key, const std::string& value) {
    return value.empty() ? std::string() : words.say(key) + " " + value;
  };
  std::vector<std::vector<std::string>> columns = {
      {seller.legal_name, one_line(seller.address)},
      {numbered("document.organisation_number", seller.organisation_number),
       numbered("document.vat_number", seller.vat_number)},
      {seller.phone, seller.email}};
  for (auto& column : columns) {
    std::erase_if(column, [](const std::string& line) { return line.empty(); });
  }
  return columns;
}

}  // namespace

locale::Language paper_language(const Invoice& paper) {
  return locale::parse_language(paper.buyer.language).value_or(locale::Language::kEnglish);
}

PaperTexts paper_texts(const Invoice& paper, const locale::Catalogue& catalogue,
                       locale::Language language, const PaperDoors& doors) {
  const Words words(catalogue, language);
  const bool with_vat = paper.buyer.segment == domain::Segment::kConsumer;
  PaperTexts texts;
  add_head(texts, paper, words);
  add_hero(texts, paper, words);
  texts.headings = {
      words.say("document.line"),     words.say("document.period"),
      words.say("document.quantity"), words.say("document.unit_price"),
      words.say("document.vat"),      words.say(with_vat ? "document.gross" : "document.net")};
  texts.rows = paper_rows(paper, with_vat, words);
  texts.carried_to = words.say("document.carried_to");
  texts.carried_from = words.say("document.carried_from");
  texts.money = [words](Money amount) { return words.money(amount); };
  add_sums(texts, paper, with_vat, words);
  if (asks_for_money(paper)) texts.slip = slip_of(paper, doors, words);
  texts.foot = foot_of(paper.seller, words);
  texts.page_of = [words](int page, int pages) {
    return words.say("document.page", {{"page", page}, {"pages", pages}});
  };
  return texts;
}

}  // namespace flows::compose
