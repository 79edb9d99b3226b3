// SPDX-License-Identifier: Apache-2.0
// A key with its value into the object that is open: what all our files have in common.
#pragma once

#include "model/facts.h"
#include "result/json_stream.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

void put_text(JsonStream& out, std::string_view key, const std::string& value);
/// "" is null.
void put_text_or_null(JsonStream& out, std::string_view key, const std::string& value);
/// "" is left out.
void put_text_if_any(JsonStream& out, std::string_view key, const std::string& value);
void put_integer(JsonStream& out, std::string_view key, int64_t value);
void put_boolean(JsonStream& out, std::string_view key, bool value);
void put_share(JsonStream& out, std::string_view key, const std::optional<double>& value);
/// On one line.
void put_texts(JsonStream& out, std::string_view key, const std::vector<std::string>& texts);
void put_facts(JsonStream& out, std::string_view key, const Facts& facts, JsonStream::Wrapping wrapping);

/// A value that reads back as the same double: a whole number where it is one, which is shorter.
void put_number(JsonStream& out, double value);
void put_numbers(JsonStream& out, std::string_view key, const std::vector<double>& values);

}  // namespace umb
