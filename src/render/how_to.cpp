// SPDX-License-Identifier: Apache-2.0
#include "render/how_to.h"

#include "base/text.h"
#include "render/comparison_text.h"
#include "render/escape.h"
#include "render/facts_text.h"
#include "render/side_text.h"

#include <algorithm>

namespace umb {

namespace {

std::string settings_text(const BootDigest& boot) {
  std::vector<std::string> parts;
  parts.reserve(boot.plan.settings.size());
  for (const Fact& setting : boot.plan.settings)
    parts.push_back(setting.key + "=" + fact(boot.plan.settings, setting.key));
  return join(parts, " ");
}

std::string word(const std::string& text) {
  return shell_word(ascii_text(text));
}

std::string plan_of(const Side& side) {
  return word(side.boots.empty() ? "" : side.boots[0].plan.name);
}

bool measured_by_ab(const Comparison& comparison) {
  const auto in_pairs = [](const BootDigest& boot) { return fact(boot.plan.settings, "order") == "in pairs"; };
  return !comparison.by.empty() && comparison.sides.size() == 2 &&
         std::ranges::all_of(comparison.sides[0].boots, in_pairs);
}

/// How a side's boots are made once more: in guests as `vm run` does, where they were.
std::vector<HowToLine> boots_again(const Side& side, const std::string& letter, bool both) {
  const std::string kernels =
      over_boots(side, [](const BootDigest& boot) { return fact(boot.environment, "kernel_release"); });
  const std::string accelerator = side.boots.empty() ? "" : known_fact(side.boots[0].environment, "accelerator");
  if (!accelerator.empty()) {
    const std::string append = known_fact(side.boots[0].environment, "append_requested");
    return {
        {"  ", "umountbench vm run --config " + plan_of(side) + " --accel " + word(accelerator) + " \\", true},
        {"    ",
         "--kernel KERNEL" + (append.empty() || both ? "" : " --append " + word(append)) + " --boots " +
             std::to_string(side.boot_count) + " -o " + letter,
         true},
        {"    # ", "KERNEL: the image or package of " + kernels + (both ? ", with the --append of either side" : "")}};
  }
  return {{"  ", "sudo umountbench run --config " + plan_of(side) + " --into " + letter, true},
          {"    # ",
           both ? "in each boot of either side" : "in each of " + counted(side.boot_count, "boot") + " of " + kernels}};
}

}  // namespace

std::vector<HowToLine> how_to_compare(const Comparison& comparison) {
  if (comparison.sides.empty()) return {};
  const Side& baseline = comparison.sides[0];
  const auto of = [&](const auto& text) { return over_boots(baseline, text); };
  std::vector<HowToLine> lines{
      {"", "To do it again (umountbench " + of([](const BootDigest& boot) { return boot.tool_version; }) + "; config " +
               of([](const BootDigest& boot) { return boot.plan.name; }) + ": " + of(settings_text) + "):"}};
  const HowToLine limits{
      "    ", "--threshold " + exact_percent(comparison.threshold) + " --alpha " + level_text(comparison.alpha), true};
  if (measured_by_ab(comparison)) {
    lines.push_back({"  ",
                     "sudo umountbench ab --config " + plan_of(baseline) + " --a " + word(baseline.name) + " --b " +
                         word(comparison.sides[1].name) + " \\",
                     true});
    lines.push_back(limits);
    return lines;
  }
  std::vector<std::string> letters;
  for (size_t i = 0; i < comparison.sides.size(); ++i) {
    const Side& side = comparison.sides[i];
    // Split from the same runs, they are one folder.
    if (!comparison.by.empty() && i > 0) break;
    letters.push_back(side_letter(i));
    for (HowToLine& line : boots_again(side, letters[i], !comparison.by.empty())) lines.push_back(std::move(line));
  }
  const std::string by = comparison.by.empty() ? "" : " --by " + word(comparison.by);
  lines.push_back(
      {"  ", "umountbench compare " + join(letters, " ") + by + " --metric " + word(comparison.metric) + " \\", true});
  lines.push_back(limits);
  return lines;
}

}  // namespace umb
