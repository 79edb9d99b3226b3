// SPDX-License-Identifier: Apache-2.0
#include "kernels/apt_state.h"
#include "sys/subprocess.h"
#include "testing/temporary_folder.h"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class AptCommand : public testing::Test {
 protected:
  void SetUp() override { TearDown(); }
  void TearDown() override {
    for (const char* name : {"SUDO_UID", "SUDO_GID", "http_proxy", "https_proxy", "no_proxy"}) ::unsetenv(name);
  }
};

TEST_F(AptCommand, runs_in_its_folder_with_the_proxies_of_this_process) {
  ::setenv("https_proxy", "http://proxy.example:3128", 1);
  EXPECT_THAT(apt_command("/usr/bin/apt-get", "/c/apt/sid", {"-q", "update"}),
              ElementsAre(find_program("setpriv"), "--pdeathsig=TERM", "--", find_program("env"), "-C", "/c/apt/sid",
                          "https_proxy=http://proxy.example:3128", "/usr/bin/apt-get", "-q", "update"));
}

TEST_F(AptCommand, runs_under_sudo_as_the_calling_user) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root: for other users sudo's variables mean nothing";
  ::setenv("SUDO_UID", "1000", 1);
  ::setenv("SUDO_GID", "100", 1);
  EXPECT_THAT(apt_command("/usr/bin/apt-get", "/c", {"update"}),
              ElementsAre(find_program("setpriv"), "--pdeathsig=TERM", "--reuid=1000", "--regid=100", "--clear-groups",
                          "--", find_program("env"), "-C", "/c", "/usr/bin/apt-get", "update"));
  ::setenv("SUDO_GID", "--help", 1);
  EXPECT_EQ(apt_command("/usr/bin/apt-get", "/c", {"update"})[2], "--") << "that is no number";
}

TEST(AptConfiguration, leaves_nothing_at_its_place_on_the_host_and_checks_signatures) {
  const std::string text = apt_configuration("/c/sid");
  for (const char* line :
       {"#clear APT::Update::Post-Invoke;", "#clear APT::Update::Post-Invoke-Success;", "Dir::State \"/c/sid/\";",
        "Dir::State::lists \"/c/sid/lists/\";", "Dir::State::status \"/dev/null\";", "Dir::Cache \"/c/sid/\";",
        "Dir::Cache::archives \"/c/sid/archives/\";", "Dir::Etc::sourcelist \"/c/sid/sources.list\";",
        "Dir::Etc::sourceparts \"/dev/null\";", "Acquire::AllowInsecureRepositories \"false\";",
        "APT::Get::AllowUnauthenticated \"false\";"}) {
    EXPECT_THAT(text, HasSubstr(std::string(line) + "\n"));
  }
}

TEST(AptConfiguration, is_what_apt_takes_over_hooks_and_places_of_the_host) {
  const std::string program = find_program("apt-config");
  if (program.empty()) GTEST_SKIP() << "apt-config is not installed";
  const TemporaryFolder folder;
  std::ofstream(folder.at("apt.conf")) << "APT::Update::Post-Invoke { \"touch /tmp/never\"; };\n"
                                       << "APT::Get::AllowUnauthenticated \"true\";\n"
                                       << apt_configuration(folder.path());
  const ProgramResult dump = run_program({program, "-c", folder.at("apt.conf"), "dump"}, 10'000'000'000).value();
  EXPECT_EQ(dump.exit_code, 0) << dump.output;
  EXPECT_THAT(dump.output, HasSubstr("Dir::State::lists \"" + folder.at("lists/") + "\";"));
  EXPECT_THAT(dump.output, HasSubstr("APT::Get::AllowUnauthenticated \"false\";"));
  EXPECT_THAT(dump.output, Not(HasSubstr("touch /tmp/never")));
}

TEST(AptSourceLine, names_the_keyring_and_asks_for_the_packages_index_only) {
  EXPECT_EQ(apt_source_line("http://m.example/debian", "trixie"),
            "deb [arch=amd64 target=Packages signed-by=" + std::string(kArchiveKeyring) +
                "] http://m.example/debian trixie main\n");
}

TEST(AptTrouble, is_its_last_error_that_says_something) {
  EXPECT_EQ(apt_trouble("Get:1 x\nE: Failed to fetch http://m/x  Could not resolve 'm'\n"
                        "E: Some index files failed to download. They have been ignored.\n"),
            "Failed to fetch http://m/x  Could not resolve 'm'");
  EXPECT_EQ(apt_trouble("W: one\nE: first\nE: last\x1b[0m\nW: two\n"), "last\\x1b[0m");
  EXPECT_EQ(apt_trouble("something else\n"), "something else");
  EXPECT_EQ(apt_trouble(""), "");
}

TEST(ArchiveFiles, are_read_with_size_and_sum) {
  EXPECT_THAT(archive_files("Reading package lists...\n"
                            "'http://m/a%2bb.deb' a+b_1_amd64.deb 1932 SHA256:0a1b\n"
                            "'http://m/c.deb' c_1_amd64.deb 7 MD5Sum:00\n"),
              ElementsAre(ArchiveFile{"a+b_1_amd64.deb", 1932, "0a1b"}, ArchiveFile{"c_1_amd64.deb", 7, ""}));
}

TEST(ArchiveFiles, with_a_name_that_leads_elsewhere_or_without_a_size_are_left_out) {
  EXPECT_THAT(archive_files("'u' ../../a.deb 1 SHA256:0\n'u' a.deb many SHA256:0\n'u' a.deb\n'u' a.deb 0 SHA256:0\n"
                            "'u' a.txt 1 SHA256:0\n"),
              IsEmpty());
}

}  // namespace
}  // namespace umb
