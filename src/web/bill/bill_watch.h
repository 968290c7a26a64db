// BillWatch: tells open pages that their bill has changed, whoever changed it.
//
// One thread asks the database once a second for the versions of all bills that are being looked
// at, in one question, so that an import in another process is seen as well. A feed says a version
// and nothing else; what there is to see, the page asks for by its link. While the database is
// away the feeds stay open. They end after a while: the link is checked when the page comes again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result/result.h"
#include "domain/ids.h"
#include "flows/care/show_bill.h"
#include "ports/store.h"
#include "web/feed.h"

namespace web::bill {

class BillWatch {
 public:
  struct Options {
    // Fewer than the server's connections, so that pages are always answered.
    std::size_t feeds_max = 4'096;
    // Of one address. Generous, for a mobile network shows many subscribers under one.
    std::size_t feeds_of_peer_max = 512;
    std::chrono::milliseconds every = std::chrono::seconds(1);
    int rounds_max = 1'800;  // How often a feed is looked after before it ends.
    std::chrono::milliseconds heartbeat_every = std::chrono::seconds(20);
  };
  // Told of the first error of the database of several in a row; may be empty.
  using Report = std::function<void(const base::Error&)>;

  explicit BillWatch(ports::Store& store, Report report = {});
  BillWatch(ports::Store& store, Report report, Options options);
  ~BillWatch();  // Ends all feeds.
  BillWatch(const BillWatch&) = delete;
  BillWatch& operator=(const BillWatch&) = delete;

  // A feed for somebody who knows `known` of this bill ("" where nothing is known) and is told at
  // once where that is not what it is now. Errors: too_many_feeds.
  [[nodiscard]] base::Result<std::shared_ptr<Feed>> open(const flows::BillVersion& bill,
                                                         std::string_view known,
                                                         std::string_view peer);
  void start();
  void stop();
  // What the thread does each time; for tests, too. Errors: those of the store.
  [[nodiscard]] base::Result<> look();
  [[nodiscard]] std::size_t feeds() const;

 private:
  using Key = std::pair<domain::AccountId, domain::BillId>;
  struct Reader {
    std::shared_ptr<Feed> feed;
    std::string peer;
    std::int64_t version = 0;  // The last that it was told.
    int rounds = 0;
  };

  void run();
  void let_go();                                    // Of readers who are gone. Under mutex_.
  void tell(const Key& key, std::int64_t version);  // Under mutex_.

  ports::Store& store_;
  Report report_;
  Options options_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::map<Key, std::vector<Reader>> readers_;
  std::unordered_map<std::string, std::size_t> feeds_of_peer_;
  std::size_t feeds_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace web::bill
