// The reference as bills, pages and bank files use it.
#include "domain/reference/payment_reference.h"

#include <gtest/gtest.h>

#include "domain/reference/registry.h"
#include "tests/support/outcome.h"

namespace domain {
namespace {

using tests::outcome;

TEST(PaymentReference, GroupedForPeople) {
  struct Row {
    std::string_view scheme, text, grouped;
  };
  const Row rows[] = {
      {"se_ocr_luhn", "123456789023", "1234 5678 9023"},
      {"se_ocr_luhn_length", "1234567890037", "1234 5678 9003 7"},
      {"fi_viite", "2348236", "23 48236"},
      {"fi_rf_viite", "RF332348236", "RF33 2348 236"},
      {"iso11649_rf", "RF18539007547034", "RF18 5390 0754 7034"},
      {"no_kid_mod10", "1234567897", "1234567897"},
      {"dk_fik71", "123456789012347", "123456789012347"},
      {"ch_qrr_esr", "210000000003139471430009017", "21 00000 00003 13947 14300 09017"},
      {"plain", "2026-17", "2026-17"},
  };
  for (const Row& row : rows) {
    const auto reference = PaymentReference::parse(row.scheme, row.text);
    ASSERT_TRUE(reference.has_value()) << row.scheme;
    EXPECT_EQ(reference->scheme(), row.scheme);
    EXPECT_EQ(reference->text(), row.text);
    EXPECT_EQ(reference->grouped(), row.grouped);
  }
}

TEST(PaymentReference, MakeAndRefuse) {
  EXPECT_EQ(outcome(PaymentReference::make("se_ocr_luhn", "123")), "1230");
  EXPECT_EQ(outcome(PaymentReference::make("se_ocr_luhn", "123", {{"length", "8"}})), "00001230");
  EXPECT_EQ(outcome(PaymentReference::parse("se_ocr_luhn", "1231")), "!wrong_check_digit");
  EXPECT_EQ(outcome(PaymentReference::make("nonsense", "1")), "!unknown_reference_scheme");
  EXPECT_EQ(outcome(PaymentReference::parse("iban", "NO9386011117947")),
            "!not_a_payment_reference");
}

// Property: what people read, with its spaces, is read back as the same reference.
TEST(PaymentReference, WhatPeopleReadIsReadBack) {
  for (const ReferenceScheme& scheme : reference_schemes()) {
    if (scheme.use != ReferenceUse::kPayment) continue;
    for (int base = 1000; base < 1500; ++base) {
      const auto made = PaymentReference::make(scheme.name, std::to_string(base));
      ASSERT_TRUE(made.has_value()) << scheme.name;
      EXPECT_EQ(*PaymentReference::parse(scheme.name, made->grouped()), *made) << scheme.name;
    }
  }
}

}  // namespace
}  // namespace domain
