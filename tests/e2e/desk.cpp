// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/desk.h"

#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QEvent>
#include <QFile>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace test {

namespace {

bool run(const QStringList &arguments, QByteArray *output = nullptr)
{
    QProcess xdotool;
    xdotool.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    xdotool.start(u"xdotool"_s, arguments);
    if (!xdotool.waitForFinished())
        return false;
    if (output)
        *output = xdotool.readAllStandardOutput();
    return xdotool.exitStatus() == QProcess::NormalExit && xdotool.exitCode() == 0;
}

// Ends when it sees its widget painted.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget &widget)
    {
        widget.installEventFilter(this);
        widget.update();
    }
    [[nodiscard]] bool hasPainted() const { return m_painted; }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_painted = m_painted || event->type() == QEvent::Paint;
        return false;
    }

private:
    bool m_painted = false;
};

bool waitForPaint(QWidget &widget)
{
    const PaintWatch watch(widget);
    return QTest::qWaitFor([&watch] { return watch.hasPainted(); });
}

} // namespace

Desk::Desk(const QString &pictures)
    : m_pictures(pictures)
{
    QDir(m_pictures).removeRecursively();
    QDir().mkpath(m_pictures);
}

bool Desk::press(const QStringList &keys) const
{
    return run(QStringList{u"key"_s, u"--clearmodifiers"_s} + keys);
}

bool Desk::type(const QString &text) const
{
    // It has no key for the end of a line.
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0 && !press({u"Return"_s}))
            return false;
        if (!lines[i].isEmpty()
            && !run({u"type"_s, u"--clearmodifiers"_s, u"--delay"_s, u"1"_s, u"--"_s, lines[i]}))
            return false;
    }
    return true;
}

bool Desk::click(const QWidget &widget) const
{
    return click(widget, widget.rect().center());
}

bool Desk::click(const QWidget &widget, const QPoint &at) const
{
    const QPoint place = widget.mapToGlobal(at);
    return run({u"mousemove"_s, QString::number(place.x()), QString::number(place.y()), u"click"_s,
                u"1"_s});
}

QStringList Desk::windowsTitled(const QString &title) const
{
    QByteArray found;
    // Its exit status says whether there is any.
    (void)run({u"search"_s, u"--onlyvisible"_s, u"--name"_s, title}, &found);
    return QString::fromLatin1(found).split(u'\n', Qt::SkipEmptyParts);
}

bool Desk::picture(const QString &name)
{
    // What the last keys changed is to be in it.
    for (int frame = 0; frame < 2; ++frame) {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (window->isVisible() && !waitForPaint(*window))
                return false;
        }
    }
    QGuiApplication::sync();
    const QString file =
        u"%1/%2-%3.png"_s.arg(m_pictures, QString::number(++m_taken).rightJustified(2, u'0'), name);
    return QGuiApplication::primaryScreen()->grabWindow(0).save(file);
}

Home::Home()
{
    const std::pair<const char *, QString> places[] = {{"XDG_CONFIG_HOME", u"config"_s},
                                                       {"XDG_DATA_HOME", u"data"_s},
                                                       {"XDG_STATE_HOME", u"state"_s},
                                                       {"XDG_CACHE_HOME", u"cache"_s}};
    for (const auto &[variable, folder] : places)
        qputenv(variable, QFile::encodeName(m_folder.filePath(folder)));
}

QString Home::makeProject(const QString &name, const QByteArray &envFile) const
{
    const QString folder = m_folder.filePath(u"projects/"_s + name);
    QDir().mkpath(folder);
    QFile file(folder + u"/.env"_s);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(envFile) == envFile.size();
    return written ? folder : QString();
}

QStringList Home::filesWith(const QByteArray &bytes) const
{
    QStringList found;
    QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.fileName().endsWith("/.env"_L1) && file.open(QIODevice::ReadOnly)
            && file.readAll().contains(bytes))
            found << file.fileName();
    }
    return found;
}

} // namespace test
