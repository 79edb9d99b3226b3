// SPDX-License-Identifier: Apache-2.0
#include "app/vm_options.h"

#include "app/boot_folder.h"
#include "app/run_options.h"
#include "base/text.h"
#include "kernels/kernel_spec.h"
#include "plan/limits.h"
#include "vm/guest_size.h"

#include <set>

namespace umb {

namespace {

constexpr int64_t kMiB = int64_t{1} << 20U;
constexpr int64_t kLeastMemoryMiB = 128;
constexpr int64_t kMostMemoryMiB = int64_t{1} << 22U;

/// Of `run`: what the guest is told is what `vm run` was told. --time-limit means the whole boot here.
const std::set<std::string> kNotForGuests{"time-limit", "seed", "label", "unprivileged", "dry-run"};

Result<int64_t> integer_option(const Arguments& arguments, const std::string& option, LimitRange<int64_t> range,
                               int64_t otherwise) {
  const std::optional<std::string> text = arguments.value(option);
  if (!text.has_value()) return otherwise;
  Result<int64_t> parsed = parse_integer(*text, range.minimum, range.maximum);
  if (!parsed.has_value()) return while_doing("--" + option, parsed.error());
  return parsed;
}

Result<void> check_append(const std::string& append) {
  if (printable(append) != append) return fail_usage("--append " + quoted(append) + " has control characters");
  for (const std::string& word : split(append, ' ')) {
    if (word == "--") {
      return fail_usage("--append can't hold '--'", "", "what follows it would be for the guest's init, which is ours");
    }
  }
  return {};
}

}  // namespace

std::vector<OptionInfo> guest_options() {
  return {{.name = "kernel",
           .letter = 'k',
           .value_name = "[NAME=]SPEC",
           .help = "a kernel: " + kernel_spec_kinds(),
           .repeatable = true},
          {.name = "append",
           .value_name = "WORDS",
           .help = "words for the kernel's command line; each kernel is booted with each of them ('' is none)",
           .repeatable = true},
          {.name = "cpus", .value_name = "N", .help = "CPUs of a guest (default: 2)"},
          {.name = "memory", .value_name = "SIZE", .help = "memory of a guest (default: 1G)"},
          {.name = "accel",
           .value_name = "WHAT",
           .help = "auto (default: KVM if it works, tried with a time limit, else emulation), kvm or tcg",
           .words = accelerator_words()}};
}

std::vector<OptionInfo> vm_plan_options() {
  std::vector<OptionInfo> options = guest_options();
  const std::vector<OptionInfo> own{
      {.name = "boots",
       .value_name = "N",
       .help = "boots of each kernel with each command line (default: " + std::to_string(kBootsWanted) + ")"},
      {.name = "output",
       .letter = 'o',
       .value_name = "DIR",
       .help = "the folder for the results, one file per boot; made if it is missing (default: vm-TIME in results/ or "
               "here)"},
      {.name = "cell", .value_name = "ID", .help = "only this one, as 'vm plan' names it", .repeatable = true},
      {.name = "shard", .value_name = "I/N", .help = "only part I of N; the parts' results may lie in one folder"},
      {.name = "time-limit", .value_name = "D", .help = "for a whole boot (default: from the plan's estimate)"},
      {.name = "seed", .value_name = "N", .help = "for all orders (default: from the matrix; stored)"},
      rcu_option(),
      explain_option()};
  options.insert(options.end(), own.begin(), own.end());
  for (OptionInfo& option : plan_options("default")) {
    if (!kNotForGuests.contains(option.name)) options.push_back(std::move(option));
  }
  return options;
}

Result<int64_t> parse_memory(const std::string& text) {
  std::string number = text;
  int64_t factor = 1;
  for (const auto& [suffix, mebibytes] :
       {std::pair<const char*, int64_t>{"GiB", 1024}, {"MiB", 1}, {"G", 1024}, {"M", 1}}) {
    if (!number.ends_with(suffix)) continue;
    number.resize(number.size() - std::string(suffix).size());
    factor = mebibytes;
    const auto parsed = parse_integer(number, 1, kMostMemoryMiB / factor);
    if (!parsed.has_value() || *parsed * factor < kLeastMemoryMiB) break;
    return *parsed * factor * kMiB;
  }
  return fail_usage("--memory does not know " + quoted(text), "", "a size from 128M on: 512M, 2G");
}

Result<GuestChoice> guest_choice(const Arguments& arguments, const ConfigGuests& config) {
  GuestChoice choice;
  choice.kernels = arguments.has("kernel") ? arguments.values("kernel") : config.kernels;
  choice.appends = arguments.has("append") ? arguments.values("append") : config.append;
  if (choice.appends.empty()) choice.appends.emplace_back();
  for (const std::string& append : choice.appends) UMB_TRY(check_append(append));
  if (choice.kernels.empty()) {
    return fail_usage("there is nothing to boot", "no kernel is named",
                      "--kernel [NAME=]SPEC, or \"kernels\" in the config: " + kernel_spec_kinds());
  }
  UMB_ASSIGN(choice.boots, integer_option(arguments, "boots", kBootsRange, config.boots.value_or(kBootsWanted)));
  UMB_ASSIGN(const int64_t cpus,
             integer_option(arguments, "cpus", kGuestCpusRange, config.cpus.value_or(kDefaultGuestCpus)));
  choice.cpus = static_cast<int>(cpus);
  choice.memory_bytes = kDefaultGuestMemoryBytes;
  if (const std::optional<std::string> size = arguments.value("memory"); size.has_value()) {
    UMB_ASSIGN(choice.memory_bytes, parse_memory(*size));
  }
  UMB_ASSIGN(choice.accelerator, parse_accelerator(arguments.value("accel").value_or("auto")));
  return choice;
}

}  // namespace umb
