// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/own_inputs.h"
#include "app/side_files.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "result/baseline_file.h"

#include <unistd.h>

namespace umb {

namespace {

Result<int> shrink(const Arguments& arguments) {
  const std::string place = arguments.value("output").value_or("-");
  if (place != "-") UMB_TRY(check_output_place(place));
  UMB_TRY(keep_inputs(arguments, {place}));
  UMB_ASSIGN(const std::vector<BootDigest> boots, load_boots(arguments.positional(), "return_ns", {.grid = true}));
  if (place == "-") {
    UMB_TRY(write_baseline(boots, [](std::string_view piece) { return write_all(STDOUT_FILENO, piece, "stdout"); }));
    return kExitDone;
  }
  UMB_ASSIGN(OutputFile file, OutputFile::create(place));
  UMB_TRY(write_baseline(boots, file));
  UMB_TRY(file.commit());
  log_info("baseline: " + printable(place) + ", " + std::to_string(boots.size()) +
           (boots.size() == 1 ? " boot" : " boots"));
  return kExitDone;
}

}  // namespace

Command shrink_command() {
  return {
      .name = "shrink",
      .summary = "make a small baseline of results, for git or as a CI artefact",
      .description =
          "Needs no root. Keeps counts and quantiles of every boot and case, and no samples; 'compare' takes it like\n"
          "the results, with the same verdicts.\n",
      .examples = {"umountbench shrink boots/ -o baseline.json", "umountbench compare baseline.json new-boots/"},
      .positional = {.name = "RESULT", .help = "a result file, or a folder", .minimum = 1, .maximum = 100'000},
      .options = {{.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"}},
      .run = shrink};
}

}  // namespace umb
