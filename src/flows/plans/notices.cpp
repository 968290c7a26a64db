#include "flows/plans/notices.h"

#include "flows/operations/derived_ids.h"
#include "ports/events.h"
#include "ports/work.h"

namespace flows {

base::Result<> keep_note(ports::Transaction& transaction, const AccountNote& note) {
  const ports::NewEvent event{.account = note.account,
                              .kind = std::string(note.kind),
                              .effective = note.day,
                              .recorded = note.recorded,
                              .actor = note.actor,
                              .data = note.data,
                              .text = {}};
  TRY(transaction.events().append({&event, 1}));
  if (!note.tell) return {};
  ports::OutboxMessage message;
  message.id = derived_id<domain::OutboxId>(
      {"notice", note.account.to_string(), note.kind, note.data.dump()});
  message.topic = kNoticeTopic;
  message.account = note.account;
  message.payload.set("kind", note.kind).set("day", note.day.to_string()).set("data", note.data);
  return transaction.work().enqueue({&message, 1}, note.recorded);
}

}  // namespace flows
