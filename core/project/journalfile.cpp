// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journalfile.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int formatVersion = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Journal", text);
}

} // namespace

QByteArray encodeJournal(const JournalText &content, const QDateTime &time)
{
    const QJsonObject head{{u"version"_s, formatVersion},
                           {u"time"_s, time.toUTC().toString(Qt::ISODateWithMs)},
                           {u"file"_s, content.file},
                           {u"title"_s, content.title},
                           {u"fileHash"_s, QString::fromLatin1(content.fileHash.toHex())},
                           {u"bytes"_s, content.text.size()}};
    return QJsonDocument(head).toJson(QJsonDocument::Compact) + '\n' + content.text;
}

Result<JournalRecord> decodeJournal(const QByteArray &bytes)
{
    const qsizetype lineEnd = bytes.indexOf('\n');
    const QJsonObject head =
        QJsonDocument::fromJson(bytes.first(qMax(lineEnd, qsizetype(0)))).object();
    const int version = head["version"_L1].toInt();
    if (version > formatVersion) {
        return failure(ErrorKind::Local, "journal.newer"_ba,
                       tr("The kept text was written by a later version of this program."));
    }
    if (version != formatVersion || head["bytes"_L1].toInteger(-1) != bytes.size() - lineEnd - 1)
        return failure(ErrorKind::Local, "journal.damaged"_ba, tr("The kept text is damaged."));
    JournalRecord record;
    record.time = QDateTime::fromString(head["time"_L1].toString(), Qt::ISODateWithMs);
    record.content.file = head["file"_L1].toString();
    record.content.title = head["title"_L1].toString();
    record.content.fileHash = QByteArray::fromHex(head["fileHash"_L1].toString().toLatin1());
    record.content.text = bytes.sliced(lineEnd + 1);
    return record;
}

} // namespace core
