// What a page of a bill costs once the bill is loaded: its values, its HTML, its QR code.
#include <benchmark/benchmark.h>

#include "formats/document/qr/qr_code.h"
#include "tests/browser/fixture/sample_bills.h"
#include "tests/browser/fixture/templates.h"
#include "tests/support/shipped_catalogue.h"
#include "web/bill/bill_model.h"

namespace web::bill {
namespace {

constexpr std::string_view kAddress = "https://faktura.example/b/3q2-7wAbCdEfGhIjKlMnOpQrStU";

const TemplateSet& templates() {
  static const auto kTemplates =
      fixture::bill_templates(TELGIRO_SOURCE_DIR, locale::shipped_catalogue());
  CHECK(kTemplates.has_value());
  return *kTemplates;
}

PageSetting setting() {
  static const StyleSheet kStyle =
      make_style_sheet(fixture::read_file(TELGIRO_SOURCE_DIR "/src/web/assets/bill.css"));
  return {locale::shipped_catalogue(), locale::Language::kSwedish, kStyle.css, kAddress};
}

void values_of_a_bill(benchmark::State& state) {
  const auto shown = fixture::seen("open", fixture::household_bill()).shown;
  for (auto _ : state) benchmark::DoNotOptimize(bill_values(shown, setting()));
}
BENCHMARK(values_of_a_bill)->Unit(benchmark::kMicrosecond);

void html_of_a_bill(benchmark::State& state) {
  const auto shown = fixture::seen("open", fixture::household_bill()).shown;
  const Value values = bill_values(shown, setting());
  for (auto _ : state) benchmark::DoNotOptimize(templates().render("bill/page", "sv", values));
}
BENCHMARK(html_of_a_bill)->Unit(benchmark::kMicrosecond);

void page_of_a_bill(benchmark::State& state) {
  const auto shown = fixture::seen("open", fixture::household_bill()).shown;
  for (auto _ : state) {
    benchmark::DoNotOptimize(templates().render("bill/page", "sv", bill_values(shown, setting())));
  }
}
BENCHMARK(page_of_a_bill)->Unit(benchmark::kMicrosecond);

void qr_code_of_an_address(benchmark::State& state) {
  for (auto _ : state) {
    const auto code = formats::document::QrCode::encode(kAddress);
    benchmark::DoNotOptimize(code->to_svg());
  }
}
BENCHMARK(qr_code_of_an_address)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace web::bill
