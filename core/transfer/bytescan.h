// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <bit>
#if defined(__SSE2__)
#    include <emmintrin.h>
#endif

namespace core::bytescan {

/// Bytes for which COPY's CSV quotes a value (copyto.c, CopyAttributeOutCSV).
struct CsvSpecial {
    static bool test(char byte)
    {
        return byte == ',' || byte == '"' || byte == '\n' || byte == '\r';
    }
#if defined(__SSE2__)
    static int mask(__m128i block)
    {
        const __m128i comma = _mm_cmpeq_epi8(block, _mm_set1_epi8(','));
        const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
        const __m128i lf = _mm_cmpeq_epi8(block, _mm_set1_epi8('\n'));
        const __m128i cr = _mm_cmpeq_epi8(block, _mm_set1_epi8('\r'));
        return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(comma, quote), _mm_or_si128(lf, cr)));
    }
#endif
};

/// Bytes that JSON escapes in a string (json.c, escape_json): controls, the quote, the backslash.
struct JsonSpecial {
    static bool test(char byte) { return quint8(byte) < 0x20 || byte == '"' || byte == '\\'; }
#if defined(__SSE2__)
    static int mask(__m128i block)
    {
        const __m128i limit = _mm_set1_epi8(0x1f);
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, limit), block);
        const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
        const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
        return _mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash)));
    }
#endif
};

/// Bytes that COPY's text format escapes (copyto.c, CopyAttributeOutText): \b to \r and the
/// backslash.
struct TextSpecial {
    static bool test(char byte) { return (byte >= '\b' && byte <= '\r') || byte == '\\'; }
#if defined(__SSE2__)
    static int mask(__m128i block)
    {
        const __m128i shifted = _mm_sub_epi8(block, _mm_set1_epi8('\b'));
        const __m128i control =
            _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8('\r' - '\b')), shifted);
        const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
        return _mm_movemask_epi8(_mm_or_si128(control, backslash));
    }
#endif
};

/// The first special byte in [at, end), or end. Reads nothing outside.
template<class Special> [[nodiscard]] inline const char *find(const char *at, const char *end)
{
#if defined(__SSE2__)
    const auto load = [](const char *from) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
    };
    const char *const begin = at;
    for (; end - at >= 16; at += 16) {
        if (const int mask = Special::mask(load(at)); mask != 0)
            return at + std::countr_zero(unsigned(mask));
    }
    if (at != end && end - begin >= 16) {
        // The rest, together with bytes that were seen to be plain.
        const int mask = Special::mask(load(end - 16));
        return mask != 0 ? end - 16 + std::countr_zero(unsigned(mask)) : end;
    }
#endif
    while (at != end && !Special::test(*at))
        ++at;
    return at;
}

} // namespace core::bytescan
