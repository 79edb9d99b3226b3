// SPDX-License-Identifier: Apache-2.0
#include "compare/history_builds.h"

#include "base/text.h"
#include "compare/fingerprint.h"
#include "compare/history_order.h"
#include "compare/history_settings.h"
#include "compare/split.h"
#include "compare/words.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace umb {

namespace {

bool same_commit(const std::string& full, const std::string& given) {
  return given.size() >= kShortestCommit && full.starts_with(given);
}

/// In the commits, then by time, release and id.
struct Place {
  size_t commit = 0;
  std::optional<int64_t> time_ns;
  std::string release, boot_id, run_id;
};

bool before(const Place& a, const Place& b) {
  if (a.commit != b.commit) return a.commit < b.commit;
  if (a.time_ns != b.time_ns) return a.time_ns < b.time_ns;  // no time is before every time
  if (a.release != b.release) {
    const bool lower = lower_release(a.release, b.release);
    return lower != lower_release(b.release, a.release) ? lower : a.release < b.release;
  }
  return std::tie(a.boot_id, a.run_id) < std::tie(b.boot_id, b.run_id);
}

Place place_of(const BootDigest& boot) {
  return {0, utc_ns(boot.started_at), under_test(boot, "kernel_release"), boot.boot_id, boot.run_id};
}

struct Placed {
  BuildBoots build;
  Place place;
  std::string label;
};

/// What tells builds apart, and nothing else; `source` says which boot it stands for.
std::vector<BootDigest> stand_ins(const std::vector<BootDigest>& boots) {
  const std::vector<std::string> labels = build_labels(boots);
  std::vector<BootDigest> made;
  made.reserve(boots.size());
  for (size_t i = 0; i < boots.size(); ++i) {
    BootDigest& one = made.emplace_back();
    one.source = std::to_string(i);
    one.label = labels[i];
    for (const Fact& fact : boots[i].environment) {
      if (fact.key.starts_with("kernel_")) one.environment.push_back(fact);
    }
  }
  return made;
}

std::vector<Placed> builds_of(const std::vector<BootDigest>& boots) {
  const std::vector<BootDigest> named = stand_ins(boots);
  const std::vector<Side> sides = group_alike(named);
  std::vector<size_t> build_of(boots.size());
  for (size_t build = 0; build < sides.size(); ++build) {
    for (const BootDigest& one : sides[build].boots) build_of[std::stoul(one.source)] = build;
  }
  const std::vector<std::string> settings = settings_of(boots, build_of);
  std::vector<Placed> all(sides.size());
  for (size_t build = 0; build < sides.size(); ++build) all[build].build.told.name = sides[build].name;
  for (size_t i = 0; i < boots.size(); ++i) {
    Placed& placed = all[build_of[i]];
    HistoryBuild& told = placed.build.told;
    const Place place = place_of(boots[i]);
    // Boots come in their order, those without a time first.
    if (!placed.place.time_ns.has_value()) {
      placed.place = place;
      told.started_at = boots[i].started_at;
      told.kernel_release = place.release;
      told.commit = commit_in(place.release);
      placed.label = named[i].label;
    }
    Side& side = placed.build.by_setting[settings[i]];
    side.name = told.name;
    side.boots.push_back(boots[i]);
  }
  return all;
}

/// The place of a build in the order of commits, by its kernel's release or by its label.
std::optional<size_t> commit_of(const Placed& placed, const std::vector<std::string>& commits) {
  const std::string& commit = placed.build.told.commit;
  const std::string& label = placed.label;
  for (size_t i = 0; i < commits.size(); ++i) {
    if (same_commit(commits[i], commit) || same_commit(commits[i], label) || same_commit(commit, commits[i]) ||
        (!label.empty() && label == commits[i])) {
      return i;
    }
  }
  return std::nullopt;
}

/// Leaves out what is not among the commits, and says so.
void place_by_commits(const std::vector<std::string>& commits, std::vector<Placed>& all,
                      std::vector<std::string>& cautions) {
  const size_t left_out = std::erase_if(all, [&](Placed& placed) {
    const std::optional<size_t> at = commit_of(placed, commits);
    if (!at.has_value()) return true;
    placed.place.commit = *at;
    placed.build.told.commit = commits[*at];
    return false;
  });
  if (left_out == 0) return;
  cautions.push_back(counted(left_out, "build is", "builds are") +
                     " of none of the given commits, by the kernel's release (-gCOMMIT) or by label: left out");
}

/// Commits that go the other way than the builds' times are most likely the newest first.
void check_direction(const std::vector<Placed>& all, std::vector<std::string>& cautions) {
  constexpr size_t kFewest = 3;
  size_t steps = 0;
  size_t backwards = 0;
  for (size_t i = 1; i < all.size(); ++i) {
    const std::optional<int64_t>& before = all[i - 1].place.time_ns;
    const std::optional<int64_t>& now = all[i].place.time_ns;
    if (!before.has_value() || !now.has_value()) continue;
    ++steps;
    if (*now < *before) ++backwards;
  }
  if (steps < kFewest || 4 * backwards < 3 * steps) return;
  cautions.push_back(
      "the order of the commits runs against the builds' times (" + std::to_string(backwards) + " of " +
      std::to_string(steps) +
      " steps): slower and faster change places if the newest stands first ('git rev-list --reverse' has "
      "the oldest first)");
}

void check_times(const std::vector<Placed>& all, std::vector<std::string>& cautions) {
  const auto without =
      static_cast<size_t>(std::ranges::count_if(all, [](const Placed& one) { return !one.place.time_ns.has_value(); }));
  if (without == 0) return;
  cautions.push_back(counted(without, "build has", "builds have") + " no time: " +
                     (without == all.size() ? "they stand in the order of their kernels' releases"
                                            : "first of all, in the order of their kernels' releases"));
}

}  // namespace

Result<Builds> builds_in_order(const std::vector<BootDigest>& boots, const HistoryOptions& options) {
  std::vector<BootDigest> ordered = boots;
  std::ranges::stable_sort(ordered, before, place_of);
  std::vector<Placed> all = builds_of(ordered);
  Builds builds;
  if (!options.commits.empty()) place_by_commits(options.commits, all, builds.cautions);
  if (all.empty()) return fail_usage("no result is of one of the given commits");
  std::ranges::stable_sort(all, before, &Placed::place);
  if (!options.commits.empty()) {
    check_direction(all, builds.cautions);
  } else {
    check_times(all, builds.cautions);
  }
  if (all.size() > options.last) {
    const size_t older = all.size() - options.last;
    builds.cautions.push_back(counted(older, "older build is", "older builds are") + " left out (--last)");
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(older));
  }
  std::set<std::string> settings;
  for (Placed& placed : all) {
    for (const auto& [setting, side] : placed.build.by_setting) settings.insert(setting);
    builds.all.push_back(std::move(placed.build));
  }
  builds.settings.assign(settings.begin(), settings.end());
  return builds;
}

}  // namespace umb
