// Papers of every kind that a printer meets, for tests, the benchmark and the eye
// (tests/paper/paper_fixture.cpp writes them as files).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/browser/fixture/sample_bills.h"

namespace fixture {

struct SamplePaper {
  std::string name;
  domain::Invoice paper;
};

inline domain::Invoice numbered(domain::Invoice paper, std::uint8_t id) {
  base::IdBytes bytes{};
  bytes.back() = id;
  paper.id = domain::DocumentId(bytes);
  return paper;
}

inline domain::Invoice household_paper(std::string language) {
  auto paper = household_bill().invoices.front();
  paper.buyer.language = std::move(language);
  for (auto& line : paper.lines) {
    if (line.name != "Mobil 20 GB" && line.name != "Mobil 5 GB") continue;
    line.service_number = line.name == "Mobil 20 GB" ? "070-174 06 12" : "070-174 06 48";
  }
  return paper;
}

// A household with calls: the usual bill of eight lines or so.
inline domain::Invoice euro_paper() {
  const auto usage = [](std::string name, std::string net, std::string quantity,
                        std::string price) {
    return LineSpec{.name = std::move(name),
                    .net = std::move(net),
                    .owner = "Aino",
                    .number = "040 123 4567",
                    .kind = domain::LineKind::kUsage,
                    .from = "2026-10-01",
                    .to = "2026-11-01",
                    .quantity = std::move(quantity),
                    .unit_price = std::move(price),
                    .rate = "25.5"};
  };
  auto paper = make_bill({.seller = revontuli(),
                          .buyer = "Aino Mäkelä",
                          .language = "fi",
                          .lines = {{.name = "Valokuitu 250",
                                     .net = "31.79",
                                     .owner = "Revontulentie 9",
                                     .number = "88123",
                                     .rate = "25.5"},
                                    {.name = "Puheliittymä M",
                                     .net = "15.86",
                                     .owner = "Aino",
                                     .number = "040 123 4567",
                                     .rate = "25.5"},
                                    usage("Puhelut kotimaahan", "0.78", "12.5", "0.0624"),
                                    usage("Tekstiviestit", "0.00", "14", "0.05"),
                                    usage("Data EU:ssa", "2.10", "0.84", "2.5")},
                          .step_minor = 1})
                   .invoices.front();
  const std::string units[] = {"", "", "minute", "piece", "GB"};
  for (std::size_t at = 0; at < paper.lines.size(); ++at) {
    paper.lines[at].unit = units[at];
    if (!units[at].empty()) paper.lines[at].nature = domain::LineNature::kExtra;
  }
  paper.buyer.address = {{"Mannerheimintie 12 B 34"}, "00100", "Helsinki", "FI"};
  return paper;
}

inline domain::Invoice business_paper(std::string language, std::size_t lines) {
  std::vector<LineSpec> specs = {
      {.name = "Fiber 1000", .net = "559.20", .owner = "Hamngatan 2", .number = "70877"},
      {.name = "Handbook",
       .net = "212.50",
       .kind = domain::LineKind::kOneOff,
       .from = "2026-10-05",
       .to = "2026-10-06",
       .quantity = "5",
       .unit_price = "42.50",
       .rate = "6"}};
  for (std::size_t line = specs.size(); line < lines; ++line) {
    const std::string digits = std::to_string(1000 + line / 2);
    specs.push_back(
        {.name = line % 2 == 0 ? "Mobil Företag 20 GB" : "Halva priset i tre månader",
         .net = line % 2 == 0 ? "239.20" : "-119.60",
         .owner = "Lag " + digits,
         .number = "070-555 " + digits,
         .kind = line % 2 == 0 ? domain::LineKind::kRecurring : domain::LineKind::kDiscount,
         .unit_price = line % 2 == 0 ? "" : "0"});
  }
  return make_bill({.seller = aurora(),
                    .buyer = "Måsens Bygg & Måleri AB",
                    .language = std::move(language),
                    .segment = domain::Segment::kBusiness,
                    .lines = std::move(specs)})
      .invoices.front();
}

inline domain::Invoice credit_paper() {
  auto paper = household_paper("sv");
  paper.kind = domain::DocumentKind::kCreditNote;
  paper.series = "K";
  paper.number = 1'042;
  paper.issued = date("2026-11-20");
  paper.credits = domain::Credited{"A1000123", date("2026-11-01"), {}};
  return paper;
}

inline domain::Invoice long_names_paper() {
  auto paper = household_paper("sv");
  paper.buyer.name =
      "Bostadsrättsföreningen Norrskensvägens Samfällighet och Parkeringsplatser i Umeå";
  paper.buyer.address.lines = {"c/o Fastighetsförvaltningen i Västerbotten Aktiebolag",
                               "Norrskensvägen 1234 B, trappuppgång 7, plan 12, lägenhet 1207"};
  paper.buyer.address.city = "Örnsköldsvik-Själevads landsförsamling";
  paper.lines[0].name =
      "Bredband 250 med utökad hastighet, fast adress, router med underhåll och "
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  paper.lines[0].service_label = "Björkvägen 14, lägenhet 1207, våning 12, uppgång B";
  return paper;
}

inline domain::Invoice scripts_paper() {
  auto paper = household_paper("en");
  paper.buyer.name = "فاطمة الزهراء محمد";
  paper.buyer.address = {
      {"شارع الملك 15", "Łódź-Śródmieście, ul. Żółkiewskiego 7"}, "Αθήνα 104 31", "Київ", "UA"};
  paper.lines[0].service_label = "Dvořáková & Růžička";
  paper.lines[2].service_label = "Ксения Щербакова";
  paper.lines[3].service_label = "Γιώργος Παπαδόπουλος";
  paper.lines[5].service_label = "漢字 😀";
  paper.lines[6].name = "Đặng Thị Mỹ, Ağaoğlu, ქართული";
  return paper;
}

inline domain::Invoice plan_paper() {
  auto paper = household_paper("sv");
  std::int64_t left = paper.total.minor();
  for (int part = 0; part < 12; ++part) {
    const std::int64_t amount = part == 11 ? left : paper.total.minor() / 12 / 100 * 100;
    paper.plan.push_back({base::add_months(date("2026-12-01"), part), kronor(amount)});
    left -= amount;
  }
  return paper;
}

inline domain::Invoice hostile_paper() {
  auto paper = household_paper("sv");
  std::string endless;
  for (int at = 0; at < 10'000; ++at) endless += at % 97 == 96 ? ' ' : 'W';
  paper.buyer.name = endless;
  paper.seller.brand = "Brand ) Tj (\\ \r\n endstream endobj";
  paper.lines[0].name = "\\) Tj ET endstream (" + std::string("\x01\x02\x1B\n\r\t\x7F", 7);
  paper.lines[1].name = std::string(10'000, 'i');
  paper.lines[2].service_label = "\xFF\xFE\xC0\x80 broken";
  paper.lines[4].name = "((((((((";
  paper.lines[5].name = "\u202Ereversed\u202C \u200Bzero\u00AD width";
  return paper;
}

// The papers of countries whose codes the others do not have.
struct CountryPaper {
  std::string country, currency, language, rate;
  domain::PayeeAccounts payee;
  std::string scheme, reference;
};

inline domain::Invoice country_paper(const CountryPaper& wanted) {
  domain::Operator seller = revontuli();
  seller.legal_name = seller.brand = "Nordlicht";
  seller.country = seller.address.country = wanted.country;
  seller.currency = *base::Currency::parse(wanted.currency);
  seller.payee = wanted.payee;
  auto paper = make_bill({.seller = seller,
                          .buyer = "Elise Muller",
                          .language = wanted.language,
                          .lines = {{.name = "Fiber 250", .net = "39.90", .rate = wanted.rate}},
                          .step_minor = 1})
                   .invoices.front();
  paper.buyer.address = {{"Hauptgasse 12"}, "8000", "Zurich", wanted.country};
  paper.reference_scheme = wanted.scheme;
  paper.reference = wanted.reference;
  return paper;
}

inline domain::Invoice swiss_paper() {
  return country_paper({"CH",
                        "CHF",
                        "de",
                        "8.1",
                        {"", "", "CH9300762011623852957", ""},
                        "iso11649_rf",
                        "RF18539007547034"});
}
inline domain::Invoice norwegian_paper() {
  return country_paper(
      {"NO", "NOK", "nb", "25", {"", "", "NO9386011117947", ""}, "no_kid_mod10", "1234567890128"});
}
inline domain::Invoice danish_paper() {
  return country_paper(
      {"DK", "DKK", "da", "25", {"", "", "", "", "81234567"}, "dk_fik71", "000000012345674"});
}
inline domain::Invoice german_paper() {
  return country_paper(
      {"DE", "EUR", "de", "19", {"", "", "DE89370400440532013000", ""}, "plain", "A1000123"});
}
inline domain::Invoice finnish_rf_paper() {
  return country_paper(
      {"FI", "EUR", "sv", "25.5", {"", "", "FI2112345600000785", ""}, "fi_rf_viite", "RF111232"});
}

inline std::vector<SamplePaper> sample_papers() {
  std::vector<SamplePaper> samples = {{"household-sv", household_paper("sv")},
                                      {"household-en", household_paper("en")},
                                      {"household-de", household_paper("de")},
                                      {"euro-fi", euro_paper()},
                                      {"business-en", business_paper("en", 4)},
                                      {"business-long-sv", business_paper("sv", 60)},
                                      {"credit-note-sv", credit_paper()},
                                      {"long-names-sv", long_names_paper()},
                                      {"scripts-en", scripts_paper()},
                                      {"plan-sv", plan_paper()},
                                      {"hostile-sv", hostile_paper()},
                                      {"swiss-de", swiss_paper()},
                                      {"kid-nb", norwegian_paper()},
                                      {"transfer-de", german_paper()},
                                      {"rf-sv", finnish_rf_paper()},
                                      {"fi-line-da", danish_paper()}};
  std::uint8_t id = 0;
  for (SamplePaper& sample : samples) sample.paper = numbered(std::move(sample.paper), ++id);
  return samples;
}

}  // namespace fixture
