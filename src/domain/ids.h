// The ids of everything that has one. The prefix is what people see: bill_01h...
#pragma once

#include "base/id/id.h"

namespace domain {

#define TELGIRO_ID(Name, prefix)                        \
  struct Name##Tag {                                    \
    static constexpr std::string_view kPrefix = prefix; \
  };                                                    \
  using Name = base::Id<Name##Tag>

TELGIRO_ID(CustomerId, "cust");
TELGIRO_ID(AccountId, "acct");
TELGIRO_ID(ServiceId, "svc");
TELGIRO_ID(ChargeId, "chg");
TELGIRO_ID(UsageId, "use");
TELGIRO_ID(RunId, "run");
TELGIRO_ID(BillId, "bill");
TELGIRO_ID(DocumentId, "doc");
TELGIRO_ID(PostingId, "post");
TELGIRO_ID(CreditId, "cred");
TELGIRO_ID(OutboxId, "out");
TELGIRO_ID(JobId, "job");
TELGIRO_ID(FileId, "file");
TELGIRO_ID(RejectId, "rej");
TELGIRO_ID(UserId, "user");
TELGIRO_ID(TokenId, "tok");
TELGIRO_ID(AuditId, "aud");
TELGIRO_ID(BankFileId, "bank");
TELGIRO_ID(PaymentId, "pay");
TELGIRO_ID(AllocationId, "alloc");
TELGIRO_ID(MandateId, "mand");
TELGIRO_ID(MandateMigrationId, "migr");
TELGIRO_ID(CollectionId, "coll");
TELGIRO_ID(OrderFileId, "order");
TELGIRO_ID(IntentId, "intent");
TELGIRO_ID(OrderId, "ord");
TELGIRO_ID(PlanId, "plan");
TELGIRO_ID(KeptMethodId, "meth");
TELGIRO_ID(DrawerId, "draw");
TELGIRO_ID(CallId, "call");

#undef TELGIRO_ID

}  // namespace domain
