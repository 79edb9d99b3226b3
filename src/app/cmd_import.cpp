// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/outputs.h"
#include "app/random_number.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "plan/case_id.h"
#include "plan/expand.h"
#include "result/imported.h"

#include <set>

namespace umb {

namespace {

using Parse = Result<std::vector<ImportedSeries>> (*)(std::string_view text, const std::string& name);

constexpr size_t kDerivedNameBytes = 40;

/// "umount -l /mnt/x" as "umount-l-mnt-x"; "" when nothing is left.
std::string name_from(const std::string& command) {
  std::string name;
  for (const char c : command) {
    if (name.size() == kDerivedNameBytes) break;
    const bool upper = c >= 'A' && c <= 'Z';
    const char lower = upper ? static_cast<char>(c - 'A' + 'a') : c;
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
      name += lower;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

/// A bare name is one of the scenario `command`.
Result<Case> case_named(const std::string& word) {
  const bool id = word.find('/') != std::string::npos;
  if (!id && !is_id_word(word)) {
    return fail_usage(umb::quoted(word) + " is no name for a case", "", "small letters, digits, '-', '_' and '.'");
  }
  UMB_ASSIGN(Case one, case_of_id(id ? word : "command/name=" + word + "/rcu=as-found"));
  if (one.scenario == "command" || one.value("method") == "exec") return one;
  return fail_usage(umb::quoted(word) + " is no case of whole programs", "other programs time nothing else",
                    "a case of method=exec, or a name for a command");
}

Result<std::vector<Case>> cases_for(const std::vector<ImportedSeries>& series, const std::vector<std::string>& given) {
  if (!given.empty() && given.size() != series.size()) {
    return fail_usage(
        "--case is there " + std::to_string(given.size()) + " times for " + std::to_string(series.size()) + " commands",
        "", "one for each, in the file's order");
  }
  std::vector<Case> cases;
  std::set<std::string> ids;
  for (size_t i = 0; i < series.size(); ++i) {
    const std::string word = given.empty() ? name_from(series[i].command) : given[i];
    if (word.empty()) return fail_usage("the file names no command", "", "say what was measured: --case NAME");
    Result<Case> one = case_named(word);
    if (!one.has_value()) return while_doing("--case", one.error());
    if (!ids.insert(one->id).second) {
      return fail_usage("two commands would be the case " + one->id, "", "give each a name: --case A --case B");
    }
    cases.push_back(*std::move(one));
  }
  return cases;
}

Result<int> import(const Arguments& arguments, const std::string& program, Parse parse) {
  const std::string& path = arguments.positional()[0];
  const std::string place = arguments.value("output").value_or("-");
  const std::string label = arguments.value("label").value_or("");
  UMB_TRY(check_label(label));
  UMB_TRY(check_apart({path, place}));
  if (place != "-") UMB_TRY(check_output_place(place));
  Result<std::string> text = read_file(path, kMaxImportBytes);
  if (!text.has_value()) {
    if (text.error().hint.empty()) text.error().hint = "name a file that " + program + " has written, at most 16 MiB";
    return Failure(std::move(text).error());
  }
  UMB_ASSIGN(std::vector<ImportedSeries> series, parse(*text, path));
  UMB_ASSIGN(std::vector<Case> cases, cases_for(series, arguments.values("case")));
  const RunRecord record = imported_record(std::move(series), {.program = program,
                                                               .cases = std::move(cases),
                                                               .label = label,
                                                               .id = std::to_string(random_number()),
                                                               .now = utc_now()});
  UMB_TRY(write_run(record, {"json", place}, arguments));
  for (const CaseRecord& one : record.cases) {
    log_info("imported " + std::to_string(one.samples.size()) + " runs as " + one.spec.id);
  }
  return kExitDone;
}

Command import_command(const std::string& program, const std::string& word, const std::string& what,
                       const std::string& how) {
  return {.name = "import " + word,
          .summary = what + " as a result, to be compared with commands and cases of method=exec",
          .description = "Needs no root. The result is marked as imported: kernel, machine and all else that " +
                         program +
                         "\ndoes not tell is unknown in it. Without --case each command is a case of the scenario\n"
                         "'command', named after it.\n",
          .examples = {how,
                       "umountbench import " + word +
                           " FILE --case umount/fs=tmpfs/mode=plain/method=exec/rcu=default -o before.json",
                       "umountbench import " + word + " FILE --case sqfs -o before.json"},
          .positional = {.name = "FILE", .help = what, .minimum = 1, .maximum = 1},
          .options = {{.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"},
                      {.name = "case",
                       .value_name = "CASE",
                       .help = "which case it is: its id, or a name for a command; one for each command in the file",
                       .repeatable = true},
                      {.name = "label", .value_name = "NAME", .help = "a name of yours for this side"}}};
}

}  // namespace

Command import_perf_command() {
  Command command = import_command("perf", "perf", "what perf stat --table, or -j -e duration_time, has written",
                                   "perf stat -r 30 --table -o FILE umount /mnt");
  command.run = [](const Arguments& arguments) { return import(arguments, "perf stat", parse_perf); };
  return command;
}

Command import_hyperfine_command() {
  Command command = import_command("hyperfine", "hyperfine", "what hyperfine --export-json has written",
                                   "hyperfine -N --prepare 'mount /mnt' --export-json FILE 'umount /mnt'");
  command.run = [](const Arguments& arguments) { return import(arguments, "hyperfine", parse_hyperfine); };
  return command;
}

}  // namespace umb
