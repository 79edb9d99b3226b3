// SPDX-License-Identifier: Apache-2.0
#include "app/outputs.h"

#include "app/pictures.h"
#include "app/terminal.h"
#include "base/file.h"
#include "base/text.h"
#include "compare/summary.h"
#include "render/formats.h"
#include "result/baseline_file.h"
#include "result/writer.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include <unistd.h>

namespace umb {

namespace {

Result<std::string> rendered(const RunRecord& record, const std::string& source, const std::string& format,
                             RenderOptions options) {
  const std::vector<CaseSummary> summaries = summarise_all(record);
  const RunView view{record, summaries, source};
  const Format* wanted = find_format(format);
  Pictures pictures;
  if (wanted->pictures) pictures = pictures_of(RunViews(&view, 1));
  options.pictures = &pictures;
  return in_format(*wanted, RunViews(&view, 1), options);
}

}  // namespace

std::vector<std::string> run_output_formats() {
  return format_names(Subject::kRun);
}

OptionInfo write_option(const std::vector<std::string>& formats) {
  std::vector<std::string> offered;
  offered.reserve(formats.size());
  for (const std::string& format : formats) offered.push_back(format + "=");
  return {.name = "write",
          .value_name = "FORMAT=FILE",
          .help = "a further output: " + join(formats, ", "),
          .repeatable = true,
          .offered = std::move(offered)};
}

Result<std::vector<Output>> extra_outputs(const Arguments& arguments, const std::vector<std::string>& formats) {
  std::vector<Output> outputs;
  for (const std::string& wanted : arguments.values("write")) {
    const size_t equals = wanted.find('=');
    if (equals == std::string::npos || equals + 1 == wanted.size()) {
      const std::string word = wanted.substr(0, equals);
      return fail_usage("--write " + umb::quoted(wanted) + " is not FORMAT=FILE", "",
                        "e.g. --write " + (find_format(word) != nullptr ? word : "terminal") + "=FILE");
    }
    Output output{wanted.substr(0, equals), wanted.substr(equals + 1)};
    if (std::find(formats.begin(), formats.end(), output.format) == formats.end()) {
      return fail_usage("unknown format " + umb::quoted(output.format), "", suggestion(output.format, formats));
    }
    if (output.place != "-") UMB_TRY(check_output_place(output.place));
    outputs.push_back(std::move(output));
  }
  return outputs;
}

Result<void> check_apart(const std::vector<std::string>& places) {
  std::set<std::string> taken;
  for (const std::string& place : places) {
    std::error_code trouble;
    const std::filesystem::path absolute = std::filesystem::absolute(place, trouble);
    const std::string real = place == "-" ? place : std::filesystem::weakly_canonical(absolute, trouble).string();
    if (trouble || taken.insert(real).second) continue;
    return fail_usage(place == "-" ? "two outputs would go to stdout" : umb::quoted(place) + " is named twice", "",
                      "give each output a place of its own");
  }
  return {};
}

Result<void> refuse_baseline(const std::string& path) {
  UMB_ASSIGN(const bool baseline, is_baseline(path));
  if (!baseline) return {};
  return fail_usage("cannot show " + umb::quoted(path), "it is a baseline, made by shrink: its samples are gone",
                    "hold results against it: umountbench compare " + printable(path) + " RESULT...");
}

RenderOptions output_options(const std::string& place, const Arguments& arguments) {
  return place == "-" ? render_options(arguments) : RenderOptions();
}

Result<void> write_text(const std::string& place, const std::string& text) {
  if (place == "-") return write_all(STDOUT_FILENO, text, "stdout");
  UMB_ASSIGN(OutputFile file, OutputFile::create(place));
  UMB_TRY(file.write(text));
  return file.commit();
}

Result<void> write_run(const RunRecord& record, const Output& output, const Arguments& arguments,
                       const std::string& source) {
  if (output.format != "json") {
    UMB_ASSIGN(const std::string text,
               rendered(record, source, output.format, output_options(output.place, arguments)));
    return write_text(output.place, text);
  }
  if (output.place == "-") return write_result(record, STDOUT_FILENO, "stdout");
  UMB_ASSIGN(OutputFile file, OutputFile::create(output.place));
  UMB_TRY(write_result(record, file));
  return file.commit();
}

}  // namespace umb
