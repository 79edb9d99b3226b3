// SPDX-License-Identifier: Apache-2.0
#include "vm/bundle.h"

#include "base/text.h"

#include <array>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

namespace umb {

namespace {

constexpr size_t kMaxFiles = 64;

la_ssize_t append(archive*, void* packed, const void* bytes, size_t size) {
  static_cast<std::string*>(packed)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

Failure trouble(const std::string& what, archive* of) {
  const char* why = archive_error_string(of);
  return fail(what, printable(why != nullptr ? why : "unknown error"));
}

bool is_plain_name(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

Result<std::string> read_entry(archive* reader, size_t limit) {
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (true) {
    const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
    if (got < 0) return trouble("cannot unpack a file of a bundle", reader);
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<size_t>(got) > limit) return fail("a bundle is larger than 256 MiB");
    bytes.append(buffer.data(), static_cast<size_t>(got));
  }
}

}  // namespace

Result<std::string> pack(const Bundle& bundle) {
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
  std::string packed;
  archive_write_set_format_pax_restricted(writer.get());
  archive_write_add_filter_gzip(writer.get());
  archive_write_set_bytes_in_last_block(writer.get(), 1);  // no padding for tapes
  if (archive_write_open(writer.get(), &packed, nullptr, append, nullptr) != ARCHIVE_OK) {
    return trouble("cannot pack a bundle", writer.get());
  }
  for (const auto& [name, bytes] : bundle) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK ||
        archive_write_data(writer.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size())) {
      return trouble("cannot pack " + quoted(name), writer.get());
    }
  }
  if (archive_write_close(writer.get()) != ARCHIVE_OK) return trouble("cannot pack a bundle", writer.get());
  return packed;
}

Result<Bundle> unpack(std::string_view bytes) {
  const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
  archive_read_support_format_tar(reader.get());
  archive_read_support_filter_gzip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return trouble("cannot unpack a bundle", reader.get());
  }
  Bundle bundle;
  size_t total = 0;
  archive_entry* entry = nullptr;
  while (true) {
    const int step = archive_read_next_header(reader.get(), &entry);
    if (step == ARCHIVE_EOF) return bundle;
    if (step != ARCHIVE_OK) return trouble("cannot unpack a bundle", reader.get());
    const char* given = archive_entry_pathname(entry);
    const std::string name = given != nullptr ? given : "";
    if (!is_plain_name(name) || archive_entry_filetype(entry) != AE_IFREG || bundle.size() >= kMaxFiles) {
      return fail("cannot unpack a bundle", "an unexpected entry " + quoted(name));
    }
    UMB_ASSIGN(std::string content, read_entry(reader.get(), kMaxBundleBytes - total));
    total += content.size();
    bundle[name] = std::move(content);
  }
}

}  // namespace umb
