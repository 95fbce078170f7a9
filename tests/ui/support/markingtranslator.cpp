// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/markingtranslator.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace test {

MarkingTranslator::MarkingTranslator()
{
    QCoreApplication::installTranslator(this);
}

MarkingTranslator::~MarkingTranslator()
{
    QCoreApplication::removeTranslator(this);
}

QString MarkingTranslator::translate(const char *context, const char *source, const char *,
                                     int) const
{
    const QLatin1StringView from(context);
    // Names of keys and the like are Qt's own.
    if (!from.startsWith("ui::"_L1) && !from.startsWith("core::"_L1))
        return {};
    return u"⟦"_s + QString::fromUtf8(source) + u"⟧"_s;
}

bool MarkingTranslator::isMarked(const QString &text)
{
    return text.contains(u'⟦') && text.contains(u'⟧');
}

} // namespace test
