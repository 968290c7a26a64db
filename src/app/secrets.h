// The secrets of a data folder: one file, readable by its owner only, made on first use.
#pragma once

#include <string>

#include "base/result/result.h"
#include "support/crypto/crypto.h"

namespace app {

struct Secrets {
  crypto::Key master;  // Wraps the customers' keys; without it nothing sealed can be read.
};

// Reads the file, or makes it with a new key where there is none.
// Errors: secrets_not_private (others may read it), secrets_not_readable, file_not_writable,
// not_a_key, and those of config::Toml::parse.
[[nodiscard]] base::Result<Secrets> load_secrets(const std::string& path, crypto::Random& random);

}  // namespace app
