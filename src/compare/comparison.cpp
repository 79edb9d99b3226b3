// SPDX-License-Identifier: Apache-2.0
#include "compare/comparison.h"

#include <array>
#include <cstdio>

namespace umb {

namespace {

std::string percents(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", share * 100);
  return text.data();
}

}  // namespace

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSlower:
      return "slower";
    case Verdict::kFaster:
      return "faster";
    case Verdict::kSame:
      return "same";
    case Verdict::kInconclusive:
      return "inconclusive";
    case Verdict::kIncomparable:
      return "incomparable";
  }
  return "inconclusive";
}

const char* wait_change_name(WaitChange change) {
  switch (change) {
    case WaitChange::kUnknown:
      return "";
    case WaitChange::kSame:
      return "same";
    case WaitChange::kMore:
      return "more";
    case WaitChange::kFewer:
      return "fewer";
    case WaitChange::kMoved:
      return "moved";
    case WaitChange::kOpen:
      return "open";
  }
  return "";
}

const char* method_name(Method method) {
  switch (method) {
    case Method::kNone:
      return "none";
    case Method::kExact:
      return "exact rank sum";
    case Method::kExactWelch:
      return "exact rank sum with Welch's p";
    case Method::kWelch:
      return "Welch's t";
    case Method::kPairedT:
      return "paired t";
    case Method::kProfile:
      return "t with a noise profile";
  }
  return "none";
}

std::string quantile_name(double p) {
  return "p" + percents(p);
}

std::string exact_percent(double share) {
  return percents(share) + "%";
}

bool is_sound(const SideFigures& side) {
  return side.failed_units == 0 && side.failed_checks.empty();
}

bool decides(const Row& row, const QuantileResult& result) {
  return row.gated ? result.gated : result.p == 0.5;
}

const QuantileResult* deciding(const Row& row) {
  const QuantileResult* found = nullptr;
  for (const QuantileResult& one : row.quantiles) {
    if (!decides(row, one)) continue;
    if (one.verdict == row.verdict) return &one;
    if (found == nullptr) found = &one;
  }
  return found;
}

}  // namespace umb
