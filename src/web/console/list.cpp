#include "web/console/list.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include "web/console/csv.h"
#include "web/console/page.h"

namespace web::console {
namespace {

// Numbered links around the page that is shown: so many on each side of it.
constexpr std::size_t kNeighbours = 3;

std::string page_link(const Shown& shown, std::size_t page) {
  Fields fields = shown.filter;
  if (page > 1) fields.set("page", std::to_string(page));
  return link_to(shown.path, fields);
}

}  // namespace

Fields filter_of(const Call& call, std::span<const std::string_view> names) {
  Fields fields;
  for (const std::string_view name : names) {
    if (const std::string* value = call.query.find(name)) fields.set(name, *value);
  }
  return fields;
}

std::string link_to(std::string_view path, const Fields& filter) {
  const std::string query = filter.encode();
  return query.empty() ? std::string(path) : std::string(path) + "?" + query;
}

std::size_t page_of(const Call& call) {
  const std::string text = call.query.text("page");
  std::size_t page = 1;
  std::from_chars(text.data(), text.data() + text.size(), page);
  return std::clamp<std::size_t>(page, 1, kPagesMax);
}

void add_pages(const Call& call, const Shown& shown, Value& values) {
  const std::size_t page = page_of(call);
  const auto rows = static_cast<std::size_t>(std::max<std::int64_t>(shown.count, 1));
  const std::size_t last = std::min((rows + kRowsAPage - 1) / kRowsAPage, kPagesMax);
  Value pages = Value::list();
  for (std::size_t at = 1; at <= last && last > 1; ++at) {
    const bool near = at + kNeighbours >= page && at <= page + kNeighbours;
    if (!near && at != 1 && at != last) continue;
    pages.push(Value::record()
                   .set("link", page_link(shown, at))
                   .set("text", static_cast<std::int64_t>(at))
                   .set("is_current", at == page));
  }
  values.set("pages", std::move(pages))
      .set("count", say(call, "console.table.rows", {{"count", shown.count}}));
  if (last > 1) {
    values.set("page_of", say(call, "console.table.page", {{"page", page}, {"pages", last}}));
  }
  if (!shown.export_path.empty()) values.set("export", link_to(shown.export_path, shown.filter));
  if (!shown.filter.encode().empty()) values.set("clear", std::string(shown.path));
}

Value choices(const Call& call, std::string_view prefix, std::span<const std::string_view> values,
              std::string_view chosen) {
  Value list = Value::list();
  for (const std::string_view value : values) {
    list.push(Value::record()
                  .set("value", Value::borrow(value))
                  .set("text", say_word(call, prefix, value))
                  .set("is_chosen", value == chosen));
  }
  return list;
}

Response csv_stream(std::string_view file_name, std::string head,
                    std::function<base::Result<std::string>()> next) {
  Response response = csv_download(file_name);
  auto begun = std::make_shared<bool>(false);
  response.next_piece = [head = std::move(head), next = std::move(next),
                         begun]() -> base::Result<std::optional<std::string>> {
    if (!std::exchange(*begun, true)) return std::string(kUtf8Mark) + head;
    std::string piece = TRY(next());
    if (piece.empty()) return std::nullopt;
    return piece;
  };
  return response;
}

std::string form_key(const Call& call) {
  return crypto::random_token(call.web.random, "form key:" + call.request_id);
}

}  // namespace web::console
