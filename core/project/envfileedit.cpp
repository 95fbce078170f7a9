// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envfileedit.h"

#include "core/base/atomicfile.h"
#include "core/base/boundedfile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// The key a line of an env file sets; empty for everything else.
QString keyOfLine(const QString &line)
{
    static const QRegularExpression assignment(uR"(^\s*(?:export\s+)?([A-Za-z0-9_.-]+)\s*=)"_s);
    return assignment.match(line).captured(1);
}

/// Single quotes are literal for every loader; a value that holds one is written bare when it may
/// be.
QString quoted(const QString &value)
{
    static const QRegularExpression bare(u"^[A-Za-z0-9_.:/@?=&%+~,-]*$"_s);
    if (bare.match(value).hasMatch() && !value.contains(u'#'))
        return value;
    return value.contains(u'\'') ? u'"' + value + u'"' : u'\'' + value + u'\'';
}

} // namespace

Result<EnvFileEdit> planEnvFileEdit(const QString &file,
                                    const std::vector<std::pair<QString, QString>> &values)
{
    EnvFileEdit edit;
    edit.file = file;
    edit.creates = !QFileInfo::exists(file) && !QFileInfo(file).isSymLink();
    if (!edit.creates) {
        auto bytes = readBoundedFile(file, largestEnvFile);
        if (!bytes)
            return std::unexpected(bytes.error());
        edit.before = std::move(*bytes);
    }
    const QByteArray lineEnd = edit.before.contains("\r\n") ? "\r\n"_ba : "\n"_ba;
    QList<QByteArray> lines = edit.before.isEmpty() ? QList<QByteArray>{} : edit.before.split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();

    for (const auto &[key, value] : values) {
        QByteArray line = key.toUtf8() + '=' + quoted(value).toUtf8();
        if (lineEnd.size() == 2)
            line += '\r';
        qsizetype at = -1; // the last one wins in every loader
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (keyOfLine(QString::fromUtf8(lines[i])) == key)
                at = i;
        }
        edit.changes.push_back({key, int(at + 1)});
        if (at < 0) {
            lines.append(line);
        } else if (lines[at] != line) {
            lines.insert(at, "# replaced by Sluice: " + lines[at]);
            lines[at + 1] = line;
        }
    }
    edit.after = lines.join('\n') + '\n';
    return edit;
}

Result<> applyEnvFileEdit(const EnvFileEdit &edit)
{
    if (!edit.creates) {
        const auto now = readBoundedFile(edit.file, largestEnvFile);
        if (!now)
            return std::unexpected(now.error());
        if (*now != edit.before) {
            return failure(
                ErrorKind::Local, "env.changed"_ba,
                QCoreApplication::translate("core::EnvFileEdit", "The file was changed meanwhile."),
                edit.file,
                QCoreApplication::translate("core::EnvFileEdit",
                                            "Nothing was written. Run the command again."));
        }
    }
    return writeFileAtomically(edit.file, edit.after);
}

} // namespace core
