// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envloader.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::EnvLoader", text);
}

/// The first number of a version range; nullopt for tags, links and paths.
std::optional<int> majorVersion(const QString &range)
{
    static const QRegularExpression number(u"^[\\s~^>=v]*([0-9]{1,5})(?:\\.|$|\\s)"_s);
    const QRegularExpressionMatch match = number.match(range);
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

/// "package.json names next", for the first of the packages that is a dependency; empty for none.
QString dependencyClause(const LoaderEvidence &evidence,
                         std::initializer_list<QLatin1StringView> packages)
{
    for (const QLatin1StringView package : packages) {
        if (evidence.dependencies.contains(package))
            return tr("package.json names %1").arg(package);
    }
    return {};
}

/// "vite.config.ts is here", for the first file of that name with any of these endings.
QString fileClause(const LoaderEvidence &evidence, QLatin1StringView stem,
                   std::initializer_list<QLatin1StringView> endings)
{
    for (const QLatin1StringView ending : endings) {
        const QString name = stem + ending;
        if (evidence.names.contains(name))
            return tr("%1 is here").arg(name);
    }
    return {};
}

/// Prisma's own loading of .env ended with version 7.
QString prismaClause(const LoaderEvidence &evidence)
{
    for (const QLatin1StringView package : {"prisma"_L1, "@prisma/client"_L1}) {
        const auto found = evidence.dependencies.constFind(package);
        if (found == evidence.dependencies.constEnd())
            continue;
        const std::optional<int> major = majorVersion(*found);
        return major && *major <= 6 ? tr("package.json names %1 %2").arg(package, *found)
                                    : QString();
    }
    return {};
}

QString clauseFor(EnvLoader loader, const LoaderEvidence &evidence)
{
    const auto either = [](const QString &first, const QString &second) {
        return first.isEmpty() ? second : first;
    };
    const auto configs = {".ts"_L1, ".js"_L1, ".mjs"_L1, ".mts"_L1, ".cjs"_L1, ".cts"_L1};
    switch (loader) {
    case EnvLoader::Next:
        return either(dependencyClause(evidence, {"next"_L1}),
                      fileClause(evidence, "next.config"_L1, configs));
    case EnvLoader::Vite:
        return either(dependencyClause(evidence, {"vite"_L1, "@sveltejs/kit"_L1, "astro"_L1}),
                      fileClause(evidence, "vite.config"_L1, configs));
    case EnvLoader::DotenvFlow:
        return dependencyClause(evidence, {"dotenv-flow"_L1});
    case EnvLoader::Bun:
        if (evidence.packageManager.startsWith("bun@"_L1))
            return tr("package.json names %1").arg("bun"_L1);
        return either(dependencyClause(evidence, {"@types/bun"_L1, "bun-types"_L1}),
                      fileClause(evidence, "bun"_L1, {".lock"_L1, ".lockb"_L1}));
    case EnvLoader::Prisma:
        return prismaClause(evidence);
    case EnvLoader::Dotenv:
        if (!evidence.dotenvImport.isEmpty())
            return tr("%1 imports dotenv").arg(evidence.dotenvImport);
        return dependencyClause(evidence, {"dotenv"_L1, "dotenv-expand"_L1, "drizzle-kit"_L1});
    }
    return {};
}

QString loaderName(EnvLoader loader)
{
    switch (loader) {
    case EnvLoader::Next:
        return u"Next.js"_s;
    case EnvLoader::Vite:
        return u"Vite"_s;
    case EnvLoader::DotenvFlow:
        return u"dotenv-flow"_s;
    case EnvLoader::Bun:
        return u"Bun"_s;
    case EnvLoader::Prisma:
        return u"Prisma"_s;
    case EnvLoader::Dotenv:
        break;
    }
    return u"dotenv"_s;
}

/// dotenv and dotenv-flow expand nothing by themselves.
EnvExpansion expansionBeside(const LoaderEvidence &evidence)
{
    const auto found = evidence.dependencies.constFind("dotenv-expand"_L1);
    if (found == evidence.dependencies.constEnd())
        return EnvExpansion::None;
    return majorVersion(*found).value_or(12) <= 10 ? EnvExpansion::Expand10
                                                   : EnvExpansion::Expand12;
}

LoaderRule ruleOf(EnvLoader loader, const LoaderEvidence &evidence, const QString &mode)
{
    LoaderRule rule;
    rule.loader = loader;
    rule.name = loaderName(loader);
    rule.evidence = clauseFor(loader, evidence);
    rule.files = envFiles(loader, mode);
    switch (loader) {
    case EnvLoader::Next:
        rule.expansion = EnvExpansion::Expand10;
        break;
    case EnvLoader::Vite:
        rule.grammar = EnvGrammar::NodeParse;
        rule.expansion = EnvExpansion::Expand12;
        rule.mergedScope = true;
        break;
    case EnvLoader::Bun:
        rule.expansion = EnvExpansion::Expand12;
        rule.mergedScope = true;
        break;
    case EnvLoader::Prisma: {
        rule.expansion = EnvExpansion::Braced;
        const QString folder = evidence.prismaSchema.section(u'/', 0, -2);
        if (!folder.isEmpty() && folder != "prisma"_L1 && folder != "./prisma"_L1)
            rule.files.insert(1, folder + "/.env"_L1);
        break;
    }
    case EnvLoader::DotenvFlow:
    case EnvLoader::Dotenv:
        rule.expansion = expansionBeside(evidence);
        rule.mergedScope = true;
        break;
    }
    return rule;
}

void addDependencies(const QJsonValue &table, QMap<QString, QString> &into)
{
    const QJsonObject object = table.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!into.contains(it.key()))
            into.insert(it.key(), it.value().toString());
    }
}

} // namespace

QStringList envFiles(EnvLoader loader, const QString &mode)
{
    const QString base = u".env"_s;
    const QString local = u".env.local"_s;
    const QString ofMode = base + u'.' + mode;
    const QString ofModeLocal = ofMode + ".local"_L1;
    QStringList files;
    switch (loader) {
    case EnvLoader::Next:
    case EnvLoader::Bun:
        files = {ofModeLocal, local, ofMode, base};
        break;
    case EnvLoader::Vite:
        return {ofModeLocal, ofMode, local, base};
    case EnvLoader::DotenvFlow:
        files = {ofModeLocal, ofMode, local, base, base + ".defaults"_L1};
        break;
    case EnvLoader::Prisma:
        return {base, u"prisma/.env"_s};
    case EnvLoader::Dotenv:
        return {base};
    }
    // A test must not depend on one person's own values.
    if (mode == "test"_L1)
        files.removeAll(local);
    return files;
}

LoaderEvidence readLoaderEvidence(const QByteArray &packageJson, const QStringList &names)
{
    LoaderEvidence evidence;
    evidence.names = names;
    const QJsonObject root = QJsonDocument::fromJson(packageJson).object();
    for (const QLatin1StringView table :
         {"dependencies"_L1, "devDependencies"_L1, "optionalDependencies"_L1})
        addDependencies(root[table], evidence.dependencies);
    evidence.packageManager = root["packageManager"_L1].toString();
    evidence.prismaSchema = root["prisma"_L1].toObject()["schema"_L1].toString();
    return evidence;
}

int prismaMajor(const LoaderEvidence &evidence)
{
    for (const QLatin1StringView package : {"prisma"_L1, "@prisma/client"_L1}) {
        const auto found = evidence.dependencies.constFind(package);
        if (found != evidence.dependencies.constEnd())
            return majorVersion(*found).value_or(0);
    }
    return 0;
}

LoaderRule chooseLoader(const LoaderEvidence &evidence, const QString &mode)
{
    for (const EnvLoader loader : {EnvLoader::Next, EnvLoader::Vite, EnvLoader::DotenvFlow,
                                   EnvLoader::Bun, EnvLoader::Prisma, EnvLoader::Dotenv}) {
        LoaderRule rule = ruleOf(loader, evidence, mode);
        if (!rule.evidence.isEmpty())
            return rule;
    }
    LoaderRule rule = ruleOf(EnvLoader::Dotenv, evidence, mode);
    rule.evidence = tr("nothing here names another loader");
    const QStringList usual = envFiles(EnvLoader::Next, mode);
    const bool othersOnly =
        !evidence.names.contains(".env"_L1) && std::ranges::any_of(usual, [&](const QString &file) {
            return evidence.names.contains(file);
        });
    if (othersOnly) {
        rule.files = usual;
        rule.evidence = tr("nothing here names a loader and there is no .env");
    }
    return rule;
}

std::vector<LoaderRule> otherLoaders(const LoaderEvidence &evidence, const LoaderRule &chosen,
                                     const QString &mode)
{
    std::vector<LoaderRule> others;
    for (const EnvLoader loader : {EnvLoader::Vite, EnvLoader::Prisma}) {
        LoaderRule rule = ruleOf(loader, evidence, mode);
        if (loader != chosen.loader && !rule.evidence.isEmpty())
            others.push_back(std::move(rule));
    }
    return others;
}

} // namespace core
