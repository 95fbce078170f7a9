// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/start/probe.h"

#include "tests/bench/common/clock.h"

#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QFile>
#include <QScrollBar>
#include <QTreeView>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bench {

namespace {

constexpr auto betweenTries = 20ms;
constexpr auto settled = 2s;

bool isInDock(const QWidget *widget)
{
    for (; widget != nullptr; widget = widget->parentWidget()) {
        if (qobject_cast<const QDockWidget *>(widget) != nullptr)
            return true;
    }
    return false;
}

/// Bytes of a line "Name:   123 kB" of a file of /proc/self.
QByteArray bytesOf(const QString &file, const QByteArray &name)
{
    QFile facts(u"/proc/self/"_s + file);
    if (!facts.open(QIODevice::ReadOnly))
        return "0"_ba;
    for (const QByteArray &line : facts.readAll().split('\n')) {
        if (line.startsWith(name + ':'))
            return QByteArray::number(line.simplified().split(' ').value(1).toLongLong() * 1024);
    }
    return "0"_ba;
}

QModelIndex findText(const QAbstractItemModel &model, const QString &text,
                     const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data().toString() == text)
            return index;
        if (const QModelIndex below = findText(model, text, index); below.isValid())
            return below;
    }
    return {};
}

template<class Widget> Widget *visibleWidget(bool (*fits)(const QWidget &))
{
    for (QWidget *widget : QApplication::allWidgets()) {
        if (widget->isVisible() && fits(*widget))
            return qobject_cast<Widget *>(widget);
    }
    return nullptr;
}

bool isSchema(const QWidget &widget)
{
    return widget.objectName() == "schemaDock.tree"_L1;
}

bool isGrid(const QWidget &widget)
{
    return widget.inherits("ui::GridView");
}

void install()
{
    qunsetenv("LD_PRELOAD"); // what the program starts is not watched
    new Probe(QCoreApplication::instance());
}

} // namespace

Probe::Probe(QObject *application)
    : QObject(application)
    , m_until(qgetenv("SLUICE_BENCH_UNTIL"))
{
    m_tries.setInterval(betweenTries);
    connect(&m_tries, &QTimer::timeout, this, &Probe::openTable);
    application->installEventFilter(this);
}

bool Probe::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && watched->isWidgetType()) {
        if (!std::exchange(m_painted, true))
            stamp("painted"_ba);
        if (!m_restored && isInDock(static_cast<QWidget *>(watched))) {
            m_restored = true;
            stamp("restored"_ba);
        }
    }
    return false;
}

/// After this frame: it is handed to the display at its end.
void Probe::stamp(const QByteArray &name)
{
    QMetaObject::invokeMethod(
        this, [this, name] { print(name, QByteArray::number(nanoseconds())); },
        Qt::QueuedConnection);
}

void Probe::print(const QByteArray &name, const QByteArray &values)
{
    std::printf("%s %s\n", name.constData(), values.constData());
    std::fflush(stdout);
    if (name == m_until) {
        QApplication::closeAllWindows();
        QCoreApplication::quit();
    } else if (name == "restored" && m_until == "table") {
        m_tries.start();
    }
}

void Probe::openTable()
{
    auto *tree = visibleWidget<QTreeView>(isSchema);
    const QModelIndex table = tree ? findText(*tree->model(), u"invoices"_s) : QModelIndex();
    if (table.isValid() && !std::exchange(m_opened, true))
        QMetaObject::invokeMethod(tree, "activated", table);
    auto *grid = m_opened ? visibleWidget<QAbstractScrollArea>(isGrid) : nullptr;
    // There is something to scroll: the rows have come.
    if (!grid || grid->verticalScrollBar()->maximum() == 0)
        return;
    m_tries.stop();
    QTimer::singleShot(settled, this, &Probe::printMemory);
}

void Probe::printMemory()
{
    print("table"_ba, bytesOf(u"status"_s, "VmRSS"_ba) + ' ' + bytesOf(u"status"_s, "RssAnon"_ba)
                          + ' ' + bytesOf(u"smaps_rollup"_s, "Pss"_ba));
}

} // namespace bench

static void installProbe()
{
    bench::install();
}
Q_COREAPP_STARTUP_FUNCTION(installProbe)
