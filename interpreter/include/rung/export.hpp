// Marks what the shared library shows. Everything else is compiled with hidden visibility.
//
// The mark means the same in the static library, in the shared one and in a consumer, so every source is
// compiled once for both libraries. (Windows would need three meanings, hence two compilations; there
// the static library is the one to use.)
#pragma once

#if defined(__GNUC__)
#define RUNG_API __attribute__((visibility("default")))
#else
#define RUNG_API
#endif
