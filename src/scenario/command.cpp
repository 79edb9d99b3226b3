// SPDX-License-Identifier: Apache-2.0
#include "scenario/command.h"

#include "base/text.h"
#include "scenario/command_programs.h"
#include "scenario/common_parameters.h"
#include "sys/make_folder.h"
#include "sys/private_mounts.h"
#include "sys/remove_tree.h"

#include <cerrno>

namespace umb {

namespace {

constexpr int64_t kProgramGuessNs = 2'000'000;
constexpr const char* kNoRelease = "nothing tells when what a command of the user's held is free";

struct NamedProgram {
  std::string name;
  std::unique_ptr<TimedProgram> program;
};

class Command final : public Scenario {
 public:
  Command(const Case& spec, const Workshop& workshop)
      : spec_(spec), folder_(workshop.folder + "/command-" + spec.value("name") + "-" + spec.value("rcu")) {}

  Result<void> setup() override {
    UMB_TRY(make_folder(folder_));
    UMB_TRY(make_folder(folder_ + "/m"));
    UMB_ASSIGN(stage_, CommandStage::make(folder_));
    UMB_TRY(take_programs("prepare", prepare_));
    UMB_TRY(take_programs("measure", measure_));
    UMB_TRY(take_programs("conclude", conclude_));
    if (measure_.size() != 1) return fail("there is no program to measure in " + spec_.id);
    return {};
  }

  Result<void> prepare(bool) override {
    begun_ = true;
    UMB_TRY(run_all("prepare", prepare_));
    UMB_TRY(stage_->clear());
    stage_->alarm().arm(kCommandLimitNs);
    return {};
  }

  CallOutcome measure(Sample&) override {
    outcome_ = measure_[0].program->execute();
    const bool well = outcome_.exit_code == 0 && !outcome_.timed_out;
    const int failed = outcome_.errno_value != 0 ? outcome_.errno_value : well ? 0 : EIO;
    return {.errno_value = failed, .thread_cpu_ns = outcome_.cpu_ns, .voluntary_switches = outcome_.voluntary_switches};
  }

  /// A failure ends the case: only here there are words for it, and what it left would be in the way of the next
  /// sample.
  Result<void> conclude(Sample&) override {
    stage_->alarm().disarm();
    const Result<void> measured = in_words("measure", stage_->judge(measure_[0].name, outcome_));
    const Result<void> concluded = conclude_if_begun();
    return measured.has_value() ? concluded : measured;
  }

  Result<void> cleanup() override {
    const Result<void> concluded = conclude_if_begun();
    const Result<void> detached = detach_all_on(folder_);
    const Result<void> removed = detached.has_value() ? remove_tree(folder_) : detached;
    return concluded.has_value() ? removed : concluded;
  }

 private:
  static Result<void> in_words(const std::string& what, Result<void> done) {
    if (done.has_value()) return done;
    return while_doing(what, std::move(done).error());
  }

  Result<void> take_programs(const std::string& parameter, std::vector<NamedProgram>& programs) const {
    for (std::vector<std::string>& arguments : decode_programs(spec_.value(parameter))) {
      const std::string name = arguments[0];
      UMB_ASSIGN(std::unique_ptr<TimedProgram> program, stage_->program(std::move(arguments)));
      programs.push_back({name, std::move(program)});
    }
    return {};
  }

  Result<void> run_all(const std::string& what, const std::vector<NamedProgram>& programs) {
    stage_->alarm().arm(kCommandLimitNs);
    Result<void> done;
    for (const NamedProgram& one : programs) {
      done = stage_->clear();
      if (done.has_value()) done = in_words(what, stage_->judge(one.name, one.program->execute()));
      if (!done.has_value()) break;
    }
    stage_->alarm().disarm();
    return done;
  }

  /// Also where the preparing failed half way.
  Result<void> conclude_if_begun() {
    if (!begun_) return {};
    begun_ = false;
    return run_all("conclude", conclude_);
  }

  Case spec_;
  std::string folder_;
  std::unique_ptr<CommandStage> stage_;  ///< outlives the programs, which look at its alarm
  std::vector<NamedProgram> prepare_, measure_, conclude_;
  TimedProgram::Outcome outcome_;
  bool begun_ = false;
};

/// What `mount -t NAME -o loop` makes the kernel load, for a guest that has only the modules that are named to it.
void add_modules(const std::vector<std::string>& arguments, std::vector<std::string>& modules) {
  for (size_t i = 0; i + 1 < arguments.size(); ++i) {
    if (arguments[i] == "-t") modules.push_back(arguments[i + 1]);
    if (arguments[i] == "-o" && arguments[i + 1].find("loop") != std::string::npos) modules.emplace_back("loop");
  }
}

Needs needs_of(const Case& spec) {
  Needs needs{.root = false};
  for (const char* parameter : {"prepare", "measure", "conclude"}) {
    for (const auto& arguments : decode_programs(spec.value(parameter))) {
      needs.programs.push_back(arguments[0]);
      add_modules(arguments, needs.modules);
    }
  }
  return needs;
}

std::vector<MetricInfo> metrics_of(const Case&, const Settings& settings) {
  return common_metrics(settings, false, kNoRelease);
}

int64_t estimate(const Case& spec) {
  const auto programs = static_cast<int64_t>(needs_of(spec).programs.size());
  return programs * kProgramGuessNs + grace_period_guess_ns(spec);
}

ParameterInfo programs_parameter(const std::string& name, const std::string& summary, const std::string& otherwise) {
  return {.name = name, .summary = summary, .values = {}, .default_value = otherwise, .kind = ParameterKind::kPrograms};
}

}  // namespace

ScenarioEntry command_scenario() {
  return {.info = {.name = "command",
                   .summary = "a program of your own, from its start until it is reaped, as the config gives it",
                   .parameters = {{.name = "name",
                                   .summary = "what the case is called",
                                   .values = {},
                                   .default_value = "",
                                   .always_in_id = true,
                                   .kind = ParameterKind::kName},
                                  rcu_parameter(),
                                  programs_parameter("prepare", "programs that run before each sample", "[]"),
                                  programs_parameter("measure", "the program that is measured", ""),
                                  programs_parameter("conclude",
                                                     "programs that run after each sample, and after a "
                                                     "failure",
                                                     "[]")}},
          .needs = needs_of,
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return false; },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<Command>(spec, workshop);
          }};
}

}  // namespace umb
