// SPDX-License-Identifier: Apache-2.0
#include "testing/fake_tree.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace umb {

FakeEntry fake_folder(std::string path) {
  return {std::move(path), {}, FakeEntry::Kind::kFolder};
}
FakeEntry fake_link(std::string path, std::string target) {
  return {std::move(path), std::move(target), FakeEntry::Kind::kLink};
}

FakeTree::FakeTree(std::initializer_list<FakeEntry> entries)
    : path_((std::filesystem::temp_directory_path() / "umb-fake-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make the folder " + path_);
  for (const FakeEntry& entry : entries) set(entry);
}

FakeTree::~FakeTree() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void FakeTree::set(const FakeEntry& entry) const {
  const std::filesystem::path full = std::filesystem::path(path_) / entry.path;
  std::filesystem::create_directories(full.parent_path());
  switch (entry.kind) {
    case FakeEntry::Kind::kFolder:
      std::filesystem::create_directories(full);
      break;
    case FakeEntry::Kind::kLink:
      std::filesystem::create_symlink(entry.text, full);
      break;
    case FakeEntry::Kind::kFile: {
      std::ofstream file(full, std::ios::binary | std::ios::trunc);
      file << entry.text;
      if (!file.flush()) throw std::runtime_error("cannot write " + full.string());
    }
  }
}

}  // namespace umb
