// R01, R02: everything on one bill, each on its own, at once, or any mix.
#include "domain/billing/grouping.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace domain {
namespace {

const ServiceId kService(base::IdBytes{7});
const std::string kServiceKey = "service:" + kService.to_string();

const ChargePlace kFixed{"mobile", kService, "46709000017", "fixed", ""};
const ChargePlace kCall{"mobile", kService, "46709000017", "usage", ""};
const ChargePlace kFilm{"streaming", ServiceId(base::IdBytes{9}), "S-1", "one_off", "shop:77"};
const ChargePlace kFee{"", ServiceId(), "", "one_off", "fees:3"};

TEST(Grouping, R01EachChargeHasItsBill) {
  const struct {
    std::string grouping;
    std::string fixed, call, film, fee;
  } rows[] = {
      {"all", "all", "all", "all", "all"},
      {"division", "division:mobile", "division:mobile", "division:streaming", "all"},
      {"service", kServiceKey, kServiceKey, "service:" + kFilm.service.to_string(), "all"},
      {"category", "category:fixed", "category:usage", "category:one_off", "category:one_off"},
      {"one_off:each", "all", "all", "order:shop:77", "order:fees:3"},
      {"one_off:each, division", "division:mobile", "division:mobile", "order:shop:77",
       "order:fees:3"},
      {"mobile:service, streaming=home, all", kServiceKey, kServiceKey, "named:home", "all"},
      {"mobile:service, streaming=home, category", kServiceKey, kServiceKey, "named:home",
       "category:one_off"},
      {"service 46709000017=work, category extra=extras", "named:work", "named:work",
       "named:extras", "named:extras"},
      {"extra=extras, service 46709000017=work", "named:work", "named:extras", "named:extras",
       "named:extras"},
      {"usage=calls, mobile=sim", "named:sim", "named:calls", "all", "all"},
      {"mobile:category", "category:fixed", "category:usage", "all", "all"},
      {"streaming:all, category", "category:fixed", "category:usage", "all", "category:one_off"},
      // What has no service goes on by the next rule.
      {"service, category", kServiceKey, kServiceKey, "service:" + kFilm.service.to_string(),
       "category:one_off"},
      {"division mobile=sim, category one_off:service", "named:sim", "named:sim",
       "service:" + kFilm.service.to_string(), "all"},
      {"broadband=home", "all", "all", "all", "all"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.grouping);
    const auto grouping = Grouping::parse(row.grouping);
    ASSERT_TRUE(grouping) << grouping.error().text;
    EXPECT_EQ(grouping->key_of(kFixed), row.fixed);
    EXPECT_EQ(grouping->key_of(kCall), row.call);
    EXPECT_EQ(grouping->key_of(kFilm), row.film);
    EXPECT_EQ(grouping->key_of(kFee), row.fee);
    EXPECT_EQ(grouping->to_string(), row.grouping);
  }
  EXPECT_EQ(Grouping(), Grouping::parse("all"));
  EXPECT_EQ(Grouping().key_of(kFixed), "all");
}

TEST(Grouping, IsWrittenInOneWay) {
  const struct {
    const char *text, *written;
  } rows[] = {
      {" all ", "all"},
      {"one_off : each,division", "one_off:each, division"},
      {"service   A-1 =  work,\tall", "service A-1=work, all"},
  };
  for (const auto& row : rows) {
    const auto grouping = Grouping::parse(row.text);
    ASSERT_TRUE(grouping) << row.text;
    EXPECT_EQ(grouping->to_string(), row.written);
    EXPECT_EQ(Grouping::parse(row.written), grouping);
  }
}

TEST(Grouping, SaysWhichRuleIsWrong) {
  const struct {
    std::string text, place;
  } rows[] = {
      {"", ""},
      {"all,", ""},
      {",all", ""},
      {"each", "each"},
      {"mobile", "mobile"},
      {"one_off:each, mobil e=x, all", "mobil e=x"},
      {"mobile:", "mobile:"},
      {"mobile=", "mobile="},
      {"=home", "=home"},
      {":each", ":each"},
      {"mobile:shop", "mobile:shop"},
      {"mobile=Home", "mobile=Home"},
      {"mobile=my home", "mobile=my home"},
      {"mobile=home=work", "mobile=home=work"},
      {"Mobile=home", "Mobile=home"},
      {"all=home", "all=home"},
      {"service:each", "service:each"},
      {"service 4670 9000017=work", "service 4670 9000017=work"},
      {"category rare=x", "category rare=x"},
      {"mobile=" + std::string(41, 'a'), "mobile=" + std::string(33, 'a')},
      // Rules that nothing could reach.
      {"all, division", "division"},
      {"category, mobile=x", "mobile=x"},
      {"division, division", "division"},
      {"mobile=a, mobile=b", "mobile=b"},
      {"extra=a, category extra=b", "category extra=b"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const auto grouping = Grouping::parse(row.text);
    ASSERT_FALSE(grouping);
    EXPECT_EQ(grouping.error().code, "bad_grouping");
    EXPECT_EQ(grouping.error().place, row.place);
  }
  std::string many = "d0=x";
  for (int i = 1; i < 20; ++i) many += ", d" + std::to_string(i) + "=x";
  EXPECT_TRUE(Grouping::parse(many));
  EXPECT_EQ(Grouping::parse(many + ", d20=x").error().place, "d20=x");
  EXPECT_FALSE(Grouping::parse("d=" + std::string(1000, 'x')));
}

RC_GTEST_PROP(Grouping, AnyBytesAreReadOrRefused, ()) {
  const auto piece =
      rc::gen::element<std::string>("all", "division", "service", "mobile", "each", " ", ",", ":",
                                    "=", "one_off", "extra", "x", "category", "\xC3\xA5");
  std::string text;
  for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) text += part;
  const auto grouping = Grouping::parse(text);
  if (!grouping) {
    RC_ASSERT(grouping.error().code == "bad_grouping");
    return;
  }
  RC_ASSERT(Grouping::parse(grouping->to_string()).value() == grouping.value());
  for (const ChargePlace& place : {kFixed, kCall, kFilm, kFee}) {
    RC_ASSERT(!grouping->key_of(place).empty());
  }
}

}  // namespace
}  // namespace domain
