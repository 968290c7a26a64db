// Every format of bank files. To add one: a folder beside this file and one line here.
#include <algorithm>

#include "formats/bank/autogiro/autogiro.h"
#include "formats/bank/bank_format.h"
#include "formats/bank/bg_old/bg_old.h"
#include "formats/bank/bgmax/bgmax.h"
#include "formats/bank/camt/camt.h"
#include "formats/bank/ktl/ktl.h"
#include "formats/bank/mt940/mt940.h"
#include "formats/bank/norma43/norma43.h"
#include "formats/bank/ocrgiro/ocrgiro.h"
#include "formats/bank/pain002/pain002.h"
#include "formats/bank/tito/tito.h"

namespace formats::bank {
namespace {

constexpr BankFormat kBankFormats[] = {
    {"camt.052", "ISO 20022 account report (during the day)", true, false, camt::claims_052,
     camt::read},
    {"camt.053", "ISO 20022 account statement", true, true, camt::claims_053, camt::read},
    {"camt.054", "ISO 20022 credit and debit notification", true, true, camt::claims_054,
     camt::read},
    {"pain.002", "ISO 20022 payment status report", true, false, pain002::claims, pain002::read},
    {"bgmax", "Bankgirot BgMax, payments received", true, true, bgmax::claims, bgmax::read},
    {"autogiro", "Bankgirot Autogiro, mandates and payments", true, true, autogiro::claims,
     autogiro::read},
    {"ocrgiro", "Norwegian OCR giro and AvtaleGiro agreements", true, false, ocrgiro::claims,
     ocrgiro::read},
    {"ktl", "Finnish reference payments (KTL)", true, false, ktl::claims, ktl::read},
    {"norma43", "Spanish account statement (Cuaderno 43)", true, false, norma43::claims,
     norma43::read},
    {"mt940", "SWIFT MT940 account statement", true, false, mt940::claims, mt940::read},
    {"tito", "Finnish account statement (TITO)", true, false, tito::claims, tito::read},
    {"bg-old", "Bankgirot payments received, before BgMax", true, false, bg_old::claims,
     bg_old::read},
    {"pain.001", "ISO 20022 credit transfers", false, true},
    {"pain.007", "ISO 20022 reversals of direct debits", false, true},
    {"pain.008", "ISO 20022 direct debits", false, true},
    {"norma19.14", "Spanish direct debits (Cuaderno 19.14)", false, true},
    {"avtalegiro", "Norwegian AvtaleGiro claims", false, true},
    {"lb", "Bankgirot supplier payments (Leverantörsbetalningar)", false, true},
};

constexpr std::size_t kShownBytes = 60;

// The first bytes for people: what cannot be shown is a point.
std::string shown(std::string_view head) {
  std::string text(head.substr(0, kShownBytes));
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '.');
  return text;
}

// What people send in place of a bank file, and what to do about it.
struct Other {
  std::string_view beginning, advice;
};
constexpr Other kOthers[] = {
    {"%PDF", "it is a PDF for people; ask the bank for the same as a file for programs"},
    {"PK\x03\x04", "it is a ZIP archive; take the file out of it first"},
    {"\x1F\x8B", "it is packed by gzip; unpack it first"},
    {"<!DOCTYPE html", "it is a web page; perhaps the bank's, which asks to sign in"},
    {"<html", "it is a web page; perhaps the bank's, which asks to sign in"},
};
constexpr std::string_view kMessages = "urn:iso:std:iso:20022:tech:xsd:";

std::string what_is_read() {
  std::string names;
  for (const BankFormat& format : kBankFormats) {
    if (format.reads) names += (names.empty() ? "read are " : ", ") + std::string(format.name);
  }
  return names;
}

std::string advice_for(std::string_view head) {
  for (const Other& other : kOthers) {
    if (head.starts_with(other.beginning)) return std::string(other.advice);
  }
  if (const std::size_t at = head.find(kMessages); at != head.npos) {
    const std::string_view id = head.substr(at + kMessages.size());
    return "it is the message " + std::string(id.substr(0, id.find_first_of("\"' >"))) +
           ", which is not read; " + what_is_read();
  }
  return what_is_read();
}

bool is_blank(std::string_view head) {
  return std::ranges::all_of(head, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

}  // namespace

std::span<const BankFormat> bank_formats() { return kBankFormats; }

base::Result<const BankFormat*> recognise(std::string_view head) {
  if (is_blank(head)) return base::fail("bank_file_empty", "there is nothing in the file");
  const BankFormat* found = nullptr;
  for (const BankFormat& format : kBankFormats) {
    if (!format.reads || !format.claims(head)) continue;
    // Of a file that somebody has made of two, who could say which it is.
    if (found != nullptr) {
      return base::fail("bank_file_not_recognised",
                        "the file begins like " + std::string(found->name) + " and like " +
                            std::string(format.name) + ": \"" + shown(head) + "\"");
    }
    found = &format;
  }
  if (found != nullptr) return found;
  return base::fail("bank_file_not_recognised", "no bank format begins like this: \"" +
                                                    shown(head) + "\"; " + advice_for(head));
}

}  // namespace formats::bank
