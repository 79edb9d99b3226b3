// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/json_output.h"
#include "base/log.h"
#include "base/text.h"
#include "kernels/debian_kernel.h"

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

Result<int> fetch(const Arguments& arguments) {
  const FetchOptions options{
      .offline = arguments.has("offline"), .refresh = arguments.has("refresh"), .tell = log_info};
  if (options.offline && options.refresh) {
    return fail_usage("--offline and --refresh exclude each other", "", "leave one of them out");
  }
  std::string text;
  Json kernels = Json::array();
  for (const std::string& name : arguments.positional()) {
    UMB_ASSIGN(const std::vector<std::string> paths, fetch_kernel(name, options));
    text += join(paths, "\n") + "\n";
    kernels.push_back({{"name", name}, {"files", paths}});
  }
  const bool json = arguments.value("format") == "json";
  UMB_TRY(write_text(
      arguments, json ? Json{{"kernels", kernels}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n" : text));
  return kExitDone;
}

}  // namespace

Command vm_fetch_command() {
  Command command{
      .name = "vm fetch",
      .summary = "get kernels of Debian as package files, without installing them",
      .description =
          "NAME is debian:VERSION or debian:SUITE, then nothing, -rt or -cloud. Takes the newest kernel of that name "
          "from\n"
          "the mirror in this machine's apt sources, its signature checked by the Debian archive's keyring, and "
          "prints\n"
          "the files' paths. Needs no root (under sudo apt runs as the calling user), and changes nothing of this\n"
          "machine's apt: lists and files are in ~/.cache/umountbench (or $XDG_CACHE_HOME). What was fetched within a "
          "day\n"
          "is taken from there; delete that folder to have the room back.\n",
      .examples = {"umountbench vm fetch debian:6.1-rt debian:7.2-cloud",
                   "umountbench vm fetch debian:trixie-backports"},
      .positional = {.name = "NAME",
                     .help = "debian:6.1, debian:6.1-rt, debian:trixie-cloud, ...",
                     .minimum = 1,
                     .maximum = 100},
      .options = text_or_json_options(),
      .run = fetch};
  command.options.push_back({.name = "offline", .help = "only what the cache has, however old"});
  command.options.push_back({.name = "refresh", .help = "ask the mirror, even when that was done within a day"});
  return command;
}

}  // namespace umb
