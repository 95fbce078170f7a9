// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/sshhop.h"

#include "core/base/boundedfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestConfig = qint64(1) << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::SshHop", text);
}

} // namespace

QString SshHop::text() const
{
    QString text = user.isEmpty() ? host : user + u'@' + host;
    return port == 0 ? text : text + u':' + QString::number(port);
}

Result<> checkHop(const SshHop &hop)
{
    static const QRegularExpression host(uR"(\A[A-Za-z0-9_:.%][A-Za-z0-9_.:%\-]{0,252}\z)"_s);
    static const QRegularExpression user(uR"(\A(?:[A-Za-z0-9_.\\][A-Za-z0-9_.\\@\-]{0,99})?\z)"_s);
    if (host.match(hop.host).hasMatch() && user.match(hop.user).hasMatch())
        return {};
    return failure(ErrorKind::Usage, "ssh.host"_ba,
                   tr("“%1” cannot be a host or an alias of ssh.").arg(hop.text()), {},
                   tr("Write what you would write behind ssh in a terminal, without options."));
}

Result<SshHop> parseHop(const QString &text)
{
    SshHop hop;
    const qsizetype at = text.lastIndexOf(u'@');
    hop.user = at > 0 ? text.first(at) : QString();
    QString place = text.sliced(at + 1).trimmed();
    static const QRegularExpression withPort(uR"(\A(\[[^\]]*\]|[^:]*):([0-9]{1,5})\z)"_s);
    if (const QRegularExpressionMatch match = withPort.match(place); match.hasMatch()) {
        const uint port = match.captured(2).toUInt();
        hop.port = quint16(port > 65535 ? 0 : port);
        place = hop.port == 0 ? u"-"_s : match.captured(1); // refused below
    }
    if (place.startsWith(u'[') && place.endsWith(u']'))
        place = place.sliced(1, place.size() - 2);
    hop.host = place;
    return checkHop(hop).transform([&hop] { return hop; });
}

QStringList sshAliases(const QString &configFile)
{
    const QString file = configFile.isEmpty() ? QDir::homePath() + "/.ssh/config"_L1 : configFile;
    const Result<QByteArray> content = readBoundedFile(file, largestConfig);
    QStringList aliases;
    if (!content)
        return aliases;
    static const QRegularExpression hostLine(uR"(^\s*Host(?:\s+|\s*=\s*)(.+)$)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    for (const QString &line : QString::fromUtf8(*content).split(u'\n')) {
        const QRegularExpressionMatch match = hostLine.match(line.trimmed());
        if (!match.hasMatch())
            continue;
        for (const QString &name :
             match.captured(1).split(QRegularExpression(u"[\\s\"]+"_s), Qt::SkipEmptyParts)) {
            const bool plain = std::ranges::none_of(
                name, [](QChar c) { return c == u'*' || c == u'?' || c == u'!'; });
            if (plain && checkHop({.host = name}) && !aliases.contains(name))
                aliases << name;
        }
    }
    return aliases;
}

} // namespace core
