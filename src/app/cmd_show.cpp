// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/given_result.h"
#include "app/outputs.h"
#include "base/log.h"
#include "result/reader.h"

namespace umb {

namespace {

Result<int> show(const Arguments& arguments) {
  UMB_ASSIGN(const std::string path, given_or_newest_result(arguments));
  UMB_ASSIGN(const std::vector<Output> extra, extra_outputs(arguments, run_output_formats()));
  const std::string place = arguments.value("output").value_or("-");
  std::vector<std::string> places{path, place};
  for (const Output& output : extra) places.push_back(output.place);
  UMB_TRY(check_apart(places));
  UMB_TRY(refuse_baseline(path));
  UMB_ASSIGN(const Loaded loaded, load_result(path));
  for (const Warning& warning : loaded.warnings) log_warning(warning.code, warning.message, "", warning.case_id);
  UMB_TRY(write_run(loaded.record, {arguments.value("format").value_or("terminal"), place}, arguments, path));
  for (const Output& output : extra) UMB_TRY(write_run(loaded.record, output, arguments, path));
  return kExitDone;
}

}  // namespace

Command show_command() {
  return {
      .name = "show",
      .summary = "show a result again, without judging it",
      .description = "Needs no root. Takes results and the journals of killed runs (.partial), also .gz and .zst.\n",
      .examples = {"umountbench show", "umountbench show results/before.json"},
      .positional = {.name = "RESULT", .help = "a result file (default: the newest in results/ or here)", .maximum = 1},
      .options = {{.name = "format",
                   .value_name = "FORMAT",
                   .help = "as --write names them (default: terminal)",
                   .words = run_output_formats()},
                  {.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"},
                  write_option(run_output_formats())},
      .run = show};
}

}  // namespace umb
