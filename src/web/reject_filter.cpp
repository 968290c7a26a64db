#include "web/reject_filter.h"

namespace web {

base::Result<ports::RejectFilter> read_reject_filter(const Fields& fields) {
  ports::RejectFilter filter;
  filter.state = fields.text("state");
  filter.code = fields.text("code");
  filter.mapping = fields.text("mapping");
  filter.field = fields.text("field");
  filter.file_name = fields.text("file_name");
  filter.text = fields.text("text");
  if (const std::string file = fields.text("file"); !file.empty()) {
    filter.file = TRY(domain::FileId::parse(file));
  }
  return filter;
}

base::Result<ports::RejectCursor> read_reject_cursor(ports::Store& store, std::string_view id) {
  if (id.empty()) return ports::RejectCursor{};
  const auto reject = TRY(flows::find_reject(store, TRY(domain::RejectId::parse(id))));
  return ports::RejectCursor{reject.recorded, reject.file, reject.line, reject.id};
}

flows::RejectTools reject_tools(const Dependencies& web) {
  return {web.store, web.clock, web.find_mapping, "", &web.rules()};
}

std::string describe_remarks(std::span<const ports::Reject> remarks) {
  std::string text;
  for (const ports::Reject& remark : remarks) {
    if (!text.empty()) text += "; ";
    text += remark.reason;
  }
  return text;
}

}  // namespace web
