// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"

#include <QApplication>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace test {

EditorWindow::EditorWindow()
    : m_themes(*qApp, ui::ThemeController::Choice::Light)
{
    m_window.resize(900, 600);
    auto *column = new QVBoxLayout(&m_window);
    column->setContentsMargins(0, 0, 0, 0);
    makeTab();
}

EditorWindow::~EditorWindow()
{
    dropTab();
}

bool EditorWindow::present()
{
    m_window.show();
    m_window.activateWindow();
    if (!QTest::qWaitForWindowActive(&m_window))
        return false;
    editor().setFocus();
    return editor().hasFocus();
}

bool EditorWindow::open(const QStringList &lines)
{
    if (!m_home.write(u".env"_s, lines.join(u'\n').toUtf8() + '\n') || !m_home.read()
        || !m_home.trust() || !m_home.database())
        return false;
    m_tab->setDatabase(m_home.database());
    return true;
}

bool EditorWindow::openUrl(const QString &url)
{
    return open({u"DATABASE_URL="_s + url});
}

void EditorWindow::makeTab()
{
    dropTab();
    m_tab = new ui::EditorTab(m_highlighters, m_home.journal(), &m_window);
    m_window.layout()->addWidget(m_tab);
    m_tab->show();
    m_tab->setDatabase(m_home.database());
}

void EditorWindow::dropTab()
{
    delete m_tab;
}

bool EditorWindow::runAll(const QByteArray &text)
{
    editor().setBytes(text);
    m_tab->runAll();
    return waitForEnd();
}

bool EditorWindow::runAt(int caret)
{
    editor().goToPosition(caret);
    m_tab->runStatement();
    return waitForEnd();
}

bool EditorWindow::waitForEnd() const
{
    return m_tab->run() && QTest::qWaitFor([this] { return !m_tab->isRunning(); }, 30'000);
}

QByteArray EditorWindow::errorId() const
{
    return run().failure() ? run().failure()->error.id : QByteArray();
}

QByteArray EditorWindow::rows(std::size_t result) const
{
    if (run().results().size() <= result || !run().results()[result].rows)
        return "no rows";
    core::StoredSource &source = *run().results()[result].rows;
    QByteArrayList lines;
    for (qint64 row = 0; row < source.rowCount().rows; ++row) {
        QByteArrayList cells;
        for (int column = 0; column < int(source.columns().size()); ++column) {
            const core::Cell cell = source.cell(row, column);
            cells << (cell.isNull ? "␀"_ba : cell.bytes.toByteArray());
        }
        lines << cells.join('|');
    }
    return lines.join('\n');
}

} // namespace test
