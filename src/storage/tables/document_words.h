// What documents say again and again, for packing them before they are sealed (ADR 0006): their
// members in their order, and common values. The last is the nearest, so a line comes last.
//
// Documents of before were packed with these words: they never change. Others would be a second
// list, with a mark of its own.
#pragma once

#include <string_view>

namespace storage {

inline constexpr std::string_view kDocumentWords =
    R"({"version":1,"kind":"credit_note","document":"doc_","bill":"bill_","series":"A","number":1)"
    R"(,"issued":"2026-11-01","due":"2026-12-01","period":"2026-10","reference_scheme":)"
    R"("no_kid_mod10","fi_viite","dk_fik","rf","se_ocr_luhn_length","reference":"10000","currency":)"
    R"("EUR","NOK","DKK","SEK","seller":{"legal_name":"","brand":"","organisation_number":"55)"
    R"(","vat_number":"SE55","address":{"lines":["Gatan 1"],"postal_code":"111 22","city":)"
    R"("Stockholm","country":"SE"},"phone":"+46","email":"kund@","opening_hours":"","payee":)"
    R"({"bankgiro":"","plusgiro":"","iban":"","bic":""},"country":"SE","time_zone":)"
    R"("Europe/Stockholm"},"buyer":{"customer_number":1,"name":"","address":{"lines":[],)"
    R"("postal_code":"","city":"","country":""},"language":"sv","segment":"consumer"},"lines":[)"
    R"(],"vat":[{"vat_class":"standard","rate":"25","net":100,"vat":25}],"net":100,"vat_total":25)"
    R"(,"rounding":0,"total":125,"plan":[{"due":"2026-12-01","amount":1}],"credits":null})"
    R"({"kind":"usage","nature":"extra","item":"{"kind":"one_off","kind":"discount",)"
    R"({"kind":"recurring","nature":"fixed","item":"","name":"Bredband","division":"streaming",)"
    R"("division":"mobile","division":"broadband","service":"svc_","service_number":"",)"
    R"("service_label":"","from":"2026-11-01","to":"2026-12-01","days":30,"of_days":30,)"
    R"("quantity":"1","unit_price":"","net":100,"vat_class":"standard","vat_rate":"25",)"
    R"("record":"","unit":"","gross":null},)";

}  // namespace storage
