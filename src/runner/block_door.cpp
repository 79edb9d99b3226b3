// SPDX-License-Identifier: Apache-2.0
#include "runner/block_door.h"

#include <type_traits>
#include <vector>

#include <benchmark/benchmark.h>

namespace umb {

namespace {

/// 1.8 replaced Run::error_occurred and Run::error_message by Run::skipped and Run::skip_message.
template <typename Run>
std::string error_of(const Run& run) {
  if constexpr (requires { run.error_occurred; }) {
    return run.error_occurred ? run.error_message : "";
  } else {
    return run.skipped ? run.skip_message : "";
  }
}

/// Says nothing: the samples are the report. It keeps what the library calls an error.
class SilentReporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) error_ += error_of(run);
    reported_ = reported_ || !runs.empty();
  }
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] bool reported() const { return reported_; }

 private:
  std::string error_;
  bool reported_ = false;
};

constexpr const char* kEndedEarly = "ended early";

}  // namespace

Result<void> run_block_by_benchmark(const std::string& name, int64_t count,
                                    const std::function<std::optional<int64_t>()>& take) {
  SilentReporter reporter;
  benchmark::ClearRegisteredBenchmarks();
  benchmark::RegisterBenchmark(name.c_str(),
                               [&](benchmark::State& state) {
                                 for ([[maybe_unused]] auto step : state) {
                                   const std::optional<int64_t> time_ns = take();
                                   if (!time_ns.has_value()) {
                                     // The library aborts the process when its loop is left before the last iteration
                                     // without this.
                                     state.SkipWithError(kEndedEarly);
                                     break;
                                   }
                                   state.SetIterationTime(static_cast<double>(*time_ns) / 1e9);
                                 }
                               })
      ->UseManualTime()
      ->Iterations(count);
  benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, "all");
  benchmark::ClearRegisteredBenchmarks();
  if (!reporter.reported()) return fail("Google Benchmark ran nothing");
  if (!reporter.error().empty() && reporter.error() != kEndedEarly) {
    return fail("Google Benchmark refused the block", reporter.error());
  }
  return {};
}

std::string benchmark_version() {
#ifdef UMOUNTBENCH_BENCHMARK_VERSION
  return UMOUNTBENCH_BENCHMARK_VERSION;
#else
  return "unknown";
#endif
}

}  // namespace umb
