// SPDX-License-Identifier: Apache-2.0
#include "scenario/reuse_words.h"

#include "base/text.h"

#include <algorithm>

namespace umb {

namespace {

constexpr int kErrorLevel = 3;
constexpr size_t kMostToldMessages = 3;
constexpr size_t kMostToldOpeners = 5;

std::string told_by_kernel(const ReuseEvidence& evidence) {
  if (!evidence.kernel_log_read) return "; /dev/kmsg can't be read";
  std::vector<std::string> errors;
  for (const KernelMessage& message : evidence.kernel) {
    if (message.level <= kErrorLevel && errors.size() < kMostToldMessages) errors.push_back(message.text);
  }
  if (errors.empty()) return "; the kernel says nothing";
  return "; the kernel says: " + join(errors, " | ");
}

std::string told_of_others(const ReuseEvidence& evidence) {
  if (evidence.kept_fd) return "; control=kept_fd holds the device open, so this had to be";
  std::vector<std::string> names;
  for (const DeviceOpener& one : evidence.others.open) {
    if (names.size() < kMostToldOpeners) names.push_back(quoted(one.name) + " (pid " + std::to_string(one.pid) + ")");
  }
  if (!names.empty())
    return "; not the kernel's fault if held open by " + join(names, ", ") + ", which has the device open";
  if (evidence.others.udev_runs) return "; nobody else has the device open now, but udev runs and may have had it";
  return "; nobody else has the device open, and udev doesn't run";
}

}  // namespace

std::vector<KernelMessage> of_devices(const std::vector<KernelMessage>& messages,
                                      const std::set<std::string>& devices) {
  std::vector<KernelMessage> found;
  std::ranges::copy_if(messages, std::back_inserter(found), [&](const KernelMessage& message) {
    return std::ranges::any_of(devices, [&](const std::string& device) { return mentions(message.text, device); });
  });
  return found;
}

void note_reuse(const ReuseOutcome& outcome, const ReuseEvidence& evidence, std::vector<CheckTally>& checks) {
  CheckTally busy{.name = "not_busy"};
  for (size_t i = 0; i < kReuseSteps; ++i) {
    const auto step = static_cast<ReuseStep>(i);
    if (outcome.looked[i] == 0) continue;
    CheckTally tally{.name = name_of(step), .looked = outcome.looked[i]};
    const bool here = outcome.failure.has_value() && outcome.failure->step == step;
    if (here) {
      CheckTally& failed = outcome.failure->busy ? busy : tally;
      failed.failed = 1;
      failed.first_failure = "round " + std::to_string(outcome.failure->round) + ": " + outcome.failure->what +
                             told_by_kernel(evidence) + told_of_others(evidence);
    }
    busy.looked += tally.looked;
    add_checks(checks, {tally});
  }
  add_checks(checks, {busy});
  if (!evidence.kernel_log_read) return;
  const auto error =
      std::ranges::find_if(evidence.kernel, [](const KernelMessage& message) { return message.level <= kErrorLevel; });
  const bool none = error == evidence.kernel.end();
  note_check(checks, "kernel_log", none, none ? "" : "the kernel says: " + error->text + told_of_others(evidence));
}

}  // namespace umb
