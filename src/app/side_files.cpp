// SPDX-License-Identifier: Apache-2.0
#include "app/side_files.h"

#include "app/result_folders.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/split.h"
#include "result/baseline_file.h"
#include "result/plan_facts.h"
#include "result/reader.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>
#include <thread>

namespace umb {

namespace {

namespace fs = std::filesystem;

struct Read {
  std::vector<BootDigest> boots;
  std::vector<Warning> warnings;
  std::set<std::string> metrics;
};

Result<Read> read_one(const std::string& path, const std::string& metric, const DigestOptions& options) {
  Read read;
  UMB_ASSIGN(const bool baseline, is_baseline(path));
  if (baseline) {
    UMB_ASSIGN(read.boots, load_baseline(path));
  } else {
    UMB_ASSIGN(Loaded loaded, load_result(path, {.columns = {"return_ns", "released_ns", metric}}));
    read.warnings = std::move(loaded.warnings);
    for (const CaseRecord& one : loaded.record.cases) {
      for (const MetricInfo& info : one.metrics) read.metrics.insert(info.name);
    }
    const PlanFacts plan = plan_facts(loaded.record.run.config_json);
    DigestOptions own = options;
    if (plan.gate.has_value()) {
      own.quantiles.insert(own.quantiles.end(), plan.gate->quantiles.begin(), plan.gate->quantiles.end());
    }
    read.boots.push_back(digest(loaded.record, plan, path, own));
  }
  for (const BootDigest& boot : read.boots) {
    for (const CaseDigest& one : boot.whole.cases) {
      for (const MetricDigest& digest : one.metrics) read.metrics.insert(digest.name);
    }
  }
  return read;
}

Result<void> check_metric(const std::vector<Result<Read>>& all, const std::string& metric) {
  std::set<std::string> known;
  for (const Result<Read>& one : all) known.insert(one->metrics.begin(), one->metrics.end());
  if (known.contains(metric) || known.empty()) return {};
  return fail_usage("no result has the metric " + umb::quoted(metric), "",
                    suggestion(metric, std::vector<std::string>(known.begin(), known.end())));
}

/// Which file is in which side: the user must see it.
void tell_groups(const std::vector<Side>& sides) {
  for (const Side& side : sides) {
    std::vector<std::string> files;
    for (const BootDigest& boot : side.boots) files.push_back(printable(boot.source));
    log_info("side " + umb::quoted(side.name) + ": " + join(files, ", "));
  }
}

std::string name_for(const SideWords& words, const std::vector<BootDigest>& boots) {
  if (!words.name.empty()) return words.name;
  fs::path path = fs::path(words.given).lexically_normal();
  if (path.filename().empty()) path = path.parent_path();
  const bool folder = !words.plain && words.given.find(',') == std::string::npos;
  if (folder) return path.filename().string();
  if (words.plain && boots[0].label.empty()) return path.stem().string();
  const std::string common = name_of(boots);
  return common.empty() ? path.filename().string() : common;
}

/// "before/result.json" and "after/result.json": what is in them tells more than a number behind the name.
void name_after_content(const std::vector<SideWords>& given, std::vector<Side>& sides) {
  std::set<std::string> names;
  for (const Side& side : sides) names.insert(side.name);
  if (names.size() == sides.size()) return;
  for (size_t i = 0; i < sides.size(); ++i) {
    const std::string content = name_of(sides[i].boots);
    if (given[i].name.empty() && !content.empty()) sides[i].name = content;
  }
}

}  // namespace

Result<SideWords> parse_side(const std::string& word) {
  SideWords side{.name = {}, .files = {}, .given = word};
  std::string paths = word;
  if (!path_exists(word)) {
    const size_t equals = word.find('=');
    if (equals != std::string::npos && equals > 0 && word.substr(0, equals).find('/') == std::string::npos) {
      side.name = word.substr(0, equals);
      paths = word.substr(equals + 1);
    }
  }
  const std::vector<std::string> parts = path_exists(paths) ? std::vector<std::string>{paths} : split(paths, ',');
  std::error_code trouble;
  for (const std::string& part : parts) {
    UMB_ASSIGN(const std::vector<std::string> files, result_files(part));
    side.files.insert(side.files.end(), files.begin(), files.end());
  }
  side.plain = side.name.empty() && parts.size() == 1 && !fs::is_directory(parts[0], trouble);
  side.given = paths;
  return side;
}

Result<size_t> count_files(const std::vector<std::string>& words) {
  size_t count = 0;
  for (const std::string& word : words) {
    UMB_ASSIGN(const SideWords side, parse_side(word));
    count += side.files.size();
  }
  return count;
}

namespace {

std::vector<Result<Read>> read_all(const std::vector<std::string>& files, const std::string& metric,
                                   const DigestOptions& options) {
  std::vector<Result<Read>> all(files.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < files.size(); i = next++) all[i] = read_one(files[i], metric, options);
  };
  std::vector<std::jthread> threads;
  const size_t wanted = std::min<size_t>(files.size(), std::max(1U, std::thread::hardware_concurrency()));
  for (size_t i = 1; i < wanted; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return all;
}

void tell_warnings(const Read& read) {
  for (const Warning& warning : read.warnings) log_warning(warning.code, warning.message, "", warning.case_id);
}

/// Warns of what can't be read and leaves it out; an error when nothing else is there.
Result<void> keep_readable(std::vector<Result<Read>>& all) {
  const auto good = std::ranges::count_if(all, [](const Result<Read>& one) { return one.has_value(); });
  if (good == 0) {
    Error& first = all.front().error();
    if (all.size() == 1) return Failure(std::move(first));
    return fail_usage("none of these " + std::to_string(all.size()) + " files can be read",
                      "the first: " + first.text(), first.hint);
  }
  std::erase_if(all, [](const Result<Read>& one) {
    if (one.has_value()) return false;
    log_warning("unreadable_result", "left out: " + one.error().text(), one.error().hint);
    return true;
  });
  return {};
}

}  // namespace

Result<std::vector<std::vector<BootDigest>>> load_digests(const std::vector<std::string>& files,
                                                          const std::string& metric, const DigestOptions& options) {
  std::vector<Result<Read>> all = read_all(files, metric, options);
  std::vector<std::vector<BootDigest>> boots;
  for (Result<Read>& one : all) {
    if (!one.has_value()) return Failure(std::move(one).error());
    tell_warnings(*one);
  }
  UMB_TRY(check_metric(all, metric));
  for (Result<Read>& one : all) boots.push_back(std::move(one->boots));
  return boots;
}

Result<std::vector<std::string>> many_files(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  std::error_code trouble;
  for (const std::string& word : words) {
    if (fs::is_directory(word, trouble)) {
      UMB_ASSIGN(std::vector<std::string> some, result_files_below(word));
      std::ranges::move(some, std::back_inserter(files));
    } else {
      UMB_ASSIGN(SideWords side, parse_side(word));
      std::ranges::move(side.files, std::back_inserter(files));
    }
  }
  return files;
}

Result<std::vector<BootDigest>> load_many_boots(const std::vector<std::string>& files, const std::string& metric,
                                                const DigestOptions& options) {
  std::vector<Result<Read>> all = read_all(files, metric, options);
  UMB_TRY(keep_readable(all));
  for (const Result<Read>& one : all) tell_warnings(*one);
  UMB_TRY(check_metric(all, metric));
  std::vector<BootDigest> boots;
  for (Result<Read>& one : all) std::ranges::move(one->boots, std::back_inserter(boots));
  return boots;
}

Result<std::vector<BootDigest>> load_boots(const std::vector<std::string>& words, const std::string& metric,
                                           const DigestOptions& options) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    UMB_ASSIGN(const SideWords side, parse_side(word));
    files.insert(files.end(), side.files.begin(), side.files.end());
  }
  UMB_ASSIGN(auto loaded, load_digests(files, metric, options));
  std::vector<BootDigest> boots;
  for (std::vector<BootDigest>& some : loaded) std::ranges::move(some, std::back_inserter(boots));
  return boots;
}

namespace {

/// Whether the words leave it to us which files are one side.
bool left_to_us(const std::vector<SideWords>& given) {
  return given.size() == 1 || (given.size() > 2 && std::ranges::all_of(given, &SideWords::plain));
}

Result<std::vector<Side>> sides_of(const std::vector<std::string>& words, const std::string& metric,
                                   const DigestOptions& options) {
  std::vector<SideWords> given;
  std::vector<std::string> files;
  for (const std::string& word : words) {
    UMB_ASSIGN(given.emplace_back(), parse_side(word));
    files.insert(files.end(), given.back().files.begin(), given.back().files.end());
  }
  UMB_ASSIGN(auto loaded, load_digests(files, metric, options));
  std::vector<Side> sides;
  if (left_to_us(given)) {
    std::vector<BootDigest> all;
    for (std::vector<BootDigest>& some : loaded) std::ranges::move(some, std::back_inserter(all));
    sides = group_alike(all);
    if (sides.size() > 1) tell_groups(sides);
    return sides;
  }
  auto boots = loaded.begin();
  for (const SideWords& one : given) {
    Side side;
    for (size_t i = 0; i < one.files.size(); ++i, ++boots) std::ranges::move(*boots, std::back_inserter(side.boots));
    side.name = name_for(one, side.boots);
    sides.push_back(std::move(side));
  }
  name_after_content(given, sides);
  tell_apart(sides);
  return sides;
}

}  // namespace

Result<std::vector<Side>> load_sides(const std::vector<std::string>& words, const std::string& metric,
                                     const DigestOptions& options) {
  UMB_ASSIGN(std::vector<Side> sides, sides_of(words, metric, options));
  if (sides.size() > 1) return sides;
  return fail_usage("all results are one side", "they are alike in kernel, RCU parameters, command line and label",
                    "name the sides: compare BEFORE=FILE,FILE AFTER=FILE,FILE; or split them: --by rcu");
}

Result<std::vector<Side>> load_shown_sides(const std::vector<std::string>& words, const DigestOptions& options) {
  return sides_of(words, "return_ns", options);
}

}  // namespace umb
