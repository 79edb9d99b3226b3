// SPDX-License-Identifier: Apache-2.0
// A made-up /proc and /sys in a folder of its own, composed in one expression and gone with the object:
//   const FakeTree tree{{"proc/stat", "cpu 1 2 3\n"}, fake_link("proc/7/fd/3", "/proc/7/mountinfo")};
#pragma once

#include <initializer_list>
#include <string>

namespace umb {

struct FakeEntry {
  std::string path;  ///< relative to the tree; its folders are made as needed
  std::string text;  ///< contents, or the target of a symbolic link
  enum class Kind { kFile, kFolder, kLink } kind = Kind::kFile;
};
[[nodiscard]] FakeEntry fake_folder(std::string path);
[[nodiscard]] FakeEntry fake_link(std::string path, std::string target);

/// Throws when the tree cannot be made, which fails the test.
class FakeTree {
 public:
  FakeTree(std::initializer_list<FakeEntry> entries);
  FakeTree(const FakeTree&) = delete;
  FakeTree& operator=(const FakeTree&) = delete;
  ~FakeTree();

  /// Without a slash at the end.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Writes a file anew, or one more.
  void set(const FakeEntry& entry) const;

 private:
  std::string path_;
};

}  // namespace umb
