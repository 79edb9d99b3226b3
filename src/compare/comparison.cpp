// SPDX-License-Identifier: Apache-2.0
#include "compare/comparison.h"

namespace umb {

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

}  // namespace umb
