#include "web/console/csv.h"

namespace web::console {

std::string csv_line(std::span<const std::string> fields) {
  std::string line;
  for (const std::string& field : fields) {
    if (!line.empty()) line.push_back(',');
    line.push_back('"');
    // A field that begins like a formula is text to a spreadsheet behind an apostrophe.
    constexpr std::string_view kFormulaMarks = "=+-@\t\r";
    if (!field.empty() && kFormulaMarks.contains(field.front())) line.push_back('\'');
    for (const char c : field) {
      if (c == '"') line.push_back('"');
      line.push_back(c);
    }
    line.push_back('"');
  }
  return line + "\r\n";
}

std::string csv_line(std::initializer_list<std::string> fields) {
  return csv_line(std::span(fields.begin(), fields.size()));
}

Response csv_download(std::string_view file_name) {
  Response response;
  response.headers.set("Content-Type", "text/csv; charset=utf-8");
  response.headers.set("Content-Disposition",
                       "attachment; filename=\"" + std::string(file_name) + "\"");
  return response;
}

Response csv_response(std::string_view file_name, std::string_view body) {
  Response response = csv_download(file_name);
  response.body = kUtf8Mark;
  response.body += body;
  return response;
}

}  // namespace web::console
