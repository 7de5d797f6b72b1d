// Findings as SARIF 2.1.0, which code scanning and editors read.
#pragma once

#include <rung/diagnostics.hpp>

#include <string>

namespace rung::tools {

/// One run: its rules are the codes that occur, with what docs/diagnostics.md says of them. Places are relative to
/// the current folder; columns count characters. Where a finding names what was probably meant, and stands exactly
/// on what is to be replaced, it has a fix.
[[nodiscard]] std::string to_sarif(const Diagnostics& diagnostics);

} // namespace rung::tools
