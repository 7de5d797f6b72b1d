#include "interpreter/sha256.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include <openssl/sha.h>

namespace rung {

namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return digest;
}

} // namespace

std::string sha256(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : digest_of(text)) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::string sha256_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const Digest digest = digest_of(text);
    std::string out;
    for (std::size_t i = 0; i < digest.size(); i += 3) {
        std::uint32_t group = 0; // three bytes, or what is left of them
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (i + k < digest.size() ? digest[i + k] : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            const bool given = i + k <= digest.size();
            out += given ? digits[group >> (18 - 6 * k) & 63U] : '=';
        }
    }
    return out;
}

} // namespace rung
