// SPDX-License-Identifier: Apache-2.0
// All of a BootDigest but its cases, its rounds one by one and the file it came from: where, when and of what it is.
#pragma once

#include "model/digest.h"
#include "result/json_stream.h"
#include "result/object_reader.h"

namespace umb {

/// Into the object that is open. What is empty is left out, and so are the plan's cases where they are the digest's.
void put_boot_head(JsonStream& out, const BootDigest& boot);

/// The same keys back, into a boot that has its cases already.
void decode_boot_head(ObjectReader& reader, BootDigest& boot, DecodeState& state);

}  // namespace umb
