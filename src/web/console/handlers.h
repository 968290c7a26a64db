// The handlers of the console's routes, one file an area. Rows of routes.cpp name them.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::console {

// --- sign_in.cpp
[[nodiscard]] base::Result<Response> show_sign_in(const Call& call);
[[nodiscard]] base::Result<Response> sign_in(const Call& call);
[[nodiscard]] base::Result<Response> sign_out(const Call& call);

// --- home.cpp
[[nodiscard]] base::Result<Response> show_home(const Call& call);

// --- runs.cpp
[[nodiscard]] base::Result<Response> list_runs(const Call& call);
[[nodiscard]] base::Result<Response> start_run(const Call& call);
[[nodiscard]] base::Result<Response> show_run(const Call& call);
[[nodiscard]] base::Result<Response> export_set_aside(const Call& call);
[[nodiscard]] base::Result<Response> show_run_request(const Call& call);

// --- imports.cpp
[[nodiscard]] base::Result<Response> list_imports(const Call& call);
[[nodiscard]] base::Result<Response> export_imports(const Call& call);

// --- rejects.cpp
[[nodiscard]] base::Result<Response> list_rejects(const Call& call);
[[nodiscard]] base::Result<Response> export_rejects(const Call& call);
[[nodiscard]] base::Result<Response> show_reject(const Call& call);
[[nodiscard]] base::Result<Response> correct_reject(const Call& call);
[[nodiscard]] base::Result<Response> discard_reject(const Call& call);

}  // namespace web::console
