// SPDX-License-Identifier: Apache-2.0
#include "runner/worker_executor.h"

namespace umb {

namespace {

/// Beyond anything a healthy worker needs for one answer; a worker that is stuck in the kernel must not hold us for
/// ever.
constexpr int64_t kAnswerLimitNs = 120'000'000'000;

std::string request_of(RequestKind kind) {
  return {static_cast<char>(kind)};
}

}  // namespace

Result<std::string> WorkerExecutor::start(uint64_t seed) {
  seed_ = seed;
  UMB_ASSIGN(pid_, sandbox_.start_worker());
  return sandbox_.ask(encode_plain(seed), kAnswerLimitNs);
}

Result<void> WorkerExecutor::end() {
  return sandbox_.end_worker(kAnswerLimitNs);
}

Result<BlockResult> WorkerExecutor::run_block(const BlockRequest& request) {
  const int64_t limit_ns = kAnswerLimitNs + request.count * release_limit_ns_;
  UMB_ASSIGN(const std::string answer, sandbox_.ask(encode(request), limit_ns));
  return decode_block_result(answer);
}

Result<void> WorkerExecutor::restart() {
  // A seed of its own, or it would repeat the pauses of the one before it.
  UMB_TRY(start(seed_ + 1'000'003));
  return {};
}

Result<RcuProbe> WorkerExecutor::probe() {
  UMB_ASSIGN(const std::string answer, sandbox_.ask(request_of(RequestKind::kProbe), kAnswerLimitNs));
  return decode_plain<RcuProbe>(answer);
}

}  // namespace umb
