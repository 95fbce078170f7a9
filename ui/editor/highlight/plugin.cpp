// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/highlight/ksyntaxadapter.h"

#include <KSyntaxHighlighting/Repository>

using namespace Qt::StringLiterals;

namespace ui {

class KSyntaxPlugin : public QObject, public SyntaxHighlighterFactory
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "Sluice.SyntaxHighlighterFactory/1")
    Q_INTERFACES(ui::SyntaxHighlighterFactory)

public:
    [[nodiscard]] std::unique_ptr<SyntaxHighlighter>
    create(QsciScintillaBase *editor, const QString &fileName, const SyntaxColors &colors) override
    {
        const bool sql = fileName.isEmpty() || fileName.endsWith(".sql"_L1, Qt::CaseInsensitive);
        const KSyntaxHighlighting::Definition definition =
            sql ? m_repository.definitionForName(u"SQL (PostgreSQL)"_s)
                : m_repository.definitionForFileName(fileName);
        if (!definition.isValid())
            return nullptr;
        return std::make_unique<KSyntaxAdapter>(editor, definition, colors);
    }

private:
    KSyntaxHighlighting::Repository m_repository;
};

} // namespace ui

#include "plugin.moc"
