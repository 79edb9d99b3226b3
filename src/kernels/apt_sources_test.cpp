// SPDX-License-Identifier: Apache-2.0
#include "kernels/apt_sources.h"

#include "testing/fake_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(OneLineSources, are_read_with_and_without_options) {
  EXPECT_THAT(one_line_sources("# a comment\n"
                               "deb http://a.example/debian/ bookworm main contrib # and one behind\n"
                               "deb-src http://a.example/debian bookworm main\n"
                               "\tdeb [ arch=amd64  signed-by=/k.gpg ]  https://b.example/debian trixie main\n"
                               "deb http://c.example/debian\n"),
              ElementsAre(AptSource{"http://a.example/debian", {"bookworm"}, {"main", "contrib"}, ""},
                          AptSource{"https://b.example/debian", {"trixie"}, {"main"}, "/k.gpg"}));
}

TEST(OneLineSources, leave_out_cds_whatever_their_names_hold) {
  EXPECT_THAT(one_line_sources("deb cdrom:[Debian 12 _Bookworm_ - NETINST 20230610]/ bookworm main\n"
                               "deb [trusted=yes] cdrom:[Debian 12]/ bookworm main\n"),
              IsEmpty());
}

TEST(OneLineSources, of_broken_lines_are_none) {
  EXPECT_THAT(one_line_sources("deb\ndeb [\ndeb ] [ x\n[deb] x y z\n\n"), IsEmpty());
}

TEST(Deb822Sources, give_one_source_for_each_uri) {
  EXPECT_THAT(deb822_sources("Types: deb deb-src\n"
                             "# a comment inside\n"
                             "URIs: http://a.example/debian/\n"
                             "  http://b.example/debian\n"
                             "SUITES: bookworm bookworm-updates\n"
                             "Components: main\n"
                             "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"),
              ElementsAre(AptSource{"http://a.example/debian",
                                    {"bookworm", "bookworm-updates"},
                                    {"main"},
                                    "/usr/share/keyrings/debian-archive-keyring.gpg"},
                          AptSource{"http://b.example/debian",
                                    {"bookworm", "bookworm-updates"},
                                    {"main"},
                                    "/usr/share/keyrings/debian-archive-keyring.gpg"}));
}

TEST(Deb822Sources, that_are_disabled_or_of_source_code_are_left_out) {
  EXPECT_THAT(deb822_sources("Types: deb\nURIs: http://a.example/debian\nSuites: sid\nComponents: main\nEnabled: no\n"
                             "\n"
                             "Types: deb-src\nURIs: http://b.example/debian\nSuites: sid\nComponents: main\n"
                             "\n\n"
                             "Types: deb\nURIs: cdrom:[x]/ http://c.example/debian\nSuites: sid\nComponents: main"),
              ElementsAre(AptSource{"http://c.example/debian", {"sid"}, {"main"}, ""}));
}

TEST(DebianMirror, is_the_main_archive_and_not_security_nor_another_vendor_s) {
  EXPECT_EQ(
      debian_mirror_in(one_line_sources("deb http://s.example/debian-security bookworm-security main\n"
                                        "deb http://s.example/debian bookworm/updates main\n"
                                        "deb [signed-by=/v.gpg] http://vendor.example/linux/debian bookworm main\n"
                                        "deb http://docker.example/linux/debian bookworm stable\n"
                                        "deb http://vendor.example/repo nodistro main\n"
                                        "deb http://m.example/debian bookworm main\n")),
      "http://m.example/debian");
}

TEST(DebianMirror, may_have_another_name_when_its_suite_is_one_of_debian_s) {
  const std::string mirror = "mirror+file:/etc/apt/mirrors/debian.list";
  EXPECT_EQ(debian_mirror_in(one_line_sources("deb " + mirror + " trixie-updates main\n")), mirror);
  EXPECT_EQ(debian_mirror_in(one_line_sources("deb http://a.example/ubuntu noble main\n")), "");
}

TEST(DebianMirror, of_a_machine_is_found_in_any_of_its_files) {
  const FakeTree tree{{"etc/apt/sources.list", "# moved\n"},
                      {"etc/apt/sources.list.d/a.list.disabled", "deb http://no.example/debian sid main\n"},
                      {"etc/apt/sources.list.d/debian.sources",
                       "Types: deb\nURIs: http://m.example/debian\nSuites: sid\nComponents: main\n"}};
  EXPECT_EQ(find_debian_mirror({tree.path()}).value(), "http://m.example/debian");
}

TEST(DebianMirror, that_is_nowhere_makes_fetching_unavailable) {
  const FakeTree tree{{"etc/hostname", "x\n"}};
  const auto mirror = find_debian_mirror({tree.path()});
  ASSERT_FALSE(mirror.has_value());
  EXPECT_EQ(mirror.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(mirror.error().hint, "");
}

}  // namespace
}  // namespace umb
