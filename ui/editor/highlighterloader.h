// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/syntaxhighlighter.h"

#include <QObject>

namespace ui {

// Loads the highlighting plugin on a worker after the window stands, so that its libraries do not
// delay the first paint. One a program, owned by the composition root. Editors ask factory() and
// connect loaded().
class HighlighterLoader : public QObject
{
    Q_OBJECT

public:
    explicit HighlighterLoader(QObject *parent = nullptr);

    // Begins once; later calls do nothing.
    void start();
    // Null until loaded(), and for good if the plugin is missing: then editors show plain text.
    [[nodiscard]] SyntaxHighlighterFactory *factory() const { return m_factory; }

signals:
    void loaded();

private:
    void finish(const QString &path);

    SyntaxHighlighterFactory *m_factory = nullptr;
    bool m_started = false;
};

} // namespace ui
