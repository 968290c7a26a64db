// POST /hooks/{gateway}: what a provider of payments tells us. Nobody is signed in and there is no
// form: who speaks is known by the signature, which the gateway checks over the raw body.
//
// Heard and kept is 200 with what the provider wants to hear. What is refused is a problem that
// says why (api/problems.cpp); where the database is away it is 503, so that it comes again.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::hooks {

inline constexpr std::size_t kWebhookBytesMax = 256U << 10;

[[nodiscard]] base::Result<Response> take_webhook(const Call& call);

// A word that was refused counts against its peer; one that was taken does not, so that a provider
// with much to tell is never stopped.
void count_refused(const Call& call);

}  // namespace web::hooks
