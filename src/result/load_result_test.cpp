// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "result/reader.h"
#include "result/test_text.h"
#include "testing/fake_tree.h"
#include "testing/full_record.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace umb {
namespace {

using Json = nlohmann::ordered_json;

TEST(LoadResult, refuses_what_is_not_a_plain_file_without_waiting_for_it) {
  const FakeTree tree{fake_folder("folder")};
  ASSERT_EQ(::mkfifo((tree.path() + "/fifo").c_str(), 0600), 0);
  for (const std::string& path : {tree.path() + "/folder", tree.path() + "/fifo", std::string("/dev/zero"),
                                  tree.path() + "/none", std::string(), std::string("-")}) {
    const Result<Loaded> loaded = load_result(path);
    ASSERT_FALSE(loaded.has_value()) << path;
    EXPECT_EQ(loaded.error().kind, ErrorKind::kUsage) << path;
  }
}

TEST(LoadResult, still_reads_every_released_schema) {
  const std::string folder = std::string(UMOUNTBENCH_SOURCE_DIR) + "/tests/data/schema/";
  for (int version = 1; version <= kSchemaVersion; ++version) {
    const Result<Loaded> loaded = load_result(folder + std::to_string(version) + ".json");
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
    EXPECT_TRUE(loaded->warnings.empty());
    EXPECT_EQ(loaded->record.run.label, full_record().run.label);
    EXPECT_EQ(loaded->record.cases[0].samples.metric("return_ns")->values, full_series().metrics[0].values);
    EXPECT_EQ(loaded->record.cases[0].samples.round, full_series().round);
  }
}

TEST(LoadResult, would_notice_that_the_format_changed_and_its_number_did_not) {
  const std::string path =
      std::string(UMOUNTBENCH_SOURCE_DIR) + "/tests/data/schema/" + std::to_string(kSchemaVersion) + ".json";
  const Json released = Json::parse(read_file(path, 1'000'000).value_or("{}")).flatten();
  const Json written = Json::parse(as_text(full_record())).flatten();
  EXPECT_GT(released.size(), 100U);
  for (const auto& [pointer, value] : released.items()) {
    EXPECT_EQ(written.value(pointer, Json("missing")), value)
        << pointer << ": keys may be added; to change or drop one takes a new kSchemaVersion and a file beside "
        << path;
  }
}

}  // namespace
}  // namespace umb
