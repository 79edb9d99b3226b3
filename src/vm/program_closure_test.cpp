// SPDX-License-Identifier: Apache-2.0
#include "vm/program_closure.h"

#include "sys/executable.h"
#include "testing/temporary_folder.h"
#include "vm/elf.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

auto at(const auto& path) {
  return Field("path", &ProgramFile::path, path);
}

std::string script(const TemporaryFolder& folder, const std::string& text) {
  const std::string path = folder.at("script");
  std::ofstream(path) << text;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

TEST(ProgramClosure, holds_a_program_its_libraries_and_the_loader) {
  const std::string program = executable_path().value();
  const auto closure = program_closure({program});
  ASSERT_TRUE(closure.has_value()) << closure.error().text();
  EXPECT_THAT(closure->files, Contains(at(program)));
  EXPECT_THAT(closure->files, Contains(at(EndsWith("/libc.so.6"))));
  EXPECT_THAT(closure->files, Contains(at(HasSubstr("/ld-linux"))));
  for (const auto& [path, source] : closure->files) EXPECT_TRUE(std::filesystem::exists(source)) << source;
}

TEST(ProgramClosure, needs_do_not_hold_the_program_itself) {
  const std::string program = executable_path().value();
  const auto needs = program_needs(program);
  ASSERT_TRUE(needs.has_value());
  EXPECT_THAT(needs->files, testing::Not(Contains(at(program))));
  EXPECT_THAT(needs->files, Contains(at(EndsWith("/libc.so.6"))));
}

TEST(ProgramClosure, keeps_a_symbolic_link_a_link) {
  const TemporaryFolder folder;
  const std::string program = executable_path().value();
  std::filesystem::create_symlink(program, folder.at("link"));
  const auto closure = program_closure({folder.at("link")});
  ASSERT_TRUE(closure.has_value());
  EXPECT_THAT(closure->files, Contains(at(program)));
  ASSERT_EQ(closure->links.size(), 1U);
  EXPECT_EQ(closure->links[0].path, folder.at("link"));
  EXPECT_EQ(closure->links[0].target, program);
}

TEST(ProgramClosure, brings_a_scripts_interpreter) {
  const TemporaryFolder folder;
  const auto closure = program_closure({script(folder, "#! /bin/sh -e\necho\n")});
  ASSERT_TRUE(closure.has_value()) << closure.error().text();
  EXPECT_THAT(closure->files, Contains(at(std::filesystem::canonical("/bin/sh").string())));
  EXPECT_THAT(closure->files, Contains(at(EndsWith("/libc.so.6"))));
}

TEST(ProgramClosure, brings_what_env_is_to_find) {
  const TemporaryFolder folder;
  const auto closure = program_closure({script(folder, "#!/usr/bin/env sh\n")});
  ASSERT_TRUE(closure.has_value()) << closure.error().text();
  EXPECT_THAT(closure->files, Contains(at(std::filesystem::canonical("/bin/sh").string())));
  EXPECT_THAT(closure->files, Contains(at(std::filesystem::canonical("/usr/bin/env").string())));
}

TEST(ProgramClosure, names_the_program_that_it_cannot_take) {
  const TemporaryFolder folder;
  for (const std::string& text : {std::string("plain text\n"), std::string(), std::string("\177ELF\2\1\1"),
                                  std::string("#!/nowhere/sh\n"), std::string("#!\n")}) {
    const std::string path = script(folder, text);
    const auto closure = program_closure({path});
    ASSERT_FALSE(closure.has_value()) << text;
    EXPECT_EQ(closure.error().kind, ErrorKind::kUsage) << text;
    EXPECT_THAT(closure.error().text(), HasSubstr(path)) << text;
  }
  EXPECT_FALSE(program_closure({folder.at("gone")}).has_value());
  EXPECT_FALSE(program_closure({"sh"}).has_value()) << "no full path";
  EXPECT_FALSE(program_closure({folder.path()}).has_value()) << "a folder";
}

TEST(ProgramClosure, ends_when_a_script_is_its_own_interpreter) {
  const TemporaryFolder folder;
  EXPECT_TRUE(program_closure({script(folder, "#!" + folder.at("script") + "\n")}).has_value());
}

TEST(ProgramClosure, of_a_program_without_a_library_names_both) {
  const TemporaryFolder folder;
  // The name of a library that every program has, spoilt.
  std::ifstream file(executable_path().value(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const size_t place = bytes.find(std::string("libgcc_s.so.1\0", 14));
  ASSERT_NE(place, std::string::npos);
  bytes.replace(place, 6, "absent");
  const auto closure = program_closure({script(folder, bytes)});
  ASSERT_FALSE(closure.has_value());
  EXPECT_THAT(closure.error().text(), HasSubstr("absent_s.so.1"));
  EXPECT_THAT(closure.error().text(), HasSubstr(folder.at("script")));
}

TEST(ElfLoader, is_none_for_a_static_program) {
  const TemporaryFolder folder;
  std::ifstream file(executable_path().value(), std::ios::binary);
  std::string head(65536, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  EXPECT_THAT(elf_loader(head).value(), HasSubstr("/ld-linux"));
  const std::string without_parts = std::string(head).replace(56, 2, std::string(2, '\0'));
  EXPECT_THAT(elf_loader(without_parts).value(), IsEmpty());
  for (const size_t length : {size_t{0}, size_t{10}, size_t{63}, size_t{64}, size_t{100}}) {
    EXPECT_FALSE(elf_loader(head.substr(0, length)).has_value()) << length;
  }
}

}  // namespace
}  // namespace umb
