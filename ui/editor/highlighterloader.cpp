// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/highlighterloader.h"

#include "core/base/plugins.h"
#include "core/base/worker.h"

#include <QLibrary>
#include <QLoggingCategory>
#include <QPluginLoader>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

Q_LOGGING_CATEGORY(log, "sluice.ui.editor")

} // namespace

HighlighterLoader::HighlighterLoader(QObject *parent)
    : QObject(parent)
{
}

void HighlighterLoader::start()
{
    if (std::exchange(m_started, true))
        return;
    core::runOnWorker([] {
        const QString path = core::pluginFile(u"sluice_highlight"_s);
        // The work is in mapping and relocating forty libraries; once done, the loader below finds
        // them at hand.
        QLibrary library(path);
        library.setLoadHints(QLibrary::PreventUnloadHint);
        if (!path.isEmpty())
            library.load();
        return path;
    }).then(this, [this](const QString &path) { finish(path); });
}

void HighlighterLoader::finish(const QString &path)
{
    QPluginLoader loader(path);
    loader.setLoadHints(QLibrary::PreventUnloadHint);
    m_factory =
        path.isEmpty() ? nullptr : qobject_cast<SyntaxHighlighterFactory *>(loader.instance());
    if (!m_factory)
        qCWarning(log) << "no colours in editors:"
                       << (path.isEmpty() ? u"the plugin is missing"_s : loader.errorString());
    emit loaded();
}

} // namespace ui
