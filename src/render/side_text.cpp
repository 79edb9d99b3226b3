// SPDX-License-Identifier: Apache-2.0
#include "render/side_text.h"

#include "base/text.h"
#include "render/comparison_text.h"
#include "render/facts_text.h"

#include <algorithm>
#include <vector>

namespace umb {

namespace {

constexpr size_t kMostTexts = 3;

std::string boots_text(const Side& side) {
  const std::string boots = counted(side.boot_count, "boot");
  return side.boots.size() == side.boot_count ? boots : boots + " in " + counted(side.boots.size(), "file");
}

std::string measured_text(const Side& side) {
  std::string from;
  std::string until;
  for (const BootDigest& boot : side.boots) {
    if (from.empty() || boot.started_at < from) from = boot.started_at;
    until = std::max(until, boot.finished_at);
  }
  return until.empty() ? from : from + " to " + until;
}

}  // namespace

std::string over_boots(const Side& side, const std::function<std::string(const BootDigest&)>& of) {
  std::vector<std::string> texts;
  for (const BootDigest& boot : side.boots) {
    const std::string text = of(boot);
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
  const size_t count = texts.size();
  texts.resize(std::min(count, kMostTexts));
  if (count > kMostTexts) texts.push_back(std::to_string(count - kMostTexts) + " more");
  return join(texts, " | ");
}

SideText side_text(const Comparison& comparison, size_t index) {
  const Side& side = comparison.sides[index];
  return {side_letter(index),
          side.name,
          boots_text(side),
          over_boots(side, [](const BootDigest& boot) { return kernel_line(boot.environment); }),
          over_boots(side, [](const BootDigest& boot) { return rcu_line(boot.environment); }),
          measured_text(side),
          over_boots(side, [](const BootDigest& boot) { return boot.label; })};
}

}  // namespace umb
