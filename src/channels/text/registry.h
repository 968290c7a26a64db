// The senders of text messages that there are: one line each in registry.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "ports/http.h"
#include "ports/text_sender.h"

namespace channels {

// What "env:NAME" or "file:/path" holds. Its errors are handed on.
using ReadSecret = std::function<base::Result<std::string>(std::string_view where)>;
using TextSettings = std::map<std::string, std::string>;

struct TextSetting {
  std::string_view name;
  bool is_secret = false;
  bool is_needed = true;
  std::string_view otherwise = {};
};
using MakeTextSender = base::Result<std::unique_ptr<ports::TextSender>> (*)(
    const TextSettings& given, ports::HttpClient& http);
struct TextKind {
  std::string_view name;
  std::span<const TextSetting> settings;
  // What it is given is complete, with its secrets read. Errors: bad_text_setting.
  MakeTextSender make;
};

[[nodiscard]] std::span<const TextKind* const> text_kinds();
// `http` lives as long as it does. Errors: text_sender_unknown, bad_text_setting (unknown, missing
// or wrong; place: the setting), and those of read_secret.
[[nodiscard]] base::Result<std::unique_ptr<ports::TextSender>> make_text_sender(
    std::string_view name, const TextSettings& given, const ReadSecret& read_secret,
    ports::HttpClient& http);

}  // namespace channels
