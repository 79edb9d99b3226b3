// SPDX-License-Identifier: Apache-2.0
#include "app/boot_folder.h"
#include "app/cmd.h"
#include "app/dry_run.h"
#include "app/measuring.h"
#include "app/outputs.h"
#include "app/own_inputs.h"
#include "app/run_options.h"
#include "base/file.h"
#include "base/log.h"
#include "scenario/scenario.h"

#include <unistd.h>

namespace umb {

namespace {

Result<Plan> plan_of(const Arguments& arguments) {
  UMB_ASSIGN(const Config config, config_of(arguments, "default"));
  UMB_ASSIGN(const Overrides overrides, overrides_of(arguments));
  return expand(config, overrides, scenario_infos());
}

std::string default_result_path() {
  return (::access("results", F_OK) == 0 ? "results/" : "") + default_result_name();
}

/// Where the result goes: "-" for stdout.
Result<std::string> result_place(const Arguments& arguments) {
  const std::optional<std::string> output = arguments.value("output");
  const std::optional<std::string> folder = arguments.value("into");
  if (output.has_value() && folder.has_value()) {
    return fail_usage("--output and --into can't go together", "", "--into names the file itself, after the boot");
  }
  if (folder.has_value()) return boot_file(*folder, arguments.has("again"));
  if (arguments.has("again"))
    return fail_usage("--again without --into", "", "it is for a folder of boots: --into DIR");
  const std::string place = output.value_or(default_result_path());
  if (place != "-") UMB_TRY(check_output_place(place));
  return place;
}

/// The table or the result goes to stdout, whatever else is written.
Result<void> check_places(const Arguments& arguments, const std::vector<Output>& extra) {
  std::vector<std::string> places{"-"};
  if (const std::string place = arguments.value("output").value_or("-"); place != "-") places.push_back(place);
  for (const Output& output : extra) places.push_back(output.place);
  UMB_TRY(check_apart(places));
  return keep_inputs(arguments, places);
}

Result<void> write_outputs(const RunRecord& record, const std::string& place, std::vector<Output> outputs,
                           const Arguments& arguments) {
  if (place != "-") outputs.push_back({arguments.value("format").value_or("terminal"), "-"});
  // Said where the causes can be read, if there are any.
  const std::string source = record.attributions.empty() || place == "-" ? "" : place;
  // One that can't be written must not cost the others.
  Result<void> written;
  for (const Output& output : outputs) {
    Result<void> one = write_run(record, output, arguments, source);
    if (written.has_value()) written = std::move(one);
  }
  return written;
}

Result<int> run(const Arguments& arguments) {
  UMB_ASSIGN(Plan plan, plan_of(arguments));
  const bool unprivileged = arguments.has("unprivileged");
  Preflight preflight;
  plan.as_found_is_normal = preflight.as_found_is_normal();
  if (arguments.has("dry-run")) {
    if (!unprivileged) preflight.assume_root();
    return write_dry_run(plan, find_runnable(plan, preflight, unprivileged), arguments.has("explain"));
  }
  UMB_TRY(check_privilege("run", unprivileged));
  UMB_ASSIGN(const std::vector<Output> extra, extra_outputs(arguments, run_output_formats()));
  UMB_TRY(check_places(arguments, extra));
  UMB_ASSIGN(const Runnable runnable, runnable_here(plan, preflight, unprivileged));
  // Last, since it may make a folder.
  UMB_ASSIGN(const std::string place, result_place(arguments));
  UMB_TRY(before_measuring(plan, runnable, arguments));
  UMB_ASSIGN(const Measured measured, measure(plan, runnable, place, arguments));
  UMB_TRY(write_outputs(measured.record, place, extra, arguments));
  if (const auto folder = arguments.value("into"); folder.has_value()) log_info(boots_so_far(*folder, place));
  return measured.exit_code;
}

std::vector<OptionInfo> run_options() {
  std::vector<OptionInfo> options = plan_options("default");
  const std::vector<OptionInfo> own{
      rcu_option(),
      explain_option(),
      {.name = "output",
       .letter = 'o',
       .value_name = "FILE",
       .help = "the result file; - is stdout (default: umountbench-KERNEL-TIME.json in results/ or here)"},
      {.name = "into", .value_name = "DIR", .help = "collect boots of one side: one file per boot in this folder"},
      {.name = "again", .help = "with --into: also when this boot has a file there already"},
      {.name = "format",
       .value_name = "FORMAT",
       .help = "of what is shown on stdout (default: terminal)",
       .words = run_output_formats()},
      write_option(run_output_formats())};
  options.insert(options.end(), own.begin(), own.end());
  return options;
}

}  // namespace

Command run_command() {
  return {
      .name = "run",
      .summary = "measure a plan on this machine, write a result",
      .description =
          "Needs root (or --unprivileged). Mounts only in a mount namespace of its own; the RCU knobs of the machine "
          "are\n"
          "switched while it runs and put back, also when it is killed. The table goes to stdout.\n",
      .examples = {"sudo umountbench run", "sudo umountbench run --config quick",
                   "sudo umountbench run --filter 'umount/fs=tmpfs/' --rcu default,normal -o tmpfs.json",
                   "umountbench run --dry-run", "umountbench run --unprivileged --config unprivileged"},
      .options = run_options(),
      .run = run};
}

}  // namespace umb
