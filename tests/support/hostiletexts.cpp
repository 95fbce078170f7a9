// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hostiletexts.h"

using namespace Qt::StringLiterals;

namespace test {

std::vector<HostileText> hostileTexts()
{
    return {
        {"plain", u"orders"_s},
        {"capitals", u"Orders"_s},
        {"key word", u"select"_s},
        {"space", u" two words "_s},
        {"double quote", uR"(a"b)"_s},
        {"only double quotes", uR"("""")"_s},
        {"apostrophe", u"it's"_s},
        {"ends with apostrophe", u"a'"_s},
        {"backslash", uR"(a\b)"_s},
        {"ends with backslash", uR"(a\)"_s},
        {"backslash and apostrophe", uR"(\'; DROP TABLE x; --)"_s},
        {"injection by identifier", uR"(x"; DROP TABLE y; --)"_s},
        {"injection by literal", uR"('; DROP TABLE y; --)"_s},
        {"line break", u"a\nb"_s},
        {"carriage return and tab", u"a\r\tb"_s},
        {"line break and meta-command", u"a\n\\! touch x"_s},
        {"dollar quote", u"$$ $tag$ $1"_s},
        {"comment", u"/* -- */"_s},
        {"percent", u"%s %n %1$s"_s},
        {"semicolon", u"a;b"_s},
        {"dot", u"a.b"_s},
        {"equals sign", u"host=evil dbname=x"_s},
        {"markup", u"<b>x</b><img src='y'>&amp;"_s},
        {"other letters", u"заказы 注文 سفارش"_s},
        {"right to left", u"\u202Eabc\u202C"_s},
        {"zero width", u"a\u200Bb"_s},
        {"beyond the basic plane", u"😀"_s},
        {"combining", u"e\u0301"_s},
        {"escape", u"\x1b[31mred"_s},
        {"delete", u"a\x7f"_s},
        {"63 bytes", u"é"_s.repeated(31) + u'x'},
        {"E prefix", uR"(E'\x41')"_s},
        {"U& prefix", uR"(U&"\0041")"_s},
    };
}

} // namespace test
