// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/own_inputs.h"
#include "app/side_files.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/noise.h"
#include "result/noise_file.h"

namespace umb {

namespace {

Result<int> noise(const Arguments& arguments) {
  const std::optional<std::string> place = arguments.value("output");
  if (!place.has_value()) return fail_usage("noise needs --output", "", "umountbench noise DIR -o profile.json");
  UMB_TRY(check_output_place(*place));
  UMB_TRY(keep_inputs(arguments, {*place}));
  UMB_ASSIGN(const std::vector<BootDigest> boots, load_boots(arguments.positional(), "return_ns", {}));
  UMB_ASSIGN(NoiseProfile profile, noise_profile(boots));
  profile.made_at = utc_now();
  UMB_ASSIGN(OutputFile file, OutputFile::create(*place));
  UMB_TRY(write_noise_profile(profile, file));
  UMB_TRY(file.commit());
  log_info("noise profile: " + printable(*place) + ", of " + std::to_string(boots.size()) + " results");
  return kExitDone;
}

}  // namespace

Command noise_command() {
  return {.name = "noise",
          .summary = "make a noise profile of boots of one kernel, for provisional verdicts",
          .description =
              "Needs no root, and at least 10 boots of one kernel on one machine with one plan. With it, 'compare\n"
              "--noise-profile' says something from one boot a side; what it says is provisional and fails nothing. A\n"
              "profile of a quieter machine or kernel raises false alarms.\n",
          .examples = {"umountbench noise boots/6.12 -o profile.json",
                       "umountbench compare a.json b.json --noise-profile profile.json"},
          .positional = {.name = "RESULT", .help = "a result file, or a folder", .minimum = 1, .maximum = 100'000},
          .options = {{.name = "output", .letter = 'o', .value_name = "FILE", .help = "the profile"}},
          .run = noise};
}

}  // namespace umb
