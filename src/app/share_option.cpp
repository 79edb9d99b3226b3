// SPDX-License-Identifier: Apache-2.0
#include "app/share_option.h"

#include "base/text.h"

namespace umb {

Result<double> share_option(const Arguments& arguments, const std::string& name, double otherwise, double below) {
  const std::optional<std::string> text = arguments.value(name);
  if (!text.has_value()) return otherwise;
  const Result<double> share = parse_share(*text);
  if (!share.has_value()) return while_doing("--" + name, share.error());
  // A 5 that was meant as 5% would let everything pass.
  if (*share >= 1 && !text->ends_with('%')) {
    return fail_usage("--" + name + " " + quoted(*text) + " is " + *text + " times as much", "write 5% or 0.05",
                      "did you mean " + quoted(*text + "%") + "?");
  }
  if (*share > 0 && *share < below) return *share;
  return fail_usage("--" + name + " " + quoted(*text) + " is out of range", "", "e.g. --" + name + " 5%");
}

}  // namespace umb
