// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace test {

/// A language in which every text of ours stands between ⟦ and ⟧, so that a text that was never
/// given to a translator shows itself. Installs itself for its lifetime; make it before the window.
class MarkingTranslator : public QTranslator
{
    Q_OBJECT

public:
    MarkingTranslator();
    ~MarkingTranslator() override;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source,
                                    const char *disambiguation, int n) const override;

    [[nodiscard]] static bool isMarked(const QString &text);
};

} // namespace test
