// SPDX-License-Identifier: Apache-2.0
#include "app/json_output.h"

#include "base/file.h"

#include <unistd.h>

namespace umb {

std::vector<OptionInfo> text_or_json_options() {
  return {
      {.name = "format", .value_name = "FORMAT", .help = "terminal (default) or json", .words = {"terminal", "json"}},
      {.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"}};
}

Result<void> write_text(const Arguments& arguments, const std::string& text) {
  const std::string place = arguments.value("output").value_or("-");
  if (place == "-") return write_all(STDOUT_FILENO, text, "stdout");
  UMB_ASSIGN(OutputFile file, OutputFile::create(place));
  UMB_TRY(file.write(text));
  return file.commit();
}

}  // namespace umb
