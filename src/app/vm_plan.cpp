// SPDX-License-Identifier: Apache-2.0
#include "app/vm_plan.h"

#include "app/boot_folder.h"
#include "app/run_options.h"
#include "app/vm_files.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "kernels/content_hash.h"
#include "plan/expand.h"
#include "plan/json_reader.h"
#include "plan/limits.h"
#include "result/journal.h"
#include "runner/estimate.h"
#include "scenario/scenario.h"
#include "vm/source_file.h"

#include <algorithm>
#include <numeric>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr const char* kConfigName = "plan.json";

struct Pace {
  int64_t boot_ns;  ///< until the guest's first word, and its end
  int64_t hello_limit_ns;
  int64_t factor;  ///< how much longer than told a silence may be
};
constexpr Pace kKvmPace{3 * kSecondNs, 60 * kSecondNs, 1};
constexpr Pace kTcgPace{12 * kSecondNs, 240 * kSecondNs, 3};

Result<void> set_limits(const Arguments& arguments, VmPlan& vm) {
  const Pace& pace = vm.guests.accelerator.name == "kvm" ? kKvmPace : kTcgPace;
  std::vector<size_t> all(vm.plan.cases.size());
  std::iota(all.begin(), all.end(), size_t{0});
  vm.boot_estimate_ns = pace.boot_ns + estimate_plan_ns(vm.plan, all);
  if (arguments.has("explain")) vm.boot_estimate_ns += estimate_explain_ns(vm.plan, all);
  vm.time_limit_ns = 3 * pace.factor * vm.boot_estimate_ns + 300 * kSecondNs;
  if (const std::optional<std::string> text = arguments.value("time-limit"); text.has_value()) {
    Result<int64_t> limit = duration_in(*text, kTimeLimitRangeNs);
    if (!limit.has_value()) return while_doing("--time-limit", limit.error());
    vm.time_limit_ns = *limit;
  }
  vm.hello_limit_ns = pace.hello_limit_ns;
  // A case says nothing while it is measured, and one round of all cases may lie between two words of one case.
  const auto cases = static_cast<int64_t>(vm.plan.cases.size());
  vm.silence_limit_ns = pace.factor * (120 * kSecondNs + vm.plan.settings.time_limit_ns * cases);
  return {};
}

std::vector<std::string> passed_on(const Arguments& arguments) {
  std::vector<std::string> words;
  for (const char* option : {"filter", "rounds", "samples", "settle", "rcu"}) {
    for (const std::string& value : arguments.values(option)) {
      words.push_back(std::string("--") + option + "=" + value);
    }
  }
  for (const char* flag : {"no-released", "redact", "explain"}) {
    if (arguments.has(flag)) words.push_back(std::string("--") + flag);
  }
  return words;
}

/// Of what must be the same for results to belong to one matrix.
Result<std::string> hash_of(const VmPlan& plan, const GuestKernel& kernel) {
  ContentHash hash;
  hash.add_field(plan.config_text);
  for (const std::string& word : plan.passed_on) hash.add_field(word);
  hash.add_field(std::to_string(plan.choice.cpus) + " " + std::to_string(plan.choice.memory_bytes));
  UMB_ASSIGN(const SourceFile image, SourceFile::open(kernel.files.image));
  UMB_ASSIGN(const std::string digest, image.digest());
  hash.add_field(digest);
  return hash.hex();
}

Result<std::vector<BootCell>> choose(const Arguments& arguments, const std::vector<BootCell>& cells) {
  const std::vector<std::string> wanted = arguments.values("cell");
  const std::optional<std::string> shard = arguments.value("shard");
  if (shard.has_value() && !wanted.empty()) return fail_usage("--cell and --shard can't go together");
  if (shard.has_value()) {
    UMB_ASSIGN(const Shard part, parse_shard(*shard));
    return shard_of(cells, part.index, part.count);
  }
  if (wanted.empty()) return cells;
  std::vector<BootCell> chosen;
  std::vector<std::string> ids;
  for (const BootCell& cell : cells) {
    ids.push_back(cell.id);
    if (std::find(wanted.begin(), wanted.end(), cell.id) != wanted.end()) chosen.push_back(cell);
  }
  for (const std::string& id : wanted) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      return fail_usage("there is no cell " + umb::quoted(id), "", suggestion(id, ids));
    }
  }
  return chosen;
}

}  // namespace

Result<VmPlan> vm_plan_of(const Arguments& arguments, int64_t side_by_side) {
  VmPlan vm;
  UMB_ASSIGN(const Config config, config_of(arguments, "default"));
  UMB_ASSIGN(vm.config_text, read_file(config.file, kMaxConfigBytes));
  UMB_ASSIGN(Overrides overrides, overrides_of(arguments));
  overrides.time_limit.reset();  // of the boot, here
  UMB_ASSIGN(vm.plan, expand(config, overrides, scenario_infos()));
  vm.passed_on = passed_on(arguments);
  UMB_ASSIGN(vm.choice, guest_choice(arguments, config.guests));
  if (side_by_side > 0) UMB_TRY(check_memory(vm.choice, side_by_side));
  UMB_ASSIGN(vm.guests, find_guests(vm.choice, content_for(vm.plan)));
  BootMatrix matrix{{}, vm.choice.appends, vm.choice.boots};
  for (const GuestKernel& kernel : vm.guests.kernels) matrix.kernels.push_back(kernel.label);
  vm.seed = arguments.has("seed") ? vm.plan.seed : config.seed.value_or(matrix_seed(matrix));
  UMB_ASSIGN(vm.cells, boot_cells(matrix, vm.seed));
  UMB_ASSIGN(vm.chosen, choose(arguments, vm.cells));
  UMB_TRY(set_limits(arguments, vm));
  return vm;
}

std::vector<std::string> command_of(const VmPlan& plan, const BootCell& cell) {
  return qemu_command(machine_for(plan.guests, plan.guests.kernels[cell.kernel], plan.choice,
                                  plan.choice.appends[cell.append], cell.id));
}

Job job_of(const VmPlan& plan, const BootCell& cell) {
  Job job;
  // All sides of one turn run their cases in the same order.
  const uint64_t seed = plan.seed + static_cast<uint64_t>(cell.boot);
  job.arguments = {"run",    "--config",           kConfigName, "--output", std::string("out/") + kGuestResult,
                   "--seed", std::to_string(seed), "--label",   cell.side,  "--log-format",
                   "json"};
  job.arguments.insert(job.arguments.end(), plan.passed_on.begin(), plan.passed_on.end());
  job.files[kConfigName] = plan.config_text;
  job.growing = journal_path(kGuestResult);
  return job;
}

std::string vm_folder(const Arguments& arguments) {
  const std::string name = "vm-" + utc_stamp();
  return absolute_path(arguments.value("output").value_or(::access("results", F_OK) == 0 ? "results/" + name : name));
}

Result<std::string> matrix_lines(const VmPlan& plan, const std::vector<BootCell>& cells, const std::string& folder) {
  using Json = nlohmann::ordered_json;
  std::vector<std::string> hashes;
  for (const GuestKernel& kernel : plan.guests.kernels) {
    UMB_ASSIGN(std::string hash, hash_of(plan, kernel));
    hashes.push_back(std::move(hash));
  }
  std::string text;
  for (const BootCell& cell : cells) {
    const GuestKernel& kernel = plan.guests.kernels[cell.kernel];
    const std::vector<std::string> command = command_of(plan, cell);
    Json line{{"cell", cell.id},
              {"side", cell.side},
              {"kernel", kernel.label},
              {"spec", kernel.spec},
              {"release", kernel.files.release},
              {"append", plan.choice.appends[cell.append]},
              {"boot", cell.boot},
              {"seed", plan.seed},
              {"plan", hashes[cell.kernel]},
              {"estimate_s", plan.boot_estimate_ns / kSecondNs},
              {"accelerator", plan.guests.accelerator.name},
              {"argv", command},
              {"command", shell_line(command) + " 3>>" + shell_line({cell_places(folder, cell).console})}};
    text += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace umb
