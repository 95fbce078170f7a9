// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envfile.h"
#include "core/project/envgrammar.h"

#include <QCoreApplication>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::EnvFile", text);
}

bool isUtf16(const QByteArray &bytes)
{
    if (bytes.startsWith("\xff\xfe"_ba) || bytes.startsWith("\xfe\xff"_ba))
        return true;
    // Without a byte order mark: ASCII in UTF-16 has a NUL in every second byte from the beginning
    // on.
    return bytes.size() >= 4
           && ((bytes[0] == 0 && bytes[2] == 0) || (bytes[1] == 0 && bytes[3] == 0));
}

/// The 1-based line of the first byte that is not UTF-8; 0 = none.
int firstBadLine(const QByteArray &bytes)
{
    int number = 0;
    for (const QByteArray &line : bytes.split('\n')) {
        ++number;
        if (!line.isValidUtf8())
            return number;
    }
    return 0;
}

} // namespace

Result<QString> decodeEnvText(const QByteArray &bytes)
{
    if (isUtf16(bytes)) {
        return failure(ErrorKind::Local, "envfile.utf16"_ba,
                       tr("The file is UTF-16, which no env loader reads."), {},
                       tr("Save it as UTF-8."));
    }
    if (bytes.contains('\0'))
        return failure(ErrorKind::Local, "envfile.binary"_ba, tr("The file is not text."));
    if (!bytes.isValidUtf8()) {
        return failure(ErrorKind::Local, "envfile.encoding"_ba,
                       tr("Line %1 is not UTF-8.").arg(firstBadLine(bytes)), {},
                       tr("Save the file as UTF-8."));
    }
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar(0xfeff)))
        text.remove(0, 1);
    return text;
}

std::vector<EnvEntry> parseEnv(const QString &text, EnvGrammar grammar)
{
    switch (grammar) {
    case EnvGrammar::Dotenv:
        return parseDotenv(text);
    case EnvGrammar::NodeParse:
        return parseNodeEnv(text);
    }
    return {};
}

} // namespace core
