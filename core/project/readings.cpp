// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/source.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Readings", text);
}

/// The three ways in which common loaders read one and the same text.
std::vector<LoaderRule> usualReaders()
{
    LoaderRule plain;
    plain.name = u"dotenv"_s;
    plain.mergedScope = true;
    LoaderRule next;
    next.loader = EnvLoader::Next;
    next.name = u"Next.js"_s;
    next.expansion = EnvExpansion::Expand10;
    LoaderRule vite;
    vite.loader = EnvLoader::Vite;
    vite.name = u"Vite"_s;
    vite.grammar = EnvGrammar::NodeParse;
    vite.expansion = EnvExpansion::Expand12;
    vite.mergedScope = true;
    return {plain, next, vite};
}

/// A value that names others is meant for a loader that expands; the others' reading of it is no
/// news.
bool namesOthers(const EnvText &file, const QString &key)
{
    static const QRegularExpression reference(uR"((^|[^\\])\$\{[A-Za-z_])"_s);
    const std::vector<EnvEntry> raw = parseEnv(file.text, EnvGrammar::Dotenv);
    return std::ranges::any_of(raw, [&](const EnvEntry &entry) {
        return entry.key == key && reference.match(entry.value).hasMatch();
    });
}

OtherReading readingOf(const LoaderRule &reader, const EnvEntry *entry)
{
    OtherReading reading;
    reading.reader = reader.name;
    if (!entry)
        return reading;
    Result<ConnInfo> info = parseConnInfo(entry->value, ConnOrigin::File);
    if (info)
        reading.info = std::move(*info);
    else
        reading.error = std::move(info.error());
    return reading;
}

void addReading(UrlValue &value, OtherReading reading)
{
    for (OtherReading &known : value.otherReadings) {
        if (known.info == reading.info && known.error == reading.error) {
            known.reader = tr("%1 and %2").arg(known.reader, reading.reader);
            return;
        }
    }
    value.otherReadings.push_back(std::move(reading));
}

QString differenceText(const UrlValue &value, const OtherReading &reading)
{
    if (reading.error)
        return tr("%1: no address. %2").arg(reading.reader, reading.error->message);
    if (!reading.info)
        return tr("%1: not found.").arg(reading.reader);
    if (!value.info)
        return tr("%1: an address.").arg(reading.reader);
    return tr("%1: another %2.").arg(reading.reader, differenceOf(*value.info, *reading.info));
}

/// Percent-encoding is the one spelling that every loader leaves alone.
QString adviceFor(const QString &fileText, int line)
{
    const QString text = fileText.section(u'\n', line - 1, line - 1);
    QStringList spellings;
    for (const auto &[character, spelling] :
         {std::pair(u'#', "%23"_L1), std::pair(u'$', "%24"_L1), std::pair(u'\\', "%5C"_L1),
          std::pair(u'"', "%22"_L1)}) {
        if (text.contains(character))
            spellings.append(tr("%2 for %1").arg(QChar(character)).arg(spelling));
    }
    return spellings.isEmpty() ? QString()
                               : tr("Write %1 inside the address: all loaders leave that alone.")
                                     .arg(spellings.join(u", "_s));
}

const EnvText *fileOf(const std::vector<EnvText> &files, const UrlValue &value)
{
    const auto found = std::ranges::find(files, value.source.file, &EnvText::name);
    return found == files.end() ? nullptr : &*found;
}

void compareWith(const LoaderRule &reader, const std::vector<EnvText> &own,
                 const std::vector<EnvText> &theirs, std::vector<UrlValue> &values)
{
    for (UrlValue &value : values) {
        const EnvText *ownFile = fileOf(own, value);
        const EnvText *theirFile = fileOf(theirs, value);
        if (!ownFile || !theirFile)
            continue;
        const EnvEntry *ownEntry = lastOf(*ownFile, value.source.key);
        const EnvEntry *theirEntry = lastOf(*theirFile, value.source.key);
        if (!ownEntry || (theirEntry && theirEntry->value == ownEntry->value))
            continue;
        if (reader.expansion == EnvExpansion::None && namesOthers(*theirFile, value.source.key))
            continue;
        addReading(value, readingOf(reader, theirEntry));
    }
}

} // namespace

void addOtherReadings(const FolderView &view, const std::vector<EnvText> &files, Findings &findings)
{
    for (const LoaderRule &reader : usualReaders()) {
        if (reader.grammar == view.rule.grammar && reader.expansion == view.rule.expansion)
            continue;
        std::vector<EnvText> theirs = files;
        interpret(theirs, reader, view.mode);
        compareWith(reader, files, theirs, findings.values);
    }
    for (UrlValue &value : findings.values) {
        const EnvText *file = fileOf(files, value);
        if (value.otherReadings.empty() || !file)
            continue;
        QStringList differences;
        for (OtherReading &reading : value.otherReadings) {
            reading.difference = differenceText(value, reading);
            differences.append(reading.difference);
        }
        findings.warnings.push_back(
            {.kind = ProjectWarning::Kind::ReadDifferently,
             .text = tr("%1 in %2 is not read the same by all loaders. %3")
                         .arg(value.source.key, value.source.text(), differences.join(u' ')),
             .advice = adviceFor(file->text, value.source.line),
             .places = {value.source}});
    }
}

} // namespace core
