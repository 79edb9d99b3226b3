// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "boots.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>

namespace umb::aa {

namespace {

constexpr size_t kWarmUpShare = 10;  // one in so many

struct Columns {
  size_t boot = 0, mode = 0, flag = 0, value = 0, count = 0;
};

Result<Columns> columns_of(const std::vector<std::string>& names, const std::string& metric) {
  Columns columns{.count = names.size()};
  const std::string value_name = metric == "return_ns" ? "umount_ns" : metric;
  for (const auto& [name, place] :
       {std::pair<std::string, size_t*>("boot", &columns.boot), std::pair<std::string, size_t*>("mode", &columns.mode),
        std::pair<std::string, size_t*>("flag", &columns.flag),
        std::pair<std::string, size_t*>(value_name, &columns.value)}) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return fail_usage("there is no column " + umb::quoted(name));
    *place = static_cast<size_t>(found - names.begin());
  }
  return columns;
}

CaseRecord& case_of(RunRecord& boot, const std::string& id, const std::string& metric) {
  const auto found = std::ranges::find_if(boot.cases, [&](const CaseRecord& one) { return one.spec.id == id; });
  if (found != boot.cases.end()) return *found;
  CaseRecord& made = boot.cases.emplace_back();
  made.spec.id = id;
  made.metrics = {{metric, "ns", "lower", ""}};
  made.samples.metrics = {{metric, {}}};
  if (metric != "return_ns") made.samples.metrics.push_back({"return_ns", {}});
  return made;
}

void add_sample(umb::Series& series, int64_t value) {
  series.round.push_back(0);
  series.sequence.push_back(static_cast<uint32_t>(series.size()));
  series.repetition.push_back(0);
  series.warmup.push_back(0);
  series.started_at_ns.push_back(static_cast<int64_t>(series.size()));
  series.errno_value.push_back(0);
  for (Column& column : series.metrics) column.values.push_back(value);
}

void mark_warm_up(RunRecord& boot) {
  for (CaseRecord& one : boot.cases) {
    std::fill_n(one.samples.warmup.begin(), one.samples.size() / kWarmUpShare, uint8_t{1});
  }
}

}  // namespace

Result<void> read_csv_file(const std::string& path, const std::string& metric, Collector& to) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return fail_usage("cannot read " + umb::quoted(path), "it is empty");
  const Result<Columns> columns = columns_of(split(trimmed(line), ','), metric);
  if (!columns.has_value()) return while_doing("reading " + umb::quoted(path), columns.error());

  std::vector<RunRecord> boots;
  for (size_t number = 2; std::getline(file, line); ++number) {
    const std::vector<std::string> fields = split(trimmed(line), ',');
    const auto wrong = [&](const char* why) {
      return fail_usage("cannot read " + umb::quoted(path), "line " + std::to_string(number) + ": " + why);
    };
    if (fields.size() != columns->count) return wrong("not as many fields as columns");
    const Result<int64_t> value = parse_integer(fields[columns->value], 0, INT64_MAX);
    if (!value.has_value()) return wrong("its value is no whole number");
    const std::string& id = fields[columns->boot];
    auto boot = std::ranges::find(boots, id, &RunRecord::boot_id);
    if (boot == boots.end()) {
      boot = boots.emplace(boots.end());
      boot->boot_id = id;
    }
    const std::string name = "mode=" + fields[columns->mode] + "/flag=" + fields[columns->flag];
    add_sample(case_of(*boot, name, metric).samples, *value);
  }
  const std::string prefix = std::filesystem::path(path).stem().string() + "/";
  for (RunRecord& boot : boots) {
    mark_warm_up(boot);
    boot.boot_id = prefix + boot.boot_id;
    to.add(boot, {}, path, prefix);
  }
  return {};
}

}  // namespace umb::aa
