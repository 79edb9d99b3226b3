// SPDX-License-Identifier: Apache-2.0
#include "result/writer.h"

#include "result/record_json.h"

namespace umb {

Result<void> write_result(const RunRecord& record, const Sink& sink) {
  UMB_TRY(check_series(record));
  JsonStream out(sink, JsonStream::Layout::kLines);
  put_record(out, record, WithSamples::kYes);
  return out.finish();
}

Result<void> write_result(const RunRecord& record, OutputFile& file) {
  return write_result(record, [&](std::string_view piece) { return file.write(piece); });
}

Result<void> write_result(const RunRecord& record, int fd, const std::string& name) {
  return write_result(record, [&](std::string_view piece) { return write_all(fd, piece, name); });
}

}  // namespace umb
