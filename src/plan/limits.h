// SPDX-License-Identifier: Apache-2.0
// What a plan may ask for, whether it stands in a config or in a flag. docs/config.md names the same ranges.
#pragma once

#include <cstddef>
#include <cstdint>

namespace umb {

template <typename T>
struct LimitRange {
  T minimum;
  T maximum;
};

inline constexpr LimitRange<int64_t> kRoundsRange{1, 1000};
inline constexpr LimitRange<int64_t> kSamplesRange{1, 10'000'000};
inline constexpr LimitRange<int64_t> kTimeLimitRangeNs{1'000'000, 24 * 3600 * INT64_C(1'000'000'000)};
inline constexpr LimitRange<int64_t> kReleaseLimitRangeNs{1'000'000, 600 * INT64_C(1'000'000'000)};
inline constexpr LimitRange<double> kIntervalRange{0.001, 1};
/// Every Nth sample is watched; a watched one has no return_ns, so not all may be.
inline constexpr LimitRange<double> kWatchedShareRange{0, 0.5};
inline constexpr LimitRange<int64_t> kCpuRange{-1, 8191};
inline constexpr LimitRange<int64_t> kFifoRange{0, 99};
inline constexpr LimitRange<double> kQuantileRange{0.001, 0.999};

inline constexpr LimitRange<int64_t> kBootsRange{1, 1000};
inline constexpr LimitRange<int64_t> kGuestCpusRange{1, 512};

inline constexpr size_t kMaxGuestTexts = 100;       ///< kernels, and command lines
inline constexpr size_t kMaxGuestTextBytes = 4096;  ///< of a kernel's SPEC with its paths
inline constexpr size_t kMaxCaseNameBytes = 60;     ///< of a case that the user names
inline constexpr size_t kMaxPrograms = 20;          ///< of a case, before or after what is measured
inline constexpr size_t kMaxArguments = 100;        ///< of a program, its own name among them
inline constexpr size_t kMaxArgumentBytes = 4096;
inline constexpr size_t kMaxProgramsBytes = 16 * 1024;  ///< of all that stand in one key
inline constexpr size_t kMaxConfigBytes = 1024 * 1024;
inline constexpr size_t kMaxCases = 10'000;
inline constexpr size_t kMaxQuantiles = 10;
inline constexpr size_t kMaxNameBytes = 100;
inline constexpr size_t kMaxLabelBytes = 200;
inline constexpr size_t kMaxDescriptionBytes = 4000;
inline constexpr size_t kMaxFilterBytes = 1000;

}  // namespace umb
