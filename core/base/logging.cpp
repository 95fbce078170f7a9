// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"

#include "core/base/atomicfile.h"
#include "core/base/descriptor.h"
#include "core/base/redact.h"

#include <QDateTime>
#include <QFile>
#include <QMutex>
#include <QMutexLocker>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace core {

Q_LOGGING_CATEGORY(logBase, "sluice.base", QtInfoMsg)
Q_LOGGING_CATEGORY(logPq, "sluice.pq", QtInfoMsg)
Q_LOGGING_CATEGORY(logSession, "sluice.session", QtInfoMsg)
Q_LOGGING_CATEGORY(logResult, "sluice.result", QtInfoMsg)
Q_LOGGING_CATEGORY(logSql, "sluice.sql", QtInfoMsg)
Q_LOGGING_CATEGORY(logProject, "sluice.project", QtInfoMsg)
Q_LOGGING_CATEGORY(logConnect, "sluice.connect", QtInfoMsg)
Q_LOGGING_CATEGORY(logCatalog, "sluice.catalog", QtInfoMsg)
Q_LOGGING_CATEGORY(logBrowse, "sluice.browse", QtInfoMsg)
Q_LOGGING_CATEGORY(logTransfer, "sluice.transfer", QtInfoMsg)
Q_LOGGING_CATEGORY(logLocal, "sluice.local", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "sluice.ui", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "sluice.app", QtInfoMsg)

namespace {

/// Where messages go; one a process, as Qt's handler is.
struct Sink {
    QMutex mutex;
    LogOptions options;
    Descriptor file;
    qint64 size = 0;
    QtMessageHandler before = nullptr;
    bool running = false;
};

Sink &sink()
{
    static Sink instance;
    return instance;
}

const char *word(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        break;
    }
    return "fatal";
}

Result<> openFile(Sink &to)
{
    const QByteArray path = QFile::encodeName(to.options.file);
    Descriptor file(::open(path.constData(),
                           O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                           0600));
    if (!file.isValid())
        return std::unexpected(writeError(errno, to.options.file));
    struct stat info{};
    if (::fstat(file.get(), &info) != 0)
        return std::unexpected(writeError(errno, to.options.file));
    if (!S_ISREG(info.st_mode))
        return std::unexpected(writeError(ENXIO, to.options.file));
    ::fchmod(file.get(), 0600);
    to.size = info.st_size;
    to.file = std::move(file);
    return {};
}

void rotate(Sink &to)
{
    const auto numbered = [&to](int number) {
        return QFile::encodeName(number == 0 ? to.options.file
                                             : to.options.file + u'.' + QString::number(number));
    };
    to.file = Descriptor();
    if (to.options.oldFiles == 0)
        ::unlink(numbered(0).constData());
    for (int number = to.options.oldFiles; number > 0; --number)
        std::rename(numbered(number - 1).constData(), numbered(number).constData());
}

void writeFile(Sink &to, const QByteArray &line)
{
    if (!to.file.isValid())
        return;
    if (to.size > 0 && to.size + line.size() > to.options.fileLimit) {
        rotate(to);
        if (!openFile(to))
            return;
    }
    const ssize_t written = ::write(to.file.get(), line.constData(), size_t(line.size()));
    if (written != line.size()) {
        std::fprintf(stderr, "warning: the log file cannot be written any more\n");
        to.file = Descriptor();
        return;
    }
    to.size += line.size();
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray text = oneLine(redactedForLog(message)).toUtf8();
    const QByteArray line =
        QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + ' ' + word(type)
        + ' ' + (context.category != nullptr ? context.category : "default") + ": " + text + '\n';
    Sink &to = sink();
    const QMutexLocker locker(&to.mutex);
    writeFile(to, line);
    if (to.options.standardError)
        std::fprintf(stderr, "%s: %s\n", word(type), text.constData());
}

} // namespace

Result<> startLogging(const LogOptions &options)
{
    Sink &to = sink();
    const QMutexLocker locker(&to.mutex);
    to.options = options;
    to.file = Descriptor();
    if (!to.running)
        to.before = qInstallMessageHandler(handle);
    to.running = true;
    return options.file.isEmpty() ? Result<>() : openFile(to);
}

void stopLogging()
{
    Sink &to = sink();
    const QMutexLocker locker(&to.mutex);
    if (to.running)
        qInstallMessageHandler(to.before);
    to.running = false;
    to.file = Descriptor();
}

QString oneLine(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        if (c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            out += u" ⏎ "_s;
        else if (c == u'\t')
            out += u' ';
        else if (c.category() == QChar::Other_Control)
            out += u'\uFFFD';
        else
            out += c;
    }
    return out;
}

} // namespace core
