// Every key of the configuration file. To add one: a row here, a member in settings.h, and a row
// in docs/reference/config.md.
#include "support/config/keys.h"

namespace config {
namespace {

constexpr Key kKeys[] = {
    {"data_dir", KeyType::kText, "", 0, 0,
     "folder of the data, where neither --data nor TELGIRO_DATA names one"},
    {"database.url", KeyType::kText, "sqlite", 0, 0,
     "sqlite (a file in the data folder) or postgresql://..."},
    {"server.address", KeyType::kText, "127.0.0.1", 0, 0, "address to listen on"},
    {"server.port", KeyType::kInteger, "8080", 0, 65'535, "port to listen on; 0 takes a free one"},
    {"server.public_url", KeyType::kText, "", 0, 0,
     "start of the links in bills; http://ADDRESS:PORT where empty"},
    {"server.threads", KeyType::kInteger, "2", 1, 64, "threads that answer requests"},
    {"server.upload_megabytes", KeyType::kInteger, "512", 1, 8192,
     "largest bank file that the console and the API take, in MiB"},
    {"workers.count", KeyType::kInteger, "2", 1, 64, "threads that run jobs and bill runs"},
    {"session.hours", KeyType::kInteger, "12", 1, 168,
     "hours until a signed-in user signs in anew"},
    {"billing.approvals", KeyType::kInteger, "1", 0, 1,
     "others who approve a dry run before its bills are issued; 0: whoever asked may"},
    {"orders.bill_limit", KeyType::kText, "", 0, 0,
     "most that an account may put on bills to come by orders, like \"1000.00\"; no limit where "
     "empty"},
    {"orders.overdue_days_max", KeyType::kInteger, "10", 0, 400,
     "who has owed for more days gets no order on a bill"},
    {"orders.debit_days", KeyType::kInteger, "5", 0, 400,
     "days after a debit was paid until an order by it is handed over"},
    {"orders.debit_at_once_up_to", KeyType::kText, "", 0, 0,
     "orders of up to so much are handed over when their debit is planned; none where empty"},
    {"orders.parts_at_once_up_to", KeyType::kText, "", 0, 0,
     "orders in parts of up to so much are handed over before the first part is paid; none where "
     "empty"},
    {"orders.pay_within_days", KeyType::kInteger, "3", 0, 400,
     "days until an order that nobody paid is given up and its bill credited"},
    {"webhook.url", KeyType::kText, "", 0, 0,
     "address that is told of orders; nobody is told where empty"},
    {"webhook.secret", KeyType::kText, "", 0, 0,
     "what messages to it are signed with: env:NAME or file:/path"},
    {"till.recount_above", KeyType::kText, "0", 0, 0,
     "a drawer is counted a second time where its first count is further off than this"},
    {"ivr.twilio_token", KeyType::kText, "", 0, 0,
     "Twilio's auth token, as env:NAME or file:/path; Twilio is not answered where empty"},
    {"ivr.vxml_secret", KeyType::kText, "", 0, 0,
     "what a VoiceXML platform's start address ends with, as env:NAME or file:/path"},
    {"ivr.numbers", KeyType::kText, "", 0, 0,
     "numbers that are called, with language and operator: +4686001000=sv +35894245=fi/aurora"},
    {"ivr.languages", KeyType::kText, "en", 0, 0,
     "languages that callers of other numbers choose from, with a blank between: sv fi en"},
    {"ivr.agent", KeyType::kText, "", 0, 0, "number of customer service to connect callers to"},
    {"ivr.kept_methods", KeyType::kInteger, "1", 0, 1,
     "1: who calls from their own number may pay with the method that they keep"},
    {"ivr.card_connector", KeyType::kText, "", 0, 0,
     "Twilio's connector that takes cards and gives tokens of the gateway below"},
    {"ivr.card_gateway", KeyType::kText, "adyen", 0, 0,
     "payment provider that charges such tokens"},
    {"log.level", KeyType::kText, "info", 0, 0, "least level to log: debug, info, warning, error"},
    {"secrets.file", KeyType::kText, "secrets.toml", 0, 0,
     "file of keys and passwords, relative to the data folder, readable by its owner only"},
};

}  // namespace

std::span<const Key> keys() { return kKeys; }

}  // namespace config
