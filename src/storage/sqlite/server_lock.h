// One server on one data folder: the lock that a second server meets.
//
// Commands may work beside the server; SQLite's own locks keep them apart. A crashed server's
// lock is gone with its process.
#pragma once

#include <string>

#include "base/result/result.h"

namespace storage::sqlite {

class ServerLock {
 public:
  // Errors: data_in_use (names the first server's process), data_folder_unusable.
  [[nodiscard]] static base::Result<ServerLock> take(const std::string& data_folder);
  // Tells other processes where the server is found. Errors: data_folder_unusable.
  [[nodiscard]] base::Result<> announce(const std::string& url) const;

  ServerLock(ServerLock&& other) noexcept;
  ServerLock& operator=(ServerLock&& other) noexcept;
  ~ServerLock();

 private:
  explicit ServerLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// What the server that works on this folder now has announced; empty where there is none.
[[nodiscard]] std::string announced_url(const std::string& data_folder);

}  // namespace storage::sqlite
