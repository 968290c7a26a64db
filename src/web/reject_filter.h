// The list of rejects as the API and the console both show it: which, from where, and how what is
// wrong is put in one sentence.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "flows/operations/rejects.h"
#include "ports/imports.h"
#include "web/dependencies.h"
#include "web/http.h"
#include "web/route.h"

namespace web {

// The parameters that a filter is read from.
inline constexpr Parameter kRejectParameters[] = {
    {"state", ParameterType::kText, "open, notice, corrected or discarded."},
    {"code", ParameterType::kText, "What is wrong."},
    {"mapping", ParameterType::kText, "How the file was read: broadband.customers"},
    {"field", ParameterType::kText, "The field that is wrong."},
    {"file_name", ParameterType::kText, "What the file was called."},
    {"file", ParameterType::kId, "The file."},
    {"text", ParameterType::kText, "Anywhere in the record or in the reason."},
};

// Errors: not_an_id.
[[nodiscard]] base::Result<ports::RejectFilter> read_reject_filter(const Fields& fields);
// The place after the reject whose id this is; the start for "". Errors: not_an_id,
// unknown_reject.
[[nodiscard]] base::Result<ports::RejectCursor> read_reject_cursor(ports::Store& store,
                                                                   std::string_view id);

[[nodiscard]] flows::RejectTools reject_tools(const Dependencies& web);

// "MSISDN: 12 is no number; ..."
[[nodiscard]] std::string describe_remarks(std::span<const ports::Reject> remarks);

}  // namespace web
