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
    {"workers.count", KeyType::kInteger, "2", 1, 64, "threads that run jobs and bill runs"},
    {"session.hours", KeyType::kInteger, "12", 1, 168,
     "hours until a signed-in user signs in anew"},
    {"billing.approvals", KeyType::kInteger, "1", 0, 1,
     "others who approve a dry run before its bills are issued; 0: whoever asked may"},
    {"log.level", KeyType::kText, "info", 0, 0, "least level to log: debug, info, warning, error"},
    {"secrets.file", KeyType::kText, "secrets.toml", 0, 0,
     "file of keys and passwords, relative to the data folder, readable by its owner only"},
};

}  // namespace

std::span<const Key> keys() { return kKeys; }

}  // namespace config
